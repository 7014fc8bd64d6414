"""What the government means to buy."""

from __future__ import annotations

import numpy as np

from abm.arrays import Floats
from abm.economy import Economy
from abm.kernels.consumption import order_public_goods
from abm.phase import phase


@phase
def government_plans_spending(economy: Economy) -> None:
    """Public demand follows trend GDP, responds to slack and falls with debt (eq. 28)."""
    macro, plans, instruments, parameters = economy.macro, economy.plans, economy.instruments, economy.parameters
    trend = economy.macro.trend_gdp
    consumed, invested = public_demand(economy)
    cut = min(parameters.government.largest_cut * consumed, max(0.0, instruments.spending_cut * macro.policy_cost))
    teaching = macro.trainees * parameters.labour.training_cost * macro.mean_wage
    plans.grid_investment = instruments.grid_investment + instruments.carbon_green * macro.carbon_revenue / trend
    plans.public_services = (instruments.public_compute + instruments.ai_procurement) * trend
    ordered = policy_orders(economy)
    bought = sum(ordered.tolist())
    plans.policy_saving = cut
    plans.government_budget = consumed - cut + teaching + bought
    plans.policy_budget = bought + plans.grid_investment * trend
    plans.public_budget = invested + plans.grid_investment * trend
    order_public_goods(
        plans.view, economy.structure.view, consumed - cut, teaching, ordered, plans.public_budget,
        economy.structure.rows.teaching,
    )  # fmt: skip


def policy_orders(economy: Economy) -> Floats:
    """(sectors,) money for what policies buy, each from the sectors of its role.

    Administration and teaching, consulting and research, platforms and AI services.
    """
    rows, instruments, effects = economy.structure.rows, economy.instruments, economy.parameters.policy_effects
    programmes, trend = instruments.programme_spending, economy.macro.trend_gdp
    of_administration, of_business = effects.programmes_of_administration, effects.programmes_of_business
    shares = np.zeros(economy.sectors.rows)
    shares[rows.administration] += of_administration * programmes
    shares[rows.teaching] += instruments.teaching_spending
    shares[rows.business_services] += of_business * programmes + instruments.research_grants
    shares[rows.ai_services] += (1 - of_administration - of_business) * programmes
    ordered = shares * trend
    ordered[rows.ai_services] += economy.plans.public_services
    return ordered


def public_demand(economy: Economy) -> tuple[float, float]:
    """Money for public consumption and investment of the quarter, policies apart; the support of demand moves on."""
    macro, structure, parameters = economy.macro, economy.structure, economy.parameters
    rules, limit = parameters.government, parameters.government.support_gap
    slack = macro.broad_unemployment - parameters.labour.natural_unemployment
    change = max(-limit, min(limit, slack)) - rules.support_fading * macro.demand_support
    macro.demand_support += rules.demand_support * change
    gap = max(rules.lowest_gap, min(rules.highest_gap, slack))
    excess = macro.bonds / (4 * macro.trend_gdp) - rules.debt_target
    brake = 1 - rules.spending_brake * economy.instruments.debt_brake * excess
    brake = max(1 - rules.brake_limit, min(1 + rules.brake_limit, brake))
    lean, support = rules.stabilisation * rules.counter_cycle, rules.stabilisation * macro.demand_support
    consumed = structure.government_share * (1 + lean * gap + support) * brake
    invested = structure.public_investment_share * (1 + rules.investment_cycle * lean * gap + support) * brake
    return consumed * macro.trend_gdp, invested * macro.trend_gdp
