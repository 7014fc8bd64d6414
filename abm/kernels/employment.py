"""Plans of firms, quits, layoffs and jobs offered: loops over firms, their staff and all workers."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Owner, Status
from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel, worker_chunks
from abm.kernels.draws import STREAMS, stream_key, uniform
from abm.kernels.production import labour_needed

__all__ = ["adjust_staff", "measure_staff", "occupation_mix", "order_staff", "plan_firms", "quit_jobs"]

SEPARATION, LAYOFF, VACANCY = STREAMS["separation"], STREAMS["layoff"], STREAMS["vacancy"]
MOST_OPENINGS = 65535  # of one firm in one occupation, what 16 bits hold
FIRMS = 32  # that draw at once

# How measure_staff packs a worker: efficiency units in steps of 1 / STEPS, then the occupation.
OCCUPATION_BITS = np.uint32(5)
OCCUPATION_MASK = np.uint32(31)
STEPS = 262144.0
MOST_STEPS = 134217727.0  # 27 bits, 512 units


@parallel_kernel
def plan_firms(firms, sectors, structure, abilities, firm_rules):
    """Expected demand, planned output and labour wanted of every firm.

    Expectations learn and follow the sector's trend; producers of goods close inventory gaps, and need less inventory
    where AI forecasts their sales. Less capital per unit of output than usual takes
    more labour, ``labour_factor``. Who does research makes nothing now.
    See equations/plans_of_firms.md, eq. 7.
    """
    sector, expected_demand, demand_signal = firms.sector, firms.expected_demand, firms.demand_signal
    inventory, capital, capital_productivity = firms.inventory, firms.capital, firms.capital_productivity
    productivity, labour_per_unit, stock_saved = firms.productivity, firms.labour_per_unit, abilities.inventory
    office_use, process_use = firms.office_use, firms.process_use
    research_share, planned_output, labour_demand = firms.research_share, firms.planned_output, firms.labour_demand
    labour_factor = firms.labour_factor
    trend_growth, storable, research_staff = sectors.trend_growth, structure.storable, structure.research_staff
    demand_gain, least_plan = firm_rules.demand_gain, firm_rules.least_plan
    inventory_speed, inventory_target = firm_rules.inventory_speed, firm_rules.inventory_target
    capital_share, substitution, utilisation = (
        structure.capital_share, firm_rules.substitution, firm_rules.normal_utilisation,
    )  # fmt: skip
    rows = sector.size
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            expected = expected_demand[i] + demand_gain * (demand_signal[i] - expected_demand[i])
            expected *= 1.0 + trend_growth[s]
            expected_demand[i] = expected
            plan = expected
            if storable[s]:
                kept = 1.0 - stock_saved[0, s] * office_use[i] - stock_saved[1, s] * process_use[i]
                plan += inventory_speed * (inventory_target * kept * expected - inventory[i])
            capacity = capital[i] * capital_productivity[i]
            planned_output[i] = min(max(plan, least_plan * expected), capacity)
            at_work = (1.0 - research_share[i]) / (1.0 - research_staff[s])
            factor = 0.0
            if planned_output[i] > 0.0:
                factor = labour_needed(utilisation * capacity / planned_output[i], capital_share[s], substitution)
            labour_factor[i] = factor
            labour_demand[i] = planned_output[i] * labour_per_unit[i] * factor / (productivity[i] * at_work)


@parallel_kernel
def quit_jobs(workers, separation_rate, seed, quarter):
    """Quits and other separations apart from layoffs. See equations/labour_market.md, eq. 8."""
    status, employer, jobless_quarters = workers.status, workers.employer, workers.jobless_quarters
    rows = status.size
    chunks = worker_chunks(rows)
    key = stream_key(seed, quarter, SEPARATION)
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            if status[row] == Status.EMPLOYED and uniform(key, row) < separation_rate:
                employer[row] = -1
                status[row] = Status.UNEMPLOYED
                jobless_quarters[row] = 0


@parallel_kernel
def order_staff(workers, staff):
    """Puts the workers in the order of their employers, those of one firm in the order of rows (state.Staff).

    Counting sort without a branch: the first place of all counts those without a job, whose rows end up behind the
    staff. Each chunk counts its own workers, and fills the places that its predecessors leave.
    """
    employer, start, order = workers.employer, staff.start, staff.order
    rows, firms = employer.size, start.size - 1
    chunks = worker_chunks(rows)
    places = np.empty((chunks, firms + 1), np.int64)
    for chunk in prange(chunks):
        heads = places[chunk]
        heads[:] = 0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            heads[np.uint32(employer[row] + 1)] += 1
    filled = 0
    for i in range(firms):
        start[i] = filled
        for chunk in range(chunks):
            heads_here = places[chunk, i + 1]
            places[chunk, i + 1] = filled
            filled += heads_here
    start[firms] = filled
    for chunk in range(chunks):
        heads_here = places[chunk, 0]
        places[chunk, 0] = filled
        filled += heads_here
    for chunk in prange(chunks):
        place = places[chunk]
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            firm = np.uint32(employer[row] + 1)
            here = place[firm]
            order[here] = row
            place[firm] = here + 1


@parallel_kernel
def measure_staff(firms, workers, structure, abilities, work):
    """Efficiency units and occupation of every worker packed into ``work`` (workers,) uint32, 0 without a job.

    A firm looks its staff up one by one, in no order that memory likes: four bytes for each are read sooner than
    sixteen. The last five bits hold the occupation, the others the units in steps of 1 / STEPS, at least one.
    """
    employer, occupation, literate = workers.employer, workers.occupation, workers.ai_literate
    efficiency, assistance, sector = workers.efficiency, firms.assistance, firms.sector
    premium, help_of_ai = structure.occupation_premium, abilities.augmented
    rows, employers = employer.size, assistance.size
    chunks = worker_chunks(rows)
    # A place in front for those without a job, so that nobody has to be asked.
    lift, branch = np.empty(employers + 1), np.zeros(employers + 1, np.uint32)
    lift[0] = 0.0
    for i in range(employers):
        lift[i + 1] = assistance[i]
        branch[i + 1] = sector[i]
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            o = np.uint32(occupation[row])
            plain = premium[o] * efficiency[row]
            place = np.uint32(employer[row] + 1)
            augmented = plain * (1.0 + lift[place] * help_of_ai[branch[place], o])
            units = augmented if literate[row] else plain
            steps = min(max(units * STEPS + 0.5, 1.0), MOST_STEPS)
            packed = (np.uint32(steps) << OCCUPATION_BITS) | o
            work[row] = packed if employer[row] >= 0 else np.uint32(0)


@kernel
def occupation_mix(sectors, occupations, structure, abilities, labour):
    """Shares of efficiency units at which labour costs least without AI, by sector; writes what AI can do of them.

    Staffing at the opening times relative wage to the power −occupation_elasticity.
    See equations/labour_market.md, eq. 6.
    """
    staffing, wage_index = structure.staffing, occupations.wage_index
    automated, augmented = abilities.automated, abilities.augmented
    branches, groups = staffing.shape
    mean = 0.0
    for o in range(groups):
        mean += wage_index[o]
    mean /= groups
    cheapness = np.empty(groups)
    for o in range(groups):
        cheapness[o] = (wage_index[o] / mean) ** -labour.occupation_elasticity
    mix = np.empty((branches, groups))
    for s in range(branches):
        together = 0.0
        for o in range(groups):
            mix[s, o] = staffing[s, o] * cheapness[o]
            together += mix[s, o]
        at_desks = 0.0
        in_plants = 0.0
        augmentation = 0.0
        for o in range(groups):
            mix[s, o] /= together
            at_desks += mix[s, o] * automated[0, s, o]
            in_plants += mix[s, o] * automated[1, s, o]
            augmentation += mix[s, o] * augmented[s, o]
        sectors.automation[s] = at_desks
        sectors.process_automation[s] = in_plants
        sectors.augmentation[s] = augmentation
    return mix


@kernel
def _round_by_draw(numbers, identities, key, rounded):
    """Whole numbers that on average are those given; one loop over many, so that several are drawn at once."""
    for place in range(numbers.size):
        rounded[place] = int(numbers[place] + uniform(key, identities[place]))


@kernel
def _dismiss(order, first, last, left, chance, work, key, workers):
    """Dismisses those of a staff who are drawn by the ``chance`` of their occupation, but never the last one."""
    for place in range(first, last):
        row = np.uint32(order[place])
        if work[row] != 0 and left > 1 and uniform(key, row) < chance[work[row] & OCCUPATION_MASK]:
            workers.employer[row] = -1
            workers.status[row] = Status.UNEMPLOYED
            workers.jobless_quarters[row] = 0
            left -= 1


@parallel_kernel
def adjust_staff(
    firms, sectors, workers, occupations, structure, abilities, plans, labour, staff, work, seed, quarter
):  # fmt: skip
    """Each firm compares its staff with the labour it wants: it dismisses part of an excess or offers jobs.

    Occupations that are overrepresented go first and those that are short are offered first, both against the
    cost-minimising mix, less automated plus new tasks. ``work`` (workers,) comes from measure_staff; writes
    ``plans.openings`` and returns their sum. The last of a staff is never dismissed, nor those who work on their own
    account. Jobs are rounded by a draw: all draws of a block of firms are made at once.
    See equations/labour_market.md, eq. 9-10.
    """
    sector, office_use, process_use, labour_demand = (
        firms.sector, firms.office_use, firms.process_use, firms.labour_demand
    )  # fmt: skip
    labour_per_unit, new_task_share, vacancies = firms.labour_per_unit, firms.new_task_share, firms.vacancies
    order, start, openings = staff.order, staff.start, plans.openings
    owner, premium = structure.owner, structure.occupation_premium
    automated, new_task_weight = abilities.automated, structure.new_task_weight
    hoarding, firing_speed = labour.hoarding, labour.firing_speed
    overstaffed, spared = labour.overstaffed, labour.spared
    mix = occupation_mix(sectors, occupations, structure, abilities, labour)
    rows, groups = sector.size, premium.size
    chunks = firm_chunks(rows)
    layoff_key, vacancy_key = stream_key(seed, quarter, LAYOFF), stream_key(seed, quarter, VACANCY)
    offered = np.empty((chunks, groups), np.int64)
    for chunk in prange(chunks):
        steps = np.empty(groups, np.int64)
        have, want, gap, chance = np.empty(groups), np.empty(groups), np.empty(groups), np.empty(groups)
        hiring, identities = np.empty(FIRMS, np.int64), np.empty((FIRMS, groups), np.int64)
        jobs, rounded = np.empty((FIRMS, groups)), np.empty((FIRMS, groups), np.int64)
        here = offered[chunk]
        here[:] = 0
        last = rows * (chunk + 1) // chunks
        for first in range(rows * chunk // chunks, last, FIRMS):
            found = 0
            for i in range(first, min(first + FIRMS, last)):
                steps[:] = 0
                all_steps = 0
                left = 0
                for place in range(np.uint64(start[i]), np.uint64(start[i + 1])):
                    packed = work[np.uint32(order[place])]
                    steps[packed & OCCUPATION_MASK] += packed >> OCCUPATION_BITS
                    all_steps += packed >> OCCUPATION_BITS
                    left += packed != 0  # who has left since the staff was put in order has no units
                total = all_steps / STEPS
                wanted = labour_demand[i]
                excess = total - wanted * (1.0 + hoarding)
                short = wanted - total
                vacancies[i] = 0
                openings[i, :] = 0
                if not (excess > 0.0 and left > 1 and owner[sector[i]] != Owner.OWN_WORKERS) and not short > 0.0:
                    continue
                s, desks, plant = sector[i], office_use[i], process_use[i]
                scale = wanted / labour_per_unit[i]
                renewed = new_task_share[i]
                usual = mix[s]
                for o in range(groups):
                    kept = max(0.0, 1.0 - desks * automated[0, s, o] - plant * automated[1, s, o])
                    have[o] = steps[o] / STEPS
                    want[o] = scale * (usual[o] * kept + renewed * new_task_weight[o])
                if short > 0.0:
                    gaps = 0.0
                    for o in range(groups):
                        gap[o] = max(0.0, want[o] - have[o])
                        gaps += gap[o]
                    if gaps > 0.0:
                        wish, identity, scale = jobs[found], identities[found], short / gaps
                        for o in range(groups):
                            wish[o] = gap[o] * scale / premium[o]
                        for o in range(groups):
                            identity[o] = i * groups + o
                        hiring[found] = i
                        found += 1
                else:
                    weight = 0.0
                    for o in range(groups):
                        chance[o] = 1.0 if have[o] > overstaffed * want[o] else spared
                        weight += have[o] * chance[o]
                    for o in range(groups):
                        chance[o] *= firing_speed * excess / weight
                    _dismiss(order, start[i], start[i + 1], left, chance, work, layoff_key, workers)
            _round_by_draw(jobs[:found].reshape(-1), identities.reshape(-1), vacancy_key, rounded.reshape(-1))
            for place in range(found):
                offers, listed, together = rounded[place], openings[hiring[place]], 0
                for o in range(groups):
                    listed[o] = min(offers[o], MOST_OPENINGS)
                    here[o] += offers[o]
                    together += offers[o]
                vacancies[hiring[place]] = together
    together = 0
    for o in range(groups):
        offers = 0
        for chunk in range(chunks):
            offers += offered[chunk, o]
        occupations.vacancies[o] = offers
        together += offers
    return together
