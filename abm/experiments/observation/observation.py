"""Runs that are looked at: what the facts about firms and persons need of each seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from abm.errors import whole_number
from abm.experiments.ensembles.ensemble import WORKERS_WHEN_COMPILING, checked_seeds
from abm.experiments.ensembles.one_seed import failure_of
from abm.experiments.observation import firms, persons
from abm.experiments.observation.look import FIRST_OF_PERSONS, Look, look_at
from abm.experiments.observation.windfall import spending_of_windfall
from abm.experiments.running.progress import Silent, checked_progress
from abm.experiments.running.tasks import processes_for, run_tasks
from abm.scenarios.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["MEASUREMENTS", "Observed", "observe"]

# {name: how it is measured}; analysis/moments/targets.yaml names them where a fact is `measured: agents`.
MEASUREMENTS: dict[str, Callable[[Look], float]] = {
    name: getattr(module, name) for module in (firms, persons) for name in module.__all__
}


@dataclass
class Observed:
    """What was seen in each seed.

    values  {measurement: (seeds,)}; NaN where a run cannot say
    series  {name: (seeds, quarters + 1)} of the whole economy that no outcome records, and real_gdp
    """

    seeds: tuple[int, ...]
    values: dict[str, FloatArray]
    series: dict[str, FloatArray]
    interrupted: bool = False
    failures: dict[int, Exception] = field(default_factory=dict)


@dataclass(frozen=True)
class ObservedRun:
    """One seed to look at."""

    scenario: Scenario
    seed: int
    workers: int


@dataclass(frozen=True)
class FinishedLook:
    """What a task gave, or why it gave nothing."""

    seed: int
    values: dict[str, float] | None = None
    series: dict[str, FloatArray] | None = None
    error: Exception | None = None


def observe(
    scenario: str | Scenario = "baseline",
    workers: int = 10_000,
    seeds: int | Iterable[int] = 16,
    progress: Silent | None = None,
) -> Observed:
    """Run the scenario and look at firms and persons.

    Ctrl-C keeps the seeds that are finished; a seed whose books do not close is left out and noted in ``failures``.
    Raises UserError for bad input, and the interrupt or the first failure where no seed is left.
    """
    chosen, workers = load_scenario(scenario), whole_number("workers", workers)
    tasks = [ObservedRun(chosen, seed, workers) for seed in sorted(set(checked_seeds(seeds)))]
    compile_first = partial(look_at, chosen, min(WORKERS_WHEN_COMPILING, workers), tasks[0].seed, 1)
    finished, interrupted = run_tasks(
        _run, _failed, compile_first, tasks, processes_for(tasks), checked_progress(progress)
    )
    failures = {one.seed: one.error for one in finished if one.error is not None}
    kept = sorted((one for one in finished if one.values is not None), key=lambda one: one.seed)
    if not kept:
        raise next(iter(failures.values())) if failures else KeyboardInterrupt
    values = {name: np.array([(one.values or {})[name] for one in kept]) for name in kept[0].values or {}}
    series = {name: np.array([(one.series or {})[name] for one in kept]) for name in kept[0].series or {}}
    return Observed(tuple(one.seed for one in kept), values, series, interrupted, failures)


def _failed(task: ObservedRun, error: Exception) -> FinishedLook:
    return FinishedLook(task.seed, error=error)


def _run(task: ObservedRun) -> FinishedLook:
    try:
        look = look_at(task.scenario, task.workers, task.seed, task.scenario.quarters)
        values = {name: measure(look) for name, measure in MEASUREMENTS.items()}
        values |= spending_of_windfall(look, task.scenario, task.workers, task.seed, FIRST_OF_PERSONS)
        return FinishedLook(task.seed, values, look.series)
    except Exception as error:
        return _failed(task, failure_of(error, task.seed, task.workers))
