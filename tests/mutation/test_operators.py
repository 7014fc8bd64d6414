"""The operators offer the bugs they promise, and none where there is no behaviour."""

import ast

import pytest
from mutation.mutants import applied, mutants_of
from mutation.operators import OPERATORS

pytestmark = pytest.mark.unit

EXAMPLE = '''"""A module."""

LIMIT = 2.5
TINY = 1e-9


@kernel
def prices(rows, price, cost, wage, stage, factor: float = 1.0):
    """Prices follow 3 rules."""
    for i in range(rows - 1):
        if stage[i] >= 2:
            price[i] += factor * cost[i]
        total = (
            cost[i]
            + wage[i] / max(price[i], 1e-9)
            - min(cost[i], LIMIT)
        )
        price[i] = total
    if factor < 0:
        raise ValueError("negative")
    return price[0] + STREAMS["wages"]
'''


def found(operator=None, text=EXAMPLE):
    return [one for one in mutants_of("abm/kernels/prices.py", text) if operator in (None, one.operator)]


def changes(operator, text=EXAMPLE):
    return {(one.before, one.after) for one in found(operator, text)}


def inside(expression, **names):
    """A function that returns the expression."""
    return f"def f({', '.join(names or ('a', 'b', 'c'))}):\n    return {expression}\n"


@pytest.mark.parametrize(
    ("operator", "expression", "expected"),
    [
        ("sign", "a - b", {"a + b"}),
        ("sign", "-a", {"a"}),
        ("scale", "a * b / c", {"a / b", "a * b * c"}),
        ("scale", "a * 1.0", set()),
        ("comparison", "a < b", {"a > b"}),
        ("comparison", "a < 2", {"a > 2", "a <= 2"}),
        ("comparison", "a < 2.0", {"a > 2.0"}),
        ("comparison", "jobless_quarters >= longest_quarters",
         {"jobless_quarters <= longest_quarters", "jobless_quarters > longest_quarters"}),
        ("comparison", "a == b", {"a != b"}),
        ("comparison", "a > 1e-09", set()),
        ("constant", "0.5 * a", {"1.0", "0.0", "-0.5"}),
        ("constant", "max(0.0, a)", {"1.0"}),
        ("constant", "max(a, 1e-12)", set()),
        ("dropped", "a + b - c", {"a + b", "-c", "a", "b"}),
        ("dropped", "a * b", {"a", "b"}),
        ("dropped", "1 * a", {"1"}),
        ("dropped", "a + 0", {"0"}),
        ("minmax", "min(a, b)", {"max(a, b)"}),
        ("minmax", "np.maximum(a, b)", {"np.minimum(a, b)"}),
        ("minmax", "max(a, 1e-9)", set()),
        ("swapped", "firms.price + firms.cost + sectors.price", {"firms.cost", "firms.price"}),
        ("swapped", "t['sales'] - t['wages']", {"t['wages']", "t['sales']"}),
        ("swapped", "np.sum(a) + np.pi", set()),
        ("swapped", "economy.firms + economy.workers", set()),
    ],
)  # fmt: skip
def test_an_expression_becomes_what_the_operator_makes_of_it(operator, expression, expected):
    assert {after for _, after in changes(operator, inside(expression))} == expected


def test_statements_that_change_something_are_left_out():
    assert changes("statement") == {("price[i] += factor * cost[i]", "pass"), ("price[i] = total", "pass")}


def test_columns_of_the_same_index_are_taken_for_each_other():
    pairs = changes("swapped")
    assert {before for before, _ in pairs} == {"cost[i]", "wage[i]", "price[i]"}  # stage is a code and links tables
    assert all(before != after for before, after in pairs)


def test_a_record_of_a_kernel_has_columns_too():
    text = inside("macro[0].bonds + macro[0].deposits")
    assert ("macro[0].bonds", "macro[0].deposits") in changes("swapped", text)


def test_what_is_no_behaviour_is_left_alone():
    touched = {one.before for one in found()}
    assert "rows - 1" not in touched and "factor < 0" not in touched  # size of a loop, refusal of bad input
    assert not any(
        "STREAMS" in before or before == "1e-09" for before in touched if before != "price[0] + STREAMS['wages']"
    )
    assert not {one for one in found() if one.before in ("3", "1.0", "1e-09")}  # docstring, default, guard
    assert ("2.5", "5.0") in changes("constant")  # a constant of the module is behaviour
    chunks = "def f(rows, chunk, chunks):\n    last = rows * chunk // chunks\n    return last\n"
    assert not found(text=chunks)


def test_every_mutant_is_a_module_whose_lines_stay():
    tree = ast.parse(EXAMPLE)
    lines = [node.lineno for node in tree.body]
    for one in found():
        changed = applied(EXAMPLE, one.edit)
        assert changed != EXAMPLE
        assert [node.lineno for node in ast.parse(changed).body] == lines, one
        assert len(changed.splitlines()) == len(EXAMPLE.splitlines()), one
    assert {one.operator for one in found()} == OPERATORS.keys()


def test_a_mutant_is_what_it_says():
    one = next(mutant for mutant in found("minmax"))
    assert (one.before, one.after) == ("min(cost[i], LIMIT)", "max(cost[i], LIMIT)")
    assert one.path == "abm/kernels/prices.py" and one.function == "prices"
    assert EXAMPLE.splitlines()[one.line - 1].strip() == "- min(cost[i], LIMIT)"
    assert "max(cost[i], LIMIT)" in applied(EXAMPLE, one.edit) and "min(" not in applied(EXAMPLE, one.edit)


def test_its_name_does_not_depend_on_the_line_but_tells_equal_places_apart():
    moved = {one.identity for one in mutants_of("abm/kernels/prices.py", "# a line more\n" + EXAMPLE)}
    assert moved == {one.identity for one in found()}
    twice = [one.identity for one in mutants_of("abm/x.py", "def f(a, b):\n    a = a + b\n    return a + b\n")]
    assert len(set(twice)) == len(twice)


def test_characters_beyond_ascii_are_no_trouble():
    text = 'def f(a, b):\n    """Größe × Preis."""\n    c = "é" ; return a - b\n'
    (one,) = (one for one in mutants_of("abm/x.py", text) if one.operator == "sign")
    assert applied(text, one.edit) == text.replace("a - b", "(a + b)")
