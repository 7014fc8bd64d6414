"""Capital that firms and sectors want, and what firms order."""

from __future__ import annotations

from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel

__all__ = ["plan_investment", "weigh_capital"]

LARGEST_GAP = 1.5  # of a firm's capital against its sector's, as far as it is acted upon
LOWEST_TREND, HIGHEST_TREND = -0.01, 0.03  # growth a quarter that firms build for; the limits of growth.trend_opening


@kernel
def weigh_capital(
    sector_start, expected_demand, capital, capital_productivity, utilisation, base, reallocation, gap, expansion,
):  # fmt: skip
    """How much more capital each sector wants, ``gap`` (20,), and how far its short firms can expand, ``expansion``.

    Firms with too much capital hold back investment by ``reallocation`` of their excess, but not below nothing; short
    firms together expand by no more than that, so that moving capital inside a sector adds no demand of its own.
    """
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        wanted = 0.0
        held = 0.0
        for i in range(first, last):
            wanted += expected_demand[i] / (utilisation * capital_productivity[i])
            held += capital[i]
        gap[s] = wanted / held - 1.0
        down = 0.0
        up = 0.0
        for i in range(first, last):
            full = utilisation * capital_productivity[i]
            own = reallocation * min(LARGEST_GAP, expected_demand[i] / full / capital[i] - 1.0 - gap[s])
            if own > 0.0:
                up += capital[i] * own
            else:
                down += capital[i] * min(-own, base)
        expansion[s] = min(1.0, down / up) if up > 0.0 else 0.0


@parallel_kernel
def plan_investment(
    chunks, sector, expected_demand, capital, capital_productivity, deposits, loans, entrant, investment_rate,
    investment, totals, trend_growth, sector_gap, expansion,
    utilisation, depreciation, accelerator, reallocation, long_run_growth, mood, smoothing, highest_rate,
    highest_leverage, bank_factor, capital_price,
):  # fmt: skip
    """Investment wanted by every firm: replacement, trend, a weak accelerator, interest and mood, within its finance.

    To ``sector_gap`` (20,) the sector responds weakly, while between its firms capital moves faster, from those with
    too much to those with too little; see weigh_capital.
    ``mood`` is the factor exp(shock − response × real rate gap), ``totals`` (chunks,) the quantities summed up.
    MODEL.md eq. 31, the second term ours.
    """
    rows = sector.size
    for chunk in prange(chunks):
        total = 0.0
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            ratio = expected_demand[i] / (utilisation * capital_productivity[i]) / capital[i] - 1.0
            trend = min(HIGHEST_TREND, max(LOWEST_TREND, 0.5 * long_run_growth + 0.5 * trend_growth[s]))
            own = reallocation * min(LARGEST_GAP, ratio - sector_gap[s])
            if own > 0.0:
                own *= expansion[s]
            wanted = (depreciation + trend + accelerator * sector_gap[s]) * mood + own
            wanted = min(highest_rate, max(0.0, wanted))
            investment_rate[i] += smoothing * (wanted - investment_rate[i])
            rate = investment_rate[i]
            if entrant[i]:
                rate = max(rate, min(ratio, 1.0))
            credit = max(0.0, highest_leverage * capital_price * capital[i] - loans[i])
            finance = (0.9 * deposits[i] + 0.2 * credit * bank_factor) / capital_price
            investment[i] = min(rate * capital[i], finance)
            total += investment[i]
        totals[chunk] = total
