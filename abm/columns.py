"""How the state declares a column or a number: type, unit, meaning, whether it is a stock; and a table of columns."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from abm.compiling.tables import KINDS, Viewed, fields_of

__all__ = ["Column", "Declared", "Table", "column", "described_columns", "number"]


class Declared(NamedTuple):
    """What stands behind the name and type of a column or a number."""

    unit: str
    meaning: str
    stock: bool = False


class Column(NamedTuple):
    """One column or number: its name, numpy type, unit, meaning, and whether it is a stock."""

    name: str
    dtype: str
    unit: str
    meaning: str
    stock: bool = False


def column(unit: str, meaning: str, stock: bool = False) -> Any:
    """A column of a table; the annotation says its type."""
    return Declared(unit, meaning, stock)


def number(unit: str, meaning: str, stock: bool = False) -> Any:
    """A number of the whole economy."""
    return Declared(unit, meaning, stock)


def described_columns(declared: type) -> tuple[Column, ...]:
    """The columns of a class as they are declared."""
    return tuple(Column(name, KINDS[kind][0], *getattr(declared, name)) for name, kind in fields_of(declared).items())


class Table(Viewed):
    """Rows and one array for each column, as attributes; kernels are given ``view``."""

    def __init__(self, rows: int):
        self.rows = rows
        for described in self.columns():
            setattr(self, described.name, np.zeros(rows, dtype=described.dtype))

    @classmethod
    def columns(cls) -> tuple[Column, ...]:
        """Every column as it is declared."""
        return described_columns(cls)
