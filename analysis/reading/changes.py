"""What a policy changes, as it is shown: amounts in per cent of the reference, shares in percentage points, words.

Where the 90 % confidence interval includes zero the words are "no clear difference"; a single pair of seeds has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from abm import Display
    from abm.arrays import FloatArray

__all__ = [
    "GROUP_MEASURES",
    "NO_CLEAR_DIFFERENCE",
    "Change",
    "GroupMeasure",
    "change_of",
    "finding",
    "group_changes",
    "interval_text",
    "is_level",
    "shown_gaps",
    "size_text",
]

NO_CLEAR_DIFFERENCE = "no clear difference"
DIMENSIONLESS = ("fraction", "index", "ratio", "relative", "Gini", "per cent")  # how units of what is no level begin


class Change(NamedTuple):
    """A difference in shown units: ``unit`` in words, and how many decimals it deserves."""

    difference: Difference
    unit: str
    decimals: int


class GroupMeasure(NamedTuple):
    """What is compared between groups: a variable of a table, relative or in points; ``better`` is +1, -1 or 0.

    Zero: more of it is neither a gain nor a loss. ``noun`` is what a group has more or less of.
    """

    table: str
    variable: str
    title: str
    noun: str
    relative: bool
    better: int


GROUP_MEASURES = (
    GroupMeasure("deciles", "income_mean", "Real disposable income by tenth of incomes", "income", True, 1),
    GroupMeasure("occupations", "wage_mean", "Mean real wage by occupation", "pay", True, 1),
    GroupMeasure("occupations", "employment", "Jobs by occupation", "jobs", True, 1),
    GroupMeasure("occupations", "unemployment_rate", "Unemployment by occupation", "unemployment", False, -1),
    GroupMeasure("sectors", "output", "Real output by sector", "output", True, 1),
    GroupMeasure("sectors", "employment", "Jobs by sector", "jobs", True, 1),
    GroupMeasure("sectors", "ai_adoption_share", "Firms that use AI, by sector", "firms that use AI", False, 0),
    GroupMeasure("firm_sizes", "ai_adoption_share", "Firms that use AI, by size", "firms that use AI", False, 0),
    GroupMeasure("firm_sizes", "firms", "Share of all firms, by size", "firms", False, 0),
    GroupMeasure("regions", "wage_mean", "Mean real wage by region", "pay", True, 1),
    GroupMeasure("regions", "employment", "Jobs by region", "jobs", True, 1),
    GroupMeasure("regions", "unemployment_rate", "Unemployment by region", "unemployment", False, -1),
)


def is_level(panel: Panel, variable: str) -> bool:
    """Whether a variable is an amount, whose change is told in per cent, rather than a share or an index."""
    display = display_of(panel, variable)
    unit = panel.unit(variable) or display.unit
    return display.factor == 1.0 and bool(unit) and not unit.startswith(DIMENSIONLESS)


def change_of(pair: Pair, variable: str, quarter: int) -> Change | None:
    """How a variable differs in one quarter, None where the two have no pair of it."""
    if not pair.seeds or quarter > pair.last:
        return None
    gaps, unit, decimals = shown_gaps(pair, variable)
    found = mean_of_pairs(gaps[:, quarter])
    return None if found is None else Change(found, unit, decimals)


def shown_gaps(pair: Pair, variable: str) -> tuple[FloatArray, str, int]:
    """The differences (shared seeds, shared quarters) as they are shown, their unit, and the decimals they deserve.

    An amount that the reference has none of, such as AI's electricity without AI, is told in its own unit.
    """
    display = display_of(pair.subject, variable)
    if is_level(pair.subject, variable):
        relative = 100 * pair.relative_gaps(variable)
        if np.isfinite(relative).any():
            return relative, "per cent", 1
    return display.factor * pair.gaps(variable), _unit_of(display), display.decimals + 1


def _unit_of(display: Display) -> str:
    if display.factor == 100.0:
        return "percentage points"
    return "points" if display.unit.startswith(("Gini", "index", "ratio")) else display.unit.split(",")[0]


def group_changes(pair: Pair, measure: GroupMeasure, quarter: int) -> dict[str, Change]:
    """{group: its change} in one quarter, in per cent or percentage points; groups without a pair are left out."""
    if not pair.seeds or quarter > pair.last:
        return {}
    from abm import GROUP_LABELS

    gaps = pair.group_gaps(measure.table, measure.variable, measure.relative)
    known = list(GROUP_LABELS[measure.table])  # tables read from a file have their groups in another order
    changes = {}
    for group in [*filter(gaps.__contains__, known), *(group for group in gaps if group not in known)]:
        found = mean_of_pairs(100 * gaps[group][:, quarter])
        if found is not None:
            changes[group] = Change(found, "per cent" if measure.relative else "percentage points", 1)
    return changes


def finding(difference: Difference, better: int | None = None) -> str:
    """The difference in a word or a few.

    ``better`` is None for a plain higher or lower, otherwise as in GroupMeasure.
    """
    if difference.same:
        return "the same"
    if difference.pairs == 1:
        return "one pair, not known how sure"
    if not difference.clear:
        return NO_CLEAR_DIFFERENCE
    if better:
        return "gains" if difference.mean * better > 0 else "loses"
    return "higher" if difference.mean > 0 else "lower"


def size_text(change: Change) -> str:
    """``2.3 per cent``, without a sign."""
    return f"{format_number(abs(change.difference.mean), _decimals(change))} {change.unit}"


def interval_text(change: Change, signed: bool = True) -> str:
    """``+2.0 to +2.6``; empty for a single pair."""
    if change.difference.pairs == 1:
        return ""
    ends = (change.difference.low, change.difference.high)
    if not signed and ends[1] <= 0:
        ends = (-ends[1], -ends[0])  # how much lower, least first
    low, high = (format_number(end, _decimals(change), signed) for end in ends)
    return f"{low} to {high}"


def _decimals(change: Change) -> int:
    """One more where the change would be rounded to nothing though it is clear."""
    rounded = np.round(change.difference.mean, change.decimals)
    return change.decimals + (rounded == 0.0 and change.difference.clear)
