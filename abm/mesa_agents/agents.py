"""Workers, firms, government and bank as Mesa agents.

Workers and firms are views of one row of the model's arrays, made on access: ``model.agents_by_type[Worker][0]``.
Their properties are the columns declared in ``abm.state``, so a column added there is readable here at once.
Government and bank are ordinary registered agents that read the aggregates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from mesa import Agent

from abm.columns import Column
from abm.mesa_agents.array_agent_set import ArrayAgentSet
from abm.mesa_agents.array_populations import ArrayPopulation, ArrayPopulations
from abm.mesa_agents.positioned_set import fitted
from abm.state import FIRM_COLUMNS, WORKER_COLUMNS, Status, Workers

__all__ = ["ArrayAgent", "Bank", "Firm", "Government", "Worker"]


class ArrayAgent(Agent):
    """One row of a table as a Mesa agent; ``population`` and ``row`` say which.

    A subclass names its columns: ``class Worker(ArrayAgent, columns=WORKER_COLUMNS)``. Each becomes a property that
    reads and writes the array. ``links={"employer": Firm}`` turns a column of row numbers (-1 for none) into a property
    giving the agent or None, and keeps the number as ``employer_row``. Links and the columns in ``read_only`` refuse
    to be set. Views of the same row are equal and may be kept: the row stays.
    """

    __slots__ = ("population", "row")
    sources: dict[str, str] = {}  # attribute -> column of the table
    links: dict[str, type[ArrayAgent]] = {}
    writable: frozenset[str] = frozenset()
    pos = None

    def __init_subclass__(
        cls,
        columns: Sequence[Column] = (),
        links: dict[str, type[ArrayAgent]] | None = None,
        read_only: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        links, written_out = links or {}, set(vars(cls))
        attributes = {f"{column.name}_row" if column.name in links else column.name: column for column in columns}
        cls.links = cls.links | links
        cls.sources = cls.sources | {attribute: column.name for attribute, column in attributes.items()}
        cls.writable = cls.writable | (attributes.keys() - {*read_only, *(f"{name}_row" for name in links)})
        for attribute, column in attributes.items():
            if hasattr(ArrayAgent, attribute) or hasattr(ArrayAgent, column.name):
                raise TypeError(f"column {column.name!r} would hide an attribute that every Mesa agent has")
            if attribute not in written_out:
                setattr(cls, attribute, _column_property(attribute, column, attribute in cls.writable))
            if column.name in links:
                setattr(cls, column.name, _link_property(column, links[column.name]))

    def __init__(self, population: ArrayPopulation, row: int | None = None) -> None:
        if not isinstance(population, ArrayPopulation) or row is None:
            name = type(self).__name__
            raise TypeError(f"a {name} is a row of the model's arrays: take one from model.agents_by_type[{name}]")
        _set_population(self, population)
        _set_row(self, row)

    @property
    def model(self) -> ArrayPopulations:
        """The model this agent lives in."""
        return self.population.model

    @property
    def unique_id(self) -> int:
        """Number that no other agent of the model has; ``abm.mesa_agents.array_populations`` explains it."""
        return self.population.first_id + self.row

    def remove(self) -> None:
        """Rows are fixed, the model replaces whoever leaves: raises TypeError."""
        raise TypeError(f"the rows of {type(self).__name__} are fixed: who leaves is replaced in the same row")

    def __setattr__(self, name: str, value: Any) -> None:
        if not isinstance(getattr(type(self), name, None), property):
            raise AttributeError(f"{type(self).__name__} has no column {name!r}, and a view keeps nothing of its own")
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ArrayAgent):
            return NotImplemented
        return self.row == other.row and self.population is other.population

    def __hash__(self) -> int:
        # Without the population, which may be incomplete when a set of agents is unpickled together with its model.
        return hash((type(self), self.row))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.population, self.row)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"


# The slots themselves: the guard in __setattr__ would double the time of making a view.
_set_population, _set_row = ArrayAgent.population.__set__, ArrayAgent.row.__set__


def _column_property(attribute: str, column: Column, writable: bool) -> property:
    source = column.name

    def read(self: ArrayAgent) -> Any:
        return getattr(self.population.table, source).item(self.row)

    def write(self: ArrayAgent, value: Any) -> None:
        if not writable:
            raise AttributeError(f"{attribute} is read-only: the model keeps it in step with other columns")
        array = getattr(self.population.table, source)
        array[self.row] = fitted(attribute, array.dtype, value)

    note = "" if writable else " Read-only."
    if column.stock:
        note += " A stock: the books are checked every quarter, so move it between agents, never create it."
    return property(read, write, doc=f"{column.meaning} [{column.unit}].{note}")


def _link_property(column: Column, target_type: type[ArrayAgent]) -> property:
    source = column.name

    def read(self: ArrayAgent) -> ArrayAgent | None:
        row = getattr(self.population.table, source).item(self.row)
        return self.model.population_of(target_type).view(row) if row >= 0 else None

    def write(self: ArrayAgent, value: Any) -> None:
        raise AttributeError(f"{source} is read-only: the model keeps it in step with other columns")

    return property(read, write, doc=f"{column.meaning}: a {target_type.__name__} or None. Read-only.")


class Firm(ArrayAgent, columns=FIRM_COLUMNS, read_only=("headcount",)):
    """A firm. A firm that exits is replaced by an entrant in the same row."""

    @property
    def sector_code(self) -> str:
        """Code of the firm's sector, such as "AGR"."""
        return self.model.economy.opening.codes[self.sector]

    @property
    def staff(self) -> ArrayAgentSet:
        """The workers this firm employs, in order of rows; one pass over all workers."""
        return ArrayAgentSet(self.model.population_of(Worker)).select(employer=self)


class Worker(ArrayAgent, columns=WORKER_COLUMNS, links={"employer": Firm}, read_only=("status",)):
    """An adult. The row of one who dies stands empty, and is no agent, until somebody who comes of age takes it."""

    @staticmethod
    def present(table: Workers) -> np.ndarray | None:
        """Rows that hold a person, None if all do."""
        held = table.status != Status.ABSENT
        return None if held.all() else np.flatnonzero(held)

    @property
    def status(self) -> Status:
        """What the worker does this quarter; read-only. As an array (``get``) it comes as the codes of ``Status``."""
        return Status(self.population.table.status.item(self.row))

    @property
    def occupation_name(self) -> str:
        """Name of the worker's occupation group, the last one held if not employed."""
        return self.model.economy.opening.tables.occupation_names[self.occupation]


class Government(Agent):
    """The government's accounts, read from the aggregates. Money in thousand yuan of the economy in memory."""

    @property
    def debt(self) -> float:
        """Bonds outstanding, thousand yuan."""
        return self.model.state.macro.bonds

    @property
    def balance(self) -> float:
        """Revenue minus expenditure of the last quarter, thousand yuan."""
        return self.model.state.macro.government_balance


class Bank(Agent):
    """The bank and the central bank, read from the aggregates. Money in thousand yuan of the economy in memory."""

    @property
    def policy_rate(self) -> float:
        """The central bank's rate, per quarter."""
        return self.model.state.macro.policy_rate

    @property
    def deposits(self) -> float:
        """Deposits held for workers and firms, thousand yuan."""
        return float(self.model.state.workers.deposits.sum() + self.model.state.firms.deposits.sum())

    @property
    def loans(self) -> float:
        """Loans to firms, thousand yuan."""
        return float(self.model.state.firms.loans.sum())

    @property
    def bonds(self) -> float:
        """Government bonds held, thousand yuan."""
        return self.model.state.macro.bonds

    @property
    def foreign_assets(self) -> float:
        """Net claims on the rest of the world, thousand yuan."""
        return self.model.state.macro.foreign_assets

    @property
    def equity(self) -> float:
        """Own funds, thousand yuan."""
        return self.model.state.macro.bank_equity
