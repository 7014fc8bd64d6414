"""Energy in physical units and the carbon dioxide in what is made."""

from __future__ import annotations

from abm.kernels.compiling import kernel

__all__ = ["emission_factors"]


@kernel
def emission_factors(sectors, structure, macro, power, power_output, direct, others):
    """Tonnes of carbon dioxide in a unit of output: of fuel into ``direct``, of all else into ``others``, each (20,).

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
