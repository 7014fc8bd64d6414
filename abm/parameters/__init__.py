"""Every behavioural parameter once: default, unit, bounds, source and status, in groups that a scenario can name.

Rates are per quarter unless the unit says otherwise. Status: ``empirical`` (read or derived from data), ``assumed``
(remembered, transferred or chosen), ``tuned`` (chosen so that the model meets a target), ``policy`` (a rule of the
state). A scenario changes them under ``assumptions:`` as ``group: {name: value}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, NamedTuple

from abm.errors import UserError, nearest, refusal
from abm.parameters.adoption import Adoption, Compute, Integration, OfficeAi, ProcessAi
from abm.parameters.energy import Energy
from abm.parameters.firms import FirmBehaviour, Investment, Trade
from abm.parameters.government import GovernmentRules, PolicyEffects
from abm.parameters.growth import Growth, Shocks, StructuralChange
from abm.parameters.households import Households
from abm.parameters.labour import Demography, Labour
from abm.parameters.money import Expectations, Money
from abm.parameters.renamed import current_key
from abm.parameters.technology import ArtificialIntelligence, Research
from abm.text_tables import title_of_key
from abm.values import Number, Switch, ValueKind

__all__ = [
    "ParameterInformation", "Parameters", "describe_parameters", "parameter_named", "with_overrides",
    "Adoption", "ArtificialIntelligence", "Compute", "Demography", "Energy", "Expectations", "FirmBehaviour", "GovernmentRules", "Growth", "Households",
    "Integration", "Investment", "Labour", "Money", "OfficeAi", "PolicyEffects", "ProcessAi", "Research", "Shocks", "StructuralChange", "Trade",
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
    adoption: Adoption = Adoption()
    office_ai: OfficeAi = OfficeAi()
    process_ai: ProcessAi = ProcessAi()
    integration: Integration = Integration()
    compute: Compute = Compute()
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

    @property
    def group(self) -> str:
        """The group that it belongs to."""
        return self.key.partition(".")[0]

    @property
    def title(self) -> str:
        """Its name in words, without that of the group."""
        return title_of_key(self.key.partition(".")[2])

    @property
    def kind(self) -> ValueKind:
        """What it can be set to."""
        if isinstance(self.default, bool):
            return Switch()
        return Number(self.lower, self.upper, self.unit, whole=isinstance(self.default, int))


@cache
def describe_parameters() -> tuple[ParameterInformation, ...]:
    """Every parameter in the order of the groups."""
    return tuple(
        ParameterInformation(f"{group.name}.{item.name}", item.default, **item.metadata)
        for group in fields(Parameters)
        for item in fields(getattr(Parameters, group.name))
    )


@cache
def _known() -> dict[str, ParameterInformation]:
    return {information.key: information for information in describe_parameters()}


def parameter_named(given: str, place: str = "") -> ParameterInformation:
    """What is known of the parameter with that dotted key, or with the key that it had before.

    Raises UserError with the nearest key where there is none. ``place`` is said in the note on a key of old.
    """
    key = current_key(given, place)
    if key not in _known():
        hint = nearest(key, _known()) or "; `xinzhi describe --parameters` lists them"
        raise UserError(refusal("unknown parameter '{key}'{hint}", key=key, hint=hint))
    return _known()[key]


def with_overrides(parameters: Parameters, overrides: Mapping[str, Any]) -> Parameters:
    """The parameters with dotted keys set: {"labour.separation_rate": 0.03}. Raises UserError in one line."""
    changes: dict[str, dict[str, Any]] = {}
    for given, value in overrides.items():
        information = parameter_named(given)
        group, _, name = information.key.partition(".")
        checked = information.kind.checked(value, information.key)
        changes.setdefault(group, {})[name] = type(information.default)(checked)
    groups = {group: replace(getattr(parameters, group), **values) for group, values in changes.items()}
    return replace(parameters, **groups)
