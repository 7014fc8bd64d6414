"""The opening of households: everybody at a stationary ratio of deposits to income, all of them at the tables' totals.

Deposits depend on saving, saving on income, income on the interest from deposits, and all of them on four totals. One
round computes each total in turn, in one pass over the households; rounds are repeated until nothing moves. A pass
works on blocks of rows, since what stands beside a sum is computed for several households at once, the sum is not.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel

__all__ = ["RULES", "settle_households"]

BLOCK = 64  # rows: the sum over one block is taken while the next is computed

# What holds for all households, in the order of the array ``rules``.
RULES = (
    "dividends", "rents", "deposit_rate", "tax_needed", "threshold", "upper", "top_step", "kept_wage",
    "propensity_low", "propensity_high", "propensity_scale", "spent_on_dwellings", "all_deposits", "growth",
    "wealth_effect", "wealth_effect_rich", "wealth_scale",
)  # fmt: skip
(
    DIVIDENDS, RENTS, DEPOSIT_RATE, TAX_NEEDED, THRESHOLD, UPPER, TOP_STEP, KEPT_WAGE,
    PROPENSITY_LOW, PROPENSITY_HIGH, PROPENSITY_SCALE, SPENT_ON_DWELLINGS, ALL_DEPOSITS, GROWTH,
    WEALTH_EFFECT, WEALTH_EFFECT_RICH, WEALTH_SCALE,
) = range(len(RULES))  # fmt: skip


@kernel
def taxed_income(taxable, threshold, upper, top_step):
    """What the rate applies to: nothing below the threshold, more above the upper limit."""
    return max(0.0, taxable - threshold) + top_step * max(0.0, taxable - upper)


@kernel
def add_property_income(first, end, wages, equity_weight, own_account, deposits, saving, part, rules, last):
    """Deposits after the round before and the income from property into ``part``; returns the tax base.

    ``last`` is (step, wanted deposits, total saving) of the round before, in which ``part`` held wanted deposits.
    """
    dividends, rents, rate = rules[DIVIDENDS], rules[RENTS], rules[DEPOSIT_RATE]
    all_deposits = rules[ALL_DEPOSITS]
    threshold, upper, top_step = rules[THRESHOLD], rules[UPPER], rules[TOP_STEP]
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
            block[here] = taxed_income(wages[row] + received, threshold, upper, top_step)
        for here in range(rows):
            base += block[here]
    return base


@kernel
def take_tax(first, end, wages, transfers, part, income, rules, tax_rate):
    """Income after tax and contributions; returns its total. ``part`` is the income from property."""
    threshold, upper, top_step = rules[THRESHOLD], rules[UPPER], rules[TOP_STEP]
    kept = rules[KEPT_WAGE]
    block = np.empty(BLOCK)
    total = 0.0
    for start in range(np.uint64(first), np.uint64(end), np.uint64(BLOCK)):
        rows = min(np.uint64(BLOCK), np.uint64(end) - start)
        for here in range(rows):
            row = start + here
            fixed = wages[row] * kept + transfers[row]
            received = fixed + part[row]
            taxable = wages[row] + received - fixed
            received -= tax_rate * taxed_income(taxable, threshold, upper, top_step)
            income[row] = received
            block[here] = received
        for here in range(rows):
            total += block[here]
    return total


@kernel
def weigh_saving(first, end, income, deposits, saving, part, rules, mean):
    """How much each consumes out of income (into ``saving``) and needs out of deposits (into ``part``), and the sums.

    The first is on the scale on which the level of the propensity is one. What deposits need keeps them growing and
    replaces what is consumed out of them.
    """
    low, high, scale = rules[PROPENSITY_LOW], rules[PROPENSITY_HIGH], rules[PROPENSITY_SCALE]
    growth, wealth_scale = rules[GROWTH], rules[WEALTH_SCALE]
    effect, rich = rules[WEALTH_EFFECT], rules[WEALTH_EFFECT_RICH]
    block, other = np.empty(BLOCK), np.empty(BLOCK)
    shaped, kept_up = 0.0, 0.0
    for start in range(np.uint64(first), np.uint64(end), np.uint64(BLOCK)):
        rows = min(np.uint64(BLOCK), np.uint64(end) - start)
        for here in range(rows):
            row = start + here
            shape = high + (low - high) / (1.0 + income[row] / (scale * mean))
            consumed = effect * (rich + (1.0 - rich) / (1.0 + deposits[row] / (wealth_scale * mean)))
            drain = growth + consumed / (1.0 + growth)
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


@parallel_kernel
def settle_households(chunks, wages, transfers, equity_weight, own_account, income, deposits, saving, rules, steps):
    """Every household's stationary income, deposits and saving, by iteration.

    ``income``, ``deposits`` and ``saving`` (rows,) are written; ``saving`` is (1 − propensity) × income. Deposits are
    those that saving, less what goes into dwellings, keeps growing with consumption out of them. ``rules`` are the
    numbers named in RULES; ``steps`` (rounds,) is the part of the gap between wanted and actual deposits that each
    round closes. Returns the level of the propensity at which total saving pays for dwellings and deposits, and the
    rate that raises the tax needed.
    """
    rows = income.size
    all_deposits = rules[ALL_DEPOSITS]
    deposits[:] = all_deposits / rows
    saving[:] = 1.0
    part = np.zeros(rows)
    last = np.array([0.0, 1.0, float(rows)])
    sums = np.empty((chunks, 8))  # a line of memory for each chunk
    level, tax_rate = 1.0, 0.0
    for round in range(steps.size):
        for chunk in prange(chunks):
            first, end = rows * chunk // chunks, rows * (chunk + 1) // chunks
            sums[chunk, 0] = add_property_income(
                first, end, wages, equity_weight, own_account, deposits, saving, part, rules, last
            )
        tax_rate = rules[TAX_NEEDED] / add_up(sums, 0)
        for chunk in prange(chunks):
            first, end = rows * chunk // chunks, rows * (chunk + 1) // chunks
            sums[chunk, 0] = take_tax(first, end, wages, transfers, part, income, rules, tax_rate)
        total = add_up(sums, 0)
        for chunk in prange(chunks):
            first, end = rows * chunk // chunks, rows * (chunk + 1) // chunks
            sums[chunk, 0], sums[chunk, 1] = weigh_saving(
                first, end, income, deposits, saving, part, rules, total / rows
            )
        level = (total - rules[SPENT_ON_DWELLINGS] - add_up(sums, 1)) / add_up(sums, 0)
        for chunk in prange(chunks):
            first, end = rows * chunk // chunks, rows * (chunk + 1) // chunks
            sums[chunk, 0], sums[chunk, 1] = save(first, end, income, saving, part, level)
        last[0], last[1], last[2] = steps[round], add_up(sums, 1), add_up(sums, 0)
    step, wanted = last[0], last[1]
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            deposits[row] += step * (part[row] / wanted * all_deposits - deposits[row])
    return level, tax_rate


@kernel
def add_up(sums, column):
    """The sum over the chunks, in their order."""
    total = 0.0
    for chunk in range(sums.shape[0]):
        total += sums[chunk, column]
    return total
