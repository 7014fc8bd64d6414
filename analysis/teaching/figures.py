"""A figure for lessons: intervals or ranges beside each other in one unit, a row for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from xinzhi.analysis.figures.style import GAIN, GRID, INK, LOSS, SOFT_INK, UNCLEAR, Room, dress, new_figure
from xinzhi.analysis.reading.changes import Change

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["intervals_figure"]

ROW_HEIGHT, WIDTH = 0.42, 5.6  # inches
INCHES_PER_LETTER = 0.085
READING = "Dot: the middle; bar: from the low to the high end; hollow and grey: the bar includes zero."


def intervals_figure(
    title: str,
    unit: str,
    rows: Mapping[str, Change | tuple[float, float, float]],
    subtitle: str = "",
    footer: Sequence[str] = (READING,),
) -> Figure:
    """A bar with a dot for each row: a Change with its interval, or (low, middle, high).

    ``title`` is the message, ``unit`` that of all rows. Bars right of zero and left of it have colours of their own,
    one that includes zero is grey. Raises UserError without a row.
    """
    from abm import UserError

    if not rows:
        raise UserError("a figure of intervals needs a row; give {name: change}")
    left = 0.35 + INCHES_PER_LETTER * max(map(len, rows))
    size = (WIDTH, ROW_HEIGHT * len(rows))
    figure, (axes,) = new_figure(1, 1, size, title, subtitle, footer, Room(0.3, 0.3, left))
    dress(axes, "", unit)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9)
    heights = range(len(rows) - 1, -1, -1)
    for height, row in zip(heights, rows.values(), strict=True):
        low, middle, high = _ends(row)
        colour = GAIN if low > 0.0 else LOSS if high < 0.0 else UNCLEAR
        axes.plot([low, high], [height, height], color=colour, linewidth=3.0, solid_capstyle="round")
        fill = "white" if colour == UNCLEAR else colour
        axes.plot([middle], [height], "o", color=colour, markerfacecolor=fill, markersize=7)
    axes.set_yticks(list(heights), list(rows))
    axes.tick_params(axis="y", labelsize=9.0, labelcolor=INK)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    return figure


def _ends(row: Change | tuple[float, float, float]) -> tuple[float, float, float]:
    """(low, middle, high); a single pair of runs has its mean alone."""
    if not isinstance(row, Change):
        return row
    found = row.difference
    return (found.mean,) * 3 if found.pairs == 1 else (found.low, found.mean, found.high)
