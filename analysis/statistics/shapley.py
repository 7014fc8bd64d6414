"""Shapley values: what each of a few players contributes to what all of them reach together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["shapley_values"]


def shapley_values(worth: FloatArray) -> FloatArray:
    """(players, ...) from ``worth`` (2**players, ...) of every coalition; coalition i has the players whose bit is set.

    What a player adds when it comes in, averaged over all orders in which the players may come in (Shapley 1953). The
    values sum to the worth of all less that of none; a player that never adds anything gets nothing; two that add the
    same get the same. Raises ValueError where the number of coalitions is no power of two.
    """
    worth = np.asarray(worth, dtype=float)
    players = worth.shape[0].bit_length() - 1
    if worth.shape[0] != 2**players or players == 0:
        raise ValueError("the number of coalitions must be a power of two, from two on")
    coalitions = np.arange(2**players)
    sizes = np.array([int(i).bit_count() for i in coalitions])
    values = []
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        weights = np.array([_weight(int(size), players) for size in sizes[without]])
        values.append(np.tensordot(weights, worth[without | 1 << player] - worth[without], axes=1))
    return np.stack(values)


def _weight(size: int, players: int) -> float:
    """The part of all orders in which exactly a given coalition of ``size`` comes before the player."""
    return 1.0 / (players * math.comb(players - 1, size))
