"""What firms are worth to those who own them."""

from __future__ import annotations

from abm.parameters import Parameters
from abm.state import Macro

__all__ = ["equity_value"]

LOWEST_YIELD = 0.004  # per quarter; keeps the price finite where growth comes near the rate of discount


def equity_value(aggregate: Macro, parameters: Parameters) -> float:
    """Market value of the equity of firms and bank in private hands, thousand yuan.

    Expected dividends over (real rate + equity premium − growth), the formula of Gordon 1959. Owners expect the real
    policy rate to last half-way between today's and that of the opening, and growth half-way between that of recent
    years and that of the long run.
    """
    money, growth = parameters.money, parameters.growth
    usual_rate = money.policy_rate - growth.inflation_target
    real_rate = 0.5 * (aggregate.policy_rate - aggregate.expected_inflation + usual_rate)
    lasting = 0.5 * (aggregate.long_run_growth + growth.trend_long_run)
    discount = real_rate + parameters.households.equity_premium - lasting
    return aggregate.expected_dividends / max(LOWEST_YIELD, discount)
