"""Where a key of a scenario file stands, for error messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from abm.errors import line_of

if TYPE_CHECKING:
    from abm.yaml_reader import KeyPath

__all__ = ["Place"]


class Place(NamedTuple):
    """Where a key stands, for error messages: the file and its lines by key path, or an override without lines."""

    label: str
    lines: dict[KeyPath, int] | None

    def of(self, *path: Any) -> str:
        """The label, with the line of the key or of the nearest key above it."""
        lines = self.lines or {}
        while path and path not in lines:
            path = path[:-1]
        return line_of(self.label, lines[path]) if path else self.label
