"""Counts and sums by group that only look at the economy, and what the outcomes of a quarter are read from."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Status
from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks
from abm.compiling.tables import Record

__all__ = [
    "BINS", "Summary", "gini_of_bins", "hulten_gain", "part_sums", "summarise",
    "summarise_baskets", "tally_adults", "use_of_firms",
]  # fmt: skip

# Bins of a distribution: 128 for each doubling, 16 doublings either side of a typical amount, mirrored below zero.
SHIFT = 45  # bits of a float64 below its exponent and the first seven bits of its mantissa
SPAN = 32 * 128
BINS = 2 * SPAN + 1
EMPLOYED, ABSENT = int(Status.EMPLOYED), int(Status.ABSENT)
BLOCK = 256  # rows worked on at a time, small enough for the nearest cache
INCOME, WAGE, WEALTH = (np.int64(number) for number in range(3))  # the distributions; see STREAMS on the type
TENTHS = 10
AGRICULTURE, SERVICES = 0, 2  # codes of structure.industry


class Summary(Record):
    """Single numbers of a quarter that are sums over agents."""

    hulten_gain: float
    ai_use: float
    adopters: float
    breaches: float  # firms that lost data
    staff_of_breached: float
    old: float
    palma_ratio: float
    top_tenth_of_income: float
    top_tenth_of_wealth: float
    farm_income_gap: float
    farm_jobs_share: float
    food_share: float
    services_share: float


@kernel
def _lowest(typical):
    """Number of the smallest amount distinguished, given a typical one."""
    return (np.float64(typical).view(np.int64) >> SHIFT) - SPAN // 2


@kernel
def _tally(amounts, lowest, places, persons, money):
    """Add a block of amounts to a distribution, ``persons`` (BINS,) int32 and ``money`` (BINS,).

    The leading bits of a float64 read as a whole number are a piecewise linear logarithm, so bins are monotone in the
    amount and under one per cent wide; the middle one is for what is too small to tell apart. Places come first, for
    several amounts at once, sums second: together they would take four times as long.
    """
    for i in range(amounts.size):
        place = (np.float64(abs(amounts[i])).view(np.int64) >> SHIFT) - lowest
        place = min(max(place, 0), SPAN)
        places[i] = SPAN + place if amounts[i] >= 0.0 else SPAN - place
    for i in range(amounts.size):
        place = np.uint32(places[i])
        persons[place] += 1
        money[place] += amounts[i]


@parallel_kernel
def tally_adults(workers, macro, with_state, tally, old_from):
    """Distributions of income, of wages of the employed and of wealth, and counts by region and age, in one pass.

    Adds to ``tally.persons`` and ``tally.money`` (chunks, 3, BINS), and to ``tally.with_state`` (chunks, BINS, 2) what
    those in each bin of income pay to the state and are paid by it. Writes ``tally.regions`` (chunks, regions,
    statuses) and ``tally.old`` (chunks,), persons of ``old_from`` years and over. Rows without a person hold
    nothing and are in no distribution.
    """
    region, status, wage, age, disposable = (
        workers.region, workers.status, workers.wage, workers.age, workers.disposable_income
    )  # fmt: skip
    deposits, dwellings, equity_weight = workers.deposits, workers.dwellings, workers.equity_weight
    dwelling_price, private_equity = macro[0].dwelling_price, macro[0].equity_value
    persons, money, regions, old = tally.persons, tally.money, tally.regions, tally.old
    paid_to_state, paid_by_state, sums_with_state = with_state.paid_to_state, with_state.paid_by_state, tally.with_state
    rows = status.size
    chunks = worker_chunks(rows)
    lowest = _lowest(macro[0].mean_wage)
    for chunk in prange(chunks):
        places = np.empty(BLOCK, np.int32)
        earned = np.empty(BLOCK)
        worth = np.empty(BLOCK)
        count = regions[chunk]
        count[:] = 0
        jobless = 0
        old[chunk] = 0
        last = rows * (chunk + 1) // chunks
        for first in range(rows * chunk // chunks, last, BLOCK):
            size = min(BLOCK, last - first)
            for i in range(size):
                row = np.uint64(first + i)
                employed = status[row] == EMPLOYED
                earned[i] = wage[row] if employed else 0.0
                worth[i] = deposits[row] + dwelling_price * dwellings[row] + private_equity * equity_weight[row]
                jobless += not employed
            for i in range(size):
                row = np.uint64(first + i)
                count[np.uint32(region[row]), np.uint32(status[row])] += 1
                old[chunk] += age[row] >= old_from
            _tally(disposable[first : first + size], lowest, places, persons[chunk, INCOME], money[chunk, INCOME])
            sums = sums_with_state[chunk]
            for i in range(size):
                place, row = np.uint32(places[i]), np.uint64(first + i)
                sums[place, 0] += paid_to_state[row]
                sums[place, 1] += paid_by_state[row]
            _tally(earned[:size], lowest, places, persons[chunk, WAGE], money[chunk, WAGE])
            _tally(worth[:size], lowest, places, persons[chunk, WEALTH], money[chunk, WEALTH])
        # Those without a job were counted with nothing, which costs less than a branch for each; so were empty rows.
        persons[chunk, WAGE, SPAN] -= jobless
        absent = 0
        for place in range(count.shape[0]):
            absent += count[place, ABSENT]
        persons[chunk, INCOME, SPAN] -= absent
        persons[chunk, WEALTH, SPAN] -= absent


@kernel
def _gather_with_state(sums, first, last, merged):
    """Writes ``merged``: paid to and by the state in the bins from ``first`` on, of all chunks; empties ``sums``."""
    merged[: last - first] = 0.0
    for chunk in range(sums.shape[0]):
        here = sums[chunk, first:last]
        for place in range(here.shape[0]):
            merged[place, 0] += here[place, 0]
            merged[place, 1] += here[place, 1]
            here[place, 0] = 0.0
            here[place, 1] = 0.0


@kernel
def _held(persons, first):
    """Zero where a block of bins holds nobody; no branch for each bin, so that many are met at once."""
    found = 0
    for place in range(first, first + BLOCK):
        found |= persons[place]
    return found


@kernel
def _drop_empty(merged, with_state, incomes, first, last):
    """Moves the bins that hold somebody to the front; returns their number. About every second one holds nobody."""
    number = 0
    for place in range(first, last):
        merged[number, 0] = merged[place, 0]
        merged[number, 1] = merged[place, 1]
        if incomes:
            with_state[number, 0] = with_state[place - first, 0]
            with_state[number, 1] = with_state[place - first, 1]
        number += merged[number, 0] != 0.0
    return number


@kernel
def _gather_bins(tally, kind):
    """The distribution of all chunks, (bins, 2) persons and money by ascending bin; empties the chunks' own.

    Bins that hold nobody are left out, which no loop over bins could foresee.
    """
    persons, money, merged = tally.persons, tally.money, tally.distributions[kind]
    first, last = BINS, 0
    for chunk in range(persons.shape[0]):
        held = persons[chunk, kind]
        low = 0
        while low + BLOCK <= first and _held(held, low) == 0:
            low += BLOCK
        while low < first and held[low] == 0:
            low += 1
        high = BINS
        while high - BLOCK >= last and _held(held, high - BLOCK) == 0:
            high -= BLOCK
        while high > last and held[high - 1] == 0:
            high -= 1
        first, last = min(first, low), max(last, high)
    first = min(first, last)
    if kind == INCOME:
        _gather_with_state(tally.with_state, first, last, tally.merged_with_state)
    merged[first:last] = 0.0
    for chunk in range(persons.shape[0]):
        heads, amounts = persons[chunk, kind], money[chunk, kind]
        for place in range(np.uint64(first), np.uint64(last)):
            merged[place, 0] += heads[place]
            merged[place, 1] += amounts[place]
            heads[place] = 0
            amounts[place] = 0.0
    return merged[: _drop_empty(merged, tally.merged_with_state, kind == INCOME, first, last)]


@kernel
def gini_of_bins(bins):
    """Gini of a distribution in bins (bins, 2), normalised by the mean of absolute values where some are negative.

    Amounts in one bin count as alike, which takes less than 1e-5 from it.
    """
    rows = 0.0
    size = 0.0
    for place in range(bins.shape[0]):
        rows += bins[place, 0]
        size += abs(bins[place, 1])
    before = 0.0
    weighted = 0.0
    for place in range(bins.shape[0]):
        persons = bins[place, 0]
        weighted += (2.0 * before + persons - rows) * bins[place, 1]
        before += persons
    return weighted / (rows * size) if size > 0.0 else 0.0


@kernel
def part_sums(bins, ends, sums):
    """Money of each part of a distribution in bins; ``ends`` are the numbers of the last persons of the parts."""
    sums[:] = 0.0
    part = 0
    before = 0.0
    for place in range(bins.shape[0]):
        persons = bins[place, 0]
        if persons == 0.0:
            continue
        mean = bins[place, 1] / persons
        while persons > 0.0:
            while part + 1 < ends.size and before >= ends[part]:
                part += 1
            here = min(persons, ends[part] - before) if part + 1 < ends.size else persons
            sums[part] += here * mean
            before += here
            persons -= here


@kernel
def use_of_firms(use, output):
    """Use of office AI, mean weighted by output."""
    used = 0.0
    total = 0.0
    for i in range(use.size):
        used += use[i] * output[i]
        total += output[i]
    return used / total


@kernel
def hulten_gain(firms, sectors, structure, abilities, macro, artificial_intelligence, required_return):
    """Savings on tasks, by literate staff, on materials, energy and capital, less AI services; thousand yuan."""
    ai = artificial_intelligence
    sector, displaced, new_tasks = firms.sector, firms.displaced_share, firms.new_task_share
    office_use, process_use, assistance = firms.office_use, firms.process_use, firms.assistance
    unit_wage, productivity, output = firms.unit_wage, firms.productivity, firms.output
    literate_share, output_with_inputs_ordered, capital = (
        firms.literate_share,
        firms.output_with_inputs_ordered,
        firms.capital,
    )
    augmentation, capacity = sectors.augmentation, abilities.capacity
    materials, energy = abilities.materials, abilities.energy
    input_cost, energy_cost = sectors.input_cost, sectors.energy_cost
    capital_price, rental = macro[0].capital_price, structure.depreciation + required_return
    saving, services = 1.0 - rental * ai.task_capital, firms.ai_unit_spending
    total = 0.0
    for i in range(sector.size):
        desks, plants = office_use[i], process_use[i]
        if desks <= 0.0 and plants <= 0.0 and displaced[i] <= 0.0:
            continue
        s = sector[i]
        labour = unit_wage[i] * (1.0 + structure.employer_rate) / productivity[i] * output[i]
        tasks = (saving * displaced[i] + ai.new_task_gain * new_tasks[i]) * labour
        augmented = assistance[i] * augmentation[s] * literate_share[i] * labour
        saved = input_cost[s] * (desks * materials[0, s] + plants * materials[1, s])
        saved += energy_cost[s] * (desks * energy[0, s] + plants * energy[1, s])
        goods = output_with_inputs_ordered[i] * saved
        lift = desks * capacity[0, s] + plants * capacity[1, s]
        plant = rental * (1.0 - 1.0 / (1.0 + lift)) * capital_price * capital[i]
        total += tasks + augmented + goods + plant - services[i] * output_with_inputs_ordered[i]
    return total


@kernel
def _summarise_firms(firms, structure, statistics, summary):
    """Sums over firms by sector, size and region; use of AI, adopters, and what farms pay against others."""
    headcount, payroll, dividends = firms.headcount, firms.payroll, firms.dividends
    stage, use, output, region, breached = (
        firms.ai_stage, firms.office_use, firms.output, firms.region, firms.breached
    )  # fmt: skip
    sector_start, limits = structure.sector_start, statistics.size_limits
    statistics.size_firms[:] = 0.0
    statistics.size_adopters[:] = 0.0
    statistics.size_use[:] = 0.0
    statistics.region_wages[:] = 0.0
    adopters = breaches = staff_of_breached = 0
    used = produced = farm_heads = farm_income = other_heads = other_pay = 0.0
    for s in range(sector_start.size - 1):
        jobs = pay = mixed = 0.0
        own = structure.owner[s] == statistics.own_workers
        for i in range(sector_start[s], sector_start[s + 1]):
            jobs += headcount[i]
            pay += payroll[i]
            mixed += dividends[i]
            adopters += stage[i] > 0
            breaches += breached[i] > 0
            staff_of_breached += headcount[i] * (breached[i] > 0)
            used += use[i] * output[i]
            produced += output[i]
            statistics.region_wages[region[i]] += payroll[i]
            if own and headcount[i] > 0:
                earned = (1.0 - structure.employee_rate) * payroll[i] + dividends[i]
                farm_income += headcount[i] * (earned / headcount[i])
            place = 0
            while place + 1 < limits.size and headcount[i] >= limits[place + 1]:
                place += 1
            if headcount[i] >= limits[0]:
                statistics.size_firms[place] += 1.0
                statistics.size_adopters[place] += stage[i] > 0
                statistics.size_use[place] += use[i]
        statistics.sector_jobs[s] = jobs
        statistics.sector_labour_income[s] = pay * (1.0 + structure.employer_rate) + (mixed if own else 0.0)
        if own:
            farm_heads += jobs
        else:
            other_heads += jobs
            other_pay += pay
    summary[0].adopters = adopters
    summary[0].breaches = breaches
    summary[0].staff_of_breached = staff_of_breached
    summary[0].ai_use = used / produced
    outside = (1.0 - structure.employee_rate) * other_pay / other_heads
    summary[0].farm_jobs_share = farm_heads / (farm_heads + other_heads)
    summary[0].farm_income_gap = outside * farm_heads / farm_income


@kernel
def summarise(firms, structure, macro, tally, statistics, summary):
    """What most outcomes are read from: Ginis, tenths, and sums over firms; ``tally`` comes from tally_adults.

    Writes ``statistics`` by group and ``summary``.
    """
    adults = np.int64(macro[0].adults)
    ends = np.empty(TENTHS)
    for tenth in range(TENTHS):
        ends[tenth] = (tenth + 1) * adults // TENTHS
    incomes = _gather_bins(tally, INCOME)
    statistics.gini[INCOME] = gini_of_bins(incomes)
    part_sums(incomes, ends, statistics.tenth_income)
    sides = np.empty((incomes.shape[0], 2))
    for side in range(2):
        for place in range(incomes.shape[0]):
            sides[place, 0] = incomes[place, 0]
            sides[place, 1] = tally.merged_with_state[place, side]
        part_sums(sides, ends, statistics.tenth_to_state if side == 0 else statistics.tenth_by_state)
    statistics.gini[WAGE] = gini_of_bins(_gather_bins(tally, WAGE))
    wealth = _gather_bins(tally, WEALTH)
    statistics.gini[WEALTH] = gini_of_bins(wealth)
    parts = np.empty(2)
    part_sums(wealth, ends[TENTHS - 2 :], parts)
    summary[0].top_tenth_of_wealth = parts[1] / (parts[0] + parts[1])
    tenths = statistics.tenth_income
    income = 0.0
    for tenth in range(TENTHS):
        income += tenths[tenth]
    poorest = 0.0
    for tenth in range(4):
        poorest += tenths[tenth]
    summary[0].palma_ratio = tenths[TENTHS - 1] / poorest
    summary[0].top_tenth_of_income = tenths[TENTHS - 1] / income
    statistics.regions[:] = 0
    summary[0].old = 0.0
    for chunk in range(tally.old.size):
        summary[0].old += tally.old[chunk]
        for region in range(statistics.regions.shape[0]):
            for status in range(statistics.regions.shape[1]):
                statistics.regions[region, status] += tally.regions[chunk, region, status]
    _summarise_firms(firms, structure, statistics, summary)


@kernel
def summarise_baskets(structure, plans, budget, statistics, summary):
    """Shares of farm products and of services in what households mean to buy, and of food by tenths of spenders.

    ``budget`` is that for consumption; NaN before the first quarter, when the basket is that of the opening.
    """
    industry, food, services = structure.industry, 0.0, 0.0
    for s in range(industry.size):
        share = structure.consumption_basket[s]
        if not np.isnan(budget):
            share = plans.consumption[s] * plans.expected_final_price[s] / budget
        food += share if industry[s] == AGRICULTURE else 0.0
        services += share if industry[s] == SERVICES else 0.0
    summary[0].food_share = food
    summary[0].services_share = services
    persons, spending = plans.class_persons, plans.class_spending
    if np.isnan(persons[0]):  # baskets do not differ between classes
        statistics.tenth_food[:] = food
        return
    together = 0.0
    for place in range(persons.size):
        together += persons[place]
    ends, bins = np.empty(TENTHS), np.empty((persons.size, 2))
    for tenth in range(TENTHS):
        ends[tenth] = (tenth + 1.0) * (together / TENTHS)
    for place in range(persons.size):
        bought = 0.0
        for s in range(industry.size):
            bought += plans.class_shares[place, s] if industry[s] == AGRICULTURE else 0.0
        bins[place, 0] = persons[place]
        bins[place, 1] = spending[place] * bought
    eaten, spent = np.empty(TENTHS), np.empty(TENTHS)
    part_sums(bins, ends, eaten)
    for place in range(persons.size):
        bins[place, 1] = spending[place]
    part_sums(bins, ends, spent)
    for tenth in range(TENTHS):
        statistics.tenth_food[tenth] = eaten[tenth] / spent[tenth]
