"""The JSON Schema (draft 2020-12) of scenario files, designs of sweeps and designs of fits, for editors.

It is generated from the declarations that check the files: the keys of each kind of file, levers and parameters. What
the schema accepts may still be refused when it is read: a schema does not follow ``extends`` or open a lever's file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields

from abm.experiments.calibration.design_checks import FitFile
from abm.experiments.sweeps.design_checks import DesignFile
from abm.experiments.sweeps.sampling import METHOD, SETTINGS
from abm.levers import shipped_levers
from abm.parameters import describe_parameters
from abm.scenarios.checks import ScenarioFile
from abm.scenarios.closures import CLOSURES
from abm.scenarios.declared import (
    about_parameter,
    applications_schema,
    assumptions_schema,
    closures_schema,
    exact,
    levers_schema,
    mechanisms_schema,
    preset_schema,
    shared_definitions,
)
from abm.scenarios.entries import entries_of
from abm.scenarios.scenario import list_scenarios
from abm.scenarios.switches import closure_kind
from abm.values import Ends, Number, Schema

__all__ = ["KINDS", "schema_of", "schema_text"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LEVERS: Schema = {"$ref": "#/$defs/levers"}
SOME: Schema = {"type": "array", "items": {}, "minItems": 1}
RANGE = exact(
    {
        "low": {"type": "number"},
        "high": {"type": "number"},
        "steps": {"type": "integer", "minimum": 1, "default": 3, "description": "Evenly spaced values in a grid."},
    },
    required=["low", "high"],
    description="A number between two ends.",
)
SAMPLING_WORDS = {
    "samples": "Worlds, base samples of Sobol, or trajectories of Morris.",
    "seed": "The seed of the design.",
    "levels": "The grid of Morris.",
}


def schema_of(kind: str) -> Schema:
    """The schema of one of KINDS as plain values."""
    return {"$schema": DRAFT, **KINDS[kind]()}


def schema_text(kind: str) -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def _scenario_schema() -> Schema:
    known = {
        "levers": LEVERS, "ai": preset_schema(), "closures": closures_schema(), "assumptions": assumptions_schema(),
        "mechanisms": mechanisms_schema(), "applications": applications_schema(),
    }  # fmt: skip
    schema = _file_schema(ScenarioFile, known, "A scenario of Xinzhi; every key is optional.")
    schema["$defs"] = _lever_definitions()
    names = {"propertyNames": {"enum": list(shipped_levers())}}
    return _with_own_levers(schema, "extends", {"levers": names})


def _sweep_schema() -> Schema:
    package = {"anyOf": [LEVERS, {"type": "string"}, {"type": "null"}]}
    known = {
        "uncertainties": _uncertainties(),
        "policies": {"type": "object", "additionalProperties": package},
        "sampling": {"anyOf": [METHOD.schema(), _sampling_settings()]},
    }
    schema = _file_schema(DesignFile, known, "A design of `xinzhi sweep`; every key is optional.")
    schema["$defs"] = {**_lever_definitions(), "range": RANGE}
    names = {"propertyNames": {"enum": list(shipped_levers())}}
    return _with_own_levers(schema, "scenario", {"levers": names, "policies": {"additionalProperties": names}})


def _sampling_settings() -> Schema:
    settings: dict[str, Schema] = {"method": METHOD.schema()}
    for name, about in SAMPLING_WORDS.items():
        settings[name] = {**SETTINGS[name].schema(), "description": about}
    settings["levels"]["multipleOf"] = 2
    return exact(settings, required=["method"])


def _uncertainties() -> Schema:
    """Parameters by dotted key, and the keys of a scenario."""
    axis: Schema = {"anyOf": [SOME, {"$ref": "#/$defs/range"}]}
    properties = {one.key: {**axis, "description": about_parameter(one)} for one in describe_parameters()}
    properties["ai"] = {"type": "array", "items": preset_schema(), "minItems": 1}
    for name, closure in CLOSURES.items():
        levels = {"type": "array", "items": closure_kind(name).schema(), "minItems": 1}
        properties[f"closures.{name}"] = {**levels, "description": closure.meaning}
    return exact(properties, patternProperties={r"^(applications|assumptions|levers|mechanisms)\.": axis})


def _fit_schema() -> Schema:
    sought = {one.key: one for one in describe_parameters() if isinstance(one.kind, Number) and not one.kind.whole}
    ranges = {}
    for key, one in sought.items():
        if isinstance(one.kind, Number):
            ends = {"anyOf": [Ends(one.kind).schema(), {"type": "null"}]}
            ranges[key] = {**ends, "description": about_parameter(one)}
    keys = {"type": "array", "items": {"enum": list(sought)}, "minItems": 1}
    known = {"parameters": {"anyOf": [exact(ranges, minProperties=1), keys]}}
    return _file_schema(FitFile, known, "A design of `xinzhi fit`; every key is optional.")


KINDS: dict[str, Callable[[], Schema]] = {
    "scenario": _scenario_schema,
    "sweep": _sweep_schema,
    "fit": _fit_schema,
}


def _file_schema(file: type, known: Mapping[str, Schema], description: str) -> Schema:
    """The keys of a file, with what is ``known`` better of some of them; nothing after the colon is allowed."""
    defaults = {one.name: one.default for one in fields(file) if one.default not in (MISSING, None, "")}
    properties = {}
    for name, entry in entries_of(file).items():
        value = known.get(name, entry.kind.schema())
        default = {"default": defaults[name]} if name in defaults else {}
        about = f"Expected: {entry.expected}."
        properties[name] = {"anyOf": [value, {"type": "null"}], **default, "description": about}
    return exact(properties, description=description)


def _lever_definitions() -> dict[str, Schema]:
    return {"levers": levers_schema(), **shared_definitions()}


def _with_own_levers(schema: Schema, base: str, names_of: Schema) -> Schema:
    """Levers that the package does not have are allowed where a lever's file may bring them."""
    schema["$defs"]["levers"].pop("additionalProperties", None)
    other_base = {"required": [base], "properties": {base: {"not": {"enum": [*list_scenarios(), None]}}}}
    schema["if"] = {"anyOf": [{"required": ["levers_from"]}, other_base]}
    schema["else"] = {"properties": names_of}
    return schema
