"""Forecasts that know nothing but a series' own past: what any model has to beat.

``past`` is {year: value} up to the opening, the last of them the opening year. Levels (``growing``) are forecast in
logarithms, shares as they are. A year beyond the past is a whole number; every function returns one number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["NAIVE", "YEARS_OF_PAST", "drift", "linear_trend", "past_of", "persistence"]

YEARS_OF_PAST = 10  # before the opening, as far as the series goes back

Past = Mapping[int, float]


def past_of(series: Past, opening: int) -> dict[int, float]:
    """The years from ten before the opening up to it, in order. Raises ValueError without the opening year itself."""
    if opening not in series:
        raise ValueError(f"the series has no value for {opening}")
    return {year: series[year] for year in sorted(series) if opening - YEARS_OF_PAST <= year <= opening}


def persistence(past: Past, year: int, growing: bool) -> float:
    """A share stays where it is; a level grows as in its last year."""
    years, values = _arrays(past, growing)
    step = (values[-1] - values[-2]) / (years[-1] - years[-2]) if growing and years.size > 1 else 0.0
    return _back(values[-1] + step * (year - years[-1]), growing)


def drift(past: Past, year: int, growing: bool) -> float:
    """Random walk with drift: the last value, and the mean yearly change of the past for every year ahead."""
    years, values = _arrays(past, growing)
    step = (values[-1] - values[0]) / (years[-1] - years[0]) if years.size > 1 else 0.0
    return _back(values[-1] + step * (year - years[-1]), growing)


def linear_trend(past: Past, year: int, growing: bool) -> float:
    """The least-squares line through the past, carried on; it need not go through the last value."""
    years, values = _arrays(past, growing)
    if years.size < 2:
        return _back(values[-1], growing)
    centred = years - years.mean()
    slope = (centred * values).sum() / (centred**2).sum()
    return _back(values.mean() + slope * (year - years.mean()), growing)


NAIVE: dict[str, Callable[[Past, int, bool], float]] = {
    "persistence": persistence,
    "drift": drift,
    "trend": linear_trend,
}


def _arrays(past: Past, growing: bool) -> tuple[FloatArray, FloatArray]:
    years, values = np.array(sorted(past), dtype=float), np.array([past[year] for year in sorted(past)])
    return years, np.log(values) if growing else values


def _back(value: float, growing: bool) -> float:
    return float(np.exp(value)) if growing else float(value)
