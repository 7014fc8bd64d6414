"""Mesa's set of agents for agents that stand in order: every method in terms of positions, vectorised on columns."""

from __future__ import annotations

import copy
import itertools
import math
import operator
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any, Self, overload

import numpy as np
from mesa.agent import Agent, AgentSet

__all__ = ["ArrayGroupBy", "PositionedSet", "fitted", "is_numeric", "read_only"]

NUMERIC = "biuf"  # numpy's letters for the kinds of dtype that hold plain numbers
GroupBy: Any = sys.modules[AgentSet.__module__].GroupBy  # lives in mesa.agent or mesa.agentset, by version
# The builtins unpack an array number by number, more than a hundred times slower than numpy.
VECTORISED: dict[Any, Callable[..., Any]] = {
    sum: np.sum, min: np.min, max: np.max, statistics.mean: np.mean, statistics.fmean: np.mean,
}  # fmt: skip


def is_numeric(values: Any) -> bool:
    """Whether these values are an array of plain numbers."""
    return isinstance(values, np.ndarray) and values.dtype.kind in NUMERIC


def read_only(array: np.ndarray) -> np.ndarray:
    """The same memory, refusing to be written."""
    view = array.view()
    view.flags.writeable = False
    return view


def fitted(name: str, dtype: np.dtype, value: Any) -> np.ndarray:
    """``value`` as an array if a column of this dtype can hold it unchanged in kind, else ValueError.

    numpy alone would cut 1.7 to 1 and wrap 256 to 0 without a word.
    """
    given = np.asarray(value)
    accepted = {"b": "b", "i": "biu", "u": "biu", "f": NUMERIC}[dtype.kind]
    whole = dtype.kind in "iu"
    fits = given.dtype.kind in accepted
    if fits and whole and given.size and given.dtype.kind != "b":
        fits = np.iinfo(dtype).min <= given.min() and given.max() <= np.iinfo(dtype).max
    if not fits:
        kind = f"whole numbers from {np.iinfo(dtype).min} to {np.iinfo(dtype).max}" if whole else f"{dtype} numbers"
        raise ValueError(f"{name} holds {kind}, not {value!r}")
    return given


class ArrayGroupBy(GroupBy):
    """Mesa's GroupBy with ``agg`` on arrays."""

    def agg(self, attr_name: str, func: Any) -> dict[Any, Any]:
        """Result of ``func`` (or a list of results for several functions) on an attribute, for each group."""
        if all(isinstance(group, PositionedSet) for group in self.groups.values()):
            return {key: group.agg(attr_name, func) for key, group in self.groups.items()}
        return super().agg(attr_name, func)


class PositionedSet(AgentSet):
    """Mesa's AgentSet methods in terms of positions 0 … len − 1; the base of the two classes below.

    A subclass gives ``model``, ``__len__``, ``__iter__``, ``_agent(position)``, ``_values(name, ...)``,
    ``_take(positions)``, ``_of_type(agent_type)``, ``_become(other)`` and ``_from_iterable(agents)``, with which
    the set operators build their general results. Shuffles use ``model.rng``.
    """

    @property
    def random(self) -> Random:
        """The standard-library generator of the model."""
        return self.model.random

    def copy(self) -> Self:
        """A set of the same agents that can be changed without touching this one."""
        return copy.copy(self)

    def to_list(self) -> list[Agent]:
        """All agents as a list."""
        return list(self)

    @overload
    def __getitem__(self, item: int) -> Agent: ...

    @overload
    def __getitem__(self, item: slice | list[Any] | np.ndarray) -> Self: ...

    def __getitem__(self, item: Any) -> Any:
        """One agent for an integer; a set, in the order asked for, for a slice, a boolean mask or positions."""
        if isinstance(item, slice | list | np.ndarray):
            return self._take(np.arange(len(self))[item])
        position = operator.index(item)
        if not -len(self) <= position < len(self):
            raise IndexError(f"position {position} in a set of {len(self)} agents")
        return self._agent(position % len(self))

    def select(
        self,
        filter_func: Callable[[Any], Any] | Sequence[bool] | np.ndarray | None = None,
        at_most: float = math.inf,
        inplace: bool = False,
        agent_type: type | None = None,
        **values: Any,
    ) -> Self:
        """Agents that pass every given test, in the order of this set.

        ``filter_func``, ``at_most``, ``inplace`` and ``agent_type`` mean what they mean in Mesa. ``filter_func`` may
        also be a boolean array with one entry per agent. Keywords compare attributes: ``select(occupation=3)``,
        ``select(status=[0, 2])`` for any of several, ``select(employer=firm)``. Masks and keywords on columns
        take milliseconds for a million agents, a function most of a second.
        """
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        limit = max(0, math.ceil(min(at_most, len(self))))
        if agent_type is not None:
            if filter_func is not None and not callable(filter_func):
                raise ValueError("give a mask or an agent_type, not both: a mask counts the agents of the whole set")
            found = self._of_type(agent_type).select(filter_func, limit, **values)
        else:
            positions = self._passing(filter_func, limit, values)
            found = self.copy() if positions.size == len(self) else self._take(positions)
        return self._become(found) if inplace else found

    def _passing(self, filter_func: Any, limit: int, values: dict[str, Any]) -> np.ndarray:
        mask = np.ones(len(self), dtype=bool)
        for name, value in values.items():
            mask &= self._equal(name, value)
        if filter_func is not None and not callable(filter_func):
            given = np.asarray(filter_func)
            if given.dtype != bool or given.shape != mask.shape:
                raise ValueError(f"a mask needs {len(self)} booleans, not {given.dtype} of shape {given.shape}")
            mask &= given
        positions = np.flatnonzero(mask)
        if callable(filter_func):
            passing = (position for position in positions.tolist() if filter_func(self._agent(position)))
            return np.fromiter(itertools.islice(passing, limit), dtype=np.intp)
        return positions[:limit]

    def _equal(self, name: str, value: Any) -> np.ndarray:
        """Mask of the agents whose attribute equals ``value``, or one of several given as list, tuple, set or array."""
        held = self.get(name)
        several = isinstance(value, list | tuple | set | frozenset | np.ndarray)
        if is_numeric(held):
            wanted = np.asarray(list(value) if several else value)
            if wanted.size and wanted.dtype.kind not in NUMERIC:
                raise ValueError(f"{name} holds numbers and cannot equal {value!r}")
            return np.isin(held, wanted) if several else held == wanted
        accepted = list(value) if several else [value]
        return np.fromiter((item in accepted for item in held), dtype=bool, count=len(self))

    def get(self, attr_names: str | Iterable[str], handle_missing: str = "error", default_value: Any = None) -> Any:
        """Values of one attribute, in the order of this set, or for a list of names one line per agent.

        Numbers come as an array of shape (agents,) or (agents, names) that cannot be written; of a whole
        population it is the live column itself, without a copy. Other values come as in Mesa.
        An attribute that the agents lack raises AttributeError; with ``handle_missing="default"`` it gives
        ``default_value``.
        """
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'")
        missing = () if handle_missing == "error" else (default_value,)
        if isinstance(attr_names, str):
            return self._values(attr_names, *missing)
        columns = [self._values(name, *missing) for name in attr_names]
        if columns and all(map(is_numeric, columns)):
            return read_only(np.stack(columns, axis=1))
        return [list(line) for line in zip(*columns, strict=True)] if columns else [[] for _ in range(len(self))]

    def agg(self, attribute: str, func: Any) -> Any:
        """``func`` (or each of several functions) of the values of an attribute; sum, min, max, mean run in numpy."""
        values = self.get(attribute)
        single = callable(func)
        fast = VECTORISED if is_numeric(values) else {}
        results = [fast.get(one, one)(values) for one in ([func] if single else func)]
        return results[0] if single else results

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> ArrayGroupBy:
        """Groups by an attribute or by what a function returns, in order of first appearance, as in Mesa."""
        values = self.get(by) if isinstance(by, str) else self.map(by)
        if is_numeric(values):
            keys, first, group = np.unique(values, return_index=True, return_inverse=True)
            ends = np.cumsum(np.bincount(group, minlength=keys.size))
            members = np.split(np.argsort(group, kind="stable"), ends[:-1]) if keys.size else []
            groups = {keys[k].item(): self._take(members[k]) for k in np.argsort(first)}
        else:
            found: dict[Any, list[int]] = defaultdict(list)
            for position, key in enumerate(values):
                found[key].append(position)
            groups = {key: self._take(np.array(members)) for key, members in found.items()}
        return ArrayGroupBy(groups if result_type == "agentset" else {key: list(g) for key, g in groups.items()})

    def sort(self, key: str | Callable[[Any], Any], ascending: bool = False, inplace: bool = False) -> Self:
        """Agents ordered by an attribute or function, largest first unless ``ascending``; equals keep their order."""
        values = self.get(key) if isinstance(key, str) else self.map(key)
        if not is_numeric(values):
            order = np.array(sorted(range(len(self)), key=values.__getitem__, reverse=not ascending), dtype=np.intp)
        elif ascending:
            order = np.argsort(values, kind="stable")
        else:  # sorted backwards and read backwards, so that equals keep their order
            order = len(self) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
        return self._become(self._take(order)) if inplace else self._take(order)

    def shuffle(self, inplace: bool = False) -> Self:
        """The same agents in random order, drawn from ``model.rng``."""
        shuffled = self._take(self.model.rng.permutation(len(self)))
        return self._become(shuffled) if inplace else shuffled

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Results of a method (by name) or function for each agent; a Python loop, about a second per million."""
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in self]
        return [method(agent, *args, **kwargs) for agent in self]

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method (by name) or function on each agent and give back this set."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """``do`` in random order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def set(self, attr_name: str, value: Any) -> Self:
        """Write one value to all agents."""
        return self.do(setattr, attr_name, value)

    def add(self, agent: Agent) -> None:
        """Refused with TypeError: agents join and leave through the model."""
        raise TypeError("a set over arrays takes no single agents: select, or unite and subtract sets with | and -")

    discard = remove = add
