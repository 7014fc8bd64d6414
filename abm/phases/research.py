"""Research, imitation and productivity."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy
from abm.kernels.draws import STREAMS
from abm.kernels.research import advance_productivity, choose_research
from abm.phase import phase

GRANT_EFFECT = 50.0  # gain of a project per share of GDP spent on basic research
PROTECTED_GAIN, PROTECTED_IMITATION = 0.1, 0.5  # at full protection: more of a project kept, less of it imitated


@phase
def productivity_advances(economy: Economy) -> None:
    """Drift, research projects that AI shortens, imitation of the best, luck (eq. 43).

    Ideas get harder as a sector runs ahead of the exogenous drift (Bloom et al. 2020).
    """
    f, structure, research = economy.state.firms, economy.structure, economy.parameters.research
    a, policy = economy.state.macro, economy.instruments
    gain = (1 + GRANT_EFFECT * policy.research_grants) * (1 + PROTECTED_GAIN * policy.ip_protection)
    imitation = research.imitation * (1 - PROTECTED_IMITATION * policy.ip_protection)
    mean_gap = np.add.reduceat(f.market_share * f.productivity_gap, structure.sector_start[:-1])
    advance_productivity(
        economy.seed, economy.quarter, STREAMS["research"], STREAMS["productivity"],
        structure.sector_start, f.productivity, f.productivity_gap, f.market_share, f.ai_use, f.entrant,
        f.research_share, structure.research_staff, research.success_elasticity,
        research.step * structure.research_relative, research.cycle_quarters, structure.research_cycle_ai,
        np.exp(-research.fishing_out * np.maximum(mean_gap, 0.0)), imitation, research.luck_deviation,
        a.frontier_growth, a.productivity_shock, gain,
    )  # fmt: skip


@phase
def firms_choose_research(economy: Economy) -> None:
    """How much of the staff does research in the next quarter: the usual part, more if the state or cash helps."""
    f, research = economy.state.firms, economy.parameters.research
    choose_research(
        f.sector, f.research_share, f.deposits, f.price * f.sales_quantity, economy.structure.research_staff,
        economy.parameters.firms.liquidity_target, 1 - economy.instruments.research_credit, research.price_elasticity,
        research.cash_elasticity,
    )  # fmt: skip
