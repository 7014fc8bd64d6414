"""Moments of inequality, debt, energy, the adoption of artificial intelligence, and the books."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.moments.trajectory import (
    DECADE,
    IN_2050,
    Trajectory,
    highest_of,
    lowest_of,
    mean_of,
    moment,
    value_at,
    yearly_trend,
)
from xinzhi.analysis.statistics.measures import ordinary_least_squares_slope

if TYPE_CHECKING:
    from abm.arrays import FloatArray

# Always defined, so that a quarter without a row means a value that was not a number.
COMPLETE_FROM_OPENING = (
    "real_gdp", "nominal_gdp", "consumption", "investment", "unemployment_rate", "employment", "labour_share",
    "gini_disposable_income", "co2_emissions", "electricity_use", "ai_adoption_share", "public_debt_ratio",
)  # fmt: skip
END_OF_2025 = 7  # the quarter 2025Q4
# Firms from 50 persons on have two departments or more on average that decide on AI, nearly all smaller ones have one.
FEW_DEPARTMENTS = ("micro_1_9", "small_10_49")
SEVERAL_DEPARTMENTS = ("medium_50_249", "large_250_plus")
COMPLETE_FROM_FIRST_STEP = ("sfc_residual", "gdp_identity_residual")


# Inequality


@moment("index")
def gini_opening(path: Trajectory) -> float:
    """Gini of disposable income at the opening."""
    return value_at(path["gini_disposable_income"], 0)


@moment("index")
def gini_later_lowest(path: Trajectory) -> float:
    """Lowest Gini of disposable income after the opening."""
    return lowest_of(path["gini_disposable_income"][1:])


@moment("index")
def gini_later_highest(path: Trajectory) -> float:
    """Highest Gini of disposable income after the opening."""
    return highest_of(path["gini_disposable_income"][1:])


@moment("index")
def gini_end(path: Trajectory) -> float:
    """Gini of disposable income, mean of the last three years."""
    return mean_of(path["gini_disposable_income"][-12:])


@moment("index")
def gini_wage_end(path: Trajectory) -> float:
    """Gini of wages, mean of the last three years."""
    return mean_of(path["gini_wage"][-12:])


@moment("index")
def gini_wealth_end(path: Trajectory) -> float:
    """Gini of wealth, mean of the last three years."""
    return mean_of(path["gini_wealth"][-12:])


# The move off the land


@moment("fraction of employment")
def agriculture_opening(path: Trajectory) -> float:
    """Agriculture's share of employment at the opening."""
    return value_at(path["agricultural_employment_share"], 0)


@moment("per year")
def agriculture_change(path: Trajectory) -> float:
    """Change of agriculture's share of employment a year, over the first ten years."""
    share = path["agricultural_employment_share"]
    return (value_at(share, DECADE) - value_at(share, 0)) / 10


@moment("fraction of employment")
def agriculture_2050(path: Trajectory) -> float:
    """Agriculture's share of employment in 2050Q1."""
    return value_at(path["agricultural_employment_share"], IN_2050)


@moment("ratio")
def farm_gap_opening(path: Trajectory) -> float:
    """Net earnings outside agriculture over those in it at the opening."""
    return value_at(path["farm_income_gap"], 0)


@moment("ratio")
def farm_gap_end(path: Trajectory) -> float:
    """Net earnings outside agriculture over those in it, mean of the last three years."""
    return mean_of(path["farm_income_gap"][-12:])


@moment("ratio")
def farm_gap_change(path: Trajectory) -> float:
    """The same, the last three years less the opening."""
    return farm_gap_end(path) - farm_gap_opening(path)


@moment("fraction of consumption")
def food_share_change(path: Trajectory) -> float:
    """Share of agriculture's products in consumption, mean of the last three years less the opening."""
    return mean_of(path["food_share"][-12:]) - value_at(path["food_share"], 0)


# Public debt, demand, firms


@moment("ratio to annual GDP")
def debt_ratio_end(path: Trajectory) -> float:
    """Public debt ratio, mean of the last year."""
    return mean_of(path["public_debt_ratio"][-4:])


@moment("ratio to annual GDP")
def debt_ratio_highest(path: Trajectory) -> float:
    """Highest public debt ratio of the run."""
    return highest_of(path["public_debt_ratio"])


@moment("ratio to annual GDP, per year")
def debt_ratio_drift(path: Trajectory) -> float:
    """Slope of the public debt ratio over the last ten years of a run of at least twenty."""
    if path.last < 2 * DECADE:
        return math.nan
    return 4 * ordinary_least_squares_slope(path["public_debt_ratio"][-DECADE - 1 :], np.arange(DECADE + 1.0))


@moment("fraction of GDP")
def investment_share_opening(path: Trajectory) -> float:
    """Investment over GDP, mean of the first two years after the opening."""
    return mean_of(path["investment_ratio"][1:9])


@moment("fraction of GDP")
def investment_share_end(path: Trajectory) -> float:
    """Investment over GDP, mean of the last three years."""
    return mean_of(path["investment_ratio"][-12:])


@moment("per year")
def firm_exit_rate(path: Trajectory) -> float:
    """Share of firms that leave, four times the mean over the quarters."""
    return 4 * mean_of(path["firm_exit_rate"][1:])


# Energy and emissions


@moment("per year")
def co2_per_gdp_trend(path: Trajectory) -> float:
    """Trend of CO2 emissions per unit of real GDP."""
    return yearly_trend(path["carbon_dioxide_per_gdp"])


@moment("per year")
def electricity_per_gdp_trend(path: Trajectory) -> float:
    """Trend of electricity use per unit of real GDP."""
    return yearly_trend(path["electricity_per_gdp"])


@moment("per year")
def power_sector_co2_trend(path: Trajectory) -> float:
    """Trend of the power, gas and water sector's CO2 per unit of electricity used in the economy."""
    from abm import sectors_with

    (power,) = sectors_with("energy_power")
    return yearly_trend(path.group("sectors", power, "co2_emissions") / path["electricity_use"])


@moment("ratio")
def co2_end_over_opening(path: Trajectory) -> float:
    """Mean quarterly CO2 emissions of the last year over those of the opening quarter."""
    return mean_of(path["co2_emissions"][-4:]) / value_at(path["co2_emissions"], 0)


# Adoption of artificial intelligence


@moment("fraction of firms")
def adoption_opening(path: Trajectory) -> float:
    """Share of firms that use AI at the opening."""
    return value_at(path["ai_adoption_share"], 0)


@moment("fraction of firms")
def adoption_end_2025(path: Trajectory) -> float:
    """Share of firms that use AI in 2025Q4."""
    return value_at(path["ai_adoption_share"], END_OF_2025)


@moment("fraction of GDP")
def ai_spending_2025(path: Trajectory) -> float:
    """AI services and integration that firms and programmes buy over GDP, mean of 2025."""
    return mean_of(path["ai_spending_ratio"][END_OF_2025 - 3 : END_OF_2025 + 1])


@moment("fraction of firms")
def adoption_year_5(path: Trajectory) -> float:
    """Share of firms that use AI after five years."""
    return value_at(path["ai_adoption_share"], 20)


@moment("fraction of firms")
def adoption_year_10(path: Trajectory) -> float:
    """Share of firms that use AI after ten years."""
    return value_at(path["ai_adoption_share"], 40)


@moment("fraction of firms")
def adoption_year_20(path: Trajectory) -> float:
    """Share of firms that use AI after twenty years."""
    return value_at(path["ai_adoption_share"], 80)


@moment("fraction of firms")
def adoption_2050(path: Trajectory) -> float:
    """Share of firms that use AI in 2050Q1."""
    return value_at(path["ai_adoption_share"], IN_2050)


@moment("1 if so, else 0")
def adoption_s_shape(path: Trajectory) -> float:
    """Whether the largest annual increase of the adoption share is neither the first nor the last of the run."""
    increments = np.diff(path["ai_adoption_share"][::4])
    if increments.size < 3 or not np.isfinite(increments).all():
        return math.nan
    return float(increments.max() > max(increments[0], increments[-1]))


@moment("fraction of firms")
def larger_firms_lead(path: Trajectory) -> float:
    """Adoption among firms of 50 persons and more less that among smaller ones, mean of the first ten years."""
    larger, smaller = (_adoption_among(path, names) for names in (SEVERAL_DEPARTMENTS, FEW_DEPARTMENTS))
    return mean_of((larger - smaller)[: DECADE + 1])


def _adoption_among(path: Trajectory, classes: tuple[str, ...]) -> FloatArray:
    """Adoption in size classes taken together, weighted by their firms."""
    share = [np.nan_to_num(path.group("firm_sizes", name, "firms")) for name in classes]
    adopted = [np.nan_to_num(path.group("firm_sizes", name, "ai_adoption_share")) for name in classes]
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = sum(part * used for part, used in zip(share, adopted, strict=True)) / sum(share)
    return np.asarray(pooled)


@moment("fraction of firms")
def large_firms_lead(path: Trajectory) -> float:
    """Adoption in the largest size class that has firms less adoption in the small one, mean of the first ten years."""
    small, medium, large = (path[f"ai_adoption_share_{size}"][: DECADE + 1] for size in ("small", "medium", "large"))
    return mean_of(np.where(np.isfinite(large), large, medium) - small)


@moment("fraction of GDP")
def ai_productivity_year_10(path: Trajectory) -> float:
    """Contribution of AI to total factor productivity after ten years."""
    return value_at(path["tfp_ai_contribution"], 40)


@moment("fraction of GDP")
def ai_productivity_year_20(path: Trajectory) -> float:
    """Contribution of AI to total factor productivity after twenty years."""
    return value_at(path["tfp_ai_contribution"], 80)


# The books


@moment("relative to household deposits")
def sfc_residual_largest(path: Trajectory) -> float:
    """Largest gap in the balance sheets and flows of any quarter."""
    return highest_of(path["sfc_residual"])


@moment("relative to GDP")
def gdp_identity_residual_largest(path: Trajectory) -> float:
    """Largest gap between GDP by production, expenditure and income of any quarter."""
    return highest_of(path["gdp_identity_residual"])


@moment("values")
def missing_values(path: Trajectory) -> float:
    """Quarters without a value, summed over the variables that are defined in every quarter."""
    missing = sum(int(np.isnan(path[name]).sum()) for name in COMPLETE_FROM_OPENING)
    return float(missing + sum(int(np.isnan(path[name][1:]).sum()) for name in COMPLETE_FROM_FIRST_STEP))
