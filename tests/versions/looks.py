"""What a running model holds after each phase, written to a file of changes; it works in every version.

A trace is a series of pickled points ``(quarter, phase, changed)``: one at the opening (quarter 0) and one after each
phase. ``changed`` has only the columns whose bits differ from the point before, {name: (dtype, shape, bytes)}, so that
a run of 2,000 adults takes some ten megabytes.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import IO, Any

import numpy as np

__all__ = ["OPENING", "columns_of", "trace"]

OPENING = "opening"
PLANS, FLOWS = "plans", "flows"  # what phases hand on within a quarter, and the payments
STAFF = "staff"  # an index of the workers by employer
# Attributes of the state and of the economy under whatever name a version gives them: {name there: name here}.
STATE_NAMES = {"aggregate": "macro"}
PLAN_NAMES = ("plans", "quarter_plans", "now")
DEEPEST = 3  # of tables within tables
NUMBERS = (bool, int, float, np.generic)


def columns_of(economy: Any) -> Iterator[tuple[str, np.ndarray]]:
    """Every array and number of the state, of the plans of the quarter and of the payments, with its name."""
    for name, held in _attributes(economy.state):
        if not name.startswith("staff"):
            yield from _walk(STATE_NAMES.get(name, name), held, DEEPEST)
    yield from _staff(economy.state)
    plans = next((getattr(economy, name) for name in PLAN_NAMES if hasattr(economy, name)), None)
    if plans is not None:
        yield from _walk(PLANS, plans, DEEPEST)
    amounts = getattr(getattr(economy, "ledger", None), "amounts", None)
    if amounts is not None:
        yield from _walk(FLOWS, amounts, 1)


def _staff(state: Any) -> Iterator[tuple[str, np.ndarray]]:
    """The order of the staff as far as it means anything: what stands behind the last employed is left over."""
    staff = getattr(state, "staff", None)
    order, start = getattr(staff, "order", staff), getattr(staff, "start", getattr(state, "staff_start", None))
    if isinstance(order, np.ndarray) and isinstance(start, np.ndarray):
        yield f"{STAFF}.start", start
        yield f"{STAFF}.order", order[: int(start[-1])]


def _walk(label: str, held: Any, depth: int) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(held, np.ndarray | np.void) and held.dtype.names:
        for name in held.dtype.names:
            yield f"{label}.{name}", np.asarray(held[name])
    elif isinstance(held, np.ndarray):
        if held.dtype.kind in "biuf":
            yield label, held
    elif isinstance(held, NUMBERS):
        yield label, np.asarray(held)
    elif isinstance(held, tuple | list):
        if held and all(isinstance(one, NUMBERS) for one in held):
            yield label, np.asarray(held)
    elif depth > 0 and held is not None and not isinstance(held, str):
        for name, inner in _attributes(held):
            yield from _walk(f"{label}.{name}", inner, depth - 1)


def _attributes(held: Any) -> Iterator[tuple[str, Any]]:
    """The public attributes of an object that are data, or the items of a mapping."""
    if isinstance(held, Mapping):
        yield from ((str(key), value) for key, value in held.items())
        return
    declared, computed = _declared(type(held))
    for name in dict.fromkeys((*getattr(held, "__dict__", ()), *declared)):
        value = None if name.startswith("_") or name in computed else getattr(held, name, None)
        if value is not None and not callable(value):
            yield name, value


@cache
def _declared(kind: type) -> tuple[tuple[str, ...], frozenset[str]]:
    """The attributes that a class declares, by slots, annotations or as a C structure; and those that it computes."""
    names: list[str] = []
    computed = set()
    for parent in reversed(kind.__mro__):
        own = vars(parent)
        slots = own.get("__slots__", ())
        names += [slots] if isinstance(slots, str) else slots
        names += [*own.get("__annotations__", ()), *(field[0] for field in own.get("_fields_", ()) if len(field) > 1)]
        computed |= {name for name, one in own.items() if isinstance(one, cached_property | property)}
    return tuple(names), frozenset(computed)


class _Notes:
    """Writes the points of one trace."""

    def __init__(self, file: IO[bytes]):
        self.file = file
        self.before: dict[str, bytes] = {}

    def add(self, quarter: int, phase: str, economy: Any) -> None:
        changed = {}
        for name, column in columns_of(economy):
            data = column.tobytes()
            if self.before.get(name) != data:
                self.before[name] = data
                changed[name] = (column.dtype.str, column.shape, data)
        pickle.dump((quarter, phase, changed), self.file, protocol=pickle.HIGHEST_PROTOCOL)


class _Watcher:
    """Puts a look after each phase of a model's schedule. The looks change nothing."""

    def __init__(self, notes: _Notes):
        self.notes = notes
        self.model: Any = None

    def between(self, phases: Iterable[Callable[..., None]]) -> Iterator[Callable[..., None]]:
        for phase in phases:
            yield phase
            yield self._look(str(getattr(phase, "__name__", None) or getattr(phase, "name", phase)))

    def _look(self, phase: str) -> Callable[..., None]:
        return lambda *_: self.notes.add(self.model.quarter, phase, self.model.economy)


@contextmanager
def _watched(model_class: type, watcher: _Watcher) -> Iterator[type]:
    """The model with looks: a subclass, as the model offers it, or in older versions another schedule for a while."""
    if hasattr(model_class, "phases"):
        yield type("Watched", (model_class,), {"phases": lambda self: watcher.between(model_class.phases(self))})
        return
    module = sys.modules[model_class.__module__]
    schedule = module.SCHEDULE
    module.SCHEDULE = tuple(watcher.between(schedule))
    try:
        yield model_class
    finally:
        module.SCHEDULE = schedule


def trace(model_class: type, path: Path, quarters: int, **arguments: Any) -> None:
    """Run a model and write its trace; ``arguments`` are those of the model. What the run raises is raised."""
    with path.open("wb") as file:
        watcher = _Watcher(_Notes(file))
        with _watched(model_class, watcher) as watched:
            model = watcher.model = watched(**arguments)
            watcher.notes.add(0, OPENING, model.economy)
            for _ in range(quarters):
                model.step()
