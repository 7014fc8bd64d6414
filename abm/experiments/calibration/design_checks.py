"""The keys of a file that says what to fit, and what each can be; faults name line and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from abm.scenarios.checks import LAST, LAST_YEAR, LENGTH, QUARTERS
from abm.scenarios.entries import entry, read_entries
from abm.scenarios.places import Place
from abm.values import SEED, WORKERS, Either, Entries, ListOf, Number, Text

__all__ = ["EFFORT", "FitFile", "checked_file"]

# The effort of a fit, from the least that makes sense to the most.
EFFORT = {
    "trials": Number(2, 100_000, whole=True),
    "seeds": Number(1, 10_000, whole=True),
    "workers": WORKERS,
    "first_seed": SEED,
}
SEVERAL = Either((Entries(least=1), ListOf(Text(), least=1)))


@dataclass(frozen=True)
class FitFile:
    """The keys of the file; all of them are optional, and None is one that is not given."""

    scenario: str | None = entry(Text(), "the name of a shipped scenario or the path of a file")
    parameters: dict[Any, Any] | list[str] | None = entry(SEVERAL, "`key: [low, high]` lines, or a list of keys")
    targets: dict[Any, Any] | list[str] | None = entry(SEVERAL, "`target: weight` lines, or a list of targets")
    workers: int | None = entry(EFFORT["workers"], "a whole number of at least 2000")
    seeds: int | None = entry(EFFORT["seeds"], "a whole number from 1 to 10000")
    first_seed: int | None = entry(EFFORT["first_seed"], "a whole number from 0 to 2**62")
    until: int | None = entry(LAST, f"a year up to {LAST_YEAR}, the last that is simulated")
    quarters: int | None = entry(QUARTERS, LENGTH)
    trials: int | None = entry(EFFORT["trials"], "a whole number from 2 to 100000")


def checked_file(data: Mapping[Any, Any], place: Place) -> FitFile:
    """The file's content if its keys and kinds are right, else UserError with the place and the remedy."""
    return read_entries(FitFile, data, place)
