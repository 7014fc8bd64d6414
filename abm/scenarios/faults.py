"""A fault that pydantic finds in a file, as one line with the place, what was found and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from abm.errors import nearest
from abm.scenarios.places import Place

__all__ = ["in_one_line", "path_of", "shown"]


def path_of(error: ValidationError) -> tuple[Any, ...]:
    """The keys that lead to the first fault."""
    return error.errors(include_url=False)[0]["loc"]


def in_one_line(
    error: ValidationError,
    data: Mapping[Any, Any],
    place: Place,
    expected: Mapping[str, str],
    dotted_keys: Callable[[], Iterable[str]] | None = None,
) -> str:
    """The first fault of a file whose keys are those of ``expected``, which says what to write for each.

    With ``dotted_keys`` an unknown key of a mapping is looked for among them together with the first key below it.
    """
    path = path_of(error)
    key = path[0]
    found = data.get(key)
    if key in expected:
        return f"{place.of(*path)}: {key} should be {expected[key]}, not {shown(found)}"
    if dotted_keys is None:
        return f"{place.of(key)}: unknown key '{key}'{nearest(key, expected)}"
    dotted = f"{key}.{next(iter(found))}" if isinstance(found, dict) and found else key
    return f"{place.of(key)}: unknown key '{dotted}'{nearest(dotted, dotted_keys())}"


def shown(value: Any) -> str:
    """A value as a message quotes it, on one line and not too long."""
    text = " ".join(str(value).split())
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
