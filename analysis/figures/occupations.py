"""The figure of unemployment by occupation: one row for each, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.style import GRID, INK, SOFT_INK, dress, new_figure
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.panel import Panel, quantiles
from xinzhi.analysis.reading.text import quarter_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm.arrays import FloatArray

__all__ = ["occupations_figure"]

DECADE = 40  # quarters
ROW_HEIGHT = 0.26  # inches


def occupations_figure(drawing: Drawing) -> Figure | None:
    """Unemployment by occupation over the last ten years, the highest on top; None if it is not in the results."""
    rates = [_late_unemployment(panel) for panel in drawing.panels]
    ranking = {name: float(np.median(values)) for of_panel in reversed(rates) for name, values in of_panel.items()}
    names = sorted(ranking, key=lambda name: ranking[name])
    if not names:
        return None
    size = (6.4, ROW_HEIGHT * len(names) + 0.3)
    ranked = f"; ranked by {drawing.labels[0]}" if len(drawing.panels) > 1 else ""
    subtitle = f"Per cent of each occupation's labour force, {_window(drawing)}{ranked}"
    footer = drawing.footer("Dot: median of the seeds; bar: 10th to 90th percentile.", compared=False)
    figure, (axes,) = new_figure(
        1, 1, size, "Unemployment by occupation", subtitle, footer, drawing.room, 0.25, left=2.9
    )
    medians = [{name: float(np.median(values)) for name, values in of_panel.items()} for of_panel in rates]
    for row, name in enumerate(names):
        reached = [of_panel[name] for of_panel in medians if name in of_panel]
        axes.plot([min(reached), max(reached)], [row, row], color="#BBBBBB", linewidth=1.2, zorder=1)
    for of_panel, colour in zip(reversed(rates), reversed(drawing.colours), strict=True):
        _draw_dots(axes, names, of_panel, colour)
    _name_dots(axes, names, medians, drawing)
    axes.set_yticks(range(len(names)), [group_title(name) for name in names])
    axes.set_ylim(-0.7, len(names) + 0.2)
    axes.set_xlim(left=0.0)
    dress(axes, "", "")
    axes.tick_params(axis="y", labelsize=9, labelcolor=INK)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_xlabel("per cent", fontsize=8.5, color=SOFT_INK)
    return figure


def _window(drawing: Drawing) -> str:
    last = max(panel.last for panel in drawing.panels)
    first = max(0, last - DECADE + 1)
    opening = drawing.panels[0].opening_year
    return f"mean of {quarter_label(first, opening)} to {quarter_label(last, opening)}"


def _late_unemployment(panel: Panel) -> dict[str, FloatArray]:
    """{occupation: (seeds that have a value,)}, the mean rate of the last ten years in per cent."""
    late = {}
    for name, values in panel.group_values("occupations", "unemployment_rate").items():
        window = values[:, -DECADE:]
        there = np.isfinite(window).any(axis=1)
        if there.any():
            late[name] = 100 * np.nanmean(window[there], axis=1)
    return late


def _draw_dots(axes: Axes, names: list[str], rates: dict[str, FloatArray], colour: str) -> None:
    """A dot at each occupation's median and a bar from the 10th to the 90th percentile."""
    for row, name in enumerate(names):
        if name in rates:
            low, middle, high = quantiles(rates[name])
            if len(rates[name]) > 1:
                axes.plot([low, high], [row, row], color=colour, linewidth=5, alpha=0.3, solid_capstyle="butt")
            axes.plot([middle], [row], "o", color=colour, markersize=6)


def _name_dots(axes: Axes, names: list[str], medians: list[dict[str, float]], drawing: Drawing) -> None:
    """The scenarios' names above the dots of the top row, the outer ones written outwards so that they stay apart."""
    places = sorted((of_panel[names[-1]], at) for at, of_panel in enumerate(medians) if names[-1] in of_panel)
    if len(places) < 2:
        return
    for order, (place, at) in enumerate(places):
        outer = {0: "right", len(places) - 1: "left"}
        axes.annotate(
            drawing.labels[at],
            xy=(place, len(names) - 1),
            xytext=({"right": 4, "left": -4}.get(outer.get(order, ""), 0), 7 + 11 * (order not in outer) * order),
            textcoords="offset points",
            fontsize=9,
            weight="bold",
            color=drawing.colours[at],
            ha=outer.get(order, "center"),
            va="bottom",
            parse_math=False,
            annotation_clip=False,
        )
