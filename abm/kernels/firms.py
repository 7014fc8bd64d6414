"""Costs, prices, production, sales, investment, accounts and competition: loops over firms."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel
from abm.kernels.draws import normal, stream_key, uniform
from abm.kernels.technology import process_gain

__all__ = [
    "FIRM_TOTALS", "compete", "exit_and_enter", "plan_investment", "produce", "sell", "set_prices",
    "settle_firms", "weigh_capital",
]  # fmt: skip

LARGEST_GAP = 1.5  # of a firm's capital against its sector's, as far as it is acted upon

# Columns of the totals that settle_firms returns, (chunks, len(FIRM_TOTALS)).
FIRM_TOTALS = (
    "sales", "production_taxes", "inputs", "imported_inputs", "ai_domestic", "ai_imported", "wages", "contributions",
    "carbon_tax", "ai_tax", "fines", "subsidies", "vouchers", "investment", "loan_interest", "deposit_interest",
    "corporate_tax", "private_dividends", "mixed_income", "rents", "state_payout", "stock_change", "stock_quantity",
    "depreciation", "profit", "deposits", "loans", "loan_change",
)  # fmt: skip


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


@kernel
def produce(
    sector_start, productivity, efficiency_units, labour_per_unit, capital, ai_use, planned_output, expected_demand,
    inventory, output, supply, input_scale, ai_unit_spending, integration_due,
    storable, capacity_per_capital, process, overtime, capital_gain, yield_gain, energy_saving, process_half,
    materials_scale, energy_scale,
):  # fmt: skip
    """Output (goods) or capacity (services), and the scale at which each sector orders inputs; returns AI orders.

    ``materials_scale`` and ``energy_scale`` (20,) are the sums of output for which materials and energy are ordered.
    The orders of AI services and integration are money at expected prices. MODEL.md eq. 21-22.
    """
    ai_orders = 0.0
    for s in range(sector_start.size - 1):
        materials_scale[s] = 0.0
        energy_scale[s] = 0.0
        for i in range(sector_start[s], sector_start[s + 1]):
            labour = productivity[i] * efficiency_units[i] / labour_per_unit[i]
            capacity = capital[i] * capacity_per_capital[s] * (1.0 + capital_gain * process[s] * ai_use[i])
            if storable[s]:
                output[i] = min(planned_output[i], labour * (1.0 + overtime), capacity)
                supply[i] = output[i] + inventory[i]
                input_scale[i] = output[i]
            else:
                supply[i] = min(labour * (1.0 + overtime), capacity)
                input_scale[i] = min(expected_demand[i], supply[i])
            gain = process[s] * process_gain(ai_use[i], process_half) if ai_use[i] > 0.0 else 0.0
            materials_scale[s] += input_scale[i] * (1.0 - yield_gain * gain)
            energy_scale[s] += input_scale[i] * (1.0 - energy_saving * gain)
            ai_orders += ai_unit_spending[i] * input_scale[i] + integration_due[i]
    return ai_orders


@kernel
def sell(sector_start, demand, market_share, supply, price, sales_quantity, unfilled, sold, value):
    """Each sector's demand goes to firms by market share; what some cannot fill others take, in four rounds.

    Writes quantities and the part unfilled at first; ``sold`` and ``value`` (20,) are each sector's sales.
    """
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        missing = 0.0
        for i in range(first, last):
            asked = market_share[i] * demand[s]
            sales_quantity[i] = min(asked, supply[i])
            unfilled[i] = 1.0 - sales_quantity[i] / asked if asked > 0.0 else 0.0
            missing += asked - sales_quantity[i]
        for _ in range(4):
            if missing <= 1e-12 * demand[s]:
                break
            shares = 0.0
            for i in range(first, last):
                if supply[i] > sales_quantity[i]:
                    shares += market_share[i]
            if shares <= 0.0:
                break
            left = 0.0
            for i in range(first, last):
                if supply[i] > sales_quantity[i]:
                    more = missing * market_share[i] / shares
                    taken = min(more, supply[i] - sales_quantity[i])
                    sales_quantity[i] += taken
                    left += more - taken
            missing = left
        sold[s] = 0.0
        value[s] = 0.0
        for i in range(first, last):
            sold[s] += sales_quantity[i]
            value[s] += sales_quantity[i] * price[i]


@kernel
def weigh_capital(
    sector_start, expected_demand, capital, ai_use, capacity_per_capital, process, utilisation, capital_gain, base,
    reallocation, gap, expansion,
):  # fmt: skip
    """How much more capital each sector wants, ``gap`` (20,), and how far its short firms can expand, ``expansion``.

    Firms with too much capital hold back investment by ``reallocation`` of their excess, but not below nothing; short
    firms together expand by no more than that, so that moving capital inside a sector adds no demand of its own.
    """
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        wanted = 0.0
        held = 0.0
        for i in range(first, last):
            full = utilisation * capacity_per_capital[s] * (1.0 + capital_gain * process[s] * ai_use[i])
            wanted += expected_demand[i] / full
            held += capital[i]
        gap[s] = wanted / held - 1.0
        down = 0.0
        up = 0.0
        for i in range(first, last):
            full = utilisation * capacity_per_capital[s] * (1.0 + capital_gain * process[s] * ai_use[i])
            own = reallocation * min(LARGEST_GAP, expected_demand[i] / full / capital[i] - 1.0 - gap[s])
            if own > 0.0:
                up += capital[i] * own
            else:
                down += capital[i] * min(-own, base)
        expansion[s] = min(1.0, down / up) if up > 0.0 else 0.0


@parallel_kernel
def plan_investment(
    chunks, sector, expected_demand, capital, deposits, loans, ai_use, entrant, investment_rate, investment, totals,
    trend_growth, sector_gap, expansion, capacity_per_capital, process,
    utilisation, capital_gain, depreciation, accelerator, reallocation, long_run_growth, mood, smoothing, highest_rate,
    highest_leverage, bank_factor, capital_price,
):  # fmt: skip
    """Investment wanted by every firm: replacement, trend, a weak accelerator, interest and mood, within its finance.

    To ``sector_gap`` (20,) the sector responds weakly, while between its firms capital moves faster, from those with
    too much to those with too little; see weigh_capital.
    ``mood`` is the factor exp(shock − response × real rate gap), ``totals`` (chunks,) the quantities summed up.
    MODEL.md eq. 31, the second term ours.
    """
    rows = sector.size
    for chunk in prange(chunks):
        total = 0.0
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            full = capacity_per_capital[s] * (1.0 + capital_gain * process[s] * ai_use[i])
            ratio = expected_demand[i] / (utilisation * full) / capital[i] - 1.0
            trend = min(0.016, max(-0.01, 0.5 * long_run_growth + 0.5 * trend_growth[s]))
            own = reallocation * min(LARGEST_GAP, ratio - sector_gap[s])
            if own > 0.0:
                own *= expansion[s]
            wanted = (depreciation + trend + accelerator * sector_gap[s]) * mood + own
            wanted = min(highest_rate, max(0.0, wanted))
            investment_rate[i] += smoothing * (wanted - investment_rate[i])
            rate = investment_rate[i]
            if entrant[i]:
                rate = max(rate, min(ratio, 1.0))
            credit = max(0.0, highest_leverage * capital_price * capital[i] - loans[i])
            finance = (0.9 * deposits[i] + 0.2 * credit * bank_factor) / capital_price
            investment[i] = min(rate * capital[i], finance)
            total += investment[i]
        totals[chunk] = total


@parallel_kernel
def settle_firms(
    chunks, sector, headcount, payroll, price, unit_cost, output, sales_quantity, input_scale, ai_use, stage,
    ai_unit_spending, integration_due, adoption_subsidy, fine, expected_demand, inventory, inventory_value, capital,
    investment, deposits, loans, profit, dividends, ai_spending, value_added, totals,
    owner, storable, tax_rate, materials_price, energy_price, import_materials, import_energy, payout, process,
    co2_direct, co2_power,
    ai_price_domestic, ai_price_imported, capital_price, employer_rate, carbon_rate, ai_tax, voucher,
    yield_gain, energy_saving, process_half, corporate_rate, loan_rate, deposit_rate, depreciation,
    leverage, loan_speed, bank_factor, liquidity, payout_speed,
):  # fmt: skip
    """Every firm's quarter in money: sales, costs, tax, investment, loans, payout; its stocks at the quarter's end.

    ``materials_price``, ``energy_price`` (20,) are paid per unit of output, domestic goods, ``import_...`` the imports
    in it. A shortfall of cash becomes a loan. ``value_added`` (chunks, 20) and ``totals`` (chunks, FIRM_TOTALS) are
    summed in a fixed order. MODEL.md eq. 34-36.
    """
    rows = sector.size
    for chunk in prange(chunks):
        for s in range(value_added.shape[1]):
            value_added[chunk, s] = 0.0
        t = totals[chunk]
        for j in range(t.size):
            t[j] = 0.0
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            sales = price[i] * sales_quantity[i]
            production_tax = tax_rate[s] * sales
            gain = process[s] * process_gain(ai_use[i], process_half) if ai_use[i] > 0.0 else 0.0
            materials = input_scale[i] * (1.0 - yield_gain * gain)
            energy = input_scale[i] * (1.0 - energy_saving * gain)
            inputs = materials * materials_price[s] + energy * energy_price[s]
            imported = materials * import_materials[s] + energy * import_energy[s]
            services = ai_unit_spending[i] * input_scale[i]
            ai_money = services + integration_due[i]
            ai_domestic = ai_money * ai_price_domestic
            ai_imported = ai_money * ai_price_imported
            running = services * (ai_price_domestic + ai_price_imported)
            ai_spending[i] = running
            wages = payroll[i]
            contributions = employer_rate * wages
            carbon = carbon_rate * (energy * co2_direct[s] + input_scale[i] * co2_power[s])
            tax_on_ai = ai_tax * running
            help = voucher * running
            subsidy = adoption_subsidy[i]
            before = inventory[i]
            if storable[s]:
                inventory[i] = before + output[i] - sales_quantity[i]
            else:
                output[i] = sales_quantity[i]
            stock_quantity = inventory[i] - before
            stock_change = unit_cost[i] * stock_quantity
            inventory_value[i] = unit_cost[i] * inventory[i]
            interest_paid = loan_rate * loans[i]
            interest_received = deposit_rate * deposits[i]
            wear = depreciation * capital_price * capital[i]
            added = sales + stock_change - inputs - imported - ai_domestic - ai_imported
            earned = (
                added - production_tax - wages - contributions - carbon - tax_on_ai - fine[i] + help + subsidy
                - wear - interest_paid + interest_received
            )  # fmt: skip
            profit[i] = earned
            taxed = owner[s] == 0 or owner[s] == 2
            tax = corporate_rate * max(0.0, earned) if taxed else 0.0
            spent = capital_price * investment[i]
            grown = (1.0 - depreciation) * capital[i] + investment[i]
            wanted = leverage * capital_price * capital[i]
            lent = loan_speed * (wanted - loans[i]) + leverage * capital_price * (grown - capital[i])
            if lent > 0.0:
                lent *= bank_factor
            else:
                lent = max(lent, -loans[i])
            cash = deposits[i] + earned + wear - stock_change - tax - spent + lent
            target = liquidity * 0.5 * (sales + expected_demand[i] * price[i])
            share = payout[s] * max(0.0, earned - tax)
            out = share + payout_speed * (cash - target - share)
            out = min(max(0.0, out), max(0.0, 0.9 * cash))
            if owner[s] == 1 and headcount[i] == 0:
                out = 0.0
            cash -= out
            if cash < 0.0:
                lent -= cash
                cash = 0.0
            dividends[i] = out
            deposits[i] = cash
            loans[i] += lent
            capital[i] = grown
            value_added[chunk, s] += added
            t[0] += sales
            t[1] += production_tax
            t[2] += inputs
            t[3] += imported
            t[4] += ai_domestic
            t[5] += ai_imported
            t[6] += wages
            t[7] += contributions
            t[8] += carbon
            t[9] += tax_on_ai
            t[10] += fine[i]
            t[11] += subsidy
            t[12] += help
            t[13] += spent
            t[14] += interest_paid
            t[15] += interest_received
            t[16] += tax
            if owner[s] == 0:
                t[17] += out
            elif owner[s] == 1:
                t[18] += out
            elif owner[s] == 2:
                t[19] += out
            else:
                t[20] += out
            t[21] += stock_change
            t[22] += stock_quantity
            t[23] += wear
            t[24] += earned
            t[25] += cash
            t[26] += loans[i]
            t[27] += lent


@kernel
def exit_and_enter(
    seed, quarter, entry_stream, stage_stream, sector_start, market_share, productivity, gap, capital, inventory_value,
    deposits, loans, stage, ai_capability, ai_use, data_stock, mark_up, expected_demand, demand_signal, price, entrant,
    investment_rate, own_account, state_owned, adoption, sector_mark_up, capital_price, depreciation,
    smallest, entrant_share, entrant_gap, entrant_deviation, leverage, liquidity, equity_left, use_pilot,
):  # fmt: skip
    """Firms that are insolvent or have lost their market leave; an entrant takes over the place, staff and plant.

    Loans above what the plant can carry are written off; the owners pay new equity out of this quarter's dividends, at
    most ``equity_left``. Returns (exits, written off, equity paid in, loans repaid, firm deposits, loans).
    MODEL.md eq. 39.
    """
    entry_key = stream_key(seed, quarter, entry_stream)
    stage_key = stream_key(seed, quarter, stage_stream)
    exits = 0
    written = 0.0
    equity = 0.0
    repaid = 0.0
    cash = 0.0
    debt = 0.0
    for s in range(sector_start.size - 1):
        first, last = sector_start[s], sector_start[s + 1]
        number = last - first
        mean_gap = 0.0
        for i in range(first, last):
            mean_gap += market_share[i] * gap[i]
        for i in range(first, last):
            entrant[i] = 0
            worth = deposits[i] + inventory_value[i] + capital_price * capital[i] - loans[i]
            bankrupt = worth < 0.0 or loans[i] > 1.3 * capital_price * capital[i] + deposits[i]
            small = market_share[i] * number < smallest
            if (bankrupt and not own_account[s] and not state_owned[s]) or (small and number > 1):
                exits += 1
                entrant[i] = 1
                pay = min(deposits[i], loans[i]) if bankrupt else 0.0
                deposits[i] -= pay
                loans[i] -= pay
                repaid += pay
                bearable = leverage * capital_price * capital[i]
                if bankrupt and loans[i] > bearable:
                    written += loans[i] - bearable
                    loans[i] = bearable
                old = gap[i]
                gap[i] = mean_gap + entrant_gap + entrant_deviation * normal(entry_key, i)
                productivity[i] *= np.exp(gap[i] - old)
                market_share[i] = max(market_share[i], entrant_share / number)
                mark_up[i] = sector_mark_up[s]
                stage[i] = 1 if uniform(stage_key, i) < 0.3 * adoption[s] else 0
                ai_use[i] = use_pilot * ai_capability[i] if stage[i] > 0 else 0.0
                investment_rate[i] = depreciation
                need = min(max(0.0, liquidity * price[i] * expected_demand[i] - deposits[i]), equity_left)
                equity_left -= need
                equity += need
                deposits[i] += need
            cash += deposits[i]
            debt += loans[i]
        total = 0.0
        for i in range(first, last):
            total += market_share[i]
        for i in range(first, last):
            market_share[i] /= total
    return exits, written, equity, repaid, cash, debt


@parallel_kernel
def compete(
    seed, quarter, stream, sector_start, demand, producer_price, sector_mark_up, price, unfilled, ai_use, breached,
    sales_quantity, capital, market_share, mark_up, demand_signal, capacity_per_capital, process,
    selection, unfilled_penalty, quality_gain, niche, deviation, breach_loss,
    mark_up_share, mark_up_reversion, mark_up_utilisation, utilisation, capital_gain,
):  # fmt: skip
    """Market shares, mark-ups and the demand that firms see: a replicator in logs with a pull towards the mean size.

    Dosi et al. 2010; MODEL.md eq. 40-42.
    """
    key = stream_key(seed, quarter, stream)
    for s in prange(sector_start.size - 1):  # sums stay inside a sector: the same for any number of threads
        first, last = sector_start[s], sector_start[s + 1]
        number = last - first
        before = np.empty(number)
        total = 0.0
        for i in range(first, last):
            old = market_share[i]
            before[i - first] = old
            change = (
                -selection * np.log(price[i] / producer_price[s]) - unfilled_penalty * unfilled[i]
                + quality_gain * ai_use[i] - niche * np.log(old * number) + deviation * normal(key, i)
            )  # fmt: skip
            if breached[i]:
                change -= breach_loss
            market_share[i] = old * np.exp(change)
            total += market_share[i]
        for i in range(first, last):
            share = market_share[i] / total
            market_share[i] = share
            old = before[i - first]
            growth = min(0.2, max(-0.2, np.log(share / old)))
            full = capacity_per_capital[s] * (1.0 + capital_gain * process[s] * ai_use[i]) * capital[i]
            use = sales_quantity[i] / full
            norm = sector_mark_up[s]
            moved = mark_up[i] + mark_up_share * mark_up[i] * growth
            moved += mark_up_reversion * (norm - mark_up[i])
            moved += mark_up_utilisation * mark_up_reversion * norm * (use / utilisation - 1.0)
            mark_up[i] = min(1.6 * norm, max(0.5 * norm, moved))
            notional = old * demand[s]
            demand_signal[i] = 0.5 * share * demand[s] + 0.5 * max(sales_quantity[i], notional) * share / old
