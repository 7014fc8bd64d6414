"""What the government, investing firms and foreigners mean to buy."""

from __future__ import annotations

import math

import numpy as np

from abm.economics.interest import real_rate_gap
from abm.economy import Economy
from abm.kernels.investment import plan_investment, weigh_capital
from abm.phase import phase

BUSINESS, PUBLIC = 18, 19  # rows of the sectors that research and teach for the government
ICT = 15
PROGRAMME_MIX = {PUBLIC: 0.5, BUSINESS: 0.25, ICT: 0.25}  # what programmes buy: administration, consulting, platforms
LARGEST_CUT = 0.5  # of public consumption


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
