"""The figures of choosing under uncertainty: what policies change, what they can cost, where they are good enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.style import (
    GRID,
    INK,
    SCENARIO_COLOURS,
    SOFT_INK,
    LineEnd,
    Room,
    dress,
    label_ends,
    new_figure,
)
from xinzhi.analysis.figures.wording import seeds_text
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.sweeps import SweepValues
from xinzhi.analysis.robustness.regret import ALL, Goal, Need, changes

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["front_figure", "needs_figure", "regret_figure"]

ROW_HEIGHT = 0.34  # inches of a policy
INCHES_PER_LETTER = 0.085
BETTER = {1: "higher is better", -1: "lower is better"}


def front_figure(values: SweepValues, table: pd.DataFrame, goals: Sequence[Goal], reference: str) -> Figure | None:
    """What each policy changes in the first goal and in every other: a large dot for the mean, a small one a world."""
    if len(goals) < 2 or len(values.policies) < 2:
        return None
    title = f"What policies give and take, {values.year}"
    subtitle = f"Each policy less '{reference}' in the same world; the green corner is better in both"
    footer = [
        f"Small dot: one of {len(values.worlds)} worlds, mean of {seeds_text(values.seeds)}; large dot: mean of the "
        "worlds. Filled: on the front, no other policy is better in one goal and as good in all; hollow: beaten.",
        "Worlds count alike; the cloud shows what is not known, not how likely it is.",
        f"{values.payer} {CAUTION}".lstrip(),
    ]
    pairs = [(goals[0], other) for other in goals[1:]]
    letters = max(map(len, values.policies))
    figure, axes = new_figure(
        1,
        len(pairs),
        (3.7, 3.4),
        title,
        subtitle,
        footer,
        Room(beside=max(0.3, INCHES_PER_LETTER * letters), left=0.85),
    )
    for place, (across, up) in zip(axes, pairs, strict=True):
        _draw_pair(place, values, table, across, up, reference)
    return figure


def _colours(values: SweepValues, reference: str) -> dict[str, str]:
    others = [policy for policy in values.policies if policy != reference]
    supply = {policy: SCENARIO_COLOURS[at % len(SCENARIO_COLOURS)] for at, policy in enumerate(others)}
    return {reference: INK, **supply}


def _draw_pair(axes: Axes, values: SweepValues, table: pd.DataFrame, across: Goal, up: Goal, reference: str) -> None:
    x, y = changes(values, across, reference), changes(values, up, reference)
    colours = _colours(values, reference)
    dress(axes, up.measure.title, f"change in {up.measure.unit}, upwards; {BETTER[up.sign]}")
    ends = []
    for at, policy in enumerate(values.policies):
        colour = colours[policy]
        if policy != reference:
            axes.plot(x[:, at], y[:, at], "o", color=colour, markersize=2.6, alpha=0.35, markeredgewidth=0)
        front = bool(table.loc[table["policy"] == policy, "on_front"].iloc[0])
        middle = (x[:, at].mean(), y[:, at].mean())
        axes.plot(*middle, "o", color=colour, markersize=9, fillstyle="full" if front else "none", markeredgewidth=1.8)
        ends.append((policy, middle, colour))
    axes.axhline(0.0, color=SOFT_INK, linewidth=0.8, zorder=0)
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.8, zorder=0)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_xlabel(
        f"{across.measure.title}, change in {across.measure.unit}; {BETTER[across.sign]}",
        fontsize=8.5, color=SOFT_INK, parse_math=False,
    )  # fmt: skip
    _mark_better_corner(axes, across, up)
    _name(axes, ends)


def _mark_better_corner(axes: Axes, across: Goal, up: Goal) -> None:
    """A pale field where both goals are better than with the reference."""
    limits_x, limits_y = axes.get_xlim(), axes.get_ylim()
    far_x, far_y = limits_x[across.sign > 0], limits_y[up.sign > 0]
    if far_x * across.sign > 0 and far_y * up.sign > 0:
        axes.fill_between([0.0, far_x], 0.0, far_y, color="#009E73", alpha=0.07, linewidth=0, zorder=0)
    axes.set_xlim(limits_x)
    axes.set_ylim(limits_y)


def _name(axes: Axes, ends: Sequence[tuple[str, tuple[float, float], str]]) -> None:
    """The policies' names beside the panel at the height of their dots, none over another."""
    label_ends(axes, [LineEnd(middle[1], policy, colour) for policy, middle, colour in ends])


def regret_figure(values: SweepValues, table: pd.DataFrame, goals: Sequence[Goal], reference: str) -> Figure:
    """A panel for each goal: the regret of each policy in the median world, in nine of ten and in the worst."""
    title = f"What a policy can cost, {values.year}"
    subtitle = "How far each policy is behind the best one of the same world: left is safer"
    footer = [
        f"Dot: median of {len(values.worlds)} worlds; thick bar: to the regret that nine worlds of ten stay below; "
        f"thin line: to the worst world. Means of {seeds_text(values.seeds)}; small regrets may be due to chance.",
        f"{values.payer} {CAUTION}".lstrip(),
    ]
    figure, axes = _rows_of_policies(values, len(goals), title, subtitle, footer)
    colours = _colours(values, reference)
    for place, goal in zip(axes, goals, strict=True):
        rows = table[table["goal"] == goal.name].set_index("policy")
        for at, policy in enumerate(values.policies):
            row, height = rows.loc[policy], len(values.policies) - 1 - at
            place.plot([0.0, row["greatest"]], [height] * 2, color=colours[policy], linewidth=1.1)
            place.plot(
                [0.0, row["p90"]], [height] * 2, color=colours[policy], linewidth=5.5, alpha=0.45, solid_capstyle="butt"
            )
            place.plot([row["median"]], [height], "o", color=colours[policy], markersize=6)
            if not row["greatest"] > 0.0:  # else a dot without a bar looks as if data were missing
                place.annotate(
                    "never behind: best in every world", xy=(0.0, height), xytext=(9, 0), textcoords="offset points",
                    fontsize=8.5, color=colours[policy], va="center",
                )  # fmt: skip
        dress(place, goal.measure.title, f"behind the best, {goal.measure.unit}")
        _dress_rows(place, values)
    return figure


def needs_figure(values: SweepValues, table: pd.DataFrame, needs: Sequence[Need], reference: str) -> Figure:
    """Share of worlds in which each policy meets each need, and all of them."""
    title = f"In how many worlds a policy is good enough, {values.year}"
    origin = "as given" if all(need.given for need in needs) else f"what '{reference}' reaches in its median world"
    footer = [
        f"Requirements: {origin}. {len(values.worlds)} worlds, means of {seeds_text(values.seeds)}. "
        "Worlds count alike: a "
        "share of them is no probability.",
        CAUTION,
    ]
    columns = [need.text for need in needs] + ([ALL] if len(needs) > 1 else [])
    figure, axes = _rows_of_policies(values, len(columns), title, "Per cent of worlds: longer is better", footer)
    for place, column in zip(axes, columns, strict=True):
        for at, policy in enumerate(values.policies):
            share, height = 100 * float(table[column].iloc[at]), len(values.policies) - 1 - at
            place.barh(height, share, height=0.6, color=_colours(values, reference)[policy], alpha=0.8)
            place.annotate(
                f"{share:.0f}", xy=(share, height), xytext=(4, 0), textcoords="offset points", va="center",
                fontsize=8.5, color=INK, annotation_clip=False,
            )  # fmt: skip
        dress(place, _need_title(needs, column), "per cent of worlds")
        _dress_rows(place, values)
        place.set_xlim(0.0, 100.0)
    return figure


def _need_title(needs: Sequence[Need], column: str) -> str:
    if column == ALL:
        return "All requirements at once"
    return next(need.words for need in needs if need.text == column)


def _rows_of_policies(
    values: SweepValues, panels: int, title: str, subtitle: str, footer: Sequence[str]
) -> tuple[Figure, list[Axes]]:
    height = max(ROW_HEIGHT * len(values.policies), 0.8)
    left = 0.3 + INCHES_PER_LETTER * max(map(len, values.policies))
    return new_figure(
        panels,
        1,
        (5.2, height),
        title,
        subtitle,
        footer,
        Room(beside=0.6, above=0.75, left=left),
    )


def _dress_rows(axes: Axes, values: SweepValues) -> None:
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_yticks(range(len(values.policies)), values.policies[::-1])
    axes.tick_params(axis="y", labelsize=9, labelcolor=INK)
    axes.set_ylim(-0.6, len(values.policies) - 0.4)
    axes.set_xlim(left=min(0.0, float(np.min(axes.get_xlim()))))
    for label in axes.get_yticklabels():
        label.set_parse_math(False)
