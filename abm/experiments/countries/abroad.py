"""A scenario in another economy: the same policies, with amounts of money converted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from abm.data import exchange_rate
from abm.scenarios import conversion
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["exchange_rate", "in_economy", "priced_levers"]


def priced_levers(scenario: Scenario) -> dict[str, list[str]]:
    """{lever: parameters in money} of the levers that a scenario sets."""
    return conversion.priced_levers(scenario.levers)


def in_economy(scenario: Scenario, economy: str, purchasing_power: bool = False) -> Scenario:
    """The scenario in an economy; what it sets in money is converted from the currency of its own.

    At the exchange rate, or with ``purchasing_power`` so that it buys as much there over all of GDP.

    A carbon price counts from what allowances cost already: what is converted is the excess over that price.
    Raises UserError if the economy does not open in the year of the scenario, or lacks what a lever names.
    """
    if scenario.tables == economy:
        return scenario
    made = conversion.conversions_to(scenario.levers, scenario.tables, economy, scenario.opening_year, purchasing_power)
    changes: dict[str, Any] = {"economy": economy, **{f"levers.{one.lever}": {"replace": one.after} for one in made}}
    there = replace(load_scenario(scenario, changes), converted=made)
    return replace(there, converted=(), **conversion.in_words_after(scenario, there))  # commands say it themselves
