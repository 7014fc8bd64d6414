"""Two figures of another build than a grid of variables: the sectors, and the differences over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.drawing import Drawing, Line, draw_lines, manner
from xinzhi.analysis.figures.style import dress, new_figure
from xinzhi.analysis.reading.display import axis_display, display_of, group_title
from xinzhi.analysis.reading.paired import Pair
from xinzhi.analysis.reading.panel import Panel, quantiles
from xinzhi.analysis.reading.text import format_number, year_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm.arrays import FloatArray

__all__ = ["differences_figure", "sectors_figure"]

DIFFERENCES = (
    "real_gdp",
    "unemployment_rate",
    "gini_disposable_income",
    "real_wage_mean",
    "co2_emissions",
    "electricity_use",
)
RELATIVE = {"real_gdp", "real_wage_mean", "co2_emissions", "electricity_use"}  # shown in per cent of the reference


def differences_figure(drawing: Drawing) -> Figure | None:
    """The paired difference of two scenarios over time, seed by seed."""
    pair = drawing.pair
    if pair is None or pair.last == 0:
        return None
    shown = [name for name in DIFFERENCES if pair.subject.has(name) and pair.reference.has(name)]
    if not shown:
        return None
    title = f"What changes: {drawing.effect}, {drawing.span}"
    subtitle = f"Each seed against its own twin: above zero, it is higher {manner(drawing.subject_label)}"
    footer = drawing.footer("Line: mean of the differences; band: their 10th to 90th percentile.", compared=False)
    columns = min(3, len(shown))
    figure, axes = new_figure(-(-len(shown) // columns), columns, (3.1, 1.9), title, subtitle, footer, 0.75)
    for place, variable in zip(axes, shown, strict=False):
        _draw_difference(place, drawing, pair, variable)
    for place in axes[len(shown) :]:
        place.remove()
    return figure


def _draw_difference(axes: Axes, drawing: Drawing, pair: Pair, variable: str) -> None:
    """One variable's difference; levels in per cent of the reference, shares in percentage points."""
    display = display_of(pair.subject, variable)
    if variable in RELATIVE:
        unit = f"per cent of the level {manner(drawing.reference_label)}"
        gaps, shown = 100 * pair.relative_gaps(variable), axis_display(1, span=2.0)
    else:
        unit = "percentage points" if display.factor == 100.0 else display.unit.split(", ")[0]
        gaps = display.factor * pair.gaps(variable)
        shown = axis_display(display.decimals + 1, span=display.span / 4)
    dress(axes, display.title, f"difference, {unit}")
    colour = drawing.colours[drawing.panels.index(pair.subject)]
    draw_lines(axes, [Line("", colour, pair.subject.years[: pair.last + 1], gaps)], shown, signed=True)


def sectors_figure(drawing: Drawing) -> Figure | None:
    """Each sector's share of value added, one small panel for each."""
    shares = [_value_added_shares(panel) for panel in drawing.panels]
    codes = list(dict.fromkeys(code for of_panel in shares for code in of_panel))
    if not codes:
        return None
    columns = min(5, len(codes))
    subtitle = "Share of value added in per cent; each panel has its own scale, from zero"
    figure, axes = new_figure(
        -(-len(codes) // columns),
        columns,
        (1.75, 1.0),
        drawing.title("Sectors"),
        subtitle,
        drawing.footer(compared=False),
        drawing.room,
        0.55,
    )
    for place, code in zip(axes, codes, strict=False):
        lines = [
            Line(label, colour, panel.years, 100 * of_panel[code])
            for panel, label, colour, of_panel in zip(
                drawing.panels, drawing.labels, drawing.colours, shares, strict=True
            )
            if code in of_panel
        ]
        dress(place, group_title(code), _adoption_words(drawing, code))
        draw_lines(place, lines, axis_display(1, from_zero=True))
    for place in axes[len(codes) :]:
        place.remove()
    return figure


def _value_added_shares(panel: Panel) -> dict[str, FloatArray]:
    """{sector: (seeds, quarters + 1)}, shares of the sum of all sectors."""
    values = panel.group_values("sectors", "value_added")
    if not values:
        return {}
    total = np.nansum(list(values.values()), axis=0)
    total = np.where(total > 0.0, total, np.nan)
    return {code: value / total for code, value in values.items() if np.isfinite(value).any()}


def _adoption_words(drawing: Drawing, code: str) -> str:
    """How many firms of a sector use AI at the end, in the first scenario where some do."""
    for panel in drawing.panels:
        adoption = panel.group_values("sectors", "ai_adoption_share").get(code)
        if adoption is not None and np.nanmax(adoption) > 0.0:
            last = format_number(100 * quantiles(adoption)[1, -1], 0)
            return f"AI in {last} % of firms in {year_label(panel.last, panel.opening_year)}" if last != "-" else ""
    return ""
