"""The books of the quarter: GDP three ways, and payments against stocks."""

from __future__ import annotations

import math

from abm.accounting import FLOWS
from abm.economy import Economy
from abm.errors import AccountingError
from abm.phase import phase
from abm.plans import Use

IMPORTS = tuple(flow.name for flow in FLOWS if flow.name.endswith("_imports"))


@phase
def books_close(economy: Economy) -> None:
    """GDP three ways, and every sector's payments against its stocks; AccountingError where anything is missing."""
    plans, macro, ledger = economy.plans, economy.macro, economy.ledger
    paid = [home + abroad for home, abroad, _ in plans.paid.tolist()]
    macro.consumption, macro.government_consumption = paid[Use.CONSUMPTION], paid[Use.GOVERNMENT]
    macro.fixed_investment = paid[Use.CAPITAL]
    macro.investment = paid[Use.CAPITAL] + paid[Use.DWELLINGS] + paid[Use.PUBLIC] + plans.stock_change
    macro.exports, macro.imports = ledger.amounts["exports"], sum(ledger.amounts[name] for name in IMPORTS)
    macro.nominal_gdp = production = float(economy.sectors.value_added.sum())
    expenditure = macro.consumption + macro.government_consumption + macro.investment + macro.exports - macro.imports
    macro.real_gdp = real_gdp(economy)
    ledger.close_quarter(economy.stocks(), macro.bank_equity, (production, expenditure, incomes(economy)), economy.quarter)
    if not math.isfinite(macro.real_gdp) or macro.real_gdp <= 0:
        raise AccountingError(f"real GDP is {macro.real_gdp}", quarter=economy.quarter)


def incomes(economy: Economy) -> float:
    """GDP by income: labour's, taxes on production less subsidies, and the gross surplus; writes labour income."""
    t = economy.plans.firm_totals
    taxes = (
        t.production_taxes + t.carbon_tax + t.ai_tax + t.fines - t.adoption_subsidies - t.compute_vouchers
        - t.research_credits - t.hiring_subsidies
    )  # fmt: skip
    surplus = t.profit + t.depreciation + t.loan_interest - t.deposit_interest_firms
    pay = t.wages + t.employer_contributions
    economy.macro.labour_income = pay + t.mixed_income
    return pay + taxes + surplus


def real_gdp(economy: Economy) -> float:
    """Final uses and the change of stocks less imports, at base prices."""
    plans = economy.plans
    bought = sum(quantity for _, _, quantity in plans.paid.tolist())
    exported, imported = float(plans.exports.sum()), float(economy.sectors.imports.sum())
    return bought + plans.firm_totals.stock_quantity + exported - imported
