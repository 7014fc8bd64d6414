"""Judges of the back-test: forecasts with a spread that know the past of a series alone, scored beside the model.

Rules know one series: a random walk, with drift, a trend, an autoregression of its changes (of a share: of its level).
Systems know several: a VAR(1) of growth and a Bayesian VAR of logarithms with a Minnesota prior, both of yearly
figures before the opening. The drift and the trend see ten years, as in the count; the others all years on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from abm import UserError
from xinzhi.analysis.backtest.targets import ECONOMY, Target, error_of
from xinzhi.analysis.forecasting.rules import LEAST_HISTORY, forecast
from xinzhi.analysis.forecasting.scores import LEVELS, crps, inside, width
from xinzhi.analysis.forecasting.systems import (
    Minnesota,
    bayesian_vector_autoregression,
    vector_autoregression_draws,
)
from xinzhi.analysis.statistics.naive_forecasts import YEARS_OF_PAST

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["FORECASTERS", "MODEL", "forecaster_rows", "rule_draws", "system_draws"]

MODEL = "model"
RULES = ("no_change", "drift", "trend", "ar")
FORECASTERS = {
    MODEL: "Model", "no_change": "No change", "drift": "Drift", "trend": "Trend", "ar": "AR(p)", "var": "VAR(1)",
    "bvar": "BVAR",
}  # fmt: skip
TEN_YEARS = ("drift", "trend")
PRIOR = Minnesota(lags=2)
DRAWS, SEED = 1000, 1
NORMAL = np.array([NormalDist().inv_cdf((place + 0.5) / 200) for place in range(200)])

Record = Mapping[tuple[str, str], Mapping[int, float]]


def rule_draws(target: Target, series: Mapping[int, float], opening: int, steps: int) -> dict[str, FloatArray]:
    """{rule: (draws, steps)} of the values after the opening; none for a series with too few years in a row."""
    past = _in_a_row(series, opening)
    if past.size < LEAST_HISTORY + 1:
        return {}
    values = np.log(past) if target.growing else past
    found = {}
    for rule in RULES:
        seen = values[-YEARS_OF_PAST - 1 :] if rule in TEN_YEARS else values
        ahead = forecast(seen, steps, rule, of_changes=rule == "ar" and target.growing)
        drawn = ahead.mean + NORMAL[:, None] * ahead.deviation
        found[rule] = np.exp(drawn) if target.growing else drawn
    return found


def system_draws(
    observed: Record, opening: int, steps: int, systems: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, dict[str, FloatArray]], str]:
    """{target: {system: (draws, steps)}}, and what is missing in words.

    ``systems`` are {target: the targets that it is forecast together with}.
    """
    found: dict[str, dict[str, FloatArray]] = {}
    missing = ""
    for target, names in systems.items():
        if any(opening not in observed.get((name, ECONOMY), {}) for name in names):
            continue
        pasts = [_in_a_row(observed[name, ECONOMY], opening) for name in names]
        shortest = min(past.size for past in pasts)
        values = np.log(np.column_stack([past[-shortest:] for past in pasts]))
        place, found[target] = names.index(target), {}
        try:
            changes = vector_autoregression_draws(np.diff(values, axis=0), steps, DRAWS, SEED)
            found[target]["var"] = np.exp(values[-1, place] + np.cumsum(changes[:, :, place], axis=1))
        except (UserError, ValueError) as error:
            missing = f"VAR(1) left out: {error}"
        try:
            levels = bayesian_vector_autoregression(values, steps, np.ones(len(names)), PRIOR, DRAWS, SEED)
            found[target]["bvar"] = np.exp(levels[:, :, place])
        except ValueError as error:
            missing = f"BVAR left out: {error}"
    return found, missing


def forecaster_rows(
    target: Target,
    group: str,
    series: Mapping[int, float],
    opening: int,
    years: Iterable[int],
    draws: Mapping[str, FloatArray],
    whole: float,
) -> list[dict[str, Any]]:
    """One row for each forecaster and year: error of the median, CRPS, and for each level coverage and width.

    ``draws`` are {forecaster: (draws, years)}, the first of them the year after the opening.
    """
    rows = []
    for year in years:
        for name, drawn in draws.items():
            values = drawn[:, year - opening - 1]
            errors = error_of(target, values, series[year], (series[opening], year - opening), whole)
            middle = float(np.median(errors))
            row: dict[str, Any] = {"target": target.name, "group": group, "year": year, "forecaster": name}
            row |= {"predicted": float(np.median(values)), "observed": series[year], "error": middle}
            row["crps"] = crps(errors, 0.0, fair=errors.size > 1)
            rows.append(row | _intervals(errors))
    return rows


def _intervals(errors: FloatArray) -> dict[str, Any]:
    """Whether each central interval of the errors holds nought, and how wide it is."""
    found: dict[str, Any] = {}
    for level in LEVELS:
        found[f"inside_{100 * level:.0f}"] = inside(errors, 0.0, level)
        found[f"width_{100 * level:.0f}"] = width(errors, level)
    return found


def _in_a_row(series: Mapping[int, float], opening: int) -> FloatArray:
    """The values of the years without a gap that end with the opening."""
    first = opening
    while first - 1 in series:
        first -= 1
    return np.array([series[year] for year in range(first, opening + 1)], dtype=float)
