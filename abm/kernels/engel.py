"""Engel curves: what a yuan of spending goes to, by how much is spent and at which prices."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel

__all__ = ["CLASSES", "class_shares", "log_utility", "tally_spending"]

CLASSES = 16  # of spenders: two for each doubling, from a sixteenth of the mean to sixteen times the mean
SHIFT = 51  # bits of a float64 below its exponent and the first bit of its mantissa
STEPS, PRECISION = 60, 1e-14  # of Newton's method, which needs about six


@parallel_kernel
def tally_spending(workers, typical, persons, money):
    """Adults and their spending by class into ``persons`` and ``money``, which have a row for each chunk of adults.

    ``typical`` is the spending in the middle of the classes. Rows that spend nothing, such as those that nobody lives
    in, are left out. The leading bits of a float64 read as a whole number are a logarithm, so that no threshold has to
    be searched.
    """
    spending = workers.consumption
    rows, chunks = spending.size, persons.shape[0]
    scale = 1.0 / typical
    middle = (np.float64(1.0).view(np.int64) >> SHIFT) - CLASSES // 2
    for chunk in prange(chunks):
        heads, sums = persons[chunk], money[chunk]
        heads[:] = 0.0
        sums[:] = 0.0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            if spending[row] <= 0.0:
                continue
            place = (np.float64(spending[row] * scale).view(np.int64) >> SHIFT) - middle
            place = min(max(place, 0), CLASSES - 1)
            heads[place] += 1.0
            sums[place] += spending[row]


@kernel
def log_utility(spending, weights, slopes, substitution):
    """Log of the utility that a spending per head buys; ``weights`` (goods,) are taste × price^(1 − substitution).

    Solves Σ weights · utility^slopes = spending^(1 − substitution). The log of the left side is convex and rises in the
    log of utility, so that Newton's method finds the one solution from wherever it starts.
    """
    target = (1.0 - substitution) * np.log(spending)
    steepest, flattest = slopes.max(), slopes.min()
    utility = 0.0
    for _ in range(STEPS):
        total = 0.0
        slope = 0.0
        highest = steepest * utility if utility > 0.0 else flattest * utility
        for good in range(weights.size):
            part = weights[good] * np.exp(slopes[good] * utility - highest)
            total += part
            slope += slopes[good] * part
        change = (target - highest - np.log(total)) * total / slope
        utility += change
        if abs(change) < PRECISION * max(1.0, abs(utility)):
            break
    return utility


@kernel
def class_shares(persons, money, prices, taste, slopes, substitution, shares):
    """Expenditure shares of every class into ``shares`` (classes, 20); zero where nobody spends.

    Preferences with a constant elasticity of substitution and income elasticities that differ between goods: Comin,
    Lashkari and Mestieri 2021, Econometrica, eq. 1-4. ``slopes`` (goods,) are (1 − substitution) × the goods' utility
    elasticities. Every class spends what it spends: its shares add up to one.
    """
    goods = taste.size
    weights = np.empty(goods)
    for good in range(goods):
        weights[good] = taste[good] * prices[good] ** (1.0 - substitution)
    for place in range(persons.size):
        shares[place] = 0.0
        if persons[place] <= 0.0 or money[place] <= 0.0:
            continue
        utility = log_utility(money[place] / persons[place], weights, slopes, substitution)
        highest = slopes.max() * utility if utility > 0.0 else slopes.min() * utility
        total = 0.0
        for good in range(goods):
            part = weights[good] * np.exp(slopes[good] * utility - highest)
            shares[place, good] = part
            total += part
        for good in range(goods):
            shares[place, good] /= total
