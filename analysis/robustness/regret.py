"""Choosing under uncertainty: what each policy can cost in regret, in which worlds it is good enough, which are never
beaten in everything at once.

Regret is how far a policy falls behind the best one in the same world, on the same draws. A need is a threshold that an
outcome should keep. The front holds the policies to which no other is better in one goal and as good in all.
Worlds count alike: a share of worlds is no probability.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.reading.paired import mean_of_pairs
from xinzhi.analysis.reading.sweeps import MEAN_GROWTH_SHORT, Measure, SweepValues, measure_of
from xinzhi.analysis.reading.text import OPENING_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import BoolArray, FloatArray

__all__ = [
    "ALL",
    "GOALS",
    "Goal",
    "Need",
    "changes",
    "front_table",
    "needs_met",
    "needs_table",
    "on_front",
    "read_goal",
    "read_need",
    "regret_table",
    "regrets",
    "usual_needs",
    "worlds_table",
]

GOALS = ("gdp=up", "household_consumption=up", "gini=down", "co2=down")
DIRECTIONS = {"up": 1, "down": -1}
ALL = "all"  # all needs at once
MOST_OFTEN = 0.9  # the worlds in which regret stays below the one that is shown beside the greatest
LARGE = 1000.0  # from here on numbers are shown without decimals
IN_WORDS = {"<=": "at most", ">=": "at least", "<": "below", ">": "above"}
COMPARISONS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
NEED = re.compile(r"\s*(\w+)\s*(<=|>=|<|>)\s*([-+.\deE]+)\s*")


class Goal(NamedTuple):
    """A measure that should be high (sign 1) or low (sign -1)."""

    measure: Measure
    sign: int

    @property
    def name(self) -> str:
        """The name of the measure."""
        return self.measure.name


class Need(NamedTuple):
    """A threshold that a measure should keep, in the units of a year; ``given`` or made from the reference."""

    measure: Measure
    comparison: str
    threshold: float
    given: bool = True

    @property
    def text(self) -> str:
        """``gini_disposable_income_of_100 < 47``."""
        return f"{self.measure.name} {self.comparison} {_plainly(self.threshold)}"

    @property
    def words(self) -> str:
        """``Real GDP at least 243 trillion CNY a year, prices of 2024``."""
        number = f"{self.threshold:,.0f}" if abs(self.threshold) >= LARGE else _plainly(self.threshold)
        return f"{self.measure.title} {IN_WORDS[self.comparison]} {number} {self.measure.level}".rstrip()


def _plainly(number: float) -> str:
    """Four significant digits, without an exponent."""
    return f"{number:.0f}" if abs(number) >= LARGE else f"{number:.4g}"


def read_goal(text: str) -> Goal:
    """The goal in ``gdp=up``. Raises UserError."""
    from abm import UserError

    name, _, direction = text.partition("=")
    if direction.strip() not in DIRECTIONS:
        raise UserError(f"--goal {text}: write NAME=up or NAME=down, for instance gdp=up")
    return Goal(measure_of(name.strip()), DIRECTIONS[direction.strip()])


def read_need(text: str, opening_year: int = OPENING_YEAR) -> Need:
    """The need in ``gini<47``, with a number in the units of a year. Raises UserError, also for a recorded name."""
    from abm import UserError

    found = NEED.fullmatch(text)
    if found is not None:
        name, comparison, threshold = found.groups()
        with suppress(ValueError):
            number = float(threshold)
            if not math.isfinite(number):  # 1e999
                raise ValueError
            measure = measure_of(name, opening_year)
            _refuse_recorded(text, name, measure, comparison, number)
            return Need(measure, comparison, number)
    raise UserError(f'--need "{text}": write NAME<NUMBER or NAME>NUMBER, for instance "gini<47" or "gdp>=240"')


def _refuse_recorded(text: str, name: str, measure: Measure, comparison: str, threshold: float) -> None:
    """Refuse the name of a quarter's number where a year's has another unit, else one would be taken for the other."""
    from abm import OUTCOMES, UserError

    outcome = next((one for one in OUTCOMES if one.name == name), None)
    if name == measure.name or (outcome is None and name != MEAN_GROWTH_SHORT):
        return
    factor = 100.0 if outcome is None else outcome.display.factor * (4.0 if outcome.display.flow else 1.0)
    raise UserError(
        f'--need "{text}": numbers are those of a calendar year and no longer in the units of {name}; write '
        f'"{measure.name}{comparison}{_plainly(factor * threshold)}" ({measure.level}; {factor:g} times the number)'
    )


# Regret


def regrets(values: SweepValues, goal: Goal) -> FloatArray:
    """(worlds, policies) how far each policy is behind the best in the same world: per cent of it, or in points."""
    means = values.means(goal.name)
    best = (goal.sign * means).max(axis=1, keepdims=True)
    behind = best - goal.sign * means
    if goal.measure.relative:
        behind = behind / _level(best, means)
    return goal.measure.factor * behind + 0.0


def clearly_behind(values: SweepValues, goal: Goal) -> BoolArray:
    """(worlds, policies) whether the 90 % confidence interval of the difference from that world's best is clear."""
    each = goal.sign * values.values(goal.name)
    best = each.mean(axis=2).argmax(axis=1)
    found = np.zeros(each.shape[:2], dtype=bool)
    for world, policies in enumerate(each):
        for policy, seeds in enumerate(policies):
            gap = mean_of_pairs(policies[best[world]] - seeds)
            found[world, policy] = gap is not None and gap.clear
    return found


def regret_table(values: SweepValues, goals: Sequence[Goal]) -> pd.DataFrame:
    """A row for each goal and policy: its regrets over the worlds, in the unit of the measure's differences.

    best             share of worlds in which no policy is better
    clearly_behind   share of worlds in which the best is clearly better (90 % confidence interval, paired seeds)
    """
    import pandas as pd

    rows = []
    for goal in goals:
        found, clear = regrets(values, goal), clearly_behind(values, goal)
        for at, policy in enumerate(values.policies):
            own = found[:, at]
            often = np.quantile(own, MOST_OFTEN)
            shares = ((own == 0.0).mean(), clear[:, at].mean())
            rows.append(
                (goal.name, policy, own.mean(), np.median(own), often, own.max(), *shares, goal.measure.unit)
            )  # fmt: skip
    columns = ["goal", "policy", "mean", "median", "p90", "greatest", "best", "clearly_behind", "unit"]
    return pd.DataFrame(rows, columns=columns)


def worlds_table(values: SweepValues, goals: Sequence[Goal], needs: Sequence[Need]) -> pd.DataFrame:
    """A row for each world and policy: mean outcomes, regrets, whether it meets all needs and is on the front."""
    import pandas as pd

    count = len(values.policies)
    table = pd.DataFrame({
        "world": np.repeat(values.worlds, count), "policy": np.tile(values.policies, len(values.worlds)),
    })  # fmt: skip
    for key in values.uncertainties:
        table[key] = np.repeat(values.uncertainties[key].to_numpy(), count)
    for goal in goals:
        table[goal.name] = values.means(goal.name).ravel()
        table[f"regret_{goal.name}"] = regrets(values, goal).ravel()
    table["needs_met"] = needs_met(values, needs).all(axis=0).ravel()
    table["on_front"] = fronts(values, goals).ravel()
    return table


# Needs


def usual_needs(values: SweepValues, goals: Sequence[Goal], reference: str) -> list[Need]:
    """At least what the reference policy reaches in its median world, for every goal."""
    at = values.policies.index(reference)
    return [
        Need(goal.measure, ">=" if goal.sign > 0 else "<=", float(np.median(values.means(goal.name)[:, at])), False)
        for goal in goals
    ]


def needs_met(values: SweepValues, needs: Sequence[Need]) -> BoolArray:
    """(needs, worlds, policies) whether the mean over the seeds keeps each threshold."""
    return np.array([COMPARISONS[need.comparison](values.means(need.measure.name), need.threshold) for need in needs])


def needs_table(values: SweepValues, needs: Sequence[Need]) -> pd.DataFrame:
    """A row for each policy: the share of worlds in which it meets each need, and all of them."""
    import pandas as pd

    met = needs_met(values, needs)
    table = pd.DataFrame({"policy": values.policies})
    for need, one in zip(needs, met, strict=True):
        table[need.text] = one.mean(axis=0)
    table[ALL] = met.all(axis=0).mean(axis=0)
    return table


# The front


def on_front(scores: FloatArray) -> BoolArray:
    """(policies,) whether no other is at least as good in every goal and better in one; scores (policies, goals)."""
    as_good = (scores[:, None, :] >= scores[None, :, :]).all(axis=2)
    better = (scores[:, None, :] > scores[None, :, :]).any(axis=2)
    return np.logical_not((as_good & better).any(axis=0))


def fronts(values: SweepValues, goals: Sequence[Goal]) -> BoolArray:
    """(worlds, policies) whether a policy is on the front of its world, by means over the seeds."""
    scores = np.stack([goal.sign * values.means(goal.name) for goal in goals], axis=2)
    return np.array([on_front(world) for world in scores])


def front_table(values: SweepValues, goals: Sequence[Goal], reference: str) -> pd.DataFrame:
    """A row for each policy: what it changes against the reference on the mean of the worlds, and the front.

    on_front   whether it is on the front of the means over all worlds
    worlds     share of worlds in whose own front it is
    beaten_by  a policy that is at least as good in every goal on the mean; empty on the front
    """
    import pandas as pd

    scores = np.stack([goal.sign * values.means(goal.name).mean(axis=0) for goal in goals], axis=1)
    front = on_front(scores)
    table = pd.DataFrame({"policy": values.policies})
    for goal in goals:
        change = changes(values, goal, reference)
        table[goal.name] = values.means(goal.name).mean(axis=0)
        table[f"change_{goal.name}"] = change.mean(axis=0)
        low, high = np.quantile(change, (1 - MOST_OFTEN, MOST_OFTEN), axis=0)
        table[f"change_{goal.name}_p10"], table[f"change_{goal.name}_p90"] = low, high
    table["on_front"] = front
    table["worlds"] = fronts(values, goals).mean(axis=0)
    table["beaten_by"] = [_beaten_by(scores, at, values.policies) for at in range(len(scores))]
    return table


def changes(values: SweepValues, goal: Goal, reference: str) -> FloatArray:
    """(worlds, policies) difference from the reference in the same world, in shown units."""
    means = values.means(goal.name)
    base = means[:, [values.policies.index(reference)]]
    gap = means - base
    return goal.measure.factor * (gap / _level(base, means) if goal.measure.relative else gap) + 0.0


def _level(base: FloatArray, means: FloatArray) -> FloatArray:
    """(worlds, 1) the level that a difference is shown in per cent of; where the base is 0, the largest there is."""
    level = np.where(base != 0.0, np.abs(base), np.abs(means).max(axis=1, keepdims=True))
    return np.where(level > 0.0, level, 1.0)


def _beaten_by(scores: FloatArray, at: int, policies: Sequence[str]) -> str:
    """The policy that beats this one by most goals' worth of the range; empty where none does."""
    spread = np.ptp(scores, axis=0)
    gaps = (scores - scores[at]) / np.where(spread > 0.0, spread, math.inf)
    beats = (scores >= scores[at]).all(axis=1) & (scores > scores[at]).any(axis=1)
    return policies[int(np.where(beats, gaps.sum(axis=1), -np.inf).argmax())] if beats.any() else ""
