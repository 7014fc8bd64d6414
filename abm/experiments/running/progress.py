"""Progress of long work: a bar in a terminal, a line now and then in a file or a pipe, nothing if nobody asked."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self, TextIO

__all__ = ["Bar", "Lines", "PartProgress", "Silent", "terminal_progress", "watch"]

SECONDS_BETWEEN_LINES = 15.0
SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_BEFORE_A_GUESS = 6.0


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
        self.begun = time.monotonic()
        self.next_line = self.begun + seconds

    def show(self, done: int, total: int, text: str) -> None:
        """Report how much of the work is done."""
        now = time.monotonic()
        if now >= self.next_line:
            self.next_line = now + self.seconds
            left = time_left(now - self.begun, done, total)
            print(f"{self.label}: {done / max(total, 1):.0%}, {text}{left}", file=self.stream, flush=True)


class PartProgress(Silent):
    """One piece of a longer work: shows the ``whole`` how far all of it is, in quarters."""

    def __init__(self, whole: Silent, label: str, before: int, total: int):
        self.whole, self.label, self.before, self.total = whole, label, before, total

    def show(self, done: int, total: int, text: str) -> None:
        """Report how much of the work is done."""
        self.whole.show(self.before + done, self.total, f"{self.label}: {text}")


def time_left(seconds: float, done: int, total: int) -> str:
    """``, about 3 min left``, or nothing before a tenth of a minute is gone and at the end."""
    if seconds < SECONDS_BEFORE_A_GUESS or not 0 < done < total:
        return ""
    left = seconds * (total - done) / done
    return f", about {left / 60:.0f} min left" if left >= 90 else f", about {left:.0f} s left"


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
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
            TimeRemainingColumn(), TextColumn("{task.fields[text]}"),
        )  # fmt: skip
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
        self.bar.update(self.task, completed=done, total=total if done else None, text=text)


def terminal_progress(label: str, stream: TextIO | None = None) -> Silent:
    """A bar if the stream (the error stream by default) is a terminal, else lines."""
    stream = stream or sys.stderr
    return Bar(label, stream) if stream.isatty() else Lines(label, stream)


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
