"""Errors that others published for the same quarters, beside those of the duel on the very same forecasts.

``published_errors_usa.csv`` has forecast less outcome in percentage points, by series, origin and quarters ahead, from
2017Q1 on. Source: the repository marketsreplica/US_BeforeIT.jl, August 2026, table of the losses of single forecasts of
its second stage (stage 2b); rounded. ``agents_2024`` is its agent-based model, third version, the mean of 500 paths
with accounts of 2024 at every origin; ``agents_2017`` the same with accounts of 2017; ``smets_wouters`` the model of
Smets and Wouters (2007); the others are rules, estimated anew at every origin from 2000 on. All of them use series as
revised later, and the accounts of a year are later than the origins before it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from abm import UserError
from xinzhi.analysis.forecasting.scores import root_mean_square
from xinzhi.analysis.nowcast.origin_forms import MODEL, OriginForm
from xinzhi.analysis.nowcast.origins import of_period

__all__ = ["PUBLISHED_WORDS", "has_published_errors", "published_errors", "published_scores", "read_errors"]

KEYS = ["variable", "origin", "quarters_ahead"]
PUBLISHED_WORDS = {
    "agents_2024": "US_BeforeIT, accounts of 2024", "agents_2017": "US_BeforeIT, accounts of 2017",
    "smets_wouters": "its Smets-Wouters model", "no_change": "its no change", "ar1": "its AR(1)", "ar4": "its AR(4)",
    "var1": "its VAR(1)", "bvar": "its Bayesian VAR",
}  # fmt: skip


def has_published_errors(economy: str) -> bool:
    """Whether there is a table of published errors for an economy."""
    return _path(economy).is_file()


@cache
def published_errors(economy: str) -> pd.DataFrame:
    """A row for each series, origin and quarters ahead, a column for each of PUBLISHED_WORDS. Raises UserError."""
    return read_errors(_path(economy))


def read_errors(path: Path) -> pd.DataFrame:
    """A table of published errors. Raises UserError naming file and line for a column or a number that is missing."""
    table = pd.read_csv(path)
    missing = [name for name in (*KEYS, *PUBLISHED_WORDS) if name not in table.columns]
    if missing:
        raise UserError(f"{path.name}: column {missing[0]} is missing; write it or take the file anew")
    for name in PUBLISHED_WORDS:
        wrong = ~np.isfinite(pd.to_numeric(table[name], errors="coerce"))
        if wrong.any():
            raise UserError(f"{path.name}, line {_line(wrong)}: {name} should be a number; correct it")
    if (twice := table.duplicated(KEYS)).any():
        raise UserError(f"{path.name}, line {_line(twice)}: the same forecast is given twice; remove one")
    return table


def _line(rows: pd.Series) -> int:
    """The line of the first row that is true, below the head."""
    return int(np.flatnonzero(rows.to_numpy())[0]) + 2


def published_scores(table: pd.DataFrame, form: OriginForm, economy: str) -> pd.DataFrame:
    """RMSE on the forecasts that both the duel and the published table have, by series, period, quarters ahead, rule.

    The rules of the duel are among the rows under their names, those that were published with ``published_`` before.
    """
    given, rows = published_errors(economy), []
    for period in form.periods:
        here = of_period(table, period, form)
        for rule, mine in here.groupby("rule", sort=False):
            both = mine.merge(given, on=KEYS)
            rows += _scores(both, period, str(rule), "error")
            if rule == MODEL:
                for name in PUBLISHED_WORDS:
                    rows += _scores(both, period, f"published_{name}", name)
    return pd.DataFrame(rows, columns=["variable", "period", "quarters_ahead", "rule", "forecasts", "rmse"])


def _scores(both: pd.DataFrame, period: str, rule: str, column: str) -> list[dict[str, object]]:
    return [
        {"variable": name, "period": period, "quarters_ahead": ahead, "rule": rule, "forecasts": len(one),
         "rmse": root_mean_square(one[column].to_numpy(dtype=float))}
        for (name, ahead), one in both.groupby(["variable", "quarters_ahead"], sort=False)
    ]  # fmt: skip


def _path(economy: str) -> Path:
    return Path(__file__).with_name(f"published_errors_{economy}.csv")
