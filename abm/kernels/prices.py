"""What a unit costs every firm, and the price it asks."""

from __future__ import annotations

from numba import prange

from abm.kernels.compiling import parallel_kernel

__all__ = ["set_prices"]


@parallel_kernel
def set_prices(
    firms, sectors, structure, plans, macro, instruments, firm_rules, services_per_task, subscriptions, user_cost,
    carbon_rate,
):  # fmt: skip
    """Unit cost and price of every firm, and each sector's posted price (the mean by market share).

    Cost: inputs, energy, labour, AI services, carbon. Price: cost, the user cost of the capital that automated tasks
    need beyond the usual, a mark-up on what the unit would cost without AI (it pays for the plant that is needed with
    and without), and the retained part of what AI saves; production tax on top; approached at ``price_speed`` after
    indexation. ``services_per_task`` and ``subscriptions`` (4,) by stage are AI services, share of the labour cost;
    ``user_cost`` is that of capital per unit, ``carbon_rate`` thousand yuan a tonne. MODEL.md eq. 16-20.
    """
    sector_start, price, mark_up, market_share = structure.sector_start, firms.price, firms.mark_up, firms.market_share
    payroll, units_of_labour, unit_wage = firms.payroll, firms.efficiency_units, firms.unit_wage
    productivity, research_share, displaced_share = firms.productivity, firms.research_share, firms.displaced_share
    labour_per_unit, extra_capital, stage = firms.labour_per_unit, firms.extra_capital, firms.ai_stage
    materials_per_unit, energy_per_unit = firms.materials_per_unit, firms.energy_per_unit
    unit_cost, ai_unit_spending, unit_saving = firms.unit_cost, firms.ai_unit_spending, firms.unit_saving
    sector_unit_wage, input_cost, energy_cost = sectors.unit_wage, sectors.input_cost, sectors.energy_cost
    posted_price, co2_direct, co2_power = sectors.posted_price, plans.expected_co2_direct, plans.expected_co2_power
    tax_rate, research_staff, slack = structure.production_tax_rate, structure.research_staff, structure.slack
    labour_tax = 1.0 + structure.employer_rate
    net_of_tax_and_voucher = 1.0 + instruments.ai_tax - instruments.compute_voucher
    retained, price_speed = firm_rules.saving_retained, firm_rules.price_speed
    indexation = 1.0 + macro[0].expected_inflation
    for s in prange(sector_start.size - 1):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        pay = 0.0
        units = 0.0
        for i in range(first, last):
            pay += payroll[i]
            units += units_of_labour[i]
        if units > 0.0:
            sector_unit_wage[s] = pay / units
        posted = 0.0
        shares = 0.0
        for i in range(first, last):
            own = sector_unit_wage[s]
            if units_of_labour[i] > 0.0:
                own = 0.5 * own + 0.5 * payroll[i] / units_of_labour[i]
            unit_wage[i] = own
            at_work = (1.0 - research_share[i]) / (1.0 - research_staff[s])
            labour = own * labour_tax / (productivity[i] * at_work)
            services = (services_per_task * displaced_share[i] + subscriptions[stage[i]]) * labour
            ai_unit_spending[i] = services
            cost = (
                input_cost[s] * materials_per_unit[i] + energy_cost[s] * energy_per_unit[i]
                + labour * (1.0 + slack) * labour_per_unit[i] + services * net_of_tax_and_voucher
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
            indexed = price[i] * indexation
            ratio = min(1.25, max(0.8, wanted / indexed))
            price[i] = indexed * ratio**price_speed
            posted += market_share[i] * price[i]
            shares += market_share[i]
        posted_price[s] = posted / shares
