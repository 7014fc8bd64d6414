"""What artificial intelligence does to a firm: capability, tasks, materials, energy and research projects."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel
from abm.kernels.subsidies import compute_replaced

__all__ = ["assign_tasks", "capability", "research_cycle", "running_services", "services_per_task"]


@kernel
def capability(data, compute, algorithm, literate_share, artificial_intelligence):
    """A firm's AI capability, 0 to 1: a constant-elasticity aggregate in which the weakest leg limits.

    ``data`` in mean firms, ``compute`` as share of pay × quality, ``algorithm`` what there is of it, usable as far as
    literate staff absorb it. In the economy that is 1, since how reliable algorithms are decides which tasks AI can do
    (abm.economics.abilities). Ni, figure 1 (data × computing power × algorithm).
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
def research_cycle(use, without, full, response):
    """Quarters a research project takes at a use of AI: Ni, figure 2."""
    return without - (without - full) * min(1.0, response * use)


@kernel
def services_per_task(artificial_intelligence, compute_quality):
    """AI services for an automated task, share of the pay replaced; cheaper with compute, of quality 1 in 2024."""
    return artificial_intelligence.task_services * compute_quality**-artificial_intelligence.task_services_elasticity


@kernel
def running_services(services, artificial_intelligence, instruments):
    """AI services that run with staff or plant under AI, from those at neutral prices.

    Adopters buy more of what costs less after tax and voucher; rules are complied with by further services.
    """
    compliance = 1.0 + instruments.compliance_cost
    price = (1.0 + instruments.ai_tax - instruments.compute_voucher) * compliance
    return services * price**-artificial_intelligence.services_elasticity * compliance


@parallel_kernel
def assign_tasks(
    firms, sectors, structure, abilities, macro, instruments, firm_rules, artificial_intelligence, office_ai,
    process_ai, public_compute, replacing,
):  # fmt: skip
    """Labour, capital, materials, energy and AI services of a unit of output, for every firm.

    Automation moves tasks from labour to capital: an automated task needs ``task_capital`` quarters of the pay it
    replaces in capital goods. New tasks add labour, and with it value: the same plant and materials give more output,
    worth ``new_task_gain`` above the pay (Acemoglu and Restrepo 2018 and 2019). Either kind of AI may save materials
    and energy and add to what capital makes, as far as it is used. Staff that integrates AI makes nothing. Small firms
    buy less where the state gives them ``public_compute``, share of the pay of staff under AI.
    ``extra_capital`` is capital per unit against no AI. See equations/plans_of_firms.md, eq. 4-6.
    """
    sector, office_use, process_use, headcount = firms.sector, firms.office_use, firms.process_use, firms.headcount
    new_task_share, integrating = firms.new_task_share, firms.integrating
    unit_wage, productivity, price = firms.unit_wage, firms.productivity, firms.price
    displaced_share, labour_per_unit, extra_capital = firms.displaced_share, firms.labour_per_unit, firms.extra_capital
    capital_productivity = firms.capital_productivity
    materials_per_unit, energy_per_unit = firms.materials_per_unit, firms.energy_per_unit
    office_tasks, process_tasks = sectors.automation, sectors.process_automation
    materials, energy, capacity = abilities.materials, abilities.energy, abilities.capacity
    capacity_per_capital = structure.capacity_per_capital
    most = artificial_intelligence.highest_automation
    task_capital, new_task_gain = artificial_intelligence.task_capital, artificial_intelligence.new_task_gain
    utilisation, office_cover, process_cover = firm_rules.normal_utilisation, firms.office_cover, firms.process_cover
    ai_unit_spending, plant_under_ai = firms.ai_unit_spending, abilities.plant
    compliance = 1.0 + instruments.compliance_cost
    task_services = services_per_task(artificial_intelligence, macro[0].compute_quality) * compliance
    running = running_services(office_ai.running, artificial_intelligence, instruments)
    running_of_small = running - compute_replaced(running, public_compute, replacing)
    upkeep = running_services(process_ai.running * process_ai.plant_cost, artificial_intelligence, instruments)
    contributions, capital_price = structure.employer_rate, macro[0].capital_price
    rows = sector.size
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            desks, plant = office_use[i], process_use[i]
            displaced = min(most, desks * office_tasks[s] + plant * process_tasks[s])
            pay = unit_wage[i] * (1.0 + contributions) / productivity[i]
            value = 1.0 + (1.0 + new_task_gain) * new_task_share[i] * pay / price[i]
            displaced_share[i] = displaced
            labour_per_unit[i] = (1.0 - displaced + new_task_share[i]) / (value * (1.0 - integrating[i]))
            full = capacity_per_capital[s] * (1.0 + desks * capacity[0, s] + plant * capacity[1, s])
            needed = 1.0 + task_capital * displaced * pay / capital_price * utilisation * full
            capital_productivity[i] = full * value / needed
            extra_capital[i] = (1.0 / capital_productivity[i] - 1.0 / capacity_per_capital[s]) / utilisation
            materials_per_unit[i] = (1.0 - desks * materials[0, s] - plant * materials[1, s]) / value
            energy_per_unit[i] = (1.0 - desks * energy[0, s] - plant * energy[1, s]) / value
            services = running_of_small if headcount[i] < firm_rules.small_staff else running
            services = (task_services * displaced + services * office_cover[i]) * pay
            usual_capital = capital_price / (utilisation * capacity_per_capital[s])
            services += upkeep * plant_under_ai[s] * usual_capital * process_cover[i]
            ai_unit_spending[i] = services
