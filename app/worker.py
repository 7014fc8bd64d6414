"""What a process of the page does: one task after another, until its pipe closes.

A task is a function of a module and its argument. The function is called with an ``AtWork`` beside, through which it
reports its progress and finds out that nobody wants the answer any more.
"""

from __future__ import annotations

import gc
import os
import pickle
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from abm.errors import UserError, refusal
from abm.experiments.ensembles.recording import Recording
from abm.interrupts import deaf
from abm.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from abm.experiments.ensembles.seed_store import SeedStore

__all__ = ["AtWork", "SeedTask", "Stopped", "most_seconds", "run_seed", "serve", "warm"]

DO, STOP = "do", "stop"  # what the server says
# What a process answers; NOTED is said of no task, and once.
DONE, FAILED, STOPPED, REPORTED, NOTED = "done", "failed", "stopped", "reported", "noted"
SECONDS_BETWEEN_LOOKS = 1.0  # at whether the server is still there, in the middle of a long step
WORKERS_WHEN_WARMING, QUARTERS_WHEN_WARMING = 2_000, 2
SECONDS_OF_A_RUN = 30.0  # of computing, which other work on the machine does not lengthen; a hundredth is usual
USUAL_WORKERS, USUAL_QUARTERS = 10_000, 108


NOTES: list[str] = []  # what whoever runs the server should know, found out beside a run


class Stopped(Exception):
    """The server no longer wants what this process works on."""


class AtWork:
    """The server as a task sees it."""

    def __init__(self, pipe: Connection, number: int):
        self.pipe, self.number = pipe, number

    def look(self) -> None:
        """Raise Stopped if the task is not wanted any more, EOFError if the server is gone."""
        while self.pipe.poll():
            kind, number, *_ = pickle.loads(self.pipe.recv_bytes())
            if kind == STOP and number == self.number:
                raise Stopped

    def report(self, progress: Any) -> None:
        """Tell the server how far the task is."""
        self.pipe.send_bytes(pickle.dumps((REPORTED, self.number, progress)))


@dataclass(frozen=True)
class SeedTask:
    """One seed of a scenario; ``key`` is its name in the store of finished seeds."""

    scenario: Scenario
    workers: int
    seed: int
    quarters: int
    key: str


def most_seconds(task: SeedTask) -> float:
    """How long a run may compute, larger and longer ones in proportion."""
    return SECONDS_OF_A_RUN * max(task.workers / USUAL_WORKERS, 1.0) * max(task.quarters / USUAL_QUARTERS, 1.0)


def run_seed(task: SeedTask, work: AtWork) -> Recording:
    """Run the seed, looking at the pipe and the clock every quarter, and keep it in the store."""
    from abm.experiments.ensembles.one_seed import failure_of, simulate
    from abm.experiments.ensembles.seed_store import open_store

    most, began = most_seconds(task), time.process_time()

    def after(quarter: int) -> None:
        work.look()
        if time.process_time() - began > most:
            raise UserError(
                refusal(
                    "seed {seed}: stopped in quarter {quarter}, after {most} seconds of computing; take fewer workers",
                    seed=task.seed, quarter=quarter, most=f"{most:.0f}",
                )
            )  # fmt: skip

    try:
        recording = simulate(task.scenario, task.workers, task.seed, task.quarters, after)
    except (Stopped, EOFError, OSError):
        raise
    except Exception as error:
        raise failure_of(error, task.seed, task.workers) from None
    store = open_store()
    if store is not None:
        # Beside the next run: a disk may need a second until what is written is safe.
        threading.Thread(target=_keep, args=(store, task.key, recording), daemon=True).start()
    return recording


def _keep(store: SeedStore, key: str, recording: Recording) -> None:
    if not store.write(key, recording) and not NOTES:
        NOTES.append(f"{store.folder}: finished seeds cannot be kept there, so they last as long as the page; "
                     f"free space on that disk")  # fmt: skip


def warm(compile_here: bool, work: AtWork) -> None:
    """Load everything that a run needs; one process compiles the kernels, with helpers, where they are not yet."""
    from loky import cpu_count

    from abm.compiling.first_use import compile_kernels
    from abm.model import Model

    if compile_here:
        compile_kernels(lambda begun, kernels: work.report((begun, kernels)), processes=cpu_count())
    model = Model(workers=WORKERS_WHEN_WARMING, rng=1)
    for _ in range(QUARTERS_WHEN_WARMING):
        model.step()
        work.look()
    del model
    gc.collect()
    gc.freeze()  # what stays for good need not be looked at after each run


def serve(pipe: Connection) -> None:
    """The life of a process; it ends with the pipe, and soon after the server if that ends in the middle of a step."""
    deaf()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            kind, number, *rest = pickle.loads(pipe.recv_bytes())
            if kind == DO:
                pipe.send_bytes(_answer(number, rest[0], rest[1], pipe))
                for text in NOTES:
                    pipe.send_bytes(pickle.dumps((NOTED, number, text)))
                gc.collect()  # an economy is full of cycles, and its memory is wanted for the next one
    os._exit(0)  # nothing is left to tidy up


def _end_with_parent() -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os._exit(0)


def _answer(number: int, function: Callable[[Any, AtWork], Any], task: Any, pipe: Connection) -> bytes:
    """(what became of the task, its number, the value or the error), pickled."""
    try:
        return pickle.dumps((DONE, number, function(task, AtWork(pipe, number))))
    except Stopped:
        return pickle.dumps((STOPPED, number, None))
    except EOFError:
        raise
    except Exception as error:
        with suppress(Exception):
            return pickle.dumps((FAILED, number, error))
        return pickle.dumps((FAILED, number, RuntimeError(f"{type(error).__name__}: {error}")))
