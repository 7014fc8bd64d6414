"""Production and the orders for inputs."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.production import produce
from abm.phase import phase


@phase
def firms_produce(economy: Economy) -> None:
    """Goods are made, services made ready, inputs ordered for what is made or expected (eq. 21-22)."""
    firms, plans, rules = economy.firms, economy.plans, economy.parameters.firms
    plans.ai_orders = produce[economy.threads](firms.view, plans.view, economy.structure.view, rules.view)
