"""Moments of growth, prices, the business cycle and work."""

from __future__ import annotations

import math

import numpy as np

from xinzhi.analysis.moments.trajectory import (
    DECADE,
    SETTLED,
    Trajectory,
    compound_growth,
    correlation_of,
    deviation_of,
    highest_of,
    log_cycle,
    logarithm,
    lowest_of,
    mean_of,
    moment,
    relative_deviation,
    value_at,
)
from xinzhi.analysis.statistics.measures import ordinary_least_squares_slope

# Growth and prices


@moment("per year")
def growth_first_five_years(path: Trajectory) -> float:
    """Real GDP from quarter 0 to quarter 20, compound rate."""
    return compound_growth(path["real_gdp"], 0, 20)


@moment("per year")
def growth_years_10_to_20(path: Trajectory) -> float:
    """Real GDP from quarter 40 to quarter 80, compound rate."""
    return compound_growth(path["real_gdp"], 40, 80)


@moment("per year")
def growth_last_ten_years(path: Trajectory) -> float:
    """Real GDP over the last 40 quarters of a run of at least 80, compound rate."""
    return compound_growth(path["real_gdp"], path.last - DECADE, path.last) if path.last >= 2 * DECADE else math.nan


@moment("per year")
def growth_change(path: Trajectory) -> float:
    """Growth in the last ten years less growth in the first five."""
    return growth_last_ten_years(path) - growth_first_five_years(path)


@moment("per year")
def inflation_mean(path: Trajectory) -> float:
    """Annual inflation of consumer prices, mean over the quarters after the opening."""
    return mean_of(path["inflation_annual"][1:])


@moment("per year")
def inflation_deviation(path: Trajectory) -> float:
    """Standard deviation of annual inflation after two years."""
    return deviation_of(path["inflation_annual"][SETTLED:])


@moment("per year")
def real_wage_growth(path: Trajectory) -> float:
    """Mean real wage from the opening to the end, compound rate."""
    return compound_growth(path["real_wage_mean"], 0, path.last)


# The business cycle


@moment("per quarter")
def growth_deviation(path: Trajectory) -> float:
    """Standard deviation of the quarterly change of log real GDP after two years."""
    return deviation_of(np.diff(logarithm(path["real_gdp"][SETTLED:])))


@moment("correlation")
def growth_autocorrelation(path: Trajectory) -> float:
    """First autocorrelation of the quarterly change of log real GDP after two years."""
    growth = np.diff(logarithm(path["real_gdp"][SETTLED:]))
    return correlation_of(growth[1:], growth[:-1])


@moment("logarithm")
def cycle_deviation(path: Trajectory) -> float:
    """Standard deviation of the Hodrick-Prescott cycle of log real GDP."""
    return deviation_of(log_cycle(path["real_gdp"]))


@moment("correlation")
def cycle_autocorrelation(path: Trajectory) -> float:
    """First autocorrelation of the Hodrick-Prescott cycle of log real GDP."""
    cycle = log_cycle(path["real_gdp"])
    return correlation_of(cycle[1:], cycle[:-1])


@moment("ratio")
def investment_relative_deviation(path: Trajectory) -> float:
    """Deviation of the cycle of investment, deflated by the GDP deflator, over that of real GDP."""
    return relative_deviation(path, "deflated_investment")


@moment("ratio")
def consumption_relative_deviation(path: Trajectory) -> float:
    """Deviation of the cycle of consumption, deflated by the GDP deflator, over that of real GDP."""
    return relative_deviation(path, "deflated_consumption")


@moment("slope")
def okun_slope(path: Trajectory) -> float:
    """Four-quarter change of the unemployment rate on the four-quarter change of log real GDP, after two years."""
    unemployment, output = path["unemployment_rate"][SETTLED:], logarithm(path["real_gdp"][SETTLED:])
    return ordinary_least_squares_slope(unemployment[4:] - unemployment[:-4], output[4:] - output[:-4])


@moment("slope")
def beveridge_slope(path: Trajectory) -> float:
    """Vacancy rate on unemployment rate, after two years."""
    return ordinary_least_squares_slope(path["vacancy_rate"][SETTLED:], path["unemployment_rate"][SETTLED:])


@moment("correlation")
def beveridge_correlation(path: Trajectory) -> float:
    """Correlation of the vacancy rate with the unemployment rate, after two years."""
    return correlation_of(path["vacancy_rate"][SETTLED:], path["unemployment_rate"][SETTLED:])


@moment("correlation")
def phillips_correlation(path: Trajectory) -> float:
    """Correlation of annual inflation with the unemployment rate, after two years."""
    return correlation_of(path["inflation_annual"][SETTLED:], path["unemployment_rate"][SETTLED:])


# Work


@moment("fraction")
def unemployment_mean(path: Trajectory) -> float:
    """Unemployment rate, mean over all quarters."""
    return mean_of(path["unemployment_rate"])


@moment("fraction")
def unemployment_lowest(path: Trajectory) -> float:
    """Lowest unemployment rate of the run."""
    return lowest_of(path["unemployment_rate"])


@moment("fraction")
def unemployment_highest(path: Trajectory) -> float:
    """Highest unemployment rate of the run."""
    return highest_of(path["unemployment_rate"])


@moment("fraction")
def labour_share_opening(path: Trajectory) -> float:
    """Labour share at the opening."""
    return value_at(path["labour_share"], 0)


@moment("fraction")
def labour_share_end(path: Trajectory) -> float:
    """Labour share, mean of the last year."""
    return mean_of(path["labour_share"][-4:])


@moment("fraction")
def labour_share_lowest(path: Trajectory) -> float:
    """Lowest labour share of the run."""
    return lowest_of(path["labour_share"])


@moment("fraction")
def labour_share_highest(path: Trajectory) -> float:
    """Highest labour share of the run."""
    return highest_of(path["labour_share"])
