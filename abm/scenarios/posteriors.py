"""Posteriors: tables of draws of estimated parameters, of which each seed of a scenario takes one.

A table is a CSV file with a column for each parameter, under its dotted key, and a row for each draw; a file of the
same name with the suffix ``.json`` says how it came about. The same seed takes the same draw, whatever is run and on
however many processes, so that two scenarios that are compared differ by their policy only.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abm.errors import UserError, nearest, placed, shown
from abm.parameters import ParameterInformation, parameter_named
from abm.scenarios.places import Place
from abm.values import Number

if TYPE_CHECKING:
    from abm.scenarios.scenario import Scenario

__all__ = ["Posterior", "drawn_by", "find_posterior", "named_posterior", "not_drawn", "shipped_posteriors"]

POSTERIORS = Path(__file__).parents[1] / "data" / "posteriors"


@dataclass(frozen=True)
class Posterior:
    """The draws of a table.

    keys   dotted keys of the parameters
    draws  for each draw a value for each key
    about  what the file beside it says: version, window of the data, method, seeds
    sha256 of the table, which tells it from others wherever it lies
    """

    name: str
    keys: tuple[str, ...]
    draws: tuple[tuple[float, ...], ...]
    sha256: str
    about: Mapping[str, Any] = field(default_factory=dict)

    def draw(self, seed: int) -> dict[str, float]:
        """{parameter: value} of a seed. Seeds beyond the number of draws begin again with the first."""
        return dict(zip(self.keys, self.draws[(seed - 1) % len(self.draws)], strict=True))


def shipped_posteriors() -> tuple[str, ...]:
    """The names of the shipped posteriors."""
    return tuple(sorted(path.stem for path in POSTERIORS.glob("*.csv")))


def find_posterior(reference: str, folder: Path = Path()) -> Posterior:
    """The posterior behind a shipped name, or the path of a table from ``folder`` on. Raises UserError."""
    path = _path(reference, folder)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UserError(f"{reference}: cannot be read ({error.strerror}); give a table of draws") from None


def named_posterior(reference: str, folder: Path, place: Place) -> str:
    """A shipped name as it is, or the absolute path of a table that can be read. Raises UserError.

    An empty reference, of a scenario that names none, comes back as it is.
    """
    if not reference:
        return reference
    with placed(place.of("posterior")):
        find_posterior(reference, folder)
        return reference if reference in shipped_posteriors() else str(_path(reference, folder).resolve())


def drawn_by(scenario: Scenario, seed: int) -> dict[str, float]:
    """{parameter: value} of the draw that a seed takes; empty for a scenario without a posterior."""
    return find_posterior(scenario.posterior).draw(seed) if scenario.posterior else {}


def not_drawn(scenario: Scenario, set_otherwise: Mapping[str, Any]) -> list[str]:
    """The parameters of its posterior that a scenario sets itself, so that no draw acts."""
    if not scenario.posterior:
        return []
    return [key for key in find_posterior(scenario.posterior).keys if key in set_otherwise]


def _path(reference: str, folder: Path) -> Path:
    if reference in shipped_posteriors():
        return POSTERIORS / f"{reference}.csv"
    path = folder / reference
    if not reference.strip() or not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for over-long names
        hint = nearest(reference, shipped_posteriors())
        raise UserError(f"no posterior {shown(reference)}: neither a table of draws nor a shipped name{hint}")
    return path


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Posterior:  # noqa: ARG001 - a changed file is read again
    label = path.name if path.parent == POSTERIORS else str(path)
    content = path.read_bytes()
    try:
        rows = [row for row in csv.reader(content.decode("utf-8").splitlines()) if row]
    except (UnicodeDecodeError, csv.Error):
        raise UserError(f"{label}: is no table of draws; give a CSV file with a column for each parameter") from None
    if len(rows) < 2:
        raise UserError(f"{label}: has no draws; give a line of parameters and a line for each draw")
    known = [_parameter(key.strip(), label) for key in rows[0]]
    keys = tuple(one.key for one in known)
    for key in keys:
        if keys.count(key) > 1:
            raise UserError(f"{label}: {key} has two columns; remove one")
    draws = tuple(_draw(row, known, f"{label}, line {number}") for number, row in enumerate(rows[1:], start=2))
    return Posterior(path.stem, keys, draws, hashlib.sha256(content).hexdigest(), _about(path.with_suffix(".json")))


def _parameter(key: str, label: str) -> ParameterInformation:
    with placed(label):
        found = parameter_named(key)
        if not isinstance(found.kind, Number) or found.kind.whole:
            raise UserError(f"{key} is a switch or a whole number; only numbers with a fraction can be drawn")
    return found


def _draw(row: list[str], known: list[ParameterInformation], here: str) -> tuple[float, ...]:
    if len(row) != len(known):
        raise UserError(f"{here}: {len(row)} values for {len(known)} parameters; give one for each")
    values = []
    for text, one in zip(row, known, strict=True):
        try:
            number = float(text)
        except ValueError:
            raise UserError(f"{here}: {one.key} should be a number, not {shown(text)}") from None
        with placed(here):
            values.append(float(one.kind.checked(number, one.key)))
    return tuple(values)


def _about(path: Path) -> dict[str, Any]:
    """What the file beside a table says; nothing where there is none, since a table of one's own need not have it."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise UserError(f"{path}: is no JSON; restore or remove it") from None
    return dict(found) if isinstance(found, dict) else {}
