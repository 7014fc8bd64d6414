"""A figure for each shock with a panel for each outcome, and one with what all of them do to GDP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.style import GRID, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.reading.text import format_number
from xinzhi.analysis.responses.bands import Band, bands_of
from xinzhi.analysis.responses.numbers import response_of, verdict_table
from xinzhi.analysis.responses.outcomes import HEADLINES, OUTCOMES, RATIOS
from xinzhi.analysis.responses.text import counted_verdicts

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm import Responses
    from abm.arrays import FloatArray

__all__ = ["overview_figure", "shock_figure", "shock_message"]

LINE, FOUND = SCENARIO_COLOURS[0], "#E69F00"
PANEL = (2.55, 1.55)  # inches
ROOM = Room(beside=0.15, above=0.62, left=0.62)
COLUMNS = 4
GDP = "volume_gdp"
# An outcome that takes the place of a headline that says less about the shock.
INSTEAD = {
    "exports": {"gini_disposable_income": "volume_exports"},
    "world_prices": {"gini_disposable_income": "volume_exports"},
    "productivity": {"gini_disposable_income": "employment"},
    "carbon_price": {"gini_disposable_income": "co2_emissions"},
    "layoffs": {"gini_disposable_income": "earnings_of_dismissed"},
}
KEY = [("mean response and its 90 % confidence interval", LINE), ("range in the literature", FOUND)]


def shock_figure(responses: Responses, shock: str) -> Figure:
    """Eight outcomes after one shock, with the range of the literature where there is one."""
    declared = responses.shocks[shock]
    subtitle = f"{declared.label}, in {responses.year}Q1; against the same economy without the shock"
    figure, axes = new_figure(
        2, COLUMNS, PANEL, shock_message(responses, shock), subtitle, _footer(responses, shock), ROOM, KEY
    )
    for place, outcome in zip(axes, _panels(shock), strict=True):
        about = OUTCOMES[outcome]
        dress(place, about.title, about.unit)
        _draw(place, responses, shock, outcome)
    return figure


def overview_figure(responses: Responses) -> Figure:
    """GDP after every shock, and how many responses lie inside the ranges of the literature."""
    shocks = list(responses.shocks)
    columns = min(COLUMNS, len(shocks))
    subtitle = f"GDP in per cent, by years after a shock in {responses.year}Q1; every panel has its own scale"
    figure, axes = new_figure(
        -(-len(shocks) // columns), columns, (3.0, PANEL[1]), counted_verdicts(verdict_table(responses)), subtitle,
        _footer(responses), ROOM, KEY,
    )  # fmt: skip
    for place, shock in zip(axes, shocks, strict=False):
        dress(place, _two_lines(responses.shocks[shock].label), "")
        _draw(place, responses, shock, GDP)
    for place in axes[len(shocks) :]:
        place.axis("off")
    return figure


def _two_lines(text: str) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, 34))


def shock_message(responses: Responses, shock: str) -> str:
    """``GDP is up to 0.6 % lower, after 6 quarters; 2 of 4 responses lie in the range of the literature``."""
    found = response_of(responses, shock, GDP)
    at = int(np.nanargmax(np.abs(found.mean)))
    size, sure = found.mean[at], not found.low[at] <= 0.0 <= found.high[at]
    when = "at once" if at == 0 else f"after {at} quarter{'s' if at > 1 else ''}"
    moved = f"GDP is up to {format_number(abs(size), 1)} % {'higher' if size > 0 else 'lower'}, {when}"
    if not sure or abs(size) < 0.05:
        moved = "GDP hardly changes"
    verdicts = verdict_table(responses)
    here = verdicts[(verdicts["shock"] == shock) & (verdicts["source"] != "")]
    if here.empty:
        return f"{moved}; no range was found in the literature"
    inside = int((here["verdict"] == "inside").sum())
    return f"{moved}; {inside} of {len(here)} responses lie in the range of the literature"


def _panels(shock: str) -> list[str]:
    return [INSTEAD.get(shock, {}).get(outcome, outcome) for outcome in HEADLINES]


def _draw(axes: Axes, responses: Responses, shock: str, outcome: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    found = response_of(responses, shock, outcome)
    years = np.arange(len(found.mean)) / 4
    bands = [band for band in bands_of(shock, outcome) if band.last <= responses.after]
    ends = [*found.mean, *found.low, *found.high, 0.0]
    for band in bands:
        _draw_band(axes, band)
    if np.isfinite(found.low).all():
        axes.fill_between(years, found.low, found.high, color=LINE, alpha=0.2, linewidth=0, zorder=2)
    axes.plot(years, found.mean, color=LINE, linewidth=1.8, zorder=3)
    axes.axhline(0.0, color=SOFT_INK, linewidth=0.8, zorder=1)
    low, high = _limits(np.array(ends), bands)
    axes.set_ylim(low, high)
    axes.set_xlim(-0.15, years[-1] + 0.15)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    ticks = axes.get_yticks()
    step = float(ticks[1] - ticks[0])
    places = next((places for places in range(4) if np.isclose(step, round(step, places))), 3)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, places, True)))
    axes.grid(axis="y", color=GRID, linewidth=0.7)


def _limits(values: FloatArray, bands: list[Band]) -> tuple[float, float]:
    """All of the response, and of the ranges what fits into three times its height."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    height = max(high - low, 0.02)
    for band in bands:
        low = min(low, max(band.low, low - height))
        high = max(high, min(band.high, high + height))
    return low - 0.06 * (high - low), high + 0.06 * (high - low)


def _draw_band(axes: Axes, band: Band) -> None:
    """The range over its quarters, at least a quarter wide."""
    left, right = band.first / 4 - 0.12, band.last / 4 + 0.12
    axes.fill_between(
        [left, right], band.low, band.high, facecolor=FOUND, alpha=0.35, edgecolor=FOUND, linewidth=0.8, zorder=1
    )


def _footer(responses: Responses, shock: str | None = None) -> list[str]:
    pairs = len(responses.seeds)
    many = f"{pairs} pairs of runs" if pairs > 1 else "One pair of runs, without an interval,"
    reading = (
        f"Horizontal: years after the shock. {many} of {responses.workers:,} simulated adults with the same random draws; "
        f"scenario {responses.scenario.name}."
    )
    if shock is None:
        return [reading]
    lines = [f"How it is put in: {responses.shocks[shock].entry}. {reading}"]
    verdicts = verdict_table(responses)
    here = verdicts[(verdicts["shock"] == shock) & (verdicts["source"] != "")]
    return [*lines, *([_sources(here)] if len(here) else [])]


def _sources(verdicts: pd.DataFrame) -> str:
    """What is compared but has no panel, and where every range comes from."""
    said = []
    for one in verdicts.itertuples():
        name = f"{one.title}{f' ({one.quarters})' if one.outcome not in RATIOS else ''}"
        band = f"{format_number(one.band_low, 2)} to {format_number(one.band_high, 2)}"
        said.append(f"{name} {format_number(one.response, 2, True)}, range {band} ({one.source}; {one.status})")
    return f"Compared: {'. '.join(said)}."
