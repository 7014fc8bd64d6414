"""One more process with a pipe of its own to this one, and nothing else shared: no lock that a killed process could
take along, no thread that has to be waited for.

It is spawned (a fork after numba has used its threads can hang), runs one thread, and ends when its pipe closes.
"""

from __future__ import annotations

import multiprocessing.resource_tracker
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from abm.interrupts import ENDING

__all__ = ["end", "spawned"]

SECONDS_TO_DIE = 5.0
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # they are deaf to the others
ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMBA_NUM_THREADS",
        "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)  # fmt: skip


def spawned(life: Callable[[Connection], None]) -> tuple[BaseProcess, Connection]:
    """A new process that runs ``life`` with its end of a pipe, deaf to interrupts; and our end of the pipe."""
    # Unlike multiprocessing's own, these processes do not run the user's script once more.
    from loky.backend import get_context

    context = get_context("loky")
    ours, theirs = context.Pipe()
    process = context.Process(target=life, args=(theirs,), daemon=True, env=ONE_THREAD)
    with theirs, _deaf_to_interrupts():
        process.start()
    return process, ours


def end(workers: Iterable[tuple[BaseProcess, Connection]]) -> None:
    """Stop them, whatever they are doing; one that escapes ends when it finds its pipe closed."""
    workers = list(workers)
    for process, _ in workers:
        if process.is_alive() and process.pid:
            os.kill(process.pid, KILL)
    for process, pipe in workers:
        pipe.close()
        process.join(SECONDS_TO_DIE)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started in this moment ignore Ctrl-C, TERM and HUP for good, which may reach all; the parent decides.

    Else those still starting would each print a traceback, and their tasks would be lost. Here the signals are only
    held back: one that comes in this moment is heard at its end.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from loky.backend import resource_tracker

    # Both are started with the first process if they do not run yet, and that lets signals through again.
    multiprocessing.resource_tracker.ensure_running()
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
