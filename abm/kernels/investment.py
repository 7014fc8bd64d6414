"""Capital that firms and sectors want, and what firms order."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel
from abm.kernels.consumption import QUARTERS_A_YEAR, basket_price
from abm.kernels.production import wanted_capital

__all__ = ["factor_costs", "measure_capital_gaps", "plan_investment"]

LOWEST_TREND, HIGHEST_TREND = -0.01, 0.03  # growth a quarter that firms build for; the limits of growth.trend_opening


@kernel
def factor_costs(firms, sectors, structure, macro, costs):
    """Cost of labour over that of capital goods, per unit of output with the usual of both, for each sector.

    Writes ``costs`` (sectors,); firms count by their market share.
    """
    sector_start, market_share, productivity = structure.sector_start, firms.market_share, firms.productivity
    labour_per_unit, capital_productivity = firms.labour_per_unit, firms.capital_productivity
    contributions, unit_wage, capital_price = structure.employer_rate, sectors.unit_wage, macro[0].capital_price
    for s in range(costs.size):
        labour = 0.0
        capital = 0.0
        for i in range(sector_start[s], sector_start[s + 1]):
            labour += market_share[i] * labour_per_unit[i] / productivity[i]
            capital += market_share[i] / capital_productivity[i]
        costs[s] = unit_wage[s] * (1.0 + contributions) * labour / (capital_price * capital)


@parallel_kernel
def measure_capital_gaps(firms, sectors, plans, structure, macro, firm_rules, investment_rules):
    """How much more capital each sector wants, ``capital_gap``, and how far its short firms can expand.

    Capital is wanted in the ratio to labour at which a unit of output costs least, ``capital_intensity`` times the
    usual one.

    Firms with too much capital hold back investment by ``reallocation`` of their excess, but not below nothing; short
    firms together expand by no more than that, so that moving capital inside a sector adds no demand of its own.
    ``capital_expansion`` is the part that they get of what they want beyond their sector.
    See equations/production_and_demand.md, eq. 31.
    """
    sector_start, capital_wear = structure.sector_start, sectors.wear
    expected_demand, capital, capital_productivity = firms.expected_demand, firms.capital, firms.capital_productivity
    capital_gap, expansion, intensity = plans.capital_gap, plans.capital_expansion, plans.capital_intensity
    utilisation, reallocation = firm_rules.normal_utilisation, investment_rules.reallocation
    largest, usual_costs = investment_rules.largest_gap, structure.usual_factor_costs
    capital_share, substitution = structure.capital_share, firm_rules.substitution
    factor_costs(firms, sectors, structure, macro, intensity)
    for s in prange(capital_gap.size):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        intensity[s] = wanted_capital(intensity[s] / usual_costs[s], capital_share[s], substitution)
        wanted = 0.0
        held = 0.0
        for i in range(first, last):
            wanted += intensity[s] * expected_demand[i] / (utilisation * capital_productivity[i])
            held += capital[i]
        gap = wanted / held - 1.0
        down = 0.0
        up = 0.0
        for i in range(first, last):
            full = utilisation * capital_productivity[i]
            own = reallocation * min(largest, intensity[s] * expected_demand[i] / full / capital[i] - 1.0 - gap)
            up += capital[i] * max(own, 0.0)
            down += capital[i] * min(max(-own, 0.0), capital_wear[s])
        capital_gap[s] = gap
        expansion[s] = min(1.0, down / up) if up > 0.0 else 0.0


@parallel_kernel
def plan_investment(
    firms, sectors, plans, structure, macro, instruments, firm_rules, investment_rules, rate_gap, bank_factor
):  # fmt: skip
    """Investment wanted by every firm: replacement, trend, a weak accelerator, interest and mood, within its finance.

    To the gap of its sector a firm responds weakly, while between the firms of a sector capital moves faster, from
    those with too much to those with too little; see measure_capital_gaps. A firm orders in lumps: it waits until half
    a lump is missing, ``investment_backlog``, and orders half a lump beyond (Caplin and Spulber 1987; Caballero and
    Engel 1999). In reality a sector has so many plants that their lumps add up to a steady stream; so that the number
    of firms in memory does not matter, all orders of a sector together are what its firms want. ``bank_factor`` is the
    part of new loans that the bank grants. Writes ``investment`` of every firm and the goods that all of it is made of,
    at the expected price of capital goods. See equations/production_and_demand.md, eq. 31.
    """
    sector_start, expected_demand, capital = structure.sector_start, firms.expected_demand, firms.capital
    capital_productivity, deposits, loans, entrant = (
        firms.capital_productivity,
        firms.deposits,
        firms.loans,
        firms.entrant,
    )
    investment_rate, investment, trend_growth = firms.investment_rate, firms.investment, sectors.trend_growth
    capital_gap, expansion, intensity = plans.capital_gap, plans.capital_expansion, plans.capital_intensity
    backlog, half = firms.investment_backlog, 0.5 * investment_rules.lump
    utilisation, capital_wear = firm_rules.normal_utilisation, sectors.wear
    accelerator, reallocation = investment_rules.accelerator, investment_rules.reallocation
    smoothing, highest_rate = investment_rules.smoothing, investment_rules.highest_rate
    highest_leverage, largest = investment_rules.highest_leverage, investment_rules.largest_gap
    cash_share, credit_share = investment_rules.cash_share, investment_rules.credit_share
    weight, long_run_growth = investment_rules.trend_weight, macro[0].long_run_growth + macro[0].workforce_growth
    cost = QUARTERS_A_YEAR * investment_rules.rate_response * rate_gap
    limit = investment_rules.mood_limit
    mood = np.exp(max(-limit, min(limit, macro[0].investment_shock - cost)))
    relief = structure.corporate_tax_rate * instruments.investment_deduction
    mood *= (1.0 - relief) ** -investment_rules.tax_elasticity
    price = basket_price(structure.capital_basket, plans.expected_final_price)
    ordered = np.empty(capital_gap.size)
    for s in prange(capital_gap.size):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        trend = (1.0 - weight) * long_run_growth + weight * trend_growth[s]
        trend = min(HIGHEST_TREND, max(LOWEST_TREND, trend))
        depreciation = capital_wear[s]
        # Room for loans is kept for the lump.
        room = min(1.0, credit_share * max(1.0, 2.0 * half / (depreciation + max(0.0, trend))))
        common = (depreciation + trend + accelerator * capital_gap[s]) * mood
        wanted_by_all = 0.0
        lumps = 0.0
        waiting = 0.0
        for i in range(first, last):
            ratio = intensity[s] * expected_demand[i] / (utilisation * capital_productivity[i]) / capital[i] - 1.0
            own = reallocation * min(largest, ratio - capital_gap[s])
            if own > 0.0:
                own *= expansion[s]
            wanted = min(highest_rate, max(0.0, common + own))
            investment_rate[i] += smoothing * (wanted - investment_rate[i])
            rate = investment_rate[i]
            if entrant[i]:
                rate = max(rate, min(ratio, 1.0))
            wanted_by_all += rate * capital[i]
            backlog[i] += rate
            missing = max(0.0, backlog[i] + half) * capital[i]
            waiting += missing
            investment[i] = 0.0
            if backlog[i] >= half or entrant[i]:
                investment[i] = missing
                lumps += missing
        # What lumps exceed has to wait; what they fall short of, others order out of turn.
        part = min(1.0, wanted_by_all / lumps) if lumps > 0.0 else 0.0
        left = waiting - part * lumps
        early = min(1.0, max(0.0, wanted_by_all - part * lumps) / left) if left > 0.0 else 0.0
        total = 0.0
        for i in range(first, last):
            credit = max(0.0, highest_leverage * price * capital[i] - loans[i])
            finance = (cash_share * deposits[i] + room * credit * bank_factor) / price
            now = part * investment[i]
            order = now + early * max(0.0, (backlog[i] + half) * capital[i] - now)
            backlog[i] -= order / capital[i]  # what cannot be financed is given up
            investment[i] = min(order, finance)
            total += investment[i]
        ordered[s] = total
    total = 0.0
    for s in range(ordered.size):
        total += ordered[s]
    basket, goods = structure.capital_basket, plans.capital
    for i in range(goods.size):
        goods[i] = total * basket[i]
