"""A walk through a function, statement after statement, and through all that it calls."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from abm.couplings.expressions import Expressions
from abm.couplings.values import ARRAYS, NOTHING, SINGLE, Content, EconomyPart, Known, Touched, Values, tuples_of

__all__ = ["follow"]


def follow(touched: Touched, function: Any, positional: tuple[Values, ...], named: dict[str, Values]) -> Values:
    """Walk through a function with the values of its arguments; what it may return."""
    source = getattr(function, "py_func", function)
    parameters = [item.arg for item in _tree(source).args.args]
    bound = dict(zip(parameters, positional, strict=False)) | named
    key = source, tuple(sorted((name, values) for name, values in bound.items() if values))
    if key not in touched.seen:
        touched.seen[key] = NOTHING  # a function that calls itself adds nothing
        walk = _Walk(touched, source.__globals__, bound)
        walk.block(_tree(source).body)
        touched.seen[key] = walk.returned
    return touched.seen[key]


@cache
def _tree(function: Callable[..., Any]) -> ast.FunctionDef:
    node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(node, ast.FunctionDef), function
    return node


class _Walk(Expressions):
    """One function: names stand for parts and contents of the economy, statements are taken in their order."""

    def __init__(self, touched: Touched, world: dict[str, Any], names: dict[str, Values]):
        self.touched, self.world, self.names, self.returned = touched, world, dict(names), NOTHING

    def follow(self, function: Any, positional: tuple[Values, ...], named: dict[str, Values]) -> Values:
        """What a function of the model may return for such arguments."""
        return follow(self.touched, function, positional, named)

    def block(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            self.visit(statement)

    def visit_Assign(self, node: ast.Assign) -> None:
        values = self.of(node.value)
        for target in node.targets:
            self.assign(target, values)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.assign(node.target, self.of(node.value))

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.read(self.of(node.value))
        self.read(self.of(_loaded(node.target)))
        self.write(node.target)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self.returned |= self.of(node.value)

    def visit_For(self, node: ast.For) -> None:
        over = self.of(node.iter)
        self.read(over - tuples_of(over))
        parts: Values = frozenset().union(*(part for value in tuples_of(over) for part in value))
        listed = (value.value for value in over if isinstance(value, Known))
        names = frozenset(Known(name) for value in listed if isinstance(value, tuple) for name in value)
        self.assign(node.target, parts | names)
        self.block([*node.body, *node.orelse])

    def visit_Expr(self, node: ast.Expr) -> None:
        self.of(node.value)

    def visit_With(self, node: ast.With) -> None:
        for item in node.items:
            self.of(item.context_expr)
        self.block(node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        raise TypeError(f"{node.name}: a function inside a phase or kernel cannot be followed")

    def generic_visit(self, node: ast.AST) -> None:
        """If, while, try, raise and the rest: conditions are read, bodies walked."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.read(self.of(child))
            else:
                self.visit(child)

    def assign(self, target: ast.expr, values: Values) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = self.names.get(target.id, NOTHING) | values
        elif isinstance(target, ast.Tuple):
            for place, part in enumerate(target.elts):
                parts = [value[place] for value in values if type(value) is tuple and place < len(value)]
                self.assign(part, frozenset().union(*parts) if parts else values - tuples_of(values))
        else:
            self.read(values)
            self.write(target)

    def write(self, target: ast.expr) -> None:
        """Something is stored in an element, a slice or an attribute, or in place behind a name."""
        if isinstance(target, ast.Attribute):
            for value in self.of(target.value):
                name = f"{value.name}.{target.attr}" if isinstance(value, EconomyPart) else ""
                if name.partition(".")[0] in {*ARRAYS, *SINGLE}:
                    self.touched.writes.add(name)
        else:
            holder = target.value if isinstance(target, ast.Subscript) else target
            if isinstance(target, ast.Subscript):
                self.read(self.of(target.slice))
            self.touched.writes |= {value.name for value in self.of(holder) if isinstance(value, Content)}


def _loaded(target: ast.expr) -> ast.expr:
    """The target of an assignment as an expression that is read."""
    return ast.parse(ast.unparse(target), mode="eval").body
