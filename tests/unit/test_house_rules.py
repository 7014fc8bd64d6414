"""The rules of the house that can be read off the sources: complete types, short functions, kernels with few arguments.

What mypy cannot say, or says only of the modules it looks at, is said here of every function by its name.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import abm
import analysis

pytestmark = pytest.mark.unit

ROOT = Path(abm.__file__).parent.parent
KERNELS = "abm.kernels."
LONGEST_FUNCTION = 50  # lines, its decorators and docstring among them; kernels may be longer
MOST_ARGUMENTS = 12  # of a kernel
DECORATORS_OF_KERNELS = {"kernel", "parallel_kernel"}

# Functions that break a rule today. A set only shrinks: a name that obeys by now fails the test until it is taken out.
STILL_TO_DO: dict[str, set[str]] = {
    "untyped": {
        "abm.agents.ArrayAgent.__eq__",
        "abm.agents.ArrayAgent.__init_subclass__",
        "abm.agents.ArrayAgent.__reduce__",
        "abm.agents.ArrayAgent.__setattr__",
        "abm.agents.ArrayAgent.model",
        "abm.agents.Worker.present",
        "abm.agents._column_property",
        "abm.agents._column_property.read",
        "abm.agents._column_property.write",
        "abm.agents._link_property",
        "abm.agents._link_property.read",
        "abm.agents._link_property.write",
        "abm.describe._bounds",
        "abm.describe._number",
        "abm.experiments.observation._Notes.at_settlement",
        "abm.experiments.observation._Notes.at_spending",
        "abm.experiments.observation._energy",
        "abm.experiments.observation._value_added",
        "abm.model.Model.state",
        "abm.model._seed",
        "abm.model._whole",
        "abm.outcomes.Measures.__init__",
        "abm.parameters.parameter",
        "abm.phases.settlement._own_account_rows",
        "abm.phases.spending.basket_for",
        "abm.policy.instrument",
        "abm.recorder.Collector.collect",
        "abm.recorder.Recorder.record",
        "abm.recorder._first",
        "abm.recorder._last",
        "abm.soa.AgentUnion.__contains__",
        "abm.soa.AgentUnion.__init__",
        "abm.soa.AgentUnion.__iter__",
        "abm.soa.AgentUnion.__reduce__",
        "abm.soa.AgentUnion._agent",
        "abm.soa.AgentUnion._joined",
        "abm.soa.AgentUnion._of_type",
        "abm.soa.AgentUnion._take",
        "abm.soa.AgentUnion._values",
        "abm.soa.AgentUnion.model",
        "abm.soa.ArrayAgentSet.__and__",
        "abm.soa.ArrayAgentSet.__contains__",
        "abm.soa.ArrayAgentSet.__init__",
        "abm.soa.ArrayAgentSet.__iter__",
        "abm.soa.ArrayAgentSet.__le__",
        "abm.soa.ArrayAgentSet.__or__",
        "abm.soa.ArrayAgentSet.__reduce__",
        "abm.soa.ArrayAgentSet.__sub__",
        "abm.soa.ArrayAgentSet._agent",
        "abm.soa.ArrayAgentSet._equal",
        "abm.soa.ArrayAgentSet._shares_population",
        "abm.soa.ArrayAgentSet._take",
        "abm.soa.ArrayAgentSet._values",
        "abm.soa.ArrayAgentSet.groupby",
        "abm.soa.ArrayAgentSet.model",
        "abm.soa.ArrayAgentSet.set",
        "abm.soa.ArrayAgentSet.to_dataframe",
        "abm.soa.ArrayGroupBy.agg",
        "abm.soa.ArrayPopulation.__init__",
        "abm.soa.ArrayPopulation.view",
        "abm.soa.ArrayPopulations.register_population",
        "abm.soa.PositionedSet.__getitem__",
        "abm.soa.PositionedSet._equal",
        "abm.soa.PositionedSet._from_iterable",
        "abm.soa.PositionedSet._passing",
        "abm.soa.PositionedSet.add",
        "abm.soa.PositionedSet.agg",
        "abm.soa.PositionedSet.do",
        "abm.soa.PositionedSet.get",
        "abm.soa.PositionedSet.groupby",
        "abm.soa.PositionedSet.map",
        "abm.soa.PositionedSet.random",
        "abm.soa.PositionedSet.select",
        "abm.soa.PositionedSet.set",
        "abm.soa.PositionedSet.shuffle",
        "abm.soa.PositionedSet.shuffle_do",
        "abm.soa.PositionedSet.sort",
        "abm.soa._is_numeric",
        "abm.soa._picked",
        "abm.soa.fitted",
    },
    "long": {
        "abm.phases.settlement.firms_settle",
        "abm.structure.fixed_structure",
    },
    "arguments": {
        "abm.kernels.accounts.settle_firms",
        "abm.kernels.competition.compete",
        "abm.kernels.competition.exit_and_enter",
        "abm.kernels.goods.produce",
        "abm.kernels.households.plan_spending",
        "abm.kernels.households.settle_households",
        "abm.kernels.investment.plan_investment",
        "abm.kernels.opening.settle_households",
        "abm.kernels.sectors.cost_inputs",
        "abm.kernels.sectors.fill_orders",
        "abm.kernels.sectors.order_inputs",
        "abm.kernels.statistics.hulten_gain",
        "abm.kernels.statistics.tally_adults",
    },
}


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
    for package in ("abm", "analysis"):
        for path in sorted((ROOT / package).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found += functions_of(path.read_text(encoding="utf-8"), module)
    return found


def complaint(rule: str, offenders: dict[str, str]) -> str:
    """What to do, one line for each function; empty where offenders and STILL_TO_DO agree."""
    known = STILL_TO_DO[rule]
    lines = [f"{name}: {what}" for name, what in sorted(offenders.items()) if name not in known]
    obeys = f'no longer breaks the rule, or is gone: take it out of STILL_TO_DO["{rule}"]'
    return "\n".join([*lines, *(f"{name}: {obeys}" for name in sorted(known - offenders.keys()))])


def test_every_definition_outside_kernels_is_typed(functions):
    untyped = [one for one in functions if not one.in_kernels and lacks_types(one)]
    text = complaint("untyped", {one.name: "annotate every argument and the result" for one in untyped})
    if text:
        pytest.fail(text, pytrace=False)


def test_no_function_outside_kernels_is_long(functions):
    long = [one for one in functions if not one.in_kernels and is_long(one)]
    text = complaint("long", {one.name: f"{one.lines} lines, at most {LONGEST_FUNCTION}; split it" for one in long})
    if text:
        pytest.fail(text, pytrace=False)


def test_no_kernel_takes_many_arguments(functions):
    wide = [one for one in functions if is_kernel(one) and has_many_arguments(one)]
    text = complaint(
        "arguments", {one.name: f"{len(one.arguments)} arguments, at most {MOST_ARGUMENTS}; group them" for one in wide}
    )
    if text:
        pytest.fail(text, pytrace=False)


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


def test_a_name_that_obeys_must_leave_the_list(monkeypatch):
    monkeypatch.setitem(STILL_TO_DO, "long", {"abm.fine", "abm.still_long"})
    text = complaint("long", {"abm.still_long": "60 lines", "abm.new": "51 lines"})
    assert text.splitlines()[0] == "abm.new: 51 lines"
    assert text.splitlines()[1].startswith("abm.fine: no longer breaks the rule") and "still" not in text.split("\n")[0]


@pytest.mark.parametrize("package", [abm, analysis])
def test_type_checkers_see_the_public_names(package):
    """What a package loads on demand is imported for type checkers too, from the same modules."""
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    blocks = [one for one in tree.body if isinstance(one, ast.If) and getattr(one.test, "id", "") == "TYPE_CHECKING"]
    imports = [one for block in blocks for one in block.body if isinstance(one, ast.ImportFrom)]
    assert {name.name: one.module for one in imports for name in one.names} == package._HOMES
