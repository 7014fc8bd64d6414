"""What a scenario may set, as pydantic models made from the declarations of levers, parameters, closures and the rest.

Bounds, defaults, units and sentences come from the declarations, so that a new lever or parameter is known at once.
The JSON Schema for editors is generated from these models.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from abm.levers import Lever, LeverParameter, shipped_levers
from abm.parameters import ParameterInformation, describe_parameters
from abm.scenarios.closures import CLOSURES
from abm.scenarios.mechanisms import ALL, FAMILIES, MECHANISMS
from abm.scenarios.presets import PRESETS

__all__ = ["assumptions_model", "closures_model", "levers_model", "mechanisms_model", "preset_names"]

EXACTLY = ConfigDict(extra="forbid", strict=True, protected_namespaces=())
YEAR_PATTERN = r"^(202[4-9]|20[3-9][0-9]|2100)$"  # from FIRST_YEAR to LAST_YEAR of the checks, which a test compares
Year = Annotated[str, Field(pattern=YEAR_PATTERN)]
Switch = Literal["on", "off", True, False]


@cache
def assumptions_model() -> type[BaseModel]:
    """Groups of parameters; what is left out has its default."""
    groups: dict[str, dict[str, Any]] = {}
    for one in describe_parameters():
        group, _, name = one.key.partition(".")
        groups.setdefault(group, {})[name] = (_kind(one), _parameter_field(one))
    models = {group: create_model(f"assumptions.{group}", __config__=EXACTLY, **of) for group, of in groups.items()}
    return create_model("assumptions", __config__=EXACTLY, **{group: (of, None) for group, of in models.items()})


def _kind(one: ParameterInformation) -> Any:
    return type(one.default)


def _parameter_field(one: ParameterInformation) -> Any:
    about = f"{one.meaning[:1].upper()}{one.meaning[1:]} ({one.unit}). Source: {one.source}. Status: {one.status}."
    extra = {"unit": one.unit, "status": one.status}
    return Field(one.default, ge=one.lower, le=one.upper, description=about, json_schema_extra=extra)


@cache
def levers_model() -> type[BaseModel]:
    """The levers of the package, each as a number, a time path or its parameters by name."""
    fields = {name: (lever_setting(lever), Field(None, description=_about(lever))) for name, lever in _levers().items()}
    return create_model("levers", __config__=EXACTLY, **fields)  # type: ignore[call-overload, no-any-return]


def _levers() -> dict[str, Lever]:
    return dict(shipped_levers())


def lever_setting(lever: Lever) -> Any:
    """The type of a lever's value: what its first parameter can be, or the parameters by name."""
    fields = {one.name: (_number_or_path(one), Field(None, description=_sentence(one))) for one in lever.parameters}
    named = create_model(f"levers.{lever.name}", __config__=EXACTLY, **fields)  # type: ignore[call-overload]
    return _number_or_path(lever.parameters[0]) | named


def _number_or_path(one: LeverParameter) -> Any:
    extra = {"unit": one.unit}
    number = Annotated[float, Field(ge=one.lower, le=one.upper, description=_sentence(one), json_schema_extra=extra)]
    about = "A time path, {year: value}: the value changes evenly between the years that are given."
    only_years = {"additionalProperties": False}
    path = Annotated[dict[Year, number], Field(min_length=1, description=about, json_schema_extra=only_years)]  # type: ignore[valid-type]
    return number | path


def _sentence(one: LeverParameter) -> str:
    return f"{one.meaning} Neutral: {one.neutral:g}; usual: {one.usual[0]:g} to {one.usual[1]:g} ({one.unit})."


def _about(lever: Lever) -> str:
    return f"{lever.title}. {lever.summary} Strategy: {lever.strategy.value}."


@cache
def closures_model() -> type[BaseModel]:
    """The closures with their levels."""
    fields = {
        name: (Literal[tuple(one.levels)], Field(None, description=f"{one.meaning} Source: {one.source}."))
        for name, one in CLOSURES.items()
    }
    return create_model("closures", __config__=EXACTLY, **fields)  # type: ignore[call-overload, no-any-return]


@cache
def mechanisms_model() -> type[BaseModel]:
    """The mechanisms, their families and all of them as switches."""
    meanings = {name: one.meaning for name, one in MECHANISMS.items()}
    meanings |= {name: f"All of the family: {meaning}." for name, meaning in FAMILIES.items()}
    meanings[ALL] = "Every mechanism."
    fields = {name: (Switch, Field(None, description=meaning)) for name, meaning in meanings.items()}
    return create_model("mechanisms", __config__=EXACTLY, **fields)  # type: ignore[call-overload, no-any-return]


def preset_names() -> Any:
    """The type of the key ``ai``."""
    return Literal[tuple(PRESETS)]
