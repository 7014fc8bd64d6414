"""What the government means to buy: what is needed, and what policies ask for."""

from __future__ import annotations

from abm.economics.public_demand import spending_by_debt, usual_demand
from abm.economy import Economy
from abm.kernels.consumption import order_public_goods
from abm.phase import phase


@phase
def government_plans_spending(economy: Economy) -> None:
    """Public demand follows needs, responds to slack and falls with debt (eq. 28)."""
    macro, plans, instruments, parameters = economy.macro, economy.plans, economy.instruments, economy.parameters
    rows, trend = economy.structure.rows, economy.macro.trend_gdp
    usual_investment, consumed, invested = public_demand(economy)
    cut = min(parameters.government.largest_cut * consumed, max(0.0, instruments.spending_cut * macro.policy_cost))
    teaching = macro.trainees * parameters.labour.training_cost * macro.mean_wage
    plans.grid_investment = instruments.grid_investment + instruments.carbon_green * macro.carbon_revenue / trend
    plans.public_services = (instruments.public_compute + instruments.ai_procurement) * trend
    # What policies buy: administration and teaching, consulting and research, platforms and AI services.
    programmes, effects = instruments.programme_spending, parameters.policy_effects
    of_public, of_business = effects.programmes_of_administration, effects.programmes_of_business
    from_public = (of_public * programmes + instruments.teaching_spending) * trend
    from_business = (of_business * programmes + instruments.research_grants) * trend
    from_ict = (1 - of_public - of_business) * programmes * trend + plans.public_services
    bought = from_ict + from_business + from_public
    plans.policy_saving = cut
    plans.government_budget = consumed - cut + teaching + bought
    built = (plans.grid_investment + instruments.public_investment) * trend
    plans.policy_budget = bought + built
    plans.public_budget = invested + built
    plans.usual_public_budget = usual_investment + plans.grid_investment * trend
    order_public_goods(
        plans.view, economy.structure.view, consumed - cut, teaching, from_public, from_business, from_ict,
        plans.public_budget, rows.PUBLIC, rows.BUSINESS, rows.ICT,
    )  # fmt: skip


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
