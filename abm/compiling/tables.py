"""Tables and rules as kernels see them: one argument with named fields instead of forty arrays in a row.

A class derived from ``Viewed`` declares its fields once, by annotations, for Python, the type checker and the kernels.
``view`` hands all of them to a kernel as one numba struct: arrays are shared, not copied, and kernels write them in
place; numbers are copied, so they must not change after the first use (setting an attribute makes a new view).
``Record`` is for numbers that do change: a C structure that Python reads as attributes and a kernel as ``record[0]``.

A kernel binds a column to a local name before its loop, ``price = firms.price``: then the loop is as fast as with
arrays in its signature. ``kernel.py_func`` runs on the Python objects themselves, and on ``[record]`` for a record.

This module is imported by declarations that need no compiler; ``views`` holds what numba does for it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias, TypeVar

import numpy as np

if TYPE_CHECKING:
    from _ctypes import _PyCStructType as StructureType
else:
    StructureType = type(ctypes.Structure)

__all__ = ["KINDS", "Kind", "Record", "Viewed", "fields_of"]

# What an annotation, of abm/arrays.py for columns, means: the numpy type and the number of dimensions, 0 for a number.
# Arrays are contiguous.
Kind: TypeAlias = tuple[str, int]
KINDS: dict[str, Kind] = {
    "float": ("float64", 0),
    "int": ("int64", 0),
    "bool": ("bool", 0),
    "Floats": ("float64", 1),
    "Singles": ("float32", 1),
    "Codes": ("uint8", 1),
    "Shorts": ("uint16", 1),
    "Words": ("uint32", 1),
    "Links": ("int32", 1),
    "Integers": ("int64", 1),
    "Flags": ("bool", 1),
    "Matrix": ("float64", 2),
    "Cube": ("float64", 3),
    "ShortMatrix": ("uint16", 2),
    "IntegerMatrix": ("int64", 2),
    "IntegerCube": ("int64", 3),
    "LinkCube": ("int32", 3),
}


@cache
def fields_of(declared: type) -> dict[str, str]:
    """{name: annotation} of the fields that kernels see, those of parent classes first."""
    fields: dict[str, str] = {}
    for parent in reversed(declared.__mro__):
        fields |= {name: kind for name, kind in vars(parent).get("__annotations__", {}).items() if kind in KINDS}
    return fields


_makers: list[Callable[[Any], Any]] = []


def show_with(view_of: Callable[[Any], Any]) -> None:
    """``views``, which needs a compiler, gives the function that makes views."""
    _makers[:] = [view_of]


class Viewed:
    """Something whose annotated fields a kernel can be given as one argument."""

    @cached_property
    def view(self) -> Self:
        """All fields for a kernel; made at the first use, and again after one of them was replaced."""
        return _makers[0](self)

    def __setattr__(self, name: str, value: Any) -> None:
        """Another array or number needs another view; ``table.column *= 2`` puts the same array back."""
        if vars(self).get(name, self) is not value:
            vars(self)[name] = value
            vars(self).pop("view", None)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "view"}


Numbers = TypeVar("Numbers", bound="Record")


class _RecordType(StructureType):
    """Makes a field of every annotated number; what stands behind the equals sign is kept in ``declared``."""

    def __new__(meta: type[_RecordType], name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        names = [field for field, kind in body.get("__annotations__", {}).items() if kind == "float"]
        declared = {field: body.pop(field, None) for field in names}
        fields = [(field, ctypes.c_double) for field in names]
        return super().__new__(meta, name, bases, body | {"_fields_": fields, "declared": declared})


class Record(ctypes.Structure, metaclass=_RecordType):
    """Numbers that change, float64 by name, in one piece of memory for Python and for kernels."""

    declared: ClassVar[dict[str, Any]]
    view: Sequence[Self]  # the record for a kernel, which reads and writes ``record[0].name``

    def __new__(cls, *_values: float, **_named: float) -> Self:
        """A record in the memory of an array: were it the other way round, nothing would ever free the two."""
        return cls.over(cls.rows(1))

    @classmethod
    def over(cls, rows: Sequence[Self]) -> Self:
        """The record in the memory of an array of one row, which is its view."""
        record = cls.from_buffer(rows)  # type: ignore[arg-type]
        record.view = rows
        return record

    @classmethod
    def rows(cls, number: int) -> Sequence[Self]:
        """Room for ``number`` records, one for each chunk of a loop, which a kernel fills as ``rows[chunk].name``."""
        return np.zeros(number, record_dtype(cls))  # type: ignore[return-value]

    @classmethod
    def sum_of(cls, rows: Sequence[Self]) -> Self:
        """The sums of all records, added in their order."""
        if len(rows) == 1:
            return cls.over(np.copy(rows))  # type: ignore[arg-type]
        numbers = np.asarray(rows).view(np.float64).reshape(len(rows), -1)
        return cls.over(numbers.sum(axis=0).view(record_dtype(cls)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _record_of, (type(self), bytes(self))

    def __deepcopy__(self, memory: dict[int, Any]) -> Self:
        return _record_of(type(self), bytes(self))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and bytes(self) == bytes(other)

    __hash__ = None  # type: ignore[assignment]


def _record_of(declared: type[Numbers], content: bytes) -> Numbers:
    return declared.over(np.frombuffer(bytearray(content), dtype=record_dtype(declared)))  # type: ignore[arg-type]


@cache
def record_dtype(declared: type[Record]) -> np.dtype:
    """The numpy type of a record, as a row of an array."""
    return np.dtype([(name, np.float64) for name in declared.declared], align=True)
