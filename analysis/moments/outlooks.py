"""Moments of agriculture, electricity and emissions that plans and outlooks are about."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.moments.trajectory import YEAR, Trajectory, moment, sums_of_years, value_at

if TYPE_CHECKING:
    from abm.arrays import FloatArray

TWH_IN_PWH = 1000
IN_2035, IN_2049 = 44, 100  # the quarters 2035Q1 and 2049Q1


@moment("per year")
def agriculture_change_early(path: Trajectory) -> float:
    """Change of agriculture's share of employment a year, over the first five years."""
    share = path["agricultural_employment_share"]
    return (value_at(share, 20) - value_at(share, 0)) / 5


@moment("PWh")
def electricity_2049(path: Trajectory) -> float:
    """Electricity used in the four quarters of 2049."""
    return _sum_of_year(path["electricity_use"], IN_2049) / TWH_IN_PWH


@moment("years")
def co2_peak_years(path: Trajectory) -> float:
    """Years from the opening to the last of the four successive quarters with the largest CO2 emissions."""
    emissions = path["co2_emissions"]
    if emissions.size <= YEAR or not np.isfinite(emissions).all():
        return math.nan
    return float(np.argmax(sums_of_years(emissions)) + YEAR - 1) / YEAR


@moment("fraction")
def co2_2035_over_peak(path: Trajectory) -> float:
    """CO2 emissions of 2035 over the largest four successive quarters up to then, less one."""
    before = path["co2_emissions"][: IN_2035 + YEAR]
    return _sum_of_year(before, IN_2035) / sums_of_years(before).max() - 1 if before.size > IN_2035 else math.nan


@moment("fraction")
def co2_2049_over_opening(path: Trajectory) -> float:
    """CO2 emissions of 2049 over those of 2024, less one."""
    emissions = path["co2_emissions"]
    return _sum_of_year(emissions, IN_2049) / _sum_of_year(emissions, 0) - 1


def _sum_of_year(series: FloatArray, first: int) -> float:
    """Sum of the four quarters from ``first`` on; NaN where the series does not hold them."""
    return float(series[first : first + YEAR].sum()) if series.size >= first + YEAR else math.nan
