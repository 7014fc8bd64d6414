"""The types with which an outcome is declared: what it is, where its level comes from, how it is shown and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from abm.results.measures import Measures

__all__ = ["ORIGINS", "Display", "GroupOutcome", "Iamc", "Outcome", "as_per_cent"]

# Where the level of an outcome comes from. Only what is emergent is evidence for the model.
ORIGINS = {
    "imposed": "an input", "tuned": "parameters were chosen to reach it", "emergent": "neither imposed nor tuned",
    "identity": "must hold by construction",
}  # fmt: skip


@dataclass(frozen=True)
class Display:
    """title, the unit in words (empty: as recorded), factor from recorded to shown, decimals, and how its axis behaves.

    flow       counted per quarter: a year is the sum of its quarters
    stock      counted at the end of a quarter: a year is its last quarter. All else has the mean of the year
    prices     at prices of the opening year
    from_zero  the axis starts at zero, so that heights can be compared
    span       the least height of the axis in shown units, so that noise does not look like a trend
    better     whether more of it is a gain (1) or a loss (-1) for the country; 0 where that depends on the goal
    """

    title: str
    unit: str = ""
    factor: float = 1.0
    decimals: int = 1
    flow: bool = False
    stock: bool = False
    prices: bool = False
    from_zero: bool = False
    span: float = 0.0
    better: int = 0


def as_per_cent(
    title: str, unit: str = "per cent", decimals: int = 1, from_zero: bool = False, span: float = 2.0,
    flow: bool = False, stock: bool = False, better: int = 0,
) -> Display:  # fmt: skip
    """How a recorded fraction is shown."""
    return Display(title, unit, 100.0, decimals, flow, stock, from_zero=from_zero, span=span, better=better)


class Iamc(NamedTuple):
    """The variable of the Integrated Assessment Modelling Consortium; ``factor`` leads from the recorded unit to its.

    ``{year}`` in a unit is the opening year, ``{group}`` in a name the group's title.
    """

    name: str
    unit: str
    factor: float = 1.0


class Outcome(NamedTuple):
    """A series of the whole economy; ``origin`` is one of ORIGINS, ``because`` says why, and what of it is not so."""

    name: str
    unit: str
    definition: str
    origin: str
    because: str
    measure: Callable[[Measures], float]
    display: Display
    iamc: Iamc | None


class GroupOutcome(NamedTuple):
    """A series for every group of a table; ``measure`` gives an array with one number for each."""

    name: str
    unit: str
    definition: str
    origin: str
    because: str
    measure: Callable[[Measures], np.ndarray]
    display: Display
    iamc: Iamc | None
