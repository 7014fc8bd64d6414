"""Research, imitation and productivity of firms."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel
from abm.kernels.draws import normal, stream_key, uniform
from abm.kernels.technology import research_cycle

__all__ = ["advance_productivity"]


@kernel
def advance_productivity(
    seed, quarter, research_stream, luck_stream, sector_start, productivity, gap, market_share, use, entrant,
    step, cycle, cycle_full, ideas, imitation, luck, drift, common, grants,
):  # fmt: skip
    """Productivity of every firm after a quarter: drift, research, imitation, luck.

    Research without AI and imitation have no effect on the mean by construction: what they add on average is taken off
    again, so that growth without AI is the exogenous drift. ``gap`` is the log lead over the drift. ``step`` and
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
            found = uniform(research_key, i) < 1.0 / project
            gain = log_gain[i] - pulled - expected
            if found:
                gain += step[sector] * ideas[sector] * grants
            gain += luck * normal(luck_key, i) - 0.5 * luck * luck
            if entrant[i]:
                gain = 0.0
            gap[i] += gain
            productivity[i] *= np.exp(drift + common + gain)
