"""Every firm's quarter in money."""

from __future__ import annotations

from numba import prange

from abm.kernels.compiling import parallel_kernel
from abm.kernels.tables import Record

__all__ = ["FirmTotals", "settle_firms"]


class FirmTotals(Record):
    """Sums over firms of their quarter in money, thousand yuan; stock_quantity at base prices."""

    sales: float
    production_taxes: float
    inputs: float
    imported_inputs: float
    ai_domestic: float
    ai_imported: float
    wages: float
    contributions: float
    carbon_tax: float
    ai_tax: float
    fines: float
    subsidies: float
    vouchers: float
    research_credits: float
    research_spending: float
    investment: float
    loan_interest: float
    deposit_interest: float
    corporate_tax: float
    private_dividends: float
    mixed_income: float
    rents: float
    state_payout: float
    stock_change: float
    stock_quantity: float
    depreciation: float
    profit: float
    deposits: float
    loans: float
    loan_change: float
    tax_relief: float
    data_fees: float
    hiring_subsidies: float


@parallel_kernel
def settle_firms(
    chunks, sector, headcount, payroll, price, unit_cost, output, sales_quantity, input_scale, materials_per_unit,
    energy_per_unit, research_share, ai_unit_spending, integration_due, adoption_subsidy, fine, data_income,
    hiring_subsidy, expected_demand, inventory, inventory_value, capital,
    investment, deposits, loans, profit, dividends, ai_spending, value_added, totals,
    owner, storable, tax_rate, materials_price, energy_price, import_materials, import_energy, payout,
    co2_direct, co2_power,
    ai_price_domestic, ai_price_imported, capital_price, employer_rate, carbon_rate, ai_tax, voucher,
    research_labour, research_credit, corporate_rate, deduction, loan_rate, deposit_rate, depreciation,
    leverage, loan_speed, bank_factor, liquidity, payout_speed,
):  # fmt: skip
    """Every firm's quarter in money: sales, costs, tax, investment, loans, payout; its stocks at the quarter's end.

    ``materials_price``, ``energy_price`` (20,) are paid per unit of output, domestic goods, ``import_...`` the imports
    in it. ``deduction`` is the part of investment that is not taxed, ``data_income`` what a firm receives for its data
    less what it pays, in all nothing. A shortfall of cash becomes a loan. ``value_added`` (chunks, 20) and ``totals``
    (chunks, FirmTotals) are summed in a fixed order. MODEL.md eq. 34-36.
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
            materials = input_scale[i] * materials_per_unit[i]
            energy = input_scale[i] * energy_per_unit[i]
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
            research = research_share[i] * (wages + contributions) / research_labour
            credit = research_credit * research
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
            added = sales + stock_change - inputs - imported - ai_domestic - ai_imported + data_income[i]
            earned = (
                added - production_tax - wages - contributions - carbon - tax_on_ai - fine[i] + help + subsidy
                + hiring_subsidy[i] + credit - wear - interest_paid + interest_received
            )  # fmt: skip
            profit[i] = earned
            taxed = owner[s] == 0 or owner[s] == 2
            spent = capital_price * investment[i]
            tax = corporate_rate * max(0.0, earned - deduction * spent) if taxed else 0.0
            relief = corporate_rate * max(0.0, earned) - tax if taxed else 0.0
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
            t[13] += credit
            t[14] += research
            t[15] += spent
            t[16] += interest_paid
            t[17] += interest_received
            t[18] += tax
            if owner[s] == 0:
                t[19] += out
            elif owner[s] == 1:
                t[20] += out
            elif owner[s] == 2:
                t[21] += out
            else:
                t[22] += out
            t[23] += stock_change
            t[24] += stock_quantity
            t[25] += wear
            t[26] += earned
            t[27] += cash
            t[28] += loans[i]
            t[29] += lent
            t[30] += relief
            t[31] += max(0.0, data_income[i])
            t[32] += hiring_subsidy[i]
