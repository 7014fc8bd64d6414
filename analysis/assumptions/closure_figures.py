"""The figure of the closure grid: for each outcome, how far the effect of AI depends on unresolved assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.style import INK, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.reading.closure_ranges import (
    BEFORE,
    CENTRAL,
    closures_of,
    decimals_of,
    ends_of,
    main_effects,
    shown_effects,
    unit_of,
)
from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, within_sentence, words_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["closures_figure"]

FIRST_COLOUR, SECOND_COLOUR = SCENARIO_COLOURS[0], SCENARIO_COLOURS[1]
APART = 0.13  # rows between the dots of the two ends
IN_TITLE = ("real_gdp", "unemployment_rate")
WORDS = {
    "labour_share": "income that goes to work",
    "unemployment_rate": "the labour force without work",
    "gini_disposable_income": "Gini index, 0 to 100; higher is less equal",
    "real_gdp": "what is produced",
}


def closures_figure(effects: pd.DataFrame, workers: int, seeds: Sequence[int]) -> Figure:
    """A panel for each outcome, a row for each year, a dot for each corner of the grid, the centre as a diamond."""
    variables = list(effects["variable"].unique())
    rows = -(-len(variables) // 2)
    from abm import CLOSURES

    names = closures_of(effects)
    meanings = [f"{words_of(name)}: {within_sentence(CLOSURES[name].meaning)}" for name in names if name in CLOSURES]
    count = effects[BEFORE].nunique() - 1
    footer = [
        f"Each dot: one of {count} combinations of the ends of these assumptions; diamond: the central one. Mean of "
        f"{len(seeds)} runs of {workers:,} simulated adults, with AI less without AI on the same random draws.",
        " ".join(meanings),
        "A wide row means that the answer is an assumption, not a finding; more runs do not make it narrower.",
        CAUTION,
    ]
    subtitle = "Effects of AI across unsettled assumptions, with AI less without AI: right of the line, higher with AI"
    figure, axes = new_figure(
        rows,
        2,
        (4.3, 1.5),
        _message(effects, variables),
        subtitle,
        footer,
        Room(beside=0.35, above=0.95, left=0.75),
    )
    for place, variable in zip(axes, variables, strict=False):
        _draw_outcome(place, effects, variable)
    for place in axes[len(variables) :]:
        place.remove()
    return figure


def _message(effects: pd.DataFrame, variables: Sequence[str]) -> str:
    """``AI by 2050, depending on assumptions: real GDP +14.2 to +17.5 %, unemployment -0.9 to +2.6 points``."""
    year, phrases = int(effects["year"].max()), []
    for variable in [name for name in IN_TITLE if name in variables]:
        shown = shown_effects(effects, year, variable)["shown"]
        low, high = (format_number(end, decimals_of(variable), signed=True) for end in (shown.min(), shown.max()))
        unit = "%" if unit_of(variable) == "per cent" else "points"
        phrases.append(f"{within_sentence(DISPLAYS[variable].title)} {low} to {high} {unit}")
    return f"AI by {year}, depending on assumptions: {', '.join(phrases) or 'its effects differ'}"


def _draw_outcome(axes: Axes, effects: pd.DataFrame, variable: str) -> None:
    years = sorted(int(year) for year in effects["year"].unique())
    mover = _mover(effects, years[-1], variable)
    unit = f"{WORDS.get(variable, '')}; difference in {unit_of(variable)}".removeprefix("; ")
    dress(axes, DISPLAYS[variable].title, unit, f"In {years[-1]} it {_note(effects, mover)}")
    axes.grid(visible=False)
    for row, year in enumerate(reversed(years)):
        _draw_row(axes, shown_effects(effects, year, variable), row, mover, ends_of(effects, mover), variable)
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9, zorder=1)
    axes.set_yticks(range(len(years)), [str(year) for year in reversed(years)])
    axes.set_ylim(-0.6, len(years) - 0.4)
    low, high = axes.get_xlim()
    room = 0.14 * (high - low)
    axes.set_xlim(low - room, high + room)


def _draw_row(axes: Axes, chosen: pd.DataFrame, row: int, mover: str, ends: Sequence[str], variable: str) -> None:
    low, high = chosen["shown"].min(), chosen["shown"].max()
    axes.plot([low, high], [row, row], color="#DDDDDD", linewidth=13, solid_capstyle="butt", zorder=0)
    for end, colour, side in zip(ends, (FIRST_COLOUR, SECOND_COLOUR), (1, -1), strict=False):
        values = chosen.loc[chosen[mover] == end, "shown"].to_numpy()
        axes.plot(values, np.full(values.size, row + side * APART), "o", color=colour, markersize=5, alpha=0.75)
    centre = chosen.loc[chosen[BEFORE] == CENTRAL, "shown"].to_numpy()
    axes.plot(centre, np.full(centre.size, row), "D", color=INK, markersize=6, zorder=4)
    for value, edge, offset in ((low, "right", -7), (high, "left", 7)):
        axes.annotate(
            format_number(value, decimals_of(variable), signed=True), xy=(value, row), xytext=(offset, 0),
            textcoords="offset points", fontsize=8.5, color=INK, ha=edge, va="center", annotation_clip=False,
            bbox={"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"}, zorder=2,
        )  # fmt: skip


def _mover(effects: pd.DataFrame, year: int, variable: str) -> str:
    """The closure that moves the effect most; the first where none is known."""
    moved = {name: abs(value) for name, value in main_effects(effects, year, variable).items()}
    known = {name: value for name, value in moved.items() if np.isfinite(value)}
    return max(known, key=known.__getitem__) if known else next(iter(moved))


def _note(effects: pd.DataFrame, mover: str) -> str:
    ends = [level.replace("_", " ") for level in ends_of(effects, mover)]
    coloured = ", ".join(f"{colour}: {end}" for colour, end in zip(("blue", "orange"), ends, strict=False))
    return f"depends most on {words_of(mover).lower()} ({coloured})"
