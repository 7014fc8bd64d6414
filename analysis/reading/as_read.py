"""How headline measures are put in words: in the unit of their level, the cost of policies in billions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xinzhi.analysis.reading.changes import Change, change_in_levels

if TYPE_CHECKING:
    from xinzhi.analysis.reading.closure_ranges import ClosureRange
    from xinzhi.analysis.reading.paired import Pair

__all__ = ["change_as_read", "range_as_read"]

COST = "policy_cost"
BILLIONS = 1000.0  # in a trillion
WHOLE_FROM = 10  # billions, from which a cost has no decimal


def change_as_read(pair: Pair, variable: str, column: int) -> Change | None:
    """A difference in the unit of the level; tables and files have the cost in trillions, as they have GDP."""
    change = change_in_levels(pair, variable, column)
    if change is None or variable != COST:
        return change
    found = change.difference
    ends = {name: BILLIONS * getattr(found, name) for name in ("mean", "low", "high")}
    decimals = 0 if abs(ends["mean"]) >= WHOLE_FROM else 1
    return Change(replace(found, **ends), change.unit.replace("trillion", "billion"), decimals)


def range_as_read(found: ClosureRange, variable: str) -> tuple[float, float]:
    """The ends of a range across assumptions in the same unit."""
    factor = BILLIONS if variable == COST else 1.0
    return factor * found.lowest, factor * found.highest
