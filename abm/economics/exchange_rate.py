"""The price of foreign money: a managed float around the real exchange rate that the fundamentals ask for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from abm.economics.interest import real_rate_gap
from abm.kernels.accounts import add_up

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["depreciation", "fundamental_exchange_rate", "real_exchange_rate"]


def depreciation(economy: Economy) -> float:
    """Log rise of the price of foreign money in the quarter.

    Expected inflation less that abroad, a part of the way to the fundamental real exchange rate, less a part of the
    gap of the real rate of interest over its natural level. The sum of these gaps as long as they last is the jump of
    uncovered interest parity; a managed float lets through a part, spread over that time.
    """
    macro, parameters = economy.macro, economy.parameters
    trade = parameters.trade
    drift = macro.expected_inflation - parameters.growth.world_inflation
    back = trade.exchange_reversion * (fundamental_exchange_rate(economy) - real_exchange_rate(economy))
    return drift + back - trade.interest_parity * real_rate_gap(economy)


def real_exchange_rate(economy: Economy) -> float:
    """Log price of foreign goods against those that are exported, by the opening's exports; 0 at the opening."""
    macro, exports = economy.macro, economy.structure.exports
    at_home = add_up(exports * economy.sectors.producer_price) / add_up(exports)
    return math.log(macro.exchange_rate * macro.world_price / at_home)


def fundamental_exchange_rate(economy: Economy) -> float:
    """Log real exchange rate at which the balance and the claims on abroad would last; below 0 a dearer currency."""
    macro, structure, trade = economy.macro, economy.structure, economy.parameters.trade
    balance = (macro.exports - macro.imports) / macro.nominal_gdp - structure.trade_balance
    claims = macro.foreign_assets / (4 * macro.nominal_gdp) - structure.foreign_position
    return -trade.balance_response * balance - trade.assets_response * claims
