"""Counts and sums by group that only look at the economy."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel
from abm.kernels.technology import process_gain

__all__ = [
    "BINS", "adopters_by_size", "count_by_occupation", "gather_bins", "gini_of_bins", "hulten_gain",
    "part_sums", "tally_adults", "use_of_firms",
]  # fmt: skip

# Bins of a distribution: 128 for each doubling, 16 doublings either side of a typical amount, mirrored below zero.
SHIFT = 45  # bits of a float64 below its exponent and the first seven bits of its mantissa
SPAN = 32 * 128
BINS = 2 * SPAN + 1
ABSENT = 5
BLOCK = 256  # rows worked on at a time, small enough for the nearest cache


@kernel
def count_by_occupation(occupation, status, counts):
    """Adults by occupation and status into ``counts`` (22, 6) int64."""
    for row in range(occupation.size):
        counts[occupation[row], status[row]] += 1


@kernel
def adopters_by_size(headcount, stage, use, limits, firms, adopters, uses):
    """Firms, adopters and use summed by size class; ``limits`` are the classes' least headcounts, ascending."""
    for i in range(headcount.size):
        place = 0
        while place + 1 < limits.size and headcount[i] >= limits[place + 1]:
            place += 1
        if headcount[i] >= limits[0]:
            firms[place] += 1
            if stage[i] > 0:
                adopters[place] += 1
            uses[place] += use[i]


@kernel
def _lowest(typical):
    """Number of the smallest amount told apart, given a typical one."""
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
def tally_adults(
    chunks, region, status, wage, disposable, deposits, dwellings, equity_weight, dwelling_price, private_equity,
    typical, persons, money, counts,
):  # fmt: skip
    """Distributions of income, of wages of the employed and of wealth, and counts by region, in one pass.

    Adds to ``persons`` (chunks, 3, BINS) int32 and ``money`` (chunks, 3, BINS); writes ``counts`` (chunks, 4, 6) int64
    rows by region and status. Rows without a person hold nothing and are in no distribution.
    """
    rows = status.size
    lowest = _lowest(typical)
    for chunk in prange(chunks):
        places = np.empty(BLOCK, np.int32)
        earned = np.empty(BLOCK)
        worth = np.empty(BLOCK)
        count = counts[chunk]
        count[:] = 0
        jobless = 0
        last = rows * (chunk + 1) // chunks
        for first in range(rows * chunk // chunks, last, BLOCK):
            size = min(BLOCK, last - first)
            for i in range(size):
                row = np.uint64(first + i)
                employed = status[row] == 0
                earned[i] = wage[row] if employed else 0.0
                worth[i] = deposits[row] + dwelling_price * dwellings[row] + private_equity * equity_weight[row]
                jobless += not employed
            for i in range(size):
                row = np.uint64(first + i)
                count[np.uint32(region[row]), np.uint32(status[row])] += 1
            _tally(disposable[first : first + size], lowest, places, persons[chunk, 0], money[chunk, 0])
            _tally(earned[:size], lowest, places, persons[chunk, 1], money[chunk, 1])
            _tally(worth[:size], lowest, places, persons[chunk, 2], money[chunk, 2])
        # Those without a job were counted with nothing, which costs less than a branch for each; so were empty rows.
        persons[chunk, 1, SPAN] -= jobless
        absent = 0
        for place in range(count.shape[0]):
            absent += count[place, ABSENT]
        persons[chunk, 0, SPAN] -= absent
        persons[chunk, 2, SPAN] -= absent


@kernel
def gather_bins(persons, money, merged, occupied):
    """Distributions of all chunks added up into ``merged`` (3, BINS, 2), persons and money; empties the chunks' own.

    Only bins from ``occupied[kind, 0]`` to before ``occupied[kind, 1]`` hold somebody, and only those are written.
    """
    for kind in range(persons.shape[1]):
        first, last = BINS, 0
        for chunk in range(persons.shape[0]):
            low = 0
            while low < first and persons[chunk, kind, low] == 0:
                low += 1
            high = BINS
            while high > last and persons[chunk, kind, high - 1] == 0:
                high -= 1
            first, last = min(first, low), max(last, high)
        occupied[kind, 0] = min(first, last)
        occupied[kind, 1] = last
        for place in range(first, last):
            heads = 0.0
            amount = 0.0
            for chunk in range(persons.shape[0]):
                heads += persons[chunk, kind, place]
                amount += money[chunk, kind, place]
                persons[chunk, kind, place] = 0
                money[chunk, kind, place] = 0.0
            merged[kind, place, 0] = heads
            merged[kind, place, 1] = amount


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
        if persons > 0.0:
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
    """Use of AI, mean weighted by output."""
    used = 0.0
    total = 0.0
    for i in range(use.size):
        used += use[i] * output[i]
        total += output[i]
    return used / total


@kernel
def hulten_gain(
    sector, unit_wage, productivity, output, use, displaced_share, new_task_share, literate_share, input_scale, capital,
    process, augmentation_exposure, input_cost, energy_cost,
    employer_rate, process_half, task_saving, new_task_gain, augmentation, yield_gain, energy_saving, capital_gain,
    capital_price,
    rental,
):  # fmt: skip
    """Savings on tasks, augmentation that firms keep, materials, energy and capital of all firms, money."""
    total = 0.0
    for i in range(sector.size):
        if use[i] <= 0.0 and displaced_share[i] <= 0.0:
            continue
        s = sector[i]
        labour = unit_wage[i] * (1.0 + employer_rate) / productivity[i] * output[i]
        gain = process[s] * process_gain(use[i], process_half)
        tasks = (task_saving * displaced_share[i] + new_task_gain * new_task_share[i]) * labour
        augmented = augmentation * use[i] * augmentation_exposure[s] * literate_share[i] * labour
        goods = gain * input_scale[i] * (yield_gain * input_cost[s] + energy_saving * energy_cost[s])
        lift = capital_gain * process[s] * use[i]
        plant = rental * (1.0 - 1.0 / (1.0 + lift)) * capital_price * capital[i]
        total += tasks + augmented + goods + plant
    return total
