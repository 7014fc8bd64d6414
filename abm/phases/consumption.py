"""What households mean to buy."""

from __future__ import annotations

import math

from abm.economics.dwellings import building_goes_on, building_share, released_saving
from abm.economics.income_tax import income_tax_rate, policy_tax_rate
from abm.economics.interest import real_rate_gap
from abm.economics.public_demand import returned_saving
from abm.economy import Economy
from abm.kernels.consumption import (
    HouseholdTotals,
    SpendingTerms,
    adjust_pensions,
    basket_price,
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
    macro.employee_rate = max(0.0, macro.employee_rate - returned_saving(economy) / (macro.mean_wage * macro.employed))
    basic, dividend = paid_to_all(instruments.view, macro.view)
    plans.carbon_dividend_share = dividend / (basic + dividend) if dividend > 0.0 else 0.0
    plans.income_tax_rate = income_tax_rate(economy)
    plans.policy_tax_rate = policy_tax_rate(economy)
    totals = economy.scratch.household_totals
    building_goes_on(economy)
    building = building_share(economy)
    terms = SpendingTerms(
        rate_gap=real_rate_gap(economy), price_gap=price_gap(economy), deposit_rate=macro.deposit_rate,
        wage_growth=plans.wage_growth, income_tax_rate=plans.income_tax_rate,
        building=building,
        released=released_saving(economy, building),
    )  # fmt: skip
    plan_spending[economy.threads](
        workers.view, structure.view, macro.view, instruments.view, parameters.households.view,
        parameters.government.view, terms.view, economy.scratch.with_state.view, totals, economy.quarter,
    )  # fmt: skip
    plans.household_totals = HouseholdTotals.sum_of(totals)
    macro.pension_burden = (
        plans.household_totals.pensions + plans.household_totals.old_age_help
    ) / plans.household_totals.wages
    macro.planned_saving = plans.household_totals.saving
    macro.mean_income = plans.household_totals.permanent_income / macro.adults
    plans.consumption_budget = plans.household_totals.consumption
    plans.housing_budget = plans.household_totals.housing * (1 - structure.land_fee_share)
    choose_goods(economy)


def price_gap(economy: Economy) -> float:
    """Log points by which the goods of the opening cost more than usual, and what is usual moves on (eq. 25a).

    Usual prices are learned at the speed of permanent income, since they turn it into real income.
    """
    macro, parameters = economy.macro, economy.parameters
    price = basket_price(economy.structure.consumption_basket, economy.plans.expected_final_price)
    usual = macro.usual_price * (1 + macro.expected_inflation)
    macro.usual_price = usual * (price / usual) ** parameters.households.income_gain
    return math.log(price / macro.usual_price)


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
