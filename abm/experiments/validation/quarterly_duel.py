"""The quarterly duel: the economy opened in every quarter for which there are tables, to forecast what came.

An origin takes the latest tables that are not later than it, carried forward to what was published; shares of sectors
stay those of the tables. What is forecast and carried differs by country: see duel_of_china and duel_of_the_usa.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from abm.arrays import FloatArray
from abm.data import find_economy
from abm.errors import UserError
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.running.progress import PartProgress, Silent, checked_progress
from abm.experiments.validation.drawn_seeds import run_drawn_seeds
from abm.experiments.validation.duel_form import DuelForm
from abm.experiments.validation.duel_of_china import CHINA
from abm.experiments.validation.duel_of_the_usa import USA
from abm.experiments.validation.quarterly_record import load_quarters, quarter_named
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["DUELS", "OriginRun", "QuarterlyDuel", "duel_form", "origins", "run_quarterly_duel"]

DUELS: dict[str, DuelForm] = {form.country: form for form in (CHINA, USA)}


@dataclass(frozen=True)
class OriginRun:
    """One origin: the year of its tables and for each series (seeds, steps) what is forecast, in the record's unit."""

    place: int
    tables: int
    growth: Mapping[str, FloatArray]


@dataclass
class QuarterlyDuel:
    """All origins, the record, and how the runs were made.

    ``left_out`` are the runs, by origin and seed, whose draw leaves no economy that closes at the opening.
    """

    runs: tuple[OriginRun, ...]
    seeds: tuple[int, ...]
    workers: int
    posterior: str
    record: Mapping[str, Mapping[int, float]]
    interrupted: bool = False
    failures: dict[Any, Exception] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    economy: str = CHINA.country


def duel_form(economy: str) -> DuelForm:
    """The duel of an economy. Raises UserError for one without a record of quarters."""
    if economy not in DUELS:
        raise UserError(f"{economy}: there is no record of quarters for a duel; take one of {', '.join(DUELS)}")
    return DUELS[economy]


def origins(since: int = 2012, economy: str = CHINA.country) -> range:
    """The places of the quarters that have a quarter on record after them. Raises UserError."""
    return duel_form(economy).origins(since)


def run_quarterly_duel(
    workers: int = 10_000,
    seeds: int | Iterable[int] = 16,
    posterior: str | None = None,
    since: int = 2012,
    progress: Silent | None = None,
    economy: str = CHINA.country,
) -> QuarterlyDuel:
    """Run every origin with every seed. Ctrl-C keeps the origins that are finished.

    ``posterior`` is the usual one of the economy for None, and empty for none. Raises UserError for bad input, and the
    interrupt where no origin is finished.
    """
    form = duel_form(economy)
    kept, places, progress = tuple(checked_seeds(seeds)), form.origins(since), checked_progress(progress)
    posterior = form.posterior if posterior is None else posterior
    duel = QuarterlyDuel((), kept, workers, posterior, load_quarters(economy), economy=economy)
    each = (form.steps + 1) * len(kept)
    runs: list[OriginRun] = []
    with progress, TemporaryDirectory(prefix="xinzhi_duel_") as folder:
        for number, place in enumerate(places):
            part = PartProgress(progress, quarter_named(place), number * each, len(places) * each)
            scenario = origin_scenario(form, place, posterior, Path(folder))
            try:
                results = run_drawn_seeds(scenario, form.settings(place, kept), workers, kept, part)
            except KeyboardInterrupt:
                if not runs:
                    raise
                duel.interrupted = True
                break
            _note_failures(duel, place, results.failures)
            if results.interrupted:
                duel.interrupted = True
                break
            runs.append(OriginRun(place, form.tables_of(place), form.forecast(results, place)))
    duel.runs = tuple(runs)
    return duel


def _note_failures(duel: QuarterlyDuel, place: int, failures: Mapping[int, Exception]) -> None:
    """A draw that the opening refuses is left out; books that do not close are a failure."""
    for seed, error in failures.items():
        name = f"{quarter_named(place)}, seed {seed}"
        if isinstance(error, UserError):
            duel.left_out += (name,)
        else:
            duel.failures[name] = error


def origin_scenario(form: DuelForm, place: int, posterior: str, folder: Path) -> Scenario:
    """The latest tables in a copy below ``folder``, with what was published for the origin's quarter in them."""
    year = form.tables_of(place)
    manifest = find_economy(form.openings()[year])
    copy = folder / quarter_named(place)
    shutil.copytree(manifest.folder, copy)
    macro = copy / manifest.file("macro.csv", year).relative_to(manifest.folder)
    with macro.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    record = load_quarters(form.country)
    for row in rows:
        if row[0] in form.carried:
            carried = form.carried[row[0]]
            row[1] = f"{record[carried.series][place] / carried.per:.6f}"
    with macro.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)
    overrides = {"economy": str(copy), f"assumptions.{OPENING_YEAR_KEY}": year, "quarters": form.steps}
    overrides |= {"posterior": posterior} if posterior else {}
    return replace(load_scenario("baseline", overrides), name=f"origin_{quarter_named(place)}")
