"""Market shares and mark-ups."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy
from abm.kernels.competition import compete
from abm.kernels.draws import STREAMS
from abm.phase import phase

LOWEST_CHANGE, HIGHEST_CHANGE = -0.04, 0.05  # of a sector's demand in a quarter, as far as it is believed
LOWEST_TREND, HIGHEST_TREND = -0.015, 0.025


@phase
def market_shares_shift(economy: Economy) -> None:
    """Cheaper and better firms gain customers; what each firm sees of its demand (eq. 40-42)."""
    state, structure, p = economy.state, economy.structure, economy.parameters
    f, s, rules, ai = state.firms, state.sectors, p.firms, p.artificial_intelligence
    compete[economy.threads](
        economy.seed, economy.quarter, STREAMS["share"], structure.sector_start, s.demand, s.producer_price,
        structure.mark_up, f.price, f.unfilled, f.ai_use, f.breached, f.sales_quantity, f.capital,
        f.capital_productivity, f.market_share,
        f.mark_up, f.demand_signal,
        rules.selection, rules.unfilled_penalty, rules.quality_gain, rules.share_deviation, ai.breach_loss,
        rules.mark_up_share, rules.mark_up_reversion, rules.mark_up_utilisation, rules.normal_utilisation,
    )  # fmt: skip
    change = np.clip(np.log(s.demand / s.demand_before), LOWEST_CHANGE, HIGHEST_CHANGE)
    s.trend_growth[:] = np.clip(
        s.trend_growth + rules.trend_gain * (change - s.trend_growth), LOWEST_TREND, HIGHEST_TREND
    )
    s.demand_before[:] = s.demand
