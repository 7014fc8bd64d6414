"""The algebra of twenty sectors: what inputs cost, and who pays whom at which prices once goods are sold."""

from __future__ import annotations

from abm.kernels.compiling import kernel

__all__ = ["cost_inputs", "fill_orders", "order_inputs"]


@kernel
def cost_inputs(
    input_coefficients, input_import_share, final_import_share, energy_rows, producer_price, price_response,
    foreign_price, elasticity, highest, power, refining, electricity_index, fuel_index, compute_buyer, compute_power,
    import_shift, coefficients, import_shares, final_imports, input_cost, energy_cost,
):  # fmt: skip
    """Import shares at last quarter's prices and the cost of inputs and of energy per unit of output.

    Reads tables (20, 20) by product and buyer and vectors (20,); writes ``import_shift`` (20,), ``coefficients`` and
    ``import_shares`` (20, 20), ``final_imports``, ``input_cost`` and ``energy_cost`` (20,). ``compute_power`` is the
    electricity that AI services add to the row ``power`` of the sector ``compute_buyer``.
    """
    sectors = producer_price.size
    input_cost[:] = 0.0
    energy_cost[:] = 0.0
    for i in range(sectors):
        shift = (producer_price[i] / foreign_price) ** (elasticity * (1.0 - final_import_share[i]))
        import_shift[i] = shift
        final_imports[i] = min(final_import_share[i] * shift, highest)
        index = 1.0
        if i == power:
            index = electricity_index
        elif i == refining:
            index = fuel_index
        own = i in (power, refining)
        for j in range(sectors):
            share = min(input_import_share[i, j] * shift, highest)
            import_shares[i, j] = share
            needed = input_coefficients[i, j]
            if own:
                needed *= index * price_response[j]
            if i == power and j == compute_buyer:
                needed += compute_power
            coefficients[i, j] = needed
            paid = needed * ((1.0 - share) * producer_price[i] + share * foreign_price)
            if energy_rows[i]:
                energy_cost[j] += paid
            else:
                input_cost[j] += paid


@kernel
def order_inputs(
    coefficients, import_shares, energy_rows, materials_scale, energy_scale, final_uses, final_import_share, exports,
    services, services_import, seller, intermediate, final, demand,
):  # fmt: skip
    """Demand for domestic goods: inputs, final uses (uses, 20) and exports.

    ``services`` are AI services and integration, bought from the sector ``seller``. Writes ``intermediate`` domestic
    inputs, ``final`` uses and ``demand``, each (20,).
    """
    for i in range(demand.size):
        total = 0.0
        for j in range(demand.size):
            scale = energy_scale[j] if energy_rows[i] else materials_scale[j]
            total += coefficients[i, j] * scale * (1.0 - import_shares[i, j])
        if i == seller:
            total += services * (1.0 - services_import)
        intermediate[i] = total
        bought = 0.0
        for use in range(final_uses.shape[0]):
            bought += final_uses[use, i]
        final[i] = bought
        demand[i] = total + (1.0 - final_import_share[i]) * bought + exports[i]


@kernel
def fill_orders(
    coefficients, import_shares, energy_rows, tradable, materials_scale, energy_scale, final_uses, final_import_share,
    intermediate, final, demand, sales, producer_price, foreign_price,
    exports, final_price, imports, for_inputs, unit_costs, paid,
):  # fmt: skip
    """Which part of every order domestic firms fill, what is imported instead, and what everybody pays.

    What firms cannot deliver is imported where the good is tradable; elsewhere final uses go without, and imports fill
    only what production itself needs. Exporters get what is left, so that sales and purchases agree to the bit.

    Writes ``exports``, ``final_price``, ``imports``, the domestic part ``for_inputs`` (20,) of orders for inputs,
    ``unit_costs`` (4, 20) domestic materials, domestic energy, imported materials, imported energy per unit of output,
    and ``paid`` (uses, 3): domestic money, imported money, quantity.
    """
    sectors = demand.size
    unit_costs[:] = 0.0
    paid[:] = 0.0
    for i in range(sectors):
        domestic = (1.0 - final_import_share[i]) * final[i]
        others = domestic + exports[i]
        if tradable[i]:
            part = min(1.0, sales[i] / demand[i])
            fill = part
        else:
            part = 1.0
            if sales[i] < intermediate[i]:
                part = min(1.0, sales[i] / max(intermediate[i], 1e-300))
            fill = min(max((sales[i] - intermediate[i]) / others, 0.0), 1.0) if others > 0.0 else 1.0
        for_inputs[i] = part
        exports[i] = sales[i] - part * intermediate[i] - fill * domestic
        home = (1.0 - final_import_share[i]) * fill
        abroad = final_import_share[i]
        if tradable[i]:
            abroad += (1.0 - final_import_share[i]) * (1.0 - fill)
        final_price[i] = (home * producer_price[i] + abroad * foreign_price) / (home + abroad)
        bought = 0.0
        for j in range(sectors):
            share = import_shares[i, j]
            imported = share + (1.0 - share) * (1.0 - part)
            domestic_cost = coefficients[i, j] * (1.0 - share) * part * producer_price[i]
            imported_cost = coefficients[i, j] * imported * foreign_price
            if energy_rows[i]:
                unit_costs[1, j] += domestic_cost
                unit_costs[3, j] += imported_cost
                bought += coefficients[i, j] * energy_scale[j] * imported
            else:
                unit_costs[0, j] += domestic_cost
                unit_costs[2, j] += imported_cost
                bought += coefficients[i, j] * materials_scale[j] * imported
        imports[i] = bought + abroad * final[i]
        for use in range(final_uses.shape[0]):
            ordered = final_uses[use, i]
            paid[use, 0] += home * ordered * producer_price[i]
            paid[use, 1] += abroad * ordered * foreign_price
            paid[use, 2] += (home + abroad) * ordered
