"""What a unit costs every firm, and the price it asks."""

from __future__ import annotations

from numba import prange

from abm.kernels.compiling import parallel_kernel
from abm.kernels.technology import process_gain

__all__ = ["set_prices"]


@parallel_kernel
def set_prices(
    sector_start, productivity, efficiency_units, payroll, unit_wage, labour_per_unit, displaced_share, ai_use, stage,
    co2_direct, co2_power, price, unit_cost, ai_unit_spending, unit_saving, mark_up, market_share,
    sector_unit_wage, input_cost, energy_cost, tax_rate, process, posted_price,
    employer_rate, slack, net_saving, new_tasks, subscription, ai_tax, voucher, yield_gain, energy_saving, process_half,
    carbon_rate, retained, expected_inflation, price_speed,
):  # fmt: skip
    """Unit cost and price of every firm, and each sector's posted price (the mean by market share).

    Cost: inputs, energy, labour, AI services, carbon. Price: (1 + mark-up) × (cost + retained part of the saving that
    AI brings), production tax on top, approached at ``price_speed`` after indexation. ``co2_direct`` (20,) tonnes of
    fuel per unit, ``co2_power`` (20,) tonnes per unit that do not react to the firm's process. MODEL.md eq. 16-20.
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
            labour = own * (1.0 + employer_rate) / productivity[i]
            gain = process[s] * process_gain(ai_use[i], process_half) if ai_use[i] > 0.0 else 0.0
            materials = input_cost[s] * (1.0 - yield_gain * gain)
            energy = energy_cost[s] * (1.0 - energy_saving * gain)
            services = ((1.0 - new_tasks) * (1.0 - net_saving) * displaced_share[i] + subscription[stage[i]]) * labour
            ai_unit_spending[i] = services
            carbon = carbon_rate * (co2_direct[s] * (1.0 - energy_saving * gain) + co2_power[s])
            cost = (
                materials + energy + labour * (1.0 + slack) * labour_per_unit[i]
                + services * (1.0 + ai_tax - voucher) + carbon
            )  # fmt: skip
            emitted = co2_direct[s] + co2_power[s]
            before = input_cost[s] + energy_cost[s] + labour * (1.0 + slack) + carbon_rate * emitted
            saving = max(0.0, before - cost)
            unit_cost[i] = cost
            unit_saving[i] = saving
            wanted = (1.0 + mark_up[i]) * (cost + retained * saving) / (1.0 - tax_rate[s])
            indexed = price[i] * (1.0 + expected_inflation)
            ratio = min(1.25, max(0.8, wanted / indexed))
            price[i] = indexed * ratio**price_speed
            posted += market_share[i] * price[i]
            shares += market_share[i]
        posted_price[s] = posted / shares
