"""The ten blocks of a quarter as tables: the phases of each with its kernels, and the parameters that it uses."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from abm.reference.tables import ReferenceTable, tables

__all__ = ["block_tables", "kernels_of", "place_of", "slug"]

PACKAGE = Path(__file__).resolve().parents[1]


def slug(block: str) -> str:
    """The name of a block in markers and in the file name of its page."""
    return block.replace(" ", "_")


@cache
def kernels_of(phase: Callable[..., Any]) -> tuple[Callable[..., Any], ...]:
    """The kernels that a phase calls, itself or through rules of the package, as Python functions in their order."""
    return tuple(dict.fromkeys(_kernels(phase, set())))


def _kernels(function: Callable[..., Any], seen: set[Any]) -> Iterator[Callable[..., Any]]:
    seen.add(function)
    for name in _names(function):
        called = function.__globals__.get(name)
        kernel = getattr(called, "py_func", None)
        if kernel is not None:
            if kernel.__module__.startswith("abm.kernels."):
                yield kernel
        elif inspect.isfunction(called) and called.__module__.startswith("abm.") and called not in seen:
            yield from _kernels(called, seen)


def _names(function: Callable[..., Any]) -> list[str]:
    """The names in the code of a function, in the order of the text."""
    found = [node for node in ast.walk(_tree(function)) if isinstance(node, ast.Name)]
    return [node.id for node in sorted(found, key=lambda node: (node.lineno, node.col_offset))]


def _tree(function: Callable[..., Any]) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def place_of(function: Callable[..., Any]) -> str:
    """The file of a function, from the root of the repository."""
    return f"abm/{Path(inspect.getsourcefile(function) or '').resolve().relative_to(PACKAGE).as_posix()}"


def block_tables() -> dict[str, ReferenceTable]:
    """Two tables for each block: ``phases_BLOCK`` and ``parameters_BLOCK``."""
    from abm.model import BLOCKS

    phases = {f"phases_{slug(block)}": phases_table(listed) for block, listed in BLOCKS.items()}
    return phases | {f"parameters_{slug(block)}": parameters_table(listed) for block, listed in BLOCKS.items()}


def phases_table(listed: tuple[Callable[..., Any], ...]) -> ReferenceTable:
    """What each phase of a block does, where it is, and the kernels that it calls."""
    rows = [
        (
            f"`{phase.__name__}`",
            inspect.cleandoc(phase.__doc__ or "").split("\n\n")[0].replace("\n", " "),
            f"`{place_of(phase)}`",
            ", ".join(f"`{kernel.__name__}` in `{place_of(kernel)}`" for kernel in kernels_of(phase)),
        )
        for phase in listed
    ]
    return ReferenceTable("Phases", ("phase", "what happens", "file", "kernels"), tuple(rows))


def parameters_table(listed: tuple[Callable[..., Any], ...]) -> ReferenceTable:
    """The parameters that the phases of a block use."""
    from abm.couplings import couplings_of

    users: dict[str, list[str]] = {}
    for phase in listed:
        for name in couplings_of(phase).parameters:
            users.setdefault(name, []).append(phase.__name__)
    rows = [
        (key, default, unit, meaning, ", ".join(users[key]))
        for key, default, unit, _, _, _, meaning in tables()["parameters"].rows
        if key in users
    ]
    return ReferenceTable("Parameters", ("parameter", "default", "unit", "meaning", "used by"), tuple(rows))
