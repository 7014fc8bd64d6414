"""What firms make, and the output for which they order inputs."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel

__all__ = ["joint_output", "labour_needed", "overtime_staff", "produce", "wanted_capital"]

LEAST_LEFT = 0.05  # guard: of the usual labour's part, where capital falls far short


@kernel
def labour_needed(capital, capital_share, substitution):
    """Labour per unit of output against the usual, where there is ``capital`` times the usual capital per unit.

    Capital and labour are joined with constant elasticity of substitution, both 1 in the usual case (Arrow, Chenery,
    Minhas and Solow 1961; normalised as in Klump, McAdam and Willman 2012). See equations/plans_of_firms.md, eq. 7a.
    """
    exponent = 1.0 - 1.0 / substitution
    part = capital_share / capital if exponent == -1.0 else capital_share * capital**exponent
    left = max(LEAST_LEFT, (1.0 - part) / (1.0 - capital_share))
    return 1.0 / left if exponent == -1.0 else left ** (1.0 / exponent)


@kernel
def joint_output(by_capital, by_labour, capital_share, substitution):
    """Output of capital that would usually make ``by_capital`` and labour that would usually make ``by_labour``."""
    if by_capital <= 0.0 or by_labour <= 0.0:
        return 0.0
    exponent = 1.0 - 1.0 / substitution
    if exponent == -1.0:
        return 1.0 / (capital_share / by_capital + (1.0 - capital_share) / by_labour)
    joined = capital_share * by_capital**exponent + (1.0 - capital_share) * by_labour**exponent
    return joined ** (1.0 / exponent)


@kernel
def wanted_capital(relative_cost, capital_share, substitution):
    """Capital per unit of output against the usual at which a unit costs least; see eq. 31.

    ``relative_cost`` is the cost of labour over that of capital, per usual unit of each, against the opening.
    """
    cheaper = capital_share + (1.0 - capital_share) * relative_cost ** (1.0 - substitution)
    return cheaper ** (substitution / (1.0 - substitution))


@parallel_kernel
def produce(firms, plans, structure, firm_rules):
    """Output (goods) or capacity (services), and the scale at which each sector orders inputs; returns AI orders.

    ``materials_scale`` and ``energy_scale`` are the sums of output for which materials and energy are ordered. The
    orders of AI services are money at expected prices.
    See equations/production_and_demand.md, eq. 21-22.
    """
    sector_start, storable, research_staff = structure.sector_start, structure.storable, structure.research_staff
    productivity, efficiency_units, labour_per_unit = firms.productivity, firms.efficiency_units, firms.labour_per_unit
    research_share, capital, capital_productivity = firms.research_share, firms.capital, firms.capital_productivity
    planned_output, expected_demand, inventory = firms.planned_output, firms.expected_demand, firms.inventory
    output, supply, output_with_inputs_ordered = firms.output, firms.supply, firms.output_with_inputs_ordered
    materials_per_unit, energy_per_unit = firms.materials_per_unit, firms.energy_per_unit
    ai_unit_spending = firms.ai_unit_spending
    materials_scale, energy_scale = plans.materials_scale, plans.energy_scale
    capital_share, substitution, utilisation = (
        structure.capital_share, firm_rules.substitution, firm_rules.normal_utilisation,
    )  # fmt: skip
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
            possible = min(capacity, joint_output(utilisation * capacity, labour, capital_share[s], substitution))
            if storable[s]:
                output[i] = min(planned_output[i], possible)
                supply[i] = output[i] + inventory[i]
                output_with_inputs_ordered[i] = output[i]
            else:
                supply[i] = possible
                output_with_inputs_ordered[i] = min(expected_demand[i], supply[i])
            materials += output_with_inputs_ordered[i] * materials_per_unit[i]
            energy += output_with_inputs_ordered[i] * energy_per_unit[i]
            services += ai_unit_spending[i] * output_with_inputs_ordered[i]
        materials_scale[s] = materials
        energy_scale[s] = energy
        ai_orders[s] = services
    ordered = 0.0
    for s in range(ai_orders.size):
        ordered += ai_orders[s]
    return ordered


@kernel
def overtime_staff(firms, structure):
    """Workers whose normal hours are the overtime of the quarter, all firms together.

    ``firms`` are those that have sold, before their productivity advances: services are made as they are sold. Capital
    counts as in what the firm plans.
    """
    sector, headcount, output, productivity = firms.sector, firms.headcount, firms.output, firms.productivity
    units, labour_per_unit, labour_factor = firms.efficiency_units, firms.labour_per_unit, firms.labour_factor
    research_share, research_staff = firms.research_share, structure.research_staff
    total = 0.0
    for i in range(sector.size):
        at_work = units[i] * (1.0 - research_share[i]) / (1.0 - research_staff[sector[i]])
        needed = output[i] * labour_per_unit[i] * labour_factor[i]
        normal = productivity[i] * at_work
        if needed > normal and normal > 0.0:
            total += headcount[i] * (needed / normal - 1.0)
    return total
