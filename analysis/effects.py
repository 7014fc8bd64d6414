"""What every lever changes, against the baseline on the same seeds, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.paired import Difference, Pair, mean_of_pairs
from analysis.panel import Panel
from analysis.text import format_number, wrapped

__all__ = ["EFFECTS", "effects_table", "effects_text"]

BASELINE = "baseline"
START, YEAR = 12, 4  # quarter in which the levers come into force; quarters in a year
YEARS = (5, 10, 25)


class Effect(NamedTuple):
    """One measured effect: its words, its unit, whether it is relative to the baseline, and the factor to the unit."""

    title: str
    unit: str
    relative: bool
    factor: float


EFFECTS = {
    "real_gdp": Effect("real GDP", "%", True, 100.0),
    "unemployment_rate": Effect("unemployment", "points", False, 100.0),
    "gini_disposable_income": Effect("Gini of disposable income", "points of 100", False, 100.0),
    "labour_share": Effect("labour share", "points", False, 100.0),
    "co2_emissions": Effect("CO2 emissions", "%", True, 100.0),
    "public_debt_ratio": Effect("public debt", "points of GDP", False, 100.0),
    "ai_adoption_share": Effect("firms that use AI", "points", False, 100.0),
    "ai_adoption_share_small": Effect("small firms (10-49) that use AI", "points", False, 100.0),
    "ai_adoption_share_medium": Effect("medium firms (50-249) that use AI", "points", False, 100.0),
    "ai_adoption_share_large": Effect("large firms (250+) that use AI", "points", False, 100.0),
}


def effects_table(results: Mapping[str, Any], strengths: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """A row for each lever, number of years in force and effect.

    Columns: lever, strength, years, variable, unit, effect, low, high (90 % interval of the mean over pairs), clear,
    cost (of the lever, a fraction of GDP, mean while in force), benefit_per_yuan (real GDP gained over the cost, both
    summed while in force; empty where the lever costs nothing). An effect is the mean of the last year.
    ``results`` must hold the baseline.
    """
    baseline = Panel(results[BASELINE])
    rows = []
    for lever, one in results.items():
        if lever == BASELINE:
            continue
        pair = Pair(Panel(one), baseline)
        setting = ", ".join(f"{name} {value:g}" for name, value in strengths[lever].items())
        for years, last in _horizons(pair.last):
            cost, benefit = _cost(pair, last)
            for variable, effect in EFFECTS.items():
                found = _effect(pair, variable, effect, last)
                if found is not None:
                    rows.append((lever, setting, years, variable, effect.unit, found.mean, found.low, found.high,
                                 found.clear, cost, benefit))  # fmt: skip
    columns = ["lever", "strength", "years", "variable", "unit", "effect", "low", "high", "clear", "cost",
               "benefit_per_yuan"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _horizons(last: int) -> list[tuple[int, int]]:
    """[(years in force, quarter)] that the runs reach; the last quarter where they reach none."""
    reached = [(years, START + YEAR * years) for years in YEARS if START + YEAR * years <= last]
    return reached or [(max(0, last - START) // YEAR, last)]


def _effect(pair: Pair, variable: str, effect: Effect, last: int) -> Difference | None:
    gaps = pair.relative_gaps(variable) if effect.relative else pair.gaps(variable)
    year = gaps[:, max(0, last - YEAR + 1) : last + 1]
    with np.errstate(invalid="ignore"):
        return mean_of_pairs(effect.factor * year.mean(axis=1)) if year.size else None


def _cost(pair: Pair, last: int) -> tuple[float, float | None]:
    """Cost over GDP, and real GDP gained per yuan spent, both at the prices of the time's GDP."""
    span = slice(START, last + 1)
    share = pair.subject.values("policy_cost_ratio")[:, span].mean(axis=0)
    output = pair.subject.values("real_gdp")[:, span].mean(axis=0)
    gained = pair.gaps("real_gdp")[:, span].mean(axis=0).sum()
    spent = float((share * output).sum())
    mean = float(share.mean()) if share.size else 0.0
    return mean, gained / spent if mean > 1e-6 else None


def effects_text(table: pd.DataFrame, seeds: int, paid_for: bool) -> str:
    """For each number of years and lever a paragraph: what is clear, with its interval, and what is not."""
    lines = []
    for years, rows in table.groupby("years"):
        lines += [f"After {years} years in force", ""]
        for lever, found in rows.groupby("lever", sort=False):
            lines += [wrapped(_sentence(lever, found), 2), ""]
    payer = (
        "The income tax pays for every lever a quarter later, and falls by what a lever brings (budget_rule)."
        if paid_for
        else "The levers are not paid for: what one costs or brings changes public debt, and demand with it."
    )
    note = (
        f"Effect: with the lever less the baseline, mean of {seeds} paired seeds over the last year, with the 90 % "
        "interval of the mean; no clear difference where the interval holds zero. Of ten intervals one misses by luck. "
        f"{payer} GDP per yuan: real GDP gained over what the lever cost, both summed while it is in force. China's "
        "adoption of AI is a scenario; results on jobs, inequality and the labour share also hang on the closures "
        "(xinzhi closures)."
    )
    return "\n".join([*lines, wrapped(note, 0)])


def _sentence(lever: str, rows: pd.DataFrame) -> str:
    clear = [
        f"{EFFECTS[row.variable].title} {row.effect:+.2f} {row.unit} [{row.low:+.2f} to {row.high:+.2f}]"
        for row in rows.itertuples()
        if row.clear
    ]
    unclear = [EFFECTS[row.variable].title for row in rows.itertuples() if not row.clear]
    first = rows.iloc[0]
    cost = f"costs {format_number(100 * first.cost, 2)} % of GDP" if first.cost > 0 else "costs the budget nothing"
    if first.cost < -5e-5:
        cost = f"brings {format_number(-100 * first.cost, 2)} % of GDP"
    benefit = first.benefit_per_yuan
    per_yuan = f", GDP per yuan {benefit:+.1f}" if benefit is not None and np.isfinite(benefit) else ""
    parts = [f"{lever} ({first.strength}; {cost}{per_yuan})"]
    if clear:
        parts.append("; ".join(clear))
    if unclear:
        parts.append(f"no clear difference: {', '.join(unclear)}")
    return ". ".join(parts) + "."
