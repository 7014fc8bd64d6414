"""Competition: market shares and mark-ups."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.competition import update_market_shares
from abm.phase import phase


@phase
def market_shares_shift(economy: Economy) -> None:
    """Cheaper and better firms gain customers; what each firm sees of its demand (eq. 40-42)."""
    p = economy.parameters
    update_market_shares[economy.threads](
        economy.firms.view, economy.sectors.view, economy.structure.view, p.firms.view, p.expectations.view,
        p.artificial_intelligence.breach_loss, economy.seed, economy.quarter,
    )  # fmt: skip
