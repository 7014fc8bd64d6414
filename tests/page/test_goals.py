"""Weights on goals rank scenarios, in the page's own arithmetic."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from xinzhi.app.deliberation import GOALS

pytestmark = [pytest.mark.page, pytest.mark.skipif(not shutil.which("node"), reason="no node to run the page's code")]

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = [
    {"title": "No policy", "changes": {}},
    {"title": "Growth", "changes": {"real_gdp": 2.0, "co2_emissions": 1.0}},
    {"title": "Green", "changes": {"real_gdp": -1.0, "co2_emissions": -3.0}},
]


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "goals.mjs").write_text((ROOT / "app" / "static" / "js" / "goals.js").read_text())

    def answer(expression):
        code = f'import {{ GOALS, ranked, firsts }} from "./goals.mjs";\nconst O = {json.dumps(OPTIONS)};\n'
        (tmp_path / "ask.mjs").write_text(f"{code}console.log(JSON.stringify({expression}));\n")
        ran = subprocess.run(["node", "ask.mjs"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
        return json.loads(ran.stdout)

    return answer


def test_the_goals_are_those_of_the_server(ask):
    assert ask("GOALS") == {goal: {"outcome": outcome, "sign": sign} for goal, (outcome, sign) in GOALS.items()}


def test_the_weight_of_one_goal_ranks_by_it(ask):
    assert [one["title"] for one in ask("ranked(O, { growth: 10 })")] == ["Growth", "No policy", "Green"]
    assert [one["title"] for one in ask("ranked(O, { emissions: 1 })")] == ["Green", "No policy", "Growth"]


def test_scores_are_swings_and_parts_add_up(ask):
    found = {one["title"]: one for one in ask("ranked(O, { growth: 1, emissions: 1, jobs: 10 })")}
    # Nothing differs in jobs, so that the weight there counts for nothing.
    assert found["Growth"]["score"] == pytest.approx(50.0) and found["Green"]["score"] == pytest.approx(50.0)
    assert found["No policy"]["score"] == pytest.approx(100 * (1 / 3 + 1 / 4) / 2)
    for one in found.values():
        assert one["score"] == pytest.approx(sum(one["parts"].values()))


def test_without_weights_all_are_alike_and_keep_their_order(ask):
    assert [(one["at"], one["score"]) for one in ask("ranked(O, {})")] == [(0, 0), (1, 0), (2, 0)]


def test_where_people_differ_is_counted(ask):
    assert ask("firsts(O, [{ growth: 1 }, { growth: 5, emissions: 1 }, { emissions: 3 }])") == [0, 2, 1]
