"""What every phase reads and writes, derived from its code and that of every kernel and rule it calls.

Nothing is declared by hand, so nothing can be declared wrongly: the syntax trees are followed with tables, records and
columns in the place of values. All branches count, whether a run takes them or not. A test lets every phase run on
copies in which all that is not read here is poisoned, and finds no difference.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from abm.compiling.tables import KINDS, fields_of
from abm.plans import NUMBERS, QuarterPlans
from abm.state import Firms, Macro, Occupations, Sectors, Staff, Workers

__all__ = ["Couplings", "couplings_of"]

TABLES = {"workers": Workers, "firms": Firms, "sectors": Sectors, "occupations": Occupations, "staff": Staff}
ARRAYS = {
    name: {column: KINDS[annotation][1] for column, annotation in fields_of(kind).items()}
    for name, kind in (TABLES | {"plans": QuarterPlans}).items()
}
SINGLE = {"macro": set(Macro.declared), "plans": {*NUMBERS, "household_totals", "firm_totals"}}
PARTS = {*TABLES, "macro", "plans", "instruments", "parameters", "structure", "ledger", "state", "scratch"}
WITHOUT_LOOKING = {"size", "shape", "dtype", "ndim"}  # attributes of an array that are no content
FILLING = {"fill", "sort"}


class Couplings(NamedTuple):
    """Names such as ``firms.price``, ``macro.inflation``, ``plans.exports`` or ``labour.separation_rate``, sorted."""

    reads: tuple[str, ...]
    writes: tuple[str, ...]
    parameters: tuple[str, ...]
    instruments: tuple[str, ...]
    flows: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """The economy or a part of it: a table, a record, a group of parameters."""

    name: str


@dataclass(frozen=True)
class Content:
    """An array of the economy, or a piece of it with as many dimensions."""

    name: str
    dimensions: int


@dataclass(frozen=True, eq=False)
class Known:
    """A function, class or module of Python."""

    value: Any


Value: TypeAlias = "Part | Content | Known | tuple[Any, ...]"
Values: TypeAlias = "frozenset[Any]"  # of Value: what an expression may stand for; empty for plain numbers
NOTHING: Values = frozenset()


@dataclass
class Touched:
    """What was found so far."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    flows: set[str] = field(default_factory=set)
    seen: dict[Any, Values] = field(default_factory=dict)


@cache
def couplings_of(phase: Callable[..., None]) -> Couplings:
    """What a phase touches, given an economy; see the module."""
    touched = Touched()
    _follow(touched, phase, (frozenset({Part("economy")}),), {})
    parameters = {name.removeprefix("parameters.") for name in touched.reads if name.startswith("parameters.")}
    instruments = {name for name in touched.reads if name.startswith("instruments.")}
    state = {name for name in touched.reads if name.partition(".")[0] in {*TABLES, "macro", "plans", "state"}}
    return Couplings(
        *(tuple(sorted(names)) for names in (state, touched.writes, parameters, instruments, touched.flows))
    )


def _follow(touched: Touched, function: Any, positional: tuple[Values, ...], named: dict[str, Values]) -> Values:
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


class _Walk(ast.NodeVisitor):
    """One function: names stand for parts and contents of the economy, statements are taken in their order."""

    def __init__(self, touched: Touched, world: dict[str, Any], names: dict[str, Values]):
        self.touched, self.world, self.names, self.returned = touched, world, dict(names), NOTHING

    def block(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            self.visit(statement)

    # statements

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
        self.read(over - _tuples(over))
        parts: Values = frozenset().union(*(part for value in _tuples(over) for part in value))
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
                self.assign(part, frozenset().union(*parts) if parts else values - _tuples(values))
        else:
            self.read(values)
            self.write(target)

    def write(self, target: ast.expr) -> None:
        """Something is stored in an element, a slice or an attribute, or in place behind a name."""
        if isinstance(target, ast.Attribute):
            for value in self.of(target.value):
                name = f"{value.name}.{target.attr}" if isinstance(value, Part) else ""
                if name.partition(".")[0] in {*ARRAYS, *SINGLE}:
                    self.touched.writes.add(name)
        else:
            holder = target.value if isinstance(target, ast.Subscript) else target
            if isinstance(target, ast.Subscript):
                self.read(self.of(target.slice))
            self.touched.writes |= {value.name for value in self.of(holder) if isinstance(value, Content)}

    # expressions

    def of(self, node: ast.expr) -> Values:
        """What an expression may stand for; what it computes with is read."""
        found = getattr(self, f"of_{type(node).__name__}", None)
        if found is not None:
            return found(node)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.read(self.of(child))
            elif isinstance(child, (ast.keyword, ast.comprehension)):
                self.generic_visit(child)
        return NOTHING

    def read(self, values: Values) -> None:
        for value in values:
            if isinstance(value, Content):
                self.touched.reads.add(value.name)
            elif type(value) is tuple:
                for part in value:
                    self.read(part)

    def of_Name(self, node: ast.Name) -> Values:
        if node.id in self.names:
            return self.names[node.id]
        return frozenset({Known(self.world[node.id])}) if node.id in self.world else NOTHING

    def of_Constant(self, node: ast.Constant) -> Values:
        return frozenset({Known(node.value)}) if isinstance(node.value, str) else NOTHING

    def of_Tuple(self, node: ast.Tuple) -> Values:
        return frozenset({tuple(self.of(part) for part in node.elts)})

    def of_IfExp(self, node: ast.IfExp) -> Values:
        self.read(self.of(node.test))
        return self.of(node.body) | self.of(node.orelse)

    def of_Starred(self, node: ast.Starred) -> Values:
        return self.of(node.value)

    def of_Attribute(self, node: ast.Attribute) -> Values:
        found: set[Any] = set()
        for value in self.of(node.value):
            if isinstance(value, Part):
                found |= self.part(value, node.attr)
            elif isinstance(value, Known):
                found.add(Known(getattr(value.value, node.attr, None)))
            elif isinstance(value, Content) and node.attr not in WITHOUT_LOOKING:
                found.add(value)  # a method or a transposed array: read where it is used
        return frozenset(found)

    def part(self, part: Part, attribute: str) -> set[Any]:
        """An attribute of the economy or of one of its parts."""
        name = f"{part.name}.{attribute}"
        if part.name in ("economy", "economy.state", "state") and attribute in PARTS:
            return {Part(attribute)}
        if part.name == "economy":
            return set(self.economy_property(attribute))
        if attribute == "view":
            return {part}
        if part.name.startswith("plans."):
            return set()  # a number of a record of totals, which is read as a whole
        if attribute in ARRAYS.get(part.name, ()):
            return {Content(name, ARRAYS[part.name][attribute])}
        if attribute in SINGLE.get(part.name, ()) or part.name == "instruments" or part.name.count(".") == 1:
            self.touched.reads.add(name)
            return {Part(name)} if attribute in ("household_totals", "firm_totals") else set()
        return {Part(name)} if part.name in ("parameters", "ledger") else set()

    def economy_property(self, attribute: str) -> Values:
        from abm.economy import Economy

        held = inspect.getattr_static(Economy, attribute, None)
        if isinstance(held, property):
            return _follow(self.touched, held.fget, (frozenset({Part("economy")}),), {})
        return frozenset({Known(held)}) if inspect.isfunction(held) else NOTHING

    def of_Subscript(self, node: ast.Subscript) -> Values:
        values = self.of(node.value)
        if not any(isinstance(value, Part) for value in values):
            self.read(self.of(node.slice))
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        fixed = sum(not isinstance(index, ast.Slice) for index in indices)
        contents = {value for value in values if isinstance(value, Content)}
        # A slice or a row is the array under another name; an element is a number that has been read.
        pieces = {Content(value.name, value.dimensions - fixed) for value in contents if value.dimensions > fixed}
        self.read(frozenset(value for value in contents if value.dimensions <= fixed))
        return values - _tuples(values) - contents | pieces

    def of_Call(self, node: ast.Call) -> Values:
        functions = self.of(node.func)
        positional = tuple(self.of(argument) for argument in node.args)
        named = {item.arg: self.of(item.value) for item in node.keywords if item.arg}
        if Part("ledger.post") in functions:
            self.touched.flows |= {value.value for value in positional[0] if isinstance(value, Known)}
        returned: set[Any] = set()
        followed = False
        for value in functions:
            function = value.value if isinstance(value, Known) else None
            function = getattr(function, "serial", function)
            source = getattr(function, "py_func", function)
            if inspect.isfunction(source) and source.__module__.startswith("abm."):
                receiver = self.receiver(node.func, function)
                returned |= _follow(self.touched, function, receiver + positional, named)
                followed = True
        if not followed:
            self.library(node, functions, positional, named)
        return frozenset(returned)

    def receiver(self, function: ast.expr, called: Any) -> tuple[Values, ...]:
        """The economy as the first argument of its own methods."""
        owner = isinstance(function, ast.Attribute) and self.of(function.value)
        return (owner,) if owner and Part("economy") in owner and not hasattr(called, "py_func") else ()

    def library(
        self, node: ast.Call, functions: Values, positional: tuple[Values, ...], named: dict[str, Values]
    ) -> None:
        """A function of a library reads what it is given and writes ``out``; a method reads its array or fills it."""
        for values in (*positional, *(value for name, value in named.items() if name != "out")):
            self.read(values)
        contents = {value.name for value in functions if isinstance(value, Content)}
        filling = isinstance(node.func, ast.Attribute) and node.func.attr in FILLING
        (self.touched.writes if filling else self.touched.reads).update(contents)
        self.touched.writes |= {value.name for value in named.get("out", ()) if isinstance(value, Content)}


def _tuples(values: Values) -> Values:
    return frozenset(value for value in values if type(value) is tuple)


def _loaded(target: ast.expr) -> ast.expr:
    """The target of an assignment as an expression that is read."""
    return ast.parse(ast.unparse(target), mode="eval").body
