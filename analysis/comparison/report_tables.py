"""The tables of the report: rows of words under a caption, ready for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.comparison.sentences import is_headline
from xinzhi.analysis.reading.changes import (
    NO_CLEAR_DIFFERENCE,
    Change,
    GroupMeasure,
    change_of,
    finding,
    group_changes,
    interval_text,
    size_text,
)
from xinzhi.analysis.reading.closure_ranges import decimals_of, load_ranges
from xinzhi.analysis.reading.display import DISPLAYS, display_of, group_title
from xinzhi.analysis.reading.panel import Panel, quantiles
from xinzhi.analysis.reading.summary import HEADLINE
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from abm import Display
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["ReportTable", "change_text", "data_table", "glance_table", "group_table", "headline_rows"]


@dataclass
class ReportTable:
    """A caption, the heads of the columns, and rows under groups: [(group or "", [row])], first cell the row's head."""

    caption: str
    columns: list[str]
    groups: list[tuple[str, list[list[str]]]] = field(default_factory=list)


def change_text(change: Change | None, better: int | None = None) -> str:
    """``2.3 per cent higher [+2.0 to +2.6]``; ``no clear difference [-0.3 to +0.4 percentage points]``."""
    if change is None:
        return ""
    word = finding(change.difference, better)
    interval = interval_text(change)
    if change.difference.same:
        return word
    if word == NO_CLEAR_DIFFERENCE:
        return f"{word} [{interval} {change.unit}]"
    sign = "+" if change.difference.mean > 0 else "-"
    told = f"{sign}{size_text(change)}"
    return f"{told} [{interval}], {word}" if interval else f"{told} (one pair)"


def glance_table(comparison: Comparison) -> ReportTable:
    """What changes by the last chosen quarter, a row for each headline variable, a column for each scenario."""
    period, reference = comparison.period(comparison.end), within_sentence(comparison.labels[comparison.base])
    table = ReportTable(
        f"What changes by {period} against {reference}: mean over pairs of seeds [90 % interval]",
        ["Measure", *(comparison.labels[at] for at in comparison.pairs), "Range across unresolved assumptions"],
    )
    rows = []
    for variable in HEADLINE:
        changes = [change_of(pair, variable, comparison.end) for pair in comparison.pairs.values()]
        if any(changes):
            title = display_of(comparison.panels[0], variable).title
            rows.append([title, *map(change_text, changes), _range_text(comparison, variable, comparison.end)])
    table.groups.append(("", rows))
    return table


def headline_rows(comparison: Comparison) -> ReportTable:
    """The headline variables in the chosen years: every scenario's level, the differences, the range over closures."""
    quarters = comparison.quarters
    table = ReportTable(
        "Headline measures in the chosen years (first quarter): median over the seeds [10th to 90th percentile]; "
        "differences are means over pairs of seeds [90 % interval]",
        ["Measure and scenario", *map(comparison.period, quarters)],
    )
    base = within_sentence(comparison.labels[comparison.base])
    for variable in HEADLINE:
        if not comparison.drawing.has(variable):
            continue
        display = display_of(comparison.panels[0], variable)
        rows = [
            [label, *(_level(panel, variable, display, quarter) for quarter in quarters)]
            for panel, label in zip(comparison.panels, comparison.labels, strict=True)
        ]
        for at, pair in comparison.pairs.items():
            label = f"Difference: {within_sentence(comparison.labels[at])} less {base}"
            rows.append([label, *(change_text(change_of(pair, variable, quarter)) for quarter in quarters)])
        ranges = [_range_text(comparison, variable, quarter) for quarter in quarters]
        if any(ranges) and is_headline(comparison):
            rows.append(["Range of the difference over assumptions", *ranges])
        table.groups.append((f"{display.title}, {display.unit}".rstrip(", "), rows))
    return table


def _level(panel: Panel, variable: str, display: Display, quarter: int) -> str:
    if quarter > panel.last:
        return ""
    low, middle, high = quantiles(panel.values(variable)[:, quarter]) * display.factor
    lowest, text, highest = (format_number(value, display.decimals) for value in (low, middle, high))
    return text if lowest == highest else f"{text} [{lowest} to {highest}]"


def _range_text(comparison: Comparison, variable: str, quarter: int) -> str:
    """The shipped range of AI's effect over the closures, that none is known, or nothing where none is computed."""
    ranges, _ = load_ranges()
    if variable not in {name for name, _, _ in ranges}:
        return ""
    found = ranges.get((variable, quarter, "effect"))
    if not found or not is_headline(comparison):
        return "not computed"
    display, decimals = DISPLAYS[variable], decimals_of(variable)
    unit = "percentage points" if display.factor == 100.0 else "points"
    if variable == "real_gdp":
        unit = "trillion CNY a quarter"
    low, high = (format_number(display.factor * end, decimals, signed=True) for end in (found.lowest, found.highest))
    return f"{low} to {high} {unit}"


def data_table(comparison: Comparison, variable: str) -> ReportTable | None:
    """What a line panel shows: the first quarter of every year, all scenarios and their differences."""
    if not comparison.drawing.has(variable):
        return None
    display = display_of(comparison.panels[0], variable)
    base = within_sentence(comparison.labels[comparison.base])
    caption = f"{display.title}, {display.unit}".rstrip(", ")
    heads = [f"{comparison.labels[at]} less {base}" for at in comparison.pairs]
    table = ReportTable(
        f"{caption}: median [10th to 90th percentile]; difference: mean [90 % interval]",
        ["Year", *comparison.labels, *heads],
    )
    rows = []
    for quarter in _years(comparison):
        levels = [_level(panel, variable, display, quarter) for panel in comparison.panels]
        changes = [change_text(change_of(pair, variable, quarter)) for pair in comparison.pairs.values()]
        rows.append([comparison.period(quarter), *levels, *changes])
    table.groups.append(("", rows))
    return table


def _years(comparison: Comparison) -> list[int]:
    """First quarters, or all quarters of a run shorter than three years, and the last."""
    step = 4 if comparison.last >= 12 else 1
    return sorted({*np.arange(0, comparison.last + 1, step).tolist(), comparison.last})


def group_table(comparison: Comparison, measures: Sequence[GroupMeasure]) -> list[ReportTable]:
    """One table for each measure of a group: a row for each group, a column for each scenario."""
    tables = []
    for measure in measures:
        changes = {at: group_changes(pair, measure, comparison.end) for at, pair in comparison.pairs.items()}
        groups = list(dict.fromkeys(group for of_pair in changes.values() for group in of_pair))
        if groups:
            table = ReportTable(
                f"{measure.title}, {comparison.period(comparison.end)}: mean difference [90 % interval]",
                ["Group", *(comparison.labels[at] for at in comparison.pairs)],
            )
            rows = [
                [group_title(group), *(change_text(found.get(group), measure.better) for found in changes.values())]
                for group in groups
            ]
            table.groups.append(("", rows))
            tables.append(table)
    return tables
