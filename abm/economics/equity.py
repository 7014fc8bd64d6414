"""What firms are worth to those who own them."""

from __future__ import annotations

from abm.parameters import Parameters
from abm.state import Macro

__all__ = ["equity_premium", "equity_value"]

LOWEST_YIELD = 0.004  # per quarter; keeps the price finite where growth comes near the rate of discount


def equity_value(macro: Macro, premium: float, parameters: Parameters) -> float:
    """Market value of the equity of firms and bank in private hands, thousand yuan.

    Expected dividends over (real rate + ``premium`` − growth), the formula of Gordon 1959; all are per quarter. Owners
    expect the real policy rate to last between today's and that of the opening, and growth between that of recent years
    and that of the long run, by ``expectations.persistence`` half-way.
    """
    return macro.expected_dividends / max(LOWEST_YIELD, premium + _real_rate_over_growth(macro, parameters))


def equity_premium(macro: Macro, value: float, parameters: Parameters) -> float:
    """The return above the policy rate, per quarter, at which dividends are worth ``value``, thousand yuan.

    Never so low that the yield of dividends would lie below its bound.
    """
    asked = macro.expected_dividends / value if value > 0.0 else LOWEST_YIELD
    return max(LOWEST_YIELD, asked) - _real_rate_over_growth(macro, parameters)


def _real_rate_over_growth(macro: Macro, parameters: Parameters) -> float:
    growth, lasting = parameters.growth, parameters.expectations.persistence
    real_rate = lasting * (macro.policy_rate - macro.expected_inflation) + (1 - lasting) * macro.usual_real_rate
    expected_growth = lasting * macro.long_run_growth + (1 - lasting) * growth.trend_long_run
    return real_rate - expected_growth
