"""Capital that firms and sectors want, and what firms order."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import firm_chunks, parallel_kernel
from abm.kernels.consumption import QUARTERS_A_YEAR, basket_price

__all__ = ["measure_capital_gaps", "plan_investment"]

LOWEST_TREND, HIGHEST_TREND = -0.01, 0.03  # growth a quarter that firms build for; the limits of growth.trend_opening


@parallel_kernel
def measure_capital_gaps(firms, plans, structure, firm_rules, investment_rules):
    """How much more capital each sector wants, ``capital_gap``, and how far its short firms can expand.

    Firms with too much capital hold back investment by ``reallocation`` of their excess, but not below nothing; short
    firms together expand by no more than that, so that moving capital inside a sector adds no demand of its own.
    ``capital_expansion`` is the part that they get of what they want beyond their sector.
    See equations/production_and_demand.md, eq. 31.
    """
    sector_start, replaced = structure.sector_start, structure.depreciation
    expected_demand, capital, capital_productivity = firms.expected_demand, firms.capital, firms.capital_productivity
    capital_gap, expansion = plans.capital_gap, plans.capital_expansion
    utilisation, reallocation = firm_rules.normal_utilisation, investment_rules.reallocation
    largest = investment_rules.largest_gap
    for s in prange(capital_gap.size):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        wanted = 0.0
        held = 0.0
        for i in range(first, last):
            wanted += expected_demand[i] / (utilisation * capital_productivity[i])
            held += capital[i]
        gap = wanted / held - 1.0
        down = 0.0
        up = 0.0
        for i in range(first, last):
            full = utilisation * capital_productivity[i]
            own = reallocation * min(largest, expected_demand[i] / full / capital[i] - 1.0 - gap)
            if own > 0.0:
                up += capital[i] * own
            else:
                down += capital[i] * min(-own, replaced)
        capital_gap[s] = gap
        expansion[s] = min(1.0, down / up) if up > 0.0 else 0.0


@parallel_kernel
def plan_investment(
    firms, sectors, plans, structure, macro, instruments, firm_rules, investment_rules, rate_gap, bank_factor
):
    """Investment wanted by every firm: replacement, trend, a weak accelerator, interest and mood, within its finance.

    To the gap of its sector a firm responds weakly, while between the firms of a sector capital moves faster, from
    those with too much to those with too little; see measure_capital_gaps. ``bank_factor`` is the part of new loans
    that the bank grants. Writes ``investment`` of every firm and the goods that all of it is made of, at the expected
    price of capital goods. See equations/production_and_demand.md, eq. 31.
    """
    sector, expected_demand, capital = firms.sector, firms.expected_demand, firms.capital
    capital_productivity, deposits, loans, entrant = (
        firms.capital_productivity,
        firms.deposits,
        firms.loans,
        firms.entrant,
    )
    investment_rate, investment, trend_growth = firms.investment_rate, firms.investment, sectors.trend_growth
    capital_gap, expansion = plans.capital_gap, plans.capital_expansion
    utilisation, depreciation = firm_rules.normal_utilisation, structure.depreciation
    accelerator, reallocation = investment_rules.accelerator, investment_rules.reallocation
    smoothing, highest_rate = investment_rules.smoothing, investment_rules.highest_rate
    highest_leverage, largest = investment_rules.highest_leverage, investment_rules.largest_gap
    cash_share, credit_share = investment_rules.cash_share, investment_rules.credit_share
    weight, long_run_growth = investment_rules.trend_weight, macro[0].long_run_growth
    cost = QUARTERS_A_YEAR * investment_rules.rate_response * rate_gap
    limit = investment_rules.mood_limit
    mood = np.exp(max(-limit, min(limit, macro[0].investment_shock - cost)))
    relief = structure.corporate_tax_rate * instruments.investment_deduction
    mood *= (1.0 - relief) ** -investment_rules.tax_elasticity
    price = basket_price(structure.capital_basket, plans.expected_final_price)
    rows = sector.size
    chunks = firm_chunks(rows)
    ordered = np.empty(chunks)
    for chunk in prange(chunks):
        total = 0.0
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            ratio = expected_demand[i] / (utilisation * capital_productivity[i]) / capital[i] - 1.0
            trend = (1.0 - weight) * long_run_growth + weight * trend_growth[s]
            trend = min(HIGHEST_TREND, max(LOWEST_TREND, trend))
            own = reallocation * min(largest, ratio - capital_gap[s])
            if own > 0.0:
                own *= expansion[s]
            wanted = (depreciation + trend + accelerator * capital_gap[s]) * mood + own
            wanted = min(highest_rate, max(0.0, wanted))
            investment_rate[i] += smoothing * (wanted - investment_rate[i])
            rate = investment_rate[i]
            if entrant[i]:
                rate = max(rate, min(ratio, 1.0))
            credit = max(0.0, highest_leverage * price * capital[i] - loans[i])
            finance = (cash_share * deposits[i] + credit_share * credit * bank_factor) / price
            investment[i] = min(rate * capital[i], finance)
            total += investment[i]
        ordered[chunk] = total
    total = 0.0
    for chunk in range(chunks):
        total += ordered[chunk]
    basket, goods = structure.capital_basket, plans.capital
    for i in range(goods.size):
        goods[i] = total * basket[i]
