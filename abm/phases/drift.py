"""What comes from outside: the frontier's growth, the world, and macroeconomic luck."""

from __future__ import annotations

import math

import numpy as np

from abm.economy import Economy
from abm.kernels.draws import STREAMS, one_normal
from abm.phase import phase


@phase
def economy_drifts(economy: Economy) -> None:
    """Growth of the frontier declines towards its long run; the shocks are first-order autoregressions (eq. 1-2)."""
    a, growth, shocks = economy.state.macro, economy.parameters.growth, economy.parameters.shocks
    gap = growth.trend_opening - growth.trend_long_run
    before = a.frontier_growth
    a.frontier_growth = growth.trend_long_run + gap * 0.5 ** (economy.quarter / growth.half_life)
    economy.plans.frontier_growth_change = a.frontier_growth - before
    a.world_demand *= 1 + a.frontier_growth
    a.world_gain = world_gain(economy)
    a.world_price *= 1 + growth.world_inflation
    luck = [one_normal(economy.seed, economy.quarter, STREAMS["aggregate"], number) for number in range(4)]
    a.export_shock = shocks.export_persistence * a.export_shock + shocks.export_deviation * luck[0]
    a.consumption_shock = shocks.consumption_persistence * a.consumption_shock + shocks.consumption_deviation * luck[1]
    a.investment_shock = shocks.investment_persistence * a.investment_shock + shocks.investment_deviation * luck[2]
    a.productivity_shock = shocks.productivity_deviation * luck[3]
    economy.plans.foreign_price = a.exchange_rate * a.world_price


def world_gain(economy: Economy) -> float:
    """Log points of demand abroad that AI has added since 2024: a logistic path of its own, whatever China does."""
    if not economy.artificial_intelligence:
        return 0.0
    trade = economy.parameters.trade
    begun = 1 / (1 + math.exp(trade.world_midpoint / trade.world_width))
    reached = 1 / (1 + math.exp((trade.world_midpoint - economy.quarter) / trade.world_width))
    return trade.world_adoption * trade.world_gain * (reached - begun) / (1 - begun)


@phase
def sectors_drift_apart(economy: Economy) -> None:
    """Productivity grows faster in agriculture and industry than in services, none of it on average (eq. 43a).

    Weights are payrolls: with labour the factor that productivity saves, they make the sum of what sectors gain and
    lose nothing for the economy (Hulten 1978), so that the path of growth stays the imposed one.
    """
    f, structure, rules = economy.state.firms, economy.structure, economy.parameters.structural_change
    if not rules.sector_trends:
        return
    trend = np.array([rules.agriculture_trend, rules.industry_trend, rules.services_trend])[structure.industry]
    payroll = np.add.reduceat(f.payroll, structure.sector_start[:-1])
    trend -= (payroll * trend).sum() / payroll.sum()
    f.productivity *= np.exp(economy.state.macro.frontier_growth * trend)[f.sector]
