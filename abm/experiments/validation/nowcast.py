"""The nowcast: the economy opened in its first quarter and run to the last quarter published since.

The model knows what is published for the opening quarter. Growth in the first year needs the year before, which the
model does not have: the level of its opening quarter is taken back by the growth published for that quarter, and to the
other quarters of the year before by the series' published course without season. From the fifth quarter on growth is
the model's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from abm.arguments import check_scenario
from abm.arrays import FloatArray
from abm.errors import AccountingError, UserError, brief, whole_number
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.running.progress import PartProgress, Silent, checked_progress
from abm.experiments.validation.published import (
    NO,
    Past,
    PublishedFigure,
    base_of,
    load_past,
    load_published,
    population_growth_of,
)
from abm.experiments.validation.published_variables import AVERAGE, END, GROWTH, PUBLISHED_VARIABLES, Paths
from abm.results.results import Results
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["Nowcast", "NowcastPlan", "nowcast", "nowcast_plan"]

QUARTERS = 4


@dataclass
class Nowcast:
    """What the model gives for every published figure.

    figures  as published, in the order of their table
    values   (seeds,) for each figure; NaN where the model cannot say
    paths    {variable: (seeds, quarters)} of what is published, by quarter from the opening on; NaN where there is none
    past     what was known at the opening
    draws    whether parameters differ from seed to seed
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    workers: int
    quarters: int
    figures: tuple[PublishedFigure, ...]
    values: list[FloatArray]
    paths: dict[str, FloatArray]
    past: Past
    draws: bool = False
    provenance: dict[str, Any] = field(default_factory=dict)
    interrupted: bool = False
    failures: dict[int, Exception] = field(default_factory=dict)

    @property
    def opening(self) -> int:
        """The year in whose first quarter the economy opens."""
        return self.scenario.opening_year


@dataclass(frozen=True)
class NowcastPlan:
    """The runs that are needed, and the figures they are held against."""

    scenario: Scenario
    seeds: tuple[int, ...]
    workers: int
    quarters: int
    figures: tuple[PublishedFigure, ...]
    past: Past


def nowcast(
    scenario: str | Scenario = "baseline",
    workers: int = 10_000,
    seeds: int | Iterable[int] = 64,
    overrides: Mapping[str, Any] | None = None,
    draws: Sequence[Mapping[str, Any]] | None = None,
    progress: Silent | None = None,
) -> Nowcast:
    """Run the scenario to the last quarter published and read off what was published.

    ``draws`` are settings for each seed in turn, such as draws of parameters; they begin anew where there are more
    seeds. Ctrl-C keeps the seeds that are finished; a seed whose books do not close is left out and noted. Raises
    UserError for bad input, and the interrupt or the first failure where no seed is left.
    """
    plan, settings = nowcast_plan(scenario, workers, seeds, overrides), _checked_draws(draws)
    if not settings:
        results = [run_ensemble(plan.scenario, plan.workers, plan.seeds, plan.quarters, progress=progress)]
    else:
        results = _run_draws(plan, settings, checked_progress(progress))
    return read_nowcast(plan, results, bool(settings))


def nowcast_plan(
    scenario: str | Scenario, workers: int, seeds: int | Iterable[int], overrides: Mapping[str, Any] | None = None
) -> NowcastPlan:
    """The run that ``nowcast`` makes: to the last quarter of the table. Raises UserError for bad input."""
    check_scenario(scenario, overrides)
    chosen = load_scenario(scenario, dict(overrides or {}))
    workers = whole_number("workers", workers)
    figures = load_published(chosen.tables, chosen.opening_year)
    past = load_past(chosen.tables, chosen.opening_year)
    for one in figures:
        _check_base(one, figures, past, chosen.opening_year)
    year, quarter = max(one.last for one in figures)
    quarters = QUARTERS * (year - chosen.opening_year) + quarter - 1
    kept = tuple(sorted(set(checked_seeds(seeds))))
    return NowcastPlan(replace(chosen, quarters=max(quarters, 1)), kept, workers, max(quarters, 1), figures, past)


def read_nowcast(plan: NowcastPlan, results: Sequence[Results], draws: bool) -> Nowcast:
    """The figures as the runs give them; every ``Results`` has seeds of its own."""
    many = [_values_of(plan, one) for one in results]
    seeds = tuple(seed for one in results for seed in one.seeds)
    values = [np.concatenate(parts) for parts in zip(*(values for values, _ in many), strict=True)]
    paths = {name: np.concatenate([paths[name] for _, paths in many]) for name in published_names(plan.figures)}
    failures = {seed: error for one in results for seed, error in one.failures.items()}
    interrupted = any(one.interrupted for one in results) or len(seeds) + len(failures) < len(plan.seeds)
    provenance = {**results[0].provenance, "seeds": list(seeds), "interrupted": interrupted}
    return Nowcast(
        plan.scenario, seeds, plan.workers, plan.quarters, plan.figures, values, paths, plan.past, draws, provenance,
        interrupted, failures,
    )  # fmt: skip


def _checked_draws(draws: Any) -> list[dict[str, Any]]:
    """Settings for each seed in turn, none for None. Raises UserError."""
    if draws is None:
        return []
    given = list(draws) if isinstance(draws, list | tuple) else []
    if not given or not all(isinstance(one, Mapping) for one in given):
        example = "[{'assumptions.growth.trend_opening': 0.01}]"
        raise UserError(f"draws={brief(draws)}: give a list of settings, such as {example}")
    return [dict(one) for one in given]


def _run_draws(plan: NowcastPlan, draws: Sequence[Mapping[str, Any]], progress: Silent) -> list[Results]:
    """One run for each seed, with the settings of its draw."""
    finished: list[Results] = []
    with progress:
        for number, seed in enumerate(plan.seeds):
            chosen = load_scenario(plan.scenario, dict(draws[number % len(draws)]))
            part = PartProgress(
                progress, f"{number + 1} of {len(plan.seeds)} draws", number * plan.quarters,
                len(plan.seeds) * plan.quarters,
            )  # fmt: skip
            try:
                finished.append(run_ensemble(chosen, plan.workers, [seed], plan.quarters, progress=part))
            except KeyboardInterrupt:
                if not finished:
                    raise
                break
            except AccountingError as error:
                if not finished:
                    raise
                finished[-1].failures[seed] = error
    return finished


def _values_of(plan: NowcastPlan, results: Results) -> tuple[list[FloatArray], dict[str, FloatArray]]:
    """The value of every figure, and the path of every variable, of these runs."""
    paths, opening = Paths(results, population_growth_of(plan.past)), plan.scenario.opening_year
    names = published_names(plan.figures)
    levels = {name: _with_year_before(plan, name, PUBLISHED_VARIABLES[name].values(paths)) for name in names}
    values = [_value(levels[one.variable], one, opening) for one in plan.figures]
    return values, {name: _by_quarter(levels[name], PUBLISHED_VARIABLES[name].kind) for name in names}


def published_names(figures: Sequence[PublishedFigure]) -> list[str]:
    """The variables of which a figure is published, in the order of their declaration."""
    given = {one.variable for one in figures}
    return [name for name in PUBLISHED_VARIABLES if name in given]


def _with_year_before(plan: NowcastPlan, name: str, levels: FloatArray) -> FloatArray:
    """(seeds, 4 + quarters): the levels behind those of the year before, which are NaN where they are not known."""
    before = np.full((levels.shape[0], QUARTERS), np.nan)
    if PUBLISHED_VARIABLES[name].kind == GROWTH:
        base = base_of(plan.past, name, plan.scenario.opening_year - 1)
        growth = _opening_growth(plan.figures, name, plan.scenario.opening_year)
        if base is not None and growth is not None:
            before = levels[:, :1] / (1.0 + growth / 100.0) * np.array(base) / base[0]
    return np.concatenate([before, levels], axis=1)


def _value(levels: FloatArray, one: PublishedFigure, opening: int) -> FloatArray:
    """(seeds,) of a figure, from levels that begin a year before the opening."""
    first = QUARTERS * (one.year - opening + 1) + max(one.quarter - 1, 0)
    many = 1 if one.quarter else QUARTERS
    here = levels[:, first : first + many]
    kind = PUBLISHED_VARIABLES[one.variable].kind
    if kind == GROWTH:
        return np.asarray(100.0 * (here.sum(axis=1) / levels[:, first - QUARTERS :][:, :many].sum(axis=1) - 1.0))
    return np.asarray(here[:, -1] if kind == END else here.mean(axis=1))


def _by_quarter(levels: FloatArray, kind: str) -> FloatArray:
    if kind in (AVERAGE, END):
        return levels[:, QUARTERS:]
    return np.asarray(100.0 * (levels[:, QUARTERS:] / levels[:, :-QUARTERS] - 1.0))


def _opening_growth(figures: Sequence[PublishedFigure], name: str, opening: int) -> float | None:
    """The growth published for the opening quarter."""
    return next((one.value for one in figures if (one.variable, one.year, one.quarter) == (name, opening, 1)), None)


def _check_base(one: PublishedFigure, figures: Sequence[PublishedFigure], past: Past, opening: int) -> None:
    """Refuse a figure of the first year that the model can say nothing of. Raises UserError."""
    if one.used != NO or one.year > opening or PUBLISHED_VARIABLES[one.variable].kind != GROWTH:
        return
    if base_of(past, one.variable, opening - 1) is None or _opening_growth(figures, one.variable, opening) is None:
        raise UserError(
            f"published.csv: {one.variable} of {one.period} needs the year before; write its level to history.csv and "
            f"its growth of {opening}Q1 to published.csv, or mark it as used"
        )
