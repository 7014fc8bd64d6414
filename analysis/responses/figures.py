"""A figure for each shock with a panel for each outcome, and one with what all of them do to GDP."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.figures.style import GRID, INK, LOSS, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure, typeset
from xinzhi.analysis.reading.text import format_number, within_sentence
from xinzhi.analysis.responses.numbers import bands_for, response_of, verdict_table
from xinzhi.analysis.responses.outcomes import HEADLINES, OUTCOMES, RATIOS
from xinzhi.analysis.responses.text import counted_verdicts

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm import Responses
    from abm.arrays import FloatArray
    from xinzhi.analysis.responses.bands import Band

__all__ = ["bands_figure", "overview_figure", "shock_figure", "shock_message"]

LINE, FOUND = SCENARIO_COLOURS[0], "#E69F00"
PANEL = (2.55, 1.55)  # inches
ROOM = Room(beside=0.15, above=0.62, left=0.62)
COLUMNS = 4
GDP = "volume_gdp"
YEAR = 4  # quarters
PEAK_WITHIN, LEAST_SHOWN = 12, 0.05  # quarters in which the largest response is looked for; per cent
BEYOND = 1.0  # widths of a range that are shown on both sides of it
# An outcome that takes the place of a headline that says less about the shock.
INSTEAD = {
    "exports": {"gini_disposable_income": "volume_exports"},
    "world_prices": {"gini_disposable_income": "volume_exports"},
    "productivity": {"gini_disposable_income": "employment"},
    "carbon_price": {"gini_disposable_income": "co2_emissions"},
    "layoffs": {"gini_disposable_income": "earnings_of_dismissed"},
}
RESPONSE_KEY = [("mean response and its 90 % confidence interval", LINE)]
KEY = [*RESPONSE_KEY, ("range in the literature", FOUND)]


def shock_figure(responses: Responses, shock: str) -> Figure:
    """Eight outcomes after one shock, with the range of the literature where there is one."""
    subtitle = f"From {responses.year}Q1 on, against the same economy without the shock; horizontal: years after it"
    key = KEY if any(bands_for(responses, shock, outcome) for outcome in _panels(shock)) else RESPONSE_KEY
    figure, axes = new_figure(
        2, COLUMNS, PANEL, shock_message(responses, shock), subtitle, _footer(responses, shock), ROOM, key
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
        -(-len(shocks) // columns), columns, (3.0, PANEL[1]), _overview_message(responses), subtitle,
        _footer(responses), ROOM, KEY,
    )  # fmt: skip
    for place, shock in zip(axes, shocks, strict=False):
        dress(place, _two_lines(responses.shocks[shock].label), "")
        _draw(place, responses, shock, GDP)
    for place in axes[len(shocks) :]:
        place.axis("off")
    return figure


def _overview_message(responses: Responses) -> str:
    """``GDP a year later: +2.3 % after "World prices +10 % for ever", -0.4 % after "Demand for exports -6 %"``."""
    at = min(YEAR, responses.after)
    found = {shock: float(response_of(responses, shock, GDP).mean[at]) for shock in responses.shocks}
    when = "a year later" if at == YEAR else f"{at} quarter{'s' if at > 1 else ''} later"
    ends = dict.fromkeys((max(found, key=lambda shock: found[shock]), min(found, key=lambda shock: found[shock])))
    parts = [f'{format_number(found[shock], 1, True)} % after "{responses.shocks[shock].label}"' for shock in ends]
    return f"GDP {when}: {', '.join(parts)}"


def bands_figure(responses: Responses) -> Figure:
    """Every response that has a range in the literature, in parts of that range: inside or outside at a glance."""
    verdicts = verdict_table(responses)
    rows = verdicts[verdicts["source"] != ""].reset_index(drop=True)
    footer = [
        "Dot: mean response; bar: its 90 % confidence interval. The range of each row is drawn equally wide; what lies "
        f"farther off than {BEYOND:g} times its width is drawn at the edge.",
        _runs(responses),
    ]
    figure, (axes,) = new_figure(
        1, 1, (3.6, max(0.27 * len(rows), 0.5)), counted_verdicts(verdicts).rstrip("."),
        "Responses to shocks beside the range that the literature found", footer,
        Room(beside=3.1, above=0.35, left=0.1, lead=5.75), [("inside", LINE), ("outside", LOSS), ("range", FOUND)],
    )  # fmt: skip
    dress(axes, "", "")
    axes.fill_betweenx([-0.6, len(rows) - 0.4], 0.0, 1.0, color=FOUND, alpha=0.35, linewidth=0)
    for row, one in enumerate(rows.itertuples()):
        _draw_in_range(axes, row, one, responses.shocks[one.shock].label)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-BEYOND - 0.1, 1 + BEYOND + 0.1)
    axes.set_xticks([0.0, 1.0], ["lowest", "highest"])
    axes.set_yticks([])
    axes.grid(visible=False)
    return figure


def _draw_in_range(axes: Axes, row: int, one: Any, label: str) -> None:
    """One row: the shock and outcome, the response in parts of its range, and both in numbers."""
    width = one.band_high - one.band_low
    mean, low, high = (
        np.clip((value - one.band_low) / width, -BEYOND, 1 + BEYOND) for value in (one.response, one.low, one.high)
    )
    colour = LINE if one.verdict == "inside" else LOSS
    if np.isfinite(low):
        axes.plot([low, high], [row, row], color=colour, linewidth=1.8)
    axes.plot([mean], [row], "o", color=colour, markersize=5)
    quarters = f", {one.quarters}" if one.quarters else ""
    numbers = (
        f"{format_number(one.response, 2, True)}; range {format_number(one.band_low, 2)} to "
        f"{format_number(one.band_high, 2)} {'' if one.outcome in RATIOS else one.unit}"
    )
    for x, text, colour_of_text, side, shift in (
        (0.0, f"{label}: {within_sentence(one.title)}{quarters}", INK, "right", -6.0),
        (1.0, numbers.rstrip(), SOFT_INK, "left", 6.0),
    ):
        axes.annotate(
            typeset(text), xy=(x, row), xycoords=("axes fraction", "data"), xytext=(shift, 0.0), ha=side, va="center",
            textcoords="offset points", fontsize=8.5, color=colour_of_text, parse_math=False, annotation_clip=False,
        )  # fmt: skip


def _two_lines(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 34))


def shock_message(responses: Responses, shock: str) -> str:
    """``Policy rate +100 basis points: GDP is up to 0.6 % lower, after 6 quarters; within the range ...: 2 of 4``."""
    found = response_of(responses, shock, GDP)
    at = int(np.nanargmax(np.abs(found.mean[: PEAK_WITHIN + 1])))
    size, sure = found.mean[at], not found.low[at] <= 0.0 <= found.high[at]
    when = "at once" if at == 0 else f"after {at} quarter{'s' if at > 1 else ''}"
    moved = f"GDP is up to {format_number(abs(size), 1)} % {'higher' if size > 0 else 'lower'}, {when}"
    if not sure or abs(size) < LEAST_SHOWN:
        moved = "GDP hardly changes"
    moved = f"{responses.shocks[shock].label}: {moved}"
    verdicts = verdict_table(responses)
    here = verdicts[(verdicts["shock"] == shock) & (verdicts["source"] != "")]
    if here.empty:
        return f"{moved}; no range was found in the literature"
    inside = int((here["verdict"] == "inside").sum())
    return f"{moved}; within the range of the literature: {inside} of {len(here)}"


def _panels(shock: str) -> list[str]:
    return [INSTEAD.get(shock, {}).get(outcome, outcome) for outcome in HEADLINES]


def _draw(axes: Axes, responses: Responses, shock: str, outcome: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    found = response_of(responses, shock, outcome)
    years = np.arange(len(found.mean)) / 4
    bands = bands_for(responses, shock, outcome)
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
    margin = 0.06 * max(high - low, 0.02)
    return low - margin, high + margin


def _draw_band(axes: Axes, band: Band) -> None:
    """The range over its quarters, at least a quarter wide."""
    left, right = band.first / 4 - 0.12, band.last / 4 + 0.12
    axes.fill_between(
        [left, right], band.low, band.high, facecolor=FOUND, alpha=0.35, edgecolor=FOUND, linewidth=0.8, zorder=1
    )


def _footer(responses: Responses, shock: str | None = None) -> list[str]:
    if shock is None:
        return [_runs(responses)]
    lines = [f"How it is imposed: {responses.shocks[shock].entry}. {_runs(responses)}"]
    verdicts = verdict_table(responses)
    here = verdicts[(verdicts["shock"] == shock) & (verdicts["source"] != "")]
    return [*lines, *([_sources(here)] if len(here) else [])]


def _runs(responses: Responses) -> str:
    from abm import country_of

    pairs = len(responses.seeds)
    many = f"{pairs} pairs of runs" if pairs > 1 else "One pair of runs, without an interval,"
    return (
        f"{many} of {responses.workers:,} simulated adults with the same random draws; scenario "
        f"{responses.scenario.name}, economy of {country_of(responses.scenario.tables)}."
    )


def _sources(verdicts: pd.DataFrame) -> str:
    """What is compared but has no panel, and where every range comes from."""
    said = []
    for one in verdicts.itertuples():
        name = f"{one.title}{f' ({one.quarters})' if one.quarters else ''}"
        band = f"{format_number(one.band_low, 2)} to {format_number(one.band_high, 2)}"
        said.append(f"{name} {format_number(one.response, 2, True)}, range {band} ({one.source}; {one.status})")
    return f"Compared: {'. '.join(said)}."
