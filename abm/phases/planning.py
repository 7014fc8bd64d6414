"""How work is organised."""

from __future__ import annotations

from abm.economics.tasks import organise
from abm.economy import Economy
from abm.phase import phase


@phase
def firms_organise_tasks(economy: Economy) -> None:
    """Which tasks labour and which capital does, and what a unit takes of capital, materials and energy (eq. 4-6)."""
    organise(economy.state, economy.structure, economy.parameters, economy.threads)
