"""Costs and prices."""

from __future__ import annotations

from abm.economics.carbon import carbon_rate
from abm.economy import Economy
from abm.kernels.energy import emission_factors
from abm.kernels.prices import cost_inputs, set_prices
from abm.phase import phase


@phase
def inputs_are_costed(economy: Economy) -> None:
    """Import shares at last quarter's prices (Armington, eq. 30) and what inputs and energy cost per unit of output.

    Fuel and electricity per unit follow their own trends and the carbon price; compute burns electricity.
    """
    sectors, macro, structure, plans = economy.sectors, economy.macro, economy.structure, economy.plans
    rows, p = structure.rows, economy.parameters
    imported = cost_inputs(
        sectors.view, plans.view, structure.view, macro.view, p.trade.view, p.energy.view, plans.foreign_price,
        rows.POWER, rows.REFINING, rows.ICT,
    )  # fmt: skip
    plans.services_import_share = imported
    plans.services_price = (1 - imported) * float(sectors.producer_price[rows.ICT]) + imported * plans.foreign_price


@phase
def firms_set_prices(economy: Economy) -> None:
    """Unit costs and prices (eq. 16-20); part of what AI saves stays in the price."""
    structure, p, plans, rows = economy.structure, economy.parameters, economy.plans, economy.structure.rows
    firms, sectors, macro, instruments = economy.firms, economy.sectors, economy.macro, economy.instruments
    plans.carbon_rate = max(0.0, carbon_rate(instruments, macro))
    emission_factors(
        sectors.view, structure.view, macro.view, rows.POWER, float(sectors.output[rows.POWER]),
        plans.expected_co2_direct, plans.expected_co2_power,
    )  # fmt: skip
    set_prices[economy.threads](
        firms.view, sectors.view, structure.view, plans.view, macro.view, instruments.view, p.firms.view,
        p.investment.view, p.artificial_intelligence.view, plans.carbon_rate, plans.foreign_price,
    )  # fmt: skip
