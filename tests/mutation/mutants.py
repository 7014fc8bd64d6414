"""Single-line bugs: small changes of a source file, found in its syntax tree and never by line or quotation.

``mutants_of(path, text)`` lists every change of a module that the operators offer. A mutant is the text of one
expression or statement that is replaced by another; all line numbers stay, since numba names compiled functions by
them.
"""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from mutation.operators import OPERATORS, Place, places_of

__all__ = ["Edit", "Mutant", "applied", "mutants_of", "replacing"]


@dataclass(frozen=True)
class Edit:
    """Bytes ``first`` to ``last`` of a source text, replaced by ``text``."""

    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Mutant:
    """One change of one place; ``identity`` does not depend on line numbers."""

    identity: str
    path: str
    function: str  # "" for the constants of a module
    operator: str
    line: int
    before: str
    after: str
    edit: Edit


def mutants_of(path: str, text: str) -> list[Mutant]:
    """All mutants of a module; ``path`` is its place in the repository, with / between folders."""
    found: list[Mutant] = []
    met: dict[str, int] = {}
    for place in places_of(ast.parse(text)):
        for name, operator in OPERATORS.items():
            for new in operator(place):
                before, after = ast.unparse(place.node), ast.unparse(new)
                if before == after:
                    continue
                key = "|".join((path, place.function, name, before, after))
                met[key] = met.get(key, 0) + 1
                found.append(replacing(path, text, place, new, name, f"{key}|{met[key]}"))
    return found


def replacing(path: str, text: str, place: Place, new: ast.AST, operator: str, key: str) -> Mutant:
    """The mutant that puts ``new`` in the place of a node; a stable identity is made from ``key``."""
    node = place.node
    before, after = ast.unparse(node), ast.unparse(new)
    lost = "\n" * (node.end_lineno - node.lineno)
    replacement = f"{after}{lost}" if isinstance(node, ast.stmt) else f"({after}{lost})"
    starts = _line_starts(text)
    first, last = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
    identity = f"{place.function or 'module'}-{operator}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"
    return Mutant(identity, path, place.function, operator, node.lineno, before, after, Edit(first, last, replacement))


@lru_cache(maxsize=4)
def _line_starts(text: str) -> list[int]:
    """The byte at which every line begins."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def applied(text: str, edit: Edit) -> str:
    """The text with the edit made."""
    raw = text.encode()
    return (raw[: edit.first] + edit.text.encode() + raw[edit.last :]).decode()
