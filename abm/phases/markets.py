"""Orders of the rest of the world, and the markets for goods and services."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.accounts import add_up
from abm.kernels.markets import fill_orders, order_exports, order_inputs, ration_sales
from abm.phase import phase
from abm.plans import Use


@phase
def goods_markets_clear(economy: Economy) -> None:
    """Match orders with supply in every sector (eq. 32).

    What firms cannot deliver is imported where the good is tradable; elsewhere final uses go without, and imports fill
    only what production itself needs. Everybody pays the mean price of a sector's sales.
    """
    firms, sectors, structure, plans = economy.firms, economy.sectors, economy.structure, economy.plans
    seller, imported = structure.rows.ai_services, plans.services_import_share
    services = plans.ai_orders / plans.services_price
    order_inputs(sectors.view, plans.view, structure.view, services, imported, seller)
    ration_sales[economy.threads](firms.view, sectors.view, structure.view)
    at_home, plans.investment_realised = fill_orders(
        sectors.view, plans.view, structure.view, plans.foreign_prices, services, imported, seller
    )
    plans.services_paid_domestic = at_home * float(sectors.producer_price[seller]) / plans.services_price
    plans.services_paid_imported = (1 - at_home) * plans.foreign_price / plans.services_price
    economy.macro.services_used = services + plans.public_services / plans.services_price
    economy.macro.ai_services = economy.macro.services_used + add_up(plans.integration)
    home, abroad, _ = plans.paid[Use.INTEGRATION].tolist()
    ordered = add_up(firms.integration_due)
    plans.integration_paid = (home + abroad) / ordered if ordered > 0 else 0.0


@phase
def foreigners_order(economy: Economy) -> None:
    """Exports follow world demand and, over years, relative prices (eq. 30)."""
    order_exports(
        economy.sectors.view, economy.plans.view, economy.structure.view, economy.macro.view,
        economy.parameters.trade.view,
    )  # fmt: skip
