"""The books of the quarter: GDP three ways, and payments against stocks."""

from __future__ import annotations

from abm.accounting import FLOWS
from abm.economy import Economy
from abm.errors import AccountingError
from abm.kernels.accounts import measure_gdp
from abm.phase import phase
from abm.plans import Use

IMPORTS = tuple(flow.name for flow in FLOWS if flow.name.endswith("_imports"))


@phase
def books_close(economy: Economy) -> None:
    """Check GDP by three approaches and flows against stocks; AccountingError if they do not agree."""
    plans, macro, ledger = economy.plans, economy.macro, economy.ledger
    firms = plans.firm_totals
    paid = [home + abroad for home, abroad, _ in plans.paid.tolist()]
    macro.consumption, macro.government_consumption = paid[Use.CONSUMPTION], paid[Use.GOVERNMENT]
    macro.fixed_investment = paid[Use.CAPITAL] + paid[Use.INTEGRATION] + firms.own_integration
    macro.investment = macro.fixed_investment + paid[Use.DWELLINGS] + paid[Use.PUBLIC] + firms.stock_change
    own_uses = firms.stock_quantity + firms.own_integration / macro.intangible_price
    macro.exports, macro.imports = ledger.amounts["exports"], sum(ledger.amounts[name] for name in IMPORTS)
    macro.labour_income = firms.wages + firms.employer_contributions + firms.mixed_income
    macro.nominal_gdp, macro.real_gdp = measure_gdp(economy.sectors.view, plans.view, own_uses)
    if not 0 < macro.real_gdp < float("inf"):
        raise AccountingError(f"real GDP is {macro.real_gdp}", quarter=economy.quarter)
    expenditure = macro.consumption + macro.government_consumption + macro.investment + macro.exports - macro.imports
    gdp = macro.nominal_gdp, expenditure, gdp_by_income(economy)
    ledger.close_quarter(economy.stocks(), macro.bank_equity, gdp, economy.quarter)


def gdp_by_income(economy: Economy) -> float:
    """Compensation of employees, taxes on production less subsidies, and the gross surplus of firms."""
    firms = economy.plans.firm_totals
    taxes = (
        firms.production_taxes + firms.carbon_tax + firms.ai_tax + firms.fines - firms.adoption_subsidies
        - firms.compute_vouchers - firms.research_credits - firms.hiring_subsidies
    )  # fmt: skip
    surplus = firms.profit + firms.depreciation + firms.intangible_depreciation
    surplus += firms.loan_interest - firms.deposit_interest_firms
    return firms.wages + firms.employer_contributions + taxes + surplus
