"""The back-test: open the economy in an earlier year, let it run on what was known then, and keep what came of it.

Nothing after the opening year enters the run: tables, macro figures and trends are those of the opening year,
artificial intelligence is off, and no lever is pulled. What was observed is read only to be held against it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from abm.data import DEFAULT_ECONOMY, DEFAULT_YEAR, Observation, find_economy, load_observed, openings_of
from abm.errors import UserError
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.running.progress import Silent
from abm.experiments.validation.drawn_seeds import run_drawn_seeds
from abm.experiments.validation.opening_draws import opening_draws
from abm.results.results import Results
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["LAST_OBSERVED", "Backtest", "backtest_scenario", "backtest_years", "first_backtest", "run_backtest"]

LAST_OBSERVED = 2025  # of real GDP, consumer prices and electricity
SCENARIO = "baseline"


@dataclass(frozen=True)
class Backtest:
    """A run from ``opening`` to the end of ``until``, and everything observed before, in and after it.

    ``drawn`` says whether the seeds differ in the trends too, ``posterior`` of which table each seed takes a draw,
    ``economy`` is the name of the one that opened.
    """

    opening: int
    until: int
    results: Results
    observed: tuple[Observation, ...]
    drawn: bool = False
    posterior: str = ""
    economy: str = ""


def backtest_years(economy: str = "") -> tuple[int, ...]:
    """The earlier years in which an economy, or without a name the usual one, can open. Raises UserError."""
    return tuple(year for year in openings_of(economy or DEFAULT_ECONOMY) if year < DEFAULT_YEAR)


def first_backtest(economy: str = "") -> int:
    """The earliest of them. Raises UserError where an economy has none."""
    years = backtest_years(economy)
    if not years:
        raise UserError(f"--economy {economy}: it has tables of {DEFAULT_YEAR} only, none of an earlier year")
    return years[0]


def backtest_scenario(
    opening: int, until: int, settings: Mapping[str, Any] | None = None, posterior: str = "", economy: str = ""
) -> Scenario:
    """The scenario of a back-test, without the draws of its trends; without ``economy`` that of the usual one.

    Raises UserError for a year without tables or an end outside the observed years.
    """
    first_backtest(economy)
    years = backtest_years(economy)
    if opening not in years:
        of_it = f", the earlier years of {economy}" if economy else ""
        raise UserError(f"--opening {opening}: should be one of {', '.join(map(str, years))}{of_it}")
    if not opening < until <= LAST_OBSERVED:
        raise UserError(f"--until {until}: should lie between {opening + 1} and {LAST_OBSERVED}")
    quarters = 4 * (until - opening + 1) - 1
    overrides = {f"assumptions.{OPENING_YEAR_KEY}": opening, "quarters": quarters, **(settings or {})}
    overrides |= {"posterior": posterior} if posterior else {}
    overrides |= {"economy": economy} if economy else {}
    name = f"backtest_{find_economy(economy).name}_{opening}" if economy else f"backtest_{opening}"
    return replace(load_scenario(SCENARIO, overrides), name=name)


def run_backtest(
    opening: int,
    until: int,
    workers: int,
    seeds: Iterable[int],
    progress: Silent | None = None,
    settings: Mapping[str, Any] | None = None,
    trends_drawn: bool = False,
    posterior: str = "",
    economy: str = "",
) -> Backtest:
    """Run every seed from the first quarter of ``opening`` to the last of ``until``.

    ``settings`` are scenario keys laid over the vintage, such as {"assumptions.growth.trend_opening": 0.02}. With
    ``trends_drawn`` every seed takes a draw of the trends that were uncertain at the opening, where ``settings`` do not
    set them. ``posterior`` names a table of draws of which every seed takes one; what the vintage sets is not drawn.
    """
    scenario = backtest_scenario(opening, until, settings, posterior, economy)
    tables = scenario.tables
    if trends_drawn:
        seeds = checked_seeds(seeds)
        draws = {seed: {**drawn, **(settings or {})} for seed, drawn in opening_draws(opening, seeds, tables).items()}
        results = run_drawn_seeds(scenario, draws, workers, seeds, progress)
    else:
        results = run_ensemble(scenario, workers, seeds, progress=progress)
    name = find_economy(tables).name
    return Backtest(opening, until, results, load_observed(tables), trends_drawn, posterior, name)
