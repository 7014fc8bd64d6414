"""The marginal cost of funds in words: what a yuan of the income tax costs that pays for the levers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xinzhi.analysis.reading.paired import Difference, mean_of_pairs
from xinzhi.analysis.reading.text import format_number, wrapped

if TYPE_CHECKING:
    from abm import CostOfFunds
    from abm.arrays import FloatArray

__all__ = ["cost_note", "cost_of_funds_text", "cost_per_yuan"]


class Estimate(NamedTuple):
    """The shipped estimate: the mean and its interval, and the means at the lowest and the highest semi-elasticity."""

    mean: float
    low: float
    high: float
    lowest: float
    highest: float


# xinzhi effects --cost-of-funds --seeds 32
SHIPPED = Estimate(1.14, 1.10, 1.18, 1.07, 1.20)
ESTIMATED = "china"
CENTRAL = 0.2


def cost_per_yuan(lost: FloatArray, raised: FloatArray) -> Difference:
    """What is lost over what is raised, both (seeds,), with the interval of a ratio of means made linear."""
    ratio = float(lost.mean() / raised.mean())
    error = mean_of_pairs((lost - ratio * raised) / raised.mean())
    assert error is not None, "a run has no GDP"
    return Difference(ratio, ratio + error.low, ratio + error.high, error.pairs)


def cost_of_funds_text(found: CostOfFunds) -> str:
    """What ``xinzhi effects --cost-of-funds`` prints."""
    phrases = []
    for answer in found.revenue:
        gdp = cost_per_yuan(found.lost_gdp[answer], found.revenue[answer])
        spent = cost_per_yuan(found.lost_consumption[answer], found.revenue[answer])
        title = "the central " if answer == CENTRAL else ""
        phrases.append(
            f"{_words(gdp, 1.0)} at {title}{answer:g} (real GDP lost per yuan {_words(gdp, 0.0)}, consumption of "
            f"households {_words(spent, 0.0)})"
        )
    seeds = len(next(iter(found.revenue.values())))
    first = (
        f"Marginal cost of funds, 2027 to {2026 + found.years}, by the semi-elasticity of participation with respect "
        f"to the net wage: {'; '.join(phrases)}."
    )
    reading = (
        "A yuan of income tax costs the yuan and the output that is not produced since fewer take part and search; "
        "leisure counts nothing and hours are fixed. The tax of about 1 % of GDP is paid back to all adults alike; "
        "what that does by itself is taken off by runs in which nobody answers taxes. "
        f"Means over {seeds} paired seeds [90 % confidence interval]. Studies of other countries have 1.2 to 1.5."
    )
    return f"{wrapped(first, 2)}\n\n{wrapped(reading, 2)}"


def cost_note(paid_for: bool, economy: str = ESTIMATED) -> str:
    """What the ranking of the levers holds of it; the shipped estimate is that of one economy."""
    if not economy.startswith(ESTIMATED):
        command = f"xinzhi effects --cost-of-funds --economy {economy}"
        return f"The marginal cost of funds has not been estimated for this economy ({command})."
    cost = (
        f"the marginal cost of funds is {SHIPPED.mean:.2f} [{SHIPPED.low:.2f} to {SHIPPED.high:.2f}], or "
        f"{SHIPPED.lowest:.2f} to {SHIPPED.highest:.2f} over semi-elasticities of participation of 0.1 to 0.3 "
        "(xinzhi effects --cost-of-funds)"
    )
    if paid_for:
        return f"The effects contain what the income tax costs beyond its revenue: {cost}."
    return f"The effects do not contain what a tax would cost that pays for the debt later: {cost}."


def _words(one: Difference, plus: float) -> str:
    mean, low, high = (format_number(value + plus, 2) for value in (one.mean, one.low, one.high))
    return f"{mean} [{low} to {high}]" if one.pairs > 1 else mean
