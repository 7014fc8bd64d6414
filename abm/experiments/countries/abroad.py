"""A scenario in another economy: the same policies, with amounts of money converted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abm.data import exchange_rate, load_tables
from abm.levers import is_money, load_levers
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["exchange_rate", "in_economy", "priced_levers"]

CARBON = "carbon_price"  # its neutral value is the price of allowances of the economy


def priced_levers(scenario: Scenario) -> dict[str, list[str]]:
    """{lever: parameters in money} of the levers that a scenario sets."""
    found = {name: [one.name for one in load_levers()[name].parameters if is_money(one)] for name in scenario.levers}
    return {name: parameters for name, parameters in found.items() if parameters}


def in_economy(scenario: Scenario, economy: str, purchasing_power: bool = False) -> Scenario:
    """The scenario in an economy; what it sets in money is converted from the currency of its own.

    At the exchange rate, or with ``purchasing_power`` so that it buys as much there over all of GDP.

    A carbon price counts from what allowances cost already: what is converted is the excess over that price.
    Raises UserError if the economy does not open in the year of the scenario, or lacks what a lever names.
    """
    if scenario.tables == economy:
        return scenario
    changes: dict[str, Any] = {"economy": economy}
    for name, parameters in priced_levers(scenario).items():
        value = scenario.levers[name]
        rate = exchange_rate(scenario.tables, economy, scenario.opening_year, purchasing_power)
        bases = [load_tables(scenario.opening_year, one).allowance_price if name == CARBON else 0.0
                 for one in (scenario.tables, economy)]  # fmt: skip
        changes[f"levers.{name}"] = _converted(value, set(parameters), rate, bases[0], bases[1])
    return load_scenario(scenario, changes)


def _converted(value: Any, parameters: set[str], rate: float, before: float, after: float) -> Any:
    """A setting of a lever with its amounts of money converted: a number, a path over years, or several parameters."""
    if isinstance(value, Mapping):
        named = [key for key in value if isinstance(key, str) and not key.isdigit() and key != "path"]
        return {
            key: one if key in named and key not in parameters else _converted(one, parameters, rate, before, after)
            for key, one in value.items()
        }
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return round(after + (float(value) - before) * rate, 6)
