"""The container behind the agents: populations that live in arrays, offered with Mesa's own sets of agents.

A million ordinary Mesa agents take ten seconds and half a gigabyte to create. Here an agent is a view made on access
(population, row) and never registered with the model, and a set of agents is an array of rows. Everything that
Mesa's AgentSet offers works on it, vectorised wherever a column is named instead of a function.

``unique_id``: agents that Mesa registers (government, bank, your own) count from 1. The agents of the first array
population are numbered from 1,000,000,000 and those of the second from 2,000,000,000, in the order of their rows:
``unique_id % 1_000_000_000`` is the row. An id belongs to a row for the whole run; when a firm leaves or a
worker dies, the successor takes over the row and its id.
"""

from __future__ import annotations

import copy
import itertools
import math
import operator
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeAlias, overload

import numpy as np
from mesa.agent import Agent, AgentSet

if TYPE_CHECKING:
    import pandas as pd
    from mesa import Model as ModelOfMesa
else:
    ModelOfMesa = object  # ArrayPopulations is mixed into a model of Mesa

__all__ = ["AgentUnion", "ArrayAgentSet", "ArrayPopulation", "ArrayPopulations"]

IDS_PER_POPULATION = 1_000_000_000
NUMERIC = "biuf"  # numpy's letters for the kinds of dtype that hold plain numbers
GroupBy: Any = sys.modules[AgentSet.__module__].GroupBy  # lives in mesa.agent or mesa.agentset, by version
# The builtins unpack an array number by number, more than a hundred times slower than numpy.
VECTORISED: dict[Any, Callable[..., Any]] = {
    sum: np.sum, min: np.min, max: np.max, statistics.mean: np.mean, statistics.fmean: np.mean,
}  # fmt: skip

Part: TypeAlias = "PositionedSet | AgentSet | list[Agent]"  # of a union of sets


class Rows(Protocol):
    """A table: its number of rows, and one array for each column."""

    rows: int


def _is_numeric(values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.dtype.kind in NUMERIC


def _read_only(array: np.ndarray) -> np.ndarray:
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
    ``_take(positions)``, ``_of_type(agent_type)`` and ``_become(other)``. Shuffles use ``model.rng``.
    """

    @property
    def random(self) -> Random:
        """The standard-library generator of the model."""
        return self.model.random

    def _from_iterable(self, agents: Iterable[Agent]) -> AgentUnion:
        """What the set operators build their general results with."""
        return AgentUnion(self.model, (list(dict.fromkeys(agents)),))

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
        if _is_numeric(held):
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
        if columns and all(map(_is_numeric, columns)):
            return _read_only(np.stack(columns, axis=1))
        return [list(line) for line in zip(*columns, strict=True)] if columns else [[] for _ in range(len(self))]

    def agg(self, attribute: str, func: Any) -> Any:
        """``func`` (or each of several functions) of the values of an attribute; sum, min, max, mean run in numpy."""
        values = self.get(attribute)
        single = callable(func)
        fast = VECTORISED if _is_numeric(values) else {}
        results = [fast.get(one, one)(values) for one in ([func] if single else func)]
        return results[0] if single else results

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> ArrayGroupBy:
        """Groups by an attribute or by what a function returns, in order of first appearance, as in Mesa."""
        values = self.get(by) if isinstance(by, str) else self.map(by)
        if _is_numeric(values):
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
        if not _is_numeric(values):
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


class ArrayPopulation:
    """A table of arrays seen as agents of one class; made by ``ArrayPopulations.register_population``."""

    def __init__(self, model: ArrayPopulations, table: Rows, agent_type: type[Any], first_id: int) -> None:
        self.model, self.table, self.agent_type, self.first_id = model, table, agent_type, first_id

    def column(self, attribute: str) -> np.ndarray:
        """The live array behind an attribute, shape (rows,)."""
        return getattr(self.table, self.agent_type.sources[attribute])

    def view(self, row: int) -> Any:
        """The agent in a row."""
        return self.agent_type(self, row)

    def linked(self, name: str) -> np.ndarray:
        """Every agent a link can lead to, by row, and None at the end, where the row number -1 points."""
        target = self.model.population_of(self.agent_type.links[name])
        agents = np.full(target.table.rows + 1, None, dtype=object)
        agents[:-1] = [target.view(row) for row in range(target.table.rows)]
        return agents


class ArrayAgentSet(PositionedSet):
    """An ordered set of agents of one array population, held as rows (None: the whole population in order of rows).

    Changing the set never changes the population. Asking ``in`` takes a pass over the rows of a subset.
    """

    def __init__(self, population: ArrayPopulation, rows: Any = None) -> None:
        self._population = population
        self._rows = None if rows is None else np.asarray(rows, dtype=np.intp)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._population, self._rows)

    @property
    def model(self) -> ArrayPopulations:
        """The model whose agents these are."""
        return self._population.model

    @property
    def rows(self) -> np.ndarray:
        """Rows of these agents in their table, shape (agents,), integer, read-only."""
        return _read_only(np.arange(self._population.table.rows) if self._rows is None else self._rows)

    def __len__(self) -> int:
        return self._population.table.rows if self._rows is None else self._rows.size

    def __iter__(self) -> Iterator[Agent]:
        return map(self._population.view, range(len(self)) if self._rows is None else self._rows.tolist())

    def __contains__(self, agent: Any) -> bool:
        ours = getattr(agent, "population", None) is self._population
        return ours and (self._rows is None or bool((self._rows == agent.row).any()))

    def _agent(self, position: int) -> Agent:
        return self._population.view(position if self._rows is None else self._rows.item(position))

    def _take(self, positions: np.ndarray) -> Self:
        return type(self)(self._population, positions if self._rows is None else self._rows[positions])

    def _of_type(self, agent_type: type) -> Self:
        return self if issubclass(self._population.agent_type, agent_type) else self._take(np.arange(0))

    def _become(self, other: ArrayAgentSet) -> Self:
        self._rows = other._rows
        return self

    def _values(self, name: str, *missing: Any) -> Any:
        kind = self._population.agent_type
        if name in kind.sources:
            column = self._population.column(name)
            return _read_only(column if self._rows is None else column[self._rows])
        if name in kind.links:
            return self._population.linked(name)[self._values(f"{name}_row")]
        if name == "unique_id":
            return _read_only(self.rows + self._population.first_id)
        if name == "row":
            return self.rows
        if missing and not hasattr(kind, name):
            return list(missing) * len(self)
        return [getattr(agent, name) for agent in self]

    def _equal(self, name: str, value: Any) -> np.ndarray:
        if name not in self._population.agent_type.links:
            return super()._equal(name, value)
        target = self._population.agent_type.links[name]
        wanted = list(value) if isinstance(value, list | tuple | set | frozenset | AgentSet) else [value]
        if not all(agent is None or isinstance(agent, target) for agent in wanted):
            raise ValueError(f"{name} is a {target.__name__} or None; compare numbers with {name}_row")
        return super()._equal(f"{name}_row", [-1 if agent is None else agent.row for agent in wanted])

    def set(self, attr_name: str, value: Any) -> Self:
        """Write one value to all, or an array with one value per agent in the order of this set."""
        kind = self._population.agent_type
        if attr_name not in kind.writable:
            return super().set(attr_name, value)
        column = self._population.column(attr_name)
        column[slice(None) if self._rows is None else self._rows] = fitted(attr_name, column.dtype, value)
        return self

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> ArrayGroupBy:
        """As in Mesa; grouping by a link gives the agent (or None) as the key."""
        if not (isinstance(by, str) and by in self._population.agent_type.links):
            return super().groupby(by, result_type)
        targets = self._population.linked(by)
        return ArrayGroupBy({targets[row]: group for row, group in super().groupby(f"{by}_row", result_type)})

    def to_dataframe(self, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """A copy of the named attributes (default: every column) as a pandas DataFrame indexed by ``unique_id``."""
        import pandas as pd

        names = list(self._population.agent_type.sources) if columns is None else list(columns)
        data = {name: self.get(name) for name in names}  # pandas copies the columns of a dict
        return pd.DataFrame(data, index=pd.Index(self.get("unique_id").copy(), name="unique_id"))

    def _shares_population(self, other: Any) -> bool:
        return isinstance(other, ArrayAgentSet) and other._population is self._population

    def _within(self, other: ArrayAgentSet) -> np.ndarray:
        """Mask of the agents that are also in ``other``, a set of the same population."""
        held = np.zeros(self._population.table.rows, dtype=bool)
        held[slice(None) if other._rows is None else other._rows] = True
        return held[self.rows]

    def __and__(self, other: Any) -> PositionedSet:
        return self[self._within(other)] if self._shares_population(other) else super().__and__(other)

    def __sub__(self, other: Any) -> PositionedSet:
        return self[~self._within(other)] if self._shares_population(other) else super().__sub__(other)

    def __or__(self, other: Any) -> PositionedSet:
        if self._shares_population(other):
            return type(self)(self._population, np.concatenate([self.rows, (other - self).rows]))
        return AgentUnion(self.model, (self, other)) if isinstance(other, ArrayAgentSet) else super().__or__(other)

    def __le__(self, other: Any) -> bool:
        return bool(self._within(other).all()) if self._shares_population(other) else super().__le__(other)


def _picked(part: Part, positions: np.ndarray) -> Part:
    """Members of one part of a union, as a set over arrays or as a list."""
    if isinstance(part, PositionedSet):
        return part if positions.size == len(part) else part._take(positions)
    members = list(part)
    return [members[position] for position in positions.tolist()]


class AgentUnion(PositionedSet):
    """Agents of several kinds in one set, part after part: sets over arrays, and ordinary agents as Mesa holds them."""

    def __init__(self, model: ArrayPopulations, parts: Iterable[Part]) -> None:
        self._model, self._parts = model, tuple(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._model, self._parts)

    @property
    def model(self) -> ArrayPopulations:
        """The model whose agents these are."""
        return self._model

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[Agent]:
        # Ordinary agents are listed first, so that a loop may create and remove some.
        return itertools.chain.from_iterable(p if isinstance(p, PositionedSet) else list(p) for p in self._parts)

    def __contains__(self, agent: Any) -> bool:
        return any(agent in part for part in self._parts)

    def _agent(self, position: int) -> Agent:
        for part in self._parts:
            if position < len(part):
                return part[position] if isinstance(part, PositionedSet | list) else list(part)[position]
            position -= len(part)
        raise IndexError(position)

    def _take(self, positions: np.ndarray) -> PositionedSet:
        """Arrays stay arrays while the order is kept; a new order is a list of agents."""
        if (np.diff(positions) <= 0).any():
            everyone = list(self)
            return AgentUnion(self._model, ([everyone[position] for position in positions.tolist()],))
        starts = np.cumsum([0, *map(len, self._parts)])
        cuts = np.split(positions, np.searchsorted(positions, starts[1:-1]))
        return self._joined(_picked(p, cut - start) for p, cut, start in zip(self._parts, cuts, starts, strict=False))

    def _of_type(self, agent_type: type) -> PositionedSet:
        return self._joined(
            part._of_type(agent_type)
            if isinstance(part, PositionedSet)
            else [agent for agent in part if isinstance(agent, agent_type)]
            for part in self._parts
        )

    def _joined(self, parts: Iterable[Part]) -> PositionedSet:
        """The parts that have members; a single set over arrays stands for itself."""
        kept = [part for part in parts if len(part)]
        alone = kept[0] if len(kept) == 1 else None
        return alone.copy() if isinstance(alone, PositionedSet) else AgentUnion(self._model, kept)

    def _become(self, other: PositionedSet) -> Self:
        self._parts = other._parts if isinstance(other, AgentUnion) else (other,)
        return self

    def _values(self, name: str, *missing: Any) -> Any:
        found: list[Any] = []
        for part in self._parts:
            if isinstance(part, PositionedSet):
                found.append(part._values(name, *missing))
                continue
            values = [getattr(agent, name, *missing) for agent in part]
            numbers = all(isinstance(value, int | float | np.number | np.bool_) for value in values)
            found.append(np.asarray(values) if numbers else values)
        if found and all(map(_is_numeric, found)):
            return _read_only(np.concatenate(found))
        return list(itertools.chain.from_iterable(found))


def _everybody(population: ArrayPopulation) -> ArrayAgentSet:
    """All agents of a population; a class whose rows may stand empty says which do not in ``present``."""
    present = getattr(population.agent_type, "present", None)
    return ArrayAgentSet(population, present(population.table) if present else None)


class ArrayPopulations(ModelOfMesa):
    """Gives a Mesa model its array populations: ``class Model(ArrayPopulations, mesa.Model)``.

    Call ``register_population`` after ``super().__init__()`` and the building of the tables. The sets are made anew
    on each access, so that an ``inplace`` change never reaches the model.
    """

    _populations: tuple[ArrayPopulation, ...] = ()
    _registered = 0

    def register_population(self, agent_type: type[Any], table: Rows) -> ArrayPopulation:
        """Offer the rows of a table, whose number stays fixed, as agents of this class.

        Raises ValueError for a class already registered and for more rows than a population has numbers.
        """
        if any(population.agent_type is agent_type for population in self._populations):
            raise ValueError(f"a population of {agent_type.__name__} is already registered")
        if table.rows > IDS_PER_POPULATION:
            raise ValueError(f"a population has at most {IDS_PER_POPULATION} agents, not {table.rows}")
        population = ArrayPopulation(self, table, agent_type, IDS_PER_POPULATION * (len(self._populations) + 1))
        self._populations += (population,)
        return population

    def population_of(self, agent_type: type) -> ArrayPopulation:
        """The population whose agents are of this class; KeyError if there is none."""
        for population in self._populations:
            if issubclass(population.agent_type, agent_type):
                return population
        raise KeyError(agent_type)

    @property
    def agents(self) -> AgentUnion:
        """All agents: those that Mesa registers, then the array populations."""
        return AgentUnion(self, (self._all_agents, *map(_everybody, self._populations)))

    @property
    def agents_by_type(self) -> dict[type, AgentSet]:
        """One set of agents for each class."""
        return {**self._agents_by_type, **{each.agent_type: _everybody(each) for each in self._populations}}

    @property
    def agent_types(self) -> list[type]:
        """Every class of agents in the model."""
        return list(self.agents_by_type)

    def register_agent(self, agent: Agent) -> None:
        """Register an ordinary agent, as Mesa's agents do when they are made.

        Mesa 3.3 counts agents in ``Agent._ids``, a class dictionary keyed by model: it would keep every model alive for
        ever, and start again from 1 in a model that was pickled. There the model counts for itself.
        """
        super().register_agent(agent)
        counters = getattr(Agent, "_ids", None)
        if counters is not None:
            counters.pop(self, None)
            self._registered += 1
            agent.unique_id = self._registered
