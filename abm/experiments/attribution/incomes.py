"""Where the income of every adult comes from, and what each source adds to the inequality of incomes.

Read in the midst of a quarter, right after households have planned their spending: later the property income and the
deposits that the quarter's income stands on have been replaced by those of the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm.state import Status

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.economy import Economy

__all__ = ["SOURCES", "gini_by_source", "incomes_by_source"]

# Source of income -> the words for it; the last two are taken away.
SOURCES = {
    "wages": "gross wages",
    "property": "dividends, rents and what farmers earn on their own account",
    "interest": "interest on deposits",
    "pensions": "pensions, and what lifts small ones to social assistance",
    "benefits": "unemployment benefits, pay during retraining and social assistance",
    "basic_income": "what every adult is paid alike: basic income and the carbon dividend",
    "contributions": "social contributions of employees, taken away",
    "income_tax": "income tax, taken away",
}


def incomes_by_source(economy: Economy) -> tuple[FloatArray, FloatArray]:
    """(sources, adults) and their sum, the disposable income (adults,); thousand yuan in the quarter.

    What is received by law is what is left of the disposable income once all else is accounted for, so that the rules
    for it are written in one place, plan_spending, and nothing can be missing here.
    """
    w, a = economy.state.workers, economy.state.macro
    alive = w.status != Status.ABSENT
    status, wages, disposable = w.status[alive], w.wage[alive], w.disposable_income[alive]
    property_income = w.property_income[alive]
    interest = a.deposit_rate * w.deposits[alive]
    basic = np.full(wages.size, _paid_to_all(economy) / a.adults)
    contributions = -a.employee_rate * wages
    tax = -_income_tax(economy, wages + interest + property_income)
    received = disposable - (wages + property_income + interest + basic + contributions + tax)
    pensions = np.where(status == Status.RETIRED, received, 0.0)
    rows = (wages, property_income, interest, pensions, received - pensions, basic, contributions, tax)
    return np.stack(rows), disposable


def _paid_to_all(economy: Economy) -> float:
    """Basic income and carbon dividend of all adults together."""
    return economy.plans.household_totals.basic_income


def _income_tax(economy: Economy, taxable: FloatArray) -> FloatArray:
    """(adults,) the tax schedule of eq. 23 at the quarter's rate; the tests hold its sum against the one paid."""
    a, rules = economy.state.macro, economy.parameters.government
    above = np.maximum(0.0, taxable - rules.income_tax_threshold * a.mean_wage)
    high = np.maximum(0.0, taxable - rules.income_tax_upper * a.mean_wage)
    return economy.plans.income_tax_rate * (above + economy.instruments.top_tax_step * high)


def gini_by_source(incomes: FloatArray, total: FloatArray) -> FloatArray:
    """(sources,) what each row of ``incomes`` (sources, adults) adds to the Gini of ``total`` (adults,), their sum.

    Share of the source in all income times its concentration coefficient, that is its Gini along the ranks of the total
    income (Shorrocks 1982; Lerman and Yitzhaki 1985). Those with the same income share the mean of their ranks, so that
    the order of the rows does not matter. Normalised by the absolute incomes, as the recorded Gini is.
    """
    _, place, heads = np.unique(total, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(heads) - 0.5 * (heads - 1))[place]
    size = float(np.abs(total).sum())
    if size == 0.0:
        return np.zeros(len(incomes))
    return incomes @ (2.0 * ranks - total.size - 1) / (total.size * size)
