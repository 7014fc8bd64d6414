"""Interrupts: the signals that end a command act as one, none acts in the middle of writing, and what is kept is said.

``listening`` lets SIGTERM and SIGHUP act as SIGINT (Ctrl-C) does. The first raises KeyboardInterrupt; those that follow
within some seconds are the same wish and change nothing. ``shielded`` holds them all back until its block has ended.
``heed`` raises it again where something has swallowed the exception, as a call back from a library in C may do.
``KEPT`` counts what an interrupt leaves, for the last line of the command.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

__all__ = ["ENDING", "KEPT", "Kept", "deaf", "heed", "listening", "shielded"]

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
SECONDS_OF_ONE_WISH = 10.0  # after an interrupt, in which another one asks for nothing new

SECONDS_TO_TRY_AGAIN = 0.05


@dataclass
class Kept:
    """What the command would find again, or has written, when it is interrupted now.

    planned   runs of the whole command, as far as they are known
    finished  of those, finished in this command or before
    again     of those, kept where the same command finds them
    places    where they are kept
    written   where files are already: "3 of 8 seeds are written to results/baseline"
    """

    planned: int = 0
    finished: int = 0
    again: int = 0
    places: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what an earlier command of this process left."""
        self.planned = self.finished = self.again = 0
        self.places.clear()
        self.written.clear()

    def plan(self, runs: int) -> None:
        """So many more runs are to come; nothing where a larger work has counted them already."""
        self.planned = max(self.planned, self.finished + runs)

    def add(self, kept: bool, runs: int, place: str) -> None:
        """Some runs are finished, and kept at a place or not."""
        self.finished += runs
        if kept and runs:
            self.again += runs
            self.places += [place] if place not in self.places else []

    def in_words(self) -> str:
        """What is kept and where, as it is at this moment."""
        words = list(self.written)
        if self.again:
            runs, places = f"{self.again:,} of {self.planned:,} runs", " and ".join(self.places)
            words.append(f"{runs} are kept in {places}; the same command continues with them")
        if not words:
            return "nothing is kept" if self.finished else "nothing is finished yet"
        return "; ".join(words)


KEPT = Kept()


class _Listener:
    """The handler of all signals that end a command."""

    def __init__(self) -> None:
        self.last, self.number = float("-inf"), signal.SIGINT.value
        self.wished = False  # whether the command is to end

    def __call__(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the form of a handler
        now = time.monotonic()
        same_wish = now - self.last < SECONDS_OF_ONE_WISH
        if not same_wish:
            self.last, self.number, self.wished = now, number, True
            raise KeyboardInterrupt

    def unraisable(self, lost: sys.UnraisableHookArgs) -> None:
        """An exception where none can be raised, such as a destructor.

        An interrupt there comes again; what a half-made object complains of after one is of no use to anybody.
        """
        if lost.exc_type is KeyboardInterrupt:
            self.last = float("-inf")
            again = threading.Timer(SECONDS_TO_TRY_AGAIN, os.kill, (os.getpid(), self.number))
            again.daemon = True
            again.start()  # not at once: here it would be lost like the first
        elif self.last == float("-inf"):
            sys.__unraisablehook__(lost)


_listeners: list[_Listener] = []  # at most one


def heed() -> None:
    """End the command here if a signal has asked for it before; called where nothing is left half done.

    Work that still goes on after the wish has lost the exception: Python cannot raise it through a function in C, and
    what libraries in C do not expect they may drop without a word.
    """
    if _listeners and _listeners[0].wished and threading.current_thread() is threading.main_thread():
        _listeners[0].last = time.monotonic()  # a signal that is about to be tried again is the same wish
        raise KeyboardInterrupt


@contextlib.contextmanager
def listening() -> Iterator[None]:
    """Let TERM and HUP raise KeyboardInterrupt as INT does, while the block runs; what is ignored stays so.

    A shell without job control starts what runs in the background deaf to INT, and nohup does so for HUP.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if any(isinstance(signal.getsignal(number), _Listener) for number in ENDING):
        yield  # as a larger block does already
        return
    listener, before = _Listener(), sys.unraisablehook
    sys.unraisablehook = listener.unraisable
    _listeners.append(listener)
    try:
        with _handled(listener):
            yield
    finally:
        sys.unraisablehook = before
        _listeners.remove(listener)


@contextlib.contextmanager
def shielded() -> Iterator[None]:
    """Hold signals back while the block runs, which is short and writes; then they act as if they came now."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals only ever stop the main thread
        return
    heard: list[int] = []
    try:
        with _handled(lambda number, _: heard.append(number)):
            yield
    finally:
        if heard:
            signal.raise_signal(heard[0])


def deaf() -> None:
    """From here to the end of the process no signal is heard: all that is left to do is to end."""
    if threading.current_thread() is threading.main_thread():
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def _handled(handler: Any) -> Iterator[None]:
    before = {}
    for number in ENDING:
        now = signal.getsignal(number)
        if now is not None and now is not signal.SIG_IGN:  # None: set by something other than Python
            before[number] = now
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, now in before.items():
            if signal.getsignal(number) is handler:  # else the block has settled it
                signal.signal(number, now)
