"""Measures of inequality, the Hodrick-Prescott filter and two small statistics, written out with numpy alone.

Libraries for these are large or, where wealth can be negative, wrong: the ordinary Gini divides by a mean that may be
near zero. The tests hold every function against closed forms, and against libraries where these are installed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "gini",
    "hp_filter",
    "lorenz_curve",
    "ordinary_least_squares_slope",
    "palma_ratio",
    "student_t_quantile",
    "theil_index",
    "top_share",
]


def gini(values: FloatArray) -> float:
    """Gini coefficient of ``values`` (persons,), between 0 and 1, also where some of them are negative.

    The mean absolute difference over twice the mean *absolute* value: the normalised form of Raffinetti, Siletti and
    Vernizzi (2015), which is the ordinary Gini when nothing is negative and never leaves 0..1. Not a number when all
    values are zero. Raises ValueError for an empty array or one that is not finite.
    """
    ordered = np.sort(_checked(values))
    size = float(np.abs(ordered).sum())
    if size == 0.0:
        return math.nan
    count = ordered.size
    # The sum of all absolute differences, from the ranks: every value is added rank - 1 times and taken away n - rank.
    weights = 2.0 * np.arange(1, count + 1) - count - 1
    return float(weights @ ordered) / (count * size)


def lorenz_curve(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lorenz curve: the shares of persons and of the total they hold, both (persons + 1,) and from 0 to 1.

    Raises ValueError for an empty array, one that is not finite, or a total that is not positive.
    """
    ordered = np.sort(_checked(values))
    total = float(ordered.sum())
    if total <= 0.0:
        raise ValueError("a Lorenz curve needs a positive total")
    persons = np.arange(ordered.size + 1) / ordered.size
    held = np.concatenate(([0.0], np.cumsum(ordered))) / total
    return persons, held


def top_share(values: FloatArray, fraction: float = 0.1) -> float:
    """Share of the total held by the richest ``fraction`` of persons, interpolated on the Lorenz curve."""
    if not 0.0 < fraction <= 1.0:
        raise ValueError("the fraction lies above 0 and at most at 1")
    persons, held = lorenz_curve(values)
    return float(1.0 - np.interp(1.0 - fraction, persons, held))


def palma_ratio(values: FloatArray) -> float:
    """Income of the richest tenth over that of the poorest four tenths; not a number if the latter have nothing."""
    persons, held = lorenz_curve(values)
    poorest = float(np.interp(0.4, persons, held))
    richest = 1.0 - float(np.interp(0.9, persons, held))
    return richest / poorest if poorest > 0.0 else math.nan


def theil_index(values: FloatArray) -> float:
    """Theil's T: the mean of (x / mean) ln(x / mean), where a zero counts as zero; 0 to ln(persons).

    Raises ValueError for an empty array, one that is not finite, a negative value, or a total of zero.
    """
    checked = _checked(values)
    if checked.min() < 0.0 or checked.sum() <= 0.0:
        raise ValueError("Theil's index needs values that are not negative and a positive total")
    relative = checked / checked.mean()
    positive = relative[relative > 0.0]
    return float((positive * np.log(positive)).sum() / checked.size)


def hp_filter(values: FloatArray, smoothing: float = 1600.0) -> tuple[FloatArray, FloatArray]:
    """Hodrick-Prescott trend and cycle of ``values`` (time,) or (time, series); 1600 suits quarters.

    The trend solves (I + smoothing D'D) trend = values with D the second difference. Raises ValueError for values that
    are not finite.
    """
    series = np.asarray(values, dtype=float)
    if not np.isfinite(series).all():
        raise ValueError("the Hodrick-Prescott filter needs finite values")
    length = series.shape[0]
    second_difference = np.diff(np.eye(length), n=2, axis=0)
    trend = np.linalg.solve(np.eye(length) + smoothing * second_difference.T @ second_difference, series)
    return trend, series - trend


def ordinary_least_squares_slope(explained: FloatArray, explaining: FloatArray) -> float:
    """Slope of ``explained`` on ``explaining`` (both (observations,)) with a constant.

    Not a number with fewer than three pairs without gaps, or when the explaining variable does not move.
    """
    together = np.isfinite(explained) & np.isfinite(explaining)
    if together.sum() < 3:
        return math.nan
    horizontal = explaining[together] - explaining[together].mean()
    spread = float(horizontal @ horizontal)
    return float(horizontal @ explained[together]) / spread if spread > 0.0 else math.nan


def student_t_quantile(probability: float, degrees: int) -> float:
    """Quantile of Student's t for a whole number of degrees of freedom, by bisection of the exact finite series.

    The series for the probability within ±t is Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
    """
    if not 0.0 < probability < 1.0 or degrees < 1:
        raise ValueError("the probability lies between 0 and 1 and there is at least one degree of freedom")
    inside = abs(2.0 * probability - 1.0)
    angle = _bisect(lambda at: _t_probability_within(at, degrees) - inside, 0.0, math.pi / 2)
    return math.copysign(math.tan(angle) * math.sqrt(degrees), probability - 0.5)


def _t_probability_within(angle: float, degrees: int) -> float:
    """Probability that |t| <= sqrt(degrees) tan(angle)."""
    cosine, sine = math.cos(angle), math.sin(angle)
    if degrees % 2:
        term, start = cosine, 3
    else:
        term, start = 1.0, 2
    total = 0.0 if degrees == 1 else term
    for index in range(start, degrees - 1, 2):
        term *= cosine**2 * (index - 1) / index
        total += term
    return (angle + sine * total) * 2.0 / math.pi if degrees % 2 else sine * total


def _bisect(function: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(200):
        middle = 0.5 * (low + high)
        if function(middle) < 0.0:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _checked(values: FloatArray) -> FloatArray:
    checked = np.asarray(values, dtype=float).ravel()
    if checked.size == 0 or not np.isfinite(checked).all():
        raise ValueError("a measure of inequality needs at least one value, all of them finite")
    return checked
