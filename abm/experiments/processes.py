"""Many tasks over several processes: outcomes come back as they finish, and Ctrl-C ends all at once.

The processes are spawned (a fork after numba has used its threads can hang) and run serial kernels.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

__all__ = ["Lost", "outcomes_of"]


@dataclass(frozen=True)
class Lost:
    """A task whose process ended abruptly, often for want of memory."""

    task: Any


def outcomes_of(function: Callable[[Any], Any], tasks: Sequence[Any], processes: int) -> Iterator[Any]:
    """Yield ``function(task)`` of every task in the order they finish, ``Lost(task)`` where its process died.

    With one process all runs here, in the order of ``tasks``. What ``function`` raises is raised here and ends the
    others; a KeyboardInterrupt ends them too.
    """
    if processes == 1:
        yield from map(function, tasks)
        return
    from joblib import Parallel, delayed, parallel_config
    from joblib.externals.loky.process_executor import BrokenProcessPool

    seen: set[int] = set()
    try:
        with parallel_config(backend="loky", n_jobs=processes, inner_max_num_threads=1):
            jobs = (delayed(_in_child)(function, position, task) for position, task in enumerate(tasks))
            # One task at a time to each process: what is finished comes back at once.
            parallel = Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch=processes)
            with _deaf_to_interrupts():
                outcomes = parallel(jobs)
            for position, outcome in outcomes:
                seen.add(position)
                yield outcome
    except BrokenProcessPool:
        for position, task in enumerate(tasks):
            if position not in seen:
                yield Lost(task)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started in this moment ignore Ctrl-C for good; it reaches all of a terminal's, and the parent decides.

    Else those still starting would each print a traceback, and the tasks of the others would be lost with them. Here
    the signal is only held back: one that comes in this moment is heard at its end.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows: children have no such signal
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_child(function: Callable[[Any], Any], position: int, task: Any) -> tuple[int, Any]:
    # Once more for a process that was started later, in place of one that had been idle.
    with _deaf_to_interrupts():
        return position, function(task)
