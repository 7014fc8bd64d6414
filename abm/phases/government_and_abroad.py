"""The government and the rest of the world settle the quarter."""

from __future__ import annotations

from abm.economy import Economy
from abm.phase import phase
from abm.plans import Use


@phase
def government_and_abroad_settle(economy: Economy) -> None:
    """The government pays and borrows the rest; the trade balance changes foreign assets (eq. 37)."""
    plans, macro, ledger = economy.plans, economy.macro, economy.ledger
    home, abroad, quantity = plans.paid[Use.GOVERNMENT].tolist()
    built_home, built_abroad, built = plans.paid[Use.PUBLIC].tolist()
    macro.government_price = (home + abroad) / quantity
    macro.public_price = (built_home + built_abroad) / built
    macro.public_capital = (1 - economy.structure.depreciation) * macro.public_capital + built
    ledger.post("government_consumption", home)
    ledger.post("government_imports", abroad)
    ledger.post("public_investment", built_home)
    ledger.post("public_investment_imports", built_abroad)
    ledger.post("exports", float((plans.exports * economy.sectors.producer_price).sum()))
    nets = ledger.nets()
    macro.government_balance = nets["government"]
    macro.bonds -= macro.government_balance
    macro.foreign_assets -= nets["abroad"]
