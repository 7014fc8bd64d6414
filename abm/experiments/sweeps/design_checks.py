"""The keys of a design file and what each can be; faults name the line and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from abm.scenarios.checks import LAST, LAST_YEAR, LENGTH, QUARTERS
from abm.scenarios.entries import entry, read_entries
from abm.scenarios.places import Place
from abm.values import ANYTHING, SEED, SEEDS, WORKERS, Choice, Either, Entries, ListOf, Number, Switch, Text, Texts

__all__ = ["DETAILS", "MOST_RUNS", "DesignFile", "checked_file"]

DETAILS = ("years", "quarters")  # what is kept of a run: its whole calendar years, or every quarter
MOST_RUNS = 20_000  # an hour or so; more has to be asked for
SEED_WORDS = "a number of seeds up to 1,000,000, or a list of seeds, whole numbers from 0 to 2**62"
POLICIES = "a mapping of names to levers, `green: {carbon_price: 300}`, or to the name of a scenario"
SAMPLING = "grid, latin_hypercube, sobol, morris or list, or `{method: sobol, samples: 64, seed: 1}`"


@dataclass(frozen=True)
class DesignFile:
    """The keys of a design file; all of them are optional."""

    question: str = entry(Text(), "a text", "")
    scenario: str = entry(Text(), "the name of a shipped scenario or the path of a file", "baseline")
    uncertainties: dict[Any, Any] = entry(
        Entries(), "a mapping, `key: {low: 0.1, high: 0.3}` or `key: [0.1, 0.2, 0.3]`", {}
    )
    policies: dict[Any, Any] = entry(Entries(), POLICIES, {})
    levers_from: Any = entry(Texts(), "the path of a lever's Python file, or a list of paths")
    levers: dict[Any, list[Any]] = entry(
        Entries(ListOf()), "a mapping of levers to lists of settings, `carbon_price: [90, 200, 400]`", {}
    )
    points: list[dict[Any, Any]] = entry(
        ListOf(Entries()), "a list of mappings, `- {labour.separation_rate: 0.03}`", []
    )
    sampling: str | dict[Any, Any] | None = entry(Either((Text(), Entries(ANYTHING))), SAMPLING)
    seeds: int | list[int] = entry(Either((SEEDS, ListOf(SEED, least=1))), SEED_WORDS, 4)
    workers: int = entry(WORKERS, "a whole number of at least 2000", 10_000)
    until: int | None = entry(LAST, f"a year up to {LAST_YEAR}, the last that is simulated")
    quarters: int | None = entry(QUARTERS, LENGTH)
    on_debt: bool = entry(Switch(), "true or false", False)
    detail: str = entry(Choice(DETAILS, "{key} cannot be {value}"), "years or quarters", "years")
    most_runs: int = entry(Number(1, whole=True), "a whole number", MOST_RUNS)


def checked_file(data: Mapping[Any, Any], place: Place) -> DesignFile:
    """The file's content if its keys and kinds are right, else UserError with the place and the remedy."""
    return read_entries(DesignFile, data, place)
