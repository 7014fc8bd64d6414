"""What every lever changes, in one figure: a row for each lever, a panel for each outcome, a dot with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.effects.effects import PER_YUAN, closure_note, lever_title, payer_sentence
from xinzhi.analysis.effects.ranking import LEAST_SHOWN, last_year
from xinzhi.analysis.figures.style import GAIN, GRID, INK, LOSS, SOFT_INK, UNCLEAR, Room, dress, new_figure
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, listed, within_sentence

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["effects_figure"]

BETTER, WORSE = GAIN, LOSS
PANEL_WIDTH, ROW_HEIGHT, LEAST_HEIGHT = 2.25, 0.24, 0.9  # inches
NAMES = 0.35  # inches left of the names
LEAD = 0.85  # inches by which the column of names is wider than a panel
COST_AT, YUAN_AT = 0.6, 1.0  # of a panel's width: where costs and GDP per yuan end
MOST_IN_TITLE = 2


class EffectPanel(NamedTuple):
    """A panel: the variable, its title, the unit in words, and whether more of it (1) or less (-1) is better."""

    variable: str
    title: str
    unit: str
    better: int


PANELS = (
    EffectPanel("real_gdp", "Real GDP", "per cent; right: more is produced", 1),
    EffectPanel("unemployment_rate", "Unemployment", "percentage points; left: fewer jobless", -1),
    EffectPanel("gini_disposable_income", "Inequality (Gini)", "points of 100; left: more equal", -1),
    EffectPanel("co2_emissions", "CO2 emissions", "per cent; left: cleaner", -1),
)


def effects_figure(table: pd.DataFrame, seeds: Sequence[int], workers: int, paid_for: bool) -> Figure:
    """The effects of an effects_table after the longest time in force, levers in the order of what they do to GDP."""
    rows = last_year(table)
    order = _order(rows)
    years = int(rows["years"].iloc[0])
    budget = rows["budget"].iloc[0]
    subject = f"Effects of each policy after {years} years"
    if budget is not None and np.isfinite(budget):
        subject = f"Effects of spending {100 * budget:.3g} % of GDP a year after {years} years"
    title = _message(rows) or subject
    size = (PANEL_WIDTH, max(ROW_HEIGHT * len(order), LEAST_HEIGHT))
    subtitle = f"{subject}, each against the same economy without it"
    figure, axes = new_figure(
        1,
        1 + len(PANELS),
        size,
        title,
        subtitle,
        _footer(table, seeds, workers, paid_for),
        Room(beside=0.12, above=0.7, left=NAMES, lead=LEAD),
        key=[("better", BETTER), ("worse", WORSE), ("no clear difference", UNCLEAR)],
    )
    _name_levers(axes[0], rows, order)
    for place, shown in zip(axes[1:], PANELS, strict=True):
        _draw(place, rows[rows["variable"] == shown.variable].set_index("lever"), order, shown)
    return figure


def _message(rows: pd.DataFrame) -> str:
    """``Real GDP rises most with open data (+2.1 %) and basic research (+1.0 %)``; empty where none is clear."""
    of_output = rows[(rows["variable"] == PANELS[0].variable) & rows["clear"]]
    best = of_output[of_output["effect"] > 0].sort_values("effect", ascending=False)
    if best.empty:
        return "No policy has a clear effect on real GDP" if not len(of_output) else ""
    phrases = [f"{within_sentence(lever_title(row.lever))} ({row.effect:+.1f} %)" for row in best.itertuples()]
    return f"Real GDP rises most with {listed(phrases[:MOST_IN_TITLE])}"


def _order(rows: pd.DataFrame) -> list[str]:
    """From the lever that raises real GDP most, at the top, to the one that lowers it most."""
    of_output = rows[rows["variable"] == PANELS[0].variable]
    return list(of_output.sort_values("effect", ascending=False, kind="stable")["lever"])


def _share(fraction: float) -> str:
    return format_number(100 * fraction, 2)


def _footer(table: pd.DataFrame, seeds: Sequence[int], workers: int, paid_for: bool) -> list[str]:
    reading = (
        f"Dot: mean over {len(seeds)} pairs of runs of {workers:,} simulated adults; bar: its 90 % confidence interval."
        if len(seeds) > 1
        else f"One pair of runs of {workers:,} simulated adults: effects cannot be distinguished from chance."
    )
    cost = f"Cost: public spending on the policy less its revenue, mean while in force. GDP per yuan: {PER_YUAN}."
    if table["budget"].notna().any():
        cost += " A cost far below the budget means that the lever has reached its bound."
    return [f"{reading} {cost}", f"{payer_sentence(paid_for)} {CAUTION}", closure_note(table)]


def _name_levers(axes: Axes, rows: pd.DataFrame, order: list[str]) -> None:
    """The first column: a lever's name, what it costs, and the real GDP gained per yuan."""
    axes.axis("off")
    firsts = rows.drop_duplicates("lever").set_index("lever")
    for row, lever in enumerate(order):
        cost = firsts.loc[lever, "cost"]
        _write(axes, -LEAD / PANEL_WIDTH, row, lever_title(lever), INK, "left")
        _write(axes, COST_AT, row, _share(cost) if abs(cost) >= LEAST_SHOWN else "0", SOFT_INK, "right")
        gain = firsts.loc[lever, "benefit_per_yuan"]
        sure = firsts.loc[lever, "benefit_low"] > 0.0 or firsts.loc[lever, "benefit_high"] < 0.0
        phrases = format_number(gain, 1, True) if sure else "unclear"
        there = np.isfinite(gain) and abs(cost) >= LEAST_SHOWN
        _write(axes, YUAN_AT, row, phrases if there else "-", SOFT_INK, "right")
    _write(axes, COST_AT, -1.1, "cost,\n% of GDP", SOFT_INK, "right")
    _write(axes, YUAN_AT, -1.45, "GDP per\nyuan; may be\ntoo high", SOFT_INK, "right")
    axes.set_ylim(len(order) - 0.4, -0.6)


def _write(axes: Axes, x: float, row: float, text: str, colour: str, side: str) -> None:
    axes.annotate(
        text, xy=(x, row), xycoords=("axes fraction", "data"), fontsize=9, color=colour, ha=side, va="center",
        parse_math=False, annotation_clip=False,
    )  # fmt: skip


def _draw(axes: Axes, found: pd.DataFrame, order: list[str], shown: EffectPanel) -> None:
    dress(axes, shown.title, shown.unit)
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9, zorder=1)
    for row, lever in enumerate(order):
        if row % 2:
            axes.axhspan(row - 0.5, row + 0.5, color="#F6F6F6", linewidth=0, zorder=0)
        if lever in found.index:
            one = found.loc[lever]
            colour = (BETTER if one.effect * shown.better > 0 else WORSE) if one.clear else UNCLEAR
            if np.isfinite(one.low):
                axes.plot([one.low, one.high], [row, row], color=colour, linewidth=1.8, zorder=2)
            axes.plot([one.effect], [row], "o", color=colour, markersize=4.5, zorder=3)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_yticks([])
    _numbers_below(axes)


def _numbers_below(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ticks = axes.get_xticks()
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    places = next((places for places in range(4) if np.isclose(step, round(step, places))), 3)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value, places, True)))
