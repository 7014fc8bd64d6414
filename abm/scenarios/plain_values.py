"""Values of scenarios in other forms: dotted keys as nested mappings and back, numbers of numpy as Python's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abm.values import plain_number

__all__ = ["canonical", "grouped", "nested", "plain"]


def nested(key: str, value: Any) -> dict[Any, Any]:
    """What a file would hold that sets one dotted key."""
    data: Any = value
    for part in reversed(key.split(".")):
        data = {int(part) if part.isdecimal() and len(part) < 5 else part: data}
    return data


def plain(value: Any) -> Any:
    """The value with the numbers of numpy as Python's, however deep they lie."""
    if isinstance(value, Mapping):
        return {plain_number(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return plain_number(value)


def grouped(assumptions: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Dotted parameters as a scenario file has them, in groups."""
    groups: dict[str, dict[str, Any]] = {}
    for key, value in assumptions.items():
        group, _, name = key.partition(".")
        groups.setdefault(group, {})[name] = value
    return groups


def canonical(value: Any) -> Any:
    """The same for 200 and 200.0, and for a year as a number or as a text."""
    if isinstance(value, dict):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
