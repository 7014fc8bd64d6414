"""Energy in physical units and the carbon dioxide in what is made."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel

__all__ = ["emission_factors", "need_energy", "respond_to_carbon_price", "use_energy"]

LEAST_RATIO = 0.2  # of the price of energy with and without the carbon price, so that no response is beyond measure


@kernel
def emission_factors(sectors, structure, macro, power, power_output, direct, others):
    """Tonnes of carbon dioxide in a unit of output: of fuel into ``direct``, of all else into ``others``, (sectors,).

    Fuel follows its trend and the carbon price, and falls where AI saves energy. All else is the process, such as
    cement, and in the sector ``power`` what the grid emits for the electricity of everybody, over ``power_output``.
    """
    fuel_intensity, process_intensity = structure.fuel_intensity, structure.process_intensity
    fuel_need, electricity = sectors.fuel_need, sectors.electricity
    process = macro[0].process_index * macro[0].process_response
    burnt = 0.0
    for s in range(direct.size):
        direct[s] = fuel_intensity[s] * fuel_need[s]
        others[s] = process_intensity[s] * process
        burnt += electricity[s]
    burnt += macro[0].household_electricity
    burnt += macro[0].ai_electricity
    others[power] += macro[0].grid_factor * burnt / power_output


@parallel_kernel
def use_energy(firms, sectors, structure, plans, macro, energy, consumption, power):
    """Electricity and carbon dioxide of sectors and households; emission factors of what was made.

    CO2 = fuel × factor + process + electricity × grid factor, the last in the sector ``power``. ``consumption`` is that
    of households at base prices; the electricity of AI stands in ``macro`` already.
    See equations/markets_and_energy.md.
    """
    sector_start, output_with_inputs_ordered = structure.sector_start, firms.output_with_inputs_ordered
    electricity, co2, electricity_need = sectors.electricity, sectors.co2, sectors.electricity_need
    made = np.empty(co2.size)
    for s in prange(co2.size):
        total = 0.0
        for i in range(sector_start[s], sector_start[s + 1]):
            total += output_with_inputs_ordered[i]
        made[s] = total
        electricity[s] = structure.electricity_intensity[s] * electricity_need[s] * plans.energy_scale[s]
    fuel = structure.household_fuel_intensity * macro[0].fuel_index
    replaced = energy.electrified_services * (structure.household_fuel_intensity - fuel)
    needed = structure.household_electricity_intensity * macro[0].household_electricity_index
    needed *= macro[0].electricity_response
    macro[0].household_electricity = (needed + energy.electricity_for_fuel * replaced) * consumption
    macro[0].household_co2 = fuel * consumption
    emission_factors(sectors, structure, macro, power, made[power], plans.co2_direct, plans.co2_power)
    for s in range(co2.size):
        co2[s] = plans.co2_direct[s] * plans.energy_scale[s] + plans.co2_power[s] * made[s]


@kernel
def respond_to_carbon_price(sectors, structure, macro, energy, rise):
    """Energy and process emissions per unit move to what the carbon price asks for at the price of what it falls on.

    ``rise`` is thousand yuan of the opening for a tonne beyond the trading scheme; so are the prices of fuel,
    electricity and cement, and inflation moves neither against the other. See equations/markets_and_energy.md.
    """
    fuel_response, fuel_price, speed = sectors.fuel_response, structure.fuel_price, energy.price_speed
    for s in range(fuel_response.size):
        ratio = max(LEAST_RATIO, 1.0 + rise / fuel_price[s])
        fuel_response[s] += speed * (ratio**-energy.price_elasticity - fuel_response[s])
    ratio = max(LEAST_RATIO, 1.0 + 1_000.0 * rise * macro[0].grid_factor / energy.power_price)
    macro[0].electricity_response += speed * (ratio**-energy.electricity_elasticity - macro[0].electricity_response)
    ratio = max(LEAST_RATIO, 1.0 + 1_000.0 * rise / energy.process_price)
    macro[0].process_response += speed * (ratio**-energy.process_elasticity - macro[0].process_response)
    ratio = max(LEAST_RATIO, 1.0 + 1_000.0 * rise / energy.coal_price)
    macro[0].dispatch_response += speed * (ratio**-energy.dispatch_elasticity - macro[0].dispatch_response)


@kernel
def need_energy(sectors, structure, macro, energy, rise, power, refining):
    """Fuel and electricity per unit of output against the opening: trends, the carbon price and electrification.

    Part of the fuel that is no longer burnt since the opening was replaced by electricity: it adds to what the sector
    uses. What the carbon price saves takes equipment that costs as much as the energy bought before, and half of the
    price ``rise``, thousand yuan a tonne, on average. See equations/markets_and_energy.md.
    """
    bought, equipment_need = structure.input_coefficients, sectors.equipment_need
    fuel_response, fuel_need, electricity_need = sectors.fuel_response, sectors.fuel_need, sectors.electricity_need
    fuel_intensity, electricity_intensity = structure.fuel_intensity, structure.electricity_intensity
    for s in range(fuel_need.size):
        fuel = macro[0].fuel_index * fuel_response[s]
        index = macro[0].services_electricity_index if structure.services[s] else macro[0].electricity_index
        need = index * macro[0].electricity_response
        if electricity_intensity[s] > 0.0:
            replaced = structure.electrified_share[s] * (1.0 - fuel) * fuel_intensity[s]
            need += energy.electricity_for_fuel * replaced / electricity_intensity[s]
        fuel_need[s] = fuel
        electricity_need[s] = need
        unburnt = macro[0].fuel_index * (1.0 - fuel_response[s])
        unused = index * (1.0 - macro[0].electricity_response)
        equipment = (bought[refining, s] + 0.5 * rise * fuel_intensity[s]) * unburnt + bought[power, s] * unused
        equipment_need[s] = max(0.0, equipment)
