"""The price of carbon dioxide beyond that of the emissions trading scheme, whose allowances are free."""

from __future__ import annotations

from abm.levers.instruments import Instruments
from abm.state import Macro

__all__ = ["NEUTRAL_CARBON_PRICE", "carbon_price_rise", "carbon_rate"]

NEUTRAL_CARBON_PRICE = Instruments().carbon_price  # CNY per tonne
YUAN_TO_THOUSAND = 1e-3


def carbon_price_rise(instruments: Instruments) -> float:
    """Carbon price above that of the trading scheme, yuan of 2024Q1 per tonne; below zero where it is lower."""
    return instruments.carbon_price - NEUTRAL_CARBON_PRICE


def carbon_rate(instruments: Instruments, macro: Macro) -> float:
    """The same in thousand yuan of today per tonne."""
    return carbon_price_rise(instruments) * YUAN_TO_THOUSAND * macro.consumer_price
