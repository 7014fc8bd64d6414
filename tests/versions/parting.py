"""Where two traces part: the first quarter, phase and column that differ in bits, by more than rounding, in a decision.

A difference lasts when the state still differs at the end of its quarter. One that is gone by then, such as a column
that a later phase writes now, is reported apart, and so is what phases only hand on within a quarter.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from versions.looks import FLOWS, PLANS, STAFF

__all__ = ["BITS", "DISCRETE", "LEVELS", "MORE", "ROUNDING", "TOLERANCES", "Onset", "Parting", "compare_traces"]

BITS, ROUNDING, MORE, DISCRETE = LEVELS = ("bits", "rounding", "more", "discrete")
# Relative to the number or, where it is near zero, to the mean size of its column. What is no more than rounding in
# prices and quantities can exceed the first in a column that is the small difference of two of them, not the second.
TOLERANCES = {ROUNDING: 1e-12, MORE: 1e-9}
DERIVED = f"{STAFF}."  # follows from other columns, in an order that is no decision: only its bits count
WITHIN_THE_QUARTER = (f"{PLANS}.", f"{FLOWS}.")
END = "the end of the quarter"

Columns = dict[str, np.ndarray]


class Point(NamedTuple):
    """What changed in one phase, as ``looks.py`` writes it."""

    quarter: int
    phase: str
    changed: dict[str, tuple[str, tuple[int, ...], bytes]]


@dataclass(frozen=True)
class Onset:
    """Where a difference begins: after ``phase`` of ``quarter``, in ``columns`` of the state.

    ``before`` is the phase from which something handed on, ``handed_on``, already differed; empty if it is none.
    ``step`` counts the common points from the opening on, so that onsets can be put in order.
    """

    step: int
    quarter: int
    phase: str
    columns: tuple[str, ...]
    before: str = ""
    handed_on: tuple[str, ...] = ()
    seed: int = 1


@dataclass
class Parting:
    """What the comparison of two traces found.

    ``lasting`` and ``passing`` map a level to where it begins; ``passing`` has the first difference of the levels that
    never lasted. ``unequal`` names columns that cannot be compared, {why: names}.
    """

    lasting: dict[str, Onset] = field(default_factory=dict)
    passing: dict[str, Onset] = field(default_factory=dict)
    unequal: dict[str, set[str]] = field(default_factory=dict)
    quarters: int = 0

    @property
    def identical(self) -> bool:
        """Whether every common column has the same bits at every common point."""
        return not self.lasting and not self.passing

    @property
    def only_rounding(self) -> bool:
        """Whether rounding explains all: until a decision differs nothing lasting is more, and something is rounded.

        A decision that is the first to differ is made in another way.
        """
        decision, beyond = self.lasting.get(DISCRETE), self.lasting.get(MORE)
        if decision is None:
            return beyond is None
        return self.lasting[BITS].step < decision.step and (beyond is None or beyond.step >= decision.step)


def compare_traces(old: Path, new: Path, seed: int = 1) -> Parting:
    """Read two traces side by side, until they differ at every level or one ends.

    Points are matched by the name of the phase, or by its place where it was renamed.
    """
    parting = Parting()
    sides: tuple[Columns, Columns] = ({}, {})
    tracks, step = {level: _Track(seed) for level in LEVELS}, 0
    with old.open("rb") as one, new.open("rb") as other:
        for before, after in zip(_quarters(one), _quarters(other)):
            parting.quarters = before[0].quarter
            for track in tracks.values():
                track.handed_on, track.before = {}, ""
            for phase, changed in _matched(before, after, sides):
                _compare_columns(changed, sides, tracks)
                for track in tracks.values():
                    track.end_point(step, parting.quarters, phase)
                step += 1
            for level, track in tracks.items():
                track.end_quarter(level, parting)
            if parting.quarters == 1:
                parting.unequal = _unequal(*sides)
            if all(level in parting.lasting for level in LEVELS):
                break
    return parting


class _Track:
    """The columns that differ at one level, as dicts for their order, and since when the state does."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.state: dict[str, None] = {}
        self.handed_on: dict[str, None] = {}
        self.before = ""  # the phase since which something handed on differs
        self.onset: Onset | None = None
        self.first: Onset | None = None

    def set(self, name: str, differs: bool) -> None:
        columns = self.handed_on if name.startswith(WITHIN_THE_QUARTER) else self.state
        if differs:
            columns[name] = None
        else:
            columns.pop(name, None)

    def end_point(self, step: int, quarter: int, phase: str) -> None:
        if not self.handed_on:
            self.before = ""
        elif not self.before:
            self.before = phase
        if not self.state:
            self.onset = None
        elif self.onset is None:
            cause = (self.before, tuple(self.handed_on)) if self.before != phase else ("", ())
            self.onset = Onset(step, quarter, phase, tuple(self.state), *cause, self.seed)
            self.first = self.first or self.onset

    def end_quarter(self, level: str, parting: Parting) -> None:
        if level in parting.lasting:
            return
        if self.onset is not None:
            parting.lasting[level] = self.onset
            parting.passing.pop(level, None)
        elif self.first is not None:
            parting.passing.setdefault(level, self.first)


def _quarters(file: IO[bytes]) -> Iterator[list[Point]]:
    """The points of a trace, quarter by quarter; a trace that breaks off ends with its last whole point."""
    points: list[Point] = []
    while True:
        try:
            point = Point(*pickle.load(file))
        except (EOFError, pickle.UnpicklingError):
            break
        if points and point.quarter != points[0].quarter:
            yield points
            points = []
        points.append(point)
    if points:
        yield points


def _matched(old: list[Point], new: list[Point], sides: tuple[Columns, Columns]) -> Iterator[tuple[str, list[str]]]:
    """Bring both sides to one common point after another; yields the phase and the columns that changed on the way."""
    done = [0, 0]
    for *positions, phase in _pairs([point.phase for point in old], [point.phase for point in new]):
        changed: dict[str, None] = {}
        for side, points in enumerate((old, new)):
            for point in points[done[side] : positions[side] + 1]:
                for name, (kind, shape, data) in point.changed.items():
                    sides[side][name] = np.frombuffer(data, dtype=kind).reshape(shape)
                    changed[name] = None
            done[side] = positions[side] + 1
        yield phase, list(changed)


def _pairs(old: list[str], new: list[str]) -> list[tuple[int, int, str]]:
    """Places at which both versions have done the same: phases of one name, or renamed in their place; the end."""
    last = (len(old) - 1, len(new) - 1)
    pairs = []
    for what, first, stop, at, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal" or (what == "replace" and stop - first == until - at):
            for one, other in zip(range(first, stop), range(at, until)):
                same = old[one] == new[other]
                pairs.append((one, other, old[one] if same else f"{old[one]} (now {new[other]})"))
    if not pairs or pairs[-1][:2] != last:
        pairs = [pair for pair in pairs if pair[0] < last[0] and pair[1] < last[1]] + [(*last, END)]
    return pairs


def _compare_columns(changed: list[str], sides: tuple[Columns, Columns], tracks: dict[str, _Track]) -> None:
    for name in changed:
        if name in sides[0] and name in sides[1]:
            columns = sides[0][name], sides[1][name]
            found = frozenset() if _not_handed_on_yet(name, columns) else _levels_of(*columns)
            if name.startswith(DERIVED):
                found &= {BITS}
            for level, track in tracks.items():
                track.set(name, level in found)


def _not_handed_on_yet(name: str, columns: tuple[np.ndarray, np.ndarray]) -> bool:
    """Whether a version has not written a plan of the quarter: some set it to NaN before, others leave it as it was."""
    return name.startswith(WITHIN_THE_QUARTER) and any(bool((column != column).all()) for column in columns)


def _levels_of(old: np.ndarray, new: np.ndarray) -> frozenset[str]:
    """The levels at which two columns differ; none for columns of different lengths, which cannot be compared."""
    if old.shape != new.shape or (old.dtype == new.dtype and old.tobytes() == new.tobytes()):
        return frozenset()
    same = (old == new) | ((old != old) & (new != new))
    if same.all():  # the sign of a zero, or only another type
        return frozenset({BITS}) if old.dtype == new.dtype else frozenset()
    if old.dtype.kind in "biu" and new.dtype.kind in "biu":
        return frozenset(LEVELS)
    apart = _largest_apart(old, new, same)
    return frozenset({BITS, *(level for level, tolerance in TOLERANCES.items() if apart > tolerance)})


def _largest_apart(old: np.ndarray, new: np.ndarray, same: np.ndarray) -> float:
    """The largest relative difference; infinite where only one of two numbers is finite."""
    one, other = old.astype(np.float64), new.astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        sizes = np.maximum(np.abs(one), np.abs(other))
        finite = np.isfinite(sizes)
        typical = float(sizes[finite].mean()) if finite.any() else 0.0
        apart = np.where(same, 0.0, np.abs(one - other) / np.maximum(sizes, typical))
    return float(np.where(np.isnan(apart), np.inf, apart).max())


def _unequal(old: Columns, new: Columns) -> dict[str, set[str]]:
    """Columns that only one version has, or that have another length or type."""
    common = old.keys() & new.keys()
    found = {
        "columns of the old version only": old.keys() - new.keys(),
        "columns of the new version only": new.keys() - old.keys(),
        "columns of another length, not compared": {name for name in common if old[name].shape != new[name].shape},
        "columns of another type, compared by value": {
            name for name in common if old[name].shape == new[name].shape and old[name].dtype != new[name].dtype
        },
    }
    return {why: set(names) for why, names in found.items() if names}
