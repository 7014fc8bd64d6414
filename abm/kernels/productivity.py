"""Research, imitation and productivity of firms; how sectors grow apart."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel
from abm.kernels.draws import STREAMS, normal, stream_key, uniform
from abm.kernels.technology import research_cycle

__all__ = ["advance_productivity", "choose_research", "diverge_sectors", "drift_inputs"]

RESEARCH, PRODUCTIVITY = STREAMS["research"], STREAMS["productivity"]


@parallel_kernel
def advance_productivity(
    seed, quarter, firms, sectors, structure, abilities, macro, instruments, research, policy_effects
):  # fmt: skip
    """Productivity of every firm after a quarter: drift, research, imitation, random draws.

    Research without AI and imitation have no effect on the mean by construction: what they add on average without
    policies is taken off again, so that growth without AI is the exogenous drift. Ideas get harder as a sector runs
    ahead of the drift, more research than usual finishes more projects, by the elasticity ``success_elasticity``;
    grants make a project worth more. What protection keeps from being imitated, ``held_back``, is free after
    ``protection_quarters`` on the mean and then imitated. Aghion and Howitt 1992, Bloom et al. 2020; eq. 43.
    What public capital beyond the usual adds is common to all firms: eq. 43b.
    """
    sector_start, gap, market_share = structure.sector_start, firms.productivity_gap, firms.market_share
    productivity, use = firms.productivity, firms.office_use
    entrant, research_share = firms.entrant, firms.research_share
    usual_share, cycle_with_ai = structure.research_staff, structure.research_cycle_ai
    relative = structure.research_relative
    cycle, success, reach = research.cycle_quarters, research.success_elasticity, research.imitation_reach
    worth = 1.0 + policy_effects.grants_on_projects * instruments.research_grants
    unprotected = 1.0 - policy_effects.protection_on_imitation * instruments.ip_protection
    held_back, protected_quarters = sectors.held_back, policy_effects.protection_quarters
    deviation, helped = research.idiosyncratic_deviation, abilities.research
    common = macro[0].frontier_growth + macro[0].productivity_shock + macro[0].public_capital_gain
    research_key = stream_key(seed, quarter, RESEARCH)
    productivity_key = stream_key(seed, quarter, PRODUCTIVITY)
    for s in prange(sector_start.size - 1):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        # The best tenth by productivity, found without sorting: the mean of those above mean + 1.28 deviations.
        mean = 0.0
        square = 0.0
        for i in range(first, last):
            mean += market_share[i] * gap[i]
            square += market_share[i] * gap[i] * gap[i]
        best = mean + research.imitation_deviations * np.sqrt(max(0.0, square - mean * mean))
        pulled = 0.0
        for i in range(first, last):
            usual_pull = 0.5 * research.imitation * max(0.0, min(reach, max(-reach, best - gap[i])))
            pulled += market_share[i] * usual_pull
        part = unprotected  # of the usual imitation
        if pulled > 0.0:
            part += held_back[s] / protected_quarters / pulled
            held_back[s] += pulled * (1.0 - part)
        imitation = research.imitation * part
        step = research.project_gain * relative[s]
        ideas = np.exp(-research.fishing_out * max(mean, 0.0))
        expected = step / cycle * ideas
        for i in range(first, last):
            project = research_cycle(use[i] * helped[0, s], cycle, cycle_with_ai[s], research.cycle_response)
            effort = 1.0
            if usual_share[s] > 0.0 and research_share[i] != usual_share[s]:
                effort = (research_share[i] / usual_share[s]) ** success
            imitated = 0.5 * imitation * max(0.0, min(reach, max(-reach, best - gap[i])))
            gain = imitated - pulled - expected
            if uniform(research_key, i) < effort / project:
                gain += step * ideas * worth
            gain += deviation * normal(productivity_key, i) - 0.5 * deviation * deviation
            if entrant[i]:
                gain = 0.0
            gap[i] += gain
            productivity[i] *= np.exp(common + gain)


@parallel_kernel
def choose_research(firms, structure, instruments, firm_rules, research, protection_on_research):
    """Part of the staff that does research: the sector's usual, more where it costs less or cash is plenty.

    A tax credit lowers what a yuan of research costs the firm; protection of what it finds is worth as much to it as a
    lower cost. Cash counts against the liquidity that a firm wants for its sales.
    """
    sector, research_share, deposits = firms.sector, firms.research_share, firms.deposits
    price, sales_quantity, usual = firms.price, firms.sales_quantity, structure.research_staff
    liquidity, response = firm_rules.liquidity_target, research.cash_elasticity
    cost = (1.0 - instruments.research_credit) * (1.0 - protection_on_research * instruments.ip_protection)
    cheapness = cost**-research.price_elasticity
    rows = sector.size
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            cash = max(deposits[i], 1e-9) / max(liquidity * (price[i] * sales_quantity[i]), 1e-9)
            effort = cheapness * min(research.most_cash, max(research.least_cash, cash)) ** response
            research_share[i] = usual[sector[i]] * min(research.most_effort, max(research.least_effort, effort))


@kernel
def diverge_sectors(firms, structure, macro, structural_change, information=-1):
    """Productivity grows faster in agriculture and industry than in services, none of it on average; eq. 43a.

    Among services ``information``, the sector of software and telecoms, grows faster.

    Weights are payrolls: with labour the factor that productivity saves, they make the sum of what sectors gain and
    lose nothing for the economy (Hulten 1978), so that the path of growth stays the imposed one.
    """
    sector_start, industry = structure.sector_start, structure.industry
    payroll, productivity = firms.payroll, firms.productivity
    sectors = industry.size
    trends = np.empty(3)
    trends[0] = structural_change.agriculture_trend
    trends[1] = structural_change.industry_trend
    trends[2] = structural_change.services_trend
    weights, trend = np.zeros(sectors), np.empty(sectors)
    together = 0.0
    weighted = 0.0
    for s in range(sectors):
        trend[s] = trends[industry[s]] + (structural_change.information_lead if s == information else 0.0)
        for i in range(sector_start[s], sector_start[s + 1]):
            weights[s] += payroll[i]
        together += weights[s]
        weighted += weights[s] * trend[s]
    for s in range(sectors):
        factor = np.exp(macro[0].frontier_growth * (trend[s] - weighted / together))
        for i in range(sector_start[s], sector_start[s + 1]):
            productivity[i] *= factor


@kernel
def drift_inputs(structure, plans, years):
    """Inputs of a unit of output after ``years`` of the recorded drift; energy has trends of its own; eq. 43c.

    What all inputs but energy of a buyer cost together at the prices of the opening stays the same: the mix moves, not
    productivity.
    """
    opening, drift, energy = structure.input_coefficients, structure.input_drift, structure.energy_rows
    coefficients = plans.technical_coefficients
    size = energy.size
    for j in range(size):
        before = 0.0
        after = 0.0
        for i in range(size):
            needed = opening[i, j]
            if not energy[i]:
                before += needed
                needed *= np.exp(years * drift[i, j])
                after += needed
            coefficients[i, j] = needed
        if after > 0.0:
            same = before / after
            for i in range(size):
                if not energy[i]:
                    coefficients[i, j] *= same
