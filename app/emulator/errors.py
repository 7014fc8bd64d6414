"""The error of the emulator on policy mixes that it has not seen: a table, a text and a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xinzhi.analysis.figures.style import INK, SCENARIO_COLOURS, SOFT_INK, UNCLEAR, Room, dress, new_figure
from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.text import aligned, format_number
from xinzhi.app.emulator.runs import ESTIMATED, LEVELS
from xinzhi.app.emulator.trial import PAIRS_OF_AN_ANSWER, Emulator

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["error_figure", "error_table", "error_text"]

YEARS = (2030, 2035, 2050)
COLUMNS = 4


def error_table(emulator: Emulator) -> pd.DataFrame:
    """A row for each outcome and year: the unit, the error, the half width of a quick answer, the share of signs."""
    error, width, signs = emulator.error(), emulator.half_width(), emulator.right_signs()
    rows = []
    for at, name in enumerate(ESTIMATED):
        unit = "per cent" if name in LEVELS else "points"
        for column, year in enumerate(emulator.years):
            rows.append((name, year, unit, error[at, column], width[at, column], signs[at, column]))
    columns = ["outcome", "year", "unit", "error", f"half_width_of_{PAIRS_OF_AN_ANSWER}_pairs", "share_of_signs_right"]
    return pd.DataFrame(rows, columns=columns)


def error_text(emulator: Emulator) -> str:
    """The table in the years of the headline, for a terminal."""
    table = error_table(emulator)
    years = [year for year in YEARS if year in emulator.years] or [emulator.years[-1]]
    half = table.columns[4]
    lines = [["", "year", "error", f"half width of {PAIRS_OF_AN_ANSWER} pairs", "clear changes with the right sign"]]
    for row in table[table["year"].isin(years)].to_dict("records"):
        signs = row["share_of_signs_right"]
        lines.append([
            f"{DISPLAYS[row['outcome']].title}, {row['unit']}", str(row["year"]), format_number(row["error"], 2),
            format_number(row[half], 2), "none is clear" if np.isnan(signs) else f"{100 * signs:.0f} %",
        ])  # fmt: skip
    size = emulator.size
    return "\n".join([
        f"Estimates against runs, {size.trials} policy mixes that the fit has not seen, {size.seeds} pairs each; "
        f"fitted to {size.points} runs",
        aligned(lines),
    ])  # fmt: skip


def error_figure(emulator: Emulator) -> Figure:
    """What was estimated against what the runs gave, a panel for each outcome, in the last year."""
    size, last = emulator.size, emulator.years[-1]
    figure, axes = new_figure(
        2, COLUMNS, (2.3, 2.3),
        f"Estimate and runs agree within {_worst(emulator)} of the interval of {PAIRS_OF_AN_ANSWER} pairs",
        f"Change in {last} of {size.trials} policy mixes that the fit has not seen: estimate against the mean of "
        f"{size.seeds} pairs of runs",
        [f"Bars: 90 % half width of {PAIRS_OF_AN_ANSWER} pairs, the page's quick answer. Fitted to {size.points} runs "
         f"of {size.workers:,} workers."],
        Room(0.35, 0.6),
    )  # fmt: skip
    for at, (name, place) in enumerate(zip(ESTIMATED, axes, strict=True)):
        _draw(place, emulator, at, name)
    return figure


def _worst(emulator: Emulator) -> str:
    ratio = float((emulator.error()[:, -1] / emulator.half_width()[:, -1]).max())
    return f"{ratio:.1f} half widths"


def _draw(axes: Axes, emulator: Emulator, at: int, name: str) -> None:
    unit = "per cent" if name in LEVELS else "points"
    dress(axes, DISPLAYS[name].title, f"{unit}; across: estimate, up: runs")
    across, up, width = (values[:, at, -1] for values in (emulator.estimates, emulator.truths, emulator.half_widths))
    ends = np.array([min(across.min(), (up - width).min()), max(across.max(), (up + width).max())])
    axes.plot(ends, ends, color=SOFT_INK, linewidth=0.9, zorder=0)
    axes.errorbar(
        across, up, yerr=width, fmt="o", color=SCENARIO_COLOURS[0], ecolor=UNCLEAR, elinewidth=1.2, markersize=4
    )
    axes.tick_params(labelsize=9, labelcolor=INK)
