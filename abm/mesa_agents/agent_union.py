"""Agents of several kinds in one set: those of array populations, and those that Mesa registers."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np
from mesa.agent import Agent, AgentSet

from abm.mesa_agents.positioned_set import PositionedSet, is_numeric, read_only

if TYPE_CHECKING:
    from abm.mesa_agents.array_populations import ArrayPopulations

__all__ = ["AgentUnion", "union_of"]

UnionPart: TypeAlias = "PositionedSet | AgentSet | list[Agent]"


def _picked(part: UnionPart, positions: np.ndarray) -> UnionPart:
    """Members of one part of a union, as a set over arrays or as a list."""
    if isinstance(part, PositionedSet):
        return part if positions.size == len(part) else part._take(positions)
    members = list(part)
    return [members[position] for position in positions.tolist()]


class AgentUnion(PositionedSet):
    """Agents of several kinds in one set, part after part: sets over arrays, and ordinary agents as Mesa holds them."""

    def __init__(self, model: ArrayPopulations, parts: Iterable[UnionPart]) -> None:
        self._model, self._parts = model, tuple(parts)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._model, self._parts)

    def _from_iterable(self, agents: Iterable[Agent]) -> AgentUnion:
        return union_of(self._model, agents)

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

    def _joined(self, parts: Iterable[UnionPart]) -> PositionedSet:
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
        if found and all(map(is_numeric, found)):
            return read_only(np.concatenate(found))
        return list(itertools.chain.from_iterable(found))


def union_of(model: ArrayPopulations, agents: Iterable[Agent]) -> AgentUnion:
    """The given agents of any kind, each once, in their order."""
    return AgentUnion(model, (list(dict.fromkeys(agents)),))
