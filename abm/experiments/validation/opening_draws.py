"""What was not known at an opening: for every seed a draw of the trends that its vintage rests on.

Growth: the fading and the lasting part of growth per worker, given the record to the year before (the rule of
abm/economics/convergence.py). Energy: the trends of electricity and of fuel are means of seven yearly changes, which
have a standard error; years that follow each other are alike, so that it is larger than that of independent ones.
Draws are normal, independent of the model's random numbers, and the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.data import load_assumptions, load_observed
from abm.data.growth_record import load_growth_autocovariances, load_growth_record
from abm.economics.convergence import GrowthPath, fitted_convergence, growth_path
from abm.parameters import parameter_named

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["error_of_mean", "growth_expected", "opening_draws"]

FIRST_YEAR, YEARS_OF_FRONTIER, YEARS_OF_ENERGY, QUARTERS = 1979, 20, 7, 4
HIGHEST_AUTOCORRELATION = 0.9
STREAM = 20_260  # of these draws, beside the seed


def growth_expected(opening: int) -> GrowthPath:
    """Growth of GDP per worker that the rule expects at an opening, from the record to the year before."""
    china, frontier = load_growth_record("CHN"), load_growth_record("USA")
    known = np.array([china[year] for year in range(FIRST_YEAR, opening)])
    usual = float(np.mean([frontier[year] for year in range(opening - YEARS_OF_FRONTIER, opening)]))
    return growth_path(known, usual, fitted_convergence(load_growth_autocovariances()))


def opening_draws(opening: int, seeds: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{seed: {scenario key: value}} of an earlier opening year."""
    given, errors = load_assumptions(opening), _energy_errors(opening)
    spread = np.linalg.cholesky(np.array(growth_expected(opening).covariance)) / QUARTERS
    found = {}
    for seed in seeds:
        drawn = np.random.default_rng((STREAM, seed)).standard_normal(2 + len(errors))
        changed = dict(zip(("growth.trend_opening", "growth.trend_long_run"), spread @ drawn[:2], strict=True))
        changed |= {key: error * one for (key, error), one in zip(errors.items(), drawn[2:], strict=True)}
        values = {key: float(given[key] + change) for key, change in changed.items()}
        found[seed] = {f"assumptions.{key}": _within(key, value) for key, value in values.items()}
    return found


def _energy_errors(opening: int) -> dict[str, float]:
    """Standard errors of the mean change a quarter of electricity and of CO2, per real GDP."""
    gdp = _record("real_gdp", opening)

    def error(name: str) -> float:
        record = _record(name, opening)
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


def _record(name: str, opening: int) -> dict[int, float]:
    """{year: value} up to the opening."""
    return {one.year: one.value for one in load_observed() if one.variable == name and one.year <= opening}


def _within(key: str, value: float) -> float:
    """A draw beyond the limits of its parameter is taken at the limit."""
    known = parameter_named(key)
    lower, upper = known.lower, known.upper
    if lower is not None:
        value = max(value, lower)
    return value if upper is None else min(value, upper)
