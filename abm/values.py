"""What a user may write as a value: each kind checks it in one way, whichever file or option it comes from.

A kind is declared once, beside what it is the value of. ``checked`` returns the value in its normal form or raises
UserError in one line without the place, which the reader puts before it; ``schema`` is the same as JSON Schema. Kinds
that hold other values raise Misfit, which knows the keys that lead to the fault.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from abm.errors import UserError, nearest, refusal, shown
from abm.languages import said

__all__ = [
    "ANYTHING", "LARGEST_SEED", "MOST_SEEDS", "MOST_WORKERS", "SEED", "SEEDS", "WORKERS", "Anything",
    "Choice", "Either", "Ends", "Entries", "ListOf", "Misfit", "Number", "OnOff", "Schema", "Switch", "Text",
    "Texts", "ValueKind", "plain_number",
]  # fmt: skip

Schema: TypeAlias = dict[str, Any]
SWITCHES = {"on": True, "off": False, "true": True, "false": False}


class Misfit(UserError):
    """A value that is of no use; ``path`` holds the keys that lead to it within the value that was checked."""

    def __init__(self, message: str, path: tuple[Any, ...] = ()):
        super().__init__(message)
        self.path = path


class ValueKind(Protocol):
    """What a value can be."""

    def checked(self, value: Any, key: str) -> Any:
        """The value in its normal form; ``key`` names it in the UserError that is raised otherwise."""
        ...

    def schema(self) -> Schema:
        """The JSON Schema of the values that are accepted."""
        ...


def plain_number(value: Any) -> Any:
    """The Python number behind a number of numpy; anything else as it is, a series of a single number included."""
    return value.item() if getattr(value, "shape", None) == () and hasattr(value, "item") else value


@dataclass(frozen=True)
class Number:
    """A finite number within bounds, a whole one if need be; ``unit`` is said where a number is missing."""

    lower: float | None = None
    upper: float | None = None
    unit: str = ""
    whole: bool = False

    def checked(self, value: Any, key: str) -> int | float:
        """The number, whole numbers as int."""
        value = plain_number(value)
        unit = said(" ({unit})", unit=self.unit) if self.unit else ""
        if value is None:
            raise Misfit(refusal("{key} should be a number and has no value; write one after the colon", key=key))
        if not _finite(value):
            raise Misfit(
                refusal("{key} should be a finite number, not {value}{unit}", key=key, value=shown(value), unit=unit)
            )
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Misfit(refusal("{key} should be a number, not {value}{unit}", key=key, value=shown(value), unit=unit))
        if self.whole and value != int(value):
            raise Misfit(refusal("{key} should be a whole number, not {value}", key=key, value=shown(value)))
        if not self._within(value):
            raise Misfit(
                refusal(
                    "{key} should lie {limits}, not {value}{unit}",
                    key=key,
                    limits=self._limits(),
                    value=f"{value:g}",
                    unit=unit,
                )
            )
        return int(value) if self.whole else value

    def _within(self, value: float) -> bool:
        return (self.lower is None or value >= self.lower) and (self.upper is None or value <= self.upper)

    def _limits(self) -> str:
        if self.lower is None or self.upper is None:
            if self.lower is not None:
                return refusal("at {bound} or above", bound=_bound(self.lower))
            return refusal("at {bound} or below", bound=_bound(self.upper))
        return refusal("between {low} and {high}", low=_bound(self.lower), high=_bound(self.upper))

    def schema(self) -> Schema:
        """A number or an integer with its bounds."""
        limits = {"minimum": self.lower, "maximum": self.upper}
        kind = "integer" if self.whole else "number"
        return {"type": kind, **{name: bound for name, bound in limits.items() if bound is not None}}


def _bound(bound: float | None) -> str:
    return f"{bound:,}" if isinstance(bound, int) else f"{bound:g}"


@dataclass(frozen=True)
class Ends:
    """Two numbers of one kind, the first below the second."""

    number: Number

    def checked(self, value: Any, key: str) -> tuple[float, float]:
        """The two ends."""
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            raise Misfit(refusal("the range of {key} should be two numbers, [low, high]", key=key))
        low, high = (_inside(self.number, one, key, position) for position, one in enumerate(value))
        if low >= high:
            what = refusal("is empty") if low == high else refusal("runs downwards")
            text = refusal("the range {low} to {high} {what}", low=f"{low:g}", high=f"{high:g}", what=what)
            raise Misfit(refusal("{text}; the first bound of {key} should be below the second", text=text, key=key))
        return low, high

    def schema(self) -> Schema:
        """An array of two numbers."""
        return {"type": "array", "prefixItems": [self.number.schema()] * 2, "minItems": 2, "maxItems": 2}


def _finite(value: Any) -> bool:
    """False for a number that is not finite or too large, and for the text of one; a bare `nan` is a text to YAML."""
    if not isinstance(value, (int, float, str)):
        return True
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False
    except ValueError:  # a text that is no number
        return True


@dataclass(frozen=True)
class Switch:
    """True or false."""

    def checked(self, value: Any, key: str) -> bool:
        """The value, which is a bool."""
        value = plain_number(value)
        if not isinstance(value, bool):
            raise Misfit(refusal("{key} should be true or false, not {value}", key=key, value=shown(value)))
        return value

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class OnOff:
    """On or off, as a text or as a truth value."""

    def checked(self, value: Any, key: str) -> bool:
        """Whether it is on."""
        text = str(value).lower() if isinstance(value, (bool, str)) else ""
        if text not in SWITCHES:
            raise Misfit(refusal("{key} should be on or off, not {value}", key=key, value=shown(value)))
        return SWITCHES[text]

    def schema(self) -> Schema:
        """The four ways of writing it."""
        return {"enum": ["on", "off", True, False]}


@dataclass(frozen=True)
class Choice:
    """One of several names; ``fault`` says what is wrong with another value, with {key} and {value} in it."""

    names: tuple[str, ...]
    fault: str

    def checked(self, value: Any, key: str) -> str:
        """The name."""
        if not isinstance(value, str) or value not in self.names:
            fault = refusal(self.fault, key=key, value=shown(value))
            raise Misfit(refusal("{fault}{nearest}", fault=fault, nearest=nearest(value, self.names)))
        return value

    def schema(self) -> Schema:
        """The names."""
        return {"enum": list(self.names)}


@dataclass(frozen=True)
class Anything:
    """What is checked elsewhere, when more is known."""

    def checked(self, value: Any, key: str) -> Any:  # noqa: ARG002 - as every kind
        """The value as it is."""
        return value

    def schema(self) -> Schema:
        """No condition."""
        return {}


ANYTHING = Anything()


@dataclass(frozen=True)
class Text:
    """A text, which is not empty if need be."""

    filled: bool = False

    def checked(self, value: Any, key: str) -> str:
        """The text."""
        if not isinstance(value, str) or (self.filled and not value.strip()):
            raise Misfit(refusal("{key} should be a text, not {value}", key=key, value=shown(value)))
        return value

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string", **({"minLength": 1} if self.filled else {})}


@dataclass(frozen=True)
class Texts:
    """A text or a list of texts."""

    def checked(self, value: Any, key: str) -> list[str]:
        """The list."""
        return ListOf(Text()).checked([value] if isinstance(value, str) else value, key)

    def schema(self) -> Schema:
        """A string or an array of them."""
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


@dataclass(frozen=True)
class ListOf:
    """A list of values of one kind, of at least ``least``."""

    kind: ValueKind = ANYTHING
    least: int = 0

    def checked(self, value: Any, key: str) -> list[Any]:
        """The list with every value in its normal form."""
        if not isinstance(value, (list, tuple)) or len(value) < self.least:
            raise Misfit(refusal("{key} should be a list, not {value}", key=key, value=shown(value)))
        return [_inside(self.kind, one, f"{key}[{position}]", position) for position, one in enumerate(value)]

    def schema(self) -> Schema:
        """An array."""
        return {"type": "array", "items": self.kind.schema(), **({"minItems": self.least} if self.least else {})}


@dataclass(frozen=True)
class Entries:
    """A mapping whose values are of one kind, of at least ``least``; which keys there may be is checked elsewhere."""

    kind: ValueKind = ANYTHING
    least: int = 0

    def checked(self, value: Any, key: str) -> dict[Any, Any]:
        """The mapping with every value in its normal form."""
        if not isinstance(value, Mapping) or len(value) < self.least:
            raise Misfit(refusal("{key} should be a mapping, not {value}", key=key, value=shown(value)))
        return {name: _inside(self.kind, one, f"{key}.{name}", name) for name, one in value.items()}

    def schema(self) -> Schema:
        """An object."""
        least = {"minProperties": self.least} if self.least else {}
        return {"type": "object", "additionalProperties": self.kind.schema(), **least}


@dataclass(frozen=True)
class Either:
    """A value of one of several kinds."""

    kinds: tuple[ValueKind, ...]

    def checked(self, value: Any, key: str) -> Any:
        """The normal form in the first of the kinds that accepts it; the deepest fault if none does."""
        faults = []
        for kind in self.kinds:
            try:
                return kind.checked(value, key)
            except Misfit as fault:
                faults.append(fault)
        raise max(faults, key=lambda fault: len(fault.path))

    def schema(self) -> Schema:
        """Any of the kinds."""
        return {"anyOf": [kind.schema() for kind in self.kinds]}


def _inside(kind: ValueKind, value: Any, key: str, name: Any) -> Any:
    try:
        return kind.checked(value, key)
    except Misfit as fault:
        raise Misfit(fault.text, (name, *fault.path)) from None


# Numbers that the command line, the designs and Python share.
MOST_WORKERS = 2**31 - 1  # rows are 32-bit numbers
LARGEST_SEED = 2**62
MOST_SEEDS = 1_000_000
WORKERS = Number(2_000, MOST_WORKERS, whole=True)
SEED = Number(0, LARGEST_SEED, whole=True)
SEEDS = Number(1, MOST_SEEDS, whole=True)
