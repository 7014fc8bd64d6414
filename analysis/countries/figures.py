"""The effects in two economies side by side: a panel for each measure, a row for each scenario and economy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.countries.effects import MEASURES
from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.reading.summary import CAUTION

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["countries_figure"]

WIDTH, ROW, LEAST = 1.9, 0.34, 1.0  # inches of a panel, of a row and of a panel at least
LEAD = 2.6  # inches of the names of scenarios


def countries_figure(
    effects: pd.DataFrame, names: Mapping[str, str], labels: Mapping[str, str], workers: int
) -> Figure:
    """A dot with its 90 % confidence interval for every effect, in the colour of the economy."""
    year, pairs = effects["year"].iloc[0], int(effects["pairs"].max())
    scenarios = list(effects["scenario"].unique())
    colours = dict(zip(names, SCENARIO_COLOURS, strict=False))
    footer = [
        f"Dot: mean over {pairs} pairs of runs of {workers:,} simulated adults; bar: its 90 % confidence interval. "
        "Amounts of money are converted at the exchange rate.",
        CAUTION,
    ]
    figure, axes = new_figure(
        1, len(MEASURES), (WIDTH, max(LEAST, ROW * 2 * len(scenarios))),
        f"The same policies in {' and in '.join(names.values())}", f"effects in {year}, each against its own economy",
        footer, Room(beside=0.2, above=0.7, left=0.1, lead=LEAD),
        key=[(names[one], colours[one]) for one in names],
    )  # fmt: skip
    for at, (panel, measure) in enumerate(zip(axes, MEASURES, strict=True)):
        found = effects[(effects["variable"] == measure.variable) & (effects["economy"] != "gap")]
        dress(panel, measure.title, found["unit"].iloc[0] if len(found) else "")
        _draw(panel, found, scenarios, colours)
        if at == 0:
            for place, scenario in enumerate(scenarios):
                panel.annotate(
                    labels[scenario], xy=(-LEAD / WIDTH, place), xycoords=("axes fraction", "data"), fontsize=9,
                    color=INK, ha="left", va="center", annotation_clip=False,
                )  # fmt: skip
    return figure


def _draw(axes: Axes, found: pd.DataFrame, scenarios: list[str], colours: Mapping[str, str]) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9, zorder=1)
    for place, scenario in enumerate(scenarios):
        for shift, (economy, colour) in zip((-0.17, 0.17), colours.items(), strict=False):
            rows = found[(found["scenario"] == scenario) & (found["economy"] == economy)]
            for _, one in rows.iterrows():
                if np.isfinite(one.low):
                    axes.plot([one.low, one.high], [place + shift] * 2, color=colour, linewidth=1.8, zorder=2)
                axes.plot([one.effect], [place + shift], "o", color=colour, markersize=4.5, zorder=3)
    axes.set_ylim(len(scenarios) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))
