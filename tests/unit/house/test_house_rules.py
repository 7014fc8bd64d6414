"""The rules of the house that can be read off the sources: complete types, short functions, kernels with few arguments.

What mypy cannot say, or says only of the modules it looks at, is said here of every function by its name.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import abm
from xinzhi import analysis

pytestmark = pytest.mark.unit

ROOT = Path(abm.__file__).parent.parent
KERNELS = ("abm.kernels.", "abm.population.kernels.")
LONGEST_FUNCTION = 50  # lines, its decorators and docstring among them; kernels may be longer
MOST_ARGUMENTS = 12  # of a kernel
DECORATORS_OF_KERNELS = {"kernel", "parallel_kernel"}


class Function(NamedTuple):
    """A function or method by its dotted name."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    is_method: bool

    @property
    def in_kernels(self) -> bool:
        return self.name.startswith(KERNELS)

    @property
    def arguments(self) -> list[ast.arg]:
        """All but ``self`` and ``cls``."""
        given = self.node.args
        listed = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        bound = self.is_method and "staticmethod" not in self.decorators
        return [one for one in listed if one is not None][bound:]

    @property
    def decorators(self) -> set[str]:
        named = (one.func if isinstance(one, ast.Call) else one for one in self.node.decorator_list)
        return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in named}

    @property
    def lines(self) -> int:
        first = min([self.node.lineno, *(one.lineno for one in self.node.decorator_list)])
        return (self.node.end_lineno or first) - first + 1


def functions_of(source: str, module: str) -> list[Function]:
    """Every function of a source, those within functions and classes too."""
    return list(_within(ast.parse(source), module, False))


def _within(node: ast.AST, name: str, in_class: bool) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield Function(f"{name}.{child.name}", child, in_class)
            yield from _within(child, f"{name}.{child.name}", False)
        elif isinstance(child, ast.ClassDef):
            yield from _within(child, f"{name}.{child.name}", True)
        else:
            yield from _within(child, name, in_class)


def lacks_types(one: Function) -> bool:
    """Whether an argument or the result has no annotation; that of __init__ needs none beside typed arguments."""
    returns_nothing = one.node.name == "__init__" and bool(one.arguments)
    return any(argument.annotation is None for argument in one.arguments) or not (one.node.returns or returns_nothing)


def is_long(one: Function) -> bool:
    return one.lines > LONGEST_FUNCTION


def has_many_arguments(one: Function) -> bool:
    return len(one.arguments) > MOST_ARGUMENTS


def is_kernel(one: Function) -> bool:
    """A compiled function, in whatever folder it stands."""
    return bool(one.decorators & DECORATORS_OF_KERNELS)


@pytest.fixture(scope="module")
def functions() -> list[Function]:
    found = []
    for package in ("abm", "analysis", "app", "xinzhi"):
        for path in sorted((ROOT / package).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found += functions_of(path.read_text(encoding="utf-8"), module)
    return found


def complain(offenders: dict[str, str]) -> None:
    """Fail with what to do, one line for each function."""
    if offenders:
        pytest.fail("\n".join(f"{name}: {what}" for name, what in sorted(offenders.items())), pytrace=False)


def test_every_definition_outside_kernels_is_typed(functions):
    untyped = [one for one in functions if not one.in_kernels and lacks_types(one)]
    complain({one.name: "annotate every argument and the result" for one in untyped})


def test_no_function_outside_kernels_is_long(functions):
    long = [one for one in functions if not one.in_kernels and is_long(one)]
    complain({one.name: f"{one.lines} lines, at most {LONGEST_FUNCTION}; split it" for one in long})


def test_no_kernel_takes_many_arguments(functions):
    wide = [one for one in functions if is_kernel(one) and has_many_arguments(one)]
    complain({one.name: f"{len(one.arguments)} arguments, at most {MOST_ARGUMENTS}; group them" for one in wide})


def test_mypy_passes_over_no_module():
    """Modules are neither left out nor forgiven their errors; kernels alone need no annotations."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    forgiving = {"ignore_errors", "follow_imports"}
    assert not forgiving & settings.keys() and "exclude" not in settings
    for override in settings["overrides"]:
        modules = override["module"] if isinstance(override["module"], list) else [override["module"]]
        ours = {name for name in modules if name.split(".")[0] in ("abm", "analysis", "app", "xinzhi", "*")}
        assert ours <= {"abm.kernels.*", "abm.population.kernels.*"} and not forgiving & override.keys(), override


SAMPLE = """
class Thing:
    def __init__(self, size: int):
        self.size = size

    def grow(self, by):
        def inner(more: int = 1):
            return more
        return by

    @staticmethod
    def made(of) -> int:
        return of

@kernel
def settle({many}):
    return 0

@some.parallel_kernel
def few(a, *, b):
    return 0

def whole(a: int, *rest: int, key: str = "", **more: int) -> None:
    pass
""".replace("{many}", ", ".join(f"a{number}" for number in range(13)))


def test_the_rules_find_what_breaks_them():
    found = {one.name: one for one in functions_of(SAMPLE, "m")}
    untyped = {name.removeprefix("m.") for name, one in found.items() if lacks_types(one)}
    assert untyped == {"Thing.grow", "Thing.grow.inner", "Thing.made", "settle", "few"}
    assert {name for name, one in found.items() if is_kernel(one)} == {"m.settle", "m.few"}
    assert has_many_arguments(found["m.settle"]) and not has_many_arguments(found["m.few"])
    (one,) = functions_of("@kernel\ndef long():\n" + "    pass\n" * LONGEST_FUNCTION, "m")
    assert one.lines == LONGEST_FUNCTION + 2 and is_long(one)


def test_a_complaint_names_every_offender():
    complain({})
    with pytest.raises(pytest.fail.Exception, match="(?s)^abm.a: 60 lines\nabm.b: 51 lines$"):
        complain({"abm.b": "51 lines", "abm.a": "60 lines"})


@pytest.mark.parametrize("package", [abm, analysis])
def test_type_checkers_see_the_public_names(package):
    """What a package loads on demand is imported for type checkers too, from the same modules."""
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    blocks = [one for one in tree.body if isinstance(one, ast.If) and getattr(one.test, "id", "") == "TYPE_CHECKING"]
    imports = [one for block in blocks for one in block.body if isinstance(one, ast.ImportFrom)]
    assert {name.name: one.module for one in imports for name in one.names} == package._HOMES
