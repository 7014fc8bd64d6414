"""Moments of prices and the cycle that Chinese records of 2000 to 2019 give, measured as those records were.

Cycles are Hodrick-Prescott cycles with 1600; growth is over four quarters; the first two years are left out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.moments.trajectory import (
    SETTLED,
    YEAR,
    Trajectory,
    correlation_of,
    defined,
    deviation_of,
    log_cycle,
    logarithm,
    mean_of,
    moment,
    relative_deviation,
    sums_of_years,
)
from xinzhi.analysis.statistics.measures import hp_filter

if TYPE_CHECKING:
    from abm.arrays import FloatArray


# Prices and the policy rate


@moment("per quarter")
def inflation_quarterly_deviation(path: Trajectory) -> float:
    """Standard deviation of the quarterly change of log consumer prices after two years."""
    return deviation_of(_quarterly_inflation(path))


@moment("correlation")
def inflation_quarterly_autocorrelation(path: Trajectory) -> float:
    """First autocorrelation of the quarterly change of log consumer prices after two years."""
    inflation = _quarterly_inflation(path)
    return correlation_of(inflation[1:], inflation[:-1])


@moment("fraction of quarters")
def falling_prices(path: Trajectory) -> float:
    """Quarters after two years in which consumer prices are below those of a year before."""
    return mean_of(_share_below_zero(path["inflation_annual"][SETTLED:]))


@moment("correlation")
def inflation_after_output(path: Trajectory) -> float:
    """Correlation of the price level's cycle two quarters later with the cycle of real GDP, less that two earlier."""
    prices = log_cycle(path["consumer_price"])
    return with_the_cycle(path, prices, 2) - with_the_cycle(path, prices, -2)


@moment("per year")
def policy_rate_deviation(path: Trajectory) -> float:
    """Standard deviation of the policy rate after two years."""
    return deviation_of(path["policy_rate"][SETTLED:])


@moment("correlation")
def policy_rate_cycle(path: Trajectory) -> float:
    """Correlation of the policy rate one quarter later with the cycle of real GDP."""
    return with_the_cycle(path, path["policy_rate"][SETTLED:], 1)


# Output


@moment("correlation")
def yearly_growth_autocorrelation(path: Trajectory) -> float:
    """First autocorrelation of the four-quarter change of log real GDP after two years."""
    growth = _yearly_growth(path["real_gdp"])
    return correlation_of(growth[1:], growth[:-1])


@moment("excess kurtosis")
def growth_kurtosis(path: Trajectory) -> float:
    """Excess kurtosis of the quarterly change of log real GDP after two years."""
    growth = defined(np.diff(logarithm(path["real_gdp"][SETTLED:])))
    if growth.size < YEAR or np.ptp(growth) == 0:
        return math.nan
    distance = growth - growth.mean()
    return float((distance**4).mean() / (distance**2).mean() ** 2 - 3)


@moment("fraction of quarters")
def falling_quarters(path: Trajectory) -> float:
    """Quarters after two years in which real GDP is below that of the quarter before."""
    return mean_of(_share_below_zero(np.diff(logarithm(path["real_gdp"][SETTLED:]))))


# Uses of output


@moment("correlation")
def consumption_cycle(path: Trajectory) -> float:
    """Correlation of the cycles of real consumption and real GDP."""
    return _cycles_together(path, "real_consumption")


@moment("correlation")
def consumption_growth_cycle(path: Trajectory) -> float:
    """Correlation of the four-quarter growth of real consumption and real GDP after two years."""
    return _growth_together(path, "real_consumption")


@moment("ratio")
def consumption_growth_relative_deviation(path: Trajectory) -> float:
    """Deviation of the four-quarter growth of real consumption over that of real GDP after two years."""
    return _growth_relative_deviation(path, "real_consumption")


@moment("correlation")
def investment_growth_cycle(path: Trajectory) -> float:
    """Correlation of the four-quarter growth of investment, deflated by the GDP deflator, and real GDP."""
    return _growth_together(path, "deflated_investment")


@moment("ratio")
def investment_growth_relative_deviation(path: Trajectory) -> float:
    """Deviation of the four-quarter growth of investment, deflated by the GDP deflator, over that of real GDP."""
    return _growth_relative_deviation(path, "deflated_investment")


@moment("ratio")
def exports_relative_deviation(path: Trajectory) -> float:
    """Deviation of the cycle of exports, deflated by the GDP deflator, over that of real GDP."""
    return relative_deviation(path, "deflated_exports")


@moment("correlation")
def exports_cycle(path: Trajectory) -> float:
    """Correlation of the cycles of exports, deflated by the GDP deflator, and real GDP."""
    return _cycles_together(path, "deflated_exports")


@moment("correlation")
def imports_cycle(path: Trajectory) -> float:
    """Correlation of the cycles of imports, deflated by the GDP deflator, and real GDP."""
    return _cycles_together(path, "deflated_imports")


@moment("correlation")
def net_exports_cycle(path: Trajectory) -> float:
    """Correlation of exports less imports over GDP, mean of four quarters, with the cycle of real GDP."""
    ratio = (path["exports"] - path["imports"]) / path["nominal_gdp"]
    return with_the_cycle(path, sums_of_years(ratio)[SETTLED - YEAR + 1 :] / YEAR)


@moment("correlation")
def government_cycle(path: Trajectory) -> float:
    """Correlation of the cycles of public consumption, deflated by the GDP deflator, and real GDP."""
    return _cycles_together(path, "deflated_government_consumption")


@moment("correlation")
def electricity_cycle(path: Trajectory) -> float:
    """Correlation of the cycles of electricity use and real GDP."""
    return _cycles_together(path, "electricity_use")


# Work and firms


@moment("correlation")
def employment_cycle(path: Trajectory) -> float:
    """Correlation of the cycle of employment one quarter later with that of real GDP."""
    return with_the_cycle(path, log_cycle(path["employment"]), 1)


@moment("correlation")
def productivity_cycle(path: Trajectory) -> float:
    """Correlation of the cycles of labour productivity and real GDP."""
    return _cycles_together(path, "labour_productivity")


@moment("fraction")
def unemployment_deviation(path: Trajectory) -> float:
    """Standard deviation of the unemployment rate after two years."""
    return deviation_of(path["unemployment_rate"][SETTLED:])


@moment("correlation")
def unemployment_cycle(path: Trajectory) -> float:
    """Correlation of the cycles of the unemployment rate and of real GDP."""
    rate = path["unemployment_rate"][SETTLED:]
    return with_the_cycle(path, hp_filter(rate)[1]) if np.isfinite(rate).all() else math.nan


@moment("fraction of jobs")
def vacancy_rate_mean(path: Trajectory) -> float:
    """Vacancy rate, mean over all quarters."""
    return mean_of(path["vacancy_rate"])


@moment("correlation")
def exits_cycle(path: Trajectory) -> float:
    """Correlation of the share of firms that leave with the cycle of real GDP."""
    return with_the_cycle(path, path["firm_exit_rate"][SETTLED:])


def with_the_cycle(path: Trajectory, series: FloatArray, later: int = 0) -> float:
    """Correlation of a series after two years, some quarters later, with the cycle of real GDP; NaN where one lacks."""
    return shifted_correlation(log_cycle(path["real_gdp"]), series, later)


def shifted_correlation(cycle: FloatArray, series: FloatArray, later: int = 0) -> float:
    """Correlation of a cycle with a series of the same length some quarters later."""
    if cycle.size != series.size or cycle.size <= abs(later):
        return math.nan
    end = cycle.size - abs(later)
    return correlation_of(cycle[max(-later, 0) :][:end], series[max(later, 0) :][:end])


def _quarterly_inflation(path: Trajectory) -> FloatArray:
    return np.diff(logarithm(path["consumer_price"][SETTLED:]))


def _yearly_growth(series: FloatArray) -> FloatArray:
    """Four-quarter change of the logarithm after two years."""
    level = logarithm(series[SETTLED:])
    return level[YEAR:] - level[:-YEAR]


def _cycles_together(path: Trajectory, variable: str) -> float:
    return with_the_cycle(path, log_cycle(path[variable]))


def _growth_together(path: Trajectory, variable: str) -> float:
    return correlation_of(_yearly_growth(path["real_gdp"]), _yearly_growth(path[variable]))


def _growth_relative_deviation(path: Trajectory, variable: str) -> float:
    whole, part = (deviation_of(_yearly_growth(path[name])) for name in ("real_gdp", variable))
    return part / whole if whole > 0 else math.nan


def _share_below_zero(series: FloatArray) -> FloatArray:
    """1 where a value is below zero, 0 where it is not, NaN where there is none."""
    return np.where(np.isfinite(series), (series < 0).astype(float), np.nan)
