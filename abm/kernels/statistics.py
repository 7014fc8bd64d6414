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


@kernel
def count_by_occupation(occupation, status, counts):
    """Adults by occupation and status into ``counts`` (22, 5) int64."""
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
def _bin(amount, lowest):
    """The bin of an amount: monotone in it, under one per cent wide, the middle for what is too small to tell apart.

    The leading bits of a float64 read as a whole number are a piecewise linear logarithm. ``lowest`` is the number of
    the smallest amount told apart.
    """
    place = (np.float64(abs(amount)).view(np.int64) >> SHIFT) - lowest
    place = min(max(place, 0), SPAN)
    return np.uint32(SPAN + place if amount >= 0.0 else SPAN - place)


@kernel
def _lowest(typical):
    """Number of the smallest amount told apart, given a typical one."""
    return (np.float64(typical).view(np.int64) >> SHIFT) - SPAN // 2


@parallel_kernel
def tally_adults(
    chunks, region, status, wage, disposable, deposits, dwellings, equity_weight, dwelling_price, private_equity,
    typical, bins, counts, sums,
):  # fmt: skip
    """Distributions of income, of wages of the employed and of wealth, and sums by region, in one pass.

    Adds to ``bins`` (chunks, 3, BINS, 2), persons and money by bin; writes ``counts`` (chunks, 4, 5) int64 adults by
    region and status, and ``sums`` (chunks, 4, 2) wages and disposable income by region.
    """
    rows = status.size
    lowest = _lowest(typical)
    for chunk in prange(chunks):
        first, last = np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)
        incomes, wages, wealth = bins[chunk, 0], bins[chunk, 1], bins[chunk, 2]
        count, total = counts[chunk], sums[chunk]
        count[:] = 0
        total[:] = 0.0
        # Three short loops: each keeps its bins in the nearest cache.
        for row in range(first, last):
            income = disposable[row]
            count[region[row], status[row]] += 1
            total[region[row], 1] += income
            place = _bin(income, lowest)
            incomes[place, 0] += 1.0
            incomes[place, 1] += income
        for row in range(first, last):
            if status[row] == 0:
                earned = wage[row]
                total[region[row], 0] += earned
                place = _bin(earned, lowest)
                wages[place, 0] += 1.0
                wages[place, 1] += earned
        for row in range(first, last):
            worth = deposits[row] + dwelling_price * dwellings[row] + private_equity * equity_weight[row]
            place = _bin(worth, lowest)
            wealth[place, 0] += 1.0
            wealth[place, 1] += worth


@kernel
def gather_bins(bins, merged):
    """The distributions of all chunks (chunks, 3, BINS, 2) added up into ``merged`` (3, BINS, 2); empties ``bins``."""
    for kind in range(bins.shape[1]):
        for place in range(bins.shape[2]):
            persons = 0.0
            money = 0.0
            for chunk in range(bins.shape[0]):
                if bins[chunk, kind, place, 0] > 0.0:
                    persons += bins[chunk, kind, place, 0]
                    money += bins[chunk, kind, place, 1]
                    bins[chunk, kind, place, 0] = 0.0
                    bins[chunk, kind, place, 1] = 0.0
            merged[kind, place, 0] = persons
            merged[kind, place, 1] = money


@kernel
def gini_of_bins(bins):
    """Gini of a distribution in bins (BINS, 2), normalised by the mean of absolute values where some are negative.

    Amounts in one bin count as alike, which takes less than 1e-5 from it.
    """
    rows = 0.0
    size = 0.0
    for place in range(BINS):
        rows += bins[place, 0]
        size += abs(bins[place, 1])
    before = 0.0
    weighted = 0.0
    for place in range(BINS):
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
    for place in range(BINS):
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
    sector, unit_wage, productivity, output, use, displaced_share, literate_share, input_scale, capital,
    process, augmentation_exposure, input_cost, energy_cost,
    employer_rate, process_half, net_saving, augmentation, yield_gain, energy_saving, capital_gain, capital_price,
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
        tasks = displaced_share[i] * net_saving * labour
        augmented = augmentation * use[i] * augmentation_exposure[s] * literate_share[i] * labour
        goods = gain * input_scale[i] * (yield_gain * input_cost[s] + energy_saving * energy_cost[s])
        lift = capital_gain * process[s] * use[i]
        plant = rental * (1.0 - 1.0 / (1.0 + lift)) * capital_price * capital[i]
        total += tasks + augmented + goods + plant
    return total
