"""One seed's series as arrays, and the few statistics that every moment is built from (NaN where not defined)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.panel import QuarterPanel
from xinzhi.analysis.statistics.measures import hp_filter, ordinary_least_squares_slope

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "DECADE",
    "IN_2050",
    "MOMENTS",
    "SETTLED",
    "YEAR",
    "Moment",
    "Trajectory",
    "compound_growth",
    "correlation_of",
    "deviation_of",
    "highest_of",
    "log_cycle",
    "logarithm",
    "lowest_of",
    "mean_of",
    "moment",
    "relative_deviation",
    "sums_of_years",
    "value_at",
    "yearly_trend",
]

SETTLED = 8  # quarters left out of second moments
IN_2050 = 104  # the quarter 2050Q1
YEAR = 4  # quarters
DECADE = 40  # quarters


class Trajectory:
    """One seed's series: ``path[variable]`` is (quarters + 1,), NaN where there is no value."""

    def __init__(self, panel: QuarterPanel, row: int):
        self._panel = panel
        self._row = row
        self.last = panel.last

    def __getitem__(self, variable: str) -> FloatArray:
        return self._panel.values(variable)[self._row]

    def group(self, table: str, group: str, variable: str) -> FloatArray:
        """One group's series, all NaN if it has none."""
        groups = self._panel.group_values(table, variable)
        return groups[group][self._row] if group in groups else np.full(self.last + 1, np.nan)


@dataclass(frozen=True)
class Moment:
    """A number for each seed: its name, its unit, what it is, and how it is computed (NaN: not defined)."""

    name: str
    unit: str
    definition: str
    compute: Callable[[Trajectory], float]


MOMENTS: dict[str, Moment] = {}


def moment(unit: str) -> Callable[[Callable[[Trajectory], float]], Callable[[Trajectory], float]]:
    """Enter a function into MOMENTS under its own name, with its docstring as the definition."""

    def enter(function: Callable[[Trajectory], float]) -> Callable[[Trajectory], float]:
        definition = " ".join((function.__doc__ or "").split())
        MOMENTS[function.__name__] = Moment(function.__name__, unit, definition, function)
        return function

    return enter


def value_at(series: FloatArray, quarter: int) -> float:
    """The value in a quarter; NaN outside the series."""
    return float(series[quarter]) if 0 <= quarter < series.size else math.nan


def compound_growth(series: FloatArray, first: int, last: int) -> float:
    """Growth a year between two quarters; NaN where a value is missing or not positive."""
    before, after = value_at(series, first), value_at(series, last)
    return (after / before) ** (4 / (last - first)) - 1 if before > 0 and after > 0 and last > first else math.nan


def logarithm(series: FloatArray) -> FloatArray:
    """Natural logarithm; NaN where a value is not positive."""
    return np.log(np.where(series > 0, series, np.nan))


def yearly_trend(series: FloatArray) -> float:
    """Growth a year of the fitted log-linear trend."""
    return math.expm1(4 * ordinary_least_squares_slope(logarithm(series), np.arange(series.size, dtype=float)))


def log_cycle(series: FloatArray) -> FloatArray:
    """Hodrick-Prescott cycle of the logarithm after two years; empty when a value is missing."""
    logarithms = logarithm(series[SETTLED:])
    return hp_filter(logarithms)[1] if np.isfinite(logarithms).all() else np.empty(0)


def sums_of_years(series: FloatArray) -> FloatArray:
    """Sums of four successive quarters; none where there are fewer."""
    return np.convolve(series, np.ones(YEAR), "valid") if series.size >= YEAR else np.empty(0)


def relative_deviation(path: Trajectory, variable: str) -> float:
    """Standard deviation of a variable's log cycle over that of real GDP."""
    whole, part = deviation_of(log_cycle(path["real_gdp"])), deviation_of(log_cycle(path[variable]))
    return part / whole if whole > 0 else math.nan


def correlation_of(one: FloatArray, other: FloatArray) -> float:
    """Correlation over the places where both are finite; NaN with fewer than three or without variation."""
    together = np.isfinite(one) & np.isfinite(other)
    if together.sum() < 3 or np.ptp(one[together]) == 0 or np.ptp(other[together]) == 0:
        return math.nan
    return float(np.corrcoef(one[together], other[together])[0, 1])


def defined(series: FloatArray) -> FloatArray:
    """The finite values."""
    return series[np.isfinite(series)]


def mean_of(series: FloatArray) -> float:
    """Mean of the finite values."""
    return float(defined(series).mean()) if defined(series).size else math.nan


def deviation_of(series: FloatArray) -> float:
    """Standard deviation of the finite values; NaN with fewer than three."""
    return float(defined(series).std(ddof=1)) if defined(series).size > 2 else math.nan


def lowest_of(series: FloatArray) -> float:
    """Smallest finite value."""
    return float(defined(series).min()) if defined(series).size else math.nan


def highest_of(series: FloatArray) -> float:
    """Largest finite value."""
    return float(defined(series).max()) if defined(series).size else math.nan
