"""Scores of forecasts: accuracy, coverage, width, and a test of equal accuracy.

The continuous ranked probability score (CRPS) is in the unit of the series and falls with accuracy; of a forecast
without spread it is the absolute error (Gneiting and Raftery 2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, exp, pi, sqrt
from typing import TYPE_CHECKING

import numpy as np

from abm import UserError

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "LEAST_ERRORS", "LEVELS", "DieboldMariano", "crps", "crps_normal", "diebold_mariano", "inside", "interval",
    "root_mean_square", "width",
]  # fmt: skip

LEVELS = (0.5, 0.8, 0.9)  # of the intervals whose coverage and width are reported
LEAST_ERRORS = 20  # of a Diebold-Mariano test


@dataclass(frozen=True)
class DieboldMariano:
    """Statistic of the test, positive where the second forecast is better, its two-sided probability, or a reason.

    ``statistic`` and ``probability`` are None where the test is not made; ``words`` then says why.
    """

    statistic: float | None
    probability: float | None
    words: str


def root_mean_square(errors: FloatArray) -> float:
    """Root mean square of errors; nan without any."""
    values = np.asarray(errors, dtype=float)
    return float(np.sqrt((values**2).mean())) if values.size else float("nan")


def crps(draws: FloatArray, observed: float, fair: bool = False) -> float:
    """CRPS of the empirical distribution of draws; ``fair`` corrects for their number (Ferro 2014)."""
    values = np.sort(np.asarray(draws, dtype=float))
    count = values.size
    if count < 1 + fair:
        raise ValueError("more draws are needed")
    ranks = 2 * np.arange(1, count + 1) - count - 1
    pairs = count * (count - 1) if fair else count * count
    return float(np.abs(values - observed).mean() - (ranks * values).sum() / pairs)


def crps_normal(mean: float, deviation: float, observed: float) -> float:
    """CRPS of a normal distribution, in closed form; the absolute error where the deviation is nought."""
    if deviation <= 0:
        return abs(observed - mean)
    place = (observed - mean) / deviation
    density, below = exp(-0.5 * place * place) / sqrt(2 * pi), 0.5 * (1 + erf(place / sqrt(2)))
    return deviation * (place * (2 * below - 1) + 2 * density - 1 / sqrt(pi))


def interval(draws: FloatArray, level: float) -> tuple[float, float]:
    """Central interval of probability ``level``, by quantiles of the draws."""
    low, high = np.quantile(np.asarray(draws, dtype=float), [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def inside(draws: FloatArray, observed: float, level: float) -> bool:
    """Whether the observation lies in the central interval of the draws."""
    low, high = interval(draws, level)
    return low <= observed <= high


def width(draws: FloatArray, level: float) -> float:
    """Width of the central interval of the draws."""
    low, high = interval(draws, level)
    return high - low


def diebold_mariano(first: FloatArray, second: FloatArray, horizon: int = 1) -> DieboldMariano:
    """Test of equal squared errors of two forecasts of the same observations, ``horizon`` steps ahead.

    The variance holds the autocovariances up to ``horizon`` - 1, statistic and distribution are corrected for the
    number of errors (Harvey, Leybourne and Newbold 1997). Below twenty errors no test is made.
    """
    loss = np.asarray(first, dtype=float) ** 2 - np.asarray(second, dtype=float) ** 2
    count = loss.size
    if count < LEAST_ERRORS:
        return DieboldMariano(None, None, f"not tested: {count} errors, {LEAST_ERRORS} are needed")
    centred = loss - loss.mean()
    variance = float(centred @ centred) / count
    variance += 2 * sum(float(centred[lag:] @ centred[:-lag]) for lag in range(1, horizon)) / count
    if variance <= 0:
        return DieboldMariano(None, None, "not tested: the variance of the difference in losses is not positive")
    correction = (count + 1 - 2 * horizon + horizon * (horizon - 1) / count) / count
    statistic = float(loss.mean() / sqrt(variance / count) * sqrt(max(correction, 0.0)))
    probability = 2 * _upper_tail(abs(statistic), count - 1)
    return DieboldMariano(statistic, probability, f"statistic {statistic:.2f}, probability {probability:.3f}")


def _upper_tail(value: float, freedom: int) -> float:
    """Probability that Student's t exceeds a value."""
    try:
        from scipy.stats import t
    except ImportError:
        raise UserError("this test needs scipy; install it with pip install 'xinzhi[analysis]'") from None
    return float(t.sf(value, freedom))
