"""Levers from outside the package in a scenario: ``levers_from`` names their files, relative to the scenario's.

It holds one path, a list of paths, or {path: SHA-256}, which takes that very version of the file; a scenario that is
written out as it was resolved has the last. The files are read before the levers of the scenario are checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from abm.errors import UserError
from abm.levers.finding import files_of, load_lever, require_files

__all__ = ["KEY", "files_used", "read_lever_files"]

KEY = "levers_from"


def read_lever_files(value: Any, folder: Path, here: str) -> None:
    """Make the levers of a scenario's ``levers_from`` known; ``here`` is the place of the key, for errors.

    What is no path is left to the check of the scenario's keys. Raises UserError in one line that names both files.
    """
    names: dict[str, str] = {}
    for written in value if isinstance(value, (list, dict)) else [value]:
        if not isinstance(written, str) or not written.strip():
            return
        path = folder / written
        if names.setdefault(path.stem, written) != written:
            text = f"'{names[path.stem]}' and '{written}' would both be the lever '{path.stem}'"
            raise UserError(f"{here}: {text}; give one of the files another name")
        try:
            if isinstance(value, dict):
                require_files({str(path.resolve()): str(value[written])})
            else:
                load_lever(path)
        except UserError as error:
            raise UserError(f"{here}: {error}") from None


def files_used(levers: Iterable[str]) -> dict[str, str]:
    """{absolute path: SHA-256} of the files behind those of the levers that come from outside the package."""
    return files_of(sorted(levers))
