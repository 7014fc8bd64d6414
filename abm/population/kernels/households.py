"""The opening of households: everybody at a stationary ratio of deposits to income, all of them at the tables' totals.

Deposits depend on saving, saving on income, income on the interest from deposits, and all of them on four totals. One
round computes each total in turn, in one pass over the households; rounds are repeated until nothing moves. A pass
works on blocks of rows, since what stands beside a sum is computed for several households at once, the sum is not.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks
from abm.compiling.tables import Viewed

__all__ = ["Closing", "settle_households"]

BLOCK = 64  # rows: the sum over one block is taken while the next is computed


class Closing(Viewed):
    """What holds for all households when the accounts of the opening are closed; money in thousand yuan a quarter."""

    dividends: float  # to private owners, by their weights
    rents: float  # by saving
    deposit_rate: float
    income_tax: float  # that the rate is to raise
    tax_threshold: float
    tax_upper: float  # above which more is taken
    top_tax_step: float  # part of the rate that is added there
    kept_wage: float  # part of a wage that is left by contributions
    dwellings: float  # spending on them, land included
    deposits: float  # thousand yuan, of all households
    growth: float  # of their deposits
    income_growth: float  # of incomes and prices

    def __init__(self, **numbers: float):
        for name, value in numbers.items():
            setattr(self, name, float(value))


@kernel
def taxed_income(taxable, threshold, upper, top_step):
    """What the rate applies to: nothing below the threshold, more above the upper limit."""
    return max(0.0, taxable - threshold) + top_step * max(0.0, taxable - upper)


@kernel
def add_property_income(first, end, workers, own_account, saving, part, closing, last):
    """Deposits after the round before, and the income from property into ``part``; returns the tax base.

    ``last`` is (step, wanted deposits, total saving) of the round before, in which ``part`` held wanted deposits.
    """
    wage, equity_weight, deposits = workers.wage, workers.equity_weight, workers.deposits
    dividends, rents, rate, all_deposits = closing.dividends, closing.rents, closing.deposit_rate, closing.deposits
    threshold, upper, top_step = closing.tax_threshold, closing.tax_upper, closing.top_tax_step
    step, wanted, total_saving = last[0], last[1], last[2]
    block = np.empty(BLOCK)
    base = 0.0
    for start in range(np.uint64(first), np.uint64(end), np.uint64(BLOCK)):
        rows = min(np.uint64(BLOCK), np.uint64(end) - start)
        for here in range(rows):
            row = start + here
            held = deposits[row] + step * (part[row] / wanted * all_deposits - deposits[row])
            deposits[row] = held
            received = (
                rate * held + dividends * equity_weight[row] + own_account[row] + rents * saving[row] / total_saving
            )
            part[row] = received
            block[here] = taxed_income(wage[row] + received, threshold, upper, top_step)
        for here in range(rows):
            base += block[here]
    return base


@kernel
def take_tax(first, end, workers, transfers, part, closing, tax_rate):
    """Income after tax and contributions; returns its total. ``part`` is the income from property."""
    wage, income, kept = workers.wage, workers.disposable_income, closing.kept_wage
    threshold, upper, top_step = closing.tax_threshold, closing.tax_upper, closing.top_tax_step
    block = np.empty(BLOCK)
    total = 0.0
    for start in range(np.uint64(first), np.uint64(end), np.uint64(BLOCK)):
        rows = min(np.uint64(BLOCK), np.uint64(end) - start)
        for here in range(rows):
            row = start + here
            fixed = wage[row] * kept + transfers[row]
            received = fixed + part[row]
            received -= tax_rate * taxed_income(wage[row] + received - fixed, threshold, upper, top_step)
            income[row] = received
            block[here] = received
        for here in range(rows):
            total += block[here]
    return total


@kernel
def weigh_saving(first, end, workers, saving, part, closing, households, mean):
    """What each would consume of income (into ``saving``) and needs for deposits (into ``part``), and the two sums.

    The first is a share, at a level of one; what deposits need keeps them growing and replaces what is consumed out of
    them. ``mean`` is that of incomes.
    """
    income, deposits = workers.disposable_income, workers.deposits
    growth, income_growth = closing.growth, closing.income_growth
    low, high, scale = households.propensity_low_income, households.propensity_high_income, households.propensity_scale
    effect, rich, wealth_scale = households.wealth_effect, households.wealth_effect_rich, households.wealth_scale
    block, other = np.empty(BLOCK), np.empty(BLOCK)
    shaped, kept_up = 0.0, 0.0
    for start in range(np.uint64(first), np.uint64(end), np.uint64(BLOCK)):
        rows = min(np.uint64(BLOCK), np.uint64(end) - start)
        for here in range(rows):
            row = start + here
            shape = high + (low - high) / (1.0 + income[row] / (scale * mean))
            consumed = effect * (rich + (1.0 - rich) / (1.0 + deposits[row] / (wealth_scale * mean)))
            drain = growth + consumed / (1.0 + income_growth)
            saving[row], part[row] = shape, drain
            block[here] = shape * income[row]
            other[here] = drain * deposits[row]
        for here in range(rows):
            shaped += block[here]
            kept_up += other[here]
    return shaped, kept_up


@kernel
def save(first, end, income, saving, part, level):
    """Saving at a level of the propensity, and in ``part`` the deposits that it keeps up; returns both totals."""
    block, other = np.empty(BLOCK), np.empty(BLOCK)
    total_saving, wanted = 0.0, 0.0
    for start in range(np.uint64(first), np.uint64(end), np.uint64(BLOCK)):
        rows = min(np.uint64(BLOCK), np.uint64(end) - start)
        for here in range(rows):
            row = start + here
            saved = (1.0 - level * saving[row]) * income[row]
            held = saved / part[row]
            saving[row], part[row] = saved, held
            block[here], other[here] = saved, held
        for here in range(rows):
            total_saving += block[here]
            wanted += other[here]
    return total_saving, wanted


@kernel
def add_up(sums, column):
    """The sum over the chunks, in their order."""
    total = 0.0
    for chunk in range(sums.shape[0]):
        total += sums[chunk, column]
    return total


@parallel_kernel
def settle_households(workers, transfers, own_account, saving, closing, households, steps):
    """Every household's stationary disposable income, deposits and saving, by iteration.

    ``transfers``, ``own_account`` (mixed income) and ``saving`` (adults,) are thousand yuan a quarter; saving is
    written and is (1 − propensity) × income. Deposits are those that saving, less what goes into dwellings, keeps
    growing with consumption out of them. ``steps`` (rounds,) is the part of the gap between wanted and actual deposits
    that each round closes. Returns the level of the propensity at which total saving pays for dwellings and deposits,
    and the rate that raises the tax needed.
    """
    adults = saving.size
    chunks = worker_chunks(adults)
    deposits, income = workers.deposits, workers.disposable_income
    part = np.zeros(adults)
    last = np.zeros(3)
    last[1], last[2] = 1.0, float(adults)
    for row in range(adults):
        deposits[row] = closing.deposits / adults
        saving[row] = 1.0
    sums = np.empty((chunks, 8))  # a line of memory for each chunk
    level, tax_rate = 1.0, 0.0
    for round in range(steps.size):
        for chunk in prange(chunks):
            first, end = adults * chunk // chunks, adults * (chunk + 1) // chunks
            sums[chunk, 0] = add_property_income(first, end, workers, own_account, saving, part, closing, last)
        tax_rate = closing.income_tax / add_up(sums, 0)
        for chunk in prange(chunks):
            first, end = adults * chunk // chunks, adults * (chunk + 1) // chunks
            sums[chunk, 0] = take_tax(first, end, workers, transfers, part, closing, tax_rate)
        total = add_up(sums, 0)
        for chunk in prange(chunks):
            first, end = adults * chunk // chunks, adults * (chunk + 1) // chunks
            shaped, kept_up = weigh_saving(first, end, workers, saving, part, closing, households, total / adults)
            sums[chunk, 0], sums[chunk, 1] = shaped, kept_up
        level = (total - closing.dwellings - add_up(sums, 1)) / add_up(sums, 0)
        for chunk in prange(chunks):
            first, end = adults * chunk // chunks, adults * (chunk + 1) // chunks
            saved, wanted = save(first, end, income, saving, part, level)
            sums[chunk, 0], sums[chunk, 1] = saved, wanted
        last[0], last[1], last[2] = steps[round], add_up(sums, 1), add_up(sums, 0)
    for chunk in prange(chunks):
        for row in range(np.uint64(adults * chunk // chunks), np.uint64(adults * (chunk + 1) // chunks)):
            deposits[row] += last[0] * (part[row] / last[1] * closing.deposits - deposits[row])
    return level, tax_rate
