"""The runs behind an explanation: many scenarios on the same seeds, each (scenario, seed) a task of its own.

Tasks rather than ensembles, so that all cores are busy with one seed too, and little is kept of each run. The model is
imported when a run begins: a plan of runs is made without it, as the page's server does, which has to stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from abm.errors import UserError
from abm.experiments.ensembles.one_seed import failure_of
from abm.experiments.running.processes import Lost, outcomes_of
from abm.experiments.running.progress import Silent, watch
from abm.memory import processes_that_fit
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
    shown = progress or Silent()
    finished: list[Finished] = []

    def look() -> None:
        text = f"{len(finished)} of {len(tasks)} runs" if finished else "preparing"
        shown.show(len(finished), len(tasks), text)

    try:
        with shown, watch(look):
            for one in _in_turn(tasks):
                finished.append(one)
    except KeyboardInterrupt:
        return finished, True
    return finished, False


def processes_for(tasks: Sequence[MeasuredRun]) -> int:
    """As many processes as there are cores, or fewer tasks, or less memory."""
    from loky import cpu_count

    return processes_that_fit(max(task.workers for task in tasks), min(cpu_count(), len(tasks)))


def _in_turn(tasks: Sequence[MeasuredRun]) -> Iterator[Finished]:
    from abm.compiling.first_use import compile_kernels

    compile_kernels()
    processes = processes_for(tasks)
    if processes > 1:
        _compile(tasks[0])
    for one in outcomes_of(_run, tasks, processes):
        if isinstance(one, Lost):
            task = one.task
            text = f"seed {task.seed}: a process ended abruptly, often for want of memory; take fewer --workers"
            yield Finished(task.name, task.seed, error=UserError(text))
        else:
            yield one


def _compile(task: MeasuredRun) -> None:
    """Run the smallest economy for a moment, so that every process finds the kernels compiled."""
    from abm.experiments.attribution.observation import observe
    from abm.experiments.ensembles.ensemble import WORKERS_WHEN_COMPILING

    observe(range(1, 2), workers=min(WORKERS_WHEN_COMPILING, task.workers), rng=task.seed, policy=task.scenario)


def _run(task: MeasuredRun) -> Finished:
    try:
        return measured(task)
    except Exception as error:
        return Finished(task.name, task.seed, error=failure_of(error, task.seed, task.workers))


def measured(task: MeasuredRun, after: Callable[[], None] | None = None) -> Finished:
    """Do one run; ``after`` is called with every quarter that is done, and may end it by raising."""
    from abm.experiments.attribution.observation import observe

    model, observation = observe(task.year, after=after, workers=task.workers, rng=task.seed, policy=task.scenario)
    columns = [model.recorder.names.index(name) for name in task.outcomes]
    levels = model.recorder.values[task.year.start : task.year.stop, columns].mean(axis=0)
    return Finished(task.name, task.seed, levels, observation if task.observed else None)
