"""The figure of unemployment by occupation: one row for each, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.style import GRID, INK, SOFT_INK, dress, new_figure
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.panel import Panel, quantiles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm.arrays import FloatArray

__all__ = ["occupations_figure"]

DECADE = 10  # years
ROW_HEIGHT = 0.26  # inches


def occupations_figure(drawing: Drawing) -> Figure | None:
    """Unemployment by occupation over the last ten years, the highest on top; None if it is not in the results."""
    rates = [_late_unemployment(panel) for panel in drawing.panels]
    ranking = {name: float(np.mean(values)) for of_panel in reversed(rates) for name, values in of_panel.items()}
    names = sorted(ranking, key=lambda name: ranking[name])
    if not names:
        return None
    size = (6.4, ROW_HEIGHT * len(names) + 0.3)
    ranked = f"; ranked by {drawing.labels[0]}" if len(drawing.panels) > 1 else ""
    subtitle = f"Per cent of each occupation's labour force, {_window(drawing)}{ranked}"
    footer = drawing.footer("Dot: mean of the runs; bar: 10th to 90th percentile.")
    figure, (axes,) = new_figure(
        1, 1, size, "Unemployment by occupation", subtitle, footer, drawing.room, 0.25, left=2.9
    )
    means = [{name: float(np.mean(values)) for name, values in of_panel.items()} for of_panel in rates]
    for row, name in enumerate(names):
        reached = [of_panel[name] for of_panel in means if name in of_panel]
        axes.plot([min(reached), max(reached)], [row, row], color="#BBBBBB", linewidth=1.2, zorder=1)
    for of_panel, colour in zip(reversed(rates), reversed(drawing.colours), strict=True):
        _draw_dots(axes, names, of_panel, colour)
    _name_dots(axes, names, means, drawing)
    axes.set_yticks(range(len(names)), [group_title(name) for name in names])
    axes.set_ylim(-0.7, len(names) + 0.2)
    axes.set_xlim(left=0.0)
    dress(axes, "", "")
    axes.tick_params(axis="y", labelsize=9, labelcolor=INK)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_xlabel("per cent", fontsize=8.5, color=SOFT_INK)
    return figure


def _window(drawing: Drawing) -> str:
    first, last = drawing.panels[0].opening_year, max(panel.opening_year + panel.last for panel in drawing.panels)
    return f"mean of {max(first, last - DECADE + 1)} to {last}"


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
    """A dot at each occupation's mean and a bar from the 10th to the 90th percentile."""
    for row, name in enumerate(names):
        if name in rates:
            low, high = quantiles(rates[name], (0.1, 0.9))
            middle = float(np.mean(rates[name]))
            if len(rates[name]) > 1:
                axes.plot([low, high], [row, row], color=colour, linewidth=5, alpha=0.3, solid_capstyle="butt")
            axes.plot([middle], [row], "o", color=colour, markersize=6)


def _name_dots(axes: Axes, names: list[str], means: list[dict[str, float]], drawing: Drawing) -> None:
    """The scenarios' names above the dots of the top row, the outer ones written outwards so that they stay apart."""
    places = sorted((of_panel[names[-1]], at) for at, of_panel in enumerate(means) if names[-1] in of_panel)
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
