"""Data, compute and algorithm; adoption of artificial intelligence and its risks."""

from __future__ import annotations

import numpy as np

from abm.kernels.adoption import advance_ai
from abm.kernels.draws import STREAMS
from abm.kernels.statistics import use_of_firms
from abm.phase import phase
from abm.tasks import services_per_task

GRANT_EFFECT = 30.0  # on the algorithm frontier, per share of GDP spent on basic research


@phase(
    reads="firms.payroll firms.headcount firms.literate_share firms.capital firms.deposits firms.loans "
    "firms.ai_spending firms.output aggregate.research_spending",
    writes="firms.ai_stage firms.ai_capability firms.ai_use firms.new_task_share firms.data_stock "
    "firms.integration_due "
    "firms.adoption_subsidy firms.breached firms.fine sectors.adoption aggregate.algorithm aggregate.compute_quality "
    "aggregate.integration_price",
)
def firms_adopt_ai(economy) -> None:
    """The frontier moves, capability and use follow, breaches happen, firms consider the next stage (eq. 44-50)."""
    if not economy.artificial_intelligence:
        return
    state, structure, policy = economy.state, economy.structure, economy.policy
    f, s, a, ai = state.firms, state.sectors, state.aggregate, economy.parameters.artificial_intelligence
    research = a.research_spending / a.nominal_gdp / structure.research_intensity - 1
    use = use_of_firms(f.ai_use, f.output)
    speed = ai.algorithm_speed * (
        0.5 + 0.5 * policy.international_cooperation + GRANT_EFFECT * policy.research_grants
        + ai.algorithm_research * research + ai.algorithm_adoption * use
    )  # fmt: skip
    a.algorithm += speed * a.algorithm * (1 - a.algorithm)
    a.compute_quality *= 1 + ai.compute_growth * ai.compute_growth_decay**economy.quarter
    a.integration_price = (1 - ai.cost_fall) ** economy.quarter
    starts = structure.sector_start[:-1]
    number = np.diff(structure.sector_start)
    pool = np.add.reduceat(f.data_stock, starts) / number
    s.adoption[:] = np.add.reduceat((f.ai_stage > 0).astype(float), starts) / number
    advance_ai(
        economy.seed, economy.quarter, STREAMS["evaluation"], STREAMS["breach"],
        f.sector, f.headcount, f.payroll, f.capital, f.deposits, f.loans, f.input_scale,
        f.literate_share, f.price * f.sales_quantity, f.ai_stage, f.ai_capability, f.ai_use, f.new_task_share,
        f.data_stock,
        f.integration_due, f.adoption_subsidy, f.breached, f.fine, f.ai_spending,
        pool, s.adoption, s.automation, s.augmentation, structure.process_share, structure.black_box, s.input_cost,
        s.energy_cost, structure.size_elasticity, a.algorithm, a.compute_quality, a.mean_wage, a.capital_price,
        a.integration_price, policy.data_openness, policy.regulatory_clarity, policy.data_security,
        policy.adoption_subsidy, policy.small_firm_subsidy, policy.compute_voucher, policy.ai_tax,
        np.array([0.0, ai.use_pilot, ai.use_scaled, ai.use_autonomous]),
        np.array([0.0, ai.subscription_pilot, ai.subscription_scaled, ai.subscription_autonomous]),
        np.array([0.0, ai.fixed_cost_pilot, ai.fixed_cost_scaled, ai.fixed_cost_autonomous]),
        np.array([0.0, ai.payroll_cost_pilot, ai.payroll_cost_scaled, ai.payroll_cost_autonomous]),
        packed(economy.parameters, structure.depreciation, a.compute_quality),
    )  # fmt: skip
    s.adoption[:] = np.add.reduceat((f.ai_stage > 0).astype(float), starts) / number


def packed(parameters, depreciation: float, compute_quality: float) -> np.ndarray:
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
        services_per_task(parameters, compute_quality),
    ])  # fmt: skip
