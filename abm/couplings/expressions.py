"""What an expression of a phase, rule or kernel may stand for, and what it reads on the way."""

from __future__ import annotations

import ast
import inspect
from typing import Any

from abm.couplings.values import (
    ARRAYS,
    NOTHING,
    PARTS,
    SINGLE,
    Content,
    EconomyPart,
    Known,
    Touched,
    Values,
    tuples_of,
)

__all__ = ["Expressions"]

WITHOUT_LOOKING = {"size", "shape", "dtype", "ndim"}  # attributes of an array that are no content
FILLING = {"fill", "sort"}


class Expressions(ast.NodeVisitor):
    """``of(node)`` gives the values of an expression; ``names`` are those of the variables met so far."""

    touched: Touched
    world: dict[str, Any]
    names: dict[str, Values]

    def follow(self, function: Any, positional: tuple[Values, ...], named: dict[str, Values]) -> Values:
        """What a function of the model may return for such arguments, once it has been walked through."""
        raise NotImplementedError

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
        """These values are looked at."""
        for value in values:
            if isinstance(value, Content):
                self.touched.reads.add(value.name)
            elif type(value) is tuple:
                for part in value:
                    self.read(part)

    def of_Name(self, node: ast.Name) -> Values:
        """A variable met before, or a name of the module."""
        if node.id in self.names:
            return self.names[node.id]
        return frozenset({Known(self.world[node.id])}) if node.id in self.world else NOTHING

    def of_Constant(self, node: ast.Constant) -> Values:
        """A text, which may name a flow."""
        return frozenset({Known(node.value)}) if isinstance(node.value, str) else NOTHING

    def of_Tuple(self, node: ast.Tuple) -> Values:
        """The values of each place."""
        return frozenset({tuple(self.of(part) for part in node.elts)})

    def of_IfExp(self, node: ast.IfExp) -> Values:
        """Either branch."""
        self.read(self.of(node.test))
        return self.of(node.body) | self.of(node.orelse)

    def of_Starred(self, node: ast.Starred) -> Values:
        """What is unpacked."""
        return self.of(node.value)

    def of_Attribute(self, node: ast.Attribute) -> Values:
        """A part of a part, a column, or an attribute of a thing of Python."""
        found: set[Any] = set()
        for value in self.of(node.value):
            if isinstance(value, EconomyPart):
                found |= self.part(value, node.attr)
            elif isinstance(value, Known):
                found.add(Known(getattr(value.value, node.attr, None)))
            elif isinstance(value, Content) and node.attr not in WITHOUT_LOOKING:
                found.add(value)  # a method or a transposed array: read where it is used
        return frozenset(found)

    def part(self, part: EconomyPart, attribute: str) -> set[Any]:
        """An attribute of the economy or of one of its parts."""
        name = f"{part.name}.{attribute}"
        if part.name in ("economy", "economy.state", "state") and attribute in PARTS:
            return {EconomyPart(attribute)}
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
            return {EconomyPart(name)} if attribute in ("household_totals", "firm_totals") else set()
        return {EconomyPart(name)} if part.name in ("parameters", "ledger") else set()

    def economy_property(self, attribute: str) -> Values:
        """A property or a method of the economy."""
        from abm.economy import Economy

        held = inspect.getattr_static(Economy, attribute, None)
        if isinstance(held, property):
            return self.follow(held.fget, (frozenset({EconomyPart("economy")}),), {})
        return frozenset({Known(held)}) if inspect.isfunction(held) else NOTHING

    def of_Subscript(self, node: ast.Subscript) -> Values:
        """A piece of an array, or an element, which is read."""
        values = self.of(node.value)
        if not any(isinstance(value, EconomyPart) for value in values):
            self.read(self.of(node.slice))
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        fixed = sum(not isinstance(index, ast.Slice) for index in indices)
        contents = {value for value in values if isinstance(value, Content)}
        # A slice or a row is the array under another name; an element is a number that has been read.
        pieces = {Content(value.name, value.dimensions - fixed) for value in contents if value.dimensions > fixed}
        self.read(frozenset(value for value in contents if value.dimensions <= fixed))
        return values - tuples_of(values) - contents | pieces

    def of_Call(self, node: ast.Call) -> Values:
        """What a function of the model returns; others read what they are given."""
        functions = self.of(node.func)
        positional = tuple(self.of(argument) for argument in node.args)
        named = {item.arg: self.of(item.value) for item in node.keywords if item.arg}
        if EconomyPart("ledger.post") in functions:
            self.touched.flows |= {value.value for value in positional[0] if isinstance(value, Known)}
        returned: set[Any] = set()
        followed = False
        for value in functions:
            function = value.value if isinstance(value, Known) else None
            function = getattr(function, "serial", function)
            source = getattr(function, "py_func", function)
            if inspect.isfunction(source) and source.__module__.startswith("abm."):
                receiver = self.receiver(node.func, function)
                returned |= self.follow(function, receiver + positional, named)
                followed = True
        if not followed:
            self.library(node, functions, positional, named)
        return frozenset(returned)

    def receiver(self, function: ast.expr, called: Any) -> tuple[Values, ...]:
        """The economy as the first argument of its own methods."""
        owner = isinstance(function, ast.Attribute) and self.of(function.value)
        return (owner,) if owner and EconomyPart("economy") in owner and not hasattr(called, "py_func") else ()

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
