"""Sums for the books: what everybody has at the bank, GDP, and what trainees receive."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Status
from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks

__all__ = ["add_up", "measure_gdp", "sum_of", "sum_stipends", "sum_stocks"]

STRANDS = 8
NUMPY_BLOCK = 128  # numbers that numpy adds in eight strands; of more it adds the sums of two halves
ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN = (np.uint64(place) for place in range(1, STRANDS))


@kernel
def sum_of(column, first, last):
    """The sum of a piece of a column, in eight strands: an addition need not wait for the one before."""
    a = b = c = d = e = f = g = h = 0.0
    rounds = (last - first) // STRANDS
    for number in range(rounds):
        i = np.uint64(first + STRANDS * number)
        a += column[i]
        b += column[i + ONE]
        c += column[i + TWO]
        d += column[i + THREE]
        e += column[i + FOUR]
        f += column[i + FIVE]
        g += column[i + SIX]
        h += column[i + SEVEN]
    total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for i in range(first + STRANDS * rounds, last):
        total += column[i]
    return total


@kernel
def add_up(values):
    """The sum of a vector, added in the order of ``numpy.sum``: the same to the last digit, in a fraction of its time.

    What Python spends on a call of numpy is most of the time for a vector by sector.
    """
    if values.size <= NUMPY_BLOCK:
        return sum_of(values, 0, values.size)
    half = values.size // 2
    half -= half % STRANDS
    return add_up(values[:half]) + add_up(values[half:])


@parallel_kernel
def sum_stocks(workers, firms):
    """Deposits of households, deposits and loans of firms, added up from the columns as they stand."""
    deposits, held, owed = workers.deposits, firms.deposits, firms.loans
    rows, number, chunks = deposits.size, held.size, worker_chunks(deposits.size)
    sums = np.empty((chunks, 3))
    for chunk in prange(chunks):
        sums[chunk, 0] = sum_of(deposits, rows * chunk // chunks, rows * (chunk + 1) // chunks)
        first, last = number * chunk // chunks, number * (chunk + 1) // chunks
        sums[chunk, 1], sums[chunk, 2] = sum_of(held, first, last), sum_of(owed, first, last)
    households = firms_hold = firms_owe = 0.0
    for chunk in range(chunks):
        households += sums[chunk, 0]
        firms_hold += sums[chunk, 1]
        firms_owe += sums[chunk, 2]
    return households, firms_hold, firms_owe


@kernel
def measure_gdp(sectors, plans, own_uses):
    """GDP by production, and real GDP: final uses and the change of stocks less imports, at base prices.

    ``plans.paid`` holds the quantity bought of each final use, ``own_uses`` is the change of
    stocks and what firms make for themselves.
    """
    size = sectors.imports.size
    bought = 0.0
    for use in range(plans.paid.shape[0]):
        bought += plans.paid[use, 2]
    real = bought + own_uses + sum_of(plans.exports, 0, size) - sum_of(sectors.imports, 0, size)
    return sum_of(sectors.value_added, 0, size), real


@parallel_kernel
def sum_stipends(workers, macro, household_rules, factor):
    """Trainees, their stipends by today's rules, and those with ``factor`` times today's; assistance is the least."""
    status, reference_wage = workers.status, workers.reference_wage
    stipend, mean_wage = household_rules.stipend, macro[0].mean_wage
    least = household_rules.assistance * mean_wage
    rows, chunks = status.size, worker_chunks(status.size)
    sums = np.zeros((chunks, 3))
    for chunk in prange(chunks):
        trainees = usual = paid = 0.0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            if status[row] == Status.TRAINING:
                basis = stipend * (reference_wage[row] + mean_wage)
                trainees += 1.0
                usual += max(basis, least)
                paid += max(factor * basis, least)
        sums[chunk, 0], sums[chunk, 1], sums[chunk, 2] = trainees, usual, paid
    trainees = usual = paid = 0.0
    for chunk in range(chunks):
        trainees += sums[chunk, 0]
        usual += sums[chunk, 1]
        paid += sums[chunk, 2]
    return trainees, usual, paid
