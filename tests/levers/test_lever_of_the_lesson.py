"""The lever of lesson 08 keeps the contract as it stands in the lesson, with no other file of the project changed."""

import ast
from pathlib import Path

import pytest

from abm import check_lever, load_scenario

pytestmark = pytest.mark.levers

NAME = "ai_advice_centres"
FOLDER = Path(__file__).parents[2] / "notebooks"


def constants(script):
    """{name: text} of the texts that a lesson's script keeps under a name."""
    tree = ast.parse((FOLDER / script).read_text(encoding="utf-8"))
    return {
        node.targets[0].id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }  # fmt: skip


@pytest.fixture
def lesson(tmp_path):
    """The texts of the lesson, with the lever and the scenario written as the lesson writes them."""
    texts = constants("08_your_own_lever.py")
    (tmp_path / f"{NAME}.py").write_text(texts["LEVER"], encoding="utf-8")
    (tmp_path / "advice.yaml").write_text(texts["SCENARIO"], encoding="utf-8")
    return texts


def test_it_keeps_the_contract(lesson, tmp_path):
    check = check_lever(tmp_path / f"{NAME}.py")
    assert check.met, str(check)


def test_the_scenario_of_the_lesson_uses_it(lesson, tmp_path):
    scenario = load_scenario(tmp_path / "advice.yaml")
    assert list(scenario.levers) == [NAME] and scenario.levers_from


def test_the_solution_has_the_same_lever_and_scenario(lesson):
    solution = constants("solutions/08_your_own_lever.py")
    assert all(solution[name] == lesson[name] for name in ("LEVER", "SCENARIO"))
