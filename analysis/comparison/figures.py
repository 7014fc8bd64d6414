"""The figures of a comparison: one variable with its differences, all differences over time, and who wins and loses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.comparison.answer import title_of
from xinzhi.analysis.figures.drawing import Line, draw_lines, manner, scenario_panel
from xinzhi.analysis.figures.style import GRID, INK, SOFT_INK, dress, new_figure
from xinzhi.analysis.reading.changes import GROUP_MEASURES, GroupMeasure, shown_gaps
from xinzhi.analysis.reading.display import axis_display, display_of, group_title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = [
    "CHANGES",
    "TABLE_TITLES",
    "changes_figure",
    "group_tables",
    "measures_of",
    "variable_figure",
    "winners_figure",
]

CHANGES = (
    "real_gdp",
    "unemployment_rate",
    "gini_disposable_income",
    "real_wage_mean",
    "labour_share",
    "co2_emissions",
    "electricity_use",
    "public_debt_ratio",
)
TABLE_TITLES = {
    "deciles": "Winners and losers by income",
    "occupations": "Winners and losers by occupation",
    "sectors": "Winners and losers by sector",
    "firm_sizes": "Firms by size",
    "regions": "Winners and losers by region",
}
ROW_HEIGHT, APART = 0.3, 0.17  # inches of a group; rows between the scenarios
LEFT = "Left: mean of the runs."
READING = (
    "Differences: mean over pairs of runs with the same random draws; band: 90 % confidence interval of that mean."
)
DOTS = "Dot: mean over pairs of runs; bar: 90 % confidence interval; hollow: it includes zero, no clear difference."


def variable_figure(comparison: Comparison, variable: str) -> Figure:
    """One variable in every scenario, and beside it the paired differences from the reference."""
    from abm import UserError, outcome_named

    drawing = comparison.drawing
    variable = variable if drawing.has(variable) else outcome_named(variable).name
    if not drawing.has(variable):
        raise UserError(f"the results have no value of '{variable}'")
    display = display_of(comparison.panels[0], variable)
    figure, axes = new_figure(
        1,
        2,
        (3.6, 2.4),
        display.title,
        _question(comparison),
        drawing.footer(f"{LEFT} {READING}"),
        drawing.room,
    )
    scenario_panel(axes[0], drawing, variable, title="Level", note=False)
    _draw_changes(axes[1], comparison, variable, "Difference")
    return figure


def changes_figure(comparison: Comparison, columns: int = 2) -> Figure | None:
    """The paired differences of the headline variables over time, a line for each scenario."""
    pairs = comparison.pairs.values()
    shown = [name for name in CHANGES if any(pair.subject.has(name) and pair.reference.has(name) for pair in pairs)]
    if not shown or comparison.last == 0:
        return None
    footer = comparison.drawing.footer(READING)
    title = title_of(comparison, next(iter(comparison.pairs)))
    if len(comparison.pairs) > 1:
        title = f"What changes, {comparison.drawing.span}"
    figure, axes = new_figure(
        -(-len(shown) // columns), columns, (3.4, 1.9), title, _question(comparison), footer, comparison.drawing.room
    )
    for place, variable in zip(axes, shown, strict=False):
        _draw_changes(place, comparison, variable)
    for place in axes[len(shown) :]:
        place.remove()
    return figure


def _question(comparison: Comparison) -> str:
    reference = manner(comparison.labels[comparison.base])
    return f"Difference from the economy {reference}: above zero, it is higher than {reference}"


def _draw_changes(axes: Axes, comparison: Comparison, variable: str, title: str = "") -> None:
    display = display_of(comparison.panels[0], variable)
    lines, unit, decimals = [], "", 1
    for at, pair in comparison.pairs.items():
        gaps, unit, decimals = shown_gaps(pair, variable)
        if np.isfinite(gaps).any():
            label = comparison.labels[at] if len(comparison.pairs) > 1 else ""
            lines.append(
                Line(label, comparison.drawing.colours[at], comparison.panels[at].years[: pair.last + 1], gaps)
            )
    dress(axes, title or display.title, f"difference, {unit}")
    if lines:
        span = 2.0 if unit == "per cent" else display.span / 4
        draw_lines(axes, lines, axis_display(decimals, span=span), signed=True)


def group_tables(comparison: Comparison) -> list[str]:
    """The group tables of which at least one measure has pairs at the end of the headline."""
    return list(dict.fromkeys(measure.table for measure in GROUP_MEASURES if _has(comparison, measure)))


def _has(comparison: Comparison, measure: GroupMeasure) -> bool:
    return any(comparison.groups(at, measure) for at in comparison.pairs)


def measures_of(comparison: Comparison, table: str) -> list[GroupMeasure]:
    """The measures of a group table that have pairs at the end of the headline."""
    return [measure for measure in GROUP_MEASURES if measure.table == table and _has(comparison, measure)]


def winners_figure(comparison: Comparison, measures: Sequence[GroupMeasure]) -> Figure:
    """A panel for each measure of one group table and a row for each group, with the 90 % intervals."""
    groups = _groups(comparison, measures)
    title = f"{TABLE_TITLES[measures[0].table]}, {comparison.end}"
    reference = comparison.labels[comparison.base]
    footer = comparison.drawing.footer(DOTS)
    height = max(ROW_HEIGHT * len(groups) * (1 if len(comparison.pairs) == 1 else 1.3), 1.0)
    figure, axes = new_figure(
        len(measures), 1, (5.6, height), title, f"Difference from the economy {manner(reference)}", footer, 1.4,
        left=2.6,
    )  # fmt: skip
    for place, measure in zip(axes, measures, strict=True):
        _draw_groups(place, comparison, measure, groups)
    return figure


def _groups(comparison: Comparison, measures: Sequence[GroupMeasure]) -> list[str]:
    """The groups of the first measure: tenths, sizes and regions in their order, others by the first scenario."""
    changes = comparison.groups(next(iter(comparison.pairs)), measures[0])
    if measures[0].table in ("occupations", "sectors"):
        return sorted(changes, key=lambda group: -changes[group].difference.mean)
    return list(changes)


def _draw_groups(axes: Axes, comparison: Comparison, measure: GroupMeasure, groups: list[str]) -> None:
    """A dot and an interval for each group and scenario; hollow where there is no clear difference."""
    rows = {group: len(groups) - 1 - place for place, group in enumerate(groups)}
    several = len(comparison.pairs) - 1
    for order, at in enumerate(comparison.pairs):
        colour = comparison.drawing.colours[at]
        for group, change in comparison.groups(at, measure).items():
            if group not in rows:
                continue
            difference, row = change.difference, rows[group] + APART * (several / 2 - order)
            if difference.pairs > 1:
                axes.plot([difference.low, difference.high], [row, row], color=colour, linewidth=1.6, alpha=0.75)
            sure = difference.clear or difference.same
            axes.plot([difference.mean], [row], "o", color=colour, markersize=5, fillstyle="full" if sure else "none")
    _dress_groups(axes, comparison, measure, groups)


def _dress_groups(axes: Axes, comparison: Comparison, measure: GroupMeasure, groups: list[str]) -> None:
    unit = "per cent" if measure.relative else "percentage points"
    side = {1: "right of the line they gain", -1: "right of the line they lose", 0: "right of the line there are more"}
    dress(axes, measure.title, f"difference, {unit}; {side[measure.better]}")
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9, zorder=0)
    axes.set_yticks(range(len(groups)), [group_title(group) for group in reversed(groups)])
    axes.set_ylim(-0.7, len(groups) - 0.3)
    axes.tick_params(axis="y", labelsize=9, labelcolor=INK)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    if len(comparison.pairs) > 1:
        for order, at in enumerate(comparison.pairs):
            axes.annotate(
                comparison.labels[at], xy=(1, 1), xycoords="axes fraction", xytext=(6, -10 - 12 * order),
                textcoords="offset points", fontsize=8.5, weight="bold", color=comparison.drawing.colours[at],
                parse_math=False, annotation_clip=False,
            )  # fmt: skip
