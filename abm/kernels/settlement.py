"""The money of the quarter, firm by firm and adult by adult."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Owner
from abm.compiling.kernels import firm_chunks, parallel_kernel, worker_chunks
from abm.compiling.tables import Record
from abm.kernels.ordering import BLOCK

__all__ = ["FirmTotals", "earn_profits", "settle_firms", "settle_households"]


class FirmTotals(Record):
    """Sums over firms of their quarter in money, thousand yuan; stock_quantity at base prices.

    A total that is one flow bears its name; those stand first, in the order of FLOWS.
    """

    inputs: float
    input_imports: float
    data_fees: float
    wages: float
    employer_contributions: float
    production_taxes: float
    corporate_tax: float
    carbon_tax: float
    ai_tax: float
    fines: float
    adoption_subsidies: float
    hiring_subsidies: float
    compute_vouchers: float
    research_credits: float
    mixed_income: float
    rents: float
    deposit_interest_firms: float
    loan_interest: float
    # what is no flow by itself
    shareholder_payout: float
    state_payout: float
    tax_relief: float
    research_spending: float
    stock_change: float
    stock_quantity: float
    depreciation: float
    own_integration: float
    intangible_depreciation: float
    profit: float


@parallel_kernel
def earn_profits(
    firms, sectors, structure, plans, macro, instruments, labour_part, carbon_rate, services_domestic,
    services_imported, integration_paid, totals,
):  # fmt: skip
    """Every firm's sales, costs and profit; the profit before depreciation lies in its deposits then.

    ``services_domestic`` and ``services_imported`` are paid for a yuan of AI services ordered, ``carbon_rate`` thousand
    yuan a tonne, ``labour_part`` is the pay of researchers in the spending on research. What a firm receives for its
    data less what it pays is ``data_income``, in all nothing. Integration of AI is investment in an intangible, which
    wears out: ``integration_paid`` is paid for a yuan of it ordered, and what own staff does
    counts at what that staff costs, as output for the firm itself. ``totals`` (chunks,) FirmTotals; value added and
    output of the sectors. See equations/settlement.md, eq. 34.
    """
    sector, payroll, price, unit_cost = firms.sector, firms.payroll, firms.price, firms.unit_cost
    output, sales_quantity, output_with_inputs_ordered = (
        firms.output,
        firms.sales_quantity,
        firms.output_with_inputs_ordered,
    )
    materials_per_unit, energy_per_unit = firms.materials_per_unit, firms.energy_per_unit
    research_share, ai_unit_spending = firms.research_share, firms.ai_unit_spending
    integration_due, integrating, intangible = firms.integration_due, firms.integrating, firms.intangible
    adoption_subsidy, hiring_subsidy = firms.adoption_subsidy_due, firms.hiring_subsidy
    fine, data_income, ai_spending = firms.fine, firms.data_income, firms.ai_spending
    inventory, inventory_value, capital = firms.inventory, firms.inventory_value, firms.capital
    deposits, loans, profit = firms.deposits, firms.loans, firms.profit
    storable, tax_rate = structure.storable, structure.production_tax_rate
    materials_price, energy_price = plans.materials_price, plans.energy_price
    import_materials, import_energy = plans.import_materials, plans.import_energy
    co2_direct, co2_power = plans.co2_direct, plans.co2_power
    employer_rate, capital_wear, capital_price = structure.employer_rate, sectors.wear, macro[0].capital_price
    ai_tax, voucher, research_credit = instruments.ai_tax, instruments.compute_voucher, instruments.research_credit
    paid_on_loans, paid_on_deposits = macro[0].loan_rate, macro[0].deposit_rate
    intangible_price = macro[0].intangible_price
    rows, chunks = sector.size, firm_chunks(sector.size)
    added_by_sector, made_by_sector = np.zeros((chunks, storable.size)), np.zeros((chunks, storable.size))
    for chunk in prange(chunks):
        inputs_all = imports_all = services_all = services_abroad = fees_all = wages_all = contributions_all = 0.0
        production_taxes = carbon_all = ai_taxes = fines = subsidies = hiring_subsidies = vouchers = credits = 0.0
        research_all = interest_received_all = interest_paid_all = stock_change_all = stock_quantity_all = 0.0
        wear_all = profit_all = own_work_all = intangible_wear_all = 0.0
        for i in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            s = sector[i]
            # sold
            sales = price[i] * sales_quantity[i]
            production_tax = tax_rate[s] * sales
            # bought
            materials = output_with_inputs_ordered[i] * materials_per_unit[i]
            energy = output_with_inputs_ordered[i] * energy_per_unit[i]
            inputs = materials * materials_price[s] + energy * energy_price[s]
            imports = materials * import_materials[s] + energy * import_energy[s]
            services = ai_unit_spending[i] * output_with_inputs_ordered[i]
            services_home = services * services_domestic
            services_foreign = services * services_imported
            running = services_home + services_foreign
            ai_spending[i] = running
            # work and research
            wages = payroll[i]
            contributions = employer_rate * wages
            research = research_share[i] * (wages + contributions) / labour_part
            own_work = integrating[i] * (wages + contributions)
            credit = research_credit * research
            # taxes and supports
            carbon = carbon_rate * (energy * co2_direct[s] + output_with_inputs_ordered[i] * co2_power[s])
            tax_on_ai = ai_tax * running
            aid = voucher * running
            # finished goods
            before = inventory[i]
            if storable[s]:
                inventory[i] = before + output[i] - sales_quantity[i]
            else:
                output[i] = sales_quantity[i]
            stock_quantity = inventory[i] - before
            stock_change = unit_cost[i] * stock_quantity
            inventory_value[i] = unit_cost[i] * inventory[i]
            # profit
            interest_paid = paid_on_loans * loans[i]
            interest_received = paid_on_deposits * deposits[i]
            wear = capital_wear[s] * capital_price * capital[i]
            worn = structure.intangible_depreciation * intangible[i]
            added = sales + stock_change + own_work - inputs - imports - services_home - services_foreign
            added += data_income[i]
            earned = (
                added - production_tax - wages - contributions - carbon - tax_on_ai - fine[i] + aid
                + adoption_subsidy[i] + hiring_subsidy[i] + credit - wear - intangible_price * worn
                    - interest_paid + interest_received
            )  # fmt: skip
            profit[i] = earned
            integration = integration_paid * integration_due[i]
            deposits[i] += earned + wear + intangible_price * worn - stock_change - own_work - integration
            intangible[i] += (integration + own_work) / intangible_price - worn
            added_by_sector[chunk, s] += added
            made_by_sector[chunk, s] += output[i]
            inputs_all += inputs
            imports_all += imports
            services_all += services_home
            services_abroad += services_foreign
            fees_all += max(0.0, data_income[i])
            wages_all += wages
            contributions_all += contributions
            production_taxes += production_tax
            carbon_all += carbon
            ai_taxes += tax_on_ai
            fines += fine[i]
            subsidies += adoption_subsidy[i]
            hiring_subsidies += hiring_subsidy[i]
            vouchers += aid
            credits += credit
            research_all += research
            interest_received_all += interest_received
            interest_paid_all += interest_paid
            stock_change_all += stock_change
            stock_quantity_all += stock_quantity
            wear_all += wear
            own_work_all += own_work
            intangible_wear_all += intangible_price * worn
            profit_all += earned
        total = totals[chunk]
        total.inputs, total.input_imports = inputs_all + services_all, imports_all + services_abroad
        total.data_fees, total.wages, total.employer_contributions = fees_all, wages_all, contributions_all
        total.production_taxes, total.carbon_tax, total.ai_tax = production_taxes, carbon_all, ai_taxes
        total.fines, total.adoption_subsidies, total.hiring_subsidies = fines, subsidies, hiring_subsidies
        total.compute_vouchers, total.research_credits, total.research_spending = vouchers, credits, research_all
        total.deposit_interest_firms, total.loan_interest = interest_received_all, interest_paid_all
        total.stock_change, total.stock_quantity = stock_change_all, stock_quantity_all
        total.depreciation, total.profit = wear_all, profit_all
        total.own_integration, total.intangible_depreciation = own_work_all, intangible_wear_all
    value_added, sector_output = sectors.value_added, sectors.output
    for s in range(value_added.size):
        value_added[s] = sector_output[s] = 0.0
        for chunk in range(chunks):
            value_added[s] += added_by_sector[chunk, s]
            sector_output[s] += made_by_sector[chunk, s]


@parallel_kernel
def settle_firms(
    firms, sectors, structure, macro, instruments, firm_rules, investment_rules, lending, investment_realised, totals
):  # fmt: skip
    """Every firm's tax, investment, loans and payout, out of deposits that hold the quarter's profit already.

    ``lending`` is the part of new loans that the bank grants, ``investment_realised`` that of the capital goods ordered
    which was delivered. A shortfall of cash becomes a loan. Writes capital, deposits and loans at the quarter's end and
    the rest of ``totals`` (chunks,) FirmTotals. See equations/settlement.md, eq. 35-36.
    """
    sector, headcount, price, sales_quantity = firms.sector, firms.headcount, firms.price, firms.sales_quantity
    expected_demand, capital, investment = firms.expected_demand, firms.capital, firms.investment
    deposits, loans, profit, dividends = firms.deposits, firms.loans, firms.profit, firms.dividends
    owner, payout, capital_wear = structure.owner, structure.payout, sectors.wear
    corporate_rate, deduction = structure.corporate_tax_rate, instruments.investment_deduction
    leverage, loan_speed, capital_price = investment_rules.leverage, investment_rules.loan_speed, macro[0].capital_price
    liquidity, payout_speed, highest_payout = (
        firm_rules.liquidity_target, firm_rules.payout_speed, firm_rules.highest_payout
    )  # fmt: skip
    rows, chunks = sector.size, firm_chunks(sector.size)
    for chunk in prange(chunks):
        to_shareholders = to_workers = to_homeowners = to_state = taxes = relieved = 0.0
        for i in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            s = sector[i]
            earned = profit[i]
            # investment and the tax
            investment[i] *= investment_realised
            spent = capital_price * investment[i]
            taxed = owner[s] == Owner.SHAREHOLDERS or owner[s] == Owner.HOMEOWNERS
            tax = corporate_rate * max(0.0, earned - deduction * spent) if taxed else 0.0
            relief = corporate_rate * max(0.0, earned) - tax if taxed else 0.0
            # loans
            grown = (1.0 - capital_wear[s]) * capital[i] + investment[i]
            wanted = leverage * capital_price * capital[i]
            lent = loan_speed * (wanted - loans[i]) + leverage * capital_price * (grown - capital[i])
            if lent > 0.0:
                lent *= lending
            else:
                lent = max(lent, -loans[i])
            # payout
            cash = deposits[i] - tax - spent + lent
            target = liquidity * 0.5 * (price[i] * sales_quantity[i] + expected_demand[i] * price[i])
            share = payout[s] * max(0.0, earned - tax)
            out = share + payout_speed * (cash - target - share)
            out = min(max(0.0, out), max(0.0, highest_payout * cash))
            if owner[s] == Owner.OWN_WORKERS and headcount[i] == 0:
                out = 0.0
            cash -= out
            if cash < 0.0:
                lent -= cash
                cash = 0.0
            dividends[i] = out
            deposits[i] = cash
            loans[i] += lent
            capital[i] = grown
            taxes += tax
            relieved += relief
            if owner[s] == Owner.SHAREHOLDERS:
                to_shareholders += out
            elif owner[s] == Owner.OWN_WORKERS:
                to_workers += out
            elif owner[s] == Owner.HOMEOWNERS:
                to_homeowners += out
            else:
                to_state += out
        total = totals[chunk]
        total.corporate_tax, total.tax_relief = taxes, relieved
        total.shareholder_payout, total.mixed_income = to_shareholders, to_workers
        total.rents, total.state_payout = to_homeowners, to_state


@parallel_kernel
def settle_households(
    workers, firms, structure, household_rules, mixed_income, consumption_paid, housing_paid, dwellings_bought,
    shareholder_income, rent_per_dwelling, equity_paid_in,
):  # fmt: skip
    """Payments at realised prices, new dwellings, dividends, rents and mixed income; deposits at the quarter's end.

    ``consumption_paid`` and ``housing_paid`` are paid over planned, ``dwellings_bought`` dwellings per yuan planned.
    ``mixed_income`` (1 + firms,) is filled with what a head of each firm on its own account receives, behind a 0 for
    those without employer. Returns how many adults have deposits that are not 0 or more, which should be none.
    See equations/settlement.md, eq. 33.
    """
    employer, deposits, dwellings, equity_weight = (
        workers.employer, workers.deposits, workers.dwellings, workers.equity_weight
    )  # fmt: skip
    disposable_income, property_income = workers.disposable_income, workers.property_income
    consumption, housing_outlay = workers.consumption, workers.housing_outlay
    kept_dwellings = 1.0 - household_rules.dwelling_depreciation
    for s in range(structure.owner.size):
        if structure.owner[s] == Owner.OWN_WORKERS:
            for i in range(structure.sector_start[s], structure.sector_start[s + 1]):
                heads = firms.headcount[i]
                mixed_income[i + 1] = firms.dividends[i] / heads if heads > 0 else 0.0
    rows, chunks = deposits.size, worker_chunks(deposits.size)
    overdrawn = np.zeros(chunks, dtype=np.int64)
    for chunk in prange(chunks):
        received = np.empty(BLOCK)
        short = 0
        last = rows * (chunk + 1) // chunks
        # Three short loops over a block of rows touch few columns each, so that several rows are worked on at once.
        for first in range(rows * chunk // chunks, last, BLOCK):
            size = min(BLOCK, last - first)
            for place in range(size):
                row = np.uint64(first + place)
                owned = shareholder_income * equity_weight[row] + rent_per_dwelling * dwellings[row]
                received[place] = owned + mixed_income[np.uint32(employer[row] + 1)]
            for place in range(size):
                row = np.uint64(first + place)
                dwellings[row] = kept_dwellings * dwellings[row] + housing_outlay[row] * dwellings_bought
                consumption[row] *= consumption_paid
                housing_outlay[row] *= housing_paid
            for place in range(size):
                row = np.uint64(first + place)
                balance = deposits[row] + disposable_income[row] - property_income[row]
                balance -= consumption[row] + housing_outlay[row]
                balance += received[place] - equity_paid_in * equity_weight[row]
                property_income[row] = received[place]
                deposits[row] = balance
                short += not balance >= 0.0  # also what is not a number
        overdrawn[chunk] = short
    return overdrawn.sum()
