"""What a scenario may set, as JSON Schema, written from the same declarations and kinds that check what is read.

Bounds, defaults, units and sentences come from the declarations, so that a new lever or parameter is known at once.
"""

from __future__ import annotations

from typing import Any

from abm.levers import Lever, LeverParameter, shipped_levers
from abm.levers.time_paths import SHAPES
from abm.parameters import ParameterInformation, describe_parameters
from abm.scenarios.closures import CLOSURES
from abm.scenarios.switches import ON_OFF, PRESET, application_switches, closure_kind, switches
from abm.values import Schema

__all__ = [
    "about_parameter", "applications_schema", "assumptions_schema", "closures_schema", "exact", "levers_schema",
    "mechanisms_schema", "preset_schema", "shared_definitions",
]  # fmt: skip

YEAR_PATTERN = r"^(201[2-9]|20[2-9][0-9]|2100)$"  # EARLIEST_YEAR to LAST_YEAR of the checks, which a test compares
STEPS = "A time path, {year: value}; each value holds from the first quarter of its year."
SHAPED = "A time path with its shape: step, or linear, which moves evenly from year to year."
INSTEAD = "Instead of what the scenario below sets, where a path would add its years to that."


def exact(properties: dict[str, Schema], **more: Any) -> Schema:
    """An object with these properties and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False, **more}


def preset_schema() -> Schema:
    """The names of the presets of AI."""
    return PRESET.schema()


def assumptions_schema() -> Schema:
    """Groups of parameters; what is left out has its default."""
    groups: dict[str, dict[str, Schema]] = {}
    for one in describe_parameters():
        group, _, name = one.key.partition(".")
        groups.setdefault(group, {})[name] = _parameter(one)
    return exact({group: exact(of) for group, of in groups.items()})


def _parameter(one: ParameterInformation) -> Schema:
    about = f"{one.meaning[:1].upper()}{one.meaning[1:]} ({one.unit}). Source: {one.source}. Status: {one.status}."
    return {
        **one.kind.schema(), "default": one.default, "description": about, "unit": one.unit, "status": one.status
    }  # fmt: skip


def about_parameter(one: ParameterInformation) -> str:
    """A sentence on a parameter with its unit, bounds and default."""
    bounds = "" if one.lower is None or one.upper is None else f", {one.lower:g} to {one.upper:g}"
    return f"{one.meaning[:1].upper()}{one.meaning[1:]} ({one.unit}{bounds}; default {one.default})."


def shared_definitions() -> dict[str, Schema]:
    """What the schemas of levers refer to: everything but a single number that has certain bounds."""
    parameters = [one for lever in shipped_levers().values() for one in lever.parameters]
    return {_name_of_path(one): _over_time(one) for one in parameters}


def levers_schema() -> Schema:
    """The levers of the package, each as a number, a time path, its parameters by name, or any of them as replaced."""
    return exact({name: _lever(lever) for name, lever in shipped_levers().items()})


def _lever(lever: Lever) -> Schema:
    named = exact({one.name: _parameter_of_lever(one) for one in lever.parameters}, minProperties=1)
    about = f"{lever.title}. {lever.summary} Strategy: {lever.strategy.value}."
    instead = exact({"replace": {"type": "object"}}, required=["replace"], description=INSTEAD)
    return {"anyOf": [*_parameter_of_lever(lever.parameters[0])["anyOf"], named, instead], "description": about}


def _parameter_of_lever(one: LeverParameter) -> Schema:
    about = f"{one.meaning} Neutral: {one.neutral:g}; usual: {one.usual[0]:g} to {one.usual[1]:g} ({one.unit})."
    number = {**one.kind.schema(), "description": about, "unit": one.unit}
    return {"anyOf": [number, {"$ref": f"#/$defs/{_name_of_path(one)}"}]}


def _name_of_path(one: LeverParameter) -> str:
    return f"path_{one.lower:g}_{one.upper:g}"


def _over_time(one: LeverParameter) -> Schema:
    years: Schema = {
        "type": "object", "patternProperties": {YEAR_PATTERN: one.kind.schema()}, "additionalProperties": False,
        "minProperties": 1, "description": STEPS,
    }  # fmt: skip
    shaped = exact({"path": years, "shape": {"enum": list(SHAPES)}}, minProperties=1, description=SHAPED)
    replaced = exact({"replace": {"anyOf": [one.kind.schema(), years, shaped]}}, required=["replace"])
    return {"anyOf": [years, shaped, {**replaced, "description": INSTEAD}]}


def closures_schema() -> Schema:
    """The closures with their levels."""
    return exact(
        {
            name: {**closure_kind(name).schema(), "description": f"{one.meaning} Source: {one.source}."}
            for name, one in CLOSURES.items()
        }
    )


def mechanisms_schema() -> Schema:
    """The mechanisms, their families and all of them as switches."""
    return exact({name: {**ON_OFF.schema(), "description": meaning} for name, meaning in switches().items()})


def applications_schema() -> Schema:
    """The applications of AI, both kinds and all of them as switches."""
    return exact({name: {**ON_OFF.schema(), "description": what} for name, what in application_switches().items()})
