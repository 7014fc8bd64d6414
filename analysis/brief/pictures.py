"""The two pictures of the brief, as SVG in the language of the reader: what changes by year, and income by tenth."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.brief.sentences import INCOME
from xinzhi.analysis.brief.words import Words
from xinzhi.analysis.figures.letters import letters_of
from xinzhi.analysis.figures.style import (
    GAIN,
    GRID,
    INK,
    LOSS,
    SOFT_INK,
    UNCLEAR,
    Room,
    dress,
    limits_beside,
    new_figure,
    numbers_beside,
    years_below,
)  # fmt: skip
from xinzhi.analysis.figures.svg import inline_svg
from xinzhi.analysis.reading.changes import shown_gaps
from xinzhi.analysis.reading.display import display_of, group_title
from xinzhi.analysis.reading.paired import interval_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from abm.arrays import FloatArray, IntArray
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["changes_picture", "tenths_picture"]

DRAWN = ("real_gdp", "unemployment_rate", "gini_disposable_income", "co2_emissions")
LEAST_SPAN = 2.0  # of a difference
LETTERS = 22  # in a line above a small panel


def changes_picture(comparison: Comparison, at: int, words: Words) -> str:
    """Growth, jobs, inequality and emissions: the difference by year with its 90 % confidence interval."""
    pair, panel = comparison.pairs[at], comparison.panels[at]
    drawn = [name for name in DRAWN if np.isfinite(shown_gaps(pair, name)[0]).any()]
    if not drawn or comparison.last == 0:
        return ""
    with letters_of(words.language):
        figure, axes = new_figure(1, len(drawn), (1.72, 1.25), "", "", [], Room(0.17, 0.62, 0.52))
        for place, name in zip(axes, drawn, strict=True):
            gaps, unit, decimals = shown_gaps(pair, name)
            dress(place, textwrap.fill(words.name(display_of(panel, name).title), LETTERS), words.name(unit))
            _draw(place, panel.years[: pair.last + 1], gaps, comparison.drawing.colours[at], decimals)
        title = words.say("What changes by year")
        described = words.say("Difference from {reference}; band: 90 % confidence interval of the mean.",
                              reference=words.inside(comparison.labels[comparison.base]))  # fmt: skip
        return inline_svg(figure, "brief-changes", title, described)


def _draw(axes: Axes, years: IntArray, gaps: FloatArray, colour: str, decimals: int) -> None:
    """The mean difference with its interval; the axis is at least LEAST_SPAN high, so that noise looks like noise."""
    mean, low, high = interval_of(gaps)
    axes.axhline(0.0, color=SOFT_INK, linewidth=0.9)
    axes.fill_between(years, low, high, color=colour, alpha=0.22, linewidth=0)
    axes.plot(years, mean, color=colour, linewidth=1.8)
    limits_beside(axes, float(np.nanmin([low.min(), 0.0])), float(np.nanmax([high.max(), 0.0])), False, LEAST_SPAN)
    numbers_beside(axes, decimals, signed=True)
    years_below(axes, years)


def tenths_picture(comparison: Comparison, at: int, words: Words) -> str:
    """The change of real disposable income by tenth of incomes; empty where it is not known."""
    changes = comparison.groups(at, INCOME)
    if not changes:
        return ""
    with letters_of(words.language):
        figure, (axes,) = new_figure(1, 1, (6.2, 2.1), "", "", [], Room(0.3, 0.55, 2.0))
        heights = np.arange(len(changes))[::-1]
        for height, change in zip(heights, changes.values(), strict=True):
            found = change.difference
            colour = UNCLEAR if not found.clear else GAIN if found.mean > 0 else LOSS
            axes.barh(height, found.mean, height=0.66, color=colour, alpha=1.0 if found.clear else 0.55)
            if found.pairs > 1:
                axes.plot([found.low, found.high], [height, height], color=INK, linewidth=1.2)
        dress(axes, words.name(INCOME.title), words.name("per cent"))
        axes.set_yticks(heights, [words.name(group_title(group)) for group in changes])
        axes.axvline(0.0, color=SOFT_INK, linewidth=0.9)
        axes.tick_params(axis="y", labelsize=8.5, labelcolor=INK)
        axes.grid(visible=False)
        axes.grid(axis="x", color=GRID, linewidth=0.7)
        described = words.say("Bars: mean over pairs of runs; lines: 90 % confidence interval; grey: not clear.")
        return inline_svg(figure, "brief-tenths", words.name(INCOME.title), described)
