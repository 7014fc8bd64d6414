"""The figure of the sectors: what share of value added each has, and how that changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from abm import joined, said
from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, Room, dress, name_rows, new_figure
from xinzhi.analysis.reading.changes import GROUP_MEASURES
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.group_sizes import MARK_NOTE, marked, small_groups
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from abm.arrays import FloatArray

__all__ = ["sectors_figure"]

ROW_HEIGHT = 0.26  # inches


def sectors_figure(drawing: Drawing) -> Figure | None:
    """The share of value added that every sector has in the first and the last year, ranked by the change."""
    panel = drawing.panels[0]
    shares = {code: 100 * values.mean(axis=0) for code, values in _value_added_shares(panel).items()}
    if not shares or panel.last < 1:
        return None
    changes = {code: values[-1] - values[0] for code, values in shares.items()}
    codes = sorted(changes, key=lambda code: changes[code])
    measure = next(one for one in GROUP_MEASURES if (one.table, one.variable) == ("sectors", "output"))
    small = small_groups([panel], measure, panel.last)
    named = [code for code in codes if code not in small] or codes
    first, last = int(panel.years[0]), int(panel.years[-1])
    title = _message(named[-1], named[0], changes)
    where = said(", {scenario}", scenario=within_sentence(drawing.labels[0])) if len(drawing.panels) > 1 else ""
    subtitle = said("Per cent of value added{where}: hollow {first}, full {last}", where=where, first=first, last=last)
    figure, (axes,) = new_figure(
        1,
        1,
        (6.4, ROW_HEIGHT * len(codes) + 0.3),
        title,
        subtitle,
        drawing.footer(joined([said("Dot: mean of the runs."), *([MARK_NOTE] if small else [])], " ")),
        Room(1.6, 0.25, left=2.9),
        language=drawing.language,
    )
    for row, code in enumerate(codes):
        start, end = shares[code][0], shares[code][-1]
        colour = SCENARIO_COLOURS[0] if end >= start else SCENARIO_COLOURS[1]
        axes.plot([start, end], [row, row], color=colour, linewidth=1.6, alpha=0.6)
        axes.plot([start], [row], "o", color=colour, markersize=5, fillstyle="none")
        axes.plot([end], [row], "o", color=colour, markersize=5)
        axes.annotate(
            f"{format_number(end, 1)} ({format_number(end - start, 1, signed=True)})", xy=(max(start, end), row),
            xytext=(7, 0), textcoords="offset points", fontsize=8.5, color=INK, va="center", annotation_clip=False,
        )  # fmt: skip
    name_rows(axes, range(len(codes)), [marked(code, small) for code in codes])
    axes.set_ylim(-0.7, len(codes) - 0.3)
    axes.set_xlim(left=0.0)
    dress(axes, "", "")
    axes.tick_params(axis="y", labelsize=9, labelcolor=INK)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    return figure


def _message(up: str, down: str, changes: Mapping[str, FloatArray]) -> str:
    """``Share of value added: the largest rise is in finance (+0.6 points), the largest fall in mining (-0.5)``"""
    gain, loss = (format_number(float(changes[sector]), 1, signed=True) for sector in (up, down))
    return said(
        "Share of value added: the largest rise is in {up} ({gain} points), the largest fall in {down} ({loss})",
        up=within_sentence(group_title(up)), gain=gain, down=within_sentence(group_title(down)), loss=loss,
    )  # fmt: skip


def _value_added_shares(panel: Panel) -> dict[str, FloatArray]:
    """{sector: (seeds, years)}, shares of the sum of all sectors."""
    values = panel.group_values("sectors", "value_added")
    if not values:
        return {}
    total = np.nansum(list(values.values()), axis=0)
    total = np.where(total > 0.0, total, np.nan)
    return {code: value / total for code, value in values.items() if np.isfinite(value).any()}
