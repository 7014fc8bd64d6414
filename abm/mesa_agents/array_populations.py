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

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from mesa.agent import Agent, AgentSet

from abm.mesa_agents.agent_union import AgentUnion
from abm.mesa_agents.array_agent_set import ArrayAgentSet

if TYPE_CHECKING:
    from mesa import Model as ModelOfMesa
else:
    ModelOfMesa = object  # ArrayPopulations is mixed into a model of Mesa

__all__ = ["ArrayPopulation", "ArrayPopulations"]

IDS_PER_POPULATION = 1_000_000_000


class Rows(Protocol):
    """A table: its number of rows, and one array for each column."""

    rows: int


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
