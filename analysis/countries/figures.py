"""The effects in two economies side by side: a panel for each measure, a row for each scenario and economy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from abm import said, translated
from xinzhi.analysis.countries.effects import MEASURES, clear_decimals
from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from xinzhi.analysis.countries.text import CountryFindings

__all__ = ["countries_figure"]

COLUMNS = 4
WIDTH, ROW, LEAST = 2.3, 0.34, 1.0  # inches of a panel, of a row and of a panel at least
LEAD = 2.6  # inches of the names of scenarios, where there are several
SHIFT = 0.17  # of an economy's dot from the middle of its scenario


def countries_figure(found: CountryFindings, workers: int) -> Figure:
    """A dot with its 90 % confidence interval for every effect, in the colour of the economy; hollow: not clear."""
    effects = found.effects
    year, pairs = int(effects["year"].iloc[0]), int(effects["pairs"].max())
    scenarios = list(effects["scenario"].unique())
    lead = LEAD if len(scenarios) > 1 else 0.0
    colours = dict(zip(found.names, SCENARIO_COLOURS, strict=False))
    footer = [
        said("Dot: mean over {pairs} pairs of runs of {workers} simulated adults; bar: its 90 % confidence interval; "
             "hollow: it includes zero.", pairs=pairs, workers=f"{workers:,}"),
        CAUTION,
    ]  # fmt: skip
    names = list(found.names.values())
    title = (said("The same policies in {names}", names=names) if lead
             else said("{title}: {names}", title=found.labels[scenarios[0]], names=names))  # fmt: skip
    figure, axes = new_figure(
        -(-len(MEASURES) // COLUMNS), COLUMNS, (WIDTH, max(LEAST, ROW * 2 * len(scenarios))),
        title, said("effects in {year}, each against its own economy without it", year=year),
        footer, Room(beside=0.2, above=0.7, left=0.15, lead=lead),
        key=[(found.names[one], colours[one]) for one in found.names], language=found.language,
    )  # fmt: skip
    for at, (panel, measure) in enumerate(zip(axes, MEASURES, strict=False)):
        chosen = effects[(effects["variable"] == measure.variable) & (effects["economy"] != "gap")]
        dress(panel, measure.title, chosen["unit"].iloc[0] if len(chosen) else "")
        _draw(panel, chosen, scenarios, colours)
        if at % COLUMNS == 0 and lead:
            _name_rows(panel, [found.labels[one] for one in scenarios], found.language)
    for panel in axes[len(MEASURES) :]:
        panel.set_visible(False)
    return figure


def _name_rows(axes: Axes, labels: list[str], language: str) -> None:
    for place, label in enumerate(labels):
        axes.annotate(
            translated(label, language), xy=(-LEAD / WIDTH, place), xycoords=("axes fraction", "data"), fontsize=9,
            color=INK, ha="left", va="center", annotation_clip=False,
        )  # fmt: skip


def _draw(axes: Axes, found: pd.DataFrame, scenarios: list[str], colours: Mapping[str, str]) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9, zorder=1)
    for place, scenario in enumerate(scenarios):
        for shift, (economy, colour) in zip((-SHIFT, SHIFT), colours.items(), strict=False):
            rows = found[(found["scenario"] == scenario) & (found["economy"] == economy)]
            for _, one in rows.iterrows():
                _dot(axes, one, place + shift, colour)
    axes.set_ylim(len(scenarios) - 0.5, -0.5)
    axes.set_yticks([])
    axes.margins(x=0.22)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 5, 10]))


def _dot(axes: Axes, row: pd.Series, height: float, colour: str) -> None:
    """An effect with its interval, and the number of a clear one above it."""
    if np.isfinite(row["low"]):
        axes.plot([row["low"], row["high"]], [height] * 2, color=colour, linewidth=1.8, zorder=2)
    axes.plot([row["effect"]], [height], "o", color=colour, markersize=4.5, zorder=3,
              markerfacecolor=colour if row["clear"] else "white")  # fmt: skip
    if row["clear"]:
        axes.annotate(
            format_number(row["effect"], clear_decimals(row), True), xy=(row["effect"], height), xytext=(0, 4),
            textcoords="offset points", fontsize=7.5, color=colour, ha="center", va="bottom",
        )  # fmt: skip
