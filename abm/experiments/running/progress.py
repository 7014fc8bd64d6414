"""Progress of long work: a bar in a terminal, a line now and then in a file or a pipe, nothing if nobody asked."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self, TextIO

from abm.arguments import check_kind, truth

__all__ = [
    "Bar", "Lines", "NotebookLine", "PartProgress", "Rate", "Silent", "checked_progress", "terminal_progress",
    "usual_progress", "watch",
]  # fmt: skip

SECONDS_BETWEEN_LINES = 15.0
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_BETWEEN_UPDATES = 1.0  # of a line in a notebook
SECONDS_BEFORE_A_GUESS = 3.0
SECONDS_OF_A_RATE = 30.0


class Silent:
    """Says nothing; also what the other two have in common: ``with progress: progress.show(done, total, text)``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def show(self, done: int, total: int, text: str) -> None:
        """``done`` of ``total`` quarters are simulated; ``text`` says what is going on."""


class Lines(Silent):
    """A line at most every fifteen seconds, for output that is kept."""

    def __init__(self, label: str, stream: TextIO, seconds: float = SECONDS_BETWEEN_LINES):
        self.label, self.stream, self.seconds = label, stream, seconds
        self.rate = Rate()
        self.next_line = time.monotonic() + seconds

    def show(self, done: int, total: int, text: str) -> None:
        """Report how much of the work is done."""
        now = time.monotonic()
        self.rate.learn(now, done)
        if now >= self.next_line:
            self.next_line = now + self.seconds
            print(self._line(done, total, text), file=self.stream, flush=True)

    def _line(self, done: int, total: int, text: str) -> str:
        return f"{self.label}: {done / max(total, 1):.0%}, {text}{time_left(self.rate.seconds_left(done, total))}"


class NotebookLine(Lines):
    """A line that is replaced by the next, as notebooks show it, and gone at the end, from an exported page too."""

    def __init__(self, label: str):
        super().__init__(label, sys.stdout, SECONDS_BETWEEN_UPDATES)
        self.shown: Any = None

    def __exit__(self, *exception: object) -> None:
        if self.shown is not None:
            self.shown.update({"text/plain": ""}, raw=True)

    def show(self, done: int, total: int, text: str) -> None:
        """Put another line in its place."""
        now = time.monotonic()
        self.rate.learn(now, done)
        if now < self.next_line:
            return
        self.next_line = now + self.seconds
        line = {"text/plain": self._line(done, total, text)}
        if self.shown is None:
            from IPython.display import display

            self.shown = display(line, raw=True, display_id=True)
        else:
            self.shown.update(line, raw=True)


class Rate:
    """Work a second over the last half a minute: the start, in which kernels are compiled, is soon forgotten."""

    def __init__(self) -> None:
        self.seen: deque[tuple[float, int]] = deque()

    def learn(self, now: float, done: int) -> None:
        """So much is done at this time. Nothing is learnt before the first of it."""
        if done <= 0:
            return
        self.seen.append((now, done))
        while now - self.seen[0][0] > SECONDS_OF_A_RATE:
            self.seen.popleft()

    def seconds_left(self, done: int, total: int) -> float | None:
        """How long the rest takes at this rate; None as long as too little has been seen, and at the end."""
        if not self.seen or not 0 < done < total:
            return None
        (first, before), (last, _) = self.seen[0], self.seen[-1]
        if last - first < SECONDS_BEFORE_A_GUESS or done <= before:
            return None
        return (total - done) * (last - first) / (done - before)


class PartProgress(Silent):
    """One piece of a longer work: shows the ``whole`` how far all of it is, in quarters."""

    def __init__(self, whole: Silent, label: str, before: int, total: int):
        self.whole, self.label, self.before, self.total = whole, label, before, total

    def show(self, done: int, total: int, text: str) -> None:
        """Report how much of the work is done."""
        self.whole.show(self.before + done, self.total, f"{self.label}: {text}")


class Begun(Silent):
    """Progress of work whose arguments are checked when it begins, which is when ``first`` is called."""

    def __init__(self, shown: Silent, first: Callable[[], None]):
        self.shown, self.first = shown, first

    def __enter__(self) -> Self:
        self.first()
        self.shown.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.shown.__exit__(*exception)

    def show(self, done: int, total: int, text: str) -> None:
        """Report how much of the work is done."""
        self.shown.show(done, total, text)


def time_left(seconds: float | None) -> str:
    """``, about 3 min left``, or nothing where it is not known."""
    if seconds is None:
        return ""
    return f", about {seconds / 60:.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"


class Bar(Silent):
    """A bar that redraws itself, with the time gone and the time left."""

    def __init__(self, label: str, stream: TextIO):
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = (
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
            TextColumn("{task.fields[text]}"),
        )  # fmt: skip
        self.rate = Rate()
        self.bar = Progress(*columns, console=Console(file=stream))
        self.task = self.bar.add_task(label, total=None, text="")

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.bar.stop()

    def show(self, done: int, total: int, text: str) -> None:
        """Report how much of the work is done."""
        # Until the first quarter is done the bar pulses instead of claiming nought per cent.
        self.rate.learn(time.monotonic(), done)
        left = time_left(self.rate.seconds_left(done, total))
        self.bar.update(self.task, completed=done, total=total if done else None, text=text + left)


def terminal_progress(label: str, stream: TextIO | None = None, first: Callable[[], None] | None = None) -> Silent:
    """A bar if the stream (the error stream by default) is a terminal, else lines; ``first`` says what begins."""
    stream = stream or sys.stderr
    shown = Bar(label, stream) if stream.isatty() else Lines(label, stream)
    return Begun(shown, first) if first else shown


def usual_progress(label: str, wanted: Silent | bool | None = None) -> Silent:
    """What Python shows: a line in a notebook, a bar in a terminal, nothing in a pipe or where ``wanted`` is False."""
    if isinstance(wanted, Silent):
        return wanted
    if wanted is not None and not truth("progress", wanted):
        return Silent()
    if "ipykernel" in sys.modules:
        return NotebookLine(label)
    stream = sys.stderr
    terminal = stream is not None and stream.isatty()
    return Bar(label, stream) if terminal else Silent() if wanted is None else Lines(label, stream)


def checked_progress(given: Silent | None) -> Silent:
    """What shows the progress; nothing for None. Raises UserError for anything else."""
    if given is None:
        return Silent()
    check_kind("progress", given, Silent, "what shows it, or None for nothing")
    return given


@contextmanager
def watch(look: Callable[[], None]) -> Iterator[None]:
    """Call ``look`` five times a second, and once more at the end, while the body of the ``with`` runs."""
    ended = threading.Event()

    def keep_looking() -> None:
        while not ended.wait(SECONDS_BETWEEN_LOOKS):
            look()

    watcher = threading.Thread(target=keep_looking, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
        look()
