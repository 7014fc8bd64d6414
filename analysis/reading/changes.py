"""What a policy changes, as it is shown: amounts in per cent of the reference, shares in percentage points, words.

Where the 90 % confidence interval includes zero the words are "no clear difference"; a single pair of seeds has none.
Of a list of intervals some leave out zero by chance: what is clear alone but not among all of its list is "likely".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from abm import said
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs, read_together
from xinzhi.analysis.reading.panel import QuarterPanel, quantiles
from xinzhi.analysis.reading.quantities import between, quantity, unit_of
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from abm import Display
    from abm.arrays import FloatArray

__all__ = [
    "GROUP_MEASURES",
    "IN_PEOPLE",
    "LIKELY",
    "NO_CLEAR_DIFFERENCE",
    "UNCLEAR",
    "Change",
    "GroupMeasure",
    "among_headlines",
    "cell_text",
    "change_text",
    "change_in_levels",
    "change_of",
    "decimals_of",
    "difference_unit",
    "finding",
    "group_changes",
    "interval_text",
    "is_amount",
    "is_level",
    "level_text",
    "settled_text",
    "shown_gaps",
    "signed_size",
    "size_text",
]

NO_CLEAR_DIFFERENCE = said("no clear difference")
UNCLEAR = "unclear"  # the same in a cell of a table
LIKELY = "likely"  # clear alone, but perhaps by chance among all that are read with it
MOST_MORE = 1  # decimals beyond those that a change deserves
IN_PEOPLE = ("trainees",)  # counted as they are: of the few in courses without a policy, per cent says nothing
DIMENSIONLESS = ("fraction", "index", "ratio", "relative", "Gini", "per cent")  # how units of what is no level begin


class Change(NamedTuple):
    """A difference in shown units: ``unit`` in words, and how many decimals it deserves."""

    difference: Difference
    unit: str
    decimals: int

    def __repr__(self) -> str:
        """``+0.49 percentage points [+0.16 to +0.82], higher``."""
        return settled_text(self)


class GroupMeasure(NamedTuple):
    """What is compared between groups: a variable of a table, relative or in points; ``better`` is +1, -1 or 0.

    Zero: more of it is neither a gain nor a loss, as in regions, which are alike but for random draws. ``noun`` is what
    a group has more or less of.
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
    GroupMeasure("screened", "unemployment_rate", "Unemployment by exposure to screening", "unemployment", False, -1),
    GroupMeasure("regions", "wage_mean", "Mean real wage by region", "pay", True, 0),
    GroupMeasure("regions", "employment", "Jobs by region", "jobs", True, 0),
    GroupMeasure("regions", "unemployment_rate", "Unemployment by region", "unemployment", False, 0),
)


def is_level(panel: QuarterPanel, variable: str) -> bool:
    """Whether a variable is an amount, whose change is shown in per cent, rather than a share or an index."""
    display = display_of(panel, variable)
    return variable not in IN_PEOPLE and is_amount(display, panel.unit(variable) or display.unit)


def is_amount(display: Display, unit: str) -> bool:
    """The same for what is shown like ``display`` and recorded in ``unit``."""
    return display.factor == 1.0 and bool(unit) and not unit.startswith(DIMENSIONLESS)


def change_of(pair: Pair, variable: str, column: int) -> Change | None:
    """How a variable differs in one year, None where the two have no pair of it."""
    if not pair.seeds or not 0 <= column <= pair.last:
        return None
    gaps, unit, decimals = shown_gaps(pair, variable)
    found = mean_of_pairs(gaps[:, column])
    return None if found is None else Change(among_headlines(pair, variable, column, found), unit, decimals)


def among_headlines(pair: Pair, variable: str, column: int, found: Difference) -> Difference:
    """The difference of a variable, marked as likely where it is a headline measure and only that among them."""
    return replace(found, likely=True) if variable in pair.likely(column) else found


def shown_gaps(pair: Pair, variable: str) -> tuple[FloatArray, str, int]:
    """The differences (shared seeds, shared years) as they are shown, their unit, and the decimals they deserve.

    An amount that the reference has none of, such as AI's electricity without AI, is shown in its own unit.
    """
    display = display_of(pair.subject, variable)
    if is_level(pair.subject, variable):
        relative = 100 * pair.relative_gaps(variable)
        if np.isfinite(relative).any():
            return relative, "per cent", 1
    return display.factor * pair.gaps(variable), difference_unit(display), display.decimals + 1


def change_in_levels(pair: Pair, variable: str, column: int) -> Change | None:
    """The same in the unit of the level itself, so that two levels and their difference stand in one unit."""
    found = pair.difference(variable, column)
    if found is None:
        return None
    display = display_of(pair.subject, variable)
    mean, low, high = (display.factor * value for value in (found.mean, found.low, found.high))
    shown = among_headlines(pair, variable, column, Difference(mean, low, high, found.pairs))
    return Change(shown, difference_unit(display), display.decimals + 1)


def difference_unit(display: Display) -> str:
    """In what a difference is counted: ``percentage points`` of a rate, ``points`` of an index."""
    if display.unit.startswith(("Gini", "index", "ratio")):
        return "points"
    return "percentage points" if display.factor == 100.0 else display.unit.split(",")[0]


def group_changes(pair: Pair, measure: GroupMeasure, column: int) -> dict[str, Change]:
    """{group: its change} in one year, in per cent or percentage points; groups without a pair are left out."""
    if not pair.seeds or not 0 <= column <= pair.last:
        return {}
    from abm import group_labels

    gaps = pair.group_gaps(measure.table, measure.variable, measure.relative)
    known = list(
        group_labels(pair.subject.economy)[measure.table]
    )  # tables read from a file have their groups in another order
    order = [*filter(gaps.__contains__, known), *(group for group in gaps if group not in known)]
    found = {group: mean_of_pairs(100 * gaps[group][:, column]) for group in order}
    unit = "per cent" if measure.relative else "percentage points"
    together = read_together({group: one for group, one in found.items() if one is not None})
    return {group: Change(one, unit, 1) for group, one in together.items()}


def finding(difference: Difference, better: int | None = None) -> str:
    """The difference in a word or a few.

    ``better`` is None for a plain higher or lower, otherwise as in GroupMeasure.
    """
    if difference.same:
        return said("the same")
    if difference.pairs == 1:
        return said("one pair, not known how sure")
    if not difference.clear:
        return NO_CLEAR_DIFFERENCE
    if better:
        words = said("gains") if difference.mean * better > 0 else said("loses")
    else:
        words = said("higher") if difference.mean > 0 else said("lower")
    return said("likely {finding}", finding=words) if difference.likely else words


def size_text(change: Change) -> str:
    """``2.3 per cent``, without a sign; ``less than 0.01 per cent`` instead of nothing."""
    decimals, size = decimals_of(change), abs(change.difference.mean)
    if size > 0.0 and round(size, decimals) == 0.0:
        return said("less than {size}", size=quantity(10.0**-decimals, decimals, change.unit))
    return quantity(size, decimals, change.unit)


def signed_size(change: Change) -> str:
    """``+2.3 per cent``; ``by less than 0.01 per cent`` where there is nothing to sign."""
    size = size_text(change)
    if size.startswith("less"):
        return said("by {size}", size=size)
    return quantity(change.difference.mean, decimals_of(change), change.unit, signed=True)


def interval_text(change: Change, signed: bool = True) -> str:
    """``+2.0 to +2.6``; empty for a single pair."""
    if change.difference.pairs == 1:
        return ""
    ends = (change.difference.low, change.difference.high)
    if not signed and ends[1] <= 0:
        ends = (-ends[1], -ends[0])  # how much lower, least first
    # Of a clear one an end keeps its sign where it rounds to zero, ``+0.0``.
    return between(*ends, decimals_of(change), change.unit, signed, sure=signed and change.difference.clear)


def level_text(values: FloatArray, display: Display, compared: bool) -> str:
    """The mean of a level over the seeds with their 10th to 90th percentile, ``52.41 (51.9 to 53.0)``.

    Beside differences, ``compared``, the mean has their decimals, so that two means subtract to the difference printed.
    Alone it is ``52.4 [51.9 to 53.0]``. ``values`` are finite, in shown units; of none the text is empty.
    """
    if not values.size:
        return ""
    level = quantity(float(values.mean()), display.decimals + compared, display.unit, bare=True)
    low, high = quantiles(values, (0.1, 0.9)).tolist()
    if format_number(low, display.decimals) == format_number(high, display.decimals):
        return level
    spread = between(low, high, display.decimals, display.unit)
    if compared:
        return said("{level} ({spread})", level=level, spread=spread)
    return said("{level} [{spread}]", level=level, spread=spread)


def cell_text(change: Change | None, with_unit: bool = False) -> str:
    """``+0.76 [+0.41 to +1.11]``, with ``unclear`` or ``likely`` behind it where it is; in the change's unit."""
    if change is None:
        return ""
    if change.difference.same:
        return said("the same")
    mean = quantity(change.difference.mean, decimals_of(change), change.unit, signed=True, bare=not with_unit)
    if change.difference.pairs == 1:
        return mean
    ends = {"mean": mean, "interval": interval_text(change)}
    if change.difference.likely:
        return said("{mean} [{interval}] likely", **ends)
    if change.difference.clear:
        return said("{mean} [{interval}]", **ends)
    return said("{mean} [{interval}] unclear", **ends)


def settled_text(change: Change | None) -> str:
    """``change_text`` with what more pairs of seeds would do for what is unclear."""
    words = "" if change is None else change.difference.settling
    return said("{first}; {then}", first=change_text(change), then=words) if words else change_text(change)


def change_text(change: Change | None, better: int | None = None) -> str:
    """``2.3 per cent higher [+2.0 to +2.6]``; ``no clear difference [-0.3 to +0.4 percentage points]``."""
    if change is None:
        return ""
    word = finding(change.difference, better)
    interval = interval_text(change)
    if change.difference.same:
        return word
    if word == NO_CLEAR_DIFFERENCE:
        return said("{finding} [{interval} {unit}]", finding=word, interval=interval, unit=unit_of(change.unit))
    size = signed_size(change)
    if not interval:
        return said("{size} (one pair)", size=size)
    return said("{size} [{interval}], {finding}", size=size, interval=interval, finding=word)


def decimals_of(change: Change) -> int:
    """One more where an end of the interval, or a clear change itself, would be rounded to nothing."""
    found, decimals = change.difference, change.decimals
    shown = [found.low, found.high, *([found.mean] if found.clear else [])]
    shown = [value for value in shown if np.isfinite(value) and value != 0.0]
    while decimals < change.decimals + MOST_MORE and any(np.round(value, decimals) == 0.0 for value in shown):
        decimals += 1
    return decimals
