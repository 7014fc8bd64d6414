"""Data, compute and algorithm; adoption of artificial intelligence and its risks."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy
from abm.kernels.adoption import advance_ai
from abm.kernels.draws import STREAMS
from abm.kernels.statistics import use_of_firms
from abm.phase import phase
from abm.tasks import services_per_task, stage_subscriptions

GRANT_EFFECT = 30.0  # on the algorithm frontier, per share of GDP spent on basic research
PROCUREMENT_EFFECT = 20.0  # use of AI that public orders are worth to the frontier, per share of GDP
PUBLIC = 19
PUBLIC_ORDERS = 500.0  # log odds of adoption by public producers, per share of GDP


@phase
def firms_adopt_ai(economy: Economy) -> None:
    """The frontier moves, capability and use follow, breaches happen, firms consider the next stage (eq. 44-50)."""
    if not economy.artificial_intelligence:
        return
    state, structure, policy = economy.state, economy.structure, economy.instruments
    f, s, a, ai = state.firms, state.sectors, state.macro, economy.parameters.artificial_intelligence
    research = a.research_spending / a.nominal_gdp / structure.research_intensity - 1
    use = use_of_firms(f.ai_use, f.output) + PROCUREMENT_EFFECT * policy.ai_procurement
    speed = ai.algorithm_speed * (
        0.5 + 0.5 * policy.international_cooperation + GRANT_EFFECT * policy.research_grants
        + ai.algorithm_research * research + ai.algorithm_adoption * use
    )  # fmt: skip
    a.algorithm += speed * a.algorithm * (1 - a.algorithm)
    progress = ai.compute_growth * (1 - ai.imported_compute * policy.export_controls)
    a.compute_quality *= 1 + progress * ai.compute_growth_decay**economy.quarter
    a.integration_price = (1 - ai.cost_fall) ** economy.quarter
    starts = structure.sector_start[:-1]
    number = np.diff(structure.sector_start)
    pool = np.add.reduceat(f.data_stock, starts) / number
    s.adoption[:] = np.add.reduceat((f.ai_stage > 0).astype(float), starts) / number
    adopters, clarity = float(s.adoption.mean()), clarity_by_sector(economy)
    subsidy = policy.adoption_subsidy + policy.process_subsidy * structure.process_share
    subsidy += np.array(policy.sector_subsidy)
    comply = 1 + policy.compliance_cost
    advance_ai(
        economy.seed, economy.quarter, STREAMS["evaluation"], STREAMS["breach"],
        f.sector, f.region, f.headcount, f.payroll, f.capital, f.deposits, f.loans, f.input_scale,
        f.literate_share, f.price * f.sales_quantity, f.ai_stage, f.ai_capability, f.ai_use, f.new_task_share,
        f.data_stock,
        f.integration_due, f.adoption_subsidy, f.breached, f.fine, f.ai_spending,
        pool, s.adoption, s.automation, s.augmentation, structure.process_share,
        structure.black_box * (1 - policy.explanation), s.input_cost,
        s.energy_cost, structure.size_elasticity, a.algorithm, a.compute_quality / comply, a.mean_wage, a.capital_price,
        a.integration_price, policy.data_openness + policy.data_market * (1 - policy.data_openness), clarity,
        policy.data_security, subsidy, np.array(policy.zone_subsidy), np.array(policy.zone_clarity),
        policy.small_firm_subsidy, policy.compute_voucher, policy.ai_tax,
        np.array([0.0, ai.use_pilot, ai.use_scaled, ai.use_autonomous]),
        stage_subscriptions(economy.parameters, policy),
        np.array([0.0, ai.fixed_cost_pilot, ai.fixed_cost_scaled, ai.fixed_cost_autonomous]),
        np.array([0.0, ai.payroll_cost_pilot, ai.payroll_cost_scaled, ai.payroll_cost_autonomous]),
        packed(economy.parameters, structure.depreciation, a.compute_quality, comply, compute_for_small_firms(economy)),
    )  # fmt: skip
    s.adoption[:] = np.add.reduceat((f.ai_stage > 0).astype(float), starts) / number
    a.legal_clarity *= 1 - max(0.0, float(s.adoption.mean()) - adopters)  # rules grow old as the use of AI spreads
    f.data_income[:] = trade_in_data(economy, starts) if policy.data_market > 0 else 0.0


def clarity_by_sector(economy: Economy) -> np.ndarray:
    """(20,) log odds of adoption from rules, which are in force everywhere only after a lag, and from public orders."""
    a, policy = economy.state.macro, economy.instruments
    a.legal_clarity += (policy.regulatory_clarity - a.legal_clarity) / policy.regulation_lag
    clarity = np.full(economy.state.sectors.rows, a.legal_clarity)
    clarity[PUBLIC] += PUBLIC_ORDERS * policy.ai_procurement
    return clarity


def compute_for_small_firms(economy: Economy) -> float:
    """Compute that the state gives to small firms, share of their payroll."""
    f, given = economy.state.firms, economy.instruments.public_compute * economy.state.macro.trend_gdp
    if given == 0.0:
        return 0.0
    return given / max(float(f.payroll[f.headcount < economy.parameters.firms.small_staff].sum()), 1e-9)


def trade_in_data(economy: Economy, starts: np.ndarray) -> np.ndarray:
    """(firms,) what each receives for its data less what it pays as an adopter; in every sector they sum to nothing."""
    f, ai = economy.state.firms, economy.parameters.artificial_intelligence
    paid = economy.instruments.data_market * ai.data_fee * np.where(f.ai_stage > 0, f.ai_spending, 0.0)
    fees, data = np.add.reduceat(paid, starts), np.add.reduceat(f.data_stock, starts)
    return f.data_stock * (fees / data)[f.sector] - paid


def packed(parameters, depreciation: float, compute_quality: float, comply: float, given: float) -> np.ndarray:
    """The parameters of advance_ai in its order; an array compiles faster than 30 arguments."""
    ai, investment = parameters.artificial_intelligence, parameters.investment
    task_cost = (depreciation + investment.required_return) * ai.task_capital
    return np.array([
        ai.data_half, ai.data_pool, ai.data_decay, ai.compute_half, ai.algorithm_absorption, ai.substitution,
        ai.implementation_speed, ai.automation, task_cost, ai.reinstatement, ai.augmentation, ai.rent_share,
        ai.capital_gain, ai.energy_saving, ai.yield_gain, ai.process_half, ai.evaluation, ai.payback_quarters,
        ai.adoption_constant, ai.adoption_benefit, ai.adoption_peers, ai.adoption_literacy, ai.adoption_black_box,
        ai.breach_rate, ai.breach_fine, parameters.investment.highest_leverage,
        parameters.firms.least_staff, ai.new_task_life, ai.new_task_gain,
        services_per_task(parameters, compute_quality) * comply, parameters.firms.small_staff, given * comply,
    ])  # fmt: skip
