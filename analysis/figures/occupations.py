"""The figure of unemployment by occupation: which are hit, and for which another scenario makes a difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from abm import joined, said, translated
from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.style import GRID, INK, SOFT_INK, Room, dress, name_rows, new_figure
from xinzhi.analysis.reading.changes import GROUP_MEASURES
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.group_sizes import MARK_NOTE, marked, small_groups
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs
from xinzhi.analysis.reading.panel import Panel, quantiles
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm.arrays import FloatArray

__all__ = ["occupations_figure"]

DECADE = 10  # years
ROW_HEIGHT = 0.26  # inches
FAINT = 0.35
VARIABLE = "unemployment_rate"


def occupations_figure(drawing: Drawing) -> Figure | None:
    """Unemployment by occupation over the last ten years; None if it is not in the results.

    Two scenarios are sorted by their difference, which is faint where it is not clear; all else by the level.
    """
    rates = [_late_unemployment(panel) for panel in drawing.panels]
    levels = {name: float(np.nanmean(values)) for of_panel in reversed(rates) for name, values in of_panel.items()}
    if not levels:
        return None
    small = _small(drawing)
    changes = _changes(drawing, rates)
    ranking = {name: change.mean for name, change in changes.items()} if changes else levels
    names = sorted(ranking, key=lambda name: (name not in small, ranking[name]))
    several = len(drawing.panels) > 1
    reading = [
        said("Dot: mean of the runs.")
        if several
        else said("Dot: mean of the runs; bar: 10th to 90th percentile of the runs.")
    ]
    if changes:
        reading.append(said("Faint: no clear difference, its 90 % confidence interval includes zero."))
    figure, (axes,) = new_figure(
        1,
        1,
        (6.4, ROW_HEIGHT * len(names) + 0.3),
        _message(names, levels, changes, small),
        said("Unemployment by occupation, per cent of its labour force, {years}", years=_window(drawing)),
        drawing.footer(joined([*reading, *([MARK_NOTE] if small else [])], " ")),
        Room(0.4, 0.25, left=2.9),
        key=list(zip(drawing.labels, drawing.colours, strict=True)) if several else (),
        language=drawing.language,
    )
    for row, name in enumerate(names):
        faint = FAINT if name in small or (changes and not changes[name].clear) else 1.0
        _draw_row(axes, row, [of_panel.get(name) for of_panel in rates], drawing.colours, faint)
    name_rows(axes, range(len(names)), [marked(name, small) for name in names])
    axes.set_ylim(-0.7, len(names) - 0.3)
    axes.set_xlim(left=0.0)
    dress(axes, "", "")
    axes.tick_params(axis="y", labelsize=9, labelcolor=INK)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_xlabel(translated("per cent", drawing.language), fontsize=8.5, color=SOFT_INK)
    return figure


def _small(drawing: Drawing) -> frozenset[str]:
    measure = next(one for one in GROUP_MEASURES if (one.table, one.variable) == ("occupations", VARIABLE))
    return small_groups(drawing.panels, measure, min(panel.last for panel in drawing.panels))


def _changes(drawing: Drawing, rates: list[Mapping[str, FloatArray]]) -> dict[str, Difference]:
    """{occupation: paired difference} of exactly two scenarios; empty for others and where a seed has no value."""
    pair = drawing.pair
    if pair is None:
        return {}
    found = {}
    for name in [name for name in rates[0] if name in rates[1]]:
        of_both = [
            of_panel[name][np.isin(panel.seeds, pair.seeds)]
            for of_panel, panel in zip(rates, drawing.panels, strict=True)
        ]
        change = mean_of_pairs(of_both[1 - drawing.base] - of_both[drawing.base])
        if change is not None:
            found[name] = change
    return found


def _message(
    names: list[str], levels: Mapping[str, float], changes: Mapping[str, Difference], small: frozenset[str]
) -> str:
    """``Unemployment is higher for 2 of 14 occupations, most for office clerks (+2.0 points), and lower for 1``."""
    readable = [name for name in names if name not in small]
    if not readable:
        return said("Unemployment by occupation: every occupation is too small to read")
    if not changes or next(iter(changes.values())).pairs == 1:
        worst = max(readable, key=lambda name: levels[name])
        return said("{group} are unemployed most often: {rate} per cent", group=group_title(worst),
                    rate=format_number(levels[worst], 1))  # fmt: skip
    clear = sorted((name for name in readable if changes[name].clear), key=lambda name: -abs(changes[name].mean))
    total = len(readable)
    count = said("{count} readable occupations", count=total) if small else said("{count} occupations", count=total)
    if not clear:
        return said("No clear difference in unemployment for any of {occupations}", occupations=count)
    up = sum(changes[name].mean > 0 for name in clear)
    ways = [said("higher for {count}", count=up)] * bool(up)
    ways += [said("lower for {count}", count=len(clear) - up)] * bool(len(clear) - up)
    return said(
        "Unemployment is {ways} of {occupations}, most for {group} ({size} points)", ways=joined(ways, "and"),
        occupations=count, group=within_sentence(group_title(clear[0])), size=f"{changes[clear[0]].mean:+.1f}",
    )  # fmt: skip


def _window(drawing: Drawing) -> str:
    first, last = drawing.panels[0].opening_year, max(panel.opening_year + panel.last for panel in drawing.panels)
    return said("mean of {first} to {last}", first=max(first, last - DECADE + 1), last=last)


def _late_unemployment(panel: Panel) -> Mapping[str, FloatArray]:
    """{occupation: (seeds,)}, the mean rate of the last ten years in per cent; NaN for a seed without any value."""
    late = {}
    for name, values in panel.group_values("occupations", VARIABLE).items():
        window = values[:, -DECADE:]
        there = np.isfinite(window)
        if there.any():
            sums, counts = np.where(there, window, 0.0).sum(axis=1), there.sum(axis=1)
            late[name] = np.where(counts > 0, 100 * sums / np.maximum(counts, 1), np.nan)
    return late


def _draw_row(axes: Axes, row: int, rates: list[FloatArray | None], colours: list[str], faint: float) -> None:
    """The means of one occupation joined by a line; a single scenario has the bar of its runs instead."""
    there = [(float(np.nanmean(values)), colour, values) for values, colour in zip(rates, colours, strict=True)
             if values is not None]  # fmt: skip
    if len(rates) == 1 and len(there[0][2]) > 1:
        low, high = quantiles(there[0][2], (0.1, 0.9))
        axes.plot([low, high], [row, row], color=colours[0], linewidth=5, alpha=0.3, solid_capstyle="butt")
    means = [mean for mean, _, _ in there]
    if len(means) > 1:
        axes.plot([min(means), max(means)], [row, row], color="#BBBBBB", linewidth=1.6, alpha=faint, zorder=1)
    for mean, colour, _ in reversed(there):
        axes.plot([mean], [row], "o", color=colour, markersize=6, alpha=faint)
