"""An economy is a folder of tables with a manifest: which are shipped, where each lies, in which years it can open."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from abm.data.currencies import contradiction
from abm.errors import UserError, nearest, shown
from abm.yaml_reader import KeyPath, read_mapping

__all__ = [
    "DEFAULT_ECONOMY", "ECONOMIES", "FIGURES", "MANIFEST", "Manifest", "Named", "Note", "Origin", "digest_of",
    "economy_for", "find_economy", "no_tables", "offered_economies", "openings_of", "shipped_economies",
]  # fmt: skip

DEFAULT_ECONOMY = "china"
ECONOMIES = Path(__file__).parent / "economies"
MANIFEST = "manifest.yaml"
RECORDS = ("published.csv", "history.csv")  # what the nowcast is held against
KEYS = (
    "name", "title", "country", "offered_as", "currency", "stands_in_for", "openings", "regions", "adoption", "notes",
    "texts", "sources",
)  # fmt: skip
LANGUAGES = ("en", "zh")
STATUSES = ("read", "derived", "assumed")
# The groups of figures of an economy: an own year and status can be given for each.
FIGURES = ("accounts", "flows", "employment", "staffing", "exposure", "emissions", "electricity", "firms", "adoption")


class Named(NamedTuple):
    """Something that figures and texts name: its code, and what it is called."""

    code: str
    label: str
    name_zh: str


class Note(NamedTuple):
    """What a reader of the opening should know, in each language; of these opening years, or without them of all."""

    text: Mapping[str, str]
    years: tuple[int, ...]


class Origin(NamedTuple):
    """The year that figures are of, in words, and their status: read, derived or assumed; empty where not given."""

    year: str
    status: str


@dataclass(frozen=True)
class Manifest:
    """What a folder of tables says of itself; ``openings`` maps a year to the folder of what it has for itself.

    ``country`` is its name in a sentence, the title unless given; ``offered_as`` what planners choose it by on a page,
    empty where it is not offered; ``adoption`` says in a sentence what its use of AI rests on. ``texts`` maps texts of
    reports that are on China to its own. ``notes`` and ``sources`` may be absent; the latter has groups of FIGURES.
    ``stands_in_for`` names the shipped economy in whose place this one opens in years for which that has no tables;
    empty for none.
    """

    name: str
    title: Mapping[str, str]
    currency: Mapping[str, str]
    openings: Mapping[int, str]
    regions: tuple[Named, ...]
    folder: Path
    country: Mapping[str, str] = field(default_factory=dict)
    offered_as: Mapping[str, str] = field(default_factory=dict)
    adoption: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sources: Mapping[str, Origin] = field(default_factory=dict)
    stands_in_for: str = ""

    def notes_of(self, year: int, language: str = "en") -> list[str]:
        """The notes on an opening year."""
        return [note.text[language] for note in self.notes if year in (note.years or (year,))]

    def origin(self, figures: str) -> Origin:
        """The year and status of a group of FIGURES."""
        return self.sources.get(figures, Origin("", ""))

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


@cache
def offered_economies() -> tuple[str, ...]:
    """The names of the shipped economies that the page lets planners choose, the default one first."""
    return tuple(name for name in shipped_economies() if find_economy(name).offered_as)


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


def openings_of(economy: str = DEFAULT_ECONOMY) -> dict[int, str]:
    """{year: economy that opens then} of an economy and of the shipped ones that stand in for it, in order of years."""
    found: dict[int, str] = {}
    for name in (economy, *shipped_economies()):
        manifest = find_economy(name)
        if name == economy or manifest.stands_in_for == economy:
            found = dict.fromkeys(manifest.openings, name) | found
    return dict(sorted(found.items()))


def economy_for(year: int) -> str:
    """The economy that opens in a year where none is named: the default one, or the one that stands in for it.

    No other country does: for a year without tables it is the default one, which refuses it.
    """
    return openings_of().get(year, DEFAULT_ECONOMY)


def no_tables(manifest: Manifest, year: int) -> UserError:
    """What is wrong with an opening year for which an economy has no tables, and the economies that have some."""
    years = ", ".join(map(str, openings_of(manifest.name) if manifest.name == DEFAULT_ECONOMY else manifest.openings))
    others = [name for name in shipped_economies() if name != manifest.name and year in find_economy(name).openings]
    remedy = f"; `economy: {others[0]}` has tables for {year}" if others else ""
    return UserError(f"there are no tables of {manifest.label} for {year}; it opens in {years}{remedy}")


def digest_of(manifest: Manifest) -> str:
    """SHA-256 of the names and contents of an economy's tables and manifest, without RECORDS, which no run reads."""
    seen = hashlib.sha256()
    tables = [path for path in manifest.folder.rglob("*.csv") if path.name not in RECORDS]
    for path in sorted([*tables, manifest.folder / MANIFEST]):
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
        name=str(check.value("name")), title=check.texts("title"), currency=_currency(check),
        openings={year: str(place) for year, place in sorted(openings.items())}, regions=tuple(named), folder=folder,
        country=check.texts("country" if "country" in document.data else "title"),
        offered_as=check.texts("offered_as") if "offered_as" in document.data else {},
        adoption=check.texts("adoption") if "adoption" in document.data else {}, notes=_notes(check),
        texts=_texts(check), sources=_sources(check), stands_in_for=str(document.data.get("stands_in_for") or ""),
    )  # fmt: skip


def _currency(check: _Check) -> dict[str, str]:
    """Code and words of the currency, which have to be those of one currency."""
    found = check.texts("currency", also=("code",))
    if fault := contradiction(found):
        raise check.fault(fault, "currency")
    return found


def _notes(check: _Check) -> tuple[Note, ...]:
    found = check.data.get("notes") or []
    if not isinstance(found, list):
        raise check.fault(f"notes should be a list, not {shown(found)}", "notes")
    notes = []
    for at, note in enumerate(found):
        years = note.get("years", []) if isinstance(note, dict) else []
        if not isinstance(years, list) or not all(isinstance(year, int) for year in years):
            raise check.fault(f"years should be a list of opening years, not {shown(years)}", "notes", at)
        notes.append(Note(check.texts_in(note, "notes", at), tuple(years)))
    return tuple(notes)


def _texts(check: _Check) -> dict[str, dict[str, str]]:
    """{text of a report that is on China: that on this economy, in each language}."""
    found = check.data.get("texts") or []
    if not isinstance(found, list):
        raise check.fault(f"texts should be a list, not {shown(found)}", "texts")
    read = [check.texts_in(one, "texts", at, also=("instead_of",)) for at, one in enumerate(found)]
    return {" ".join(one.pop("instead_of").split()): one for one in read}


def _sources(check: _Check) -> dict[str, Origin]:
    found = check.mapping("sources") if check.data.get("sources") else {}
    origins = {}
    for name, given in found.items():
        if name not in FIGURES:
            raise check.fault(f"unknown figures {shown(name)}{nearest(name, FIGURES)}", "sources", name)
        status = given.get("status") if isinstance(given, dict) else None
        if status not in STATUSES or not given.get("year"):
            choice = f"`{{year: 2018, status: derived}}`, with a status of {', '.join(STATUSES)}"
            raise check.fault(f"{name} should be {choice}", "sources", name)
        origins[name] = Origin(str(given["year"]), str(status))
    return origins


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
        return self.texts_in(value, *path, also=also)

    def texts_in(self, value: Any, *path: Any, also: tuple[str, ...] = ()) -> dict[str, str]:
        """The texts of a mapping, whose place is ``path``."""
        for key in (*also, *LANGUAGES):
            if not isinstance(value, dict) or not isinstance(value.get(key), str):
                name = path[-1] if isinstance(path[-1], str) else f"each of {path[0]}"
                raise self.fault(f"{name} should have a text `{key}:`", *path)
        return {key: value[key] for key in (*also, *LANGUAGES)}
