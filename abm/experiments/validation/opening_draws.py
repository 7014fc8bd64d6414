"""What was not known at an opening: for every seed a draw of the trends that its vintage rests on.

Growth: the fading and the lasting part of growth per worker, given the record to the year before (the rule of
abm/economics/convergence.py). An economy with a long record of its own, that catches up with nobody, has the errors
that the mean of ten years made on it instead. Energy: the trends of electricity and of fuel are means of seven yearly
changes, which have a standard error; years that follow each other are alike, so that it is larger than that of
independent ones. Draws are normal, independent of the model's random numbers, and the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.data import economy_for, load_assumptions, load_observed
from abm.data.growth_record import load_growth_autocovariances, load_growth_record, load_own_growth
from abm.economics.convergence import GrowthPath, fitted_convergence, growth_path
from abm.parameters import parameter_named

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["error_of_mean", "error_of_past_means", "growth_expected", "opening_draws"]

TRENDS = ("growth.trend_opening", "growth.trend_long_run")
YEARS_OF_MEAN = 10  # by which the same number of years is forecast
FIRST_YEAR, YEARS_OF_FRONTIER, YEARS_OF_ENERGY, QUARTERS = 1979, 20, 7, 4
HIGHEST_AUTOCORRELATION = 0.9
STREAM = 20_260  # of these draws, beside the seed


def growth_expected(opening: int) -> GrowthPath:
    """Growth of GDP per worker that the rule expects at an opening, from the record to the year before."""
    china, frontier = load_growth_record("CHN"), load_growth_record("USA")
    known = np.array([china[year] for year in range(FIRST_YEAR, opening)])
    usual = float(np.mean([frontier[year] for year in range(opening - YEARS_OF_FRONTIER, opening)]))
    return growth_path(known, usual, fitted_convergence(load_growth_autocovariances()))


def error_of_past_means(record: Mapping[int, float], opening: int) -> float:
    """Root mean square error of growth a year over ten years when it was forecast as the mean of the ten before.

    ``record`` is growth a year, of which the years before ``opening`` are read; forecasts of all its years count.
    """
    values = np.array([record[year] for year in sorted(record) if year < opening])
    starts = range(YEARS_OF_MEAN, values.size - YEARS_OF_MEAN + 1)
    errors = [values[at : at + YEARS_OF_MEAN].mean() - values[at - YEARS_OF_MEAN : at].mean() for at in starts]
    return float(np.sqrt(np.mean(np.square(errors))))


def opening_draws(opening: int, seeds: Iterable[int], economy: str | None = None) -> dict[int, dict[str, Any]]:
    """{seed: {scenario key: value}} of an earlier opening year; without ``economy`` of the usual one."""
    given, errors = load_assumptions(opening, economy), _energy_errors(opening, economy)
    trends, spread = _growth_spread(opening, economy)
    found = {}
    for seed in seeds:
        drawn = np.random.default_rng((STREAM, seed)).standard_normal(len(trends) + len(errors))
        growth, energy = drawn[: len(trends)], drawn[len(trends) :]
        changed = dict(zip(trends, spread @ growth, strict=True))
        changed |= {key: error * one for (key, error), one in zip(errors.items(), energy, strict=True)}
        values = {key: float(given[key] + change) for key, change in changed.items()}
        found[seed] = {f"assumptions.{key}": _within(key, value) for key, value in values.items()}
    return found


def _growth_spread(opening: int, economy: str | None) -> tuple[tuple[str, ...], FloatArray]:
    """The trends of growth that are drawn, and what independent normal draws become theirs by, a quarter.

    Where the errors of past means are known, growth at the opening is known too and the trend to which it goes is
    drawn: an opening far from its own growth would not close.
    """
    record = load_own_growth(economy or economy_for(opening))
    if record:
        return TRENDS[1:], np.array([[error_of_past_means(record, opening)]]) / QUARTERS
    return TRENDS, np.linalg.cholesky(np.array(growth_expected(opening).covariance)) / QUARTERS


def _energy_errors(opening: int, economy: str | None) -> dict[str, float]:
    """Standard errors of the mean change a quarter of electricity and of CO2, per real GDP."""
    gdp = _record("real_gdp", opening, economy)

    def error(name: str) -> float:
        record = _record(name, opening, economy)
        per_gdp = np.array([log(record[year] / gdp[year]) for year in sorted(record) if year in gdp])
        return error_of_mean(np.diff(per_gdp), YEARS_OF_ENERGY) / QUARTERS

    return {"energy.electricity_trend": error("electricity_use"), "energy.fuel_trend": error("co2_emissions")}


def error_of_mean(changes: FloatArray, years: int) -> float:
    """Standard error of a mean over ``years`` in a row of a first-order autoregression.

    Deviation and autocorrelation are those of all ``changes``, of which seven alone would say too little.
    """
    around = changes - changes.mean()
    last = min(max(float(around[1:] @ around[:-1] / (around @ around)), 0.0), HIGHEST_AUTOCORRELATION)
    alike = 1.0 + 2.0 * sum((1.0 - lag / years) * last**lag for lag in range(1, years))
    return float(changes.std(ddof=1)) * sqrt(alike / years)


def _record(name: str, opening: int, economy: str | None) -> dict[int, float]:
    """{year: value} up to the opening."""
    return {one.year: one.value for one in load_observed(economy) if one.variable == name and one.year <= opening}


def _within(key: str, value: float) -> float:
    """A draw beyond the limits of its parameter is taken at the limit."""
    known = parameter_named(key)
    lower, upper = known.lower, known.upper
    if lower is not None:
        value = max(value, lower)
    return value if upper is None else min(value, upper)
