"""What firms make, and the output for which they order inputs."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import parallel_kernel

__all__ = ["produce"]


@parallel_kernel
def produce(firms, plans, structure, firm_rules):
    """Output (goods) or capacity (services), and the scale at which each sector orders inputs; returns AI orders.

    ``materials_scale`` and ``energy_scale`` are the sums of output for which materials and energy are ordered. The
    orders of AI services and integration are money at expected prices.
    See equations/production_and_demand.md, eq. 21-22.
    """
    sector_start, storable, research_staff = structure.sector_start, structure.storable, structure.research_staff
    productivity, efficiency_units, labour_per_unit = firms.productivity, firms.efficiency_units, firms.labour_per_unit
    research_share, capital, capital_productivity = firms.research_share, firms.capital, firms.capital_productivity
    planned_output, expected_demand, inventory = firms.planned_output, firms.expected_demand, firms.inventory
    output, supply, output_with_inputs_ordered = firms.output, firms.supply, firms.output_with_inputs_ordered
    materials_per_unit, energy_per_unit = firms.materials_per_unit, firms.energy_per_unit
    ai_unit_spending, integration_due = firms.ai_unit_spending, firms.integration_due
    materials_scale, energy_scale = plans.materials_scale, plans.energy_scale
    hours = 1.0 + firm_rules.overtime
    ai_orders = np.empty(storable.size)
    for s in prange(storable.size):  # sums stay inside a sector: the same for any number of threads
        usual_share = 1.0 - research_staff[s]
        materials = 0.0
        energy = 0.0
        services = 0.0
        for i in range(sector_start[s], sector_start[s + 1]):
            at_work = efficiency_units[i] * (1.0 - research_share[i]) / usual_share
            labour = productivity[i] * at_work / labour_per_unit[i] * hours
            capacity = capital[i] * capital_productivity[i]
            if storable[s]:
                output[i] = min(planned_output[i], labour, capacity)
                supply[i] = output[i] + inventory[i]
                output_with_inputs_ordered[i] = output[i]
            else:
                supply[i] = min(labour, capacity)
                output_with_inputs_ordered[i] = min(expected_demand[i], supply[i])
            materials += output_with_inputs_ordered[i] * materials_per_unit[i]
            energy += output_with_inputs_ordered[i] * energy_per_unit[i]
            services += ai_unit_spending[i] * output_with_inputs_ordered[i] + integration_due[i]
        materials_scale[s] = materials
        energy_scale[s] = energy
        ai_orders[s] = services
    ordered = 0.0
    for s in range(ai_orders.size):
        ordered += ai_orders[s]
    return ordered
