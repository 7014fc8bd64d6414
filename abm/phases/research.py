"""Research and the productivity of firms."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.productivity import advance_productivity, choose_research
from abm.phase import phase


@phase
def productivity_advances(economy: Economy) -> None:
    """Drift, research projects that AI shortens, imitation of the best, random draws (eq. 43)."""
    p = economy.parameters
    advance_productivity[economy.threads](
        economy.seed, economy.quarter, economy.firms.view, economy.structure.view, economy.macro.view,
        economy.instruments.view, p.research.view, p.policy_effects.view,
    )  # fmt: skip


@phase
def firms_choose_research(economy: Economy) -> None:
    """How much of the staff does research in the next quarter: the usual part, more if the state or cash helps."""
    p = economy.parameters
    choose_research[economy.threads](
        economy.firms.view, economy.structure.view, economy.instruments.view, p.firms.view, p.research.view
    )
