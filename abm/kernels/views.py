"""How numba sees the classes of ``tables``: a struct type for each, made by one compiled function a class."""

from __future__ import annotations

import weakref
from functools import cache
from typing import Any, TypeVar

import numba
from numba import types
from numba.core import cgutils
from numba.experimental import structref
from numba.extending import intrinsic

from abm.kernels.compiling import kernel
from abm.kernels.tables import KINDS, Record, Viewed, fields_of

__all__ = ["struct_type", "type_of_views", "view_of"]

Shown = TypeVar("Shown", bound=Viewed)


@structref.register
class _StructType(types.StructRef):
    """The numba type of every view; its fields tell one from another."""


class _View(structref.StructRefProxy):
    """A struct of compiled code as Python holds it: a handle to pass on; ``owner`` refers weakly to what it shows."""

    owner: weakref.ref[Viewed]


structref.define_boxing(_StructType, _View)


@intrinsic
def _filled(typing_context: Any, struct: Any, values: Any) -> Any:
    """The struct with its fields set to the values of a tuple, in their order."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        struct_type, tuple_type = signature.args
        data_type = struct_type.get_data_type()
        handle = cgutils.create_struct_proxy(struct_type)(context, builder, value=arguments[0])
        layout = context.data_model_manager[data_type].get_value_type()
        pointer = builder.bitcast(context.nrt.meminfo_data(builder, handle.meminfo), layout.as_pointer())
        fields = cgutils.create_struct_proxy(data_type)(context, builder, ref=pointer)
        for place, (name, kind) in enumerate(struct_type.field_dict.items()):
            value = context.cast(builder, builder.extract_value(arguments[1], place), tuple_type[place], kind)
            context.nrt.incref(builder, kind, value)
            setattr(fields, name, value)
        context.nrt.incref(builder, struct_type, arguments[0])
        return arguments[0]

    return struct(struct, values), generate


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
def _builder(declared: type) -> Any:
    made = struct_type(declared)

    def build(values):
        return _filled(structref.new(made), values)

    # A name of its own is a file of its own in the cache: two processes that fill one index could mix up the variants.
    build.__qualname__ = f"build_{declared.__module__}_{declared.__qualname__}".replace(".", "_")
    return kernel(build)


def view_of(shown: Shown) -> Shown:
    """All fields of an object as one struct; TypeError where an array is not as declared."""
    declared: type = type(shown)
    fields = fields_of(declared)
    values = tuple(getattr(shown, name) for name in fields)
    for value, (name, annotation) in zip(values, fields.items(), strict=True):
        kind, dimensions = KINDS[annotation]
        if dimensions and not (value.dtype == kind and value.ndim == dimensions and value.flags.c_contiguous):
            raise TypeError(f"{declared.__name__}.{name} should be a contiguous array of {kind}, {dimensions}-d")
    made = _builder(declared)(values)
    made.owner = weakref.ref(shown)
    return made
