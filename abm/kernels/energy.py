"""Energy in physical units and the carbon dioxide in what is made."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel

__all__ = ["emission_factors", "respond_to_carbon_price", "use_energy"]

LEAST_RATIO = 0.2  # of the price of energy with and without the carbon price, so that no response is beyond measure


@kernel
def emission_factors(sectors, structure, macro, power, power_output, direct, others):
    """Tonnes of carbon dioxide in a unit of output: of fuel into ``direct``, of all else into ``others``, (sectors,).

    Fuel follows its trend and the carbon price, and falls where AI saves energy. All else is the process, such as
    cement, and in the sector ``power`` what the grid emits for the electricity of everybody, over ``power_output``.
    """
    fuel_intensity, process_intensity = structure.fuel_intensity, structure.process_intensity
    price_response, electricity = sectors.price_response, sectors.electricity
    burnt = 0.0
    for s in range(direct.size):
        direct[s] = fuel_intensity[s] * macro[0].fuel_index * price_response[s]
        others[s] = process_intensity[s]
        burnt += electricity[s]
    burnt += macro[0].household_electricity
    burnt += macro[0].ai_electricity
    others[power] += macro[0].grid_factor * burnt / power_output


@parallel_kernel
def use_energy(firms, sectors, structure, plans, macro, consumption, power):
    """Electricity and carbon dioxide of sectors and households; emission factors of what was made.

    CO2 = fuel × factor + process + electricity × grid factor, the last in the sector ``power``. ``consumption`` is that
    of households at base prices; the electricity of AI stands in ``macro`` already.
    See equations/markets_and_energy.md.
    """
    sector_start, output_with_inputs_ordered = structure.sector_start, firms.output_with_inputs_ordered
    electricity, co2, price_response = sectors.electricity, sectors.co2, sectors.price_response
    made = np.empty(co2.size)
    for s in prange(co2.size):
        total = 0.0
        for i in range(sector_start[s], sector_start[s + 1]):
            total += output_with_inputs_ordered[i]
        made[s] = total
        intensity = structure.electricity_intensity[s] * macro[0].electricity_index
        electricity[s] = intensity * price_response[s] * plans.energy_scale[s]
    fuel_index, electricity_index = macro[0].fuel_index, macro[0].electricity_index
    macro[0].household_electricity = structure.household_electricity_intensity * electricity_index * consumption
    macro[0].household_co2 = structure.household_fuel_intensity * fuel_index * consumption
    emission_factors(sectors, structure, macro, power, made[power], plans.co2_direct, plans.co2_power)
    for s in range(co2.size):
        co2[s] = plans.co2_direct[s] * plans.energy_scale[s] + plans.co2_power[s] * made[s]


@kernel
def respond_to_carbon_price(sectors, plans, energy, carbon_rate):
    """Energy per unit of output moves to what the carbon price, thousand yuan a tonne, asks for.

    See equations/markets_and_energy.md.
    """
    price_response, energy_cost = sectors.price_response, sectors.energy_cost
    for s in range(price_response.size):
        carbon = carbon_rate * plans.co2_direct[s]
        ratio = max(LEAST_RATIO, 1.0 + carbon / (energy_cost[s] + energy.price_base))
        price_response[s] += energy.price_speed * (ratio**-energy.price_elasticity - price_response[s])
