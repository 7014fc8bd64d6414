"""Research, imitation and productivity of firms."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel
from abm.kernels.draws import normal, stream_key, uniform
from abm.kernels.technology import research_cycle

__all__ = ["advance_productivity", "choose_research"]

LEAST_EFFORT, MOST_EFFORT = 0.5, 2.5  # of the usual research of the sector


@kernel
def advance_productivity(
    seed, quarter, research_stream, luck_stream, sector_start, productivity, gap, market_share, use, entrant,
    research_share, research_staff, success,
    step, cycle, cycle_full, ideas, imitation, luck, drift, common, grants,
):  # fmt: skip
    """Productivity of every firm after a quarter: drift, research, imitation, luck.

    Research without AI and imitation have no effect on the mean by construction: what they add on average is taken off
    again, so that growth without AI is the exogenous drift. More research than usual finishes more projects, by the
    elasticity ``success``. ``gap`` is the log lead over the drift. ``step`` and
    ``cycle_full`` are (20,), ``ideas`` (20,) how easy ideas are. Aghion and Howitt 1992, Bloom et al. 2020.
    """
    research_key = stream_key(seed, quarter, research_stream)
    luck_key = stream_key(seed, quarter, luck_stream)
    log_gain = np.empty(productivity.size)
    for sector in range(sector_start.size - 1):
        first, last = sector_start[sector], sector_start[sector + 1]
        # The best tenth by productivity, found without sorting: the mean of those above mean + 1.28 deviations.
        mean = 0.0
        square = 0.0
        for i in range(first, last):
            mean += market_share[i] * gap[i]
            square += market_share[i] * gap[i] * gap[i]
        deviation = np.sqrt(max(0.0, square - mean * mean))
        top = mean + 1.28 * deviation
        pulled = 0.0
        for i in range(first, last):
            distance = min(0.5, max(-0.5, top - gap[i]))
            gain = 0.5 * imitation * max(0.0, distance)
            log_gain[i] = gain
            pulled += market_share[i] * gain
        expected = step[sector] / cycle * ideas[sector]
        for i in range(first, last):
            project = research_cycle(use[i], cycle, cycle_full[sector])
            effort = 1.0
            if research_staff[sector] > 0.0 and research_share[i] != research_staff[sector]:
                effort = (research_share[i] / research_staff[sector]) ** success
            found = uniform(research_key, i) < effort / project
            gain = log_gain[i] - pulled - expected
            if found:
                gain += step[sector] * ideas[sector] * grants
            gain += luck * normal(luck_key, i) - 0.5 * luck * luck
            if entrant[i]:
                gain = 0.0
            gap[i] += gain
            productivity[i] *= np.exp(drift + common + gain)


@kernel
def choose_research(
    sector, research_share, deposits, sales_value, research_staff, liquidity, cost, price_elasticity, cash_elasticity
):  # fmt: skip
    """Part of the staff that does research: the sector's usual, more where it costs less or cash is plenty.

    ``cost`` is what a yuan of research costs the firm after credits, ``research_staff`` (20,) the usual share of staff.
    """
    cheapness = cost**-price_elasticity
    for i in range(sector.size):
        usual = research_staff[sector[i]]
        wealth = max(deposits[i], 1e-9) / max(liquidity * sales_value[i], 1e-9)
        effort = cheapness * min(1.3, max(0.7, wealth)) ** cash_elasticity
        research_share[i] = usual * min(MOST_EFFORT, max(LEAST_EFFORT, effort))
