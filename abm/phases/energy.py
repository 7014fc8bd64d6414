"""Energy in physical units and carbon dioxide in tonnes."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy
from abm.levers.instruments import Instruments
from abm.phase import phase
from abm.plans import Use

POWER = 10
NEUTRAL_CARBON_PRICE = Instruments().carbon_price


@phase
def energy_is_used(economy: Economy) -> None:
    """Fuel, electricity and emissions of the quarter, then the trends for the next.

    CO2 = fuel × factor + process + electricity × grid factor, the last in the power sector. AI saves energy per unit in
    process industries, never the carbon in a kilowatt-hour. The trends without AI are those on record and imposed.
    """
    structure, p, now = economy.structure, economy.parameters, economy.plans
    s, a, energy = economy.state.sectors, economy.state.macro, p.energy
    consumption = float(now.paid[Use.CONSUMPTION, 2])
    s.electricity[:] = structure.electricity_intensity * a.electricity_index * s.price_response * now.energy_scale
    a.household_electricity = structure.household_electricity_intensity * a.electricity_index * consumption
    a.household_co2 = structure.household_fuel_intensity * a.fuel_index * consumption
    if a.ai_services > 0:
        if a.ai_electricity_intensity == 0.0:  # the first quarter fixes what a yuan of services burns
            a.ai_electricity_intensity = a.ai_electricity / a.ai_services
        a.ai_electricity = a.ai_electricity_intensity * a.ai_services
        a.ai_electricity_intensity *= 1 + energy.ai_electricity_trend
    burnt = float(s.electricity.sum()) + a.household_electricity + a.ai_electricity
    output = np.add.reduceat(economy.state.firms.input_scale, structure.sector_start[:-1])
    now.co2_direct[:] = structure.fuel_intensity * a.fuel_index * s.price_response
    now.co2_power[:] = structure.process_intensity
    now.co2_power[POWER] += a.grid_factor * burnt / output[POWER]
    s.co2[:] = now.co2_direct * now.energy_scale + now.co2_power * output
    # Trends for the next quarter
    cost = (economy.instruments.carbon_price - NEUTRAL_CARBON_PRICE) * 1e-3 * a.consumer_price
    relative = np.maximum(0.2, 1 + cost * now.co2_direct / (s.energy_cost + 0.02))
    s.price_response += energy.price_speed * (relative**-energy.price_elasticity - s.price_response)
    a.fuel_index *= 1 + energy.fuel_trend
    a.electricity_index *= 1 + energy.electricity_trend * 0.5 ** (economy.quarter / energy.electricity_half_life)
    fading = 0.5 ** (economy.quarter / energy.grid_half_life)
    trend = energy.grid_trend_long_run + (energy.grid_trend - energy.grid_trend_long_run) * fading
    above = (economy.instruments.carbon_price - NEUTRAL_CARBON_PRICE) / 100
    built = min(energy.grid_fastest, energy.grid_investment_response * now.grid_investment)
    a.grid_factor *= 1 + trend - energy.grid_response * above - built
