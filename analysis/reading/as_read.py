"""How headline measures are read: in the unit of their level, the cost of policies in billions as everywhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xinzhi.analysis.reading.changes import Change, change_in_levels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from abm import Display
    from xinzhi.analysis.reading.closure_ranges import ClosureRange
    from xinzhi.analysis.reading.paired import Pair
    from xinzhi.analysis.reading.panel import QuarterPanel

__all__ = ["change_as_read", "change_in_table", "display_as_read", "range_as_read"]

COST = "policy_cost"
BILLIONS = 1000.0  # in a trillion
WHOLE_FROM = 10  # billions, from which a cost has no decimal


def change_as_read(pair: Pair, variable: str, column: int) -> Change | None:
    """A difference in the unit of the level; only files have the cost in trillions, as they have GDP."""
    change = change_in_table(pair, variable, column)
    if change is None or variable != COST or abs(change.difference.mean) < WHOLE_FROM:
        return change
    return change._replace(decimals=0)


def change_in_table(pair: Pair, variable: str, column: int) -> Change | None:
    """The same with the decimals of the levels above it."""
    change = change_in_levels(pair, variable, column)
    if change is None or variable != COST:
        return change
    found = change.difference
    ends = {name: BILLIONS * getattr(found, name) for name in ("mean", "low", "high")}
    return Change(replace(found, **ends), change.unit.replace("trillion", "billion"), 1)


def display_as_read(display: Display, variable: str, panels: Sequence[QuarterPanel]) -> Display:
    """How the level is shown in a table, in the unit of its differences; a cost below zero is explained."""
    if variable != COST:
        return display
    unit = display.unit.replace("trillion", "billion")
    if any((panel.values(variable) < 0).any() for panel in panels if panel.has(variable)):
        unit += "; below zero revenue"
    return replace(display, unit=unit, factor=BILLIONS * display.factor, decimals=0)


def range_as_read(found: ClosureRange, variable: str) -> tuple[float, float]:
    """The ends of a range across assumptions in the same unit."""
    factor = BILLIONS if variable == COST else 1.0
    return factor * found.lowest, factor * found.highest
