"""What firms are worth to those who own them."""

from __future__ import annotations

from abm.parameters import Parameters
from abm.state import Aggregate

__all__ = ["equity_value"]

LOWEST_YIELD = 0.004  # per quarter; keeps the price finite where growth comes near the rate of discount


def equity_value(aggregate: Aggregate, parameters: Parameters) -> float:
    """Market value of the equity of firms and bank in private hands, thousand yuan.

    Expected dividends over (real policy rate + equity premium − growth that is expected to last), the formula of Gordon
    1959. Growth that lasts is half-way between that of recent years and that of the long run.
    """
    real_rate = aggregate.policy_rate - aggregate.expected_inflation
    lasting = 0.5 * (aggregate.long_run_growth + parameters.growth.trend_long_run)
    discount = real_rate + parameters.households.equity_premium - lasting
    return aggregate.expected_dividends / max(LOWEST_YIELD, discount)
