"""What goes into the queue of the page and what comes out: a request with its tasks, a task, and what became of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xinzhi.app.scheduler import Scheduler

__all__ = ["FIRST", "LAST", "Answered", "Asked", "Errand", "Function"]

FIRST, LAST = 0, 1  # levels: what a user waits for, and what is done in idle time

Function = Callable[[Any, Any], Any]  # of a task, and of what it sees of the server


@dataclass(frozen=True)
class Answered:
    """What became of one task of a request: a value, an error, or how far it is."""

    tag: Any
    value: Any = None
    error: Exception | None = None
    progress: Any = None


@dataclass(eq=False)
class Errand:
    """A task, who asked for it and under which tag; ``number`` says which message of a process belongs to it."""

    key: Any
    function: Function
    task: Any
    keep: Callable[[Any], None] | None
    askers: dict[Asked, Any] = field(default_factory=dict)
    number: int = 0
    deaths: int = 0

    def level(self) -> int:
        """FIRST if a user waits for it."""
        return min((asked.level for asked in self.askers), default=LAST)


class Asked:
    """One request: tasks go in in the order of their importance, outcomes come out as they finish.

    As an asynchronous context it gives up at its end what is not finished.
    """

    def __init__(self, scheduler: Scheduler, page: str, level: int = FIRST):
        self.scheduler, self.page, self.level = scheduler, page, level
        self.outcomes: asyncio.Queue[Answered] = asyncio.Queue()
        self.waiting: deque[tuple[int, Errand]] = deque()
        self.open: set[Errand] = set()

    async def __aenter__(self) -> Asked:
        return self

    async def __aexit__(self, *exception: object) -> None:
        self.close()

    def add(
        self, key: Any, function: Function, task: Any, tag: Any, rank: int = 0,
        keep: Callable[[Any], None] | None = None,
    ) -> None:  # fmt: skip
        """Ask for a task; the same ``key`` is run once for all who ask for it. Ranks never fall within a request.

        ``keep`` is called with the value before anybody gets it.
        """
        self.scheduler.add(self, Errand(key, function, task, keep), tag, rank)

    async def next(self) -> Answered:
        """The next outcome."""
        return await self.outcomes.get()

    def close(self) -> None:
        """Give up what is not finished."""
        self.scheduler.give_up(self)
