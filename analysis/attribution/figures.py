"""The waterfall: from the level of one scenario to that of the other, a bar for each part of the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.attribution.text import interval
from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.figures.wording import seeds_text
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from xinzhi.analysis.attribution.attribution import Account, Attribution, Contribution
    from xinzhi.analysis.reading.paired import Difference

__all__ = ["waterfall_figure", "waterfall_message"]

UP, DOWN = SCENARIO_COLOURS[0], SCENARIO_COLOURS[1]
ROW_HEIGHT, WIDTH = 0.34, 5.4  # inches of a row and of the panel
BAR = 0.62  # rows
INCHES_PER_LETTER = 0.073
PALE = 0.35  # of a part that may be due to chance
POINTS_PER_LETTER = 4.9  # of a number beside a bar
GAP = 7  # points between a bar and its number


def waterfall_figure(attribution: Attribution, account: Account) -> Figure:
    """Rows from top to bottom: the level of A, each part from where the one before ended, the level of B.

    Parts that are nothing in every seed have no row.
    """
    first, second = attribution.labels
    parts = [part for part in account.parts if (part.values != 0.0).any()]
    titles = [first, *(part.title for part in parts), second]
    left = 0.3 + INCHES_PER_LETTER * max(len(title) for title in titles)
    title = waterfall_message(attribution, account)
    what = f"{account.shown.title} in {attribution.year}"
    subtitle = f"{what}, from {within_sentence(first)} to {within_sentence(second)}; blue raises it, orange lowers it"
    size = (WIDTH, ROW_HEIGHT * len(titles))
    footer = _footer(attribution, account)
    figure, axes = new_figure(
        1,
        1,
        size,
        title,
        subtitle,
        footer,
        Room(beside=0.3, above=0.55, left=left),
    )
    dress(axes[0], "", account.shown.unit)
    _draw(axes[0], account, parts)
    _name_rows(axes[0], titles)
    _numbers_below(axes[0], account.shown.decimals)
    return figure


def waterfall_message(attribution: Attribution, account: Account) -> str:
    """``With AI: real GDP 41.2 trillion CNY a year higher in 2050, most by AI in tasks, jobs and pay (+22.0)``."""
    title = within_sentence(account.shown.title.partition(" by ")[0])
    found, label = account.difference, attribution.labels[1]
    if found.same or not (found.clear or found.pairs == 1):
        return f"{label}: no {'' if found.same else 'clear '}difference in {title} in {attribution.year}"
    unit, places = _short_unit(account.shown.unit), account.shown.decimals
    size = f"{format_number(abs(found.mean), places)} {unit}".rstrip()
    way = 1 if found.mean > 0 else -1
    start = f"{label}: {title} {size} {'higher' if way > 0 else 'lower'} in {attribution.year}"
    known = [part for part in account.parts if part.difference.clear or part.difference.pairs == 1]
    same_way = [part for part in known if way * part.difference.mean > 0]
    if not same_way:
        return start
    most = max(same_way, key=lambda part: abs(part.difference.mean))
    share = format_number(most.difference.mean, places, signed=True)
    return f"{start}, most by {within_sentence(most.title)} ({share})"


def _short_unit(unit: str) -> str:
    """The unit of a difference in a title: without what prices or people it is of."""
    return "points" if unit.startswith(("Gini", "per cent")) else unit.partition(",")[0]


def _footer(attribution: Attribution, account: Account) -> list[str]:
    first, second = (within_sentence(label) for label in attribution.labels)
    runs = f"{second} less {first}, {seeds_text(attribution.seeds)}, {attribution.explanation.workers:,} workers"
    reading = "Parts add up exactly. The axis does not start at zero."
    if len(attribution.seeds) > 1:
        reading = (
            "Bar: mean over pairs of seeds; in brackets the 90 % confidence interval; pale: it includes "
            f"zero, so that the part may be due to chance. {reading}"
        )
    return [f"Difference: {runs}. {reading}", account.method, CAUTION]


def _draw(axes: Axes, account: Account, parts: list[Contribution]) -> None:
    decimals, last = account.shown.decimals, len(parts) + 1
    start, end = float(account.before.mean()), float(account.after.mean())
    edges = start + np.concatenate([[0.0], np.cumsum([part.difference.mean for part in parts])])
    labels = [(edges[0], format_number(start, decimals), True)]
    for row, part in enumerate(parts, start=1):
        labels.append(_draw_part(axes, part, row, edges[row - 1], decimals))
    for row, edge in enumerate(edges):  # from the end of a row to the beginning of the next
        ends = [max(row - BAR / 2, 0), min(row + 1 + BAR / 2, last)]
        axes.plot([edge, edge], ends, color=SOFT_INK, linewidth=0.7, zorder=3)
    total = f"{format_number(end, decimals)}   {_mean_and_interval(account.difference, decimals)}"
    labels.append((end, total, end < edges.mean()))
    axes.plot([start, end], [0, last], "D", color=INK, markersize=6, zorder=4)
    for row, (place, text, right) in enumerate(labels):
        _label(axes, place, row, text, right, "bold" if row in (0, last) else "normal")
    axes.set_xlim(*_limits(labels, (edges.min(), edges.max())))
    axes.set_ylim(last + 0.6, -0.6)


def _limits(labels: list[tuple[float, str, bool]], ends: tuple[float, float]) -> tuple[float, float]:
    """Limits within which all bars and the numbers beside them have room."""
    low, high = float(ends[0]), float(ends[1])
    points = WIDTH * 72
    for _ in range(20):  # wider limits make the same letters worth more, so a few rounds until all fit
        scale = (high - low or 1.0) / points
        for place, text, right in labels:
            reach = (GAP + POINTS_PER_LETTER * len(text)) * scale
            low, high = (low, max(high, place + reach)) if right else (min(low, place - reach), high)
    return low - 0.02 * (high - low), high + 0.02 * (high - low)


def _name_rows(axes: Axes, titles: list[str]) -> None:
    axes.set_yticks(range(len(titles)), titles)
    for row, label in enumerate(axes.get_yticklabels()):
        label.set_color(INK)
        label.set_fontweight("bold" if row in (0, len(titles) - 1) else "normal")
        label.set_parse_math(False)


def _numbers_below(axes: Axes, decimals: int) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ticks = axes.get_xticks()
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    places = next((places for places in range(decimals + 3) if np.isclose(step, round(step, places))), decimals)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, places)))


def _draw_part(axes: Axes, part: Contribution, row: int, begin: float, decimals: int) -> tuple[float, str, bool]:
    """Draw the bar; returns the place of its number, the number, and whether it stands right of it."""
    found = part.difference
    sure = found.clear or found.pairs == 1
    colour = UP if found.mean > 0 else DOWN
    axes.barh(row, found.mean, left=begin, height=BAR, color=colour, alpha=1.0 if sure else PALE, linewidth=0, zorder=2)
    return begin + found.mean, _mean_and_interval(found, decimals), found.mean >= 0


def _mean_and_interval(found: Difference, decimals: int) -> str:
    """``+0.21  [-0.83 to +1.25]``; no brackets for a single pair."""
    text = format_number(found.mean, decimals, signed=True)
    return text if found.pairs == 1 else f"{text}  [{interval(found, decimals)}]"


def _label(axes: Axes, place: float, row: int, text: str, right: bool, weight: str) -> None:
    axes.annotate(
        text, xy=(place, row), xytext=(GAP if right else -GAP, 0), textcoords="offset points", fontsize=8.5, color=INK,
        ha="left" if right else "right", va="center", weight=weight, parse_math=False, annotation_clip=False, zorder=5,
    )  # fmt: skip
