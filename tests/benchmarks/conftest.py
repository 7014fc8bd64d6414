"""One printer of figures for all benchmarks."""

import os

import pytest
from benchmarks.history import History
from benchmarks.stopwatch import Timing


def shown(text):
    print(f"\n{text}", end="", flush=True)


class Report:
    """Prints a figure beside its target, its CPU time and what it was the last time on this machine."""

    def __init__(self):
        self.history = History()
        shown(f"{self.history.machine}; {self.history.commit}; load {os.getloadavg()[0]:.1f} at the start")
        shown(f"{'':50}{'reached':>9} {'':7}{'target':>7}{'CPU':>9}{'last':>10}")

    def note(self, text):
        """A sentence below a figure."""
        shown(f"  {text}")

    def figure(self, name, value, unit, target=None, cpu=None, at_least=False):
        """A line; ``target`` is the most, or the least where ``at_least``."""
        verdict, before = "", self.history.last(name)
        if target is not None:
            reached = value >= target if at_least else value <= target
            verdict = "reached" if reached else f"MISSED by {abs(value / target - 1):.0%}"
        known = ("" if target is None else f"{target:g}", "" if cpu is None else f"{cpu:.3f}")
        change = "" if before is None else f"{value / before[0] - 1:+.0%}"
        shown(f"{name:50}{value:9.3f} {unit:7}{known[0]:>7}{known[1]:>9}{change:>10}  {verdict}".rstrip())
        self.history.keep(name, value, unit, cpu)

    def time(self, name, timing: Timing, target=None, unit="s", threads=1):
        """A duration, with a warning where the machine had other work."""
        scale = 1e3 if unit == "ms" else 1.0
        self.figure(name, timing.wall * scale, unit, target, timing.cpu * scale)
        if timing.waited(threads):
            self.note(f"the machine was busy: {timing.wall:.3g} s by the clock, {timing.cpu:.3g} s of work")


@pytest.fixture(scope="session")
def report():
    return Report()
