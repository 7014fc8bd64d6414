"""The rate of interest at which money neither stimulates nor slows."""

from __future__ import annotations

from abm.parameters import Parameters
from abm.state import Macro

__all__ = ["natural_rate"]


def natural_rate(macro: Macro, parameters: Parameters) -> float:
    """Nominal natural rate by rule of thumb, per quarter, with inflation on target.

    The real rate of the opening, the target, and a part of the change of growth.
    """
    money, growth = parameters.money, parameters.growth
    faster = macro.long_run_growth - growth.trend_opening - growth.expected_growth_above_frontier
    usual = macro.usual_real_rate + growth.inflation_target
    return max(money.lowest_natural_rate, usual + money.growth_in_rates * faster)
