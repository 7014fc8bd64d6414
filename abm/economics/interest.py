"""Interest rates as those see them who save, lend, buy and invest; all per quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.economics.monetary_policy import natural_rate
from abm.parameters import Money
from abm.state import Macro

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["deposit_rate", "mean_rates_move", "real_rate_gap"]


def mean_rates_move(macro: Macro, money: Money) -> None:
    """Mean rates on all loans, deposits and bonds: what is agreed anew in the quarter bears today's rate.

    So a change of the policy rate reaches interest paid and received over the terms of the contracts, not at once.
    """
    macro.loan_rate += money.loan_renewal * (macro.policy_rate + money.loan_spread - macro.loan_rate)
    macro.deposit_rate += money.deposit_renewal * (deposit_rate(macro.policy_rate, money) - macro.deposit_rate)
    macro.bond_rate += money.bond_renewal * (macro.policy_rate + money.bond_spread - macro.bond_rate)


def deposit_rate(policy_rate: float, money: Money) -> float:
    """What the bank offers on deposits: it passes on ``deposit_beta`` of a change of the policy rate.

    A bank with power over its market passes on a part (Drechsler, Savov and Schnabl 2017).
    """
    return max(0.0, money.policy_rate - money.deposit_spread + money.deposit_beta * (policy_rate - money.policy_rate))


def real_rate_gap(economy: Economy) -> float:
    """Real policy rate over its natural level."""
    macro, target = economy.macro, economy.parameters.growth.inflation_target
    return (macro.policy_rate - natural_rate(macro, economy.parameters)) - (macro.expected_inflation - target)
