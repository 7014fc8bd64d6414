"""The types with which the model calls its kernels: ``python -m abm.reference.signatures`` writes the list.

A short run of every shipped scenario is looked at. With ``--check`` nothing is written and the exit code is 1 where the
list is stale. A test holds the same.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import Any

from abm.compiling.first_use import SIGNATURES
from abm.compiling.tables import Record, Viewed, fields_of
from abm.compiling.views import type_of_views

__all__ = ["main", "observed", "render"]

HEADING = (
    "# Types of the arguments of every kernel that the model calls; written by python -m abm.reference.signatures.\n"
)
QUARTERS = 2
WORKERS = 2_000  # the smallest economy
SHORT = {"float": "f", "int": "i", "uint": "u"}


def observed() -> dict[str, str]:
    """{"module.kernel": types} of the kernels that the model itself calls, those of a file together."""
    from abm.model import Model
    from abm.scenarios.scenario import list_scenarios

    for scenario in list_scenarios():
        model = Model(WORKERS, rng=1, policy=scenario)
        for _ in range(QUARTERS):
            model.step()
    kernels = sorted(_called_kernels(), key=_name)
    return {_name(kernel): " ".join(map(_short, kernel.signatures[0])) for kernel in kernels if kernel.signatures}


def _called_kernels() -> set[Any]:
    """The serial variants of the kernels that a loaded module of abm outside the kernels has imported."""
    users = [module for name, module in sys.modules.items() if name.startswith("abm.") and ".kernels" not in name]
    held = [
        getattr(value, "serial", value)
        for module in users
        for name, value in vars(module).items()
        if not name.startswith("_")  # kept for callers outside the quarter, and compiled as part of other kernels
    ]
    return {value for value in held if ".kernels." in getattr(value, "__module__", "") and hasattr(value, "py_func")}


def _name(kernel: Any) -> str:
    return f"{kernel.__module__.removeprefix('abm.')}.{kernel.__name__}"


def _short(kind: Any) -> str:
    """A numba type in its short form, such as i8, f8[:,::1], state.Firms for a view or state.Macro[::1] for records."""
    known = _declared().get(kind)
    if known is not None:
        return known
    if hasattr(kind, "dtype"):
        assert kind.layout == "C" and kind.mutable, f"{kind}: kernels take contiguous arrays"
        return _short(kind.dtype) + "[" + ":," * (kind.ndim - 1) + "::1]"
    name = str(kind).rstrip("0123456789")
    return "b1" if name == "bool" else SHORT[name] + str(kind.bitwidth // 8)


@cache
def _declared() -> dict[Any, str]:
    """{numba type of the views of a class: its name} for every class that kernels are given."""
    waiting: list[type] = [*Viewed.__subclasses__(), *Record.__subclasses__()]
    names: dict[Any, str] = {}
    while waiting:
        declared = waiting.pop()
        waiting += declared.__subclasses__()
        rows = "[::1]" if issubclass(declared, Record) else ""
        if declared.__module__.startswith("abm.") and (fields_of(declared) or rows):
            name = f"{declared.__module__.removeprefix('abm.')}.{declared.__name__}{rows}"
            names.setdefault(type_of_views(declared), name)  # not that of a class that adds no column
    return names


def render(signatures: dict[str, str]) -> str:
    """The text of the list."""
    lines = (textwrap.fill(f"{name} {types}", 118, subsequent_indent="  ") for name, types in signatures.items())
    return HEADING + "".join(f"{line}\n" for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the list, or with ``--check`` say whether it is up to date."""
    text = render(observed())
    stale = not SIGNATURES.exists() or SIGNATURES.read_text(encoding="utf-8") != text
    if "--check" in (sys.argv[1:] if arguments is None else arguments):
        print("stale: run python -m abm.reference.signatures" if stale else "up to date")
        return int(stale)
    SIGNATURES.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
