"""The ranges across assumptions that belong to a comparison, in the units in which its differences are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xinzhi.analysis.comparison.sentences import headline_change
from xinzhi.analysis.reading.as_read import range_as_read
from xinzhi.analysis.reading.changes import Change
from xinzhi.analysis.reading.closure_ranges import ranges_of
from xinzhi.analysis.reading.quantities import between

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison
    from xinzhi.analysis.reading.closure_ranges import ClosureRange

__all__ = ["across_zero", "range_ends", "range_text", "ranges_for"]


def ranges_for(comparison: Comparison) -> Mapping[tuple[str, int, str], ClosureRange]:
    """The ranges across assumptions: computed for this comparison, or shipped for just such runs; else none."""
    if comparison.ranges:
        return comparison.ranges
    if {panel.name for panel in comparison.panels} != {"baseline", "no_ai"}:
        return {}
    of_runs = [ranges_of(panel) for panel in comparison.panels]
    return of_runs[0] if all(of_runs) else {}


def range_ends(comparison: Comparison, variable: str, year: int, change: Change) -> tuple[float, float] | None:
    """Lowest and highest difference across assumptions in the unit of the change; None where they are not known."""
    found = ranges_for(comparison).get((variable, year, "relative" if change.unit == "per cent" else "effect"))
    if found is None:
        return None
    return range_as_read(found, variable)


def range_text(comparison: Comparison, variable: str, year: int, change: Change) -> str:
    """``-0.3 to +1.2``; empty where no range is known."""
    ends = range_ends(comparison, variable, year, change)
    return between(*ends, change.decimals, change.unit, signed=True) if ends else ""


def across_zero(comparison: Comparison, at: int) -> frozenset[str]:
    """The headline variables whose difference changes its sign across assumptions in the last year of the headline."""
    found = set()
    for variable in {name for name, year, _ in ranges_for(comparison) if year == comparison.end}:
        change = headline_change(comparison, at, variable)
        ends = range_ends(comparison, variable, comparison.end, change) if change else None
        if ends and ends[0] < 0.0 < ends[1]:
            found.add(variable)
    return frozenset(found)
