"""Interest rates as those see them who save, buy and invest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.economics.monetary_policy import natural_rate
from abm.parameters import Money
from abm.state import Macro

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["deposit_rate", "real_rate_gap"]


def deposit_rate(macro: Macro, money: Money) -> float:
    """Interest on deposits, per quarter."""
    return max(0.0, macro.policy_rate - money.deposit_spread)


def real_rate_gap(economy: Economy) -> float:
    """Real policy rate over its natural level, per quarter."""
    macro, target = economy.macro, economy.parameters.growth.inflation_target
    return (macro.policy_rate - natural_rate(macro, economy.parameters)) - (macro.expected_inflation - target)
