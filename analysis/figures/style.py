"""The look of every figure: colours that colour-blind readers can tell apart, words instead of legends, years below.

Nothing here touches matplotlib's global state: every property is set on the figure's own artists, so that figures can
be drawn in any thread and beside a user's own; only for Chinese the fonts are set while a figure is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from abm import ENGLISH, said, spoken, translated
from xinzhi.analysis.figures.letters import lines_of, width_of
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm.arrays import IntArray

__all__ = [
    "GAIN", "INK", "LOSS", "SCENARIO_COLOURS", "SIZE_COLOURS", "UNCLEAR", "LineEnd", "dress", "label_ends",
    "language_of", "name_rows", "new_figure", "typeset", "years_below",
]  # fmt: skip

# Okabe and Ito (2008). Yellow is left out: it does not show on white.
SCENARIO_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
SIZE_COLOURS = {"small": "#56B4E9", "medium": "#009E73", "large": "#CC79A7", "all": "#000000"}
GAIN, LOSS, UNCLEAR = SCENARIO_COLOURS[0], SCENARIO_COLOURS[1], "#8C8C8C"  # where there is one pair
INK = "#222222"
SOFT_INK = "#666666"
GRID = "#E3E3E3"
DOTS_PER_INCH = 150
LABEL_SIZE = 8.5
LETTERS_PER_INCH = 14.5  # of the footer
LETTER_WIDTHS = {"bold": 0.63, "normal": 0.57}  # of a letter, in parts of its size
INCHES_PER_YEAR = 0.46  # that a label below the axis needs
INCHES_BESIDE_PANEL = 1.3  # room right of each panel for the names at the ends of the lines
TITLE_SIZE, SUBTITLE_SIZE, KEY_SIZE = 15.0, 10.5, 9.5
EDGE = 0.2  # inches left of the title


@dataclass(frozen=True)
class LineEnd:
    """A name to write at the right end of a line."""

    height: float
    text: str
    colour: str


class Room(NamedTuple):
    """Inches kept free right of, above and left of each panel, and left of them all."""

    beside: float = INCHES_BESIDE_PANEL
    above: float = 0.8
    left: float = 0.62
    lead: float = 0.0


USUAL_ROOM = Room()


def new_figure(
    rows: int,
    columns: int,
    panel_size: tuple[float, float],
    title: str,
    subtitle: str,
    footer: Sequence[str],
    room: Room = USUAL_ROOM,
    key: Sequence[tuple[str, str]] = (),
    language: str = ENGLISH,
) -> tuple[Figure, list[Axes]]:
    """A figure of ``rows`` x ``columns`` panels of ``panel_size`` inches with a title, a subtitle and a footer.

    ``room`` is what is kept free around the panels; ``key`` has the names and colours [(name, colour)] to write below
    the subtitle. All that is written is translated into the ``language``. Returns the axes row by row.
    """
    from xinzhi.analysis.figures.notebook import ShownFigure

    beside, above, left, lead = room
    width = lead + columns * (left + panel_size[0] + beside)
    head = _head(width, in_words(title, language), in_words(subtitle, language))
    top, below = 0.15 + sum(height for _, _, _, height in head) + (0.3 if key else 0.0), 0.32
    letters = int((width - 0.4) * LETTERS_PER_INCH)
    lines = [line for text in footer for line in lines_of(in_words(text, language), letters)]
    bottom = 0.25 + 0.19 * len(lines)
    height = top + bottom + rows * (above + panel_size[1] + below)
    figure = ShownFigure(figsize=(width, height), dpi=DOTS_PER_INCH, facecolor="white")
    figure.language = language
    axes = []
    for row in range(rows):
        for column in range(columns):
            x = lead + column * (left + panel_size[0] + beside) + left
            y = height - top - (row + 1) * (above + panel_size[1]) - row * below
            box = (x / width, y / height, panel_size[0] / width, panel_size[1] / height)
            axes.append(figure.add_axes(box))
    below_top = 0.17
    for text, size, weight, inches in head:
        _write(figure, EDGE, 1 - below_top / height, text, size, INK if weight == "bold" else SOFT_INK, weight)
        below_top += inches
    _write_key(figure, 1 - (below_top + 0.03) / height, [(in_words(name, language), one) for name, one in key])
    for line, text in enumerate(lines):
        _write(figure, EDGE, (0.1 + 0.19 * (len(lines) - line)) / height, text, 8.5, SOFT_INK)
    return figure, axes


def in_words(text: str, language: str) -> str:
    """A text in a language and in the words of the economy that is spoken of."""
    return spoken(translated(text, language), language)


def _head(width: float, title: str, subtitle: str) -> list[tuple[str, float, str, float]]:
    """[(line, size, weight, inches down to the next)] of the title and the subtitle, wrapped to the width."""
    lines = []
    for text, size, weight in ((title, TITLE_SIZE, "bold"), (subtitle, SUBTITLE_SIZE, "normal")):
        letters = int((width - 2 * EDGE) * 72 / (LETTER_WIDTHS[weight] * size))
        whole = text.replace(" %", "\u00a0%")  # a number stays with its sign
        lines += [(line, size, weight, 1.45 * size / 72) for line in lines_of(whole, max(letters, 20))]
    return lines


def _write_key(figure: Figure, y: float, key: Sequence[tuple[str, str]]) -> None:
    """Names side by side, each in its colour behind a dot of it."""
    x = EDGE
    letter = LETTER_WIDTHS["bold"] * KEY_SIZE / 72
    letters = sum(width_of(name) + 5 for name, _ in key)
    shrunk = min(1.0, (figure.get_figwidth() - 2 * EDGE) / (letter * max(letters, 1)))
    for name, colour in key:
        _write(figure, x, y, f"\u25cf {name}", KEY_SIZE * shrunk, colour, "bold")
        x += letter * shrunk * (width_of(name) + 5)


def typeset(text: str) -> str:
    """A text as figures show it: ``CO2`` with its subscript."""
    return text.replace("CO2", "CO\u2082")


def _write(
    figure: Figure, inches: float, y: float, text: str, size: float, colour: str, weight: str = "normal"
) -> None:
    most = (figure.get_figwidth() - inches - EDGE) * 72 / (LETTER_WIDTHS[weight] * max(width_of(text), 1))
    figure.text(
        inches / figure.get_figwidth(), y, typeset(text), fontsize=min(size, most), color=colour, weight=weight,
        ha="left", va="top", parse_math=False,
    )  # fmt: skip


def dress(axes: Axes, title: str, unit: str, note: str = "") -> None:
    """Give a panel its title, its unit in words below it, and a note on what to see; take away the frame."""
    lines = [(title, 10.5, INK, "bold"), (unit, 8.5, SOFT_INK, "normal"), (note, 8.5, INK, "normal")]
    language, height = language_of(axes), 5.0
    for text, size, colour, weight in reversed([line for line in lines if line[0]]):
        axes.annotate(
            typeset(in_words(text, language)),
            xy=(0, 1),
            xycoords="axes fraction",
            xytext=(0, height),
            textcoords="offset points",
            fontsize=size,
            color=colour,
            weight=weight,
            ha="left",
            va="bottom",
            parse_math=False,
            annotation_clip=False,
        )
        height += size + 4.5
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(SOFT_INK)
    axes.tick_params(labelsize=8.5, colors=SOFT_INK, length=3, width=0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)


def _figure_of(axes: Axes) -> Figure:
    """The figure around the axes; none of ours has figures within it."""
    return cast("Figure", axes.figure)


def language_of(axes: Axes) -> str:
    """In which the figure around the axes is drawn."""
    return str(getattr(axes.figure, "language", ENGLISH))


def name_rows(axes: Axes, places: Sequence[float], names: Sequence[str]) -> None:
    """Names on the vertical axis."""
    axes.set_yticks(list(places), [translated(name, language_of(axes)) for name in names])


def years_below(axes: Axes, years: IntArray) -> None:
    """Years on the horizontal axis."""
    first, last = float(years[0]), float(years[-1])
    room = max(last - first, 0.25) * 0.02
    axes.set_xlim(first - room, last + room)
    inches = axes.get_position().width * _figure_of(axes).get_figwidth()
    step = next((step for step in (1, 2, 5, 10, 20) if (last - first) / step * INCHES_PER_YEAR <= inches), 25)
    ticks = np.arange(np.ceil(first / step) * step, last + 0.01, step)
    axes.set_xticks(ticks, [str(int(year)) for year in ticks])


def numbers_beside(axes: Axes, decimals: int, signed: bool = False) -> None:
    """Plain numbers on the vertical axis: thousands separated, no offset, no more places than the steps need."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ticks = axes.get_yticks()
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    places = next((places for places in range(decimals + 2) if np.isclose(step, round(step, places))), decimals)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, places, signed)))


def limits_beside(axes: Axes, low: float, high: float, from_zero: bool, span: float) -> None:
    """Vertical limits that hold ``low`` to ``high``, start at zero if asked, and are at least ``span`` high."""
    if not (np.isfinite(low) and np.isfinite(high)):
        low, high = 0.0, 1.0
    if from_zero and low >= 0.0:
        low, high = 0.0, max(high, span)
    elif high - low < span:
        middle = 0.5 * (low + high)
        low, high = middle - 0.5 * span, middle + 0.5 * span
    room = 0.06 * (high - low) or 0.5
    axes.set_ylim(0.0 if from_zero and low == 0.0 else low - room, high + room)


def mark_cut_axis(axes: Axes) -> None:
    """Say where a vertical axis starts, if that is above zero: heights cannot be compared there."""
    if axes.get_ylim()[0] > 0.0:
        axes.annotate(
            translated(said("axis does not start at 0"), language_of(axes)), xy=(0, 0), xycoords="axes fraction",
            xytext=(3, 2.5),
            textcoords="offset points", fontsize=7, style="italic", color=SOFT_INK, ha="left", va="bottom",
        )  # fmt: skip


def label_ends(axes: Axes, ends: Sequence[LineEnd]) -> None:
    """Write each line's name at its right end, moved apart where they would overlap."""
    ends = sorted((end for end in ends if np.isfinite(end.height)), key=lambda end: end.height)
    if not ends:
        return
    low, high = axes.get_ylim()
    panel_points = axes.get_position().height * _figure_of(axes).get_figheight() * 72
    gap = (LABEL_SIZE + 2.5) / panel_points
    places = spread_out([(end.height - low) / (high - low) for end in ends], gap)
    for end, place in zip(ends, places, strict=True):
        axes.annotate(
            typeset(end.text),
            xy=(1, place),
            xycoords="axes fraction",
            xytext=(4, 0),
            textcoords="offset points",
            fontsize=LABEL_SIZE,
            color=end.colour,
            weight="bold",
            ha="left",
            va="center",
            parse_math=False,
            annotation_clip=False,
        )


def spread_out(wanted: Sequence[float], gap: float) -> list[float]:
    """Ascending places as near to those ``wanted`` (ascending) as keeps each ``gap`` above the one below.

    Places that would overlap form a block around the mean of what they want, and blocks that meet become one.
    """
    blocks: list[tuple[float, int]] = []  # the mean place and the number of labels
    for place in wanted:
        blocks.append((place, 1))
        while len(blocks) > 1 and blocks[-1][0] - blocks[-2][0] < gap * (blocks[-1][1] + blocks[-2][1]) / 2:
            (upper, many), (lower, few) = blocks.pop(), blocks.pop()
            blocks.append(((upper * many + lower * few) / (many + few), many + few))
    return [middle + gap * (at - (count - 1) / 2) for middle, count in blocks for at in range(count)]
