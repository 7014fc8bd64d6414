"""The tables of the report: rows of words under a caption, ready for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from abm import AT_A_GLANCE, joined, said
from xinzhi.analysis.comparison.leading import label_in
from xinzhi.analysis.comparison.present import present_heading, present_rows
from xinzhi.analysis.comparison.ranges import range_text, ranges_for
from xinzhi.analysis.comparison.sentences import headline_change
from xinzhi.analysis.figures.wording import less_text
from xinzhi.analysis.reading.as_read import change_in_table, display_as_read, range_as_read
from xinzhi.analysis.reading.changes import (
    Change,
    GroupMeasure,
    cell_text,
    change_text,
    difference_unit,
    level_text,
    settled_text,
)
from xinzhi.analysis.reading.display import HEADLINE, display_of, headline_of
from xinzhi.analysis.reading.group_sizes import MARK_NOTE, marked
from xinzhi.analysis.reading.quantities import between, quantity, titled, unit_of

if TYPE_CHECKING:
    from abm import Display
    from xinzhi.analysis.comparison.comparison import Comparison
    from xinzhi.analysis.reading.closure_ranges import ClosureRange

__all__ = ["ReportTable", "data_table", "glance_table", "group_table", "headline_rows"]


@dataclass
class ReportTable:
    """A caption, the heads of the columns, and rows under groups: [(group or "", [row])], first cell the row's head.

    ``note`` stands below it.
    """

    caption: str
    columns: Sequence[str]
    groups: list[tuple[str, list[list[str]]]] = field(default_factory=list)
    note: str = ""


def glance_table(comparison: Comparison) -> ReportTable:
    """What changes by the last chosen year, the first measures and the sums in rows, scenarios in columns."""
    ranges = ranges_for(comparison)
    caption = said(
        "What changes by {year} against {reference}: mean over pairs of runs [90 % confidence interval]",
        year=comparison.end, reference=label_in(comparison),
    )  # fmt: skip
    labels = [comparison.labels[at] for at in comparison.pairs]
    table = ReportTable(caption, [said("Measure"), *labels, *([RANGE] if ranges else [])])
    rows = []
    own = [name for name in headline_of(comparison.panels) if name not in HEADLINE]
    for variable in (*AT_A_GLANCE, *own):
        changes = [headline_change(comparison, at, variable) for at in comparison.pairs]
        if any(changes) and _tells(comparison, variable):
            display = display_of(comparison.panels[0], variable)
            row = [display.title, *map(settled_text, changes)]
            rows.append([*row, *([_range_at_a_glance(comparison, variable, changes)] if ranges else [])])
    table.groups.append(("", rows))
    if sums := present_rows(comparison):
        table.groups.append((present_heading(comparison), [[*row, *([""] if ranges else [])] for row in sums]))
    return table


def _range_at_a_glance(comparison: Comparison, variable: str, changes: Sequence[Change | None]) -> str:
    """The range in the unit of the changes beside it."""
    change = next(one for one in changes if one is not None)
    text = range_text(comparison, variable, comparison.end, change)
    return joined([text, unit_of(change.unit)], " ") if text else ""


RANGE = said("Range across assumptions that no data settle")


def _tells(comparison: Comparison, variable: str) -> bool:
    """Whether a headline variable says anything: a cost that nobody has is left out."""
    there = [panel.values(variable) for panel in comparison.panels if panel.has(variable)]
    return variable not in ("trainees", "policy_cost") or any(np.nanmax(np.abs(values)) > 0 for values in there)


def headline_rows(comparison: Comparison) -> ReportTable:
    """The headline variables in the chosen years: levels, differences, and a range where there is one."""
    years, ranges = comparison.years, ranges_for(comparison)
    table = ReportTable(
        said("Headline measures in the chosen years. Levels: mean over the runs (10th to 90th percentile, the range of "
             "histories). Differences: mean over pairs of runs [90 % confidence interval of that mean]"),
        [said("Measure and scenario"), *map(str, years)],
    )  # fmt: skip
    base = comparison.labels[comparison.base]
    for variable in headline_of(comparison.panels):
        if not comparison.drawing.has(variable) or not _tells(comparison, variable):
            continue
        display = display_as_read(display_of(comparison.panels[0], variable), variable, comparison.panels)
        rows = [
            [label, *(_level(comparison, at, variable, year, display, spread=True) for year in years)]
            for at, label in enumerate(comparison.labels)
        ]
        for at in comparison.pairs:
            label = said("Difference: {effect}", effect=less_text(comparison.labels[at], base))
            columns = [year - comparison.opening_year for year in years]
            pair = comparison.pairs[at]
            rows.append([label, *(cell_text(change_in_table(pair, variable, column)) for column in columns)])
        phrases = [_range_text(ranges, variable, year, display) for year in years]
        if any(phrases):
            rows.append([RANGE, *phrases])
        table.groups.append((titled(display), rows))
    return table


def _level(comparison: Comparison, at: int, variable: str, year: int, display: Display, spread: bool = False) -> str:
    """The mean over the shared seeds, with the decimals of the difference below it, and their ``spread``."""
    values = comparison.level(at, variable, year) * (
        display.factor / display_of(comparison.panels[at], variable).factor
    )
    values = values[np.isfinite(values)]
    if spread:
        return level_text(values, display, compared=True)
    return quantity(float(values.mean()), display.decimals + 1, display.unit, bare=True) if values.size else ""


def _range_text(ranges: Mapping[tuple[str, int, str], ClosureRange], variable: str, year: int, display: Display) -> str:
    """``-0.5 to +1.2 percentage points``, or nothing where no range is known."""
    found = ranges.get((variable, year, "effect"))
    if not found:
        return ""
    unit = difference_unit(display)
    ends = between(*range_as_read(found, variable), display.decimals + 1, unit, signed=True)
    return joined([ends, unit_of(unit)], " ")


def data_table(comparison: Comparison, variable: str) -> ReportTable | None:
    """What a line panel shows: every whole year, all scenarios and their differences."""
    if not comparison.drawing.has(variable):
        return None
    display = display_of(comparison.panels[0], variable)
    base = label_in(comparison)
    caption = said(
        "{outcome}: means over the runs; difference: mean over pairs of runs [90 % confidence interval]",
        outcome=titled(display),
    )  # fmt: skip
    heads = [
        said("{scenario} less {reference}", scenario=comparison.labels[at], reference=base) for at in comparison.pairs
    ]
    table = ReportTable(caption, [said("Year"), *comparison.labels, *heads])
    rows = []
    for year in range(comparison.opening_year, comparison.last_year + 1):
        levels = [_level(comparison, at, variable, year, display) for at in range(len(comparison.panels))]
        changes = [cell_text(comparison.change_in_levels(at, variable, year)) for at in comparison.pairs]
        rows.append([str(year), *levels, *changes])
    table.groups.append(("", rows))
    return table


def group_table(comparison: Comparison, measures: Sequence[GroupMeasure]) -> list[ReportTable]:
    """One table for each measure of a group: a row for each group, a column for each scenario."""
    tables = []
    for measure in measures:
        changes, small = {at: comparison.groups(at, measure) for at in comparison.pairs}, comparison.small(measure)
        groups = list(dict.fromkeys(group for of_pair in changes.values() for group in of_pair))
        if groups:
            caption = said(
                "{measure}, {year}: mean difference [90 % confidence interval]", measure=measure.title,
                year=comparison.end,
            )  # fmt: skip
            table = ReportTable(caption, [said("Group"), *(comparison.labels[at] for at in comparison.pairs)])
            rows = [
                [
                    marked(group, small),
                    *(
                        change_text(found.get(group), None if group in small else measure.better)
                        for found in changes.values()
                    ),
                ]
                for group in groups
            ]
            table.groups.append(("", rows))
            table.note = MARK_NOTE if small & set(groups) else ""
            tables.append(table)
    return tables
