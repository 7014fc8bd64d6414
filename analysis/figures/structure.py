"""The figure of structural change: how many work in agriculture, in industry and in services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.style import (
    SCENARIO_COLOURS,
    LineEnd,
    Room,
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

BRANCHES = ("agriculture", "industry")  # of each area, from below; what is in none of them is services
AREAS = ("Agriculture", "Industry and construction", "Services")
COLOURS = (SCENARIO_COLOURS[2], SCENARIO_COLOURS[5], SCENARIO_COLOURS[4])
NAMES = 2.4  # inches for the names of the areas


def structure_figure(drawing: Drawing) -> Figure | None:
    """Shares of employment of a single scenario as stacked areas; None if they are not in the results.

    Of several scenarios the areas look alike; what differs between them stands in the jobs by sector.
    """
    panel = drawing.panels[0]
    shares = _shares(panel) if len(drawing.panels) == 1 else None
    if shares is None:
        return None
    subtitle = f"Where people work, {drawing.span}; each area is as high as its share of all employed"
    footer = drawing.footer("Areas: mean of the runs.")
    title = _message(panel, shares) or drawing.title("Where people work")
    figure, (axes,) = new_figure(
        1,
        1,
        (5.6, 3.0),
        title,
        subtitle,
        footer,
        Room(NAMES, 0.55),
    )
    _draw_areas(axes, panel, shares)
    return figure


def _message(panel: Panel, shares: FloatArray) -> str:
    """``Services employ 60 % in 2050, 51 % in 2024; agriculture falls from 22 to 13 %``."""
    if panel.last < 1:
        return ""
    farms, services = ([format_number(float(end), 0) for end in shares[area, [0, -1]]] for area in (0, 2))
    way = "falls" if shares[0, -1] < shares[0, 0] else "rises"
    first, last = int(panel.years[0]), int(panel.years[-1])
    return (
        f"Services employ {services[1]} % in {last} after {services[0]} % in {first}; "
        f"agriculture {way} from {farms[0]} to {farms[1]} %"
    )


def _shares(panel: Panel) -> FloatArray | None:
    """(areas, years) shares of employment in per cent, means of the seeds."""
    from abm import sectors_with

    values = panel.group_values("sectors", "employment")
    if not values or panel.last < 0:
        return None
    branches = [sectors_with(branch, panel.economy) for branch in BRANCHES]
    nobody = np.zeros_like(next(iter(values.values())))
    areas = [sum((values[code] for code in codes if code in values), nobody) for codes in branches]
    total = sum(values.values(), nobody)
    areas.append(total - areas[0] - areas[1])
    return 100 * np.array([(area / total).mean(axis=0) for area in areas])


def _draw_areas(axes: Axes, panel: Panel, shares: FloatArray) -> None:
    axes.stackplot(panel.years, shares, colors=COLOURS, alpha=0.75, linewidth=0)
    dress(axes, "", "per cent of all employed")
    axes.set_ylim(0.0, 100.0)
    numbers_beside(axes, 0)
    years_below(axes, panel.years)
    tops = np.cumsum(shares[:, -1])
    ends = [
        LineEnd(float(top - share / 2), f"{name} {format_number(share, 0)} %", colour)
        for name, share, top, colour in zip(AREAS, shares[:, -1], tops, COLOURS, strict=True)
    ]
    label_ends(axes, ends)
