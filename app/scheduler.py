"""One fair queue of tasks over a few warm processes, for everybody who uses the page.

The first pair of everybody comes before the second of anybody, and pages take turns. What two requests want is run
once; what nobody wants any more leaves the queue, and a process that works on it stops within a quarter. All of it
belongs to one event loop: nothing here may be called from another thread.
"""

from __future__ import annotations

import asyncio
import itertools
import pickle
import sys
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from abm.errors import UserError, refusal
from abm.experiments.running.spawned import end, spawned
from xinzhi.app.asked import FIRST, LAST, Answered, Asked, Errand, Function
from xinzhi.app.worker import DO, DONE, FAILED, NOTED, REPORTED, STOP, STOPPED, serve, warm

__all__ = ["Scheduler"]

MOST_PAGES_KNOWN = 1_000
MOST_DEATHS = 2  # of processes with the same task, from which on it is given up
MOST_DEATHS_IN_A_ROW = 8  # of any processes, after which none is started any more


@dataclass(eq=False)
class Process:
    """A process and our end of its pipe; ``number`` is that of its task, also of one that nobody wants any more."""

    process: BaseProcess
    pipe: Connection
    work: Errand | None = None
    number: int = 0
    ready: bool = False

    @property
    def free(self) -> bool:
        return self.ready and not self.number


class Scheduler:
    """The queue and its processes. ``ready`` as soon as one process is warm; ``compiling`` is (begun, all kernels)."""

    def __init__(self, processes: int, life: Callable[[Connection], None] = serve, warming: Function = warm):
        self.wanted, self.life, self.warming = processes, life, warming
        self.processes: list[Process] = []
        self.compiling: tuple[int, int] | None = None
        self.broken = ""
        self._works: dict[Any, Errand] = {}
        self._asked: dict[Asked, None] = {}  # in the order in which they came
        self._turns: OrderedDict[str, int] = OrderedDict()
        self._numbers = itertools.count(1)
        self._deaths = 0
        self._notes: set[str] = set()
        self._closed = False
        self._starting: set[asyncio.Task[None]] = set()

    @property
    def ready(self) -> bool:
        """Whether a process is warm."""
        return any(one.ready for one in self.processes)

    @property
    def queued(self) -> int:
        """How many tasks wait for a process."""
        running = sum(one.work is not None for one in self.processes if one.ready)
        return len(self._works) - running

    def start(self) -> None:
        """Start the processes, one after the other, so that the first compiles for all."""
        self._start(compile_here=True)

    def close(self) -> None:
        """End all processes at once."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        processes, self.processes = self.processes, []
        for one in processes:
            self._unwatch(one)
        end((one.process, one.pipe) for one in processes)

    def add(self, asked: Asked, work: Errand, tag: Any, rank: int) -> None:
        """Put a task of a request into the queue, or the request beside those who asked for it before."""
        if self.broken:
            asked.outcomes.put_nowait(Answered(tag, error=UserError(self.broken)))
            return
        known = self._works.setdefault(work.key, work)
        known.askers[asked] = tag
        asked.open.add(known)
        self._asked.setdefault(asked)
        if not known.number:
            asked.waiting.append((rank, known))
        self._dispatch()

    def give_up(self, asked: Asked) -> None:
        """Forget a request; what only it wanted leaves the queue or is stopped."""
        self._asked.pop(asked, None)
        for work in asked.open:
            work.askers.pop(asked, None)
            if not work.askers:
                self._works.pop(work.key, None)
                self._stop(work)
        asked.open.clear()
        asked.waiting.clear()

    def _stop(self, work: Errand) -> None:
        for one in self.processes:
            if one.work is work:
                one.work = None
                self._send(one, (STOP, one.number))

    def _dispatch(self) -> None:
        """Give free processes what is next; what is done in idle time makes room for a user."""
        for one in self.processes:
            if one.free:
                work = self._next()
                if work is None:
                    return
                self._give(one, work)
        if any(asked.level == FIRST and self._head(asked) for asked in self._asked):
            self._make_room()

    def _make_room(self) -> None:
        for one in self.processes:
            if one.work is not None and one.ready and one.work.level() == LAST:
                work = one.work
                self._stop(work)
                self._again(work)

    def _again(self, work: Errand) -> None:
        """Back to the front of the queue of all who asked for it."""
        work.number = 0
        for asked in work.askers:
            asked.waiting.appendleft((0, work))

    def _next(self) -> Errand | None:
        """The task with the lowest rank of the page that waited longest; users before idle work."""
        heads = [(asked.level, head[0], self._turns.get(asked.page, 0), order, head[1], asked)
                 for order, asked in enumerate(self._asked) if (head := self._head(asked))]  # fmt: skip
        if not heads:
            return None
        *_, work, asked = min(heads, key=lambda one: one[:4])
        asked.waiting.popleft()
        self._turns[asked.page] = next(self._numbers)
        self._turns.move_to_end(asked.page)
        if len(self._turns) > MOST_PAGES_KNOWN:
            self._turns.popitem(last=False)
        return work

    @staticmethod
    def _head(asked: Asked) -> tuple[int, Errand] | None:
        """The first task of a request that no process has yet."""
        while asked.waiting:
            rank, work = asked.waiting[0]
            if work in asked.open and not work.number:
                return rank, work
            asked.waiting.popleft()
        return None

    def _give(self, one: Process, work: Errand) -> None:
        one.work, one.number = work, next(self._numbers)
        work.number = one.number
        self._send(one, (DO, one.number, work.function, work.task))

    @staticmethod
    def _send(one: Process, message: Any) -> None:
        with suppress(OSError):  # it is dead; the pipe will say so
            one.pipe.send_bytes(pickle.dumps(message))

    def _start(self, compile_here: bool) -> None:
        starting = asyncio.get_running_loop().create_task(self._started(compile_here))
        self._starting.add(starting)
        starting.add_done_callback(self._starting.discard)

    async def _started(self, compile_here: bool) -> None:
        """A new process that warms itself; in a thread, since starting one takes a moment."""
        try:
            process, pipe = await asyncio.shield(asyncio.to_thread(spawned, self.life))
        except OSError as error:  # no more processes or no more memory
            self._lost(refusal("no process of the model can be started ({problem})", problem=error.strerror or error))
            return
        one = Process(process, pipe)
        if self._closed:
            end([(process, pipe)])
            return
        self.processes.append(one)
        asyncio.get_running_loop().add_reader(pipe.fileno(), self._heard, one)
        one.number = next(self._numbers)
        self._send(one, (DO, one.number, self.warming, compile_here))

    def _unwatch(self, one: Process) -> None:
        with suppress(OSError, RuntimeError):
            asyncio.get_running_loop().remove_reader(one.pipe.fileno())

    def _heard(self, one: Process) -> None:
        """A message of a process, or the end of its pipe."""
        try:
            kind, number, value = pickle.loads(one.pipe.recv_bytes())
        except (EOFError, OSError):
            self._died(one)
            return
        if kind == NOTED:
            self._note(value)
            return
        if number != one.number:
            return
        work = one.work
        if kind == REPORTED:
            self._tell(work, value) if work else self._warming(value)
            return
        self._deaths = 0
        one.work, one.number = None, 0
        if not one.ready:
            self._warmed(one)
        elif work is not None and kind in (DONE, FAILED):
            self._finish(work, **({"value": value} if kind == DONE else {"error": value}))
        elif work is not None and kind == STOPPED:  # never asked for here
            self._again(work)
        self._dispatch()

    def _note(self, text: str) -> None:
        """Say what a process found out to whoever runs the server, once."""
        if text not in self._notes:
            self._notes.add(text)
            print(f"xinzhi: {text}", file=sys.stderr, flush=True)

    def _warming(self, progress: tuple[int, int]) -> None:
        self.compiling = progress

    def _warmed(self, one: Process) -> None:
        one.ready, self.compiling = True, None
        for _ in range(self.wanted - len(self.processes) - len(self._starting)):
            self._start(compile_here=False)

    @staticmethod
    def _tell(work: Errand, progress: Any) -> None:
        for asked, tag in work.askers.items():
            asked.outcomes.put_nowait(Answered(tag, progress=progress))

    def _finish(self, work: Errand, value: Any = None, error: Exception | None = None) -> None:
        self._works.pop(work.key, None)
        if work.keep is not None and error is None:
            work.keep(value)
        for asked, tag in work.askers.items():
            asked.open.discard(work)
            asked.outcomes.put_nowait(Answered(tag, value, error))

    def _died(self, one: Process) -> None:
        """A process is gone: its task is run once more, then given up, and another process takes its place."""
        self._unwatch(one)
        self.processes.remove(one)
        end([(one.process, one.pipe)])
        self._deaths += 1
        work = one.work
        if work is not None:
            work.deaths += 1
            if work.deaths < MOST_DEATHS:
                self._again(work)
            else:
                text = refusal("a process ended abruptly twice at this, often for want of memory; take fewer workers")
                self._finish(work, error=UserError(text))
        if self._deaths < MOST_DEATHS_IN_A_ROW:
            self._start(compile_here=not self.ready)
            self._dispatch()
        else:
            self._lost(refusal("the processes of the model end as soon as they start; start the page again"))

    def _lost(self, why: str) -> None:
        """No process can be had: where none is left, everything that waits is a fault."""
        if self.processes:
            return
        self.broken = why
        for every in list(self._works.values()):
            self._finish(every, error=UserError(why))
