"""Firms that leave and enter, market shares and mark-ups."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.codes import AiStage, Owner
from abm.kernels.compiling import kernel, parallel_kernel
from abm.kernels.draws import STREAMS, normal, stream_key, uniform

__all__ = ["compete", "exit_and_enter"]

ENTRY, ENTRANT_STAGE, SHARE = STREAMS["entry"], STREAMS["entrant_stage"], STREAMS["share"]


@kernel
def exit_and_enter(
    firms, sectors, structure, macro, firm_rules, investment_rules, use_pilot, equity_left, seed, quarter
):  # fmt: skip
    """Firms that are insolvent or have lost their market leave; an entrant takes over the place, staff and plant.

    Loans above what the plant can carry are written off; the owners pay new equity out of this quarter's dividends, at
    most ``equity_left``. Returns (exits, loans written off, equity paid in). MODEL.md eq. 39.
    """
    sector_start, owner = structure.sector_start, structure.owner
    market_share, productivity, gap, mark_up = (
        firms.market_share, firms.productivity, firms.productivity_gap, firms.mark_up
    )  # fmt: skip
    capital, inventory_value, deposits, loans = firms.capital, firms.inventory_value, firms.deposits, firms.loans
    stage, ai_capability, ai_use = firms.ai_stage, firms.ai_capability, firms.ai_use
    entrant, investment_rate, price, expected_demand = (
        firms.entrant, firms.investment_rate, firms.price, firms.expected_demand
    )  # fmt: skip
    smallest, capital_price = firm_rules.smallest_share, macro[0].capital_price
    leverage, insolvent_leverage = investment_rules.leverage, investment_rules.insolvent_leverage
    entry_key, stage_key = stream_key(seed, quarter, ENTRY), stream_key(seed, quarter, ENTRANT_STAGE)
    exits = 0
    written_off = 0.0
    paid_in = 0.0
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        number = last - first
        protected = owner[s] == Owner.OWN_WORKERS or owner[s] == Owner.STATE
        mean_gap = 0.0
        for i in range(first, last):
            mean_gap += market_share[i] * gap[i]
        for i in range(first, last):
            entrant[i] = 0
            worth = deposits[i] + inventory_value[i] + capital_price * capital[i] - loans[i]
            bearable = leverage * capital_price * capital[i]
            bankrupt = worth < 0.0 or loans[i] > insolvent_leverage * capital_price * capital[i] + deposits[i]
            small = market_share[i] * number < smallest
            if (bankrupt and not protected) or (small and number > 1):
                exits += 1
                entrant[i] = 1
                repaid = min(deposits[i], loans[i]) if bankrupt else 0.0
                deposits[i] -= repaid
                loans[i] -= repaid
                if bankrupt and loans[i] > bearable:
                    written_off += loans[i] - bearable
                    loans[i] = bearable
                old = gap[i]
                gap[i] = mean_gap + firm_rules.entrant_gap + firm_rules.entrant_deviation * normal(entry_key, i)
                productivity[i] *= np.exp(gap[i] - old)
                market_share[i] = max(market_share[i], firm_rules.entrant_share / number)
                mark_up[i] = structure.mark_up[s]
                adopts = uniform(stage_key, i) < firm_rules.entrant_adoption * sectors.adoption[s]
                stage[i] = AiStage.PILOT if adopts else AiStage.NONE
                ai_use[i] = use_pilot * ai_capability[i] if adopts else 0.0
                investment_rate[i] = structure.depreciation
                aim = firm_rules.liquidity_target * price[i] * expected_demand[i]
                need = min(max(0.0, aim - deposits[i]), equity_left)
                equity_left -= need
                paid_in += need
                deposits[i] += need
        total = 0.0
        for i in range(first, last):
            total += market_share[i]
        for i in range(first, last):
            market_share[i] /= total
    return exits, written_off, paid_in


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
