"""The checks on one scenario file: keys, types, years and finite numbers, then what levers and parameters allow."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from abm.errors import UserError, nearest
from abm.scenarios.faults import in_one_line, path_of, shown
from abm.scenarios.places import Place
from abm.scenarios.switches import checked_closures, checked_mechanisms, checked_preset, switch_keys

if TYPE_CHECKING:
    from abm.scenarios.yaml_reader import KeyPath

__all__ = ["FIRST_YEAR", "LAST_YEAR", "LONGEST_RUN", "Layer", "check", "is_time_path"]

FIRST_YEAR = 2024
LAST_YEAR = 2100
LONGEST_RUN = (LAST_YEAR - FIRST_YEAR + 1) * 4 - 1  # quarters from 2024Q1, which is quarter 0, to 2100Q4

# What to write for each key, said when something else was found there.
EXPECTED = {
    "extends": "the name of a shipped scenario or the path of a file",
    "question": "a text",
    "expected_channels": "a text or a list of texts",
    "leaves_out": "a text or a list of texts",
    "quarters": f"a whole number from 1 to {LONGEST_RUN} (2024Q1 is quarter 0, and the model ends with {LAST_YEAR})",
    "levers": "a mapping, `lever: value`",
    "levers_from": "the path of a lever's Python file, or a list of paths",
    "ai": "the name of a preset, see `xinzhi list presets`",
    "closures": "a mapping, `closure: level`, see `xinzhi list closures`",
    "assumptions": "a mapping of groups of parameters, `group: {parameter: value}`",
    "mechanisms": "a mapping, `mechanism: off`, see `xinzhi list mechanisms`",
}

Texts = Annotated[list[str], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class ScenarioFile(BaseModel):
    """The keys of a scenario file and their types; all of them are optional."""

    model_config = ConfigDict(extra="forbid", strict=True)

    extends: str | None = None
    question: str = ""
    expected_channels: Texts = []
    leaves_out: Texts = []
    quarters: int | None = Field(default=None, ge=1, le=LONGEST_RUN)
    levers: dict[str, Any] = {}
    levers_from: str | list[str] | dict[str, str] | None = None
    ai: str | None = None
    closures: dict[Any, Any] = {}
    assumptions: dict[str, dict[str, Any]] = {}
    mechanisms: dict[Any, Any] = {}


class Layer(NamedTuple):
    """One checked file of a chain, before it is merged with the files below it."""

    extends: str | None
    question: str
    expected_channels: tuple[str, ...]
    leaves_out: tuple[str, ...]
    quarters: int | None
    levers: dict[str, Any]
    ai: str | None
    closures: dict[str, str]
    assumptions: dict[str, Any]
    mechanisms: dict[str, bool]


def check(data: dict[Any, Any], place: Place) -> Layer:
    """The file's content if nothing is wrong with it, else UserError with the place and the remedy."""
    given = {key: value for key, value in data.items() if value is not None or key not in EXPECTED}
    try:
        content = ScenarioFile.model_validate(given)
    except ValidationError as error:
        raise UserError(_explain(error, data, place)) from None
    levers = {name: _checked_lever(name, value, place) for name, value in content.levers.items()}
    return Layer(
        extends=content.extends,
        question=content.question,
        expected_channels=tuple(content.expected_channels),
        leaves_out=tuple(content.leaves_out),
        quarters=content.quarters,
        levers=levers,
        ai=checked_preset(content.ai, place),
        closures=checked_closures(content.closures, place),
        assumptions=_checked_assumptions(content.assumptions, place),
        mechanisms=checked_mechanisms(content.mechanisms, place),
    )


def is_time_path(value: Any) -> bool:
    """Whether a lever's value is a mapping from years, as against one from the names of its parameters."""
    return isinstance(value, dict) and bool(value) and all(_is_year(key) for key in value)


def _explain(error: ValidationError, data: dict[Any, Any], place: Place) -> str:
    path = path_of(error)
    key = path[0]
    found = data.get(key)
    if key == "assumptions" and isinstance(found, dict):
        group = path[1]
        known = nearest(group, _assumption_keys())
        return f"{place.of(key, group)}: assumptions.{group} should be a mapping, `parameter: value`{known}"
    if key == "levers" and isinstance(found, dict):
        return f"{place.of(key, path[1])}: unknown lever '{path[1]}'{nearest(path[1], _levers())}"
    return in_one_line(error, data, place, EXPECTED, _all_keys)


def _all_keys() -> list[str]:
    """Every key that means something in a scenario, the top ones bare and the others dotted."""
    dotted = (*(f"levers.{name}" for name in _levers()), *(f"assumptions.{key}" for key in _parameters()))
    return [*EXPECTED, *dotted, *switch_keys()]


def _levers() -> list[str]:
    from abm.levers import load_levers

    return list(load_levers())


def _parameters() -> list[str]:
    from abm.parameters import describe_parameters

    return [information.key for information in describe_parameters()]


def _assumption_keys() -> list[str]:
    return [f"assumptions.{key}" for key in _parameters()]


def _checked_lever(name: str, value: Any, place: Place) -> Any:
    from abm.levers import load_levers, resolve

    levers = load_levers()
    if name not in levers:
        raise UserError(f"{place.of('levers', name)}: unknown lever '{name}'{nearest(name, levers)}")
    names = [parameter.name for parameter in levers[name].parameters]
    if isinstance(value, dict) and not any(_is_year(key) for key in value):
        if not value:
            raise UserError(f"{place.of('levers', name)}: levers.{name} is empty; give a number or {', '.join(names)}")
        for key, item in value.items():
            if key not in names:
                text = f"levers.{name} has no parameter '{key}'{nearest(key, names)}"
                raise UserError(f"{place.of('levers', name, key)}: {text}")
            value = {**value, key: _checked_path(item, ("levers", name, key), place)}
            _attempt(lambda one: resolve({name: one}), {key: value[key]}, place.of("levers", name, key))
    else:
        value = _checked_path(value, ("levers", name), place)
    _attempt(lambda whole: resolve({name: whole}), value, place.of("levers", name))
    return value


def _checked_path(value: Any, path: KeyPath, place: Place) -> Any:
    """A number, or a time path with its years in order; what the lever allows is checked afterwards."""
    key = ".".join(map(str, path))
    if not isinstance(value, dict):
        _check_lever_number(value, key, place.of(*path))
        return value
    for year, item in value.items():
        here = place.of(*path, year)
        if not _is_year(year):
            raise UserError(
                f"{here}: {key} mixes years with '{year}'; a time path has years only, {{2027: 100, 2035: 200}}"
            )
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise UserError(f"{here}: {key} has the year {year}; years run from {FIRST_YEAR} to {LAST_YEAR}")
        _check_lever_number(item, f"{key}.{year}", here)
    return {int(year): item for year, item in sorted(value.items(), key=lambda pair: int(pair[0]))}


def _checked_assumptions(groups: dict[str, dict[str, Any]], place: Place) -> dict[str, Any]:
    from abm.parameters import Parameters, with_overrides
    from abm.parameters.renamed import current_key

    valid = _parameters() if groups else []
    checked = {}
    for group, parameters in groups.items():
        known = sorted({key.partition(".")[0] for key in valid})
        if group not in known:
            raise UserError(f"{place.of('assumptions', group)}: unknown group '{group}'{nearest(group, known)}")
        for name, value in parameters.items():
            here = place.of("assumptions", group, name)
            key = current_key(f"{group}.{name}", here)
            if key not in valid:
                raise UserError(f"{here}: unknown parameter '{key}'{nearest(key, valid)}")
            _check_number(value, f"assumptions.{key}", here)
            _attempt(lambda changed: with_overrides(Parameters(), changed), {key: value}, here)
            checked[key] = value
    return checked


def _check_number(value: Any, key: str, here: str) -> None:
    """Refuse what no lever and no parameter can take: nothing at all, and numbers that are not finite."""
    if value is None:
        raise UserError(f"{here}: {key} has no value; write one after the colon")
    try:
        # A bare `nan` is a text to YAML, but whoever writes it means the number.
        finite = math.isfinite(float(value)) if isinstance(value, (int, float, str)) else True
    except OverflowError:
        finite = False
    except ValueError:
        finite = True
    if not finite:
        raise UserError(f"{here}: {key} should be a finite number, not {shown(value)}")


def _check_lever_number(value: Any, key: str, here: str) -> None:
    _check_number(value, key, here)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UserError(f"{here}: {key} should be a number, not {shown(value)}")


def _attempt(action: Callable[[Any], object], value: Any, here: str) -> None:
    """Let levers and parameters check the value, and put the place before what they say."""
    try:
        action(value)
    except UserError as error:
        raise UserError(f"{here}: {error}") from None


def _is_year(key: Any) -> bool:
    return isinstance(key, int) or (isinstance(key, str) and key.isdecimal())
