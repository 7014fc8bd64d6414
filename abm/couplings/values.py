"""What a name may stand for in a phase, rule or kernel: parts of the economy, their arrays, and things of Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from abm.compiling.tables import KINDS, fields_of
from abm.plans import NUMBERS, QuarterPlans
from abm.state import Firms, Macro, Occupations, Sectors, Staff, Workers

__all__ = [
    "ARRAYS", "NOTHING", "PARTS", "SINGLE", "TABLES", "Content", "EconomyPart", "Known", "Touched", "Values",
    "tuples_of",
]  # fmt: skip

TABLES = {"workers": Workers, "firms": Firms, "sectors": Sectors, "occupations": Occupations, "staff": Staff}
ARRAYS = {
    name: {column: KINDS[annotation][1] for column, annotation in fields_of(kind).items()}
    for name, kind in (TABLES | {"plans": QuarterPlans}).items()
}
SINGLE = {"macro": set(Macro.declared), "plans": {*NUMBERS, "household_totals", "firm_totals"}}
PARTS = {*TABLES, "macro", "plans", "instruments", "parameters", "structure", "ledger", "state", "scratch"}


@dataclass(frozen=True)
class EconomyPart:
    """The economy or a part of it: a table, a record, a group of parameters."""

    name: str


@dataclass(frozen=True)
class Content:
    """An array of the economy, or a piece of it with as many dimensions."""

    name: str
    dimensions: int


@dataclass(frozen=True, eq=False)
class Known:
    """A function, class or module of Python."""

    value: Any


Value: TypeAlias = "EconomyPart | Content | Known | tuple[Any, ...]"
Values: TypeAlias = "frozenset[Any]"  # of Value: what an expression may stand for; empty for plain numbers
NOTHING: Values = frozenset()


@dataclass
class Touched:
    """What was found so far."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    flows: set[str] = field(default_factory=set)
    seen: dict[Any, Values] = field(default_factory=dict)


def tuples_of(values: Values) -> Values:
    """Those of the values that are tuples of values."""
    return frozenset(value for value in values if type(value) is tuple)
