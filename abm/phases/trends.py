"""What comes from outside: the frontier's growth, the world, and macroeconomic shocks."""

from __future__ import annotations

import math

import numpy as np

from abm.economics.coal import coal_mines, coal_need
from abm.economy import Economy
from abm.kernels.draws import STREAMS, one_normal
from abm.kernels.productivity import diverge_sectors, drift_inputs
from abm.phase import phase


@phase
def exogenous_trends_move(economy: Economy) -> None:
    """Update exogenous trends: frontier growth declines to its long run; shocks follow AR(1) processes (eq. 1-2)."""
    macro, growth, shocks = economy.macro, economy.parameters.growth, economy.parameters.shocks
    gap = growth.trend_opening - growth.trend_long_run
    before = macro.frontier_growth
    macro.frontier_growth = growth.trend_long_run + gap * 0.5 ** (economy.quarter / growth.half_life)
    economy.plans.frontier_growth_change = macro.frontier_growth - before
    macro.world_demand *= 1 + growth_abroad(economy)
    macro.world_gain = world_gain(economy)
    macro.world_price *= 1 + growth.world_inflation
    draws = (one_normal(economy.seed, economy.quarter, STREAMS["aggregate"], number) for number in range(6))
    exports, consumption, investment, productivity, harvest, commodity = draws
    macro.export_shock *= shocks.export_persistence
    macro.export_shock += shocks.export_deviation * exports
    macro.consumption_shock *= shocks.consumption_persistence
    macro.consumption_shock += shocks.consumption_deviation * consumption
    macro.investment_shock *= shocks.investment_persistence
    macro.investment_shock += shocks.investment_deviation * investment
    macro.harvest_shock *= shocks.harvest_persistence
    macro.harvest_shock += shocks.harvest_deviation * harvest
    macro.commodity_shock *= shocks.commodity_persistence
    macro.commodity_shock += shocks.commodity_deviation * commodity
    macro.productivity_shock = shocks.productivity_deviation * productivity
    macro.path_productivity *= math.exp(macro.frontier_growth + macro.productivity_shock)
    economy.plans.foreign_price = macro.exchange_rate * macro.world_price
    economy.plans.foreign_prices[:] = economy.plans.foreign_price * np.exp(
        macro.commodity_shock * economy.structure.commodity
    )


def growth_abroad(economy: Economy) -> float:
    """Growth of demand abroad in the quarter, AI apart: it declines to its long run and knows nothing of China's."""
    trade = economy.parameters.trade
    gap = trade.world_growth - trade.world_growth_long_run
    return trade.world_growth_long_run + gap * 0.5 ** (economy.quarter / trade.world_growth_half_life)


def world_gain(economy: Economy) -> float:
    """Log points of demand abroad that AI has added since 2024: a logistic path of its own, whatever China does."""
    if not economy.artificial_intelligence:
        return 0.0
    trade = economy.parameters.trade
    begun = 1 / (1 + math.exp(trade.world_midpoint / trade.world_width))
    reached = 1 / (1 + math.exp((trade.world_midpoint - economy.quarter) / trade.world_width))
    return trade.world_adoption * trade.world_gain * (reached - begun) / (1 - begun)


@phase
def sector_productivity_diverges(economy: Economy) -> None:
    """Productivity grows faster in agriculture, industry and software than elsewhere; offsets with mean 0 (eq. 43a)."""
    rules = economy.parameters.structural_change
    if rules.sector_trends:
        structure = economy.structure
        diverge_sectors(
            economy.firms.view, structure.view, economy.macro.view, rules.view, structure.rows.ai_services
        )  # fmt: skip


@phase
def inputs_drift(economy: Economy) -> None:
    """Buyers need more software and services and less steel and cement, as between the tables on record (eq. 43c).

    Power plants need less coal per kilowatt-hour as the grid gets cleaner.
    """
    rules = economy.parameters.structural_change
    drift_inputs(
        economy.structure.view, economy.plans.view,
        rules.input_drift * years_of_drift(economy.quarter, rules.input_drift_half_life),
    )  # fmt: skip
    economy.plans.technical_coefficients[coal_mines(economy), economy.structure.rows.energy_power] *= coal_need(economy)


def years_of_drift(quarter: int, half_life: float) -> float:
    """Years at the speed of the opening that a drift which fades has gone on for."""
    return half_life / math.log(2) * (1 - 0.5 ** (quarter / half_life)) / 4
