"""Data, capability, use, breaches and the decision on the next stage of artificial intelligence, for every firm."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel
from abm.kernels.draws import stream_key, uniform
from abm.kernels.technology import capability, process_gain, use_after

__all__ = ["advance_ai"]


@kernel
def advance_ai(
    seed, quarter, evaluation_stream, breach_stream,
    sector, region, headcount, payroll, capital, deposits, loans, input_scale, literate_share, sales_value,
    stage, ai_capability, use, new_task_share, data_stock, integration_due, adoption_subsidy, breached, fine,
    ai_spending,
    pool, adoption, automation, augmentation, process, black_box, input_cost, energy_cost,
    size_elasticity, algorithm, compute_quality, mean_wage, capital_price, integration_price,
    openness, clarity, security, subsidy, zone_subsidy, zone_clarity, small_subsidy, voucher, tax,
    stage_use, subscription, fixed_cost, payroll_cost, p,
):  # fmt: skip
    """Data, capability, use, breaches and the decision on the next stage, for every firm; returns the adopters.

    ``pool``, ``clarity``, ``subsidy`` and the other sector arrays are (20,), the four stage tables (4,),
    ``zone_subsidy`` and ``zone_clarity`` (4,) by region, for pure process industries. Who has not
    adopted judges by what a pilot would buy. Small firms are given ``public_compute``, share of payroll. ``p`` (32,)
    holds the parameters in the order that abm/phases/artificial_intelligence.py packs them. Adoption: logit in the
    payback ratio (MODEL.md eq. 49).
    """
    data_half, data_pool, data_decay, compute_half, absorption, exponent = p[0], p[1], p[2], p[3], p[4], p[5]
    speed, automation_strength, task_cost, reinstatement, augmentation_strength = p[6], p[7], p[8], p[9], p[10]
    rent, capital_gain, energy_saving, yield_gain, process_half = p[11], p[12], p[13], p[14], p[15]
    evaluation, payback = p[16], p[17]
    constant, benefit_weight, peers, literacy_weight, black_box_weight = p[18], p[19], p[20], p[21], p[22]
    breach_rate, breach_fine, highest_leverage = p[23], p[24], p[25]
    least_staff, new_task_life, new_task_gain, services_per_task = p[26], p[27], p[28], p[29]
    small_staff, public_compute = p[30], p[31]
    saving = 1.0 - task_cost - services_per_task * (1.0 + tax - voucher)
    evaluation_key = stream_key(seed, quarter, evaluation_stream)
    decision_key = stream_key(seed, quarter, evaluation_stream + 1000)
    breach_key = stream_key(seed, quarter, breach_stream)
    mean_size = 0.0
    for i in range(stage.size):
        mean_size += headcount[i] ** size_elasticity / stage.size
    adopters = 0
    for i in range(stage.size):
        s = sector[i]
        k = stage[i]
        data_stock[i] += data_decay * (headcount[i] ** size_elasticity / mean_size * (1.0 + 0.5 * k) - data_stock[i])
        data = data_stock[i] + openness * data_pool * pool[s]
        pay = max(payroll[i], 1e-9)
        spending = ai_spending[i] / pay
        if k == 0:
            spending += subscription[1]
        if headcount[i] < small_staff:
            spending += public_compute
        ai_capability[i] = capability(
            data,
            spending * compute_quality,
            algorithm,
            literate_share[i],
            data_half,
            compute_half,
            absorption,
            exponent,
        )
        use[i] = use_after(use[i], stage_use[k], ai_capability[i], speed)
        new_task_share[i] += reinstatement * use[i] * augmentation[s] - new_task_share[i] / new_task_life
        breached[i] = k > 0 and uniform(breach_key, i) < breach_rate * k * min(data, 3.0) * (1.0 - security)
        fine[i] = breach_fine * 4.0 * sales_value[i] if breached[i] else 0.0
        integration_due[i] = 0.0
        adoption_subsidy[i] = 0.0
        if k < 3 and uniform(evaluation_key, i) < evaluation:
            change = (stage_use[k + 1] - stage_use[k]) * ai_capability[i]
            before = stage_use[k] * ai_capability[i]
            concave = process_gain(before + change, process_half) - process_gain(before, process_half)
            tasks = automation_strength * saving * automation[s]
            tasks += new_task_gain * reinstatement * new_task_life * augmentation[s]
            people = (1.0 - rent) * augmentation_strength * augmentation[s] * literate_share[i]
            means = 0.03 * process[s] * capital_gain * capital_price * capital[i]
            goods = (
                process[s] * concave * input_scale[i] * (energy_saving * energy_cost[s] + yield_gain * input_cost[s])
            )
            running = (subscription[k + 1] - subscription[k]) * pay * (1.0 + tax - voucher)
            benefit = change * (pay * (tasks + people) + means) + goods - running
            # Fixed costs weigh less on large firms, by the same measure of size as data.
            heads = max(headcount[i], 1) / least_staff
            fixed = fixed_cost[k + 1] * mean_wage * heads ** (1.0 - size_elasticity)
            cost = (fixed + payroll_cost[k + 1] * pay) * integration_price
            help = (
                subsidy[s]
                + process[s] * zone_subsidy[region[i]]
                + (small_subsidy if headcount[i] < small_staff else 0.0)
            )
            net = cost * (1.0 - min(0.9, help))
            affordable = deposits[i] + 0.3 * max(0.0, highest_leverage * capital_price * capital[i] - loans[i])
            if benefit > 0.0 and net < affordable:
                odds = (
                    constant + benefit_weight * np.log(payback * benefit / net) + peers * (adoption[s] - 0.3)
                    + literacy_weight * literate_share[i] - black_box_weight * black_box[s] * 0.5 * (k + 1) + clarity[s]
                    + process[s] * zone_clarity[region[i]]
                )  # fmt: skip
                if uniform(decision_key, i) < 1.0 / (1.0 + np.exp(-odds)):
                    stage[i] = k + 1
                    integration_due[i] = cost
                    adoption_subsidy[i] = cost - net
        if stage[i] > 0:
            adopters += 1
    return adopters
