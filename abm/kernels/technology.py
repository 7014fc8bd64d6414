"""What artificial intelligence does to a firm: capability, use, process gains, tasks and research projects."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel

__all__ = [
    "capability",
    "process_gain",
    "research_cycle",
    "use_after",
    "assign_tasks",
    "services_per_task",
    "stage_subscriptions",
]


@kernel
def capability(data, compute, algorithm, literate_share, artificial_intelligence):
    """A firm's AI capability, 0 to 1: a constant-elasticity aggregate in which the weakest leg limits.

    ``data`` in mean firms, ``compute`` as share of payroll × quality, ``algorithm`` the frontier, usable as far as
    literate staff absorb it. Ni, figure 1 (data × computing power × algorithm).
    """
    rules = artificial_intelligence
    d = data / (data + rules.data_half)
    c = compute / (compute + rules.compute_half)
    absorbed = (1.0 - rules.algorithm_unabsorbed) * literate_share / (literate_share + rules.algorithm_absorption)
    a = algorithm * (rules.algorithm_unabsorbed + absorbed)
    if d <= 0.0 or c <= 0.0 or a <= 0.0:
        return 0.0
    exponent = rules.substitution
    if exponent == -1.0:
        return 1.0 / (rules.data_weight / d + rules.compute_weight / c + rules.algorithm_weight / a)
    if abs(exponent) < 1e-9:
        return np.exp(
            rules.data_weight * np.log(d) + rules.compute_weight * np.log(c) + rules.algorithm_weight * np.log(a)
        )
    legs = rules.data_weight * d**exponent + rules.compute_weight * c**exponent + rules.algorithm_weight * a**exponent
    return legs ** (1.0 / exponent)


@kernel
def process_gain(use, half):
    """Part of the largest process gain reached at a use of AI: concave, the easy gains come first."""
    return 1.0 - np.exp(-use / half)


@kernel
def use_after(use, stage_use, capability_now, speed):
    """Use of AI a quarter later: it follows the stage with a lag."""
    return use + speed * (stage_use * capability_now - use)


@kernel
def research_cycle(use, without, full, response):
    """Quarters a research project takes at a use of AI: Ni, figure 2."""
    return without - (without - full) * min(1.0, response * use)


@kernel
def services_per_task(artificial_intelligence, compute_quality):
    """AI services for an automated task, share of the pay replaced; cheaper with compute, of quality 1 in 2024."""
    return artificial_intelligence.task_services * compute_quality**-artificial_intelligence.task_services_elasticity


@kernel
def stage_subscriptions(artificial_intelligence, instruments):
    """(4,) running AI services by stage, share of the labour cost of a unit.

    Adopters buy more of what costs less after tax and voucher; rules are complied with by further services.
    """
    services = np.empty(4)
    services[0] = 0.0
    services[1] = artificial_intelligence.subscription_pilot
    services[2] = artificial_intelligence.subscription_scaled
    services[3] = artificial_intelligence.subscription_autonomous
    price = (1.0 + instruments.ai_tax - instruments.compute_voucher) * (1.0 + instruments.compliance_cost)
    response = price**-artificial_intelligence.services_elasticity
    for stage in range(4):
        services[stage] = services[stage] * response * (1.0 + instruments.compliance_cost)
    return services


@parallel_kernel
def assign_tasks(firms, sectors, structure, macro, firm_rules, artificial_intelligence):
    """Labour, capital, materials and energy of a unit of output, for every firm.

    Automation moves tasks from labour to capital: an automated task needs ``task_capital`` quarters of the pay it
    replaces in capital goods. New tasks add labour, and with it value: the same plant and materials give more output,
    worth ``new_task_gain`` above the pay (Acemoglu and Restrepo 2018 and 2019). Process control adds to what capital
    makes and saves materials and energy. ``extra_capital`` is capital per unit against no AI.
    See equations/plans_of_firms.md, eq. 4-6.
    """
    sector, ai_use, new_task_share = firms.sector, firms.ai_use, firms.new_task_share
    unit_wage, productivity, price = firms.unit_wage, firms.productivity, firms.price
    displaced_share, labour_per_unit, extra_capital = firms.displaced_share, firms.labour_per_unit, firms.extra_capital
    capital_productivity = firms.capital_productivity
    materials_per_unit, energy_per_unit = firms.materials_per_unit, firms.energy_per_unit
    automation, process = sectors.automation, structure.process_share
    capacity_per_capital = structure.capacity_per_capital
    strength, most, half = (
        artificial_intelligence.automation, artificial_intelligence.highest_automation,
        artificial_intelligence.process_half,
    )  # fmt: skip
    task_capital, new_task_gain = artificial_intelligence.task_capital, artificial_intelligence.new_task_gain
    capital_gain, yield_gain = artificial_intelligence.capital_gain, artificial_intelligence.yield_gain
    energy_saving, utilisation = artificial_intelligence.energy_saving, firm_rules.normal_utilisation
    contributions, capital_price = structure.employer_rate, macro[0].capital_price
    rows = sector.size
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            displaced = min(most, strength * ai_use[i] * automation[s])
            pay = unit_wage[i] * (1.0 + contributions) / productivity[i]
            value = 1.0 + (1.0 + new_task_gain) * new_task_share[i] * pay / price[i]
            displaced_share[i] = displaced
            labour_per_unit[i] = (1.0 - displaced + new_task_share[i]) / value
            full = capacity_per_capital[s] * (1.0 + capital_gain * process[s] * ai_use[i])
            needed = 1.0 + task_capital * displaced * pay / capital_price * utilisation * full
            capital_productivity[i] = full * value / needed
            extra_capital[i] = (1.0 / capital_productivity[i] - 1.0 / capacity_per_capital[s]) / utilisation
            gain = process[s] * process_gain(ai_use[i], half) if ai_use[i] > 0.0 else 0.0
            materials_per_unit[i] = (1.0 - yield_gain * gain) / value
            energy_per_unit[i] = (1.0 - energy_saving * gain) / value
