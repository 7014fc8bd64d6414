"""Plans, layoffs, vacancies, matching and payroll: loops over firms and their staff."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel
from abm.kernels.draws import normal, stream_key, uniform
from abm.kernels.workers import EMPLOYED, UNEMPLOYED, _pick

__all__ = [
    "add_up_staff", "adjust_staff", "list_vacancies", "match_searchers", "measure_staff",
    "pay_wages", "plan_firms",
]  # fmt: skip


# How measure_staff packs a worker: efficiency units in steps of 1 / STEPS, then the occupation.
OCCUPATION_BITS = np.uint32(5)
OCCUPATION_MASK = np.uint32(31)
STEPS = 262144.0
MOST_STEPS = 134217727.0  # 27 bits, 512 units


@parallel_kernel
def plan_firms(
    chunks, sector, expected_demand, demand_signal, inventory, capital, capital_productivity, productivity, ai_use,
    labour_per_unit, research_share, planned_output, labour_demand, trend_growth, storable, research_staff,
    demand_gain, inventory_speed, inventory_target, forecast_gain,
):  # fmt: skip
    """Expected demand, planned output and labour wanted of every firm.

    Expectations learn and follow the sector's trend; producers of goods close inventory gaps, and need less inventory
    where AI forecasts their sales. Who does research makes nothing now. MODEL.md eq. 4-7.
    """
    rows = sector.size
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            expected = expected_demand[i] + demand_gain * (demand_signal[i] - expected_demand[i])
            expected *= 1.0 + trend_growth[s]
            expected_demand[i] = expected
            plan = expected
            if storable[s]:
                plan += inventory_speed * (
                    inventory_target * (1.0 - forecast_gain * ai_use[i]) * expected - inventory[i]
                )
            capacity = capital[i] * capital_productivity[i]
            planned_output[i] = min(max(plan, 0.3 * expected), capacity)
            at_work = (1.0 - research_share[i]) / (1.0 - research_staff[s])
            labour_demand[i] = planned_output[i] * labour_per_unit[i] / (productivity[i] * at_work)


@parallel_kernel
def measure_staff(
    chunks, employer, occupation, literate, efficiency, ai_use, premium, augmentation_exposure, augmentation, work,
):  # fmt: skip
    """Efficiency units and occupation of every worker packed into ``work`` (workers,) uint32, 0 without a job.

    A firm looks its staff up one by one, in no order that memory likes: four bytes for each are read sooner than
    sixteen. The last five bits hold the occupation, the others the units in steps of 1 / STEPS, at least one.
    """
    rows = employer.size
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            packed = np.uint32(0)
            if employer[row] >= 0:
                o = occupation[row]
                units = premium[o] * efficiency[row]
                if literate[row]:
                    units *= 1.0 + augmentation * ai_use[np.uint32(employer[row])] * augmentation_exposure[o]
                steps = min(max(units * STEPS + 0.5, 1.0), MOST_STEPS)
                packed = (np.uint32(steps) << OCCUPATION_BITS) | np.uint32(o)
            work[row] = packed


@parallel_kernel
def adjust_staff(
    chunks, seed, quarter, layoff_stream, vacancy_stream, staff, staff_start,
    work, employer, status, jobless_quarters,
    sector, ai_use, labour_demand, labour_per_unit, new_task_share, vacancies, openings,
    mix, premium, automation_exposure, new_task_weight, own_account, automation_strength,
    hoarding, firing_speed, offered,
):  # fmt: skip
    """Each firm compares its staff with the labour it wants: it dismisses part of an excess or offers jobs.

    Occupations that are overrepresented go first and those that are short are offered first. ``mix`` (20, 22) is the
    cost-minimising occupation mix without AI, ``work`` comes from measure_staff. Writes ``openings`` (firms, 22) and
    ``offered`` (chunks, 22); the last of a staff is never dismissed, nor those who work on their own account.
    """
    rows = sector.size
    occupations = premium.size
    layoff_key = stream_key(seed, quarter, layoff_stream)
    vacancy_key = stream_key(seed, quarter, vacancy_stream)
    for chunk in prange(chunks):
        steps = np.empty(occupations, np.int64)
        have = np.empty(occupations)
        want = np.empty(occupations)
        for o in range(occupations):
            offered[chunk, o] = 0
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            first, last = staff_start[i], staff_start[i + 1]
            steps[:] = 0
            left = 0
            for place in range(np.uint64(first), np.uint64(last)):
                packed = work[np.uint32(staff[place])]
                steps[packed & OCCUPATION_MASK] += packed >> OCCUPATION_BITS
                left += packed != 0  # who has left since the staff was put in order has no units
            total = 0.0
            for o in range(occupations):
                have[o] = steps[o] / STEPS
                total += have[o]
            wanted = labour_demand[i]
            excess = total - wanted * (1.0 + hoarding)
            short = wanted - total
            vacancies[i] = 0
            offers = openings[i]
            offers[:] = 0
            if not (excess > 0.0 and left > 1 and not own_account[s]) and not short > 0.0:
                continue
            automated = automation_strength * ai_use[i]
            scale = wanted / labour_per_unit[i]
            renewed = new_task_share[i]
            usual = mix[s]
            for o in range(occupations):
                kept = 1.0 - min(0.95, automated * automation_exposure[o])
                want[o] = scale * (usual[o] * kept + renewed * new_task_weight[o])
            if short > 0.0:
                gaps = 0.0
                for o in range(occupations):
                    gaps += max(0.0, want[o] - have[o])
                if gaps <= 0.0:
                    continue
                for o in range(occupations):
                    if want[o] <= have[o]:
                        continue
                    gap = (want[o] - have[o]) / gaps * short
                    jobs = int(gap / premium[o] + uniform(vacancy_key, i * occupations + o))
                    if jobs > 0:
                        offers[o] = min(jobs, 65535)
                        vacancies[i] += jobs
                        offered[chunk, o] += jobs
            else:
                weight = 0.0
                for o in range(occupations):
                    weight += have[o] * (1.0 if have[o] > 1.05 * want[o] else 0.4)
                chance = firing_speed * excess / weight
                for place in range(first, last):
                    row = np.uint32(staff[place])
                    if work[row] != 0 and left > 1:
                        o = work[row] & OCCUPATION_MASK
                        if uniform(layoff_key, row) < chance * (1.0 if have[o] > 1.05 * want[o] else 0.4):
                            employer[row] = -1
                            status[row] = UNEMPLOYED
                            jobless_quarters[row] = 0
                            left -= 1


@kernel
def list_vacancies(seed, quarter, stream, vacancies, openings, reach_share, start, firms):
    """The reachable vacancies as one list of firms for each occupation.

    ``firms[start[o]:start[o + 1]]`` are the firms that offer a job in occupation o. ``vacancies`` (firms,) are those
    that each firm offers in all. Returns how many are listed.
    """
    key = stream_key(seed, quarter, stream)
    rows, occupations = openings.shape
    for o in range(occupations + 1):
        start[o] = 0
    for i in range(rows):
        if vacancies[i] == 0:
            continue
        for o in range(occupations):
            if openings[i, o] > 0:
                reached = int(reach_share * openings[i, o] + uniform(key, i * occupations + o))
                openings[i, o] = reached
                start[o + 1] += reached
    for o in range(occupations):
        start[o + 1] += start[o]
    place = start[:occupations].copy()
    for i in range(rows):
        if vacancies[i] == 0:
            continue
        for o in range(occupations):
            for _ in range(openings[i, o]):
                firms[place[o]] = i
                place[o] += 1
    return start[occupations]


@kernel
def match_searchers(
    seed, quarter, streams, searchers, count, start, firms, mobility,
    status, employer, occupation, region, group, match_quality, jobless_quarters, firm_region, stage,
    move_share, occupation_share, rejection, deviation, mismatch, long_term, preferred,
):  # fmt: skip
    """Searchers in random order each try one vacancy of their occupation, or of a similar one where there is none.

    A job in another region is taken by those willing to move; firms that screen automatically reject the protected
    group with probability ``rejection``. Those jobless for ``long_term`` quarters come first with probability
    ``preferred``. One pass, MODEL.md eq. 12. Returns the jobs filled. ``streams``: order, listing, other listing,
    other occupation, move, screening, match quality, preferred.
    """
    order_key = stream_key(seed, quarter, streams[0])
    list_key = stream_key(seed, quarter, streams[1])
    other_list_key = stream_key(seed, quarter, streams[2])
    occupation_key = stream_key(seed, quarter, streams[3])
    move_key = stream_key(seed, quarter, streams[4])
    screening_key = stream_key(seed, quarter, streams[5])
    match_key = stream_key(seed, quarter, streams[6])
    occupations = mobility.shape[0]
    remaining = np.empty(occupations, np.int64)
    for o in range(occupations):
        remaining[o] = start[o + 1] - start[o]
    filled = 0
    # Fisher-Yates, so that who comes first is a matter of luck alone.
    for place in range(count - 1, 0, -1):
        other = int(uniform(order_key, place) * (place + 1))
        kept = searchers[place]
        searchers[place] = searchers[other]
        searchers[other] = kept
    if preferred > 0.0:
        preferred_key = stream_key(seed, quarter, streams[7])
        first = 0
        for place in range(count):
            row = searchers[place]
            if jobless_quarters[row] >= long_term and uniform(preferred_key, row) < preferred:
                searchers[place] = searchers[first]
                searchers[first] = row
                first += 1
    for place in range(count):
        row = searchers[place]
        o = np.int64(occupation[row])
        luck = uniform(list_key, row)
        quality = 1.0
        if remaining[o] == 0:
            draw = uniform(occupation_key, row)
            if draw >= occupation_share:
                continue
            o = _pick(mobility[o], draw / occupation_share)
            if remaining[o] == 0:
                continue
            luck = uniform(other_list_key, row)
            quality = mismatch
        position = start[o] + int(luck * remaining[o])
        firm = firms[position]
        if firm_region[firm] != region[row] and uniform(move_key, row) >= move_share:
            continue
        if group[row] == 1 and stage[firm] >= 2 and uniform(screening_key, row) < rejection:
            continue
        remaining[o] -= 1
        firms[position] = firms[start[o] + remaining[o]]
        employer[row] = firm
        status[row] = EMPLOYED
        occupation[row] = o
        region[row] = firm_region[firm]
        jobless_quarters[row] = 0
        match_quality[row] = np.exp(deviation * normal(match_key, row)) * quality
        filled += 1
    return filled


@parallel_kernel
def pay_wages(
    chunks, seed, quarter, stream, employer,
    occupation, literate, efficiency, match_quality, age, wage, reference_wage, sector, ai_use, stage,
    wage_index, premium, augmentation_exposure, sector_premium, augmentation, rent, learning, job_literacy,
    learning_stops, staff_sums, occupation_pay,
):  # fmt: skip
    """Wages of every worker and what each firm's staff adds up to; learning on the job.

    A wage is the occupation's index × efficiency units × sector premium × match quality; of what AI adds to a literate
    worker's efficiency the worker keeps ``rent``. Workers are met in the order of their rows, since seven columns read
    in order cost less than a firm's staff looked up one by one. Writes ``staff_sums`` (chunks, firms, 3), efficiency
    units, pay and literate heads, and ``occupation_pay`` (chunks, 22).
    """
    rows = employer.size
    key = stream_key(seed, quarter, stream)
    growth = np.float32(1.0 + learning)
    for chunk in prange(chunks):
        sums = staff_sums[chunk]
        paid = occupation_pay[chunk]
        sums[:] = 0.0
        paid[:] = 0.0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            if employer[row] < 0:
                continue
            firm = np.uint32(employer[row])
            o = occupation[row]
            if age[row] < learning_stops:
                efficiency[row] *= growth
            plain = premium[o] * efficiency[row]
            extra = 0.0
            if literate[row]:
                sums[firm, 2] += 1.0
                extra = plain * augmentation * ai_use[firm] * augmentation_exposure[o]
            elif stage[firm] > 0 and uniform(key, row) < job_literacy * stage[firm]:
                literate[row] = 1
            earned = wage_index[o] * (plain + rent * extra) * sector_premium[sector[firm]] * match_quality[row]
            wage[row] = earned
            reference_wage[row] = earned
            sums[firm, 0] += plain + extra
            sums[firm, 1] += earned
            paid[o] += earned


@parallel_kernel
def add_up_staff(chunks, staff_start, staff_sums, headcount, efficiency_units, payroll, literate_share):
    """What the chunks of workers gave each firm (chunks of workers, firms, 3), added up in their order."""
    rows = headcount.size
    for chunk in prange(chunks):
        for i in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            units = 0.0
            pay = 0.0
            able = 0.0
            for part in range(staff_sums.shape[0]):
                units += staff_sums[part, i, 0]
                pay += staff_sums[part, i, 1]
                able += staff_sums[part, i, 2]
            heads = staff_start[i + np.uint64(1)] - staff_start[i]
            headcount[i] = heads
            efficiency_units[i] = units
            payroll[i] = pay
            literate_share[i] = able / heads if heads > 0 else 0.0
