"""What a unit costs every firm, and the price it asks."""

from __future__ import annotations

from numba import prange

from abm.kernels.compiling import parallel_kernel

__all__ = ["set_prices"]


@parallel_kernel
def set_prices(
    sector_start, productivity, efficiency_units, payroll, unit_wage, labour_per_unit, displaced_share, extra_capital,
    materials_per_unit, energy_per_unit, research_share, stage,
    co2_direct, co2_power, price, unit_cost, ai_unit_spending, unit_saving, mark_up, market_share,
    sector_unit_wage, input_cost, energy_cost, tax_rate, research_staff, posted_price,
    employer_rate, slack, services_per_task, subscription, ai_tax, voucher, user_cost,
    carbon_rate, retained, expected_inflation, price_speed,
):  # fmt: skip
    """Unit cost and price of every firm, and each sector's posted price (the mean by market share).

    Cost: inputs, energy, labour, AI services, carbon. Price: cost, the user cost of the capital that automated tasks
    need beyond the usual, a mark-up on what the unit would cost without AI (it pays for the plant that is needed
    with and without), and the retained part of what AI saves; production tax on top; approached at ``price_speed``
    after indexation. ``co2_direct`` (20,) tonnes of fuel per unit,
    ``co2_power`` (20,) tonnes per unit that do not react
    to the firm's process. MODEL.md eq. 16-20.
    """
    for s in prange(sector_start.size - 1):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        pay = 0.0
        units = 0.0
        for i in range(first, last):
            pay += payroll[i]
            units += efficiency_units[i]
        if units > 0.0:
            sector_unit_wage[s] = pay / units
        posted = 0.0
        shares = 0.0
        for i in range(first, last):
            own = sector_unit_wage[s]
            if efficiency_units[i] > 0.0:
                own = 0.5 * own + 0.5 * payroll[i] / efficiency_units[i]
            unit_wage[i] = own
            at_work = (1.0 - research_share[i]) / (1.0 - research_staff[s])
            labour = own * (1.0 + employer_rate) / (productivity[i] * at_work)
            services = (services_per_task * displaced_share[i] + subscription[stage[i]]) * labour
            ai_unit_spending[i] = services
            cost = (
                input_cost[s] * materials_per_unit[i] + energy_cost[s] * energy_per_unit[i]
                + labour * (1.0 + slack) * labour_per_unit[i] + services * (1.0 + ai_tax - voucher)
                + carbon_rate * (co2_direct[s] * energy_per_unit[i] + co2_power[s])
            )  # fmt: skip
            without = (
                input_cost[s] + energy_cost[s] + labour * (1.0 + slack) + carbon_rate * (co2_direct[s] + co2_power[s])
            )
            plant = user_cost * extra_capital[i]
            saving = max(0.0, without - cost - plant)
            unit_cost[i] = cost
            unit_saving[i] = saving
            wanted = (cost + plant + mark_up[i] * without + retained * saving) / (1.0 - tax_rate[s])
            indexed = price[i] * (1.0 + expected_inflation)
            ratio = min(1.25, max(0.8, wanted / indexed))
            price[i] = indexed * ratio**price_speed
            posted += market_share[i] * price[i]
            shares += market_share[i]
        posted_price[s] = posted / shares
