"""The strength at which a lever costs a given budget: a search that needs few runs, on any function of cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

__all__ = ["LARGEST_BUDGET", "MOST_TRIALS", "TOLERANCE", "StrengthSearch", "parse_budget"]

TOLERANCE = 0.05  # of the budget
MOST_TRIALS = 8
LARGEST_BUDGET = 0.05  # of GDP a year; no lever is meant for more
NEAREST_TO_AN_END = 0.05  # of the bracket: what is tried lies at least so far inside
DIGITS = 4  # of the distance from the neutral strength, so that a strength found can be written into a scenario
SUM_DIGITS = 12  # 1.2531 and not 1.2530999999999999
FLATTEST = 0.2  # power of cost in strength below which the next trial is the bound


def parse_budget(text: str) -> float:
    """The fraction of GDP a year that ``0.5%gdp``, ``0.5%`` or ``0.005`` means. Raises UserError."""
    from abm.errors import UserError

    words = "".join(text.lower().split()).removesuffix("gdp").removesuffix("of")
    try:
        budget = float(words.removesuffix("%")) / (100.0 if words.endswith("%") else 1.0)
    except ValueError:
        raise UserError(f"--budget {text}: give a share of GDP a year, such as 0.5%gdp or 0.005") from None
    if not 0.0 < budget <= LARGEST_BUDGET:
        limits = f"it should be above 0 and at most {LARGEST_BUDGET:.0%} of GDP a year"
        raise UserError(f"--budget {text}: {limits}; half a per cent is written 0.5%gdp or 0.005")
    return budget


@dataclass
class StrengthSearch:
    """Sought is the strength between ``neutral``, which costs nothing, and ``bound`` whose cost is the budget.

    ``strength`` is what has to be tried next; ``learn`` takes its cost. The next one lies where a power of the distance
    from the neutral strength, drawn through the two nearest trials, meets the budget: payments grow like such powers,
    since a higher rate is also used by more. The search ends within TOLERANCE of the budget, at the bound if that costs
    less, or after MOST_TRIALS.
    """

    neutral: float
    bound: float
    budget: float
    strength: float
    trials: list[tuple[float, float]] = field(default_factory=list)

    def learn(self, cost: float) -> None:
        """``cost`` is what ``strength`` costs, in the unit of the budget."""
        self.trials.append((self.strength, cost))
        if not self.ended:
            self.strength = self._next()

    @property
    def best(self) -> tuple[float, float]:
        """The strength tried whose cost is nearest to the budget, and that cost."""
        return min(self.trials, key=lambda trial: abs(trial[1] - self.budget))

    @property
    def met(self) -> bool:
        """Whether a trial costs the budget within TOLERANCE."""
        return bool(self.trials) and abs(self.best[1] / self.budget - 1.0) <= TOLERANCE

    @property
    def at_bound(self) -> bool:
        """Whether even the bound costs less than the budget."""
        return bool(self.trials) and not self.met and self.trials[-1][0] == self.bound and not self._above()

    @property
    def ended(self) -> bool:
        """Whether nothing is left to try."""
        return self.met or self.at_bound or len(self.trials) >= MOST_TRIALS

    def _above(self) -> list[tuple[float, float]]:
        """(distance from neutral, cost) of the trials that cost more than the budget, the nearest first."""
        return sorted(
            (abs(strength - self.neutral), cost) for strength, cost in self.trials if cost > self.budget
        )  # fmt: skip

    def _next(self) -> float:
        reach = abs(self.bound - self.neutral)
        above = self._above()
        nearest = above[0][0] if above else math.inf
        below = sorted(
            (abs(strength - self.neutral), cost) for strength, cost in self.trials
            if cost <= self.budget and abs(strength - self.neutral) < nearest
        )  # fmt: skip
        if above:
            distance = _inside(below[-1] if below else (0.0, 0.0), above[0], self.budget)
        else:
            distance = _beyond(below, self.budget, reach)
        distance = float(f"{distance:.{DIGITS}g}")
        if distance >= reach:
            return self.bound
        strength = self.neutral + math.copysign(distance, self.bound - self.neutral)
        return float(f"{strength:.{SUM_DIGITS}g}")


def _inside(low: tuple[float, float], high: tuple[float, float], budget: float) -> float:
    """The distance between two trials at which their power law, or the line from nothing, meets the budget."""
    width = high[0] - low[0]
    if low[1] > 0.0:
        power = math.log(high[1] / low[1]) / math.log(high[0] / low[0])
        distance = low[0] * (budget / low[1]) ** (1.0 / power)
    elif low[0] == 0.0:
        distance = high[0] * budget / high[1]
    else:
        distance = low[0] + 0.5 * width
    return min(max(distance, low[0] + NEAREST_TO_AN_END * width), high[0] - NEAREST_TO_AN_END * width)


def _beyond(below: list[tuple[float, float]], budget: float, reach: float) -> float:
    """The distance at which trials that all cost too little would meet the budget if they went on as they do."""
    last, cost = below[-1]
    if cost <= 0.0:
        return reach
    if len(below) == 1 or below[-2][1] <= 0.0:
        return last * budget / cost
    power = math.log(cost / below[-2][1]) / math.log(last / below[-2][0])
    return reach if power < FLATTEST else last * (budget / cost) ** (1.0 / power)
