"""Orders for goods, who fills them, and what everybody pays."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Use
from abm.compiling.kernels import kernel, parallel_kernel

__all__ = ["fill_orders", "order_exports", "order_inputs", "pay", "ration_sales"]

ROUNDS = 4  # in which firms take over what others cannot deliver
NEGLIGIBLE = 1e-12  # of a sector's demand
CONSUMPTION, DWELLINGS, GOVERNMENT, PUBLIC, CAPITAL, INTEGRATION = (int(use) for use in Use)


@kernel
def order_exports(sectors, plans, structure, macro, trade):
    """Foreigners' orders: those of the opening by world demand and the relative price that buyers have taken in.

    See equations/production_and_demand.md, eq. 30.
    """
    relative_price, exports, orders = sectors.relative_price, structure.exports, plans.export_orders
    world = macro[0].world_demand
    mood = np.exp(macro[0].export_shock + macro[0].world_gain)
    for i in range(orders.size):
        orders[i] = exports[i] * world * mood * relative_price[i] ** -trade.export_elasticity


@kernel
def order_inputs(sectors, plans, structure, services, services_imported, seller):
    """Demand for domestic goods: inputs, final uses and exports.

    ``services`` are AI services, bought from the sector ``seller``; the share ``services_imported`` comes from abroad.
    Writes ``input_orders``, domestic goods for inputs, ``final_orders`` and ``sectors.demand``.
    """
    coefficients, import_shares, energy_rows = plans.coefficients, plans.import_shares, structure.energy_rows
    materials_scale, energy_scale = plans.materials_scale, plans.energy_scale
    consumption, dwellings, government = plans.consumption, plans.dwellings, plans.government
    public, capital, integration = plans.public, plans.capital, plans.integration
    input_orders, final_orders, export_orders = plans.input_orders, plans.final_orders, plans.export_orders
    demand, final_import_share = sectors.demand, plans.final_import_share
    for i in range(demand.size):
        inputs = 0.0
        for j in range(demand.size):
            scale = energy_scale[j] if energy_rows[i] else materials_scale[j]
            inputs += coefficients[i, j] * scale * (1.0 - import_shares[i, j])
        if i == seller:
            inputs += services * (1.0 - services_imported)
        final = consumption[i] + dwellings[i] + government[i] + public[i] + capital[i] + integration[i]
        input_orders[i] = inputs
        final_orders[i] = final
        demand[i] = inputs + (1.0 - final_import_share[i]) * final + export_orders[i]


@parallel_kernel
def ration_sales(firms, sectors, structure):
    """Each sector's demand goes to firms by market share; what some cannot fill others take, in four rounds.

    Writes what every firm sells and which part of the orders it could not fill at first, the sector's sales and their
    mean price. A sector whose last worker has just retired sells nothing and keeps its price.
    See equations/markets_and_energy.md, eq. 32.
    """
    sector_start, market_share, supply, price = structure.sector_start, firms.market_share, firms.supply, firms.price
    sales_quantity, unfilled = firms.sales_quantity, firms.unfilled_demand_share
    demand, sales, producer_price = sectors.demand, sectors.sales, sectors.producer_price
    for s in prange(demand.size):
        first, last = sector_start[s], sector_start[s + 1]
        missing = 0.0
        for i in range(first, last):
            asked = market_share[i] * demand[s]
            sales_quantity[i] = min(asked, supply[i])
            unfilled[i] = 1.0 - sales_quantity[i] / asked if asked > 0.0 else 0.0
            missing += asked - sales_quantity[i]
        for _ in range(ROUNDS):
            if missing <= NEGLIGIBLE * demand[s]:
                break
            shares = 0.0
            for i in range(first, last):  # no branch for each firm, since none could be foreseen
                shares += market_share[i] * (supply[i] > sales_quantity[i])
            if shares <= 0.0:
                break
            left = 0.0
            for i in range(first, last):
                more = missing * (market_share[i] * (supply[i] > sales_quantity[i])) / shares
                taken = min(more, supply[i] - sales_quantity[i])
                sales_quantity[i] += taken
                left += more - taken
            missing = left
        sold = 0.0
        value = 0.0
        for i in range(first, last):
            sold += sales_quantity[i]
            value += sales_quantity[i] * price[i]
        sales[s] = sold
        if sold > 0.0:
            producer_price[s] = value / sold


@kernel
def fill_orders(sectors, plans, structure, foreign_prices, services, services_imported, seller):
    """Which part of every order domestic firms fill, what is imported instead, and what everybody pays.

    What firms cannot deliver is imported where the good is tradable; elsewhere final uses go without, and imports fill
    only what production itself needs. Exporters get what is left, so that sales and purchases agree to the bit.

    Writes exports, imports, prices of final uses, the costs of inputs per unit of output as they are paid, and
    ``paid`` (uses, 3): domestic money, imported money, quantity. Returns the part of AI services that domestic firms of
    the sector ``seller`` provide, and the part of firms' orders for capital goods that is delivered.
    See equations/markets_and_energy.md, eq. 33.
    """
    coefficients, import_shares, energy_rows = plans.coefficients, plans.import_shares, structure.energy_rows
    tradable, demand, sales = structure.tradable, sectors.demand, sectors.sales
    producer_price, final_price = sectors.producer_price, sectors.final_price
    materials_scale, energy_scale = plans.materials_scale, plans.energy_scale
    consumption, dwellings, government = plans.consumption, plans.dwellings, plans.government
    public, capital, integration, paid = plans.public, plans.capital, plans.integration, plans.paid
    final_import_share = plans.final_import_share
    input_orders, final_orders, export_orders = plans.input_orders, plans.final_orders, plans.export_orders
    materials_price, energy_price = plans.materials_price, plans.energy_price
    import_materials, import_energy = plans.import_materials, plans.import_energy
    materials_price[:] = 0.0
    energy_price[:] = 0.0
    import_materials[:] = 0.0
    import_energy[:] = 0.0
    paid[:] = 0.0
    capital_ordered = 0.0
    services_at_home = 0.0
    for i in range(demand.size):
        domestic = (1.0 - final_import_share[i]) * final_orders[i]
        others = domestic + export_orders[i]
        if tradable[i]:
            part = min(1.0, sales[i] / demand[i])
            fill = part
        else:
            part = 1.0
            if sales[i] < input_orders[i]:
                part = min(1.0, sales[i] / max(input_orders[i], 1e-300))
            fill = min(max((sales[i] - input_orders[i]) / others, 0.0), 1.0) if others > 0.0 else 1.0
        exports = sales[i] - part * input_orders[i] - fill * domestic
        plans.exports[i] = exports
        sectors.exports[i] = exports
        home = (1.0 - final_import_share[i]) * fill
        abroad = final_import_share[i]
        if tradable[i]:
            abroad += (1.0 - final_import_share[i]) * (1.0 - fill)
        final_price[i] = (home * producer_price[i] + abroad * foreign_prices[i]) / (home + abroad)
        bought = 0.0
        for j in range(demand.size):
            share = import_shares[i, j]
            imported = share + (1.0 - share) * (1.0 - part)
            domestic_cost = coefficients[i, j] * (1.0 - share) * part * producer_price[i]
            imported_cost = coefficients[i, j] * imported * foreign_prices[i]
            if energy_rows[i]:
                energy_price[j] += domestic_cost
                import_energy[j] += imported_cost
                bought += coefficients[i, j] * energy_scale[j] * imported
            else:
                materials_price[j] += domestic_cost
                import_materials[j] += imported_cost
                bought += coefficients[i, j] * materials_scale[j] * imported
        bought += abroad * final_orders[i]
        if i == seller:
            services_at_home = (1.0 - services_imported) * part
            bought += services * (1.0 - services_at_home)
        sectors.imports[i] = bought
        price, foreign_price = producer_price[i], foreign_prices[i]
        pay(paid, CONSUMPTION, consumption[i], home, abroad, price, foreign_price)
        pay(paid, DWELLINGS, dwellings[i], home, abroad, price, foreign_price)
        pay(paid, GOVERNMENT, government[i], home, abroad, price, foreign_price)
        pay(paid, PUBLIC, public[i], home, abroad, price, foreign_price)
        pay(paid, CAPITAL, capital[i], home, abroad, price, foreign_price)
        pay(paid, INTEGRATION, integration[i], home, abroad, price, foreign_price)
        capital_ordered += capital[i]
    return services_at_home, paid[CAPITAL, 2] / capital_ordered if capital_ordered > 0.0 else 1.0


@kernel
def pay(paid, use, ordered, home, abroad, price, foreign_price):
    """Adds what a final use pays at home and abroad for the parts of its order that it gets, and the quantity."""
    paid[use, 0] += home * ordered * price
    paid[use, 1] += abroad * ordered * foreign_price
    paid[use, 2] += (home + abroad) * ordered
