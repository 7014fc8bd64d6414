"""Wall time and CPU time of a call, its processes included; on a machine with other work the two part."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["BUSY", "Timing", "least", "timed"]

BUSY = 1.15  # wall over CPU time of one thread from which on the machine had other work
SHORT = 0.2  # seconds; the time of processes that have ended is counted in hundredths


@dataclass(frozen=True, order=True)
class Timing:
    """Seconds by the clock and of the processors."""

    wall: float
    cpu: float

    def __truediv__(self, parts: float) -> Timing:
        return Timing(self.wall / parts, self.cpu / parts)

    def waited(self, threads: int = 1) -> bool:
        """Whether the work lay waiting: one thread by the clock for longer than its processor worked.

        With more threads the serial stretches of the work itself look the same, so that only a loss of more than half
        of what they could do is told.
        """
        return self.wall > SHORT and self.wall > self.cpu * (BUSY if threads == 1 else 2 * BUSY / threads)


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def timed(work: Callable[[], object]) -> Timing:
    """One call."""
    # process_time counts in nanoseconds, os.times in hundredths of a second but with the children that have ended.
    wall, own, all_ = time.perf_counter(), time.process_time(), _cpu()
    work()
    wall, own, all_ = time.perf_counter() - wall, time.process_time() - own, _cpu() - all_
    return Timing(wall, max(own, all_) if all_ > 2 * own else own)


def least(work: Callable[[], object], times: int) -> Timing:
    """The shortest by the clock of some calls, since other programs can only add to a time."""
    return min(timed(work) for _ in range(times))
