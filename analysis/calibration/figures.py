"""The figures of a fit: how it came closer, and which moments inform which parameter."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.calibration.fit import Objective
from xinzhi.analysis.calibration.report import best_of, slopes_table, words
from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, Room, dress, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawn

    from abm.arrays import FloatArray
    from abm.experiments.calibration.fit import Fit

__all__ = ["convergence_figure", "identification_figure"]

BEST, TRIED, FRESH = SCENARIO_COLOURS[0], "#9A9A9A", SCENARIO_COLOURS[1]
CELL = (0.95, 0.34)  # inches of a cell of the heat map
LETTERS_OF_KEY = 13  # in a line above a column
DARK = 0.6  # part of the colour scale from which numbers are white


def convergence_figure(fit: Fit, objective: Objective) -> Drawn:
    """The distance of every trial and the least one so far; below, where each parameter was sought."""
    span = f"seeds {fit.design.span[0]} to {fit.design.span[-1]} in every trial"
    footer = [
        f"{fit.design.workers:,} workers, {span}. Distance: mean over the targets of the squared distance from the "
        "centre of the band, in halves of the band; share of seeds outside where a band has one end only. "
        "Crosses: trials that failed.",
    ]
    ranges, best = fit.design.ranges, best_of(fit)
    figure, axes = new_figure(
        1 + -(-len(ranges) // 2),
        2,
        (3.6, 1.7),
        "How the fit came closer",
        f"Distance {objective.distance(fit.before):.3f} before, {best.distance:.3f} after {len(fit.trials)} trials",
        footer,
        Room(0.5, 0.65),
    )
    numbers = np.array([trial.number + 1 for trial in fit.trials])
    distances = np.array([trial.distance for trial in fit.trials])
    _draw_distances(axes[0], numbers, distances)
    axes[1].remove()
    for place, one in zip(axes[2:], ranges, strict=False):
        values = np.array([trial.values[one.key] for trial in fit.trials])
        place.plot(numbers, values, ".", color=TRIED, markersize=4)
        place.axhline(best.values[one.key], color=BEST, linewidth=1.2)
        group, _, name = one.key.partition(".")
        dress(place, name.replace("_", " "), f"{group.replace('_', ' ')}, by trial; line: the best")
        room = 0.04 * (one.high - one.low)
        place.set_ylim(one.low - room, one.high + room)
    for place in axes[2 + len(ranges) :]:
        place.remove()
    return figure


def _draw_distances(axes: Axes, numbers: FloatArray, distances: FloatArray) -> None:
    axes.plot(numbers, distances, ".", color=TRIED, markersize=4)
    best = np.fmin.accumulate(distances)
    axes.step(numbers, best, where="post", color=BEST, linewidth=1.6)
    failed = ~np.isfinite(distances)
    dress(axes, "Distance", "by trial, logarithmic; line: the least so far")
    axes.set_yscale("log")
    axes.plot(numbers[failed], np.full(failed.sum(), np.nanmin(distances)), "x", color=FRESH, markersize=5)
    axes.yaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_minor_formatter("")


def identification_figure(fit: Fit, objective: Objective) -> Drawn:
    """A heat map: by how many halves of its band a tenth of a parameter's range moves a moment."""
    slopes = slopes_table(fit, objective)
    facts = {name: fact for fact in objective.facts for name in fact.moments}
    rows, columns = slopes.shape
    footer = [
        "Slopes at the best values, from two runs a tenth of the range below and above, on the seeds of the fit. Blue: "
        "the moment rises with the parameter; orange: it falls. A column without colour: no moment identifies "
        "this parameter. Two proportional columns: only jointly identified. Bands with one end are omitted.",
    ]
    figure, axes = new_figure(
        1,
        1,
        (CELL[0] * columns, CELL[1] * rows),
        "Which moments inform which parameter",
        "Halves of the moment's band, for a tenth of the parameter's range",
        footer,
        Room(0.4, 0.6, 4.6),
    )
    _draw_heat(axes[0], slopes.to_numpy())
    axes[0].set_yticks(range(rows), [words(name, facts) for name in slopes.index])
    keys = [key.partition(".")[2].replace("_", " ") for key in slopes.columns]
    axes[0].set_xticks(range(columns), ["\n".join(textwrap.wrap(key, LETTERS_OF_KEY)) for key in keys])
    return figure


def _draw_heat(axes: Axes, values: FloatArray) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list("slopes", [SCENARIO_COLOURS[1], "#FFFFFF", SCENARIO_COLOURS[0]])
    most = max(float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 1.0, 1e-9)
    # The root shows small slopes beside large ones.
    shade = np.sign(values) * np.sqrt(np.abs(values) / most)
    axes.imshow(shade, cmap=colours, vmin=-1.0, vmax=1.0, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        ink = "#FFFFFF" if abs(shade[row, column]) > DARK else INK
        text = f"{value:+.2f}" if np.isfinite(value) else "-"
        axes.text(column, row, text, ha="center", va="center", fontsize=8, color=ink)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelsize=8.5, labelcolor=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks(np.arange(values.shape[1] + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(values.shape[0] + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=GRID, linewidth=0.8)
    axes.tick_params(which="minor", length=0)
