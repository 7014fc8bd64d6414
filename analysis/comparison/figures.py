"""The figures of a comparison over time: one variable with its differences, and the differences of all headlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.comparison.leading import emissions_first
from xinzhi.analysis.figures.drawing import Line, draw_lines, economy_of, scenario_panel
from xinzhi.analysis.figures.style import Room, dress, new_figure
from xinzhi.analysis.reading.changes import shown_gaps
from xinzhi.analysis.reading.display import axis_display, display_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = [
    "CHANGES",
    "changes_figure",
    "first_figure",
    "first_variables",
    "variable_figure",
]

CHANGES = (
    "real_gdp",
    "real_consumption",
    "real_ndp",
    "unemployment_rate",
    "employment",
    "hours_worked",
    "gini_disposable_income",
    "real_wage_mean",
    "labour_share",
    "co2_emissions",
    "electricity_use",
    "public_debt_ratio",
)
# Of the report's first page: where emissions are what the policies are about, they are shown instead of unemployment.
FIRST = ("real_gdp", "unemployment_rate", "gini_disposable_income")
FIRST_OF_EMISSIONS = ("co2_emissions", "real_gdp", "gini_disposable_income")
PANEL_SIZE, FIRST_SIZE = (3.4, 1.9), (2.25, 1.25)  # inches
ROOM_OF_NUMBER = 0.85  # inches right of a panel
LEAST_SPAN = 2.0  # of a difference: less is noise
LEFT = "Left: mean of the runs."
READING = (
    "Differences: mean over pairs of runs with the same random draws; band: 90 % confidence interval of that mean."
)


def variable_figure(comparison: Comparison, variable: str) -> Figure:
    """One variable in every scenario, and beside it the paired differences from the reference."""
    from abm import UserError, outcome_named

    drawing = comparison.drawing
    variable = variable if drawing.has(variable) else outcome_named(variable).name
    if not drawing.has(variable):
        raise UserError(f"the results have no value of '{variable}'")
    display = display_of(comparison.panels[0], variable)
    title = comparison.message([variable])
    figure, axes = new_figure(
        1,
        2,
        (3.6, 2.4),
        title,
        f"{display.title}: {_question(comparison)}",
        drawing.footer(f"{LEFT} {READING}"),
        Room(drawing.room),
        key=_key(comparison),
    )
    scenario_panel(axes[0], drawing, variable, title="Level", note=False)
    _draw_changes(axes[1], comparison, variable, "Difference")
    return figure


def first_figure(comparison: Comparison) -> Figure | None:
    """The differences of the first page, small and without a title: the page has it."""
    return _differences(comparison, first_variables(comparison), len(FIRST), FIRST_SIZE, "")


def first_variables(comparison: Comparison) -> tuple[str, ...]:
    """The measures of the first page's figure."""
    return FIRST_OF_EMISSIONS if emissions_first(comparison) else FIRST


def changes_figure(comparison: Comparison, columns: int = 2) -> Figure | None:
    """The paired differences of the headline variables over time, a line for each scenario."""
    return _differences(comparison, CHANGES, columns, PANEL_SIZE, comparison.message())


def _differences(
    comparison: Comparison, variables: Sequence[str], columns: int, size: tuple[float, float], title: str
) -> Figure | None:
    pairs = comparison.pairs.values()
    shown = [name for name in variables if any(pair.subject.has(name) and pair.reference.has(name) for pair in pairs)]
    if not shown or comparison.last == 0:
        return None
    subtitle = f"What changes, {comparison.drawing.span}: {_question(comparison)}"
    columns = min(columns, len(shown))
    figure, axes = new_figure(
        -(-len(shown) // columns),
        columns,
        size,
        title,
        subtitle,
        comparison.drawing.footer(READING),
        Room(ROOM_OF_NUMBER),
        key=_key(comparison),
    )
    for place, variable in zip(axes, shown, strict=False):
        _draw_changes(place, comparison, variable)
    for place in axes[len(shown) :]:
        place.remove()
    return figure


def _key(comparison: Comparison) -> list[tuple[str, str]]:
    """The names of several scenarios in their colours; a single pair needs none."""
    drawn = comparison.pairs if len(comparison.pairs) > 1 else ()
    return [(comparison.labels[at], comparison.drawing.colours[at]) for at in drawn]


def _question(comparison: Comparison) -> str:
    return f"difference from {economy_of(comparison.labels[comparison.base])}; above zero: higher than there"


def _draw_changes(axes: Axes, comparison: Comparison, variable: str, title: str = "") -> None:
    display = display_of(comparison.panels[0], variable)
    lines, unit, decimals = [], "", 1
    for at, pair in comparison.pairs.items():
        gaps, unit, decimals = shown_gaps(pair, variable)
        if np.isfinite(gaps).any():
            years = comparison.panels[at].years[: pair.last + 1]
            lines.append(Line("", comparison.drawing.colours[at], years, gaps))
    dress(axes, title or display.title, f"difference, {unit}")
    if lines:
        span = LEAST_SPAN if unit == "per cent" else min(display.span / 4, LEAST_SPAN)
        draw_lines(axes, lines, axis_display(decimals, span=span), signed=True)
