"""The figures of a comparison over time: one variable with its differences, and the differences of all headlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from abm import counted_in, joined, said
from xinzhi.analysis.comparison.leading import emissions_first
from xinzhi.analysis.figures.drawing import Line, draw_lines, scenario_panel
from xinzhi.analysis.figures.style import Room, dress, new_figure
from xinzhi.analysis.figures.wording import economy_of
from xinzhi.analysis.reading.changes import shown_gaps
from xinzhi.analysis.reading.display import axis_display, display_of
from xinzhi.analysis.reading.quantities import decimals_in, unit_of

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
LEFT = said("Left: mean of the runs.")
READING = said(
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
        said("{subject}: {question}", subject=display.title, question=_question(comparison)),
        drawing.footer(joined([LEFT, READING], " ")),
        Room(drawing.room),
        key=_key(comparison),
        language=drawing.language,
    )
    scenario_panel(axes[0], drawing, variable, title=said("Level"), note=False)
    _draw_changes(axes[1], comparison, variable, said("Difference"))
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
    subtitle = said("What changes, {years}: {question}", years=comparison.drawing.span, question=_question(comparison))
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
        language=comparison.drawing.language,
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
    reference = economy_of(comparison.labels[comparison.base])
    return said("difference from {reference}; above zero: higher than there", reference=reference)


def _draw_changes(axes: Axes, comparison: Comparison, variable: str, title: str = "") -> None:
    display = display_of(comparison.panels[0], variable)
    lines, unit, decimals, factor = [], "", 1, 1.0
    for at, pair in comparison.pairs.items():
        gaps, unit, decimals = shown_gaps(pair, variable)
        factor = counted_in(comparison.drawing.language, unit)[0]
        if np.isfinite(gaps).any():
            years = comparison.panels[at].years[: pair.last + 1]
            lines.append(Line("", comparison.drawing.colours[at], years, factor * gaps))
    dress(axes, title or display.title, said("difference, {unit}", unit=unit_of(unit)))
    if lines:
        span = LEAST_SPAN if unit == "per cent" else min(display.span / 4, LEAST_SPAN)
        shown = axis_display(decimals_in(decimals, factor), span=factor * span)
        draw_lines(axes, lines, shown, signed=True)
