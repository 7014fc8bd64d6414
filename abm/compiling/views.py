"""How numba sees the classes of ``tables``: a struct type for each, whose memory is written without compiled code."""

from __future__ import annotations

import ctypes
import operator
import struct
import weakref
from functools import cache
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba import types
from numba.core.registry import cpu_target
from numba.core.runtime import rtsys
from numba.experimental import structref

from abm.compiling.tables import KINDS, Record, Viewed, fields_of, show_with

__all__ = ["struct_type", "type_of_views", "view_of"]

# What numba keeps of an array, in this order; _described writes it.
MEMBERS = ("meminfo", "parent", "nitems", "itemsize", "data", "shape", "strides")
Shown = TypeVar("Shown", bound=Viewed)


@structref.register
class _StructType(types.StructRef):
    """The numba type of every view; its fields tell one from another."""


class _View(structref.StructRefProxy):
    """A struct of compiled code as Python holds it: a handle to pass on.

    ``owner`` refers weakly to what it shows, ``arrays`` keeps its arrays, to which the struct holds plain addresses.
    """

    owner: weakref.ref[Viewed]
    arrays: list[np.ndarray]


structref.define_boxing(_StructType, _View)


@cache
def _view_class(declared: type) -> type[_View]:
    """The Python type of the views of a class. It holds their numba type, which every call of a kernel looks up."""
    return type(f"{declared.__name__}View", (_View,), {"_numba_type_": struct_type(declared)})


@cache
def struct_type(declared: type) -> types.Type:
    """The numba type of the views of a class."""
    return _StructType([(name, _numba_type(kind)) for name, kind in fields_of(declared).items()])


def type_of_views(declared: type) -> types.Type:
    """The numba type of the views of a class, or of the rows of a record."""
    kind: Any = declared  # mypy takes a class that is no record for something without a hash
    return numba.typeof(kind.rows(1)) if issubclass(declared, Record) else struct_type(kind)


def _numba_type(annotation: str) -> types.Type:
    name, dimensions = KINDS[annotation]
    scalar = types.boolean if name == "bool" else getattr(types, name)
    return types.Array(scalar, dimensions, "C") if dimensions else scalar


@cache
def _layout(declared: type) -> tuple[struct.Struct, tuple[tuple[str, Any, int], ...]]:
    """The memory of a view, and (name, type, dimensions) of its fields; the type of a number is that of Python.

    Numbers lie there as they are; of an array there is what numba's struct of arrays has, see _described.
    """
    numbers: dict[str, tuple[str, Any]] = {"float64": ("d", float), "int64": ("q", operator.index), "bool": ("?", bool)}
    parts, fields = "", []
    for name, annotation in fields_of(declared).items():
        kind, dimensions = KINDS[annotation]
        parts += f"{5 + 2 * dimensions}q" if dimensions else numbers[kind][0]
        fields.append((name, np.dtype(kind) if dimensions else numbers[kind][1], dimensions))
    return struct.Struct(f"@{parts}0q"), tuple(fields)  # the last part: room up to a whole word


@cache
def _runtime() -> Any:
    """What allocates memory for compiled code. RuntimeError where this numba lays out arrays in another way."""
    context = cpu_target.target_context
    rtsys.initialize(context)
    members = tuple(context.data_model_manager[types.float64[::1]]._fields)
    if members != MEMBERS:
        raise RuntimeError(f"numba {numba.__version__} keeps arrays as {members}, not as {MEMBERS}; see {__name__}")
    return rtsys


def _described(array: np.ndarray) -> tuple[int, ...]:
    """Owner and parent (none: Python keeps the array), length, bytes of an item, address, shape, bytes of a step."""
    if array.nbytes:
        address = ctypes.addressof(ctypes.c_char.from_buffer(cast(Any, array)))  # twenty times as fast as asking numpy
    else:
        address = array.__array_interface__["data"][0]
    return (0, 0, array.size, array.itemsize, address, *array.shape, *array.strides)


def view_of(shown: Shown) -> Shown:
    """All fields of an object as one struct; TypeError where an array is not as declared.

    The struct is written by Python: a compiled function that takes forty arrays is slow to compile and to load.
    """
    declared: type = type(shown)
    layout, fields = _layout(declared)
    held: list[int | float] = []
    arrays: list[np.ndarray] = []
    for name, kind, dimensions in fields:
        value = getattr(shown, name)
        if not dimensions:
            held.append(kind(value))
        elif value.dtype == kind and value.ndim == dimensions and value.flags.carray:
            held += _described(value)
            arrays.append(value)
        else:
            raise TypeError(
                f"{declared.__name__}.{name} should be a contiguous array of {kind}, {dimensions}-d, not read-only"
            )
    content = layout.pack(*held)
    memory = _runtime().meminfo_alloc(len(content))
    ctypes.memmove(memory.data, content, len(content))
    made: Any = _view_class(declared)._numba_box_(struct_type(declared), memory)
    made.owner, made.arrays = weakref.ref(shown), arrays
    return made


show_with(view_of)
