"""Many tasks over several processes: outcomes come back as they finish, and Ctrl-C ends all at once.

Each is a process as in spawned.py; they are kept a while for the next call.
"""

from __future__ import annotations

import atexit
import os
import pickle
import time
import traceback
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess, current_process
from typing import Any, Generic, TypeVar, cast

from abm.experiments.running.spawned import end, spawned
from abm.interrupts import deaf

__all__ = ["Lost", "outcomes_of"]

Task = TypeVar("Task")
Returned = TypeVar("Returned")

SECONDS_IDLE = 300.0  # after which a process without a task ends by itself
SECONDS_BEFORE_TOO_LATE = 60.0  # of those, in which it is given no new task
SECONDS_BETWEEN_LOOKS = 0.5  # so that an interrupt heard by another thread is noticed here
MOST_DEATHS_IN_A_ROW = 8


@dataclass(frozen=True)
class Lost(Generic[Task]):
    """A task whose process ended abruptly, often for want of memory."""

    task: Task


@dataclass(eq=False)
class _Worker:
    """A process and our end of its pipe; ``task`` is what it works on."""

    process: BaseProcess
    pipe: Connection
    task: Any = None
    idle_since: float = field(default_factory=time.monotonic)

    def begin(self, function: Callable[[Any], Any], task: Any) -> None:
        self.task = task
        with suppress(OSError):  # it is dead; the pipe will say so
            self.pipe.send_bytes(pickle.dumps((function, task)))

    def usable(self) -> bool:
        young = time.monotonic() - self.idle_since < SECONDS_IDLE - SECONDS_BEFORE_TOO_LATE
        return young and self.process.is_alive()


_idle: list[_Worker] = []
_all: weakref.WeakSet[_Worker] = weakref.WeakSet()


@atexit.register
def _end_all() -> None:
    """Before multiprocessing asks them politely, to which they are deaf, and waits."""
    _end(list(_all))


def outcomes_of(
    function: Callable[[Task], Returned], tasks: Iterable[Task], processes: int
) -> Iterator[Returned | Lost[Task]]:
    """Yield ``function(task)`` of every task in the order they finish, ``Lost(task)`` where its process died.

    ``function`` belongs to a module that can be imported; what it raises is raised here and ends the others, and so
    does a KeyboardInterrupt or an end of the iteration. With one process all runs here, in the order of ``tasks``.
    """
    if processes == 1 or current_process().daemon:  # the processes of a pool may not start others
        yield from map(function, tasks)
        return
    waiting = iter(tasks)
    busy: dict[Connection, _Worker] = {}
    deaths = 0  # since the last outcome
    try:
        _give_tasks(function, waiting, busy, processes)
        while busy:
            for pipe in wait(list(busy), SECONDS_BETWEEN_LOOKS):
                outcome = _received(busy.pop(cast(Connection, pipe)))
                deaths = deaths + 1 if isinstance(outcome, Lost) else 0
                if deaths < MOST_DEATHS_IN_A_ROW:
                    _give_tasks(function, waiting, busy, processes)  # first, so that nobody waits for our caller
                yield outcome
        yield from map(Lost, waiting)
    finally:
        _end(list(busy.values()))


def _give_tasks(
    function: Callable[[Any], Any], waiting: Iterator[Any], busy: dict[Connection, _Worker], processes: int
) -> None:
    """Keep so many processes busy as long as tasks are waiting."""
    while len(busy) < processes:
        try:
            task = next(waiting)
        except StopIteration:
            return
        worker = _idle_worker() or _new_worker()
        busy[worker.pipe] = worker
        worker.begin(function, task)


def _received(worker: _Worker) -> Any:
    """What a worker sent: an outcome, or Lost if it died; raises what the function raised."""
    try:
        raised, outcome = pickle.loads(worker.pipe.recv_bytes())
    except (EOFError, OSError):
        _end([worker])
        return Lost(worker.task)
    worker.idle_since = time.monotonic()
    _idle.append(worker)
    if raised:
        raise outcome
    return outcome


def _idle_worker() -> _Worker | None:
    while _idle:
        worker = _idle.pop()
        if worker.usable():
            return worker
        _end([worker])
    return None


def _new_worker() -> _Worker:
    worker = _Worker(*spawned(_serve))
    _all.add(worker)
    return worker


def _end(workers: list[_Worker]) -> None:
    end((worker.process, worker.pipe) for worker in workers)


def _serve(pipe: Connection) -> None:
    """The life of a worker: a task comes, its outcome goes, until the pipe closes or nothing comes for long."""
    deaf()
    with suppress(EOFError, OSError):
        while pipe.poll(SECONDS_IDLE):
            pipe.send_bytes(_answer(pipe.recv_bytes()))
    os._exit(0)  # nothing is left to tidy up, and who waits for our output does not wait for an interpreter to end


def _answer(message: bytes) -> bytes:
    """(whether it raised, the outcome), pickled."""
    try:
        function, task = pickle.loads(message)
        return pickle.dumps((False, function(task)))
    except Exception as error:
        with suppress(Exception):
            return pickle.dumps((True, error))
        return pickle.dumps((True, RuntimeError(traceback.format_exc())))
