"""Forecasts of one series from its own past: what a model has to beat.

A level is given in logarithms, a share or a rate as it is. Every rule returns the mean and the standard deviation of
the forecast error, step by step. The deviation holds future innovations and, for the drift, the trend and the mean,
the error of the estimated coefficients; that of an autoregression holds innovations only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["HIGHEST_ORDER", "LEAST_HISTORY", "RULES", "RULE_WORDS", "Forecast", "forecast"]

HIGHEST_ORDER = 4  # of an autoregression whose order is chosen by Akaike's criterion
PER_COEFFICIENT = 3  # observations for each coefficient, or a lower order is taken
LEAST_HISTORY = 4  # values


@dataclass(frozen=True)
class Forecast:
    """Mean and standard deviation of a forecast, one for each step ahead (and each series, in columns)."""

    mean: FloatArray
    deviation: FloatArray

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """The central interval of probability ``level`` under a normal distribution."""
        reach = NormalDist().inv_cdf(0.5 + level / 2) * self.deviation
        return self.mean - reach, self.mean + reach


@dataclass(frozen=True)
class Fitted:
    """A rule fitted to a series.

    mean          the forecast, step by step
    weights       what an innovation of today adds to the value of the same and the following steps
    innovation    its standard deviation
    coefficients  standard error of the forecast that comes from estimated coefficients, step by step
    """

    mean: FloatArray
    weights: FloatArray
    innovation: float
    coefficients: FloatArray

    def forecast(self) -> Forecast:
        """Of the series itself."""
        spread = self.innovation**2 * np.cumsum(self.weights**2)
        return Forecast(self.mean, np.sqrt(spread + self.coefficients**2))

    def summed(self, start: float) -> Forecast:
        """Of the level whose changes were fitted, ``start`` being its last value."""
        levels = Fitted(
            start + np.cumsum(self.mean), np.cumsum(self.weights), self.innovation, np.cumsum(self.coefficients)
        )
        return levels.forecast()


def forecast(history: FloatArray, steps: int, rule: str, of_changes: bool = False) -> Forecast:
    """Forecast ``steps`` periods after ``history`` by one of RULES.

    ``of_changes`` fits the rule to the changes of the series and adds its forecasts up, as is done with an
    autoregression of growth when the level is scored. Raises ValueError for an unknown rule or too short a history.
    """
    values = np.asarray(history, dtype=float)
    least = LEAST_HISTORY + of_changes
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule}: should be one of {', '.join(RULES)}")
    if values.ndim != 1 or values.size < least or not np.isfinite(values).all():
        raise ValueError(f"rule {rule}: a history of at least {least} finite values is needed")
    if steps < 1:
        raise ValueError("at least one step must be forecast")
    if of_changes:
        return RULES[rule](np.diff(values), steps).summed(float(values[-1]))
    return RULES[rule](values, steps).forecast()


def no_change(values: FloatArray, steps: int) -> Fitted:
    """Random walk: the last value stays."""
    innovation = float(np.sqrt((np.diff(values) ** 2).mean()))
    return Fitted(np.full(steps, values[-1]), np.ones(steps), innovation, np.zeros(steps))


def drift(values: FloatArray, steps: int) -> Fitted:
    """Random walk with drift: the mean change of the past is added at every step."""
    changes, ahead = np.diff(values), np.arange(1, steps + 1)
    innovation = float(changes.std(ddof=1))
    return Fitted(
        values[-1] + ahead * changes.mean(), np.ones(steps), innovation, ahead * innovation / np.sqrt(changes.size)
    )


def trend(values: FloatArray, steps: int) -> Fitted:
    """The least-squares line through the past, carried on; it need not go through the last value."""
    time = np.arange(values.size) - (values.size - 1) / 2
    around = float((time**2).sum())
    slope = float((time * values).sum()) / around
    error = values - values.mean() - slope * time
    innovation = float(np.sqrt((error**2).sum() / (values.size - 2)))
    ahead = time[-1] + np.arange(1, steps + 1)
    coefficients = innovation * np.sqrt(1 / values.size + ahead**2 / around)
    return Fitted(values.mean() + slope * ahead, _once(steps), innovation, coefficients)


def mean(values: FloatArray, steps: int) -> Fitted:
    """The mean of the past."""
    innovation = float(values.std(ddof=1))
    return Fitted(
        np.full(steps, values.mean()), _once(steps), innovation, np.full(steps, innovation / np.sqrt(values.size))
    )


def first_autoregression(values: FloatArray, steps: int) -> Fitted:
    """Autoregression of order one with a constant, by least squares."""
    return _autoregression(values, steps, 1)


def autoregression(values: FloatArray, steps: int) -> Fitted:
    """Autoregression of the order from nought to four that Akaike's criterion prefers on the common sample."""
    highest = min(HIGHEST_ORDER, (values.size - PER_COEFFICIENT) // (PER_COEFFICIENT + 1))
    orders = range(max(highest, 0) + 1)
    return _autoregression(values, steps, min(orders, key=lambda order: akaike(values, order, orders[-1])))


RULES: dict[str, Callable[[FloatArray, int], Fitted]] = {
    "no_change": no_change,
    "drift": drift,
    "trend": trend,
    "mean": mean,
    "ar1": first_autoregression,
    "ar": autoregression,
}
RULE_WORDS = {
    "no_change": "no change", "drift": "the drift", "trend": "the trend", "mean": "the mean",
    "ar1": "AR(1)", "ar": "AR(p)",
}  # fmt: skip


def akaike(values: FloatArray, order: int, held_back: int) -> float:
    """Akaike's criterion of an autoregression that explains the values after the first ``held_back``."""
    coefficients, error = _least_squares(values[held_back - order :], order)
    return float(error.size * np.log((error**2).mean()) + 2 * coefficients.size)


def _least_squares(values: FloatArray, order: int) -> tuple[FloatArray, FloatArray]:
    """Constant and coefficients of the lags, and the residuals."""
    explained = values[order:]
    lags = [values[order - lag : values.size - lag] for lag in range(1, order + 1)]
    terms = np.column_stack([np.ones(explained.size), *lags])
    coefficients: FloatArray = np.linalg.lstsq(terms, explained, rcond=None)[0].astype(float)
    return coefficients, explained - terms @ coefficients


def _autoregression(values: FloatArray, steps: int, order: int) -> Fitted:
    coefficients, error = _least_squares(values, order)
    constant, slopes = coefficients[0], coefficients[1:]
    innovation = float(np.sqrt((error**2).sum() / max(error.size - coefficients.size, 1)))
    path, response = list(values[values.size - order :]), [0.0] * (order - 1) + [1.0]
    for _ in range(steps):
        path.append(float(constant + sum(slope * path[-lag - 1] for lag, slope in enumerate(slopes))))
    for _ in range(steps - 1):
        response.append(float(sum(slope * response[-lag - 1] for lag, slope in enumerate(slopes))))
    weights = np.array(response[max(order - 1, 0) :])
    return Fitted(np.array(path[order:]), weights, innovation, np.zeros(steps))


def _once(steps: int) -> FloatArray:
    """Weights of an innovation that does not last."""
    weights = np.zeros(steps)
    weights[0] = 1.0
    return weights
