"""An emulator of the moments: what they are on average at any parameters, from many runs at scattered ones.

Each moment is a quadratic form of the parameters, fitted by ridge regression whose penalty has the least error on runs
left out one at a time. What a run differs from the form is chance of its seed, and what the form misses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["MomentEmulator", "fit_emulator", "parts_of", "terms"]

PENALTIES = 10.0 ** np.arange(-2.0, 4.5, 0.5)
OUTLIER = 6.0  # median deviations beyond which a run's moment does not count in the fit


@dataclass(frozen=True)
class MomentEmulator:
    """Coefficients (terms, moments) over the ranges (parameters, 2).

    residual  (moments, moments) covariance of runs around the form, each left out in turn
    error     (moments, moments) covariance of the form itself around the means of the model
    explained (moments,) the part of the variance over the prior that the form explains on runs left out
    """

    ranges: FloatArray
    coefficients: FloatArray
    residual: FloatArray
    error: FloatArray
    explained: FloatArray

    def moments(self, parameters: FloatArray) -> FloatArray:
        """(points, moments) at (points, parameters)."""
        return terms(parts_of(parameters, self.ranges)) @ self.coefficients


def fit_emulator(
    parameters: FloatArray, moments: FloatArray, ranges: FloatArray, chance: FloatArray | None = None
) -> MomentEmulator:
    """The emulator of (runs, parameters) and (runs, moments).

    ``chance`` (moments,) is the variance of a run's moments that its seed alone brings, as far as it is known: what
    runs differ by beyond that is taken for an error of the form.
    """
    moments = _without_outliers(moments)
    columns = terms(parts_of(parameters, ranges))
    mean = moments.mean(axis=0)
    left, size, right = np.linalg.svd(columns, full_matrices=False)
    turned = left.T @ (moments - mean)
    best: tuple[float, FloatArray, FloatArray, FloatArray] | None = None
    for penalty in PENALTIES:
        kept = size**2 / (size**2 + penalty)
        leverage = (left**2 * kept).sum(axis=1)
        errors = (moments - mean - left @ (kept[:, None] * turned)) / (1.0 - np.minimum(leverage, 0.95))[:, None]
        score = float((errors.var(axis=0) / moments.var(axis=0)).mean())
        if best is None or score < best[0]:
            best = score, kept, errors, leverage
    assert best is not None
    _, kept, errors, leverage = best
    coefficients = right.T @ ((kept / size)[:, None] * turned)
    coefficients[0] += mean
    explained = 1.0 - errors.var(axis=0) / moments.var(axis=0)
    residual = np.cov(errors, rowvar=False)
    error = leverage.mean() * residual
    if chance is not None:
        error[np.diag_indices_from(error)] = np.maximum(np.diag(error), np.diag(residual) - chance)
    return MomentEmulator(ranges, coefficients, residual, error, explained)


def parts_of(parameters: FloatArray, ranges: FloatArray) -> FloatArray:
    """Parameters as parts of their ranges, from -1 to 1."""
    low, high = ranges.T
    return 2.0 * (parameters - low) / (high - low) - 1.0


def terms(parts: FloatArray) -> FloatArray:
    """(points, terms): one, each part, and every product of two of them."""
    first, second = np.triu_indices(parts.shape[1])
    return np.concatenate([np.ones((len(parts), 1)), parts, parts[:, first] * parts[:, second]], axis=1)


def _without_outliers(moments: FloatArray) -> FloatArray:
    middle = np.median(moments, axis=0)
    reach = OUTLIER * 1.4826 * np.median(np.abs(moments - middle), axis=0)
    return np.clip(moments, middle - reach, middle + reach)
