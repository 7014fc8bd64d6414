"""Which seeds are run: a number of them, or the seeds themselves. Alone here, since a plan of runs needs no model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from abm.errors import UserError, plain, quoted
from abm.values import LARGEST_SEED, MOST_SEEDS

__all__ = ["checked_seeds"]


def checked_seeds(seeds: int | Iterable[int]) -> tuple[int, ...]:
    """The seeds 1, 2, ... of a number of seeds, or the seeds themselves. Raises UserError for anything else."""
    count: Any = plain(seeds)
    if isinstance(count, (bool, str, bytes, float)):
        raise UserError(f"seeds={quoted(seeds)}: give a number of seeds, such as 8, or a list of whole numbers")
    if isinstance(count, int):
        if not 1 <= count <= MOST_SEEDS:
            raise UserError(f"seeds={quoted(count)}: give from 1 to {MOST_SEEDS:,} seeds")
        return tuple(range(1, count + 1))
    if not isinstance(count, Iterable) or isinstance(count, Mapping):
        raise UserError(f"seeds={quoted(seeds)}: give a number of seeds, such as 8, or a list of whole numbers")
    chosen = []
    for one in count:
        seed = plain(one)
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
            raise UserError(f"seeds: {quoted(one)} is no whole number from 0 to 2**62")
        chosen.append(seed)
    if not chosen:
        raise UserError("seeds: give at least one seed")
    return tuple(chosen)
