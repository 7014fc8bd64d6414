"""Energy and emissions."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Energy"]


@dataclass(frozen=True)
class Energy(Viewed):
    """Physical energy and emissions; all trends without AI are imposed."""

    fuel_trend: float = parameter(-0.0135, "per quarter", -0.1, 0.05, "so that CO2 per GDP falls about 4 % a year", "trend of fuel per unit of output", "tuned")
    electricity_trend: float = parameter(0.0040, "per quarter", -0.05, 0.05, "electricity per GDP +1.4 % a year, 2020-24", "trend of electricity per unit of output at the opening", "empirical")
    electricity_half_life: float = parameter(60.0, "quarters", 1.0, 1000.0, "own", "half-life of the rise of electricity per output")
    grid_trend: float = parameter(-0.006, "per quarter", -0.1, 0.02, "grid factor -2.4 % a year, 2021-23", "trend of the grid factor at the opening", "empirical")
    grid_trend_long_run: float = parameter(-0.014, "per quarter", -0.1, 0.02, "own; non-fossil build-out", "trend of the grid factor in the long run")
    grid_half_life: float = parameter(32.0, "quarters", 1.0, 1000.0, "own", "half-life of the approach to it")
    price_elasticity: float = parameter(0.3, "elasticity", 0.0, 2.0, ".3", "response of energy use to a carbon price")
    price_speed: float = parameter(0.15, "per quarter", 0.01, 1.0, "own", "speed of that response")
    price_base: float = parameter(0.02, "per unit of output", 0.0, 1.0, "own", "added to the cost of energy that a carbon price is compared with, so that who hardly uses energy hardly responds")
    grid_response: float = parameter(0.002, "per quarter and 100 CNY", 0.0, 0.05, "own", "faster fall of the grid factor per 100 CNY of carbon price")
    grid_investment_response: float = parameter(0.6, "per quarter and share of GDP", 0.0, 5.0, "own; power investment of about 1.2 % of GDP in 2024 goes with a fall of .6 % a quarter", "faster fall of the grid factor with public investment in clean power")
    grid_fastest: float = parameter(0.02, "per quarter", 0.0, 0.1, "own; limits of building", "largest fall of the grid factor that such investment adds")
    ai_electricity_opening: float = parameter(20.0, "TWh a year", 0.0, 500.0, "a fifth of data centres' 102 TWh", "electricity of AI at the opening")
    ai_electricity_trend: float = parameter(-0.010, "per quarter", -0.1, 0.05, "own", "trend of electricity per real yuan of AI services")
    ai_electricity_factor: float = parameter(1.0, "factor", 0.0, 10.0, "1: as on record", "electricity of AI services against what the opening has; 0: none is burnt")
    ai_electricity_cost: float = parameter(0.10, "share", 0.0, 1.0, "own", "electricity in the price of AI services at the opening")
    network_losses: float = parameter(0.13, "share", 0.0, 0.5, "own use and line losses, from memory", "part of electricity that the power sector uses itself")
