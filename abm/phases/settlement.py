"""The money of the quarter: firms, exits and entries, bank, households, government, and the check of the books."""

from __future__ import annotations

import numpy as np

from abm.accounting import FLOWS, TOLERANCE
from abm.economy import Economy
from abm.errors import AccountingError
from abm.kernels.accounts import FirmTotals, settle_firms
from abm.kernels.competition import exit_and_enter
from abm.kernels.draws import STREAMS
from abm.kernels.households import settle_households
from abm.phase import phase
from abm.plans import Use
from abm.wealth import equity_value

IMPORTS = tuple(flow.name for flow in FLOWS if flow.name.endswith("_imports"))
DIVIDEND_GAIN = 0.1  # per quarter; speed of learning about dividends
LOWEST_BANK_CAPITAL, RESTORED_BANK_CAPITAL = 0.02, 0.04  # of loans


def rates(economy: Economy) -> tuple[float, float, float]:
    """Loan, deposit and bond rate of the quarter."""
    rate, money = economy.state.macro.policy_rate, economy.parameters.money
    return rate + money.loan_spread, max(0.0, rate - money.deposit_spread), rate + money.bond_spread


@phase
def firms_settle(economy: Economy) -> None:
    """Sales, costs, taxes, investment, loans and payouts of every firm; all of it is posted (eq. 34-36)."""
    state, structure, p, now, policy = (
        economy.state, economy.structure, economy.parameters, economy.plans, economy.instruments
    )  # fmt: skip
    f, s, a, scratch = state.firms, state.sectors, state.macro, economy.scratch
    loan_rate, deposit_rate, _ = rates(economy)
    home, abroad, bought = now.paid[Use.CAPITAL].tolist()
    a.capital_price = (home + abroad) / bought if bought > 0 else a.capital_price
    f.investment *= now.investment_realised
    loans = max(float(f.loans.sum()), 1e-9)
    settle_firms[economy.threads](
        scratch.firm_chunks, f.sector, f.headcount, f.payroll, f.price, f.unit_cost, f.output, f.sales_quantity,
        f.input_scale, f.materials_per_unit, f.energy_per_unit, f.research_share, f.ai_unit_spending,
        f.integration_due, f.adoption_subsidy, f.fine, f.data_income, f.hiring_subsidy,
        f.expected_demand, f.inventory, f.inventory_value, f.capital, f.investment, f.deposits, f.loans, f.profit,
        f.dividends, f.ai_spending, scratch.value_added, scratch.firm_totals,
        structure.owner, structure.storable, structure.production_tax_rate, now.materials_price, now.energy_price,
        now.import_materials, now.import_energy, structure.payout, now.co2_direct, now.co2_power,
        now.services_paid_domestic, now.services_paid_imported, a.capital_price, structure.employer_rate, now.carbon_rate, policy.ai_tax,
        policy.compute_voucher, p.research.labour_part, policy.research_credit, structure.corporate_tax_rate,
        policy.investment_deduction, loan_rate,
        deposit_rate, structure.depreciation, p.investment.leverage, p.investment.loan_speed,
        max(0.0, min(1.0, a.bank_equity / (0.05 * loans))), p.firms.liquidity_target, p.firms.payout_speed,
    )  # fmt: skip
    now.firm_totals = t = FirmTotals.from_buffer_copy(scratch.firm_totals.sum(axis=0))
    s.value_added[:] = scratch.value_added.sum(axis=0)
    s.output[:] = np.add.reduceat(f.output, structure.sector_start[:-1])
    post, owned = economy.ledger.post, p.government.state_ownership
    post("inputs", t.inputs + t.ai_domestic)
    post("input_imports", t.imported_inputs + t.ai_imported)
    post("fixed_investment", home)
    post("fixed_investment_imports", abroad)
    post("wages", t.wages)
    post("employer_contributions", t.contributions)
    post("production_taxes", t.production_taxes)
    post("carbon_tax", t.carbon_tax)
    post("ai_tax", t.ai_tax)
    post("fines", t.fines)
    post("adoption_subsidies", t.subsidies)
    post("compute_vouchers", t.vouchers)
    post("research_credits", t.research_credits)
    post("hiring_subsidies", t.hiring_subsidies)
    post("data_fees", t.data_fees)
    a.research_spending = t.research_spending
    post("corporate_tax", t.corporate_tax)
    post("loan_interest", t.loan_interest)
    post("deposit_interest_firms", t.deposit_interest)
    post("dividends", (1 - owned) * t.private_dividends)
    post("state_dividends", owned * t.private_dividends + t.state_payout)
    post("mixed_income", t.mixed_income)
    post("rents", t.rents)
    now.stock_change = t.stock_change


@phase
def firms_exit_and_enter(economy: Economy) -> None:
    """The insolvent and the forsaken leave; entrants take over their place with equity from the owners (eq. 39)."""
    state, structure, p, now = economy.state, economy.structure, economy.parameters, economy.plans
    f, a, rules = state.firms, state.macro, p.firms
    dividends = (1 - p.government.state_ownership) * now.firm_totals.private_dividends
    exits, written, equity, _, _, _ = exit_and_enter(
        economy.seed, economy.quarter, STREAMS["entry"], STREAMS["entrant_stage"], structure.sector_start,
        f.market_share, f.productivity, f.productivity_gap, f.capital, f.inventory_value, f.deposits, f.loans,
        f.ai_stage,
        f.ai_capability, f.ai_use, f.data_stock, f.mark_up, f.expected_demand, f.demand_signal, f.price, f.entrant,
        f.investment_rate, structure.own_account, structure.owner == 3, state.sectors.adoption, structure.mark_up,
        a.capital_price, structure.depreciation, rules.smallest_share, rules.entrant_share, rules.entrant_gap,
        rules.entrant_deviation, p.investment.leverage, rules.liquidity_target, dividends,
        p.artificial_intelligence.use_pilot,
    )  # fmt: skip
    a.exits = float(exits)
    now.equity_paid_in = equity
    economy.ledger.write_off(written)
    economy.ledger.post("entry_equity", equity)
    a.bank_equity -= written


@phase
def bank_settles(economy: Economy) -> None:
    """Interest, tax and dividends of the bank; a bank short of capital is given bonds (eq. 38)."""
    state, p, now, structure = economy.state, economy.parameters, economy.plans, economy.structure
    a, post, money = state.macro, economy.ledger.post, p.money
    _, _, bond_rate = rates(economy)
    interest = economy.ledger.amounts
    post("deposit_interest_households", now.household_totals.interest)
    post("bond_interest", bond_rate * a.bonds)
    post("foreign_interest", structure.foreign_rate * a.foreign_assets)
    profit = (
        interest["loan_interest"] + interest["bond_interest"] + interest["foreign_interest"]
        - interest["deposit_interest_households"] - interest["deposit_interest_firms"]
    )  # fmt: skip
    tax = structure.corporate_tax_rate * max(0.0, profit)
    loans = float(state.firms.loans.sum())
    spare = a.bank_equity - money.capital_ratio * loans
    dividend = max(0.0, profit - tax + 0.25 * spare - a.nominal_growth * a.bank_equity)
    a.bank_equity += profit - tax - dividend
    owned = p.government.state_ownership
    now.bank_dividend = (1 - owned) * dividend
    post("bank_tax", tax)
    post("bank_dividends", now.bank_dividend)
    post("bank_state_dividends", owned * dividend)
    if a.bank_equity < LOWEST_BANK_CAPITAL * loans:
        given = RESTORED_BANK_CAPITAL * loans - a.bank_equity
        post("recapitalisation", given)
        a.bank_equity += given


@phase
def households_settle(economy: Economy) -> None:
    """Households pay at realised prices and receive dividends, rents and mixed income (eq. 33)."""
    state, structure, p, now, scratch = (
        economy.state, economy.structure, economy.parameters, economy.plans, economy.scratch
    )  # fmt: skip
    w, f, a, post = state.workers, state.firms, state.macro, economy.ledger.post
    h = now.household_totals
    home, abroad, _ = now.paid[Use.CONSUMPTION].tolist()
    built_home, built_abroad, built = now.paid[Use.DWELLINGS].tolist()
    fees = structure.land_fee_share / (1 - structure.land_fee_share) * (built_home + built_abroad)
    a.dwelling_price = (built_home + built_abroad) / built if built > 0 else a.dwelling_price
    own, first, last = _own_account_rows(structure)
    scratch.mixed_per_head[:] = 0.0
    if own:
        heads = f.headcount[first:last]
        scratch.mixed_per_head[first:last] = np.divide(
            f.dividends[first:last], heads, out=np.zeros(last - first), where=heads > 0
        )
    t = now.firm_totals
    shareholders = (1 - p.government.state_ownership) * t.private_dividends + now.bank_dividend
    a.dividend_pool = shareholders
    a.expected_dividends *= 1 + a.nominal_growth
    a.expected_dividends += DIVIDEND_GAIN * (shareholders - a.expected_dividends)
    a.equity_value = equity_value(a, p)
    settle_households[economy.threads](
        scratch.worker_chunks, w.employer, w.disposable_income, w.property_income, w.consumption, w.housing_outlay,
        w.equity_weight, w.dwellings, w.deposits, scratch.mixed_per_head, scratch.settled,
        (home + abroad) / h.consumption, (built_home + built_abroad + fees) / h.housing, built / h.housing,
        1 - p.households.dwelling_depreciation, shareholders, t.rents / h.dwellings, now.equity_paid_in,
    )  # fmt: skip
    if scratch.settled[:, 1].min() < 0:
        row = int(np.argmin(w.deposits))
        raise AccountingError(f"deposits are {w.deposits[row]:.6g}", "households", economy.quarter, row)
    post("consumption", home)
    post("consumption_imports", abroad)
    post("residential_investment", built_home)
    post("residential_imports", built_abroad)
    post("land_fees", fees)
    post("employee_contributions", h.contributions)
    post("income_tax", h.income_tax)
    post("pensions", h.pensions)
    post("unemployment_benefits", h.benefits)
    post("social_assistance", h.assistance)
    post("basic_income", (1 - now.carbon_dividend_share) * h.basic_income)
    post("carbon_dividends", now.carbon_dividend_share * h.basic_income)


def _own_account_rows(structure) -> tuple[bool, int, int]:
    """Whether a sector works on its own account, and its firms' rows."""
    found = np.flatnonzero(structure.own_account)
    if found.size == 0:
        return False, 0, 0
    return True, int(structure.sector_start[found[0]]), int(structure.sector_start[found[0] + 1])


@phase
def government_and_abroad_settle(economy: Economy) -> None:
    """The government pays and borrows the rest; the trade balance changes foreign assets (eq. 37)."""
    a, now, ledger = economy.state.macro, economy.plans, economy.ledger
    home, abroad, quantity = now.paid[Use.GOVERNMENT].tolist()
    ledger.post("government_consumption", home)
    ledger.post("government_imports", abroad)
    a.government_price = (home + abroad) / quantity
    built_home, built_abroad, built = now.paid[Use.PUBLIC].tolist()
    ledger.post("public_investment", built_home)
    ledger.post("public_investment_imports", built_abroad)
    a.public_price = (built_home + built_abroad) / built
    a.public_capital = (1 - economy.structure.depreciation) * a.public_capital + built
    ledger.post("exports", float((now.exports * economy.state.sectors.producer_price).sum()))
    nets = ledger.nets()
    a.government_balance = nets["government"]
    a.bonds -= a.government_balance
    a.foreign_assets -= nets["abroad"]


@phase
def books_close(economy: Economy) -> None:
    """GDP three ways, and every sector's payments against its stocks; AccountingError where anything is missing."""
    a, now, ledger = economy.state.macro, economy.plans, economy.ledger
    t = now.firm_totals
    paid = ledger.amounts
    uses = {use.name.lower(): home + abroad for use, (home, abroad, _) in zip(Use, now.paid.tolist(), strict=True)}
    a.consumption, a.government_consumption = uses["consumption"], uses["government"]
    a.fixed_investment = uses["capital"]
    a.investment = uses["capital"] + uses["dwellings"] + uses["public"] + now.stock_change
    a.exports = paid["exports"]
    a.imports = sum(paid[name] for name in IMPORTS)
    production = float(economy.state.sectors.value_added.sum())
    expenditure = a.consumption + a.government_consumption + a.investment + a.exports - a.imports
    taxes = (
        t.production_taxes + t.carbon_tax + t.ai_tax + t.fines - t.subsidies - t.vouchers
        - t.research_credits - t.hiring_subsidies
    )  # fmt: skip
    surplus = t.profit + t.depreciation + t.loan_interest - t.deposit_interest
    income = t.wages + t.contributions + taxes + surplus
    a.labour_income = t.wages + t.contributions + t.mixed_income
    a.nominal_gdp = production
    imports = float(economy.state.sectors.imports.sum())
    a.real_gdp = (
        sum(quantity for _, _, quantity in now.paid.tolist()) + t.stock_quantity + float(now.exports.sum()) - imports
    )
    ledger.close_quarter(economy.stocks(), a.bank_equity, (production, expenditure, income), economy.quarter)
    if not np.isfinite(a.real_gdp) or a.real_gdp <= 0 or ledger.residual > TOLERANCE:
        raise AccountingError(f"real GDP is {a.real_gdp}", quarter=economy.quarter)
