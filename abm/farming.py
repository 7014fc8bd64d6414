"""What work pays on farms and elsewhere."""

from __future__ import annotations

import numpy as np

from abm.state import State
from abm.structure import Structure

__all__ = ["earnings_outside", "farm_incomes"]


def earnings_outside(state: State, structure: Structure) -> float:
    """Mean wage outside agriculture less contributions, thousand yuan a quarter."""
    f, (first, last) = state.firms, structure.farms
    payroll = float(f.payroll.sum()) - float(f.payroll[first:last].sum())
    heads = float(f.headcount.sum()) - float(f.headcount[first:last].sum())
    return (1 - structure.employee_rate) * payroll / heads


def farm_incomes(state: State, structure: Structure) -> np.ndarray:
    """(farms,) wage less contributions and mixed income per head, thousand yuan a quarter; 0 where nobody works."""
    f, (first, last) = state.firms, structure.farms
    heads = f.headcount[first:last]
    earned = (1 - structure.employee_rate) * f.payroll[first:last] + f.dividends[first:last]
    return np.divide(earned, heads, out=np.zeros(heads.size), where=heads > 0)
