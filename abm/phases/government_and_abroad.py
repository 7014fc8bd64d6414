"""The bank, the government and the rest of the world settle the quarter."""

from __future__ import annotations

import math

from abm.economy import Economy
from abm.kernels.accounts import add_up
from abm.phase import phase
from abm.plans import Use


@phase
def government_and_abroad_settle(economy: Economy) -> None:
    """The government pays and borrows its deficit; the current account changes foreign assets (eq. 37)."""
    plans, macro, ledger = economy.plans, economy.macro, economy.ledger
    home, abroad, quantity = plans.paid[Use.GOVERNMENT].tolist()
    built_home, built_abroad, built = plans.paid[Use.PUBLIC].tolist()
    macro.government_price = (home + abroad) / quantity
    macro.public_price = (built_home + built_abroad) / built
    public_capital_grows(economy, built)
    ledger.post("government_consumption", home)
    ledger.post("government_imports", abroad)
    ledger.post("public_investment", built_home)
    ledger.post("public_investment_imports", built_abroad)
    ledger.post("exports", add_up(plans.exports * economy.sectors.producer_price))
    nets = ledger.nets()
    macro.government_balance = nets["government"]
    macro.bonds -= macro.government_balance
    macro.foreign_assets -= nets["abroad"]


def public_capital_grows(economy: Economy, built: float) -> None:
    """Public capital wears out and is added to, and so is the usual one; productivity follows their ratio (eq. 43b).

    Clean power counts in both, since it takes the place of private plant. Without cycle, debt rule and policies the two
    are one, and growth is the imposed path.
    """
    macro, plans, kept = economy.macro, economy.plans, 1 - economy.structure.depreciation
    before = math.log(macro.public_capital / macro.usual_public_capital)
    macro.public_capital = kept * macro.public_capital + built
    macro.usual_public_capital = (
        kept * macro.usual_public_capital + built * plans.usual_public_budget / plans.public_budget
    )
    ahead = math.log(macro.public_capital / macro.usual_public_capital)
    macro.public_capital_gain = economy.parameters.government.public_capital_elasticity * (ahead - before)


@phase
def bank_settles(economy: Economy) -> None:
    """The bank settles interest, tax and dividends; the state recapitalises it with bonds if needed (eq. 38)."""
    structure, parameters, plans, macro, ledger = (
        economy.structure, economy.parameters, economy.plans, economy.macro, economy.ledger
    )  # fmt: skip
    money, owned, post, paid = parameters.money, parameters.government.state_ownership, ledger.post, ledger.amounts
    post("deposit_interest_households", plans.household_totals.interest)
    post("bond_interest", macro.bond_rate * macro.bonds)
    post("foreign_interest", structure.foreign_rate * macro.foreign_assets)
    profit = (
        paid["loan_interest"] + paid["bond_interest"] + paid["foreign_interest"]
        - paid["deposit_interest_households"] - paid["deposit_interest_firms"]
    )  # fmt: skip
    tax = structure.corporate_tax_rate * max(0.0, profit)
    loans = add_up(economy.firms.loans)
    spare = macro.bank_equity - money.capital_ratio * loans
    kept_for_growth = macro.nominal_growth * macro.bank_equity
    dividend = max(0.0, profit - tax + money.capital_speed * spare - kept_for_growth)
    macro.bank_equity += profit - tax - dividend
    private = (1 - owned) * dividend
    plans.bank_dividend = (1 - structure.foreign_ownership) * private
    post("bank_tax", tax)
    post("bank_dividends", plans.bank_dividend)
    post("bank_foreign_dividends", structure.foreign_ownership * private)
    post("bank_state_dividends", owned * dividend)
    if macro.bank_equity < money.lowest_capital_ratio * loans:
        given = money.restored_capital_ratio * loans - macro.bank_equity
        post("recapitalisation", given)
        macro.bank_equity += given
