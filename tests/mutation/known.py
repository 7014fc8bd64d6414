"""Ten bugs that the tests of behaviour once missed, planted by what they mean.

Each is looked for in the functions named, by how the expression is written, whatever line it stands on. Where a
refactoring has changed the expression so much that it is not found, describe it anew here.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from mutation.draw import ROOT
from mutation.mutants import Mutant, replacing
from mutation.operators import Place, places_of

__all__ = ["KNOWN", "Known", "PatternMissing", "known_mutants"]


PATH = r"(\w+(\[\w+\])?\.)*"  # of a name: rules.investment. or macro[0].


class PatternMissing(ValueError):
    """A known bug has no place in the source as it is."""


class Known(NamedTuple):
    """A bug: its name, what it does, the functions it may stand in, and what replaces a node that it concerns.

    ``functions`` are patterns as the shell writes them; the first that has a place for the bug counts.
    """

    name: str
    meaning: str
    group: str
    functions: tuple[str, ...]
    change: Callable[[Place], ast.AST | None]


def _says(node: ast.AST, pattern: str) -> bool:
    """Whether the expression, written on one line, is like the pattern from its beginning to its end."""
    return re.fullmatch(pattern, ast.unparse(node)) is not None


def _operation(node: ast.AST, operator: type[ast.operator], left: str, right: str) -> bool:
    """Whether it is left-operator-right, as an expression or as an augmented assignment."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, operator) and _says(node.left, left) and _says(node.right, right)
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, operator) and _says(node.target, left) and _says(node.value, right)
    return False


def _with_operator(node: ast.BinOp | ast.AugAssign, operator: ast.operator) -> ast.AST:
    if isinstance(node, ast.BinOp):
        return ast.BinOp(node.left, operator, node.right)
    return ast.AugAssign(node.target, operator, node.value)


def voucher_raises_cost(place: Place) -> ast.AST | None:
    if _operation(place.node, ast.Sub, r".*ai_tax", rf"{PATH}(compute_)?voucher"):
        return _with_operator(place.node, ast.Add())
    return None


def mark_up_on_cost_with_ai(place: Place) -> ast.AST | None:
    if not _operation(place.node, ast.Mult, r"mark_up\[\w+\]", r"\w+"):
        return None
    costs = [
        one.value
        for one in ast.walk(place.scope)
        if isinstance(one, ast.Assign) and _says(one.targets[0], r"(\w+\.)?unit_cost\[\w+\]")
    ]
    return ast.BinOp(place.node.left, ast.Mult(), costs[0]) if costs else None


def breach_wins_customers(place: Place) -> ast.AST | None:
    if _operation(place.node, ast.Sub, r".*", rf"{PATH}breach_loss"):
        return _with_operator(place.node, ast.Add())
    return None


def literacy_lowers_adoption(place: Place) -> ast.AST | None:
    if _operation(place.node, ast.Mult, rf"{PATH}\w*literacy\w*", rf"{PATH}\w*literate\w*(\[\w+\])?( - .*)?"):
        return ast.UnaryOp(ast.USub(), place.node)
    return None


def capital_moves_create_demand(place: Place) -> ast.AST | None:
    if _operation(place.node, ast.Mult, r"\w+", rf"{PATH}(\w*_)?expansion(\[\w+\])?"):
        node = place.node
        return node.left if isinstance(node, ast.BinOp) else ast.AugAssign(node.target, node.op, ast.Constant(1.0))
    return None


def public_capital_never_wears(place: Place) -> ast.AST | None:
    if _operation(place.node, ast.Mult, r"kept", rf"{PATH}public_capital"):
        return place.node.right
    return None


def household_fuel_without_trend(place: Place) -> ast.AST | None:
    if _operation(place.node, ast.Mult, r".*household_fuel_intensity", rf"{PATH}fuel_index"):
        return place.node.left
    return None


def training_never_bought(place: Place) -> ast.AST | None:
    if isinstance(place.node, ast.BinOp) and _says(place.node, r"teaching / .*"):
        return ast.Constant(0.0)
    return None


def prices_forget_household_electricity(place: Place) -> ast.AST | None:
    node = place.node
    if _operation(node, ast.Add, r"\w+|.*electricity.*", rf"{PATH}household_electricity"):
        return node.left if isinstance(node, ast.BinOp) else ast.AugAssign(node.target, node.op, ast.Constant(0.0))
    return None


def courses_lead_to_the_jobless(place: Place) -> ast.AST | None:
    node = place.node
    if _operation(node, ast.Div, r".*vacancies.*", r".*unemploy.*"):
        return ast.BinOp(node.right, node.op, node.left)
    return None


KNOWN = (
    Known("K1", "an AI voucher raises unit cost", "prices", ("set_prices*", "*price*", "*"), voucher_raises_cost),
    Known("K2", "the mark-up is on cost with AI", "prices", ("set_prices*", "*price*", "*"), mark_up_on_cost_with_ai),
    Known("K3", "a data breach wins customers", "competition", ("*",), breach_wins_customers),
    Known("K4", "literate staff lowers adoption", "adoption", ("*adopt*", "*"), literacy_lowers_adoption),
    Known("K5", "capital moves create demand", "investment", ("*invest*", "*"), capital_moves_create_demand),
    Known("P2", "public capital never wears", "accounting", ("*",), public_capital_never_wears),
    Known("P3", "households' CO2 has no fuel trend", "energy", ("*",), household_fuel_without_trend),
    Known("P4", "training is never bought", "households", ("*",), training_never_bought),
    Known("P5", "power emissions in prices leave out households", "prices", ("*price*", "*emission*", "*co2*"),
          prices_forget_household_electricity),
    Known("P6", "courses lead to where the jobless are", "labour", ("*retrain*", "*course*", "*way*", "*"),
          courses_lead_to_the_jobless),
)  # fmt: skip


def known_mutants(root: Path = ROOT) -> dict[str, list[Mutant]]:
    """{group: its known bugs}; PatternMissing where one is not found exactly once."""
    sources = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("phases", "kernels", "economics")
        for path in sorted((root / "abm" / folder).glob("*.py"))
    }
    places = [(path, place) for path, text in sources.items() for place in places_of(ast.parse(text))]
    found: dict[str, list[Mutant]] = {}
    for known in KNOWN:
        found.setdefault(known.group, []).append(_planted(known, places, sources))
    return found


def _planted(known: Known, places: list[tuple[str, Place]], sources: dict[str, str]) -> Mutant:
    for pattern in known.functions:
        hits = [
            (path, place, new)
            for path, place in places
            if fnmatchcase(place.function, pattern) and (new := known.change(place)) is not None
        ]
        if hits:
            break
    if len(hits) != 1:
        where = ", ".join(f"{path}:{place.node.lineno}" for path, place, _ in hits) or "nowhere"
        raise PatternMissing(
            f"known bug {known.name} ({known.meaning}) was found {len(hits)} times ({where}); "
            "describe it anew in tests/mutation/known.py"
        )
    path, place, new = hits[0]
    return dataclasses.replace(replacing(path, sources[path], place, new, "known", known.name), identity=known.name)
