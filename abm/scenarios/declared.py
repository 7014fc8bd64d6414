"""What a scenario may set, as pydantic models made from the declarations of levers, parameters, closures and the rest.

Bounds, defaults, units and sentences come from the declarations, so that a new lever or parameter is known at once.
The JSON Schema for editors is generated from these models.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.config import JsonDict

from abm.levers import Lever, LeverParameter, shipped_levers
from abm.parameters import ParameterInformation, describe_parameters
from abm.scenarios.closures import CLOSURES
from abm.scenarios.mechanisms import ALL, FAMILIES, MECHANISMS
from abm.scenarios.presets import PRESETS

__all__ = [
    "EXACTLY",
    "assumptions_model",
    "closures_model",
    "exact_model",
    "levers_model",
    "mechanisms_model",
    "preset_names",
]

EXACTLY = ConfigDict(extra="forbid", strict=True, protected_namespaces=())
YEAR_PATTERN = r"^(202[4-9]|20[3-9][0-9]|2100)$"  # from FIRST_YEAR to LAST_YEAR of the checks, which a test compares
Year = Annotated[str, Field(pattern=YEAR_PATTERN)]
PATH = "A time path, {year: value}; each value holds from the first quarter of its year."
Switch = Literal["on", "off", True, False]


def exact_model(name: str, fields: dict[str, Any]) -> type[BaseModel]:
    """A model with these fields, {name: (type, Field)}, and no others."""
    return create_model(name, __config__=EXACTLY, **fields)


@cache
def assumptions_model() -> type[BaseModel]:
    """Groups of parameters; what is left out has its default."""
    groups: dict[str, dict[str, Any]] = {}
    for one in describe_parameters():
        group, _, name = one.key.partition(".")
        groups.setdefault(group, {})[name] = (type(one.default), _parameter_field(one))
    models = {group: exact_model(f"assumptions.{group}", of) for group, of in groups.items()}
    return exact_model("assumptions", {group: (of, None) for group, of in models.items()})


def _parameter_field(one: ParameterInformation) -> Any:
    about = f"{one.meaning[:1].upper()}{one.meaning[1:]} ({one.unit}). Source: {one.source}. Status: {one.status}."
    extra: JsonDict = {"unit": one.unit, "status": one.status}
    return Field(one.default, ge=one.lower, le=one.upper, description=about, json_schema_extra=extra)


@cache
def levers_model() -> type[BaseModel]:
    """The levers of the package, each as a number, a time path or its parameters by name."""
    fields = {
        name: (lever_setting(lever), Field(None, description=_about(lever))) for name, lever in shipped_levers().items()
    }
    return exact_model("levers", fields)


def lever_setting(lever: Lever) -> Any:
    """The type of a lever's value: what its first parameter can be, or the parameters by name."""
    fields = {one.name: (_number_or_path(one), Field(None, description=_sentence(one))) for one in lever.parameters}
    named = exact_model(f"levers.{lever.name}", fields)
    return _number_or_path(lever.parameters[0]) | named


def _number_or_path(one: LeverParameter) -> Any:
    extra: JsonDict = {"unit": one.unit}
    number = Annotated[float, Field(ge=one.lower, le=one.upper, description=_sentence(one), json_schema_extra=extra)]
    of_a_year = Annotated[float, Field(ge=one.lower, le=one.upper)]
    only_years: JsonDict = {"additionalProperties": False}
    path = Annotated[dict[Year, of_a_year], Field(min_length=1, description=PATH, json_schema_extra=only_years)]
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
    return exact_model("closures", fields)


@cache
def mechanisms_model() -> type[BaseModel]:
    """The mechanisms, their families and all of them as switches."""
    meanings = {name: one.meaning for name, one in MECHANISMS.items()}
    meanings |= {name: f"All of the family: {meaning}." for name, meaning in FAMILIES.items()}
    meanings[ALL] = "Every mechanism."
    fields = {name: (Switch, Field(None, description=meaning)) for name, meaning in meanings.items()}
    return exact_model("mechanisms", fields)


def preset_names() -> Any:
    """The type of the key ``ai``."""
    return Literal[tuple(PRESETS)]
