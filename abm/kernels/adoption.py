"""Data, capability and use of artificial intelligence, and what departments decide on it, for every firm."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import AiStage
from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel
from abm.kernels.data import data_within_reach, trust_in_sharing
from abm.kernels.departments import chance_of_start, department_count, draw_moves, may_begin, move_on
from abm.kernels.draws import STREAMS, stream_key, uniform
from abm.kernels.subsidies import compute_replaced, services_price_factor
from abm.kernels.technology import capability, running_services

__all__ = ["advance_capability", "assistance_of", "departments_decide", "survey_adopters"]

BREACH, DEPARTMENTS = STREAMS["breach"], STREAMS["departments"]
DRAWS = 8  # of a firm a quarter
KNOWN_POWERS = 64
MOST_INTEGRATING = 0.5  # guard: half of the staff goes on with its work
QUARTERS_OF_YEAR = 4.0


@kernel
def survey_adopters(firms, sectors, structure):
    """Share of adopters in each sector into ``sectors.adoption``."""
    sector_start, stage = structure.sector_start, firms.ai_stage
    adoption = sectors.adoption
    for s in range(adoption.size):
        first, last = sector_start[s], sector_start[s + 1]
        adopters = 0
        for i in range(first, last):
            adopters += stage[i] > 0
        adoption[s] = adopters / (last - first)


@parallel_kernel
def advance_capability(
    seed, quarter, firms, structure, plans, macro, instruments, artificial_intelligence, office_ai, process_ai,
    firm_rules, replacing,
):  # fmt: skip
    """Data, capability, the staff and plant that work with AI, its use, new tasks and data breaches of every firm.

    Staff and plant follow the departments with a lag. Use is what they are times the firm's capability over that of
    the opening, ``structure.usual_capability``: an application saves what trials found where data, compute and skills
    are as they were. Literate staff comes to AI first. A small firm is given ``plans.public_compute``, share of the pay
    of staff under AI, and uses the part ``replacing`` of it in place of what it buys. See
    equations/competition_and_technology.md, eq. 45-47.
    """
    ai = artificial_intelligence
    sector, headcount, stage, literate_share = firms.sector, firms.headcount, firms.ai_stage, firms.literate_share
    departments, data_stock, ai_capability = firms.departments, firms.data_stock, firms.ai_capability
    office_pilots, office_scaled = firms.office_pilots, firms.office_scaled
    process_pilots, process_scaled = firms.process_pilots, firms.process_scaled
    office_cover, process_cover = firms.office_cover, firms.process_cover
    office_use, process_use, assistance = firms.office_use, firms.process_use, firms.assistance
    new_task_share, displaced_share, integrating = firms.new_task_share, firms.displaced_share, firms.integrating
    breached, fine, price, sales_quantity = firms.breached, firms.fine, firms.price, firms.sales_quantity
    pool, public_compute, size_elasticity = plans.data_pool, plans.public_compute[0], structure.size_elasticity
    usual_capability = structure.usual_capability
    openness, market = instruments.data_openness, instruments.data_market
    trust = trust_in_sharing(instruments.data_security, ai.data_distrust)
    compute = running_services(office_ai.running, ai, instruments)
    # Part of the services is compliance, which computes nothing.
    compute_quality = macro[0].compute_quality / (1.0 + instruments.compliance_cost)
    breach_key = stream_key(seed, quarter, BREACH)
    rows, usual_size = stage.size, structure.usual_size
    chunks = firm_chunks(rows)
    powers = np.empty(KNOWN_POWERS)  # of the sizes that most firms have
    for heads in range(KNOWN_POWERS):
        powers[heads] = float(heads) ** size_elasticity
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            under_ai = max(office_cover[i], process_cover[i])
            heads = headcount[i]
            power = powers[heads] if heads < KNOWN_POWERS else float(heads) ** size_elasticity
            wanted_data = power / usual_size * (1.0 + ai.data_by_use * under_ai)
            data_stock[i] += ai.data_decay * (wanted_data - data_stock[i])
            data = data_within_reach(data_stock[i], pool[s], stage[i] > 0, openness, market, trust, ai.data_pool)
            spending = compute
            if headcount[i] < firm_rules.small_staff:
                spending += public_compute - compute_replaced(compute, public_compute, replacing)
            able = literate_share[i]
            ai_capability[i] = capability(data, spending * compute_quality, 1.0, able, ai)
            parts = departments[i]
            desks = office_ai.cover_pilot * office_pilots[i] + office_ai.cover_scaled * office_scaled[i]
            lines = process_ai.cover_pilot * process_pilots[i] + process_ai.cover_scaled * process_scaled[i]
            office_cover[i] += office_ai.cover_speed * (desks / parts - office_cover[i])
            process_cover[i] += process_ai.cover_speed * (lines / parts - process_cover[i])
            strength = ai_capability[i] / usual_capability
            office_use[i] = min(1.0, office_cover[i] * strength)
            process_use[i] = min(1.0, process_cover[i] * strength)
            assistance[i] = assistance_of(office_use[i], office_cover[i], able)
            new_task_share[i] += (ai.reinstatement * displaced_share[i] - new_task_share[i]) / ai.new_task_life
            integrating[i] -= integrating[i] / office_ai.own_quarters
            hazard = ai.breach_rate * stage[i] * min(data, ai.breach_data_limit) * (1.0 - instruments.data_security)
            breached[i] = stage[i] > 0 and uniform(breach_key, i) < hazard
            fine[i] = ai.breach_fine * QUARTERS_OF_YEAR * (price[i] * sales_quantity[i]) if breached[i] else 0.0


@kernel
def assistance_of(use, cover, literate_share):
    """Use of office AI by a literate worker of a firm: literate staff comes first to the places with AI.

    Nobody gains more than trials found, however good the firm's data, compute and skills are.
    """
    if cover <= 0.0 or literate_share <= 0.0:
        return 0.0
    return min(1.0, use / cover * min(1.0, cover / literate_share))


@parallel_kernel
def departments_decide(
    seed, quarter, firms, sectors, structure, plans, macro, instruments, abilities, adoption, office_ai, process_ai
):  # fmt: skip
    """Departments of every firm begin, end, scale and give up AI of either kind; what integrating it takes.

    Office AI: log odds of the sector, ``plans.office_log_odds``, which hold the worth of its applications. Process AI:
    ``plans.process_log_odds`` and the log of ``payback_quarters`` over the time in which the firm's own savings pay
    for it; only the part of a plant that AI can run considers it. Policy acts through what it leaves of the cost.
    Half of the integration of office AI is bought, the rest takes own staff from production. A firm that cannot pay
    waits, and so does the part of the projects for which the staff is missing: ``plans.served`` is what begins.
    See equations/competition_and_technology.md, eq. 48-50.
    """
    sector, region, headcount, payroll = firms.sector, firms.region, firms.headcount, firms.payroll
    capital, output, literate_share, stage = (
        firms.capital, firms.output_with_inputs_ordered, firms.literate_share, firms.ai_stage
    )  # fmt: skip
    departments, support, funds = firms.departments, firms.integration_support, firms.integration_funds
    office_pilots, office_scaled = firms.office_pilots, firms.office_scaled
    process_pilots, process_scaled = firms.process_pilots, firms.process_scaled
    integrating, integration_due, subsidy_due = (
        firms.integrating, firms.integration_due, firms.adoption_subsidy_due
    )  # fmt: skip
    integration_begun = firms.integration_begun
    input_cost, energy_cost, users = sectors.input_cost, sectors.energy_cost, sectors.adoption
    process_tasks, sector_start = sectors.process_automation, structure.sector_start
    materials, energy, capacity, plant = abilities.materials, abilities.energy, abilities.capacity, abilities.plant
    office_log_odds, process_log_odds = plans.office_log_odds, plans.process_log_odds
    zone_clarity, usual_literacy = plans.zone_clarity, structure.usual_literacy
    price, capital_price = macro[0].integration_price, macro[0].capital_price
    autonomous = macro[0].autonomy > 0.5
    rental = structure.depreciation + plans.task_saving[1]
    task_saving, served = plans.task_saving[0], plans.served[0]
    own_part, scaling = office_ai.own_part, office_ai.scaling_cost
    # Cost of a department over the time of payback, share of its annual pay: integration, and services at full use.
    integration = office_ai.pilot_cost * price * (1.0 + (1.0 - adoption.pilot_failure) * scaling)
    services = office_ai.running * office_ai.cover_scaled * adoption.payback_quarters / QUARTERS_OF_YEAR
    services_left = services * services_price_factor(instruments) * (1.0 + instruments.compliance_cost)
    whole = integration + services
    usual_left = np.log((integration + services_left) / whole)
    own_key, key = stream_key(seed, 0, DEPARTMENTS), stream_key(seed, quarter, DEPARTMENTS)
    rows = sector.size
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        draws, office, process = np.empty(4), np.empty(4), np.empty(4)
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            integration_due[i] = 0.0
            integration_begun[i] = 0.0
            subsidy_due[i] = 0.0
            parts = department_count(headcount[i], uniform(own_key, i), adoption)
            departments[i] = parts
            office_scaled[i] = min(parts, office_scaled[i])
            office_pilots[i] = min(parts - office_scaled[i], office_pilots[i])
            process_scaled[i] = min(parts, process_scaled[i])
            process_pilots[i] = min(parts - process_scaled[i], process_pilots[i])
            firms_here = sector_start[s + 1] - sector_start[s]
            others = (users[s] * firms_here - (stage[i] > 0)) / max(firms_here - 1, 1)
            common = adoption.literacy * (literate_share[i] - usual_literacy) + adoption.peers * others
            common += plant[s] * zone_clarity[region[i]]
            # office AI
            draw_moves(key, DRAWS * i, office_pilots[i], office_scaled[i], draws)
            chance = 0.0
            if may_begin(parts - office_pilots[i] - office_scaled[i], adoption.evaluation, draws[0]):
                left = usual_left
                if support[i] > 0.0:
                    left = np.log((integration * (1.0 - (1.0 - own_part) * support[i]) + services_left) / whole)
                chance = chance_of_start(adoption.evaluation, office_log_odds[s] + common - adoption.cost_weight * left)
            move_on(parts, office_pilots[i], office_scaled[i], chance, adoption, draws, office, served)
            # process AI
            cost = process_ai.plant_cost * plant[s] * capital_price * capital[i] * price / parts
            draw_moves(key, DRAWS * i + 4, process_pilots[i], process_scaled[i], draws)
            chance = 0.0
            if may_begin(parts - process_pilots[i] - process_scaled[i], adoption.evaluation, draws[0]):
                saved = output[i] * (materials[1, s] * input_cost[s] + energy[1, s] * energy_cost[s])
                saved += rental * capacity[1, s] * capital_price * capital[i]
                saved += task_saving * process_tasks[s] * payroll[i]
                benefit = saved / parts - process_ai.running * cost
                if benefit > 0.0:
                    odds = process_log_odds[s] + common + np.log(adoption.payback_quarters * benefit / cost)
                    if support[i] > 0.0:
                        odds -= adoption.cost_weight * np.log(1.0 - support[i])
                    chance = plant[s] * chance_of_start(adoption.evaluation, odds)
            move_on(parts, process_pilots[i], process_scaled[i], chance, adoption, draws, process, served)
            # what the moves take
            pay = QUARTERS_OF_YEAR * payroll[i] / parts
            desks = office_ai.pilot_cost * price * (office[2] + scaling * office[3]) * pay
            lines = cost * (process_ai.pilot_part * process[2] + (1.0 - process_ai.pilot_part) * process[3])
            bought = (1.0 - own_part) * desks + lines
            if (1.0 - support[i]) * bought <= funds[i]:
                office_pilots[i], office_scaled[i] = office[0], office[1]
                process_pilots[i], process_scaled[i] = process[0], process[1]
                integration_due[i] = bought
                integration_begun[i] = desks + lines
                subsidy_due[i] = support[i] * bought
                own_work = own_part * desks / max(payroll[i], 1e-9)
                integrating[i] = min(MOST_INTEGRATING, integrating[i] + own_work / office_ai.own_quarters)
            furthest = AiStage.NONE
            if office_pilots[i] + process_pilots[i] > 0:
                furthest = AiStage.PILOT
            if office_scaled[i] + process_scaled[i] > 0:
                furthest = AiStage.SCALED
            if autonomous and process_scaled[i] > 0:
                furthest = AiStage.AUTONOMOUS
            stage[i] = furthest
