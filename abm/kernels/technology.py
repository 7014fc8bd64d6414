"""Capability, use and adoption of artificial intelligence; research, imitation and productivity. Loops over firms."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel
from abm.kernels.draws import normal, stream_key, uniform

__all__ = [
    "advance_ai", "advance_productivity", "capability", "process_gain", "research_cycle", "use_after",
]  # fmt: skip


@kernel
def capability(data, compute, algorithm, literate_share, data_half, compute_half, absorption, exponent):
    """A firm's AI capability, 0 to 1: a constant-elasticity aggregate in which the weakest leg limits.

    ``data`` in mean firms, ``compute`` as share of payroll × quality, ``algorithm`` the frontier, usable as far as
    literate staff absorb it. Ni, figure 1 (data × computing power × algorithm).
    """
    a = data / (data + data_half)
    b = compute / (compute + compute_half)
    c = algorithm * (0.3 + 0.7 * literate_share / (literate_share + absorption))
    if a <= 0.0 or b <= 0.0 or c <= 0.0:
        return 0.0
    if exponent == -1.0:
        return 1.0 / (0.33 / a + 0.33 / b + 0.34 / c)
    if abs(exponent) < 1e-9:
        return np.exp(0.33 * np.log(a) + 0.33 * np.log(b) + 0.34 * np.log(c))
    return (0.33 * a**exponent + 0.33 * b**exponent + 0.34 * c**exponent) ** (1.0 / exponent)


@kernel
def process_gain(use, half):
    """Part of the largest process gain reached at a use of AI: concave, the easy gains come first."""
    return 1.0 - np.exp(-use / half)


@kernel
def use_after(use, stage_use, capability_now, speed):
    """Use of AI a quarter later: it follows the stage with a lag."""
    return use + speed * (stage_use * capability_now - use)


@kernel
def research_cycle(use, without, full):
    """Quarters a research project takes at a use of AI: Ni, figure 2."""
    return without - (without - full) * min(1.0, 1.5 * use)


@kernel
def advance_productivity(
    seed, quarter, research_stream, luck_stream, sector_start, productivity, gap, market_share, use, entrant,
    step, cycle, cycle_full, ideas, imitation, luck, drift, common, grants,
):  # fmt: skip
    """Productivity of every firm after a quarter: drift, research, imitation, luck.

    Research without AI and imitation have no effect on the mean by construction: what they add on average is taken off
    again, so that growth without AI is the exogenous drift. ``gap`` is the log lead over the drift. ``step`` and
    ``cycle_full`` are (20,), ``ideas`` (20,) how easy ideas are. Aghion and Howitt 1992, Bloom et al. 2020.
    """
    research_key = stream_key(seed, quarter, research_stream)
    luck_key = stream_key(seed, quarter, luck_stream)
    log_gain = np.empty(productivity.size)
    for sector in range(sector_start.size - 1):
        first, last = sector_start[sector], sector_start[sector + 1]
        # The best tenth by productivity, found without sorting: the mean of those above mean + 1.28 deviations.
        mean = 0.0
        square = 0.0
        for i in range(first, last):
            mean += market_share[i] * gap[i]
            square += market_share[i] * gap[i] * gap[i]
        deviation = np.sqrt(max(0.0, square - mean * mean))
        top = mean + 1.28 * deviation
        pulled = 0.0
        for i in range(first, last):
            distance = min(0.5, max(-0.5, top - gap[i]))
            gain = 0.5 * imitation * max(0.0, distance)
            log_gain[i] = gain
            pulled += market_share[i] * gain
        expected = step[sector] / cycle * ideas[sector]
        for i in range(first, last):
            project = research_cycle(use[i], cycle, cycle_full[sector])
            found = uniform(research_key, i) < 1.0 / project
            gain = log_gain[i] - pulled - expected
            if found:
                gain += step[sector] * ideas[sector] * grants
            gain += luck * normal(luck_key, i) - 0.5 * luck * luck
            if entrant[i]:
                gain = 0.0
            gap[i] += gain
            productivity[i] *= np.exp(drift + common + gain)


@kernel
def advance_ai(
    seed, quarter, evaluation_stream, breach_stream,
    sector, headcount, payroll, capital, deposits, loans, input_scale, literate_share, sales_value,
    stage, ai_capability, use, data_stock, integration_due, adoption_subsidy, breached, fine, ai_spending,
    pool, adoption, automation, augmentation, process, black_box, input_cost, energy_cost,
    mean_headcount, algorithm, compute_quality, mean_wage, capital_price, integration_price,
    openness, clarity, security, subsidy, small_subsidy, voucher, tax,
    stage_use, subscription, fixed_cost, payroll_cost, p,
):  # fmt: skip
    """Data, capability, use, breaches and the decision on the next stage, for every firm; returns the adopters.

    ``pool`` and the other sector arrays are (20,), the four stage tables (4,). ``p`` (26,) holds the parameters in the
    order that abm/phases/artificial_intelligence.py packs them. Adoption: logit in the payback ratio (MODEL.md
    eq. 49).
    """
    data_half, data_pool, data_decay, compute_half, absorption, exponent = p[0], p[1], p[2], p[3], p[4], p[5]
    speed, automation_strength, net_saving, new_tasks, augmentation_strength = p[6], p[7], p[8], p[9], p[10]
    rent, capital_gain, energy_saving, yield_gain, process_half = p[11], p[12], p[13], p[14], p[15]
    evaluation, payback = p[16], p[17]
    constant, benefit_weight, peers, literacy_weight, black_box_weight = p[18], p[19], p[20], p[21], p[22]
    breach_rate, breach_fine, highest_leverage = p[23], p[24], p[25]
    evaluation_key = stream_key(seed, quarter, evaluation_stream)
    decision_key = stream_key(seed, quarter, evaluation_stream + 1000)
    breach_key = stream_key(seed, quarter, breach_stream)
    adopters = 0
    for i in range(stage.size):
        s = sector[i]
        k = stage[i]
        data_stock[i] += data_decay * (headcount[i] / mean_headcount * (1.0 + 0.5 * k) - data_stock[i])
        data = data_stock[i] + openness * data_pool * pool[s]
        pay = max(payroll[i], 1e-9)
        spending = ai_spending[i] / pay
        if k == 0:
            spending += 0.002
        if headcount[i] < 10:
            spending += 0.004 * voucher
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
        breached[i] = k > 0 and uniform(breach_key, i) < breach_rate * k * min(data, 3.0) * (1.0 - security)
        fine[i] = breach_fine * 4.0 * sales_value[i] if breached[i] else 0.0
        integration_due[i] = 0.0
        adoption_subsidy[i] = 0.0
        if k < 3 and uniform(evaluation_key, i) < evaluation:
            change = (stage_use[k + 1] - stage_use[k]) * ai_capability[i]
            before = stage_use[k] * ai_capability[i]
            concave = process_gain(before + change, process_half) - process_gain(before, process_half)
            tasks = automation_strength * (net_saving - (1.0 - new_tasks) * (1.0 - net_saving) * tax) * automation[s]
            people = (1.0 - rent) * augmentation_strength * augmentation[s] * literate_share[i]
            means = 0.03 * process[s] * capital_gain * capital_price * capital[i]
            goods = (
                process[s] * concave * input_scale[i] * (energy_saving * energy_cost[s] + yield_gain * input_cost[s])
            )
            running = (subscription[k + 1] - subscription[k]) * pay * (1.0 + tax - voucher)
            benefit = change * (pay * (tasks + people) + means) + goods - running
            cost = (fixed_cost[k + 1] * mean_wage + payroll_cost[k + 1] * pay) * integration_price
            help = subsidy + (small_subsidy if headcount[i] < 10 else 0.0)
            net = cost * (1.0 - min(0.9, help))
            affordable = deposits[i] + 0.3 * max(0.0, highest_leverage * capital_price * capital[i] - loans[i])
            if benefit > 0.0 and net < affordable:
                odds = (
                    constant + benefit_weight * np.log(payback * benefit / net) + peers * (adoption[s] - 0.3)
                    + literacy_weight * literate_share[i] - black_box_weight * black_box[s] * 0.5 * (k + 1) + clarity
                )  # fmt: skip
                if uniform(decision_key, i) < 1.0 / (1.0 + np.exp(-odds)):
                    stage[i] = k + 1
                    integration_due[i] = cost
                    adoption_subsidy[i] = cost - net
        if stage[i] > 0:
            adopters += 1
    return adopters
