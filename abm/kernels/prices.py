"""What inputs and a unit of output cost, and the price that every firm asks."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel

__all__ = ["cost_inputs", "set_prices"]

SMALLEST = 1e-9  # thousand yuan of output, so that nothing is divided by zero


@kernel
def cost_inputs(sectors, plans, structure, macro, trade, energy, foreign_prices, power, refining, seller):
    """Import shares at the relative prices that buyers have taken in, and what a unit's inputs and energy cost.

    Those prices approach last quarter's, so that suppliers are changed over years. Fuel (``refining``) and electricity
    (``power``) per unit are what each sector needs of them, and so are the capital goods that replace them; the sector
    ``seller`` burns electricity in the AI services it sells. Writes inputs per unit by product and buyer, import shares
    of inputs and of final uses and both costs; returns the share of imports in AI services.
    See equations/wages_and_prices.md, eq. 30.
    """
    technical_coefficients, input_import_share = plans.technical_coefficients, structure.input_import_share
    energy_rows, opening_share = structure.energy_rows, structure.final_import_share
    coefficients, import_shares, final_import_share = plans.coefficients, plans.import_shares, plans.final_import_share
    producer_price, import_shift, equipment_need = sectors.producer_price, sectors.import_shift, sectors.equipment_need
    fuel_need, electricity_need = sectors.fuel_need, sectors.electricity_need
    relative_price, adjustment = sectors.relative_price, trade.adjustment_speed
    input_cost, energy_cost, highest = sectors.input_cost, sectors.energy_cost, trade.highest_import_share
    size = producer_price.size
    compute_power = 0.0
    if macro[0].services_used > 0.0:
        bought = energy.ai_electricity_cost * energy.ai_electricity_factor * macro[0].services_used
        compute_power = bought / max(sectors.output[seller], SMALLEST)
    input_cost[:] = 0.0
    energy_cost[:] = 0.0
    services_imported = 0.0
    for i in range(size):
        elasticity = trade.import_elasticity * (1.0 - opening_share[i])
        relative = relative_price[i] * (producer_price[i] / foreign_prices[i] / relative_price[i]) ** adjustment
        relative_price[i] = relative
        shift = relative**elasticity
        import_shift[i] = shift
        final_import_share[i] = min(opening_share[i] * shift, highest)
        for j in range(size):
            share = min(input_import_share[i, j] * shift, highest)
            import_shares[i, j] = share
            needed = technical_coefficients[i, j] + structure.capital_basket[i] * equipment_need[j]
            if i == refining:
                needed += technical_coefficients[i, j] * (fuel_need[j] - 1.0)
            elif i == power:
                needed += technical_coefficients[i, j] * (electricity_need[j] - 1.0)
            if i == power and j == seller:
                needed += compute_power
            if i == seller:
                services_imported += share
            coefficients[i, j] = needed
            paid = needed * ((1.0 - share) * producer_price[i] + share * foreign_prices[i])
            if energy_rows[i]:
                energy_cost[j] += paid
            else:
                input_cost[j] += paid
    return services_imported / size


@parallel_kernel
def set_prices(
    firms, sectors, structure, plans, macro, instruments, firm_rules, investment_rules, carbon_rate, foreign_prices
):  # fmt: skip
    """Unit cost and price of every firm, and each sector's posted price (the mean by market share).

    Cost: inputs, energy, labour, AI services, carbon. Price: cost, the user cost of the capital that automated tasks
    need beyond the usual, what capital wears out faster than at the opening since more of it is compute, a mark-up on
    what the unit would cost without AI (it pays for the plant that is needed with and without), and the retained part
    of what AI saves; production tax on top; approached at the sector's speed after partial indexation. Firms ask for
    more the more of its capacity their sector uses against the usual, as marginal cost rises with it. Harvests move
    what farms ask, and world prices what mines and refineries ask, beyond cost: that is income of theirs.
    ``carbon_rate`` is thousand yuan a tonne. See equations/wages_and_prices.md, eq. 16-20.
    """
    sector_start, price, mark_up, market_share = structure.sector_start, firms.price, firms.mark_up, firms.market_share
    payroll, units_of_labour, unit_wage = firms.payroll, firms.efficiency_units, firms.unit_wage
    expected_demand, capital, capital_productivity = firms.expected_demand, firms.capital, firms.capital_productivity
    productivity, research_share, labour_factor = firms.productivity, firms.research_share, firms.labour_factor
    labour_per_unit, extra_capital = firms.labour_per_unit, firms.extra_capital
    materials_per_unit, energy_per_unit = firms.materials_per_unit, firms.energy_per_unit
    unit_cost, ai_unit_spending, unit_saving = firms.unit_cost, firms.ai_unit_spending, firms.unit_saving
    sector_unit_wage, input_cost, energy_cost = sectors.unit_wage, sectors.input_cost, sectors.energy_cost
    posted_price, co2_direct, co2_power = sectors.posted_price, plans.expected_co2_direct, plans.expected_co2_power
    tax_rate, research_staff, slack = (
        structure.production_tax_rate,
        structure.research_staff,
        structure.idle_staff,
    )
    final_import_share, expected_final_price = plans.final_import_share, plans.expected_final_price
    labour_tax = 1.0 + structure.employer_rate
    capital_wear, usual_wear, capacity_per_capital = sectors.wear, structure.usual_wear, structure.capacity_per_capital
    required_return, capital_price = investment_rules.required_return, macro[0].capital_price
    utilisation = firm_rules.normal_utilisation
    net_of_tax_and_voucher = 1.0 + instruments.ai_tax - instruments.compute_voucher
    retained, speed = firm_rules.ai_saving_retained, structure.price_speed
    usual_use, use_slope = sectors.usual_use, firm_rules.price_utilisation
    harvest, world = macro[0].harvest_shock, firm_rules.commodity_following * macro[0].commodity_shock
    own_weight, most, least = (
        firm_rules.own_wage_weight,
        firm_rules.largest_price_gap,
        1.0 / firm_rules.largest_price_gap,
    )
    indexation = 1.0 + firm_rules.indexation * macro[0].expected_inflation
    indexation += firm_rules.indexation_to_past * macro[0].smooth_inflation
    for s in prange(sector_start.size - 1):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        pay = 0.0
        units = 0.0
        wanted_of_sector = 0.0
        capacity = 0.0
        for i in range(first, last):
            pay += payroll[i]
            units += units_of_labour[i]
            wanted_of_sector += expected_demand[i]
            capacity += capital_productivity[i] * capital[i]
        if units > 0.0:
            sector_unit_wage[s] = pay / units
        use = wanted_of_sector / max(capacity, SMALLEST)
        tight = min(most, max(least, use / max(usual_use[s], SMALLEST)))
        usual_use[s] += firm_rules.usual_use_gain * (use - usual_use[s])
        asked = np.exp(structure.farming[s] * harvest + structure.commodity[s] * world) / (1.0 - tax_rate[s])
        asked *= tight**use_slope
        user_cost = (capital_wear[s] + required_return) * capital_price
        faster = (capital_wear[s] - usual_wear[s]) * capital_price / (utilisation * capacity_per_capital[s])
        posted = 0.0
        shares = 0.0
        for i in range(first, last):
            own = sector_unit_wage[s]
            if units_of_labour[i] > 0.0:
                own = (1.0 - own_weight) * own + own_weight * payroll[i] / units_of_labour[i]
            unit_wage[i] = own
            at_work = (1.0 - research_share[i]) / (1.0 - research_staff[s])
            labour = own * labour_tax / (productivity[i] * at_work)
            labour *= labour_factor[i] * (1.0 + slack[s])
            cost = (
                input_cost[s] * materials_per_unit[i] + energy_cost[s] * energy_per_unit[i]
                + labour * labour_per_unit[i] + ai_unit_spending[i] * net_of_tax_and_voucher
                + carbon_rate * (co2_direct[s] * energy_per_unit[i] + co2_power[s])
            )  # fmt: skip
            without = input_cost[s] + energy_cost[s] + labour + carbon_rate * (co2_direct[s] + co2_power[s])
            plant = user_cost * extra_capital[i] + faster
            saving = max(0.0, without - cost - plant)
            unit_cost[i] = cost
            unit_saving[i] = saving
            wanted = (cost + plant + mark_up[i] * without + retained * saving) * asked
            indexed = price[i] * indexation
            ratio = min(most, max(least, wanted / indexed))
            price[i] = indexed * ratio ** speed[s]
            posted += market_share[i] * price[i]
            shares += market_share[i]
        posted_price[s] = posted / shares
        abroad = final_import_share[s]
        expected_final_price[s] = (1.0 - abroad) * posted_price[s] + abroad * foreign_prices[s]
