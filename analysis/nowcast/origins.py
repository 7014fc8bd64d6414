"""The quarterly duel over many origins: the model beside the rules of the benchmark of 2023-25 and a Bayesian VAR.

Coefficients of rules come from quarters to the origin, but never beyond 2019; what they carry on are the last values
known at the origin, and means go to the origin, as in the benchmark. The model opens with the tables of an earlier
year, see abm/experiments/validation/quarterly_duel; what differs by country is in origin_forms.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xinzhi.analysis.forecasting.linear import linear_forecast
from xinzhi.analysis.forecasting.scores import (
    LEVELS,
    DieboldMariano,
    crps,
    crps_normal,
    diebold_mariano,
    inside,
    root_mean_square,
    width,
)
from xinzhi.analysis.forecasting.systems import Minnesota, bayesian_vector_autoregression
from xinzhi.analysis.nowcast.origin_forms import BAYESIAN, CHINA, FORMS, LAST_FITTED, MODEL, OriginForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abm import QuarterlyDuel
    from abm.arrays import FloatArray

__all__ = ["equal_accuracy", "of_period", "origin_scores", "origin_table", "rule_forecasts"]

QUARTERS, MEAN_OF = 4, 8
Spread = tuple[float, float]  # mean and standard deviation


def origin_table(duel: QuarterlyDuel) -> pd.DataFrame:
    """A row for each origin, series, quarters ahead and rule: forecast, published, error, CRPS and intervals."""
    rows: list[dict[str, object]] = []
    form = FORMS[duel.economy]
    for run in duel.runs:
        rules = rule_forecasts(duel.record, run.place, form)
        for name in form.names:
            for ahead in form.ahead:
                published = duel.record[name].get(run.place + ahead)
                if published is None:
                    continue
                row: dict[str, object] = {
                    "origin": _quarter(run.place), "target": _quarter(run.place + ahead), "tables": run.tables,
                    "variable": name, "quarters_ahead": ahead, "published": published,
                }  # fmt: skip
                rows.append(row | _of_draws(run.growth[name][:, ahead - 1], published))
                for rule, of in rules.items():
                    rows.append(row | _of_normal(rule, of[name][ahead - 1], published))
    return pd.DataFrame(rows)


def rule_forecasts(
    record: Mapping[str, Mapping[int, float]], origin: int, form: OriginForm = CHINA
) -> dict[str, dict[str, list[Spread]]]:
    """{rule: {series: (mean, standard deviation) of each quarter ahead}} of what is known at an origin."""
    found: dict[str, dict[str, list[Spread]]] = {}
    fitted, steps, names = min(origin, LAST_FITTED) - form.first + 1, max(form.ahead), form.names

    def past(*series: str) -> FloatArray:
        return np.array([[record[name][place] for name in series] for place in range(form.first, origin + 1)])

    for name in names:
        for rule, one in _simple(past(name)[:, 0], fitted, steps).items():
            found.setdefault(rule, {})[name] = one
        for rule, lags in (("ar1", 1), ("ar2", 2)):
            forecast = linear_forecast(past(name), steps, lags, fitted)
            found.setdefault(rule, {})[name] = _pairs(forecast.mean[:, 0], forecast.deviation[:, 0])
    for rule, series in form.systems.items():
        forecast = linear_forecast(past(*series), steps, 1, fitted)
        found[rule] = {name: _pairs(forecast.mean[:, at], forecast.deviation[:, at]) for at, name in enumerate(names)}
    draws = bayesian_vector_autoregression(
        past(*names)[:fitted], steps, np.array(form.walks), Minnesota(lags=2), last=past(*names)[-2:]
    )
    means, deviations = draws.mean(axis=0), draws.std(axis=0)
    found[BAYESIAN] = {name: _pairs(means[:, at], deviations[:, at]) for at, name in enumerate(names)}
    return found


def origin_scores(table: pd.DataFrame, form: OriginForm = CHINA) -> pd.DataFrame:
    """A row for each series, period of the target, quarters ahead and rule: forecasts, RMSE, CRPS and coverage."""
    rows = []
    for period in form.periods:
        here = of_period(table, period, form)
        for (name, ahead, rule), mine in here.groupby(["variable", "quarters_ahead", "rule"], sort=False):
            row = {"variable": name, "period": period, "quarters_ahead": ahead, "rule": rule, "forecasts": len(mine)}
            row |= {"rmse": root_mean_square(mine["error"].to_numpy()), "mean_error": float(mine["error"].mean())}
            row |= {"crps": float(mine["crps"].mean()), "width_80": float(mine["width_80"].mean())}
            rows.append(row | {_inside(level): float(mine[_inside(level)].mean()) for level in LEVELS})
    return pd.DataFrame(rows)


def of_period(table: pd.DataFrame, period: str, form: OriginForm = CHINA) -> pd.DataFrame:
    """The forecasts of the quarters of a period."""
    return table[table["target"].isin([_quarter(place) for place in form.periods[period]])]


def equal_accuracy(
    table: pd.DataFrame, variable: str, period: str, ahead: int, rule: str, form: OriginForm = CHINA
) -> DieboldMariano:
    """Test of equal accuracy of the model and a rule, made from twenty errors on."""
    here = of_period(table, period, form)
    here = here[(here["variable"] == variable) & (here["quarters_ahead"] == ahead)].sort_values("origin")
    first, second = (here[here["rule"] == one]["error"].to_numpy(dtype=float) for one in (MODEL, rule))
    return diebold_mariano(first, second, ahead)


@cache
def _quarter(place: int) -> str:
    return f"{place // QUARTERS}Q{place % QUARTERS + 1}"


def _simple(past: FloatArray, fitted: int, steps: int) -> dict[str, list[Spread]]:
    """No change, and means of all quarters to the origin, as in the benchmark, and of the last eight."""
    ahead, around = np.sqrt(np.arange(1, steps + 1)), float(past.std(ddof=1))
    step = float(np.sqrt((np.diff(past[:fitted]) ** 2).mean()))
    flat, last = np.ones(steps), past[-MEAN_OF:]
    return {
        "no_change": _pairs(past[-1] * flat, step * ahead),
        "mean": _pairs(past.mean() * flat, around * flat),
        "mean8": _pairs(last.mean() * flat, last.std(ddof=1) * flat),
    }


def _pairs(mean: FloatArray, deviation: FloatArray) -> list[Spread]:
    return list(zip(mean.tolist(), deviation.tolist(), strict=True))


def _inside(level: float) -> str:
    return f"inside_{100 * level:.0f}"


def _of_draws(draws: FloatArray, published: float) -> dict[str, object]:
    middle = float(np.median(draws))
    row: dict[str, object] = {"rule": MODEL, "forecast": middle, "error": middle - published}
    row |= {"crps": crps(draws, published, fair=draws.size > 1), "width_80": width(draws, 0.8)}
    return row | {_inside(level): inside(draws, published, level) for level in LEVELS}


def _of_normal(rule: str, spread: Spread, published: float) -> dict[str, object]:
    from statistics import NormalDist

    mean, deviation = spread
    row: dict[str, object] = {"rule": rule, "forecast": mean, "error": mean - published}
    reach = {level: NormalDist().inv_cdf(0.5 + level / 2) * deviation for level in LEVELS}
    row |= {"crps": crps_normal(mean, deviation, published), "width_80": 2 * reach[0.8]}
    return row | {_inside(level): abs(mean - published) <= reach[level] for level in LEVELS}
