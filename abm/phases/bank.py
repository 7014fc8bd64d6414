"""The bank: interest, tax, dividends, and the state's help when its capital is gone."""

from __future__ import annotations

from abm.economics.interest import bond_rate
from abm.economy import Economy
from abm.phase import phase


@phase
def bank_settles(economy: Economy) -> None:
    """Interest, tax and dividends of the bank; a bank short of capital is given bonds (eq. 38)."""
    structure, p, plans, macro, ledger = (
        economy.structure, economy.parameters, economy.plans, economy.macro, economy.ledger
    )  # fmt: skip
    money, owned, post, paid = p.money, p.government.state_ownership, ledger.post, ledger.amounts
    post("deposit_interest_households", plans.household_totals.interest)
    post("bond_interest", bond_rate(macro, money) * macro.bonds)
    post("foreign_interest", structure.foreign_rate * macro.foreign_assets)
    profit = (
        paid["loan_interest"] + paid["bond_interest"] + paid["foreign_interest"]
        - paid["deposit_interest_households"] - paid["deposit_interest_firms"]
    )  # fmt: skip
    tax = structure.corporate_tax_rate * max(0.0, profit)
    loans = float(economy.firms.loans.sum())
    spare = macro.bank_equity - money.capital_ratio * loans
    kept_for_growth = macro.nominal_growth * macro.bank_equity
    dividend = max(0.0, profit - tax + money.capital_speed * spare - kept_for_growth)
    macro.bank_equity += profit - tax - dividend
    plans.bank_dividend = (1 - owned) * dividend
    post("bank_tax", tax)
    post("bank_dividends", plans.bank_dividend)
    post("bank_state_dividends", owned * dividend)
    if macro.bank_equity < money.lowest_capital_ratio * loans:
        given = money.restored_capital_ratio * loans - macro.bank_equity
        post("recapitalisation", given)
        macro.bank_equity += given
