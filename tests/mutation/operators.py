"""The operators that make single-line bugs, and the places in a syntax tree at which they may.

What no test could or should find is left out: docstrings, annotations, refusals of bad input (``raise``), numerical
guards (``max(x, 1e-9)``), sizes and pieces of loops, random streams, and changes that are recognisably none (× 1, + 0).
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

__all__ = ["OPERATORS", "Place", "places_of"]

TINY, HUGE = 1e-6, 1e12  # constants beyond are guards, never behaviour
PLUMBING = re.compile(r"^(chunks?|threads|rows|seed|quarter|.*(stream|key|luck|streams)|STREAMS|scratch)$")
PIECES = {"chunk", "chunks"}
MACHINERY = re.compile(  # calls whose arguments are sizes, types or streams
    r"(^|\.)(range|prange|streams|stream_key|uniform|normal|one_normal|empty|zeros|ones|arange|u?int\d+|float\d+"
    r"|len|enumerate|zip|field|instrument|number|Column|Flow|Asset)$"
)
TABLES = re.compile(r"^(economy|state|scratch|np|math|parameters|p|self|STREAMS|Status)$")  # hold tables, no columns
LINKS = re.compile(
    r"^(sector|region|employer|occupation|status|group|.*stage|owner|.*_start|start|firms|staff|searchers)$"
)
WHOLE = re.compile(r"(age|quarters?|stage|heads|headcount|number|count|left)\b")  # compared at whole numbers


@dataclass(frozen=True)
class Place:
    """A node that may be changed, the function it stands in and the statement around it."""

    node: ast.AST
    function: str
    scope: ast.AST
    guarded: bool = False  # it is an argument of a numerical guard


def places_of(tree: ast.Module) -> Iterator[Place]:
    """Every expression and statement that operators may look at, in the order of the text."""
    for statement in tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
            yield from _inside(statement.value, "", statement)
        elif isinstance(statement, ast.FunctionDef):
            yield from _inside_function(statement, statement.name)
        elif isinstance(statement, ast.ClassDef):
            for member in statement.body:
                if isinstance(member, ast.FunctionDef):
                    yield from _inside_function(member, f"{statement.name}.{member.name}")


def _inside_function(function: ast.FunctionDef, name: str) -> Iterator[Place]:
    for statement in function.body:
        yield from _inside(statement, name, function)


def _inside(node: ast.AST, function: str, scope: ast.AST, guarded: bool = False) -> Iterator[Place]:
    if isinstance(node, (ast.Raise, ast.Assert, ast.Import, ast.ImportFrom, ast.While, ast.Slice, ast.JoinedStr)):
        return
    if isinstance(node, ast.If) and all(isinstance(one, ast.Raise) for one in node.body):
        return
    if isinstance(node, ast.BinOp) and _names(node) & PIECES:
        return
    yield Place(node, function, scope, guarded=guarded)
    for name, value in ast.iter_fields(node):
        if _is_left_out(node, name):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            if isinstance(node, ast.Call) and name == "func":
                if isinstance(child, ast.Attribute):  # the object of a method, not its name
                    yield from _inside(child.value, function, scope)
                continue
            yield from _inside(child, function, scope, _is_guard(node))


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _is_left_out(node: ast.AST, field: str) -> bool:
    """Fields that hold no behaviour of the economy: annotations, indices, loops' ranges, sizes."""
    if field in ("annotation", "returns", "decorator_list", "type_params", "ctx", "op", "ops", "slice", "iter"):
        return True
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and field in ("target", "targets"):
        return True
    return isinstance(node, ast.Call) and field != "func" and bool(MACHINERY.search(ast.unparse(node.func)))


def _is_guard(node: ast.AST) -> bool:
    """Whether it is max(x, 1e-9) or its like, or a comparison with such a number."""
    arguments = node.args if isinstance(node, ast.Call) else node.comparators if isinstance(node, ast.Compare) else []
    return any(_is_number(one) and 0 < abs(one.value) <= TINY for one in arguments)


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


# Operators: each takes a place and yields nodes that replace its node.


def sign(place: Place) -> Iterator[ast.AST]:
    """+ becomes −, − becomes +, a leading − goes."""
    node, flipped = place.node, {ast.Add: ast.Sub(), ast.Sub: ast.Add()}
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in flipped and not _is_text(node):
        yield _changed(node, op=flipped[type(node.op)])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not _is_number(node.operand):
        yield node.operand


def scale(place: Place) -> Iterator[ast.AST]:
    """× becomes ÷, ÷ becomes ×."""
    node, flipped = place.node, {ast.Mult: ast.Div(), ast.Div: ast.Mult()}
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in flipped and not _is_text(node):
        right = node.right if isinstance(node, ast.BinOp) else node.value
        if not (_is_number(right) and abs(right.value) == 1):
            yield _changed(node, op=flipped[type(node.op)])


def comparison(place: Place) -> Iterator[ast.AST]:
    """< becomes >; where whole numbers are compared also ≤; = becomes ≠."""
    node = place.node
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or _is_guard(node):
        return
    reverse = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
    weaken = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
    kind = type(node.ops[0])
    if kind in reverse:
        yield _changed(node, ops=[reverse[kind]()])
    sides = (node.left, *node.comparators)
    # Outside kernels 0 stands for 0.0 as well, which no column meets but by chance.
    whole = any(_is_number(one) and isinstance(one.value, int) and (one.value or _in_kernel(place)) for one in sides)
    if kind in weaken and (whole or all(WHOLE.search(ast.unparse(one)) for one in sides)):
        yield _changed(node, ops=[weaken[kind]()])


def _in_kernel(place: Place) -> bool:
    return any(ast.unparse(one).endswith("kernel") for one in getattr(place.scope, "decorator_list", ()))


def constant(place: Place) -> Iterator[ast.AST]:
    """A number doubles, becomes 0 or changes its sign; 0 becomes 1."""
    node = place.node
    if not _is_number(node) or place.guarded or abs(node.value) >= HUGE or 0 < abs(node.value) <= TINY:
        return
    for value in (2 * node.value, 0 * node.value, -node.value) if node.value else (node.value + 1,):
        yield ast.Constant(value)


def dropped(place: Place) -> Iterator[ast.AST]:
    """A term of a sum or a factor of a product goes."""
    node = place.node
    if not isinstance(node, ast.BinOp) or _is_text(node) or place.guarded:
        return
    neutral = 0 if isinstance(node.op, (ast.Add, ast.Sub)) else 1
    sides = [not (_is_number(one) and one.value == neutral) for one in (node.left, node.right)]
    if isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div)) and sides[1]:
        yield node.left
    if isinstance(node.op, (ast.Add, ast.Mult)) and sides[0]:
        yield node.right
    elif isinstance(node.op, ast.Sub) and sides[0]:
        yield ast.UnaryOp(ast.USub(), node.right)


def minmax(place: Place) -> Iterator[ast.AST]:
    """min becomes max, max becomes min."""
    node, swapped = place.node, {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum"}
    if not isinstance(node, ast.Call) or _is_guard(node):
        return
    if isinstance(node.func, ast.Name) and node.func.id in swapped:
        yield _changed(node, func=ast.Name(swapped[node.func.id]))
    elif isinstance(node.func, ast.Attribute) and node.func.attr in swapped:
        yield _changed(node, func=_changed(node.func, attr=swapped[node.func.attr]))


def statement(place: Place) -> Iterator[ast.AST]:
    """What adds to a column or a number, or sets an element of a column, is left out."""
    node = place.node
    if isinstance(node, ast.AugAssign) or (
        isinstance(node, ast.Assign) and all(isinstance(one, (ast.Subscript, ast.Attribute)) for one in node.targets)
    ):
        yield ast.Pass()


def swapped(place: Place) -> Iterator[ast.AST]:
    """A column is taken for another of its table that the same function uses."""
    site = _column(place.node)
    if site is None:
        return
    table, name = site
    names = sorted({other for held, other in _columns_of(place.scope) if held == table})
    for one, other in (*pairwise(names), (names[-1], names[0])):
        if one == name and other != name:
            yield _renamed(place.node, other)


def _column(node: ast.AST) -> tuple[str, str] | None:
    """(table, column) of ``firms.price``, of ``price[i]`` and of ``totals["sales"]``, where it is read."""
    if not isinstance(getattr(node, "ctx", None), ast.Load):
        return None
    if isinstance(node, ast.Attribute):
        table = ast.unparse(node.value)
        if (
            TABLES.match(table.rpartition(".")[2])
            or TABLES.match(node.attr)
            or LINKS.match(node.attr)
            or not _is_path(node.value)
        ):
            return None
        return f"{table}.", node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        name, index = node.value.id, node.slice
        if isinstance(index, ast.Constant) and isinstance(index.value, str) and not PLUMBING.match(name):
            return f"{name}['']", index.value
        if isinstance(index, ast.Name) and not LINKS.match(name) and not PLUMBING.match(name):
            return f"[{index.id}]", name
    return None


def _is_path(node: ast.AST) -> bool:
    """Whether it is names joined by points, or a record such as ``macro[0]``."""
    while isinstance(node, ast.Attribute) or (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)):
        node = node.value
    return isinstance(node, ast.Name)


@lru_cache(maxsize=4)
def _columns_of(scope: ast.AST) -> set[tuple[str, str]]:
    """Every (table, column) that is read in a function."""
    called = {id(node.func) for node in ast.walk(scope) if isinstance(node, ast.Call)}
    return {site for node in ast.walk(scope) if id(node) not in called and (site := _column(node)) is not None}


def _renamed(node: ast.AST, name: str) -> ast.AST:
    if isinstance(node, ast.Attribute):
        return _changed(node, attr=name)
    if isinstance(node.slice, ast.Constant):
        return _changed(node, slice=ast.Constant(name))
    return _changed(node, value=ast.Name(name))


def _is_text(node: ast.BinOp | ast.AugAssign) -> bool:
    """Whether texts or sequences are joined rather than numbers added."""
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    kinds = (ast.JoinedStr, ast.Tuple, ast.List)
    return any(
        isinstance(one, kinds) or (isinstance(one, ast.Constant) and isinstance(one.value, str)) for one in sides
    )


OPERATORS: dict[str, Callable[[Place], Iterator[ast.AST]]] = {
    "sign": sign, "comparison": comparison, "constant": constant, "dropped": dropped, "swapped": swapped,
    "scale": scale, "minmax": minmax, "statement": statement,
}  # fmt: skip
