"""The policy mixes that the emulator learns from: random, each with the first parameter of some levers set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.experiments.ensembles.funding import RULE
from abm.levers import load_levers

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["Dimension", "dimensions", "drawn_mixes", "settings_of"]

FEWEST, MOST = 0.04, 0.6  # share of the levers that a mix pulls; drawn anew for each mix


@dataclass(frozen=True)
class Dimension:
    """The first parameter of a lever, from its neutral value to the ends of its usual range."""

    lever: str
    parameter: str
    neutral: float
    low: float
    high: float

    @property
    def span(self) -> float:
        """How far from the neutral value the farther end lies."""
        return max(self.high - self.neutral, self.neutral - self.low)


def dimensions() -> tuple[Dimension, ...]:
    """The first parameter of every lever of the package but the one that says who pays, in alphabetical order."""
    found = []
    for name, lever in sorted(load_levers().items()):
        if name == RULE or lever.file is not None:
            continue
        first = lever.parameters[0]
        low, high = min(first.neutral, first.usual[0]), max(first.neutral, first.usual[1])
        found.append(Dimension(name, first.name, first.neutral, low, high))
    return tuple(found)


def drawn_mixes(axes: tuple[Dimension, ...], count: int, seed: int) -> FloatArray:
    """(count, axes) values of the parameters; those that a mix leaves alone are neutral.

    A share of the levers is drawn for each mix, so that mixes of one or two levers and of many are both there.
    """
    draws = np.random.default_rng(seed)
    share = draws.uniform(FEWEST, MOST, (count, 1))
    pulled = draws.random((count, len(axes))) < share
    for row in np.flatnonzero(~pulled.any(axis=1)):
        pulled[row, draws.integers(len(axes))] = True
    low, high = (np.array([getattr(axis, end) for axis in axes]) for end in ("low", "high"))
    values = draws.uniform(low, high, (count, len(axes)))
    return np.where(pulled, values, [axis.neutral for axis in axes])


def settings_of(axes: tuple[Dimension, ...], values: FloatArray) -> dict[str, Any]:
    """The dotted settings of one mix, (axes,); neutral levers are left out."""
    return {
        f"levers.{axis.lever}": {axis.parameter: float(value)}
        for axis, value in zip(axes, values, strict=True)
        if value != axis.neutral
    }
