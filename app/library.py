"""Scenarios of the page: files in one folder, each with a plain name, never outside it and never a shipped one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from abm.errors import UserError, located, refusal, shown
from abm.files import whole_file, writing
from abm.scenarios.scenario import Scenario, list_scenarios
from xinzhi.app.asking import Mix, scenario_of
from xinzhi.app.check import file_of, opened
from xinzhi.app.streams import Refused

__all__ = ["Library"]

NAME = re.compile(r"[a-z0-9_]{1,64}")
LARGEST_FILE = 64 * 1024
MOST_FILES = 1_000
LONGEST_CHAIN = 3


class Library:
    """The folder; without one nothing is found and nothing is saved."""

    def __init__(self, folder: Path | None):
        self.folder = folder

    def find(self, name: str, depth: int = 0) -> Scenario | None:
        """The scenario of that name; None where there is none."""
        if depth > LONGEST_CHAIN:
            raise UserError(
                refusal(
                    "base: scenarios of the library extend each other more than {longest_chain} times",
                    longest_chain=LONGEST_CHAIN,
                )
            )
        path = self._path(name)
        if path is None or not path.is_file():
            return None

        def below(other: str) -> Scenario | None:
            return self.find(other, depth + 1)

        return scenario_of(opened(_text(path), below), below)

    def entries(self) -> list[dict[str, Any]]:
        """What the page lists: every scenario that can be read."""
        names = sorted(path.stem for path in self.folder.glob("*.yaml")) if self.folder else []
        found = []
        for name in names[:MOST_FILES]:
            try:
                found.append(self.entry(name))
            except (UserError, Refused):
                continue
        return found

    def entry(self, name: str) -> dict[str, Any]:
        """One scenario as a mix, with its name. Raises Refused where there is none."""
        path = self._existing(name)
        mix = opened(_text(path), self.find)
        return {"name": name, **mix.plain()}

    def save(self, name: str, data: Any) -> dict[str, Any]:
        """Write a mix under a name. Raises UserError and Refused."""
        folder = self._folder()
        if not NAME.fullmatch(name):
            raise UserError(refusal("name: 1 to 64 small letters, digits and _, not {name}", name=shown(name)))
        if name in list_scenarios():
            raise UserError(refusal("name: {name} is a shipped scenario; give another name", name=name))
        mix = Mix.read(data.get("mix") if isinstance(data, dict) else None)
        if mix.base == name:
            raise UserError(refusal("name: a scenario cannot extend itself; give another name"))
        text = file_of(mix, self.find)
        with writing(folder, "the scenario", "free space or give another --library"):
            folder.mkdir(parents=True, exist_ok=True)
            with whole_file(folder / f"{name}.yaml") as part:
                part.write_text(text, encoding="utf-8")
        return self.entry(name)

    def remove(self, name: str) -> None:
        """Remove a scenario. Raises Refused where there is none."""
        self._existing(name).unlink()

    def _folder(self) -> Path:
        if self.folder is None:
            raise Refused(404, refusal("the page has no library; start it with --library FOLDER"))
        return self.folder

    def _existing(self, name: str) -> Path:
        self._folder()
        path = self._path(name)
        if path is None or not path.is_file():
            raise Refused(404, refusal("the library has no scenario of that name"))
        return path

    def _path(self, name: str) -> Path | None:
        if self.folder is None or not NAME.fullmatch(name):
            return None
        path = self.folder / f"{name}.yaml"
        return None if path.is_symlink() else path


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(
                located(path.name, refusal("larger than {largest_file} bytes", largest_file=f"{LARGEST_FILE:,}"))
            )
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise UserError(located(path.name, refusal("cannot be read"))) from None
