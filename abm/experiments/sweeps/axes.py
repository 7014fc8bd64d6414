"""The axes of a design: what one uncertainty can be, between two ends or one of several levels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from abm.errors import UserError, nearest
from abm.scenarios.checks import EXPECTED
from abm.scenarios.places import Place
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["Levels", "Range", "read_axis", "scenario_key"]

ENDS = {"low", "high", "steps"}


@dataclass(frozen=True)
class Range:
    """A number between two ends; ``steps`` evenly spaced values of it in a grid. ``whole`` numbers are rounded."""

    key: str
    low: float
    high: float
    steps: int = 3
    whole: bool = False

    @property
    def bounds(self) -> tuple[float, float]:
        """What a sampler draws from."""
        return self.low, self.high

    def value(self, drawn: float) -> float | int:
        """The value behind a number drawn within the bounds."""
        return round(drawn) if self.whole else float(drawn)

    def levels(self) -> list[float | int]:
        """The values in a grid, without repetition."""
        width = (self.high - self.low) / max(self.steps - 1, 1)
        return list(dict.fromkeys(self.value(self.low + width * step) for step in range(self.steps)))

    def described(self) -> dict[str, Any]:
        """The declaration of the axis, for the provenance."""
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class Levels:
    """One of several values, such as the levels of a closure; a sampler draws each equally often."""

    key: str
    values: tuple[Any, ...]

    @property
    def bounds(self) -> tuple[float, float]:
        """What a sampler draws from."""
        return 0.0, float(len(self.values))

    def value(self, drawn: float) -> Any:
        """The value behind a number drawn within the bounds."""
        return self.values[min(int(drawn), len(self.values) - 1)]

    def levels(self) -> list[Any]:
        """The values in a grid."""
        return list(self.values)

    def described(self) -> dict[str, Any]:
        """The declaration of the axis, for the provenance."""
        return {"levels": list(self.values)}


def scenario_key(key: str) -> str:
    """The dotted key of a scenario for that of an uncertainty: parameters are written without ``assumptions``."""
    return key if key.partition(".")[0] in EXPECTED else f"assumptions.{key}"


@cache
def _parameter_kinds() -> dict[str, type]:
    from abm.parameters import describe_parameters

    return {one.key: type(one.default) for one in describe_parameters()}


def read_axis(key: str, value: Any, base: Scenario, place: Place) -> Range | Levels:
    """The axis that a design file describes; its ends or levels are tried on the scenario. Raises UserError."""
    here = place.of("uncertainties", key)
    kinds = _parameter_kinds()
    if scenario_key(key) == f"assumptions.{key}" and key not in kinds:
        raise UserError(f"{here}: unknown parameter '{key}'{nearest(key, kinds)}")
    axis = _axis(key, value, kinds.get(key.removeprefix("assumptions.")) is int, here)
    tried = axis.values if isinstance(axis, Levels) else axis.bounds
    for one in tried:
        check_value(key, axis.value(one) if isinstance(axis, Range) else one, base, here)
    return axis


def check_value(key: str, value: Any, base: Scenario, here: str) -> None:
    """Let the scenario check one value of an uncertainty, and put the place before what it says."""
    dotted = scenario_key(key)
    try:
        load_scenario(base, {dotted: value})
    except UserError as error:
        raise UserError(f"{here}: {str(error).removeprefix(f'override {dotted}={value}: ')}") from None


def _axis(key: str, value: Any, whole: bool, here: str) -> Range | Levels:
    if isinstance(value, list):
        if not value:
            raise UserError(f"{here}: {key} is an empty axis; list its levels or give {{low: ..., high: ...}}")
        if any(value.count(one) > 1 for one in value):
            raise UserError(f"{here}: {key} has a level twice; remove one")
        return Levels(key, tuple(value))
    if not isinstance(value, dict) or not {"low", "high"} <= set(value) <= ENDS:
        raise UserError(f"{here}: {key} should be {{low: ..., high: ...}}, with steps for a grid, or a list of levels")
    low, high, steps = value["low"], value["high"], value.get("steps", 3)
    for one in (low, high):
        if isinstance(one, bool) or not isinstance(one, (int, float)) or not math.isfinite(one):
            raise UserError(f"{here}: the ends of {key} should be numbers; list the levels of anything else")
    if not low < high:
        raise UserError(f"{here}: {key} is an empty axis, from {low:g} to {high:g}; low should lie below high")
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 1:
        raise UserError(f"{here}: steps of {key} should be a whole number of at least 1")
    return Range(key, float(low), float(high), steps, whole)
