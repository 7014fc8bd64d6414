"""The figure of structural change: how many work in agriculture, in industry and in services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm import filled, said
from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.style import (
    SCENARIO_COLOURS,
    LineEnd,
    Room,
    dress,
    label_ends,
    language_of,
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
AREAS = (said("Agriculture"), said("Industry and construction"), said("Services"))
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
    subtitle = said(
        "Where people work, {years}; each area is as high as its share of all employed", years=drawing.span
    )  # fmt: skip
    footer = drawing.footer(said("Areas: mean of the runs."))
    title = _message(panel, shares) or drawing.title(said("Where people work"))
    figure, (axes,) = new_figure(
        1,
        1,
        (5.6, 3.0),
        title,
        subtitle,
        footer,
        Room(NAMES, 0.55),
        language=drawing.language,
    )
    _draw_areas(axes, panel, shares)
    return figure


def _message(panel: Panel, shares: FloatArray) -> str:
    """``Services employ 60 % in 2050, 51 % in 2024; agriculture falls from 22 to 13 %``."""
    if panel.last < 1:
        return ""
    farms, services = ([format_number(float(end), 0) for end in shares[area, [0, -1]]] for area in (0, 2))
    return said(
        "Services employ {services} % in {last} after {before} % in {first}; agriculture {verb} from {start} to "
        "{end} %",
        services=services[1], last=int(panel.years[-1]), before=services[0], first=int(panel.years[0]),
        verb=said("falls") if shares[0, -1] < shares[0, 0] else said("rises"), start=farms[0], end=farms[1],
    )  # fmt: skip


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
    dress(axes, "", said("per cent of all employed"))
    axes.set_ylim(0.0, 100.0)
    numbers_beside(axes, 0)
    years_below(axes, panel.years)
    tops = np.cumsum(shares[:, -1])
    ends = [
        LineEnd(float(top - share / 2), _share_text(name, share, language_of(axes)), colour)
        for name, share, top, colour in zip(AREAS, shares[:, -1], tops, COLOURS, strict=True)
    ]
    label_ends(axes, ends)


def _share_text(name: str, share: float, language: str) -> str:
    return filled("{name} {share} %", language, name=name, share=format_number(share, 0))
