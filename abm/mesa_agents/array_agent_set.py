"""Sets of agents of one array population, held as rows of its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from mesa.agent import Agent, AgentSet

from abm.mesa_agents.agent_union import AgentUnion, union_of
from abm.mesa_agents.positioned_set import ArrayGroupBy, PositionedSet, fitted, read_only

if TYPE_CHECKING:
    import pandas as pd

    from abm.mesa_agents.array_populations import ArrayPopulation, ArrayPopulations

__all__ = ["ArrayAgentSet"]


class ArrayAgentSet(PositionedSet):
    """An ordered set of agents of one array population, held as rows (None: the whole population in order of rows).

    Changing the set never changes the population. Asking ``in`` takes a pass over the rows of a subset.
    """

    def __init__(self, population: ArrayPopulation, rows: Any = None) -> None:
        self._population = population
        self._rows = None if rows is None else np.asarray(rows, dtype=np.intp)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._population, self._rows)

    def _from_iterable(self, agents: Iterable[Agent]) -> AgentUnion:
        return union_of(self.model, agents)

    @property
    def model(self) -> ArrayPopulations:
        """The model whose agents these are."""
        return self._population.model

    @property
    def rows(self) -> np.ndarray:
        """Rows of these agents in their table, shape (agents,), integer, read-only."""
        return read_only(np.arange(self._population.table.rows) if self._rows is None else self._rows)

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
            return read_only(column if self._rows is None else column[self._rows])
        if name in kind.links:
            return self._population.linked(name)[self._values(f"{name}_row")]
        if name == "unique_id":
            return read_only(self.rows + self._population.first_id)
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
