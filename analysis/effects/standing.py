"""Where each lever stands: ranked by consumption gained per yuan where it spends what the others spend, else apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from xinzhi.analysis.effects.effects import LEAST_SHOWN, span_words
from xinzhi.analysis.effects.measured import CRITERION
from xinzhi.analysis.reading.present_value import rate_words

__all__ = ["Standing", "budget_of", "discounted", "last_year", "spends_budget", "standing_of", "subject_words"]

SPENT = 0.1  # part of the budget by which the cost may miss it: the strength was sought on fewer seeds


class Standing(NamedTuple):
    """The levers of one number of years in force.

    ranked   from the most household consumption gained per yuan to the least
    other    what spends another sum than the budget, the larger first; empty at documented strengths
    revenue  what brings the budget money
    free     what costs it nothing
    """

    ranked: tuple[str, ...]
    other: tuple[str, ...]
    revenue: tuple[str, ...]
    free: tuple[str, ...]


def last_year(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the longest time in force that the runs reach."""
    return table[table["years"] == table["years"].max()]


def budget_of(rows: pd.DataFrame) -> float | None:
    """What every lever was to spend, per cent of GDP a year; None at documented strengths."""
    budget = rows["budget_per_cent"].iloc[0]
    return None if budget is None or not np.isfinite(budget) else float(budget)


def discounted(rows: pd.DataFrame) -> str:
    """``discounted at 5 % a year``, as the gains per yuan are."""
    return rate_words(float(rows["discount_rate_per_cent"].iloc[0]) / 100)


def spends_budget(cost: float, budget: float) -> bool:
    """Whether a cost is about the budget, both in per cent of GDP."""
    return abs(cost / budget - 1.0) <= SPENT


def standing_of(rows: pd.DataFrame) -> Standing:
    """Where the levers in ``rows`` of one number of years stand."""
    budget = budget_of(rows)
    firsts = rows.drop_duplicates("lever").set_index("lever")
    costs = firsts["cost_per_cent"]
    by_cost = costs.sort_values(ascending=False, kind="stable").index
    spending = [lever for lever in by_cost if costs[lever] >= LEAST_SHOWN]
    level = [lever for lever in spending if budget is None or spends_budget(costs[lever], budget)]
    gain = firsts[CRITERION.column].fillna(-np.inf)
    return Standing(
        ranked=tuple(sorted(level, key=lambda lever: -gain[lever])),
        other=tuple(lever for lever in spending if lever not in level),
        revenue=tuple(lever for lever in by_cost[::-1] if costs[lever] <= -LEAST_SHOWN),
        free=tuple(lever for lever in by_cost if abs(costs[lever]) < LEAST_SHOWN),
    )


def subject_words(rows: pd.DataFrame) -> str:
    """``Spending 0.5 % of GDP a year on each policy, 2027 to 2051 (25 years in force)``."""
    budget = budget_of(rows)
    start = "Each policy at its documented strength"
    if budget is not None:
        start = f"Spending {budget:.3g} % of GDP a year on each policy"
    return f"{start}, {span_words(rows)}"
