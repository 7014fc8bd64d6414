"""Runs of the model as tasks on all cores, with progress; Ctrl-C keeps what is finished.

The model is imported when a task runs: a plan of tasks is made without it, as the page's server does, which has to stay
small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from abm.errors import UserError
from abm.experiments.running.processes import Lost, outcomes_of
from abm.experiments.running.progress import Silent, watch
from abm.memory import processes_that_fit

__all__ = ["RunTask", "processes_for", "run_tasks", "tasks_in_turn"]


class RunTask(Protocol):
    """What every task says of its run."""

    @property
    def seed(self) -> int:
        """The seed of the run."""
        ...

    @property
    def workers(self) -> int:
        """The simulated adults."""
        ...


Task = TypeVar("Task", bound=RunTask)
Finished = TypeVar("Finished")


def processes_for(tasks: Sequence[RunTask]) -> int:
    """As many processes as there are cores, or fewer tasks, or less memory."""
    from loky import cpu_count

    return processes_that_fit(max(task.workers for task in tasks), min(cpu_count(), len(tasks)))


def run_tasks(
    run: Callable[[Task], Finished],
    failed: Callable[[Task, Exception], Finished],
    compile_first: Callable[[], object],
    tasks: Sequence[Task],
    processes: int,
    progress: Silent | None = None,
) -> tuple[list[Finished], bool]:
    """Run them in their order on all cores; with what is finished comes whether Ctrl-C ended it before its time.

    ``failed`` makes the outcome of a task whose process was lost. ``compile_first`` runs the smallest economy for a
    moment, so that every process finds the kernels compiled.
    """
    shown = progress or Silent()
    finished: list[Finished] = []

    def look() -> None:
        shown.show(len(finished), len(tasks), f"{len(finished)} of {len(tasks)} runs" if finished else "preparing")

    try:
        with shown, watch(look):
            for one in tasks_in_turn(run, failed, compile_first, tasks, processes):
                finished.append(one)
    except KeyboardInterrupt:
        return finished, True
    return finished, False


def tasks_in_turn(
    run: Callable[[Task], Finished],
    failed: Callable[[Task, Exception], Finished],
    compile_first: Callable[[], object],
    tasks: Sequence[Task],
    processes: int,
) -> Iterator[Finished]:
    """The outcomes as they come, see ``run_tasks``."""
    from abm.compiling.first_use import compile_kernels

    compile_kernels()
    if processes > 1:
        compile_first()
    for one in outcomes_of(run, tasks, processes):
        if isinstance(one, Lost):
            task = one.task
            text = f"seed {task.seed}: a process ended abruptly, often for want of memory; take fewer --workers"
            yield failed(task, UserError(text))
        else:
            yield one
