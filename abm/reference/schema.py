"""The JSON Schema (draft 2020-12) of scenario files, designs of sweeps and designs of fits, for editors.

It is generated from the models that check the files and from the declarations of levers and parameters. What the
schema accepts may still be refused when it is read: a schema does not follow ``extends`` or open a lever's file.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from abm.experiments.calibration.design_checks import EXPECTED as FIT_KEYS
from abm.experiments.calibration.design_checks import FitFile
from abm.experiments.sweeps.design_checks import EXPECTED as SWEEP_KEYS
from abm.experiments.sweeps.design_checks import DesignFile
from abm.experiments.sweeps.sampling import METHODS
from abm.levers import shipped_levers
from abm.parameters import ParameterInformation, describe_parameters
from abm.scenarios.checks import EXPECTED, ScenarioFile
from abm.scenarios.closures import CLOSURES
from abm.scenarios.declared import (
    EXACTLY,
    assumptions_model,
    closures_model,
    exact_model,
    levers_model,
    mechanisms_model,
    preset_names,
)
from abm.scenarios.scenario import list_scenarios

__all__ = ["KINDS", "schema_of", "schema_text"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SOME: dict[str, Any] = {"type": "array", "items": {}, "minItems": 1}
Some = Annotated[list[Any], Field(min_length=1)]


class RangeOfNumbers(BaseModel):
    """A number between two ends."""

    model_config = EXACTLY

    low: float
    high: float
    steps: int = Field(3, ge=1, description="Evenly spaced values in a grid.")


class SamplingSettings(BaseModel):
    """How worlds are drawn."""

    model_config = EXACTLY

    method: Literal[tuple(METHODS)]  # type: ignore[valid-type]
    samples: int = Field(64, ge=1, description="Worlds, base samples of Sobol, or trajectories of Morris.")
    seed: int = Field(1, ge=0, description="The seed of the design.")
    levels: int = Field(4, ge=2, multiple_of=2, description="The grid of Morris.")


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one of KINDS as plain values."""
    schema = KINDS[kind]()
    return {"$schema": DRAFT, **_tidied(schema)}


def schema_text(kind: str) -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def _scenario_schema() -> dict[str, Any]:
    of_keys: dict[str, Any] = {
        "extends": str,
        "question": str,
        "expected_channels": str | list[str],
        "leaves_out": str | list[str],
        "levers": levers_model(),
        "ai": preset_names(),
        "closures": closures_model(),
        "assumptions": assumptions_model(),
        "mechanisms": mechanisms_model(),
    }
    fields: dict[str, Any] = {name: (kind | None, _described(EXPECTED[name])) for name, kind in of_keys.items()}
    schema = _schema(create_model("scenario", __base__=ScenarioFile, **fields))
    schema["description"] = "A scenario of Xinzhi; every key is optional."
    names = {"propertyNames": {"enum": list(shipped_levers())}}
    return _with_own_levers(schema, "extends", {"levers": names})


def _sweep_schema() -> dict[str, Any]:
    levers: Any = levers_model()
    methods: Any = Literal[tuple(METHODS)]
    of_keys: dict[str, Any] = {
        "uncertainties": _uncertainties_model(),
        "policies": dict[str, levers | str | None],
        "sampling": methods | SamplingSettings,
    }
    fields: dict[str, Any] = {name: (kind, _described(SWEEP_KEYS[name])) for name, kind in of_keys.items()}
    schema = _schema(create_model("sweep", __base__=DesignFile, **fields))
    schema["description"] = "A design of `xinzhi sweep`; every key is optional."
    axis: dict[str, Any] = {"anyOf": [SOME, {"$ref": "#/$defs/RangeOfNumbers"}]}
    schema["$defs"]["uncertainties"]["patternProperties"] = {r"^(assumptions|levers|mechanisms)\.": axis}
    names = {"propertyNames": {"enum": list(shipped_levers())}}
    return _with_own_levers(schema, "scenario", {"levers": names, "policies": {"additionalProperties": names}})


def _uncertainties_model() -> type[BaseModel]:
    """Parameters by dotted key, and the keys of a scenario."""
    fields: dict[str, Any] = {
        f"parameter_{position}": (Some | RangeOfNumbers, Field(None, alias=one.key, description=_sentence(one)))
        for position, one in enumerate(describe_parameters())
    }
    for name in ("ai", "quarters"):
        fields[name] = (Some | RangeOfNumbers, _described(EXPECTED[name]))
    for name, closure in CLOSURES.items():
        level: Any = Literal[tuple(closure.levels)]
        levels = Annotated[list[level], Field(min_length=1)]
        fields[f"closure_{name}"] = (levels, Field(None, alias=f"closures.{name}", description=closure.meaning))
    return exact_model("uncertainties", fields)


def _fit_schema() -> dict[str, Any]:
    sought = [one for one in describe_parameters() if isinstance(one.default, float) and one.lower is not None]
    fields: dict[str, Any] = {}
    for position, one in enumerate(sought):
        bound = Annotated[float, Field(ge=one.lower, le=one.upper)]
        about = Field(None, alias=one.key, description=_sentence(one))
        fields[f"parameter_{position}"] = (tuple[bound, bound] | None, about)
    ranges: Any = exact_model("parameters", fields)
    key: Any = Literal[tuple(one.key for one in sought)]
    parameters = ranges | Annotated[list[key], Field(min_length=1)]
    schema = _schema(create_model("fit", __base__=FitFile, parameters=(parameters, _described(FIT_KEYS["parameters"]))))
    schema["description"] = "A design of `xinzhi fit`; every key is optional."
    return schema


KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "scenario": _scenario_schema,
    "sweep": _sweep_schema,
    "fit": _fit_schema,
}


def _described(expected: str) -> Any:
    return Field(None, description=f"Expected: {expected}.")


def _sentence(one: ParameterInformation) -> str:
    bounds = "" if one.lower is None or one.upper is None else f", {one.lower:g} to {one.upper:g}"
    return f"{one.meaning[:1].upper()}{one.meaning[1:]} ({one.unit}{bounds}; default {one.default})."


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _with_own_levers(schema: dict[str, Any], base: str, names_of: dict[str, Any]) -> dict[str, Any]:
    """Levers that the package does not have are allowed where a lever's file may bring them."""
    schema["$defs"]["levers"].pop("additionalProperties", None)
    other_base = {"required": [base], "properties": {base: {"not": {"enum": [*list_scenarios(), None]}}}}
    schema["if"] = {"anyOf": [{"required": ["levers_from"]}, other_base]}
    schema["else"] = {"properties": names_of}
    return schema


def _tidied(value: Any) -> Any:
    """Without the titles that pydantic invents and without defaults that are nothing."""
    if isinstance(value, list):
        return [_tidied(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _tidied(one)
        for key, one in value.items()
        if not (key == "title" and isinstance(one, str)) and not (key == "default" and one is None)
    }
