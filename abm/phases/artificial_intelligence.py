"""Data, compute and algorithm; adoption of artificial intelligence and its risks."""

from __future__ import annotations

import numpy as np

from abm.economics.abilities import update_abilities
from abm.economics.integration import part_served, scarcity_price, talent_need
from abm.economics.log_odds import as_decided_in, office_log_odds, process_log_odds
from abm.economics.tasks import task_saving
from abm.economy import Economy
from abm.kernels.accounts import add_up
from abm.kernels.adoption import advance_capability, departments_decide, survey_adopters
from abm.kernels.data import data_pool, trade_in_data
from abm.kernels.statistics import use_of_firms
from abm.kernels.subsidies import fund_integration
from abm.levers.instruments import by_code
from abm.parameters import Parameters
from abm.phase import phase


@phase
def firms_use_ai(economy: Economy) -> None:
    """The frontier of algorithms advances; capability, use of AI and data breaches follow (eq. 44-47)."""
    if not economy.artificial_intelligence:
        return
    parameters, plans, firms, structure = economy.parameters, economy.plans, economy.firms, economy.structure
    algorithm_frontier_moves(economy)
    data_pool(
        firms.view, structure.view, structure.persons_per_worker, parameters.artificial_intelligence.data_scale,
        structure.opening_data, structure.opening_mean_data, plans.data_pool,
    )  # fmt: skip
    advance_capability[economy.threads](
        economy.seed, economy.quarter, firms.view, structure.view, plans.view, economy.macro.view,
        economy.instruments.view, parameters.artificial_intelligence.view, parameters.office_ai.view,
        parameters.process_ai.view, parameters.firms.view, parameters.policy_effects.compute_replacing,
    )  # fmt: skip
    if economy.instruments.data_market > 0:
        rules = parameters.artificial_intelligence
        trade_in_data(firms.view, structure.view, economy.instruments.data_market, rules.view)
    else:
        firms.data_income[:] = 0.0


@phase
def departments_adopt_ai(economy: Economy) -> None:
    """Departments begin, end and scale pilots or give AI up; what integrating it costs is due (eq. 48-50).

    Part of the projects waits where computer and engineering staff is scarce; their price and pay follow (eq. 50a).
    """
    if not economy.artificial_intelligence:
        return
    parameters, plans, instruments = decisions_now(economy), economy.plans, economy.instruments
    firms, sectors, structure, macro = economy.firms, economy.sectors, economy.structure, economy.macro
    abilities, rules = economy.state.abilities, parameters.adoption
    before = add_up(sectors.adoption) / sectors.rows
    rules_come_into_force(economy)
    subsidies_are_announced(economy)
    fund_integration[economy.threads](
        firms.view, abilities.view, plans.view, macro.view, instruments.view, parameters.policy_effects.view,
        parameters.firms.view, parameters.investment.view, rules.credit,
    )  # fmt: skip
    plans.served[:] = part_served(macro.talent_need)
    plans.task_saving[:] = (
        task_saving(parameters, structure.depreciation, macro.compute_quality), parameters.investment.required_return
    )  # fmt: skip
    departments_decide[economy.threads](
        economy.seed, economy.quarter, firms.view, sectors.view, structure.view, plans.view, macro.view,
        instruments.view, abilities.view, rules.view, parameters.office_ai.view, parameters.process_ai.view,
    )  # fmt: skip
    macro.talent_need = talent_need(
        add_up(firms.integration_begun), macro.talent_need, economy.occupations, structure, parameters.integration
    )
    survey_adopters(firms.view, sectors.view, structure.view)
    spread = add_up(sectors.adoption) / sectors.rows - before
    macro.legal_clarity *= 1 - max(0.0, spread)  # rules age as the use of AI spreads
    update_abilities(economy.state, structure, economy.opening.applied, parameters, economy.quarter)


def algorithm_frontier_moves(economy: Economy) -> None:
    """The algorithm frontier, compute per yuan and the price of integration (eq. 44)."""
    macro, instruments, effects = economy.macro, economy.instruments, economy.parameters.policy_effects
    ai = economy.parameters.artificial_intelligence
    research = macro.research_spending / macro.nominal_gdp / economy.structure.research_intensity - 1
    use = use_of_firms(economy.firms.office_use, economy.firms.output)
    use += effects.procurement_on_frontier * instruments.ai_procurement
    speed = ai.algorithm_speed * (
        (1 - effects.cooperation_on_frontier) + effects.cooperation_on_frontier * instruments.international_cooperation
        + effects.grants_on_frontier * instruments.research_grants
        + ai.algorithm_research * research + ai.algorithm_adoption * use
    )  # fmt: skip
    macro.algorithm += speed * macro.algorithm * (1 - macro.algorithm)
    progress = ai.compute_growth * (1 - ai.imported_compute * instruments.export_controls)
    macro.compute_quality *= 1 + progress * ai.compute_growth_decay**economy.quarter
    scarcity = scarcity_price(macro.talent_need, economy.parameters.integration)
    macro.integration_price = (1 - ai.cost_fall) ** economy.quarter * scarcity


def decisions_now(economy: Economy) -> Parameters:
    """The parameters by which departments decide in this quarter."""
    return as_decided_in(economy.parameters.growth.opening_year + economy.quarter / 4, economy.parameters)


def rules_come_into_force(economy: Economy) -> None:
    """Log odds of adoption by sector: worth of AI, and rules, in force everywhere only after a lag, and public orders.

    In zones rules are clear at once.
    """
    macro, plans, instruments, parameters = economy.macro, economy.plans, economy.instruments, decisions_now(economy)
    macro.legal_clarity += (instruments.regulatory_clarity - macro.legal_clarity) / instruments.regulation_lag
    policy = np.full(economy.sectors.rows, macro.legal_clarity)
    effects = parameters.policy_effects
    orders = effects.procurement_on_adoption * instruments.ai_procurement
    policy[economy.structure.public] += min(orders, effects.procurement_at_most)
    plans.office_log_odds[:] = policy + office_log_odds(economy.structure, economy.state.abilities, parameters)
    plans.process_log_odds[:] = policy + process_log_odds(economy.structure, parameters, instruments.explanation)
    plans.zone_clarity[:] = by_code(instruments.zone_clarity, economy.opening.regions)


def subsidies_are_announced(economy: Economy) -> None:
    """What the state pays of integration, by sector and in zones."""
    plans, instruments = economy.plans, economy.instruments
    plans.integration_support[:] = economy.state.abilities.plant * instruments.process_subsidy
    plans.integration_support += instruments.adoption_subsidy
    plans.integration_support += by_code(instruments.sector_subsidy, economy.opening.codes)
    plans.zone_support[:] = by_code(instruments.zone_subsidy, economy.opening.regions)
