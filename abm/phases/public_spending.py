"""What the government means to buy: what is needed, and what policies ask for."""

from __future__ import annotations

import numpy as np

from abm.arrays import Floats
from abm.economics.public_demand import spending_by_debt, usual_demand
from abm.economy import Economy
from abm.kernels.consumption import order_public_goods
from abm.phase import phase


@phase
def government_plans_spending(economy: Economy) -> None:
    """Public demand follows needs, responds to slack and falls with debt (eq. 28)."""
    macro, plans, instruments, parameters = economy.macro, economy.plans, economy.instruments, economy.parameters
    trend = economy.macro.trend_gdp
    usual_investment, consumed, invested = public_demand(economy)
    cut = min(parameters.government.largest_cut * consumed, max(0.0, instruments.spending_cut * macro.policy_cost))
    teaching = macro.trainees * parameters.labour.training_cost * macro.mean_wage
    plans.grid_investment = instruments.grid_investment + instruments.carbon_green * macro.carbon_revenue / trend
    plans.public_services = (instruments.public_compute + instruments.ai_procurement) * trend
    ordered = policy_orders(economy)
    bought = sum(ordered.tolist())
    plans.policy_saving = cut
    plans.government_budget = consumed - cut + teaching + bought
    built = (plans.grid_investment + instruments.public_investment) * trend
    plans.policy_budget = bought + built
    plans.public_budget = invested + built
    plans.usual_public_budget = usual_investment + plans.grid_investment * trend
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
    if not (
        programmes or instruments.teaching_spending or instruments.research_grants or economy.plans.public_services
    ):
        return shares
    shares[rows.administration] += of_administration * programmes
    shares[rows.teaching] += instruments.teaching_spending
    shares[rows.business_services] += of_business * programmes + instruments.research_grants
    shares[rows.ai_services] += (1 - of_administration - of_business) * programmes
    ordered = shares * trend
    ordered[rows.ai_services] += economy.plans.public_services
    return ordered


def public_demand(economy: Economy) -> tuple[float, float, float]:
    """Money for public investment without cycle and debt rule, for public consumption, and for public investment.

    That of the quarter, policies apart; the support of demand moves on.
    """
    macro, parameters = economy.macro, economy.parameters
    rules, limit = parameters.government, parameters.government.support_gap
    slack = macro.broad_unemployment - parameters.labour.natural_unemployment
    change = max(-limit, min(limit, slack)) - rules.support_fading * macro.demand_support
    macro.demand_support += rules.demand_support * change
    gap = max(rules.lowest_gap, min(rules.highest_gap, slack))
    brake, _ = spending_by_debt(economy)
    lean, support = rules.stabilisation * rules.counter_cycle, rules.stabilisation * macro.demand_support
    consumed, invested = usual_demand(economy)
    return (
        invested, consumed * (1 + lean * gap + support) * brake,
        invested * (1 + rules.investment_cycle * lean * gap + support) * brake,
    )  # fmt: skip
