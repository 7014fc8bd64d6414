"""How far the bank can lend what firms ask for."""

from __future__ import annotations

from abm.parameters import Money
from abm.state import Macro

__all__ = ["lending_factor"]

LEAST_LOANS = 1e-9  # thousand yuan, so that nothing is divided by zero


def lending_factor(macro: Macro, loans: float, money: Money) -> float:
    """Part of new loans that the bank grants, 0 to 1: all where its equity reaches ``money.lending_ratio`` of loans."""
    return max(0.0, min(1.0, macro.bank_equity / (money.lending_ratio * max(loans, LEAST_LOANS))))
