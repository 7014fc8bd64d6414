"""The compute that the state gives to small firms that use AI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.kernels.subsidies import pay_with_ai_in_small_firms

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["compute_is_given"]


def compute_is_given(economy: Economy) -> None:
    """Plan the compute that the state gives to small firms, share of the pay of their staff that works with AI.

    Compliance with rules takes services that compute nothing, so that the state buys more to give as much.
    """
    plans, instruments = economy.plans, economy.instruments
    given = instruments.public_compute * economy.macro.trend_gdp
    if given > 0.0:
        pay = pay_with_ai_in_small_firms(economy.firms.view, economy.parameters.firms.view)
        given = given / max(pay, 1e-9) * (1 + instruments.compliance_cost)
    plans.public_compute[:] = given
