"""The quarterly duel: the economy opened in every quarter since 2012, to forecast growth and consumer prices.

An origin takes the latest tables that are not later than it, carried forward to what was published: the rate of
consumer prices of the origin's quarter, and the trend that the rule of growth per worker gives with the record to the
year before. Shares of sectors stay those of the tables. The model counts growth and not levels, so that no other level
has to be carried. The year before the origin is made as in the nowcast: from the growth published for the origin's
quarter and the course of the year before without season.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from abm.arrays import FloatArray
from abm.data import economy_for, find_economy
from abm.data.growth_record import load_growth_added, load_growth_autocovariances, load_growth_record
from abm.economics.convergence import GrowthPath, fitted_convergence, growth_path
from abm.errors import UserError
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.running.progress import PartProgress, Silent, checked_progress
from abm.experiments.validation.drawn_seeds import run_drawn_seeds
from abm.experiments.validation.published_variables import PUBLISHED_VARIABLES, Paths
from abm.experiments.validation.quarterly_record import LEVELS, QUARTERS, load_quarters, quarter_named
from abm.results.results import Results
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["FIRST_ORIGIN", "STEPS", "OriginRun", "QuarterlyDuel", "origin_settings", "origins", "run_quarterly_duel"]

ECONOMIES = ("china", "china_20")
FIRST_ORIGIN = QUARTERS * 2012  # the first tables
STEPS = 8  # quarters ahead
FIRST_GROWTH, YEARS_OF_FRONTIER = 1979, 20
STREAM = 20_261  # of the draws of the trend, beside the seed
INFLATION = "consumer_price_inflation"


@dataclass(frozen=True)
class OriginRun:
    """One origin: the year of its tables and for each series (seeds, STEPS) growth on the year before, in per cent."""

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


def origins(since: int = 2012) -> range:
    """The places of the quarters that have a quarter on record after them."""
    return range(max(FIRST_ORIGIN, QUARTERS * since), max(load_quarters()["real_gdp_growth"]))


def tables_of(place: int) -> int:
    """The year of the latest tables that are not later than an origin."""
    known = {year for name in ECONOMIES for year in find_economy(name).openings}
    return max(year for year in known if QUARTERS * year <= place)


def growth_known(place: int) -> GrowthPath:
    """What the rule of growth per worker expects from an origin on, given the record to the year before."""
    china, frontier = load_growth_record("CHN"), load_growth_record("USA")
    last = min(place // QUARTERS - 1, max(china))
    usual = float(np.mean([frontier[year] for year in range(last + 1 - YEARS_OF_FRONTIER, last + 1)]))
    known = np.array([china[year] for year in range(FIRST_GROWTH, last + 1)])
    path = growth_path(known, usual, fitted_convergence(load_growth_autocovariances()))
    years = place / QUARTERS - (last + 1)
    return replace(path, first=path.long_run + (path.first - path.long_run) * path.persistence**years)


def origin_settings(place: int, seeds: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{seed: {scenario key: value}}: a draw of the trend that was uncertain at the origin."""
    path, added = growth_known(place), load_growth_added()[tables_of(place)]
    middle = np.array([path.first - added.per_worker_early, path.long_run - added.per_worker_late])
    root = np.linalg.cholesky(np.array(path.covariance))
    found = {}
    for seed in seeds:
        drawn = middle + root @ np.random.default_rng((STREAM, place, seed)).standard_normal(2)
        first, last = (drawn / QUARTERS).tolist()
        found[seed] = {
            "assumptions.growth.trend_opening": min(max(first, 0.0), 0.03),
            "assumptions.growth.trend_long_run": min(max(last, -0.005), 0.03),
        }
    return found


def run_quarterly_duel(
    workers: int = 10_000,
    seeds: int | Iterable[int] = 16,
    posterior: str = "china",
    since: int = 2012,
    progress: Silent | None = None,
) -> QuarterlyDuel:
    """Run every origin with every seed. Ctrl-C keeps the origins that are finished.

    Raises UserError for bad input, and the interrupt where no origin is finished.
    """
    kept, places, progress = tuple(checked_seeds(seeds)), origins(since), checked_progress(progress)
    duel = QuarterlyDuel((), kept, workers, posterior, load_quarters())
    each = (STEPS + 1) * len(kept)
    runs: list[OriginRun] = []
    with progress, TemporaryDirectory(prefix="xinzhi_duel_") as folder:
        for number, place in enumerate(places):
            part = PartProgress(progress, quarter_named(place), number * each, len(places) * each)
            scenario = _scenario(place, posterior, Path(folder))
            try:
                results = run_drawn_seeds(scenario, origin_settings(place, kept), workers, kept, part)
            except KeyboardInterrupt:
                if not runs:
                    raise
                duel.interrupted = True
                break
            _note_failures(duel, place, results.failures)
            if results.interrupted:
                duel.interrupted = True
                break
            runs.append(OriginRun(place, tables_of(place), _growth(results, place)))
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


def _scenario(place: int, posterior: str, folder: Path) -> Scenario:
    """The latest tables with the rate of consumer prices that was published for the origin's quarter."""
    year = tables_of(place)
    manifest = find_economy(economy_for(year))
    copy = folder / quarter_named(place)
    shutil.copytree(manifest.folder, copy)
    macro = copy / manifest.file("macro.csv", year).relative_to(manifest.folder)
    with macro.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    published = load_quarters()["consumer_prices"][place] / 100.0
    for row in rows:
        if row[0] == INFLATION:
            row[1] = f"{published:.6f}"
    with macro.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)
    overrides = {"economy": str(copy), f"assumptions.{OPENING_YEAR_KEY}": year, "quarters": STEPS}
    overrides |= {"posterior": posterior} if posterior else {}
    return replace(load_scenario("baseline", overrides), name=f"origin_{quarter_named(place)}")


def _growth(results: Results, place: int) -> dict[str, FloatArray]:
    """Growth on the year before, in per cent, for each step ahead."""
    paths, record = Paths(results), load_quarters()
    found = {}
    for name, level in LEVELS.items():
        ahead = PUBLISHED_VARIABLES[name].values(paths)
        course = np.array([record[level][place - QUARTERS + step] for step in range(QUARTERS)])
        before = ahead[:, :1] / (1.0 + record[name][place] / 100.0) * course / course[0]
        levels = np.concatenate([before, ahead], axis=1)
        found[name] = np.asarray(100.0 * (levels[:, QUARTERS + 1 :] / levels[:, 1:-QUARTERS] - 1.0))
    return found
