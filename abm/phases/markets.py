"""The markets for goods and services."""

from __future__ import annotations

import numpy as np

from abm.kernels.firms import sell
from abm.phase import phase

ICT = 15
USES = ("consumption", "dwellings", "government", "public", "capital")


@phase(
    reads="firms.supply firms.price firms.market_share",
    writes="firms.sales_quantity firms.unfilled sectors.demand sectors.sales sectors.producer_price sectors.final_price "
    "sectors.imports sectors.exports aggregate.ai_services",
)
def goods_markets_clear(economy) -> None:
    """Orders meet supply sector by sector (eq. 32).

    What firms cannot deliver is imported where the good is tradable; elsewhere final uses go without, and imports fill
    only what production itself needs. Everybody pays the mean price of a sector's sales.
    """
    structure, s, f, now = economy.structure, economy.state.sectors, economy.state.firms, economy.now
    scale = np.where(structure.energy_rows[:, None], now.energy_scale, now.materials_scale)
    inputs = now.coefficients * scale
    services = now.ai_orders / now.services_price
    services_import = float(now.import_shares[ICT].mean())
    intermediate = (inputs * (1 - now.import_shares)).sum(axis=1)
    intermediate[ICT] += services * (1 - services_import)
    final = sum(getattr(now, use) for use in USES)
    final_domestic = (1 - now.final_import_share) * final
    s.demand[:] = intermediate + final_domestic + now.exports
    value = np.zeros_like(s.sales)
    sell(
        structure.sector_start, s.demand, f.market_share, f.supply, f.price, f.sales_quantity, f.unfilled, s.sales, value
    )
    s.producer_price[:] = value / s.sales
    # Parts of the orders that domestic firms fill; the rest is imported or goes without.
    filled = np.minimum(1.0, s.sales / s.demand)
    others = final_domestic + now.exports
    left = np.divide(s.sales - intermediate, others, out=np.ones_like(others), where=others > 0)
    home = np.clip(left, 0.0, 1.0)
    short = np.minimum(1.0, s.sales / np.maximum(intermediate, 1e-300))
    for_inputs = np.where(structure.tradable, filled, np.where(s.sales < intermediate, short, 1.0))
    for_final = np.where(structure.tradable, filled, home)
    # What exporters get; rounding is left to them, so that sales and purchases agree to the bit.
    now.exports = s.sales - for_inputs * intermediate - for_final * final_domestic
    imported = now.import_shares + (1 - now.import_shares) * (1 - for_inputs)[:, None]
    domestic_price = now.coefficients * (1 - now.import_shares) * for_inputs[:, None] * s.producer_price[:, None]
    imported_price = now.coefficients * imported * now.foreign_price
    energy = structure.energy_rows
    now.materials_price, now.energy_price = domestic_price[~energy].sum(axis=0), domestic_price[energy].sum(axis=0)
    now.import_materials, now.import_energy = imported_price[~energy].sum(axis=0), imported_price[energy].sum(axis=0)
    services_home = (1 - services_import) * for_inputs[ICT]
    now.services_paid = (
        float(services_home * s.producer_price[ICT] / now.services_price),
        float((1 - services_home) * now.foreign_price / now.services_price),
    )
    home_share = (1 - now.final_import_share) * for_final
    import_share = now.final_import_share + np.where(
        structure.tradable, (1 - now.final_import_share) * (1 - for_final), 0.0
    )
    for use in USES:
        ordered = getattr(now, use)
        now.paid[use] = (
            float((home_share * ordered * s.producer_price).sum()),
            float((import_share * ordered).sum()) * now.foreign_price,
            float(((home_share + import_share) * ordered).sum()),
        )
    s.final_price[:] = (home_share * s.producer_price + import_share * now.foreign_price) / (home_share + import_share)
    s.imports[:] = (inputs * imported).sum(axis=1) + import_share * final
    s.imports[ICT] += services * (1 - services_home)
    s.exports[:] = now.exports
    economy.state.aggregate.ai_services = float(services)
    wanted = float(now.capital.sum())
    now.investment_realised = now.paid["capital"][2] / wanted if wanted > 0 else 1.0
