"""Data, compute and algorithm; adoption of artificial intelligence and its risks."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.adoption import advance_adoption, survey_adopters, trade_in_data
from abm.kernels.statistics import use_of_firms
from abm.kernels.subsidies import payroll_of_small_firms
from abm.levers.instruments import by_code
from abm.phase import phase


@phase
def firms_adopt_ai(economy: Economy) -> None:
    """The AI frontier advances; capability, use, data breaches and adoption decisions follow (eq. 44-50)."""
    if not economy.artificial_intelligence:
        return
    parameters, plans, instruments = economy.parameters, economy.plans, economy.instruments
    firms, sectors, structure, macro = economy.firms, economy.sectors, economy.structure, economy.macro
    algorithm_frontier_moves(economy)
    survey_adopters(firms.view, sectors.view, structure.view, plans.data_pool)
    before = float(sectors.adoption.mean())
    rules_come_into_force(economy)
    subsidies_are_announced(economy)
    advance_adoption[economy.threads](
        economy.seed, economy.quarter, firms.view, sectors.view, structure.view, plans.view, macro.view,
        instruments.view, parameters.artificial_intelligence.view, parameters.firms.view, parameters.investment.view,
        parameters.policy_effects.view,
    )  # fmt: skip
    survey_adopters(firms.view, sectors.view, structure.view, plans.data_pool)
    macro.legal_clarity *= 1 - max(0.0, float(sectors.adoption.mean()) - before)  # rules age as the use of AI spreads
    if instruments.data_market > 0:
        trade_in_data(firms.view, structure.view, instruments.data_market, parameters.artificial_intelligence.view)
    else:
        firms.data_income[:] = 0.0


def algorithm_frontier_moves(economy: Economy) -> None:
    """The algorithm frontier, compute per yuan and the price of integration (eq. 44)."""
    macro, instruments, effects = economy.macro, economy.instruments, economy.parameters.policy_effects
    ai = economy.parameters.artificial_intelligence
    research = macro.research_spending / macro.nominal_gdp / economy.structure.research_intensity - 1
    use = use_of_firms(economy.firms.ai_use, economy.firms.output)
    use += effects.procurement_on_frontier * instruments.ai_procurement
    speed = ai.algorithm_speed * (
        (1 - effects.cooperation_on_frontier) + effects.cooperation_on_frontier * instruments.international_cooperation
        + effects.grants_on_frontier * instruments.research_grants
        + ai.algorithm_research * research + ai.algorithm_adoption * use
    )  # fmt: skip
    macro.algorithm += speed * macro.algorithm * (1 - macro.algorithm)
    progress = ai.compute_growth * (1 - ai.imported_compute * instruments.export_controls)
    macro.compute_quality *= 1 + progress * ai.compute_growth_decay**economy.quarter
    macro.integration_price = (1 - ai.cost_fall) ** economy.quarter


def rules_come_into_force(economy: Economy) -> None:
    """Log odds of adoption from rules, in force everywhere only after a lag, from zones and from public orders."""
    macro, plans, instruments = economy.macro, economy.plans, economy.instruments
    macro.legal_clarity += (instruments.regulatory_clarity - macro.legal_clarity) / instruments.regulation_lag
    plans.legal_clarity[:] = macro.legal_clarity
    orders = economy.parameters.policy_effects.procurement_on_adoption * instruments.ai_procurement
    plans.legal_clarity[economy.structure.public] += orders
    plans.zone_clarity[:] = by_code(instruments.zone_clarity, economy.opening.regions)


def subsidies_are_announced(economy: Economy) -> None:
    """What the state pays of integration, by sector and in zones, and the compute that it gives to small firms."""
    plans, instruments = economy.plans, economy.instruments
    plans.integration_support[:] = economy.structure.process_share * instruments.process_subsidy
    plans.integration_support += instruments.adoption_subsidy
    plans.integration_support += by_code(instruments.sector_subsidy, economy.opening.codes)
    plans.zone_support[:] = by_code(instruments.zone_subsidy, economy.opening.regions)
    given = instruments.public_compute * economy.macro.trend_gdp
    if given > 0.0:
        payroll = payroll_of_small_firms(economy.firms.view, economy.parameters.firms.view)
        given = given / max(payroll, 1e-9) * (1 + instruments.compliance_cost)
    plans.public_compute[:] = given
