"""The rule behind the exogenous trend: growth of GDP per worker regresses to the mean, the faster part of it fades.

Growth of a country over that of the frontier (the United States) is the sum of a part that lasts, a part that fades
as a first-order autoregression, and noise of one year. The variances and the speed of fading come from the
autocovariances of growth in 129 countries to 2011, China left out; regression to the mean is what Pritchett and Summers
(2014, Asiaphoria meets regression to the mean) found there. Given the growth that was on record at an opening, the best
linear forecast is a lasting part plus one that halves every so many years, which is the form of
``growth.trend_opening``, ``trend_long_run`` and ``half_life``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["Convergence", "GrowthPath", "fitted_convergence", "growth_path"]

PERSISTENCE = np.round(np.arange(0.5, 0.9951, 0.005), 3)  # a year; the grid that is searched
QUARTERS = 4


@dataclass(frozen=True)
class Convergence:
    """The process of growth of GDP per worker over the frontier's, per year.

    persistence  what is left after a year of the part that fades
    fading       variance of that part
    lasting      variance of the part that stays
    noise        variance of what is gone after a year
    """

    persistence: float
    fading: float
    lasting: float
    noise: float

    @property
    def half_life(self) -> float:
        """Quarters in which the fading part halves."""
        return QUARTERS * log(0.5) / log(self.persistence)


@dataclass(frozen=True)
class GrowthPath:
    """Expected growth of GDP per worker, log points a year: of the first year over the one before, and in the end.

    Growth between two yearly means is that of the beginning of the second year, hence ``first`` is growth in quarter 0.
    ``covariance`` is that of the error of ``first`` and ``long_run``, given the record: the fading and the lasting part
    are not known exactly. The shock to the fading part in the first year is in it, later ones are not.
    """

    first: float
    long_run: float
    persistence: float
    covariance: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))

    def year(self, ahead: int) -> float:
        """Expected growth in a year ahead, the first being one."""
        return self.long_run + (self.first - self.long_run) * self.persistence ** (ahead - 1)

    def mean(self, years: int) -> float:
        """Mean growth of the first years."""
        return sum(self.year(ahead) for ahead in range(1, years + 1)) / years


def fitted_convergence(autocovariances: FloatArray) -> Convergence:
    """Least squares over the lags from one year on; ``autocovariances`` begin with the variance.

    Variances cannot be negative: a part whose coefficient would be is left out.
    """
    lags, found = np.arange(1, len(autocovariances)), np.asarray(autocovariances[1:], dtype=float)
    best: tuple[float, float, float, float] | None = None
    for persistence in PERSISTENCE:
        fading, lasting = _shares(persistence**lags, found)
        miss = float(((found - fading * persistence**lags - lasting) ** 2).sum())
        if best is None or miss < best[0]:
            best = miss, float(persistence), fading, lasting
    assert best is not None
    _, persistence, fading, lasting = best
    return Convergence(persistence, fading, lasting, float(autocovariances[0]) - fading - lasting)


def growth_path(record: FloatArray, frontier: float, rule: Convergence) -> GrowthPath:
    """Best linear forecast after a country's yearly ``record``, log points; ``frontier`` is growth of the frontier."""
    excess = np.asarray(record, dtype=float) - frontier
    time = np.arange(excess.size)
    covariance = rule.fading * rule.persistence ** np.abs(time[:, None] - time) + rule.lasting
    seen = covariance + rule.noise * np.eye(excess.size)
    shares = np.vstack([rule.fading * rule.persistence ** (excess.size - time), np.full(excess.size, rule.lasting)])
    fading, lasting = shares @ np.linalg.solve(seen, excess)
    unknown = np.diag([rule.fading, rule.lasting]) - shares @ np.linalg.solve(seen, shares.T)
    parts = np.array([[1.0, 1.0], [0.0, 1.0]])  # of the first year and of the long run
    first, last = (parts @ unknown @ parts.T).tolist()
    return GrowthPath(
        frontier + float(fading + lasting), frontier + float(lasting), rule.persistence,
        ((first[0], first[1]), (last[0], last[1])),
    )  # fmt: skip


def _shares(decline: FloatArray, found: FloatArray) -> tuple[float, float]:
    """Coefficients of a declining and of a constant part, neither of them negative."""
    terms = np.column_stack([decline, np.ones(decline.size)])
    fading, lasting = np.linalg.lstsq(terms, found, rcond=None)[0]
    if lasting < 0:
        return max(float(decline @ found / (decline @ decline)), 0.0), 0.0
    if fading < 0:
        return 0.0, max(float(found.mean()), 0.0)
    return float(fading), float(lasting)
