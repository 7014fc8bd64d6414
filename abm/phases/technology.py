"""Research, the productivity of firms, and competition: market shares and mark-ups."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.competition import update_market_shares
from abm.kernels.productivity import advance_productivity, choose_research
from abm.phase import phase


@phase
def productivity_advances(economy: Economy) -> None:
    """Productivity changes by trend, research projects (shorter with AI), imitation and random draws (eq. 43)."""
    parameters = economy.parameters
    advance_productivity[economy.threads](
        economy.seed, economy.quarter, economy.firms.view, economy.sectors.view, economy.structure.view,
        economy.state.abilities.view, economy.macro.view, economy.instruments.view,
        parameters.research.view, parameters.policy_effects.view,
    )  # fmt: skip


@phase
def firms_choose_research(economy: Economy) -> None:
    """Firms set the research share of staff; tax credits, cash and protection of findings raise it."""
    parameters = economy.parameters
    choose_research[economy.threads](
        economy.firms.view,
        economy.structure.view,
        economy.instruments.view,
        parameters.firms.view,
        parameters.research.view,
        parameters.policy_effects.protection_on_research,
    )


@phase
def market_shares_shift(economy: Economy) -> None:
    """Cheaper and better firms gain market share; firms observe a demand signal (eq. 40-42)."""
    parameters = economy.parameters
    update_market_shares[economy.threads](
        economy.firms.view, economy.sectors.view, economy.structure.view, economy.state.abilities.view,
        parameters.firms.view, parameters.expectations.view, parameters.artificial_intelligence.breach_loss,
        economy.seed, economy.quarter,
    )  # fmt: skip
