"""An economy is a folder of tables with a manifest: which are shipped, where each lies, in which years it can open."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from abm.errors import UserError, nearest, shown
from abm.yaml_reader import KeyPath, read_mapping

__all__ = [
    "DEFAULT_ECONOMY", "ECONOMIES", "MANIFEST", "Manifest", "Named", "digest_of", "economy_for", "find_economy",
    "shipped_economies",
]  # fmt: skip

DEFAULT_ECONOMY = "china_20"
ECONOMIES = Path(__file__).parent / "economies"
MANIFEST = "manifest.yaml"
KEYS = ("name", "title", "currency", "openings", "regions")
LANGUAGES = ("en", "zh")


class Named(NamedTuple):
    """Something that figures and texts name: its code, and what it is called."""

    code: str
    label: str
    name_zh: str


@dataclass(frozen=True)
class Manifest:
    """What a folder of tables says of itself; ``openings`` maps a year to the folder of what it has for itself."""

    name: str
    title: Mapping[str, str]
    currency: Mapping[str, str]
    openings: Mapping[int, str]
    regions: tuple[Named, ...]
    folder: Path

    @property
    def label(self) -> str:
        """The folder as messages call it."""
        return self.name if self.folder.parent == ECONOMIES else str(self.folder)

    def file(self, table: str, year: int) -> Path:
        """The file of a table in an opening year: that year's own, else the one beside the manifest."""
        own = self.folder / self.openings[year] / table
        return own if own.is_file() else self.folder / table

    def own_file(self, table: str, year: int) -> Path | None:
        """The file of a table that an opening year has for itself."""
        own = self.folder / self.openings[year] / table
        return own if own.is_file() and own != self.folder / table else None


@cache
def shipped_economies() -> tuple[str, ...]:
    """The names of the shipped economies, the default one first."""
    names = sorted(path.parent.name for path in ECONOMIES.glob(f"*/{MANIFEST}"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_ECONOMY))


def find_economy(reference: str = DEFAULT_ECONOMY, here: Path = Path()) -> Manifest:
    """The economy behind a shipped name or the path of a folder, from ``here``. Raises UserError."""
    if reference in shipped_economies():
        return _read(ECONOMIES / reference)
    folder = here / reference
    if not reference.strip() or not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises for over-long names
        known = shipped_economies()
        text = f"no economy {shown(reference)}: neither a folder nor a shipped name{nearest(reference, known)}"
        raise UserError(text)
    if not (folder / MANIFEST).is_file():
        raise UserError(f"{reference}: no economy, since the folder has no {MANIFEST}; copy one of abm/data/economies")
    return _read(folder.resolve())


def economy_for(year: int) -> str:
    """The shipped economy that opens in a year: the default one if it does, else the first that does, else it."""
    opening = [name for name in shipped_economies() if year in find_economy(name).openings]
    return opening[0] if opening else DEFAULT_ECONOMY


def digest_of(manifest: Manifest) -> str:
    """SHA-256 of the names and contents of an economy's tables and manifest."""
    seen = hashlib.sha256()
    for path in sorted([*manifest.folder.rglob("*.csv"), manifest.folder / MANIFEST]):
        seen.update(path.relative_to(manifest.folder).as_posix().encode() + b"\0")
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def _read(folder: Path) -> Manifest:
    path = folder / MANIFEST
    return _parsed(folder, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _parsed(folder: Path, changed: int) -> Manifest:  # noqa: ARG001 - a changed file is read again
    label = f"{folder.name}/{MANIFEST}"
    document = read_mapping(folder / MANIFEST, label)
    check = _Check(label, document.data, document.lines)
    for key in document.data:
        if key not in KEYS:
            raise check.fault(f"unknown key {shown(key)}{nearest(key, KEYS)}", key)
    openings = check.mapping("openings")
    for year, place in openings.items():
        if not isinstance(year, int) or not (folder / str(place)).is_dir():
            raise check.fault(f"{shown(year)}: {shown(place)} should be `year: folder`, an existing one", "openings")
    regions = check.mapping("regions")
    named = [Named(str(code), *(check.texts("regions", code)[one] for one in LANGUAGES)) for code in regions]
    return Manifest(
        name=str(check.value("name")), title=check.texts("title"), currency=check.texts("currency", also=("code",)),
        openings={year: str(place) for year, place in sorted(openings.items())}, regions=tuple(named), folder=folder,
    )  # fmt: skip


class _Check(NamedTuple):
    """The content of a manifest, asked for key by key."""

    label: str
    data: dict[Any, Any]
    lines: dict[KeyPath, int]

    def fault(self, text: str, *path: Any) -> UserError:
        line = self.lines.get(path)
        return UserError(f"{self.label}{f', line {line}' if line else ''}: {text}")

    def value(self, key: str) -> Any:
        if not self.data.get(key):
            raise self.fault(f"{key} is missing; see abm/data/economies/{DEFAULT_ECONOMY}/{MANIFEST}", key)
        return self.data[key]

    def mapping(self, key: str) -> dict[Any, Any]:
        value = self.value(key)
        if not isinstance(value, dict):
            raise self.fault(f"{key} should be a mapping, not {shown(value)}", key)
        return value

    def texts(self, *path: Any, also: tuple[str, ...] = ()) -> dict[str, str]:
        """The mapping at a path, whose texts have a language as their key."""
        value: Any = self.mapping(path[0])
        for key in path[1:]:
            value = value[key]
        for key in (*also, *LANGUAGES):
            if not isinstance(value, dict) or not isinstance(value.get(key), str):
                raise self.fault(f"{path[-1]} should have a text `{key}:`", *path)
        return {key: value[key] for key in (*also, *LANGUAGES)}
