"""Every behavioural parameter once: default, unit, bounds, source and status, in groups that a scenario can name.

Rates are per quarter unless the unit says otherwise. Status: ``empirical`` (read or derived from data), ``assumed``
(remembered, transferred or chosen), ``tuned`` (chosen so that the model meets a target), ``policy`` (a rule of the
state). A scenario changes them under ``assumptions:`` as ``group: {name: value}``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, NamedTuple

from abm.errors import UserError
from abm.parameters.energy import Energy
from abm.parameters.firms import FirmBehaviour, Investment, Trade
from abm.parameters.government import GovernmentRules, PolicyEffects
from abm.parameters.growth import Growth, Shocks, StructuralChange
from abm.parameters.households import Households
from abm.parameters.labour import Demography, Labour
from abm.parameters.money import Expectations, Money
from abm.parameters.renamed import current_key
from abm.parameters.technology import ArtificialIntelligence, Research

__all__ = [
    "ParameterInformation", "Parameters", "describe_parameters", "with_overrides",
    "ArtificialIntelligence", "Demography", "Energy", "Expectations", "FirmBehaviour", "GovernmentRules", "Growth", "Households",
    "Investment", "Labour", "Money", "PolicyEffects", "Research", "Shocks", "StructuralChange", "Trade",
]  # fmt: skip


@dataclass(frozen=True)
class Parameters:
    """All groups; ``Parameters().labour.separation_rate``."""

    growth: Growth = Growth()
    shocks: Shocks = Shocks()
    labour: Labour = Labour()
    demography: Demography = Demography()
    firms: FirmBehaviour = FirmBehaviour()
    investment: Investment = Investment()
    households: Households = Households()
    government: GovernmentRules = GovernmentRules()
    money: Money = Money()
    expectations: Expectations = Expectations()
    trade: Trade = Trade()
    research: Research = Research()
    artificial_intelligence: ArtificialIntelligence = ArtificialIntelligence()
    policy_effects: PolicyEffects = PolicyEffects()
    energy: Energy = Energy()
    structural_change: StructuralChange = StructuralChange()


class ParameterInformation(NamedTuple):
    """What is known of one parameter; ``key`` is "group.name", bounds are None for a switch."""

    key: str
    default: Any
    unit: str
    lower: float | None
    upper: float | None
    source: str
    status: str
    meaning: str


@cache
def describe_parameters() -> tuple[ParameterInformation, ...]:
    """Every parameter in the order of the groups."""
    return tuple(
        ParameterInformation(f"{group.name}.{item.name}", item.default, **item.metadata)
        for group in fields(Parameters)
        for item in fields(getattr(Parameters, group.name))
    )


def with_overrides(parameters: Parameters, overrides: Mapping[str, Any]) -> Parameters:
    """The parameters with dotted keys set: {"labour.separation_rate": 0.03}. Raises UserError in one line."""
    known = {information.key: information for information in describe_parameters()}
    changes: dict[str, dict[str, Any]] = {}
    for given, value in overrides.items():
        key = current_key(given)
        if key not in known:
            raise UserError(f"unknown parameter '{key}'; `xinzhi describe --parameters` lists them")
        group, _, name = key.partition(".")
        changes.setdefault(group, {})[name] = _checked(known[key], value)
    groups = {group: replace(getattr(parameters, group), **values) for group, values in changes.items()}
    return replace(parameters, **groups)


def _checked(information: ParameterInformation, value: Any) -> Any:
    key, default = information.key, information.default
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise UserError(f"{key} should be true or false, not {value!r}")
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise UserError(f"{key} should be a number in {information.unit}, not {value!r}")
    if isinstance(default, int) and value != int(value):
        raise UserError(f"{key} should be a whole number, not {value!r}")
    lower, upper = information.lower, information.upper
    if lower is not None and upper is not None and not lower <= value <= upper:
        raise UserError(f"{key} should lie between {lower:g} and {upper:g}, not {value:g}")
    return type(default)(value)
