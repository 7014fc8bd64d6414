"""Firms that leave, and the entrants in their place."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.competition import exit_and_enter
from abm.phase import phase


@phase
def firms_exit_and_enter(economy: Economy) -> None:
    """Insolvent firms and firms without a market exit; entrants take over the site, paid by the owners (eq. 39)."""
    p, plans, macro = economy.parameters, economy.plans, economy.macro
    dividends = (1 - p.government.state_ownership) * plans.firm_totals.shareholder_payout
    exits, written_off, plans.equity_paid_in = exit_and_enter(
        economy.firms.view, economy.sectors.view, economy.structure.view, macro.view, p.firms.view,
        p.investment.view, p.artificial_intelligence.use_pilot, dividends, economy.seed, economy.quarter,
    )  # fmt: skip
    macro.exits = float(exits)
    macro.bank_equity -= written_off
    economy.ledger.write_off(written_off)
    economy.ledger.post("entry_equity", plans.equity_paid_in)
