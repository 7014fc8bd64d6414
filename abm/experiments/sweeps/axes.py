"""The axes of a design: what one uncertainty can be, between two ends or one of several levels."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from abm.errors import UserError, placed
from abm.experiments.sweeps.world_keys import world_key
from abm.parameters import parameter_named
from abm.scenarios.places import Place
from abm.scenarios.plain_values import canonical
from abm.scenarios.scenario import Scenario, with_settings
from abm.values import Ends, Number

__all__ = ["Axis", "Levels", "UncertaintyRange", "read_axis"]

ENDS = {"low", "high", "steps"}
STEPS = Number(1, whole=True)


@dataclass(frozen=True)
class UncertaintyRange:
    """A number between two ends; ``steps`` evenly spaced values of it in a grid. ``whole`` numbers are rounded."""

    key: str
    low: float
    high: float
    steps: int = 3
    whole: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest value."""
        return self.low, self.high

    @property
    def bounds(self) -> tuple[float, float]:
        """What a sampler draws from; each whole number has an interval of the same width."""
        return (self.low - 0.5, self.high + 0.5) if self.whole else self.ends

    def value(self, drawn: float) -> float | int:
        """The value behind a number drawn within the bounds."""
        if not self.whole:
            return float(drawn)
        return int(min(max(math.floor(drawn + 0.5), self.low), self.high))

    def levels(self) -> list[float | int]:
        """The values in a grid, without repetition."""
        width = (self.high - self.low) / max(self.steps - 1, 1)
        values = [self.low + width * step for step in range(self.steps)]
        return list(dict.fromkeys(round(value) if self.whole else float(value) for value in values))

    def tried(self) -> list[float | int]:
        """The values that are checked when the design is read."""
        return [int(end) if self.whole else end for end in self.ends]

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

    @property
    def ends(self) -> tuple[float, float]:
        """As ``bounds``; a method that needs ends takes no levels."""
        return self.bounds

    def value(self, drawn: float) -> Any:
        """The value behind a number drawn within the bounds."""
        return self.values[min(int(drawn), len(self.values) - 1)]

    def levels(self) -> list[Any]:
        """The values in a grid."""
        return list(self.values)

    def tried(self) -> list[Any]:
        """The values that are checked when the design is read."""
        return list(self.values)

    def described(self) -> dict[str, Any]:
        """The declaration of the axis, for the provenance."""
        return {"levels": list(self.values)}


Axis = UncertaintyRange | Levels


def read_axis(key: Any, value: Any, base: Scenario, place: Place) -> Axis:
    """The axis that a design file describes; its ends or levels are laid over the scenario. Raises UserError."""
    here = place.of("uncertainties", key)
    dotted = world_key(key, here)
    axis = _axis(str(key), value, dotted, place)
    seen: dict[str, Any] = {}
    for position, one in enumerate(axis.tried()):
        there = place.of("uncertainties", key, position) if isinstance(axis, Levels) else here
        content = _content(with_settings(base, {dotted: one}, there))
        if content in seen:
            raise UserError(f"{there}: {key} has the level {one} twice ({seen[content]} is the same); remove one")
        seen[content] = one
    return axis


def _content(scenario: Scenario) -> str:
    """What a scenario sets, the same for 200 and 200.0, and for off and false."""
    return json.dumps(canonical(scenario.resolved()), sort_keys=True)


def _axis(key: str, value: Any, dotted: str, place: Place) -> Axis:
    here = place.of("uncertainties", key)
    if isinstance(value, list):
        if not value:
            raise UserError(f"{here}: {key} is an empty axis; list its levels or give {{low: ..., high: ...}}")
        return Levels(key, tuple(value))
    if not isinstance(value, dict) or not {"low", "high"} <= set(value) <= ENDS:
        raise UserError(f"{here}: {key} should be {{low: ..., high: ...}}, with steps for a grid, or a list of levels")
    parameter = dotted.removeprefix("assumptions.")
    kind = parameter_named(parameter).kind if parameter != dotted else Number()
    whole = isinstance(kind, Number) and kind.whole
    with placed(here):
        number = kind if isinstance(kind, Number) else Number()
        low, high = Ends(number).checked((value["low"], value["high"]), key)
        steps = STEPS.checked(value.get("steps", 3), f"steps of {key}")
    return UncertaintyRange(key, float(low), float(high), int(steps), whole)
