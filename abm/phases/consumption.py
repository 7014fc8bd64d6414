"""What households mean to buy."""

from __future__ import annotations

from abm.economics.interest import real_rate_gap
from abm.economy import Economy
from abm.kernels.consumption import (
    HouseholdTotals,
    SpendingTerms,
    adjust_pensions,
    order_household_goods,
    paid_to_all,
    plan_spending,
)
from abm.kernels.engel import tally_spending
from abm.phase import phase


@phase
def households_plan_spending(economy: Economy) -> None:
    """Households receive income and plan consumption and spending on dwellings (eq. 23-27)."""
    workers, macro, structure = economy.workers, economy.macro, economy.structure
    instruments, parameters, plans = economy.instruments, economy.parameters, economy.plans
    adjust_pensions(workers.view, macro.view, structure.view, parameters.households.view, instruments.view)
    basic, dividend = paid_to_all(instruments.view, macro.view)
    plans.carbon_dividend_share = dividend / (basic + dividend) if dividend > 0.0 else 0.0
    plans.income_tax_rate = income_tax_rate(economy)
    plans.policy_tax_rate = policy_tax_rate(economy)
    totals = economy.scratch.household_totals
    terms = SpendingTerms(
        rate_gap=real_rate_gap(economy), deposit_rate=macro.deposit_rate,
        wage_growth=plans.wage_growth, income_tax_rate=plans.income_tax_rate,
    )  # fmt: skip
    plan_spending[economy.threads](
        workers.view, structure.view, macro.view, instruments.view, parameters.households.view,
        parameters.government.view, terms.view, economy.scratch.with_state.view, totals, economy.quarter,
    )  # fmt: skip
    plans.household_totals = HouseholdTotals.sum_of(totals)
    macro.pension_burden = (
        plans.household_totals.pensions + plans.household_totals.old_age_help
    ) / plans.household_totals.wages
    macro.mean_income = plans.household_totals.permanent_income / macro.adults
    plans.consumption_budget = plans.household_totals.consumption
    plans.housing_budget = plans.household_totals.housing * (1 - structure.land_fee_share)
    choose_goods(economy)


def income_tax_rate(economy: Economy) -> float:
    """The rate above the threshold.

    It responds to debt, pays for the policies of the last quarter where the budget rule says so, and returns carbon
    revenue.
    """
    macro, instruments, rules = economy.macro, economy.instruments, economy.parameters.government
    rate = rate_without_policies(economy)
    levy = instruments.surcharge * macro.policy_cost - instruments.carbon_tax_cut * macro.carbon_revenue
    if levy == 0.0 or macro.income_tax_base <= 0.0:
        return rate
    highest = rules.highest_income_tax / (1 + instruments.top_tax_step)
    return max(0.0, min(highest, rate + levy / macro.income_tax_base))


def rate_without_policies(economy: Economy) -> float:
    """The rate as it responds to debt alone."""
    macro, rules = economy.macro, economy.parameters.government
    excess = macro.bonds / (4 * macro.trend_gdp) - rules.debt_target
    response = 1 + rules.tax_response * economy.instruments.debt_brake * excess
    return economy.structure.income_tax_rate * max(rules.lowest_tax_factor, min(rules.highest_tax_factor, response))


def policy_tax_rate(economy: Economy) -> float:
    """The part of the rate by which the budget rule pays for policies; below zero where it returns their revenue.

    The carbon price's own cut of the income tax is not in it. Where a bound keeps the rate from what both ask for, each
    has its share in what is left.
    """
    macro, instruments = economy.macro, economy.instruments
    asked = instruments.surcharge * macro.policy_cost
    if asked == 0.0 or macro.income_tax_base <= 0.0:
        return 0.0
    together = asked - instruments.carbon_tax_cut * macro.carbon_revenue
    if together == 0.0:  # each undoes the other
        return asked / macro.income_tax_base
    return (economy.plans.income_tax_rate - rate_without_policies(economy)) * asked / together


def choose_goods(economy: Economy) -> None:
    """Goods in consumption, in constant value shares or by class of spenders along their Engel curves; dwellings."""
    structure, rules, scratch, plans = (
        economy.structure, economy.parameters.structural_change, economy.scratch, economy.plans
    )  # fmt: skip
    if rules.engel_curves:
        typical = plans.consumption_budget / economy.macro.adults
        tally_spending[economy.threads](economy.workers.view, typical, scratch.spenders, scratch.spent)
    order_household_goods(
        plans.view, structure.view, rules.view, scratch.spenders, scratch.spent, plans.consumption_budget,
        plans.housing_budget,
    )  # fmt: skip
