"""What every lever changes, in one figure: a row for each lever, a panel for each outcome, a dot with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from abm import speaking_of, spoken
from xinzhi.analysis.effects.effects import (
    LEAST_SHOWN,
    closure_note,
    economy_of,
    lever_title,
    payer_sentence,
)
from xinzhi.analysis.effects.measured import CRITERION, TOO_HIGH, per_yuan_words
from xinzhi.analysis.effects.standing import (
    Standing,
    budget_of,
    discounted,
    last_year,
    standing_of,
    subject_words,
)
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
LEAD = 1.5  # inches by which the column of names is wider than a panel
COST_AT, YUAN_AT = 0.3, 1.0  # of a panel's width: where costs and gains per yuan end
MOST_IN_TITLE = 2


class EffectPanel(NamedTuple):
    """A panel: the variable, its title, the unit in words, and whether more of it (1) or less (-1) is better."""

    variable: str
    title: str
    unit: str
    better: int


class Row(NamedTuple):
    """A row: a lever, or the heading of those below it."""

    lever: str
    heading: str = ""


PANELS = (
    EffectPanel("real_consumption_per_year", "Household consumption", "per cent; right: more is consumed", 1),
    EffectPanel("real_gdp_per_year", "Real GDP", "per cent; right: more is produced", 1),
    EffectPanel("unemployment_rate_per_cent", "Unemployment", "percentage points; left: fewer jobless", -1),
    EffectPanel("gini_disposable_income_of_100", "Inequality (Gini)", "points of 100; left: more equal", -1),
    EffectPanel("co2_emissions_per_year", "CO2 emissions", "per cent; left: cleaner", -1),
)


def effects_figure(table: pd.DataFrame, seeds: Sequence[int], workers: int, paid_for: bool) -> Figure:
    """The effects of an effects_table after the longest time in force, ranked by consumption gained per yuan.

    Levers that spend another sum than the budget, bring money or cost nothing stand apart, below the ranking.
    """
    with speaking_of(economy_of(table)):
        return _drawn(table, seeds, workers, paid_for)


def _drawn(table: pd.DataFrame, seeds: Sequence[int], workers: int, paid_for: bool) -> Figure:
    rows = last_year(table)
    order = _order(standing_of(rows))
    size = (PANEL_WIDTH, max(ROW_HEIGHT * len(order), LEAST_HEIGHT))
    subtitle = (
        f"{subject_words(rows)}, ranked by {CRITERION.title} gained per yuan, {discounted(rows)}; "
        f"effects in {rows['last_year'].iloc[0]} against the same economy without the policy"
    )
    figure, axes = new_figure(
        1,
        1 + len(PANELS),
        size,
        _message(rows),
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
    """``Per yuan spent, household consumption gains most from open data (+2.1 yuan)``, by the criterion of the rows."""
    firsts = rows.drop_duplicates("lever").set_index("lever")
    gains = [lever for lever in standing_of(rows).ranked if firsts.loc[lever, CRITERION.columns[1]] > 0.0]
    if not gains:
        return f"No policy has a clear gain in {CRITERION.title} per yuan spent"
    phrases = [
        f"{within_sentence(lever_title(lever))} ({firsts.loc[lever, CRITERION.column]:+.1f} yuan)"
        for lever in gains[:MOST_IN_TITLE]
    ]
    budget = budget_of(rows)
    only = "" if budget is None else f", of policies that can spend {budget:.3g} % of GDP"
    return f"Per yuan spent, {CRITERION.title} gains most from {listed(phrases)}{only}"


def _order(stands: Standing) -> list[Row]:
    """The ranking, then each group that stands apart under a line that says why."""
    order = [Row(lever) for lever in stands.ranked]
    for levers, heading in (
        (stands.other, "Not ranked: spend another sum"),
        (stands.revenue, "Not ranked: raise money"),
        (stands.free, "Not ranked: cost the budget nothing"),
    ):
        if levers:
            order += [Row("", heading), *map(Row, levers)]
    return order


def _footer(table: pd.DataFrame, seeds: Sequence[int], workers: int, paid_for: bool) -> list[str]:
    reading = (
        f"Dot: mean over {len(seeds)} pairs of runs of {workers:,} simulated adults; bar: its 90 % confidence interval."
        if len(seeds) > 1
        else f"One pair of runs of {workers:,} simulated adults: effects cannot be distinguished from chance."
    )
    rate = float(table["discount_rate_per_cent"].iloc[0]) / 100
    cost = "Cost: public spending less revenue, mean while in force. "
    cost += f"Consumption per yuan: {per_yuan_words(rate)}; {TOO_HIGH}."
    return [f"{reading} {cost}", f"{payer_sentence(paid_for)} {CAUTION}", closure_note(table)]


def _name_levers(axes: Axes, rows: pd.DataFrame, order: Sequence[Row]) -> None:
    """The first column: a lever's name, what it costs, and the consumption gained per yuan."""
    axes.axis("off")
    firsts = rows.drop_duplicates("lever").set_index("lever")
    for row, (lever, heading) in enumerate(order):
        if heading:
            _write(axes, -LEAD / PANEL_WIDTH, row, heading, SOFT_INK, "left")
            continue
        cost = firsts.loc[lever, "cost_per_cent"]
        there = abs(cost) >= LEAST_SHOWN
        _write(axes, -LEAD / PANEL_WIDTH, row, lever_title(lever), INK, "left")
        _write(axes, COST_AT, row, format_number(cost, 2) if there else "0", SOFT_INK, "right")
        gain, low, high = firsts.loc[lever, CRITERION.columns]
        number = format_number(gain, 1, True) if there else "-"
        between = f" [{format_number(low, 1, True)}, {format_number(high, 1, True)}]" if there else ""
        sure = low > 0.0 or high < 0.0
        phrase = f"{number}{between if np.isfinite(low) else ''}"
        _write(axes, YUAN_AT, row, phrase, INK if sure else SOFT_INK, "right")
    _write(axes, COST_AT, -1.1, "cost,\n% of GDP", SOFT_INK, "right")
    _write(axes, YUAN_AT, -1.45, "consumption\nper yuan, 90 %;\nmay be too high", SOFT_INK, "right")
    axes.set_ylim(len(order) - 0.4, -0.6)


def _write(axes: Axes, x: float, row: float, text: str, colour: str, side: str) -> None:
    axes.annotate(
        spoken(text), xy=(x, row), xycoords=("axes fraction", "data"), fontsize=9, color=colour, ha=side, va="center",
        parse_math=False, annotation_clip=False,
    )  # fmt: skip


def _draw(axes: Axes, found: pd.DataFrame, order: Sequence[Row], shown: EffectPanel) -> None:
    dress(axes, shown.title, shown.unit)
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9, zorder=1)
    for row, (lever, heading) in enumerate(order):
        if heading:
            axes.axhline(row, color=GRID, linewidth=0.7, zorder=1)
        elif row % 2:
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
