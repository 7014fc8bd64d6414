"""Firms that leave and enter, market shares and mark-ups."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import AiStage, Owner
from abm.compiling.kernels import kernel, parallel_kernel
from abm.kernels.draws import STREAMS, normal, stream_key, uniform

__all__ = ["exit_and_enter", "update_market_shares"]

ENTRY, ENTRANT_STAGE, SHARE = STREAMS["entry"], STREAMS["entrant_stage"], STREAMS["share"]
LARGEST_GROWTH = 0.2  # log points; keeps the mark-up of a firm that was tiny from leaping


@kernel
def exit_and_enter(
    firms, sectors, structure, macro, firm_rules, investment_rules, equity_left, seed, quarter
):  # fmt: skip
    """Firms that are insolvent or have lost their market leave; an entrant takes over the place, staff and plant.

    Loans above what the plant can carry are written off; the owners pay new equity out of this quarter's dividends, at
    most ``equity_left``. Returns (exits, loans written off, equity paid in). See equations/settlement.md, eq. 39.
    """
    sector_start, owner = structure.sector_start, structure.owner
    market_share, productivity, gap, mark_up = (
        firms.market_share, firms.productivity, firms.productivity_gap, firms.mark_up
    )  # fmt: skip
    capital, inventory_value, deposits, loans = firms.capital, firms.inventory_value, firms.deposits, firms.loans
    stage, office_pilots, office_scaled = firms.ai_stage, firms.office_pilots, firms.office_scaled
    process_pilots, process_scaled = firms.process_pilots, firms.process_scaled
    office_cover, process_cover, integrating = firms.office_cover, firms.process_cover, firms.integrating
    office_use, process_use, assistance = firms.office_use, firms.process_use, firms.assistance
    intangible = firms.intangible
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
                office_pilots[i] = 1 if adopts else 0
                office_scaled[i] = process_pilots[i] = process_scaled[i] = 0
                office_cover[i] = process_cover[i] = integrating[i] = 0.0
                office_use[i] = process_use[i] = assistance[i] = intangible[i] = 0.0
                investment_rate[i] = sectors.wear[s]
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
def update_market_shares(
    firms, sectors, structure, abilities, firm_rules, expectations, breach_loss, seed, quarter
):  # fmt: skip
    """Market shares, mark-ups and the demand that firms see: a replicator in logs; the trend of each sector's demand.

    What AI adds to products counts as a lower price. The random draw has the same spread at every size, and firms below
    the least size leave: together they keep the Pareto tail of firm sizes (Gabaix 1999). Dosi et al. 2010; see
    equations/competition_and_technology.md, eq. 40-42.
    """
    sector_start, demand, demand_before = structure.sector_start, sectors.demand, sectors.demand_before
    producer_price, trend_growth = sectors.producer_price, sectors.trend_growth
    price, unfilled, breached = firms.price, firms.unfilled_demand_share, firms.breached
    office_use, process_use, quality = firms.office_use, firms.process_use, abilities.quality
    market_share, mark_up, demand_signal = firms.market_share, firms.mark_up, firms.demand_signal
    sales_quantity, capital, capital_productivity = firms.sales_quantity, firms.capital, firms.capital_productivity
    selection, deviation = firm_rules.selection, firm_rules.share_deviation
    unfilled_penalty, quality_gain = firm_rules.unfilled_penalty, firm_rules.quality_gain
    mark_up_share, reversion = firm_rules.mark_up_share, firm_rules.mark_up_reversion
    utilisation_gain, utilisation = firm_rules.mark_up_utilisation, firm_rules.normal_utilisation
    lowest, highest, weight = firm_rules.lowest_mark_up, firm_rules.highest_mark_up, firm_rules.sector_signal
    key = stream_key(seed, quarter, SHARE)
    for s in prange(sector_start.size - 1):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        before = np.empty(last - first)
        total = 0.0
        for i in range(first, last):
            old = market_share[i]
            before[i - first] = old
            better = quality_gain * (quality[0, s] * office_use[i] + quality[1, s] * process_use[i])
            dearer = np.log(price[i] / producer_price[s]) - better
            change = -selection * dearer - unfilled_penalty * unfilled[i] + deviation * normal(key, i)
            if breached[i]:
                change -= breach_loss
            market_share[i] = old * np.exp(change)
            total += market_share[i]
        norm = structure.mark_up[s]
        for i in range(first, last):
            share = market_share[i] / total
            market_share[i] = share
            old = before[i - first]
            growth = min(LARGEST_GROWTH, max(-LARGEST_GROWTH, np.log(share / old)))
            use = sales_quantity[i] / (capital_productivity[i] * capital[i])
            moved = mark_up[i] + mark_up_share * mark_up[i] * growth
            moved += reversion * (norm - mark_up[i])
            moved += utilisation_gain * reversion * norm * (use / utilisation - 1.0)
            mark_up[i] = min(highest * norm, max(lowest * norm, moved))
            own = max(sales_quantity[i], old * demand[s]) * share / old
            demand_signal[i] = weight * share * demand[s] + (1.0 - weight) * own
        seen = np.log(demand[s] / demand_before[s])
        seen = min(expectations.highest_demand_change, max(expectations.lowest_demand_change, seen))
        trend = trend_growth[s] + firm_rules.trend_gain * (seen - trend_growth[s])
        trend_growth[s] = min(expectations.highest_demand_trend, max(expectations.lowest_demand_trend, trend))
        demand_before[s] = demand[s]
