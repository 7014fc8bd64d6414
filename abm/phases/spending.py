"""What households, the government, investing firms and foreigners mean to buy."""

from __future__ import annotations

import math

import numpy as np

from abm.economy import Economy
from abm.kernels.benefits import benefit_rules
from abm.kernels.engel import class_shares, tally_spending
from abm.kernels.households import HouseholdTotals, plan_spending
from abm.kernels.investment import plan_investment, weigh_capital
from abm.phase import phase
from abm.state import Status

BUSINESS, PUBLIC = 18, 19  # rows of the sectors that research and teach for the government
ICT = 15
PROGRAMME_MIX = {PUBLIC: 0.5, BUSINESS: 0.25, ICT: 0.25}  # what programmes buy: administration, consulting, platforms
HIGHEST_TOP_RATE = 0.7  # of the income tax, however much a policy costs
LARGEST_CUT = 0.5  # of public consumption


def real_rate_gap(economy: Economy) -> float:
    """Real policy rate over its natural level, per quarter."""
    a, target = economy.state.macro, economy.parameters.growth.inflation_target
    return (a.policy_rate - economy.natural_rate) - (a.expected_inflation - target)


@phase
def households_plan_spending(economy: Economy) -> None:
    """Income of the quarter, and spending on consumption and dwellings out of it (eq. 23-27)."""
    state, structure, p, now = economy.state, economy.structure, economy.parameters, economy.plans
    w, a, h, government = state.workers, state.macro, p.households, p.government
    gap = real_rate_gap(economy)
    mood = math.exp(a.consumption_shock - h.rate_response * gap)
    housing = math.exp(max(-0.6, min(0.6, 0.5 * a.investment_shock - 4 * h.dwelling_rate_response * gap)))
    now.income_tax_rate = income_tax_rate(economy)
    basic_income, policy = income_for_all(economy), economy.instruments
    _run_pensions(economy)
    totals = economy.scratch.household_totals
    plan_spending[economy.threads](
        economy.scratch.worker_chunks, economy.quarter, w.status, w.insured, w.jobless_quarters,
        w.age, w.wage, w.reference_wage, w.property_income, w.deposits, w.dwellings, w.disposable_income,
        w.permanent_income, w.consumption, w.housing_outlay, totals, a.employee_rate,
        structure.pension_rate * a.pension_factor, h.pension_own_weight,
        h.pension_residents * a.pension_factor * a.mean_wage, *benefit_rules(h.view, policy.view),
        h.stipend * policy.retraining_stipend, h.assistance * a.mean_wage, basic_income, a.mean_wage, now.wage_growth,
        max(0.0, a.policy_rate - p.money.deposit_spread), now.income_tax_rate,
        government.income_tax_threshold * a.mean_wage,
        government.income_tax_upper * a.mean_wage, policy.top_tax_step, a.expected_inflation + a.expected_growth,
        h.income_gain, structure.propensity_level, h.propensity_low_income, h.propensity_high_income,
        h.propensity_scale, a.mean_income, mood, h.wealth_effect, h.wealth_effect_rich, h.wealth_scale,
        structure.housing_share, housing, h.cash_limit,
    )  # fmt: skip
    now.household_totals = h_totals = HouseholdTotals.from_buffer_copy(totals.sum(axis=0))
    a.pension_burden = (h_totals.pensions + h_totals.old_age_help) / h_totals.wages
    a.mean_income = h_totals.permanent_income / a.adults
    now.consumption_budget = h_totals.consumption
    now.housing_budget = h_totals.housing * (1 - structure.land_fee_share)
    now.consumption[:] = now.consumption_budget * consumption_shares(economy) / now.expected_final_price
    now.dwellings[:] = basket_for(now.housing_budget, structure.dwelling_basket, now.expected_final_price)


def _run_pensions(economy: Economy) -> None:
    """Ageing lowers pensions against wages in part; the rest is paid by the contributions of those at work.

    What lifts small pensions to social assistance belongs to the burden.
    """
    a, structure, h = economy.state.macro, economy.structure, economy.parameters.households
    retired = np.count_nonzero(economy.state.workers.status == Status.RETIRED)
    a.pension_factor = (structure.retired_per_employed * a.employed / max(retired, 1)) ** h.pension_restraint
    a.pension_factor *= economy.instruments.pension_level
    rise = a.pension_burden - structure.pension_burden
    a.employee_rate = max(0.0, structure.employee_rate + h.pension_contributions * rise)


def consumption_shares(economy: Economy) -> np.ndarray:
    """(20,) value shares of what households mean to buy: constant, or by class of spenders along their Engel curves."""
    structure, rules, scratch, now = (
        economy.structure, economy.parameters.structural_change, economy.scratch, economy.plans
    )  # fmt: skip
    if not rules.engel_curves:
        return structure.consumption_basket
    spending = economy.state.workers.consumption
    tally_spending[economy.threads](
        scratch.worker_chunks,
        spending,
        now.consumption_budget / economy.state.macro.adults,
        scratch.spenders,
        scratch.spent,
    )
    now.class_persons[:], now.class_spending[:] = scratch.spenders.sum(axis=0), scratch.spent.sum(axis=0)
    class_shares(
        now.class_persons, now.class_spending, now.expected_final_price, structure.taste, structure.engel_slopes,
        rules.substitution, now.class_shares,
    )  # fmt: skip
    return now.class_spending @ now.class_shares / now.class_spending.sum()


def income_tax_rate(economy: Economy) -> float:
    """The rate above the threshold: it responds to debt, pays for the policies of the last quarter where the budget
    rule says so, and returns carbon revenue."""
    a, policy, rules = economy.state.macro, economy.instruments, economy.parameters.government
    excess = a.bonds / (4 * a.trend_gdp) - rules.debt_target
    response = rules.tax_response * policy.debt_brake
    rate = economy.structure.income_tax_rate * max(0.5, min(2.5, 1 + response * excess))
    levy = policy.surcharge * a.policy_cost - policy.carbon_tax_cut * a.carbon_revenue
    if levy == 0.0 or a.income_tax_base <= 0.0:
        return rate
    return max(0.0, min(HIGHEST_TOP_RATE / (1 + policy.top_tax_step), rate + levy / a.income_tax_base))


def income_for_all(economy: Economy) -> float:
    """What every adult is paid alike: basic income, and the dividend out of last quarter's carbon revenue."""
    a, policy = economy.state.macro, economy.instruments
    basic = policy.basic_income * a.mean_wage
    dividend = policy.carbon_dividend * a.carbon_revenue / a.adults
    economy.plans.carbon_dividend_share = dividend / (basic + dividend) if dividend > 0.0 else 0.0
    return basic + dividend


def basket_for(budget: float, basket, prices):
    """(20,) quantities in fixed proportions that a budget buys."""
    return budget * basket / (basket * prices).sum()


@phase
def government_plans_spending(economy: Economy) -> None:
    """Public demand follows trend GDP, leans against slack and brakes with debt (eq. 28)."""
    structure, p, now, a = economy.structure, economy.parameters, economy.plans, economy.state.macro
    rules = p.government
    slack = a.broad_slack - p.labour.natural_unemployment
    a.demand_support += rules.demand_support * (max(-0.05, min(0.05, slack)) - 0.1 * a.demand_support)
    gap = max(-0.05, min(0.10, slack))
    excess = a.bonds / (4 * a.trend_gdp) - rules.debt_target
    brake = max(0.8, min(1.2, 1 - rules.spending_brake * economy.instruments.debt_brake * excess))
    lean, support = rules.stabilisation * rules.counter_cycle, rules.stabilisation * a.demand_support
    share = structure.government_share * (1 + lean * gap + support) * brake
    invested = structure.public_investment_share * (1 + 2 * lean * gap + support) * brake
    prices = now.expected_final_price
    usual = share * a.trend_gdp
    usual -= min(LARGEST_CUT * usual, max(0.0, economy.instruments.spending_cut * a.policy_cost))
    now.government[:] = usual * structure.government_basket / prices
    teaching = a.trainees * p.labour.training_cost * a.mean_wage
    now.government[PUBLIC] += teaching / prices[PUBLIC]
    bought = programmes_bought(economy)
    now.government += bought / prices
    green = now.grid_investment * a.trend_gdp
    now.government_budget = usual + teaching + float(bought.sum())
    now.policy_budget = float(bought.sum()) + green
    now.public_budget = invested * a.trend_gdp + green
    now.public[:] = basket_for(now.public_budget, structure.public_basket, prices)


def programmes_bought(economy: Economy) -> np.ndarray:
    """(20,) what policies buy by sector this quarter, money; also what goes into AI services and clean power."""
    policy, a, now = economy.instruments, economy.state.macro, economy.plans
    now.grid_investment = policy.grid_investment + policy.carbon_green * a.carbon_revenue / a.trend_gdp
    now.public_services = (policy.public_compute + policy.ai_procurement) * a.trend_gdp
    shares = np.zeros(economy.state.sectors.rows)
    for sector, part in PROGRAMME_MIX.items():
        shares[sector] = part * policy.programme_spending
    shares[PUBLIC] += policy.teaching_spending
    shares[BUSINESS] += policy.research_grants
    bought = shares * a.trend_gdp
    bought[ICT] += now.public_services
    return bought


@phase
def firms_plan_investment(economy: Economy) -> None:
    """Firms order capital goods: replacement, trend, a weak accelerator, within their finance (eq. 31)."""
    state, structure, p, now = economy.state, economy.structure, economy.parameters, economy.plans
    f, s, a, rules = state.firms, state.sectors, state.macro, p.investment
    mood = math.exp(max(-0.6, min(0.6, a.investment_shock - 4 * rules.rate_response * real_rate_gap(economy))))
    mood *= (1 - structure.corporate_tax_rate * economy.instruments.investment_deduction) ** -rules.tax_elasticity
    price = float((structure.capital_basket * now.expected_final_price).sum())
    totals = economy.scratch.investment
    gap, expansion = np.empty(s.rows), np.empty(s.rows)
    weigh_capital(
        structure.sector_start, f.expected_demand, f.capital, f.capital_productivity, p.firms.normal_utilisation,
        structure.depreciation, rules.reallocation, gap, expansion,
    )  # fmt: skip
    plan_investment[economy.threads](
        economy.scratch.firm_chunks, f.sector, f.expected_demand, f.capital, f.capital_productivity, f.deposits,
        f.loans, f.entrant, f.investment_rate, f.investment, totals, s.trend_growth, gap, expansion,
        p.firms.normal_utilisation, structure.depreciation, rules.accelerator,
        rules.reallocation, a.long_run_growth, mood, rules.smoothing, rules.highest_rate, rules.highest_leverage,
        bank_factor(economy), price,
    )  # fmt: skip
    now.capital[:] = float(totals.sum()) * structure.capital_basket


def bank_factor(economy: Economy) -> float:
    """How far the bank's capital lets it lend, 0 to 1."""
    a = economy.state.macro
    loans = max(float(economy.state.firms.loans.sum()), 1e-9)
    return max(0.0, min(1.0, a.bank_equity / (0.05 * loans)))


@phase
def foreigners_order(economy: Economy) -> None:
    """Exports follow world demand and the price against foreign goods (eq. 30)."""
    a, now = economy.state.macro, economy.plans
    relative = economy.state.sectors.posted_price / now.foreign_price
    demand = economy.structure.exports * a.world_demand * math.exp(a.export_shock + a.world_gain)
    now.exports[:] = demand * relative**-economy.parameters.trade.export_elasticity
