"""Autoregressions of one or several series whose coefficients come from an earlier part of the record.

The benchmark of 2023-25 is made so: coefficients from the quarters to 2019, the last values from the origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.forecasting.rules import Forecast

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["linear_forecast"]


def linear_forecast(history: FloatArray, steps: int, lags: int, fitted_to: int) -> Forecast:
    """Forecast of an autoregression with a constant, fitted by least squares to the first ``fitted_to`` rows.

    ``history`` is (times, series) and ends with the origin; the forecast is (steps, series), its deviation holds
    innovations only. Raises ValueError for too short a past.
    """
    values = np.asarray(history, dtype=float)
    seen, count = values[:fitted_to], values.shape[1]
    if len(seen) < lags * (count + 1) + 3 or not np.isfinite(values).all():
        raise ValueError(f"at least {lags * (count + 1) + 3} rows of finite values are needed")
    terms = np.column_stack(
        [np.ones(len(seen) - lags), *(seen[lags - lag : len(seen) - lag] for lag in range(1, lags + 1))]
    )
    coefficients = np.linalg.lstsq(terms, seen[lags:], rcond=None)[0]
    error = seen[lags:] - terms @ coefficients
    covariance = error.T @ error / max(len(error) - len(coefficients), 1)
    path = list(values[-lags:])
    for _ in range(steps):
        path.append(np.concatenate([[1.0], *path[: -lags - 1 : -1]]) @ coefficients)
    return Forecast(np.array(path[lags:]), _deviation(coefficients, covariance, steps, lags))


def _deviation(coefficients: FloatArray, covariance: FloatArray, steps: int, lags: int) -> FloatArray:
    """Standard deviations of the sum of the innovations so far, each as it has spread since."""
    count = len(covariance)
    size = count * lags
    companion = np.eye(size, size, -count)
    companion[:count] = coefficients[1:].T
    spread, power, found = np.zeros((count, count)), np.eye(size), []
    for _ in range(steps):
        response = power[:count, :count]
        spread = spread + response @ covariance @ response.T
        found.append(np.sqrt(np.diag(spread)))
        power = companion @ power
    return np.array(found)
