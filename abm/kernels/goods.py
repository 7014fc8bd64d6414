"""What firms make and order, and who sells it."""

from __future__ import annotations

from abm.kernels.compiling import kernel

__all__ = ["produce", "sell"]


@kernel
def produce(
    sector_start, productivity, efficiency_units, labour_per_unit, research_share, capital, capital_productivity,
    materials_per_unit, energy_per_unit, planned_output, expected_demand,
    inventory, output, supply, input_scale, ai_unit_spending, integration_due,
    storable, research_staff, overtime, materials_scale, energy_scale,
):  # fmt: skip
    """Output (goods) or capacity (services), and the scale at which each sector orders inputs; returns AI orders.

    ``materials_scale`` and ``energy_scale`` (20,) are the sums of output for which materials and energy are ordered.
    The orders of AI services and integration are money at expected prices. MODEL.md eq. 21-22.
    """
    ai_orders = 0.0
    for s in range(sector_start.size - 1):
        materials_scale[s] = 0.0
        energy_scale[s] = 0.0
        for i in range(sector_start[s], sector_start[s + 1]):
            at_work = efficiency_units[i] * (1.0 - research_share[i]) / (1.0 - research_staff[s])
            labour = productivity[i] * at_work / labour_per_unit[i]
            capacity = capital[i] * capital_productivity[i]
            if storable[s]:
                output[i] = min(planned_output[i], labour * (1.0 + overtime), capacity)
                supply[i] = output[i] + inventory[i]
                input_scale[i] = output[i]
            else:
                supply[i] = min(labour * (1.0 + overtime), capacity)
                input_scale[i] = min(expected_demand[i], supply[i])
            materials_scale[s] += input_scale[i] * materials_per_unit[i]
            energy_scale[s] += input_scale[i] * energy_per_unit[i]
            ai_orders += ai_unit_spending[i] * input_scale[i] + integration_due[i]
    return ai_orders


@kernel
def sell(sector_start, demand, market_share, supply, price, sales_quantity, unfilled, sold, value):
    """Each sector's demand goes to firms by market share; what some cannot fill others take, in four rounds.

    Writes quantities and the part unfilled at first; ``sold`` and ``value`` (20,) are each sector's sales.
    """
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        missing = 0.0
        for i in range(first, last):
            asked = market_share[i] * demand[s]
            sales_quantity[i] = min(asked, supply[i])
            unfilled[i] = 1.0 - sales_quantity[i] / asked if asked > 0.0 else 0.0
            missing += asked - sales_quantity[i]
        for _ in range(4):
            if missing <= 1e-12 * demand[s]:
                break
            shares = 0.0
            for i in range(first, last):
                if supply[i] > sales_quantity[i]:
                    shares += market_share[i]
            if shares <= 0.0:
                break
            left = 0.0
            for i in range(first, last):
                if supply[i] > sales_quantity[i]:
                    more = missing * market_share[i] / shares
                    taken = min(more, supply[i] - sales_quantity[i])
                    sales_quantity[i] += taken
                    left += more - taken
            missing = left
        sold[s] = 0.0
        value[s] = 0.0
        for i in range(first, last):
            sold[s] += sales_quantity[i]
            value[s] += sales_quantity[i] * price[i]
