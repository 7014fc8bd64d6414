"""The runs behind an explanation: many scenarios on the same seeds, each (scenario, seed) a task of its own.

Tasks rather than ensembles, so that all cores are busy with one seed too, and little is kept of each run. The model is
imported when a run begins: a plan of runs is made without it, as the page's server does, which has to stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from abm.experiments.ensembles.one_seed import failure_of
from abm.experiments.running import tasks as running
from abm.experiments.running.progress import Silent
from abm.experiments.running.tasks import processes_for
from abm.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.attribution.observation import RunObservation

__all__ = ["Finished", "MeasuredRun", "measured", "processes_for", "run_tasks"]


@dataclass(frozen=True)
class MeasuredRun:
    """One run to the end of a year, of which the means of some outcomes over the year are wanted.

    name      what the caller knows it by
    year      the quarters of the year
    outcomes  names of recorded outcomes
    observed  whether the firms, the energy and the incomes are wanted too
    """

    name: str
    scenario: Scenario
    seed: int
    workers: int
    year: range
    outcomes: tuple[str, ...]
    observed: bool = False


@dataclass(frozen=True)
class Finished:
    """What a task gave: ``levels`` (outcomes,) and the observation if it was wanted, or why it gave nothing."""

    name: str
    seed: int
    levels: FloatArray | None = None
    observation: RunObservation | None = None
    error: Exception | None = None


def run_tasks(tasks: Sequence[MeasuredRun], progress: Silent | None = None) -> tuple[list[Finished], bool]:
    """Run them in their order on all cores; with what is finished comes whether Ctrl-C ended it before its time."""
    return running.run_tasks(_run, _failed, partial(_compile, tasks[0]), tasks, processes_for(tasks), progress)


def _failed(task: MeasuredRun, error: Exception) -> Finished:
    return Finished(task.name, task.seed, error=error)


def _compile(task: MeasuredRun) -> None:
    """Run the smallest economy for a moment, so that every process finds the kernels compiled."""
    from abm.experiments.attribution.observation import observe
    from abm.experiments.ensembles.ensemble import WORKERS_WHEN_COMPILING

    observe(range(1, 2), workers=min(WORKERS_WHEN_COMPILING, task.workers), rng=task.seed, policy=task.scenario)


def _run(task: MeasuredRun) -> Finished:
    try:
        return measured(task)
    except Exception as error:
        return _failed(task, failure_of(error, task.seed, task.workers))


def measured(task: MeasuredRun, after: Callable[[], None] | None = None) -> Finished:
    """Do one run; ``after`` is called with every quarter that is done, and may end it by raising."""
    from abm.experiments.attribution.observation import observe

    model, observation = observe(task.year, after=after, workers=task.workers, rng=task.seed, policy=task.scenario)
    columns = [model.recorder.names.index(name) for name in task.outcomes]
    levels = model.recorder.values[task.year.start : task.year.stop, columns].mean(axis=0)
    return Finished(task.name, task.seed, levels, observation if task.observed else None)
