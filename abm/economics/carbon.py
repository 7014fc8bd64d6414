"""The price of carbon dioxide beyond that of the emissions trading scheme, whose allowances are free."""

from __future__ import annotations

from abm.levers.instruments import Instruments
from abm.state import Macro

__all__ = ["carbon_price_rise", "carbon_rate", "real_carbon_rate"]

MONEY_TO_THOUSAND = 1e-3


def carbon_price_rise(instruments: Instruments, allowance_price: float) -> float:
    """Carbon price above that of the trading scheme, at the prices of the opening a tonne; below zero where lower."""
    return instruments.carbon_price - allowance_price


def real_carbon_rate(instruments: Instruments, allowance_price: float) -> float:
    """The same in thousand of the opening a tonne."""
    return carbon_price_rise(instruments, allowance_price) * MONEY_TO_THOUSAND


def carbon_rate(instruments: Instruments, allowance_price: float, macro: Macro) -> float:
    """The same in thousand of today a tonne."""
    return real_carbon_rate(instruments, allowance_price) * macro.consumer_price
