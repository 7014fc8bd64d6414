"""Interest rates as those see them who save, lend, buy and invest; all per quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.economics.monetary_policy import natural_rate
from abm.kernels import settlement
from abm.parameters import Money
from abm.state import Macro

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["bond_rate", "deposit_rate", "real_rate_gap"]


def deposit_rate(macro: Macro, money: Money) -> float:
    """Interest on deposits; firms settle by the same rule."""
    return settlement.deposit_rate.py_func(macro.policy_rate, money)  # type: ignore[attr-defined]


def bond_rate(macro: Macro, money: Money) -> float:
    """Interest on government bonds."""
    return macro.policy_rate + money.bond_spread


def real_rate_gap(economy: Economy) -> float:
    """Real policy rate over its natural level."""
    macro, target = economy.macro, economy.parameters.growth.inflation_target
    return (macro.policy_rate - natural_rate(macro, economy.parameters)) - (macro.expected_inflation - target)
