"""Forecasts of several series together: a vector autoregression, and one with a Minnesota prior.

The prior of the second says that every series is a random walk with drift (or white noise, where ``walks`` is zero)
and enters as dummy observations, as in Banbura, Giannone and Reichlin (2010, Journal of Applied Econometrics). Its
tightness is the one of a stated grid with the highest marginal likelihood of the data before the origin (Giannone,
Lenza and Primiceri 2015). Forecasts are draws from the posterior, so that their spread holds the error of the
coefficients as well as future innovations.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma, log, pi
from typing import TYPE_CHECKING, Any

import numpy as np

from abm import UserError
from xinzhi.analysis.forecasting.rules import Forecast

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "TIGHTNESS",
    "Minnesota",
    "bayesian_vector_autoregression",
    "vector_autoregression",
    "vector_autoregression_draws",
]

TIGHTNESS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0)  # grid of the overall tightness; .2 is the usual single choice
LOOSE = 1e-3  # inverse standard deviation of the constant: next to no prior


@dataclass(frozen=True)
class Minnesota:
    """Settings of the prior.

    lags       of every series in every equation
    tightness  standard deviation of the prior of a series' own first lag; None: chosen on TIGHTNESS
    sums       weight of the prior that the coefficients of a walk's own lags add up to one, as a multiple of
               ``tightness``; ten times is that of the paper, None leaves it out
    """

    lags: int = 1
    tightness: float | None = None
    sums: float | None = 10.0


def vector_autoregression(history: FloatArray, steps: int) -> Forecast:
    """VAR(1) with a constant by least squares (statsmodels); history (times, series), forecast (steps, series).

    The deviation holds innovations only. Raises UserError without statsmodels, ValueError for too short a history.
    """
    values = _checked(history, 1)
    fitted = _fitted(values)
    covariance = fitted.forecast_cov(steps)
    return Forecast(np.asarray(fitted.forecast(values[-1:], steps)), np.sqrt(np.diagonal(covariance, axis1=1, axis2=2)))


def vector_autoregression_draws(history: FloatArray, steps: int, draws: int = 1000, seed: int = 0) -> FloatArray:
    """Draws (draws, steps, series) of the same forecast, for sums over the steps; innovations only."""
    values = _checked(history, 1)
    fitted = _fitted(values)
    coefficients = np.vstack([fitted.params[1:], fitted.params[:1]])  # the constant comes last here
    root = np.linalg.cholesky(np.asarray(fitted.sigma_u))
    generator = np.random.default_rng(seed)
    shape = (draws, steps, values.shape[1])
    shocks = generator.standard_normal(shape) @ root.T
    return np.array([_carried(values[-1:], coefficients, one) for one in shocks])


def _fitted(values: FloatArray) -> Any:
    try:
        from statsmodels.tsa.api import VAR
    except ImportError:
        raise UserError("a VAR needs statsmodels; install it with pip install 'xinzhi[analysis]'") from None
    return VAR(values).fit(1, trend="c")


def bayesian_vector_autoregression(
    history: FloatArray,
    steps: int,
    walks: FloatArray,
    prior: Minnesota | None = None,
    draws: int = 1000,
    seed: int = 0,
    last: FloatArray | None = None,
) -> FloatArray:
    """Draws (draws, steps, series) of the values after ``history`` (times, series).

    ``walks`` has one prior mean of a series' own first lag: one for a level, nought for a rate of change. ``last`` are
    the values that are carried on, (lags, series), where they are not the end of ``history``.
    """
    prior = prior or Minnesota()
    values, walks = _checked(history, prior.lags), np.asarray(walks, dtype=float)
    tightness = prior.tightness or max(TIGHTNESS, key=lambda one: marginal_likelihood(values, walks, prior, one))
    explained, terms = _stacked(values, walks, prior, tightness)
    coefficients, scale, inverse = _regression(explained, terms)
    freedom = explained.shape[0] - terms.shape[1]
    root = np.linalg.cholesky(inverse)
    known = values[-prior.lags :] if last is None else np.asarray(last, dtype=float)
    generator = np.random.default_rng(seed)
    found = np.empty((draws, steps, values.shape[1]))
    for draw in range(draws):
        innovation = np.linalg.cholesky(_inverse_wishart(scale, freedom, generator))
        noise = generator.standard_normal(coefficients.shape)
        drawn = coefficients + root @ noise @ innovation.T
        shocks = generator.standard_normal((steps, values.shape[1])) @ innovation.T
        found[draw] = _carried(known, drawn, shocks)
    return found


def marginal_likelihood(values: FloatArray, walks: FloatArray, prior: Minnesota, tightness: float) -> float:
    """Logarithm of the density of the data under the prior, coefficients and covariance integrated out."""
    scales = _scales(values)
    dummies = _dummies(values, walks, scales, prior, tightness)
    stacked = _stacked(values, walks, prior, tightness)
    return _evidence(*stacked) - _evidence(*dummies)


def _checked(history: FloatArray, lags: int) -> FloatArray:
    values = np.asarray(history, dtype=float)
    least = lags * (values.shape[1] + 1) + 3 if values.ndim == 2 else 0
    if values.ndim != 2 or len(values) < least or not np.isfinite(values).all():
        raise ValueError(f"a table (times, series) of at least {least} rows of finite values is needed")
    return values


def _scales(values: FloatArray) -> FloatArray:
    """Standard deviation of the residual of each series' own AR(1)."""
    found = []
    for series in values.T:
        terms = np.column_stack([np.ones(len(series) - 1), series[:-1]])
        error = series[1:] - terms @ np.linalg.lstsq(terms, series[1:], rcond=None)[0]
        found.append(np.sqrt((error**2).sum() / max(len(error) - 2, 1)))
    return np.array(found)


def _dummies(
    values: FloatArray, walks: FloatArray, scales: FloatArray, prior: Minnesota, tightness: float
) -> tuple[FloatArray, FloatArray]:
    """The prior as observations: what is explained (rows, series), and lags with the constant last."""
    lags, count = prior.lags, len(scales)
    width = lags * count + 1
    blocks = [(np.zeros((lags * count, count)), np.zeros((lags * count, width)))]
    blocks[0][0][:count] = np.diag(walks * scales) / tightness
    blocks[0][1][:, : lags * count] = np.kron(np.diag(np.arange(1, lags + 1)), np.diag(scales)) / tightness
    blocks.append((np.diag(scales), np.zeros((count, width))))
    blocks.append((np.zeros((1, count)), np.eye(1, width, width - 1) * LOOSE))
    if prior.sums is not None:
        level = np.diag(walks * values[:lags].mean(axis=0)) / (prior.sums * tightness)
        blocks.append((level, np.hstack([np.tile(level, (1, lags)), np.zeros((count, 1))])))
    return np.vstack([one for one, _ in blocks]), np.vstack([one for _, one in blocks])


def _stacked(
    values: FloatArray, walks: FloatArray, prior: Minnesota, tightness: float
) -> tuple[FloatArray, FloatArray]:
    """The data below the dummy observations."""
    lags = prior.lags
    seen = [values[lags - lag : len(values) - lag] for lag in range(1, lags + 1)]
    explained, terms = _dummies(values, walks, _scales(values), prior, tightness)
    data = np.hstack([*seen, np.ones((len(values) - lags, 1))])
    return np.vstack([explained, values[lags:]]), np.vstack([terms, data])


def _regression(explained: FloatArray, terms: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Least squares: coefficients, cross products of the residuals, inverse of the cross products of the terms."""
    coefficients: FloatArray = np.linalg.lstsq(terms, explained, rcond=None)[0].astype(float)
    error = explained - terms @ coefficients
    return coefficients, error.T @ error, np.linalg.inv(terms.T @ terms).astype(float)


def _evidence(explained: FloatArray, terms: FloatArray) -> float:
    """Logarithm of the integral of the likelihood under a flat prior, but for a constant of the number of series."""
    rows, count = explained.shape
    freedom = rows - terms.shape[1]
    _, scale, inverse = _regression(explained, terms)
    gamma = sum(lgamma((freedom - place) / 2) for place in range(count))
    signs = np.linalg.slogdet(inverse)[1] * count / 2 - np.linalg.slogdet(scale)[1] * freedom / 2
    return float(signs + gamma - count * freedom / 2 * log(pi))


def _inverse_wishart(scale: FloatArray, freedom: int, generator: np.random.Generator) -> FloatArray:
    """One draw: the inverse of the cross products of ``freedom`` normal rows with covariance ``scale`` inverse."""
    rows = generator.standard_normal((freedom, len(scale))) @ np.linalg.cholesky(np.linalg.inv(scale)).T
    return np.asarray(np.linalg.inv(rows.T @ rows))


def _carried(last: FloatArray, coefficients: FloatArray, shocks: FloatArray) -> FloatArray:
    """The system carried on from its last values under the given shocks, (steps, series)."""
    lags = len(last)
    path = list(last)
    for shock in shocks:
        terms = np.concatenate([*path[: -lags - 1 : -1], [1.0]])
        path.append(terms @ coefficients + shock)
    return np.array(path[lags:])
