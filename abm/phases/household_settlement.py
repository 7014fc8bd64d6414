"""Households settle the quarter: what they pay at realised prices, and what their property yields."""

from __future__ import annotations

import numpy as np

from abm.economics.equity import equity_value
from abm.economy import Economy
from abm.errors import AccountingError
from abm.kernels.settlement import settle_households
from abm.phase import phase
from abm.plans import Use


@phase
def households_settle(economy: Economy) -> None:
    """Households pay at realised prices and receive dividends, rents and mixed income (eq. 33)."""
    structure, plans, macro, rules = economy.structure, economy.plans, economy.macro, economy.parameters.households
    planned = plans.household_totals
    home, abroad, _ = plans.paid[Use.CONSUMPTION].tolist()
    built_home, built_abroad, built = plans.paid[Use.DWELLINGS].tolist()
    fees = structure.land_fee_share / (1 - structure.land_fee_share) * (built_home + built_abroad)
    macro.dwelling_price = (built_home + built_abroad) / built if built > 0 else macro.dwelling_price
    owners_are_paid(economy)
    overdrawn = settle_households[economy.threads](
        economy.workers.view, economy.firms.view, structure.view, rules.view, economy.scratch.mixed_income,
        (home + abroad) / planned.consumption, (built_home + built_abroad + fees) / planned.housing,
        built / planned.housing, macro.dividend_pool, plans.firm_totals.rents / planned.dwellings, plans.equity_paid_in,
    )  # fmt: skip
    if overdrawn:
        row = int(np.argmin(economy.workers.deposits))
        raise AccountingError(f"deposits are {economy.workers.deposits[row]:.6g}", "households", economy.quarter, row)
    post, dividend = economy.ledger.post, plans.carbon_dividend_share
    post("consumption", home)
    post("consumption_imports", abroad)
    post("residential_investment", built_home)
    post("residential_imports", built_abroad)
    post("land_fees", fees)
    post("employee_contributions", planned.contributions)
    post("income_tax", planned.income_tax)
    post("pensions", planned.pensions)
    post("unemployment_benefits", planned.benefits)
    post("social_assistance", planned.assistance)
    post("basic_income", (1 - dividend) * planned.basic_income)
    post("carbon_dividends", dividend * planned.basic_income)


def owners_are_paid(economy: Economy) -> None:
    """The dividends of firms and bank to private owners, those expected of a quarter, and what equity is worth."""
    plans, macro, parameters = economy.plans, economy.macro, economy.parameters
    paid = economy.ledger.amounts["dividends"] + plans.bank_dividend
    macro.dividend_pool = paid
    macro.expected_dividends *= 1 + macro.nominal_growth
    macro.expected_dividends += parameters.expectations.dividend_gain * (paid - macro.expected_dividends)
    macro.equity_value = equity_value(macro, economy.structure.equity_premium, parameters)
