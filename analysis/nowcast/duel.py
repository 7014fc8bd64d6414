"""The quarterly duel: growth and consumer prices from the opening quarter on, the model beside rules and systems."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xinzhi.analysis.forecasting.rules import forecast
from xinzhi.analysis.forecasting.scores import crps, crps_normal, root_mean_square
from xinzhi.analysis.forecasting.systems import bayesian_vector_autoregression, vector_autoregression
from xinzhi.analysis.nowcast.rules import past_of, place_of

if TYPE_CHECKING:
    from abm import Nowcast
    from abm.arrays import FloatArray

__all__ = ["AHEAD", "DUELLED", "MODEL", "benchmark", "duel_scores", "duel_table"]

CHINA = "china"
DUELLED = ("real_gdp_growth", "consumer_prices")
AHEAD = (1, 2, 4, 8)  # quarters after the opening
MODEL, VAR, BAYESIAN_VAR = "model", "var", "bvar"
RULES = ("no_change", "drift", "trend", "mean", "mean8", "ar1", "ar")
MEAN_OF = 8  # quarters


def duel_table(nowcast: Nowcast) -> pd.DataFrame:
    """A row for each series, rule and quarter ahead: what was forecast, what was published, error and CRPS."""
    published = {
        (one.variable, place_of(one.year, one.quarter)): (place, one.value)
        for place, one in enumerate(nowcast.figures)
        if one.quarter and one.used == "no"
    }
    origin = place_of(nowcast.opening, 1)
    steps = max((place - origin for name, place in published if name in DUELLED), default=0)
    rows: list[dict[str, object]] = []
    if steps < 1:
        return pd.DataFrame(columns=["variable", "rule", "quarters_ahead", "forecast", "published", "error", "crps"])
    others = {name: _forecasts(nowcast, name, steps) for name in DUELLED}
    for name in DUELLED:
        for ahead in range(1, steps + 1):
            if (name, origin + ahead) not in published:
                continue
            place, value = published[name, origin + ahead]
            draws = nowcast.values[place]
            rows.append(_row(name, MODEL, ahead, float(np.median(draws)), value, crps(draws, value)))
            for rule, (mean, deviation) in others[name].items():
                score = crps_normal(float(mean[ahead - 1]), float(deviation[ahead - 1]), value)
                rows.append(_row(name, rule, ahead, float(mean[ahead - 1]), value, score))
    return pd.DataFrame(rows)


def duel_scores(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each series and rule: forecasts, RMSE and CRPS over all of them, absolute error at AHEAD.

    Ordered by root mean square error; NaN where a quarter ahead is not published yet.
    """
    rows = []
    for (name, rule), here in table.groupby(["variable", "rule"], sort=False):
        errors = here.set_index("quarters_ahead")["error"]
        row = {"variable": name, "rule": rule, "forecasts": len(here), "rmse": root_mean_square(errors.to_numpy())}
        row |= {"crps": float(here["crps"].mean())}
        row |= {f"error_{ahead}": abs(float(errors.get(ahead, np.nan))) for ahead in AHEAD}
        rows.append(row)
    columns = ["variable", "rule", "forecasts", "rmse", "crps", *(f"error_{ahead}" for ahead in AHEAD)]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["variable", "rmse"], ascending=[False, True], kind="stable").reset_index(drop=True)


@cache
def benchmark(economy: str = CHINA) -> pd.DataFrame:
    """Root mean square errors of rules over the quarters of 2023-25, with parameters from 2000-2019.

    ``economy`` is the name of its tables; one without a benchmark has an empty table.
    """
    name = "benchmark.csv" if economy == CHINA else f"benchmark_{economy}.csv"
    path = Path(__file__).with_name(name)
    columns = ["variable", "quarters_ahead", "rule", "root_mean_square_error"]
    return pd.read_csv(path) if path.is_file() else pd.DataFrame(columns=columns)


def _row(name: str, rule: str, ahead: int, value: float, published: float, score: float) -> dict[str, object]:
    return {
        "variable": name, "rule": rule, "quarters_ahead": ahead, "forecast": value, "published": published,
        "error": value - published, "crps": score,
    }  # fmt: skip


def _forecasts(nowcast: Nowcast, name: str, steps: int) -> dict[str, tuple[FloatArray, FloatArray]]:
    """{rule: (mean, deviation) for each quarter ahead}; nothing where the past is too short."""
    past = past_of(nowcast, name, quarterly=True)
    if past is None:
        return {}
    found = {}
    for rule in RULES:
        values = past.values[-MEAN_OF:] if rule == "mean8" else past.values
        one = forecast(values, steps, "mean" if rule == "mean8" else rule)
        found[rule] = (one.mean, one.deviation)
    return found | _of_systems(nowcast, name, steps)


def _of_systems(nowcast: Nowcast, name: str, steps: int) -> dict[str, tuple[FloatArray, FloatArray]]:
    """A VAR(1) of growth and consumer prices, and the same with a Minnesota prior.

    Raises UserError without statsmodels.
    """
    series = [past_of(nowcast, one, quarterly=True) for one in DUELLED]
    known = [one for one in series if one is not None]
    if len(known) < len(DUELLED) or len({one.last for one in known}) > 1:
        return {}
    many = min(one.values.size for one in known)
    history, at = np.column_stack([one.values[-many:] for one in known]), DUELLED.index(name)
    plain = vector_autoregression(history, steps)
    draws = bayesian_vector_autoregression(history, steps, np.zeros(len(DUELLED)))[:, :, at]
    return {
        VAR: (plain.mean[:, at], plain.deviation[:, at]),
        BAYESIAN_VAR: (draws.mean(axis=0), draws.std(axis=0)),
    }
