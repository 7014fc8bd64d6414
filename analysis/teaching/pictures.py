"""Pictures of the lessons: one panel, the message as title, units below it, names beside what they name.

Each function returns a figure that shows itself as the last line of a cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from abm import said, translated
from xinzhi.analysis.figures.letters import width_of
from xinzhi.analysis.figures.style import (
    INK,
    SCENARIO_COLOURS,
    LineEnd,
    Room,
    dress,
    label_ends,
    mark_cut_axis,
    new_figure,
    typeset,
)
from xinzhi.analysis.reading.changes import Change
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["COLOURS", "draw_bars", "draw_changes", "draw_lines", "draw_ranges", "panel"]

COLOURS = SCENARIO_COLOURS
GAIN, LOSS, UNCLEAR = COLOURS[0], COLOURS[1], "#8C8C8C"
INCHES_PER_LETTER = 0.075  # of names beside a panel
INCHES_PER_ROW = 0.21
WHOLE_TICKS = 3.0  # the width of a horizontal axis, years for instance, from which its ticks are whole numbers
Line = tuple[Sequence[float], Sequence[float]]


def panel(
    title: str, unit: str, below: str = "", size: tuple[float, float] = (5.6, 3.0), beside: float = 1.6,
    left: float = 0.62,
) -> tuple[Figure, Axes]:  # fmt: skip
    """A figure with one empty panel: ``unit`` stands above it, ``below`` names the horizontal axis."""
    figure, (axes,) = new_figure(1, 1, size, title, "", [" "] if below else [], Room(beside, 0.35, left))
    dress(axes, "", unit)
    if below:
        axes.set_xlabel(typeset(below), fontsize=8.5, color=INK, loc="left", parse_math=False)
    return figure, axes


def draw_lines(
    title: str, unit: str, lines: Mapping[str, Line], below: str = "", from_zero: bool = True, log: bool = False
) -> Figure:
    """Lines {name: (across, up)}, each with its name at its right end; gaps (NaN) stay gaps.

    With ``log`` both axes count in powers of ten.
    """
    from matplotlib.ticker import MaxNLocator

    beside = 0.35 + INCHES_PER_LETTER * max(map(width_of, lines))
    figure, axes = panel(title, unit, below, beside=beside)
    ends = []
    for (name, (across, up)), colour in zip(lines.items(), COLOURS * len(lines), strict=False):
        axes.plot(across, up, color=colour, linewidth=1.8)
        defined = np.asarray(up, dtype=float)[np.isfinite(np.asarray(up, dtype=float))]
        if defined.size:
            ends.append(LineEnd(float(defined[-1]), name, colour))
    axes.margins(x=0.01)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10], integer=axes.dataLim.width > WHOLE_TICKS))
    if log:
        axes.set(xscale="log", yscale="log")
        for end in ends:
            axes.annotate(end.text, xy=(1, end.height), xycoords=("axes fraction", "data"), xytext=(4, 0),
                          textcoords="offset points", fontsize=8.5, color=end.colour, weight="bold",
                          va="center", annotation_clip=False)  # fmt: skip
        return figure
    if from_zero:
        lowest, highest = axes.dataLim.y0, axes.dataLim.y1
        axes.set_ylim(bottom=0.0 if lowest >= 0 else None, top=0.0 if highest < 0 else None)
    mark_cut_axis(axes)
    label_ends(axes, ends)
    return figure


def draw_bars(title: str, unit: str, bars: Mapping[str, float], decimals: int = 1) -> Figure:
    """Horizontal bars {name: value}, first above, each with its number; below zero in the second colour."""
    figure, axes = _rows(title, unit, list(bars))
    values = np.array(list(bars.values()), dtype=float)
    axes.barh(range(len(bars)), values, height=0.6, color=[COLOURS[0] if value >= 0 else LOSS for value in values])
    for row, value in enumerate(values):
        axes.annotate(
            format_number(value, decimals), xy=(value, row), xytext=(4 if value >= 0 else -4, 0),
            textcoords="offset points", ha="left" if value >= 0 else "right", va="center", fontsize=8.5, color=INK,
        )  # fmt: skip
    axes.axvline(0.0, color="#999999", linewidth=0.8)
    axes.margins(x=0.16)
    return figure


def draw_changes(title: str, changes: Mapping[str, Change], ranked: bool = True, language: str = "en") -> Figure:
    """Differences {name: change}, each with its 90 % confidence interval, from the largest if ``ranked``.

    A filled dot is a clear difference, a hollow grey one is not.
    """
    ordered = list(changes.items())
    if ranked:
        ordered.sort(key=lambda item: -item[1].difference.mean)
    unit = next(iter(changes.values())).unit
    key = said("{unit}; line: 90 % confidence interval; hollow: no clear difference", unit=unit)
    figure, axes = _rows(title, translated(key, language), [name for name, _ in ordered])
    for row, (_, change) in enumerate(ordered):
        found = change.difference
        colour = UNCLEAR if not found.clear else GAIN if found.mean > 0 else LOSS
        axes.plot([found.low, found.high], [row, row], color=colour, linewidth=1.4)
        face = colour if found.clear else "white"
        axes.plot([found.mean], [row], "o", color=colour, markerfacecolor=face, markersize=5.5)
    axes.axvline(0.0, color="#999999", linewidth=0.8)
    means = [change.difference.mean for _, change in ordered]
    reach = 3.0 * max(max(means, default=1.0), -min(means, default=-1.0), 1e-9)
    low, high = axes.get_xlim()
    axes.set_xlim(max(low, -reach), min(high, reach))  # a very wide interval runs out of the picture
    return figure


def draw_ranges(title: str, unit: str, ranges: Mapping[str, Change | tuple[float, float, float]]) -> Figure:
    """Bars {name: change or (low, middle, high)} in the order given, each with a dot at its middle.

    ``unit`` is that of all. A bar that includes zero is grey, with a hollow dot.
    """
    figure, axes = _rows(title, unit, list(ranges))
    for row, found in enumerate(ranges.values()):
        low, middle, high = _ends(found)
        colour = GAIN if low > 0.0 else LOSS if high < 0.0 else UNCLEAR
        axes.plot([low, high], [row, row], color=colour, linewidth=3.0, solid_capstyle="round")
        axes.plot([middle], [row], "o", color=colour, markerfacecolor="white" if colour == UNCLEAR else colour)
    axes.axvline(0.0, color="#999999", linewidth=0.8)
    return figure


def _ends(found: Change | tuple[float, float, float]) -> tuple[float, float, float]:
    """(low, middle, high); a single pair of runs has its mean alone."""
    if not isinstance(found, Change):
        return found
    one = found.difference
    return (one.mean,) * 3 if one.pairs == 1 else (one.low, one.mean, one.high)


def _rows(title: str, unit: str, names: list[str]) -> tuple[Figure, Axes]:
    """A panel with a named row for each entry, the first above."""
    left = 0.3 + INCHES_PER_LETTER * max(map(width_of, names))
    figure, axes = panel(title, unit, size=(4.4, max(1.0, INCHES_PER_ROW * len(names) + 0.2)), beside=0.5, left=left)
    axes.set_yticks(range(len(names)), [typeset(name) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color="#E3E3E3", linewidth=0.7)
    return figure, axes
