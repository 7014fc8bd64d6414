"""The tornado: for every outcome the assumptions that move it most, largest first, beside the level of chance."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np

from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.figures.wording import seeds_text
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.sweeps import Measure, uncertainty_words
from xinzhi.analysis.reading.text import within_sentence
from xinzhi.analysis.sensitivity.sensitivity import Sensitivity, share_sentences

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["tornado_figure"]

MOST_ROWS = 10
ROW_HEIGHT = 0.36
LETTERS = 48  # of a line that names an assumption
UP, DOWN, UNKNOWN = SCENARIO_COLOURS[0], SCENARIO_COLOURS[1], "#999999"
INCHES_PER_LETTER = 0.07
WHOLE = 100.0  # per cent


def tornado_figure(found: Sensitivity) -> Figure:
    """A panel for each outcome and a bar for each of its ten most important assumptions."""
    rows = min(MOST_ROWS, found.table["key"].nunique())
    morris = found.method == "morris"
    subtitle = (
        "Change of the outcome when one assumption goes from the low to the high end of its range"
        if morris
        else "Share of the variance over all assumptions due to each one, including its interactions"
    )
    bars = (
        "Bar: mean change, to the right where a higher value raises the outcome; thin line: mean absolute change, with "
        "cap: its 95 % confidence interval over the design"
        if morris
        else "Pale bar: with interactions; dark bar: alone; line: 95 % confidence interval over the design; blue rises "
        "with it, orange falls, grey neither"
    )
    noise = (
        "the range of chance in 95 of 100 designs, for most assumptions"
        if morris
        else "the share of the variance due to random draws"
    )
    footer = [
        f"{bars}. Hollow: not distinguishable from chance (grey field: {noise}).",
        f"{found.method.capitalize()}, {found.parts} {'trajectories' if morris else 'base samples'}, "
        f"{seeds_text(found.values.seeds)}, {found.values.design['workers']:,} simulated adults, "
        f"{found.values.first_year} to {found.values.year}. Ranges are those of the design, "
        "not confidence intervals of the assumptions.",
        *share_sentences(found),
        CAUTION,
    ]
    labels = {key: _label(key) for key in found.table["key"].unique()}
    left = 0.3 + INCHES_PER_LETTER * max(len(line) for label in labels.values() for line in label.split("\n"))
    figure, axes = new_figure(
        len(found.measures),
        1,
        (5.0, ROW_HEIGHT * rows),
        _message(found),
        f"Which assumptions matter most. {subtitle}",
        footer,
        Room(beside=0.5, above=0.75, left=left),
    )
    for place, measure in zip(axes, found.measures, strict=True):
        _draw_outcome(place, found, measure, found.ranked(measure.name).head(rows), labels)
    return figure


def _label(key: str) -> str:
    """What an assumption is, in words and in at most two lines; its key stands in the tables."""
    words = uncertainty_words(key).removesuffix(f" ({key.removeprefix('assumptions.')})")
    return "\n".join(textwrap.wrap(words[:1].upper() + words[1:], LETTERS, max_lines=2, placeholder=" ..."))


def _message(found: Sensitivity) -> str:
    """``What matters most for real GDP: ...``, of the first outcome with a clear effect; else that there is none."""
    for measure in found.measures:
        first = found.ranked(measure.name).iloc[0]
        if first["above_noise"]:
            words = _label(first["key"]).replace("\n", " ")
            return f"What matters most for {within_sentence(measure.title)}: {within_sentence(words)}"
    return "No assumption can be distinguished from chance"


def _draw_outcome(
    axes: Axes, found: Sensitivity, measure: Measure, rows: pd.DataFrame, labels: Mapping[str, str]
) -> None:
    draw = _draw_effects if found.method == "morris" else _draw_shares
    heights = range(len(rows) - 1, -1, -1)
    for height, row in zip(heights, rows.itertuples(), strict=True):
        draw(axes, height, row)
    unit = f"change in {measure.unit}" if found.method == "morris" else "per cent of the variance"
    dress(axes, measure.title, unit)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9)
    axes.set_yticks(list(heights), [labels[key] for key in rows["key"]])
    axes.tick_params(axis="y", labelsize=8, labelcolor=INK)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    _draw_floor(axes, found, rows)


def _draw_floor(axes: Axes, found: Sensitivity, rows: pd.DataFrame) -> None:
    floor = float(np.nanmin(rows["noise"])) if rows["noise"].notna().any() else math.nan
    if found.method == "sobol":  # an interval beyond the whole says no more than that it is wide
        floor *= WHOLE
        axes.set_xlim(0.0, max(WHOLE, 1.05 * WHOLE * float(rows["total"].max())))
    if floor > 0.0:
        axes.axvspan(-floor if found.method == "morris" else 0.0, floor, color="#000000", alpha=0.07, linewidth=0)


class EffectRow(Protocol):
    """A row of the indices of Morris."""

    effect: float
    effect_size: float
    low: float
    high: float
    above_noise: bool


class ShareRow(Protocol):
    """A row of the indices of Sobol."""

    total: float
    first: float
    way: float
    low: float
    high: float
    above_noise: bool


def _draw_effects(axes: Axes, height: int, row: EffectRow) -> None:
    """A bar for the mean change, a line from zero to the mean absolute change with its interval on the same side."""
    side = 1 if row.effect >= 0 else -1
    colour = UP if side > 0 else DOWN
    _bar(axes, height, row.effect, colour, row.above_noise)
    axes.plot([0.0, side * row.effect_size], [height] * 2, color=colour, linewidth=1.2)
    axes.plot([side * row.low, side * row.high], [height] * 2, color=INK, linewidth=0.9, marker="|", markersize=5)


def _draw_shares(axes: Axes, height: int, row: ShareRow) -> None:
    colour = UNKNOWN if not abs(row.way) >= 0.1 else UP if row.way > 0 else DOWN
    _bar(axes, height, WHOLE * row.total, colour, row.above_noise, 0.35)
    if row.above_noise:
        _bar(axes, height, WHOLE * max(row.first, 0.0), colour, True)
    axes.plot([WHOLE * row.low, WHOLE * row.high], [height] * 2, color=INK, linewidth=0.9, marker="|", markersize=5)


def _bar(axes: Axes, height: int, width: float, colour: str, sure: bool, alpha: float = 0.85) -> None:
    axes.barh(
        height, width, height=0.6, facecolor=colour if sure else "none", edgecolor=colour, linewidth=1.0,
        alpha=alpha if sure else 1.0,
    )  # fmt: skip
