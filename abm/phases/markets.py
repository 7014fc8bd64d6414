"""The markets for goods and services."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy
from abm.kernels.goods import sell
from abm.kernels.sectors import fill_orders, order_inputs
from abm.phase import phase
from abm.plans import Use

ICT = 15


@phase
def goods_markets_clear(economy: Economy) -> None:
    """Orders meet supply sector by sector (eq. 32).

    What firms cannot deliver is imported where the good is tradable; elsewhere final uses go without, and imports fill
    only what production itself needs. Everybody pays the mean price of a sector's sales.
    """
    structure, s, f, now = economy.structure, economy.state.sectors, economy.state.firms, economy.plans
    services = now.ai_orders / now.services_price
    services_import = float(now.import_shares[ICT].mean())
    intermediate, final, for_inputs, value = np.empty((4, s.rows))
    order_inputs(
        now.coefficients, now.import_shares, structure.energy_rows, now.materials_scale, now.energy_scale, now.final_uses,
        now.final_import_share, now.exports, services, services_import, ICT, intermediate, final, s.demand,
    )  # fmt: skip
    sell(
        structure.sector_start, s.demand, f.market_share, f.supply, f.price, f.sales_quantity, f.unfilled, s.sales,
        value,
    )  # fmt: skip
    # A sector whose last worker has just retired sells nothing this quarter and keeps its price.
    np.divide(value, s.sales, out=s.producer_price, where=s.sales > 0)
    unit_costs = np.empty((4, s.rows))
    fill_orders(
        now.coefficients, now.import_shares, structure.energy_rows, structure.tradable, now.materials_scale,
        now.energy_scale, now.final_uses, now.final_import_share, intermediate, final, s.demand, s.sales, s.producer_price,
        now.foreign_price, now.exports, s.final_price, s.imports, for_inputs, unit_costs, now.paid,
    )  # fmt: skip
    now.materials_price[:], now.energy_price[:], now.import_materials[:], now.import_energy[:] = unit_costs
    services_home = (1 - services_import) * float(for_inputs[ICT])
    now.services_paid_domestic = services_home * float(s.producer_price[ICT]) / now.services_price
    now.services_paid_imported = (1 - services_home) * now.foreign_price / now.services_price
    s.imports[ICT] += services * (1 - services_home)
    s.exports[:] = now.exports
    economy.state.macro.ai_services = float(services) + now.public_services / now.services_price
    wanted = float(now.capital.sum())
    now.investment_realised = float(now.paid[Use.CAPITAL, 2]) / wanted if wanted > 0 else 1.0
