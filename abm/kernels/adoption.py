"""Data, capability, use, breaches and the decision on the next stage of artificial intelligence, for every firm."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel
from abm.kernels.draws import STREAMS, stream_key, uniform
from abm.kernels.subsidies import integration_support, services_price_factor
from abm.kernels.technology import capability, process_gain, services_per_task, stage_subscriptions, use_after

__all__ = ["advance_adoption", "survey_adopters", "trade_in_data"]

EVALUATION, BREACH = STREAMS["evaluation"], STREAMS["breach"]
DECISION = EVALUATION + 1000  # a stream of its own since the first version, so that its numbers stay
LAST_STAGE = 3
QUARTERS_OF_YEAR = 4.0


@kernel
def survey_adopters(firms, sectors, structure, data_pool):
    """Share of adopters in each sector into ``sectors.adoption``, mean data of its firms into ``data_pool``."""
    sector_start, stage, data_stock = structure.sector_start, firms.ai_stage, firms.data_stock
    adoption = sectors.adoption
    for s in range(adoption.size):
        first, last = sector_start[s], sector_start[s + 1]
        adopters = 0
        data = 0.0
        for i in range(first, last):
            adopters += stage[i] > 0
            data += data_stock[i]
        adoption[s] = adopters / (last - first)
        data_pool[s] = data / (last - first)


@kernel
def by_stage(pilot, scaled, autonomous):
    """(4,) a parameter by stage, nothing without AI."""
    values = np.empty(4)
    values[0] = 0.0
    values[1] = pilot
    values[2] = scaled
    values[3] = autonomous
    return values


@parallel_kernel
def advance_adoption(
    seed, quarter, firms, sectors, structure, plans, macro, instruments, artificial_intelligence, firm_rules,
    investment_rules, policy_effects,
):  # fmt: skip
    """Data, capability, use, breaches and the decision on the next stage, for every firm.

    A firm that has not adopted judges by what a pilot would buy; a small firm is given ``plans.public_compute``, share
    of its payroll. Adoption is a logit in the payback ratio of benefit and net cost.
    See equations/competition_and_technology.md, eq. 44-50.
    """
    ai = artificial_intelligence
    sector, region, headcount, payroll = firms.sector, firms.region, firms.headcount, firms.payroll
    capital, deposits, loans, output_with_inputs_ordered = (
        firms.capital,
        firms.deposits,
        firms.loans,
        firms.output_with_inputs_ordered,
    )
    price, sales_quantity, literate_share = firms.price, firms.sales_quantity, firms.literate_share
    stage, ai_capability, use, data_stock = firms.ai_stage, firms.ai_capability, firms.ai_use, firms.data_stock
    new_task_share, integration_due, subsidy_due = (
        firms.new_task_share,
        firms.integration_due,
        firms.adoption_subsidy_due,
    )
    breached, fine, ai_spending = firms.breached, firms.fine, firms.ai_spending
    adoption, automation, augmentation = sectors.adoption, sectors.automation, sectors.augmentation
    input_cost, energy_cost, process = sectors.input_cost, sectors.energy_cost, structure.process_share
    pool, clarity, zone_clarity = plans.data_pool, plans.legal_clarity, plans.zone_clarity
    black_box, public_compute = structure.black_box, plans.public_compute[0]
    mean_wage, capital_price, algorithm = macro[0].mean_wage, macro[0].capital_price, macro[0].algorithm
    integration_price, size_elasticity = macro[0].integration_price, structure.size_elasticity

    complying = 1.0 + instruments.compliance_cost
    compute_quality = macro[0].compute_quality / complying
    openness = instruments.data_openness + instruments.data_market * (1.0 - instruments.data_openness)
    price_factor = services_price_factor(instruments)
    stage_use = by_stage(ai.use_pilot, ai.use_scaled, ai.use_autonomous)
    subscription = stage_subscriptions(ai, instruments)
    fixed_cost = by_stage(ai.fixed_cost_pilot, ai.fixed_cost_scaled, ai.fixed_cost_autonomous)
    payroll_cost = by_stage(ai.payroll_cost_pilot, ai.payroll_cost_scaled, ai.payroll_cost_autonomous)
    task_capital = (structure.depreciation + investment_rules.required_return) * ai.task_capital
    saving = 1.0 - task_capital - services_per_task(ai, macro[0].compute_quality) * complying * price_factor
    evaluation_key = stream_key(seed, quarter, EVALUATION)
    decision_key = stream_key(seed, quarter, DECISION)
    breach_key = stream_key(seed, quarter, BREACH)

    rows = stage.size
    sizes = np.empty(rows)
    mean_size = 0.0
    for i in range(rows):
        sizes[i] = float(headcount[i]) ** size_elasticity
        mean_size += sizes[i] / rows
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            k = stage[i]
            small = headcount[i] < firm_rules.small_staff
            wanted_data = sizes[i] / mean_size * (1.0 + ai.data_by_stage * k)
            data_stock[i] += ai.data_decay * (wanted_data - data_stock[i])
            data = data_stock[i] + openness * ai.data_pool * pool[s]
            pay = max(payroll[i], 1e-9)
            spending = ai_spending[i] / pay
            if k == 0:
                spending += subscription[1]
            if small:
                spending += public_compute
            ai_capability[i] = capability(data, spending * compute_quality, algorithm, literate_share[i], ai)
            use[i] = use_after(use[i], stage_use[k], ai_capability[i], ai.implementation_speed)
            new_task_share[i] += ai.reinstatement * use[i] * augmentation[s] - new_task_share[i] / ai.new_task_life
            hazard = ai.breach_rate * k * min(data, ai.breach_data_limit) * (1.0 - instruments.data_security)
            breached[i] = k > 0 and uniform(breach_key, i) < hazard
            fine[i] = ai.breach_fine * QUARTERS_OF_YEAR * (price[i] * sales_quantity[i]) if breached[i] else 0.0
            integration_due[i] = 0.0
            subsidy_due[i] = 0.0
            if k < LAST_STAGE and uniform(evaluation_key, i) < ai.evaluation:
                change = (stage_use[k + 1] - stage_use[k]) * ai_capability[i]
                before = stage_use[k] * ai_capability[i]
                concave = process_gain(before + change, ai.process_half) - process_gain(before, ai.process_half)
                tasks = ai.automation * saving * automation[s]
                tasks += ai.new_task_gain * ai.reinstatement * ai.new_task_life * augmentation[s]
                people = (1.0 - ai.rent_share) * ai.augmentation * augmentation[s] * literate_share[i]
                means = ai.process_capital_return * process[s] * ai.capital_gain * capital_price * capital[i]
                unit_saving = ai.energy_saving * energy_cost[s] + ai.yield_gain * input_cost[s]
                goods = process[s] * concave * output_with_inputs_ordered[i] * unit_saving
                running = (subscription[k + 1] - subscription[k]) * pay * price_factor
                benefit = change * (pay * (tasks + people) + means) + goods - running
                # Fixed costs weigh less on large firms, by the same measure of size as data.
                heads = max(headcount[i], 1) / firm_rules.least_staff
                fixed = fixed_cost[k + 1] * mean_wage * heads ** (1.0 - size_elasticity)
                cost = (fixed + payroll_cost[k + 1] * pay) * integration_price
                support = integration_support(s, region[i], small, structure, plans, instruments, policy_effects)
                net = cost * (1.0 - support)
                room = max(0.0, investment_rules.highest_leverage * capital_price * capital[i] - loans[i])
                if benefit > 0.0 and net < deposits[i] + ai.adoption_credit * room:
                    distrust = ai.adoption_black_box * (black_box[s] * (1.0 - instruments.explanation))
                    odds = (
                        ai.adoption_constant + ai.adoption_benefit * np.log(ai.payback_quarters * benefit / net)
                        + ai.adoption_peers * (adoption[s] - ai.adoption_peers_norm)
                        + ai.adoption_literacy * literate_share[i]
                        - distrust * ai.adoption_black_box_stage * (k + 1) + clarity[s]
                        + process[s] * zone_clarity[region[i]]
                    )  # fmt: skip
                    if uniform(decision_key, i) < 1.0 / (1.0 + np.exp(-odds)):
                        stage[i] = k + 1
                        integration_due[i] = cost
                        subsidy_due[i] = cost - net


@kernel
def trade_in_data(firms, structure, market_size, artificial_intelligence):
    """What each firm receives for its data less what it pays as an adopter, into ``firms.data_income``.

    In every sector receipts and payments sum to nothing.
    """
    sector_start, stage, spending = structure.sector_start, firms.ai_stage, firms.ai_spending
    data_stock, income, fee = firms.data_stock, firms.data_income, market_size * artificial_intelligence.data_fee
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        fees = 0.0
        data = 0.0
        for i in range(first, last):
            fees += fee * spending[i] if stage[i] > 0 else 0.0
            data += data_stock[i]
        for i in range(first, last):
            paid = fee * spending[i] if stage[i] > 0 else 0.0
            income[i] = data_stock[i] * (fees / data) - paid
