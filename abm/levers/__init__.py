"""Policy levers, one file each, found by folder: the file's name is the scenario's key.

A lever file has ``SUMMARY`` (a sentence for the planner), ``PARAMETERS`` and ``set_instruments(policy, **values)``.
A bare number sets the first parameter from 2027Q1 on; a time path {2027: 100, 2035: 200} sets it in steps, each value
from the first quarter of its year; a mapping of names sets several. Before a lever is in force the baseline holds.
"""

from __future__ import annotations

import math
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from abm.errors import UserError
from abm.levers.declaration import LeverParameter
from abm.policy import Policy

__all__ = ["FIRST_QUARTER", "Lever", "LeverParameter", "Levers", "load_levers", "resolve"]

OPENING_YEAR = 2024
FIRST_QUARTER = 12  # 2027Q1, from which a bare number holds


@dataclass(frozen=True)
class Lever:
    """One lever as its file declares it."""

    name: str
    summary: str
    parameters: tuple[LeverParameter, ...]
    set_instruments: Callable[..., None]


@cache
def load_levers() -> dict[str, Lever]:
    """Every lever in the folder, by name."""
    levers = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name != "declaration":
            lever = import_module(f"{__name__}.{module.name}")
            levers[module.name] = Lever(module.name, lever.SUMMARY, lever.PARAMETERS, lever.set_instruments)
    return levers


@dataclass(frozen=True)
class Levers:
    """The levers of a scenario, ready to be asked for the instruments of any quarter."""

    steps: tuple[tuple[str, tuple[tuple[int, dict[str, float]], ...]], ...] = ()

    def policy(self, quarter: int) -> Policy:
        """The instruments in force in a quarter (0 is 2024Q1)."""
        policy = Policy()
        for name, changes in self.steps:
            values: dict[str, float] = {}
            for start, changed in changes:
                if quarter >= start:
                    values = values | changed
            if values:
                lever = load_levers()[name]
                neutral = {parameter.name: parameter.neutral for parameter in lever.parameters}
                lever.set_instruments(policy, **(neutral | values))
        return policy


def resolve(settings: Mapping[str, Any], opening_year: int = OPENING_YEAR) -> Levers:
    """The levers behind {lever: number, time path or {parameter: number or path}}. Raises UserError in one line.

    ``opening_year`` is the calendar year of quarter 0.
    """
    steps = []
    for name, value in sorted(settings.items()):  # so that sums over levers do not depend on the order of the file
        if name not in load_levers():
            raise UserError(f"unknown lever '{name}'; known: {', '.join(load_levers())}")
        lever = load_levers()[name]
        named = value if _has_names(value) else {lever.parameters[0].name: value}
        changes: list[tuple[int, dict[str, float]]] = []
        for key, path in named.items():
            parameter = next((one for one in lever.parameters if one.name == key), None)
            if parameter is None:
                raise UserError(f"levers.{name} has no parameter '{key}'")
            steps_of_path = _steps(f"levers.{name}", parameter, path, opening_year)
            changes += [(start, {key: number}) for start, number in steps_of_path]
        steps.append((name, tuple(sorted(changes, key=lambda change: change[0]))))
    return Levers(tuple(steps))


def _has_names(value: Any) -> bool:
    return isinstance(value, Mapping) and not all(isinstance(key, int) for key in value)


def _steps(label: str, parameter: LeverParameter, path: Any, opening_year: int) -> list[tuple[int, float]]:
    if isinstance(path, Mapping):
        return [((int(year) - opening_year) * 4, _checked(label, parameter, item)) for year, item in path.items()]
    return [(FIRST_QUARTER, _checked(label, parameter, path))]


def _checked(label: str, parameter: LeverParameter, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise UserError(f"{label} should be a number in {parameter.unit}, not {value!r}")
    if not parameter.lower <= value <= parameter.upper:
        limits = f"between {parameter.lower:g} and {parameter.upper:g} {parameter.unit}"
        raise UserError(f"{label} should lie {limits}, not {value:g}")
    return float(value)
