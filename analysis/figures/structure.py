"""The figure of structural change: how many work in agriculture, in industry and in services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.style import (
    SCENARIO_COLOURS,
    LineEnd,
    dress,
    label_ends,
    new_figure,
    numbers_beside,
    years_below,
)
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm.arrays import FloatArray

__all__ = ["structure_figure"]

# Sectors of each area, from below; what is in none of them is services.
AGRICULTURE = ("AGR",)
INDUSTRY = ("MIN", "LGT", "PET", "CHM", "NMM", "MET", "MEQ", "TRE", "ELE", "UTL", "CON")
AREAS = ("Agriculture", "Industry and construction", "Services")
COLOURS = (SCENARIO_COLOURS[2], SCENARIO_COLOURS[5], SCENARIO_COLOURS[4])
ROOM = 2.4  # inches for the names of the areas


def structure_figure(drawing: Drawing) -> Figure | None:
    """Shares of employment as stacked areas, a panel for each scenario; None if they are not in the results."""
    shown = [
        (panel, label, shares)
        for panel, label in zip(drawing.panels, drawing.labels, strict=True)
        if (shares := _shares(panel)) is not None
    ]
    if not shown:
        return None
    columns = min(2, len(shown))
    footer = drawing.footer("Areas: mean of the runs.")
    figure, axes = new_figure(
        -(-len(shown) // columns), columns, (4.2, 2.6), drawing.title("Where people work"),
        "Per cent of all employed; each area is as high as its share", footer, ROOM, 0.55,
    )  # fmt: skip
    for place, (panel, label, shares) in zip(axes, shown, strict=False):
        _draw_areas(place, panel, label, shares)
    for place in axes[len(shown) :]:
        place.remove()
    return figure


def _shares(panel: Panel) -> FloatArray | None:
    """(areas, years) shares of employment in per cent, means of the seeds."""
    values = panel.group_values("sectors", "employment")
    if not values:
        return None
    nobody = np.zeros_like(next(iter(values.values())))
    areas = [sum((values[code] for code in codes if code in values), nobody) for codes in (AGRICULTURE, INDUSTRY)]
    total = sum(values.values(), nobody)
    areas.append(total - areas[0] - areas[1])
    return 100 * np.array([(area / total).mean(axis=0) for area in areas])


def _draw_areas(axes: Axes, panel: Panel, label: str, shares: FloatArray) -> None:
    axes.stackplot(panel.years, shares, colors=COLOURS, alpha=0.75, linewidth=0)
    dress(axes, label, "per cent of all employed")
    axes.set_ylim(0.0, 100.0)
    numbers_beside(axes, 0)
    years_below(axes, panel.years)
    tops = np.cumsum(shares[:, -1])
    ends = [
        LineEnd(float(top - share / 2), f"{name} {format_number(share, 0)} %", colour)
        for name, share, top, colour in zip(AREAS, shares[:, -1], tops, COLOURS, strict=True)
    ]
    label_ends(axes, ends)
