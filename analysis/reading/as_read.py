"""How headline measures are read in tables: in the unit of their level, the cost of policies in billions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xinzhi.analysis.reading.changes import Change, change_in_levels
from xinzhi.analysis.reading.display import display_of

if TYPE_CHECKING:
    from abm import Display
    from xinzhi.analysis.reading.closure_ranges import ClosureRange
    from xinzhi.analysis.reading.paired import Pair
    from xinzhi.analysis.reading.panel import QuarterPanel

__all__ = ["change_as_read", "display_as_read", "range_as_read"]

COST = "policy_cost"
BILLIONS = 1000.0  # in a trillion


def display_as_read(panel: QuarterPanel, variable: str) -> Display:
    """How a level is shown in a table of headline measures."""
    display = display_of(panel, variable)
    if variable != COST:
        return display
    unit = display.unit.replace("trillion", "billion")
    return replace(display, unit=unit, factor=BILLIONS * display.factor, decimals=0)


def change_as_read(pair: Pair, variable: str, column: int) -> Change | None:
    """A difference in the unit of the level as it is shown there."""
    change = change_in_levels(pair, variable, column)
    if change is None or variable != COST:
        return change
    found = change.difference
    ends = {name: BILLIONS * getattr(found, name) for name in ("mean", "low", "high")}
    return Change(replace(found, **ends), change.unit.replace("trillion", "billion"), 1)


def range_as_read(found: ClosureRange, variable: str) -> tuple[float, float]:
    """The ends of a range across assumptions in the same unit."""
    factor = BILLIONS if variable == COST else 1.0
    return factor * found.lowest, factor * found.highest
