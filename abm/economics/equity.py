"""What firms are worth to those who own them."""

from __future__ import annotations

from abm.parameters import Parameters
from abm.state import Macro

__all__ = ["equity_value"]

LOWEST_YIELD = 0.004  # per quarter; keeps the price finite where growth comes near the rate of discount


def equity_value(macro: Macro, parameters: Parameters) -> float:
    """Market value of the equity of firms and bank in private hands, thousand yuan.

    Expected dividends over (real rate + equity premium − growth), the formula of Gordon 1959. Owners expect the real
    policy rate to last between today's and that of the opening, and growth between that of recent years and that of the
    long run, by ``expectations.persistence`` half-way.
    """
    growth, lasting = parameters.growth, parameters.expectations.persistence
    real_rate = lasting * (macro.policy_rate - macro.expected_inflation) + (1 - lasting) * macro.usual_real_rate
    expected_growth = lasting * macro.long_run_growth + (1 - lasting) * growth.trend_long_run
    discount = real_rate + parameters.households.equity_premium - expected_growth
    return macro.expected_dividends / max(LOWEST_YIELD, discount)
