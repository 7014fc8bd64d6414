"""The estimate: what is learnt, what is refused, and that the page computes what Python computes."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from xinzhi.app.emulator.design import dimensions, drawn_mixes, settings_of
from xinzhi.app.emulator.regression import fitted
from xinzhi.app.emulator.runs import ESTIMATED
from xinzhi.app.emulator.trial import TrialSize, fit_to, scaled

pytestmark = pytest.mark.page

ROOT = Path(__file__).resolve().parents[2]
SIZE = TrialSize(2_000, points=400, trials=12, seeds=4, until=2030)
YEARS = 7


@pytest.fixture(scope="module")
def known():
    """An emulator of a made-up economy whose answer to every mix is known, with noise on every run."""
    axes, draws = dimensions(), np.random.default_rng(7)
    learnt, tried = drawn_mixes(axes, SIZE.points, 1), drawn_mixes(axes, SIZE.trials, 2)
    slopes = draws.normal(size=(len(axes), len(ESTIMATED), 1)) * np.linspace(0.0, 1.0, YEARS)  # effects build up

    def answers(mixes):
        x = scaled(axes, mixes)
        return np.einsum("ml,loy->moy", x + 0.3 * x**2, slopes) + (x[:, :1] * x[:, 1:2])[..., None] * np.linspace(
            0.0, 1.0, YEARS
        )

    level, noise = 100.0, 0.05
    base = level + draws.normal(scale=noise, size=(SIZE.seeds, len(ESTIMATED), YEARS))
    runs = [base]
    runs.append(base[np.arange(SIZE.points) % SIZE.seeds] + answers(learnt))
    runs.append((base[None] + answers(tried)[:, None]).reshape(-1, len(ESTIMATED), YEARS))
    found = np.concatenate(runs)
    found = found + draws.normal(scale=noise, size=found.shape)
    return fit_to(SIZE, axes, learnt, tried, found), answers(tried)


def test_a_known_answer_is_found_again_for_mixes_that_were_not_learnt(known):
    emulator, truth = known
    assert np.abs(emulator.estimates - truth).mean() < 0.15 * np.abs(truth).mean()
    assert list(emulator.years) == list(range(2024, 2031))


def test_no_policy_changes_nothing(known):
    emulator, _ = known
    assert not emulator.regression.estimate(np.zeros((1, len(emulator.axes)))).any()


def test_products_are_left_out_where_there_are_none():
    axes, draws = dimensions(), np.random.default_rng(3)
    x = scaled(axes, drawn_mixes(axes, 128, 1))
    targets = x @ draws.normal(size=(len(axes), 30)) + draws.normal(scale=0.3, size=(128, 30))
    singles = 3 * len(axes)
    found = fitted(x, targets, np.ones(30))
    assert np.abs(found.weights[singles:]).max() < 0.2 * np.abs(found.weights[:singles]).max()


def test_mixes_are_drawn_within_the_usual_ranges_and_each_pulls_a_lever():
    axes = dimensions()
    mixes = drawn_mixes(axes, 300, 5)
    for axis, column in zip(axes, mixes.T):
        assert axis.low <= column.min() and column.max() <= axis.high
    pulled = (mixes != [axis.neutral for axis in axes]).sum(axis=1)
    assert pulled.min() >= 1 and pulled.max() > 12 and np.median(pulled) < 12
    assert settings_of(axes, np.array([axis.neutral for axis in axes])) == {}


@pytest.mark.skipif(not shutil.which("node"), reason="no node, so the page's own arithmetic is not compared")
def test_the_page_estimates_what_python_estimates(known, tmp_path):
    emulator, _ = known
    mixes = drawn_mixes(emulator.axes, 5, 11)
    asked = [settings_of(emulator.axes, mix) for mix in mixes]
    (tmp_path / "given.json").write_text(json.dumps({"emulator": emulator.as_json(), "asked": asked}))
    (tmp_path / "estimate.mjs").write_text((ROOT / "app" / "static" / "js" / "estimate.js").read_text())
    (tmp_path / "ask.mjs").write_text(
        'import { readFileSync } from "node:fs";\nimport { estimate } from "./estimate.mjs";\n'
        'const { emulator, asked } = JSON.parse(readFileSync("given.json", "utf8"));\n'
        "const refused = [\n"
        '  { "levers.budget_rule": { surcharge: 1 } }, { "levers.carbon_price": { price: { 2027: 100 } } },\n'
        '  { "levers.adoption_subsidy": { share: 0.89 } },\n];\n'
        "const found = [[{}], asked, refused].map((mixes) => mixes.map((mix) => estimate(emulator, mix)));\n"
        "console.log(JSON.stringify(found));\n"
    )
    ran = subprocess.run(["node", "ask.mjs"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    nothing, found, refused = json.loads(ran.stdout)
    assert all(not any(course["mean"]) for course in nothing[0].values())
    expected = emulator.regression.estimate(scaled(emulator.axes, mixes)).reshape(5, len(ESTIMATED), YEARS)
    for mix, courses in enumerate(found):
        for at, name in enumerate(ESTIMATED):
            assert np.allclose(courses[name]["mean"], expected[mix, at], rtol=2e-2, atol=2e-2)
            reach = np.array(courses[name]["high"]) - courses[name]["mean"]
            assert np.allclose(reach, 1.645 * emulator.error()[at], rtol=1e-3, atol=1e-4)
    assert refused == [None, None, None]  # who pays, a path in time, a value beyond the usual range
