"""The tables: every published figure beside the model and the rules, and their scores by variable and in all."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xinzhi.analysis.forecasting.scores import crps, crps_normal, interval, root_mean_square
from xinzhi.analysis.nowcast.rules import RULES_OF_TABLE, normal_of, past_of, place_of

if TYPE_CHECKING:
    from abm import Nowcast
    from abm.arrays import FloatArray

__all__ = ["LEVELS", "MODEL", "METHODS", "counted_rows", "nowcast_table", "scores_by_variable", "scores_of_methods"]

MODEL = "model"
METHODS = (MODEL, *RULES_OF_TABLE)
LEVELS = (80, 90)  # per cent, of the intervals
NO = "no"
YUAN = "CNY"  # stays as it is in the words of an economy in yuan
LEAST_FIGURES = 4  # of a variable whose root mean square errors are compared


def nowcast_table(nowcast: Nowcast) -> pd.DataFrame:
    """A row for each published figure, in the order of their table.

    ``model`` is the median over the seeds, ``model_low_80`` the lower end of its 80 % interval, ``model_inside_80``
    whether the figure lies in it; the same of each rule, whose intervals are those of a normal distribution.
    ``counted`` is whether the figure was not used and the model says something of it.
    """
    from abm import PUBLISHED_VARIABLES, in_words_of

    rows, tables = [], nowcast.scenario.tables
    home = in_words_of(YUAN, tables) == YUAN
    for one, values in zip(nowcast.figures, nowcast.values, strict=True):
        variable = PUBLISHED_VARIABLES[one.variable]
        said = bool(np.isfinite(values).all())
        row: dict[str, Any] = {
            "variable": one.variable, "title": in_words_of(str(variable.title), tables), "period": one.period,
            "unit": variable.unit, "published": one.value, "used": one.used, "counted": one.used == NO and said,
        }  # fmt: skip
        row |= _of_draws(values, one.value) if said else _nothing(MODEL)
        past = past_of(nowcast, one.variable, bool(one.quarter))
        place = place_of(one.year, one.quarter)
        for rule in RULES_OF_TABLE:
            ahead = past is not None and place > past.last
            row |= _of_normal(rule, *normal_of(past, rule, place), one.value) if past and ahead else _nothing(rule)
        rows.append(row | {"source": one.source, "concept": str(variable.concept_of(home))})
    return pd.DataFrame(rows)


def counted_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The figures that count: not used, and with a value of the model."""
    return table[table["counted"]]


def scores_of_methods(table: pd.DataFrame) -> pd.DataFrame:
    """Coverage, width, CRPS and RMSE ratio of the model and of each rule.

    A rule is scored on the figures for which it says something, and ``ratio`` is the model's root mean square error
    over the rule's on them: the geometric mean over variables of at least LEAST_FIGURES, since errors differ in size
    and a single one may be nought by chance.
    """
    counted, rows = counted_rows(table), []
    for method in METHODS:
        here = counted[counted[method].notna()]
        row: dict[str, Any] = {"method": method, "figures": len(here)}
        for level in LEVELS:
            row[f"inside_{level}"] = int(here[f"{method}_inside_{level}"].astype(bool).sum())
            row[f"coverage_{level}"] = row[f"inside_{level}"] / len(here) if len(here) else np.nan
            row[f"width_{level}"] = float((here[f"{method}_high_{level}"] - here[f"{method}_low_{level}"]).mean())
        row["crps"] = float(here[f"{method}_crps"].mean())
        row["model_crps"] = float(here[f"{MODEL}_crps"].mean())
        row["ratio"] = _ratio(here, method)
        rows.append(row)
    return pd.DataFrame(rows)


def scores_by_variable(table: pd.DataFrame) -> pd.DataFrame:
    """The same by variable: how many figures, how many inside, the model's mean error and the RMSE of every method."""
    rows = []
    for name, here in counted_rows(table).groupby("variable", sort=False):
        row: dict[str, Any] = {
            "variable": name, "title": here["title"].iloc[0], "unit": here["unit"].iloc[0], "figures": len(here),
        }  # fmt: skip
        for level in LEVELS:
            row[f"inside_{level}"] = int(here[f"{MODEL}_inside_{level}"].astype(bool).sum())
        row["width_80"] = float((here[f"{MODEL}_high_80"] - here[f"{MODEL}_low_80"]).mean())
        row["mean_error"] = float((here[MODEL] - here["published"]).mean())
        for method in METHODS:
            row[f"{method}_rmse"] = _rmse(here, method)
            row[f"{method}_crps"] = float(here[f"{method}_crps"].mean())
        rows.append(row)
    return pd.DataFrame(rows)


def _rmse(rows: pd.DataFrame, method: str) -> float:
    errors = (rows[method] - rows["published"]).to_numpy(dtype=float)
    return root_mean_square(errors) if np.isfinite(errors).all() else float("nan")


def _ratio(rows: pd.DataFrame, method: str) -> float:
    """Geometric mean over variables of the model's RMSE over that of a method."""
    many = [here for _, here in rows.groupby("variable") if len(here) >= LEAST_FIGURES]
    errors = [(_rmse(here, MODEL), _rmse(here, method)) for here in many]
    known = [model / other for model, other in errors if model > 0.0 and other > 0.0]  # not a number is left out
    return float(np.exp(np.mean(np.log(known)))) if known else float("nan")


def _of_draws(values: FloatArray, published: float) -> dict[str, Any]:
    row: dict[str, Any] = {MODEL: float(np.median(values))}
    for level in LEVELS:
        row |= _ends(MODEL, level, *interval(values, level / 100), published)
    return row | {f"{MODEL}_crps": crps(values, published)}


def _of_normal(rule: str, mean: float, deviation: float, published: float) -> dict[str, Any]:
    row: dict[str, Any] = {rule: mean}
    for level in LEVELS:
        reach = NormalDist().inv_cdf(0.5 + level / 200) * deviation
        row |= _ends(rule, level, mean - reach, mean + reach, published)
    return row | {f"{rule}_crps": crps_normal(mean, deviation, published)}


def _ends(name: str, level: int, low: float, high: float, published: float) -> dict[str, Any]:
    inside = bool(low <= published <= high)
    return {f"{name}_low_{level}": low, f"{name}_high_{level}": high, f"{name}_inside_{level}": inside}


def _nothing(name: str) -> dict[str, Any]:
    row: dict[str, Any] = {name: np.nan}
    for level in LEVELS:
        row |= {f"{name}_low_{level}": np.nan, f"{name}_high_{level}": np.nan, f"{name}_inside_{level}": None}
    return row | {f"{name}_crps": np.nan}
