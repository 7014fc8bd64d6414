"""What is measured of every lever: its effects in the order of what a policy is judged by, and what a yuan brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.reading.paired import Difference
from xinzhi.analysis.reading.present_value import present_values, rate_words, ratio_of_means

if TYPE_CHECKING:
    from xinzhi.analysis.reading.paired import Pair

__all__ = [
    "CRITERION", "EFFECTS", "GAINS", "LEAST_COST", "TOO_HIGH", "Effect", "Gain", "gains_per_yuan", "per_yuan_words",
]  # fmt: skip

LEAST_COST = 1e-6  # of GDP: less brings no meaningful ratio
PER_CENT, POINTS = "per cent", "percentage points"
TOO_HIGH = (
    "returns may be too high, since the cost of using AI is hardly identified by data and a gain that lasts counts in "
    "every year"
)


class Effect(NamedTuple):
    """One measured effect: its recorded outcome, words, unit, whether it is relative, and the factor to the unit."""

    recorded: str
    title: str
    unit: str
    relative: bool
    factor: float


# By the name of the outcome's years: those that a policy is judged by, then the sizes of firms.
EFFECTS = {
    "real_gdp_per_year": Effect("real_gdp", "real GDP", PER_CENT, True, 100.0),
    "real_consumption_per_year": Effect("real_consumption", "real household consumption", PER_CENT, True, 100.0),
    "real_ndp_per_year": Effect("real_ndp", "real net domestic product", PER_CENT, True, 100.0),
    "unemployment_rate_per_cent": Effect("unemployment_rate", "unemployment", POINTS, False, 100.0),
    "employment": Effect("employment", "employment", "million people", False, 1.0),
    "hours_worked_per_year": Effect("hours_worked", "hours worked", PER_CENT, True, 100.0),
    "trainees": Effect("trainees", "people in retraining", "million people", False, 1.0),
    "real_wage_mean_per_year": Effect("real_wage_mean", "mean real wage", PER_CENT, True, 100.0),
    "gini_disposable_income_of_100": Effect(
        "gini_disposable_income", "Gini of disposable income", "Gini points", False, 100.0
    ),
    "co2_emissions_per_year": Effect("co2_emissions", "CO2 emissions", PER_CENT, True, 100.0),
    "public_debt_ratio_per_cent": Effect("public_debt_ratio", "public debt", "percentage points of GDP", False, 100.0),
    "ai_adoption_share_per_cent": Effect("ai_adoption_share", "firms that use AI", POINTS, False, 100.0),
    "labour_share_per_cent": Effect("labour_share", "labour share", POINTS, False, 100.0),
    "electricity_use_per_year": Effect("electricity_use", "electricity use", PER_CENT, True, 100.0),
    "ai_adoption_share_small_per_cent": Effect(
        "ai_adoption_share_small", "small firms (10-49) that use AI", POINTS, False, 100.0
    ),
    "ai_adoption_share_medium_per_cent": Effect(
        "ai_adoption_share_medium", "medium firms (50-249) that use AI", POINTS, False, 100.0
    ),
    "ai_adoption_share_large_per_cent": Effect(
        "ai_adoption_share_large", "large firms (250+) that use AI", POINTS, False, 100.0
    ),
}


class Gain(NamedTuple):
    """What is gained per yuan: the outcome, its short name, and the first of the columns of a table that hold it."""

    recorded: str
    title: str
    column: str

    @property
    def columns(self) -> list[str]:
        """The mean and the ends of its interval."""
        return [self.column, f"{self.column}_low", f"{self.column}_high"]


CRITERION = Gain("real_consumption", "household consumption", "consumption_per_yuan")  # that ranks the levers
GAINS = (
    CRITERION,
    Gain("real_ndp", "net domestic product", "ndp_per_yuan"),
    Gain("real_gdp", "GDP", "gdp_per_yuan"),
)


def per_yuan_words(rate: float) -> str:
    """How a gain per yuan is made."""
    return (
        "gain divided by the cost of the lever, both at constant prices, summed over these years and "
        f"{rate_words(rate)}"
    )


def gains_per_yuan(pair: Pair, first: int, last: int, rate: float) -> tuple[float, list[Difference]]:
    """Mean cost over GDP in the columns from ``first`` to ``last``, and what a yuan of it brings of each of GAINS.

    Costs are at the prices of GDP, and all is discounted to the first year. NaN where a lever costs nothing.
    """
    span = slice(first, last + 1)
    share = pair.subject.values("policy_cost_ratio")[:, span]
    mean = float(share.mean()) if share.size else 0.0
    gained = [present_values(pair.gaps(gain.recorded)[:, span], rate) for gain in GAINS]
    if mean <= LEAST_COST:
        return mean, [Difference(np.nan, np.nan, np.nan, len(values)) for values in gained]
    spent = present_values(share * pair.subject.values("real_gdp")[:, span], rate)
    return mean, [ratio_of_means(values, spent) for values in gained]
