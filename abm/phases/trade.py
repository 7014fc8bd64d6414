"""What the rest of the world means to buy."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.markets import order_exports
from abm.phase import phase


@phase
def foreigners_order(economy: Economy) -> None:
    """Exports follow world demand and the price against foreign goods (eq. 30)."""
    plans, trade = economy.plans, economy.parameters.trade
    order_exports(
        economy.sectors.view, plans.view, economy.structure.view, economy.macro.view, trade.view, plans.foreign_price
    )
