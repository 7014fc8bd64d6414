"""Firms that leave and enter, market shares and mark-ups."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel
from abm.kernels.draws import normal, stream_key, uniform

__all__ = ["compete", "exit_and_enter"]


@kernel
def exit_and_enter(
    seed, quarter, entry_stream, stage_stream, sector_start, market_share, productivity, gap, capital, inventory_value,
    deposits, loans, stage, ai_capability, ai_use, data_stock, mark_up, expected_demand, demand_signal, price, entrant,
    investment_rate, own_account, state_owned, adoption, sector_mark_up, capital_price, depreciation,
    smallest, entrant_share, entrant_gap, entrant_deviation, leverage, liquidity, equity_left, use_pilot,
):  # fmt: skip
    """Firms that are insolvent or have lost their market leave; an entrant takes over the place, staff and plant.

    Loans above what the plant can carry are written off; the owners pay new equity out of this quarter's dividends, at
    most ``equity_left``. Returns (exits, written off, equity paid in, loans repaid, firm deposits, loans).
    MODEL.md eq. 39.
    """
    entry_key = stream_key(seed, quarter, entry_stream)
    stage_key = stream_key(seed, quarter, stage_stream)
    exits = 0
    written = 0.0
    equity = 0.0
    repaid = 0.0
    cash = 0.0
    debt = 0.0
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        number = last - first
        mean_gap = 0.0
        for i in range(first, last):
            mean_gap += market_share[i] * gap[i]
        for i in range(first, last):
            entrant[i] = 0
            worth = deposits[i] + inventory_value[i] + capital_price * capital[i] - loans[i]
            bankrupt = worth < 0.0 or loans[i] > 1.3 * capital_price * capital[i] + deposits[i]
            small = market_share[i] * number < smallest
            if (bankrupt and not own_account[s] and not state_owned[s]) or (small and number > 1):
                exits += 1
                entrant[i] = 1
                pay = min(deposits[i], loans[i]) if bankrupt else 0.0
                deposits[i] -= pay
                loans[i] -= pay
                repaid += pay
                bearable = leverage * capital_price * capital[i]
                if bankrupt and loans[i] > bearable:
                    written += loans[i] - bearable
                    loans[i] = bearable
                old = gap[i]
                gap[i] = mean_gap + entrant_gap + entrant_deviation * normal(entry_key, i)
                productivity[i] *= np.exp(gap[i] - old)
                market_share[i] = max(market_share[i], entrant_share / number)
                mark_up[i] = sector_mark_up[s]
                stage[i] = 1 if uniform(stage_key, i) < 0.3 * adoption[s] else 0
                ai_use[i] = use_pilot * ai_capability[i] if stage[i] > 0 else 0.0
                investment_rate[i] = depreciation
                need = min(max(0.0, liquidity * price[i] * expected_demand[i] - deposits[i]), equity_left)
                equity_left -= need
                equity += need
                deposits[i] += need
            cash += deposits[i]
            debt += loans[i]
        total = 0.0
        for i in range(first, last):
            total += market_share[i]
        for i in range(first, last):
            market_share[i] /= total
    return exits, written, equity, repaid, cash, debt


@parallel_kernel
def compete(
    seed, quarter, stream, sector_start, demand, producer_price, sector_mark_up, price, unfilled, ai_use, breached,
    sales_quantity, capital, capital_productivity, market_share, mark_up, demand_signal,
    selection, unfilled_penalty, quality_gain, deviation, breach_loss,
    mark_up_share, mark_up_reversion, mark_up_utilisation, utilisation,
):  # fmt: skip
    """Market shares, mark-ups and the demand that firms see: a replicator in logs.

    Growth has the same luck at every size, and who falls below the least size leaves: together they keep the Pareto
    tail of firm sizes (Gabaix 1999).
    Dosi et al. 2010; MODEL.md eq. 40-42.
    """
    key = stream_key(seed, quarter, stream)
    for s in prange(sector_start.size - 1):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        number = last - first
        before = np.empty(number)
        total = 0.0
        for i in range(first, last):
            old = market_share[i]
            before[i - first] = old
            change = (
                -selection * np.log(price[i] / producer_price[s]) - unfilled_penalty * unfilled[i]
                + quality_gain * ai_use[i] + deviation * normal(key, i)
            )  # fmt: skip
            if breached[i]:
                change -= breach_loss
            market_share[i] = old * np.exp(change)
            total += market_share[i]
        for i in range(first, last):
            share = market_share[i] / total
            market_share[i] = share
            old = before[i - first]
            growth = min(0.2, max(-0.2, np.log(share / old)))
            use = sales_quantity[i] / (capital_productivity[i] * capital[i])
            norm = sector_mark_up[s]
            moved = mark_up[i] + mark_up_share * mark_up[i] * growth
            moved += mark_up_reversion * (norm - mark_up[i])
            moved += mark_up_utilisation * mark_up_reversion * norm * (use / utilisation - 1.0)
            mark_up[i] = min(1.6 * norm, max(0.5 * norm, moved))
            notional = old * demand[s]
            demand_signal[i] = 0.5 * share * demand[s] + 0.5 * max(sales_quantity[i], notional) * share / old
