"""Designs of sweeps: what a file means, and that every fault is one line before anything runs."""

import numpy as np
import pytest

from abm.errors import UserError
from abm.experiments.sweeps.design import load_design
from abm.scenarios.scenario import load_scenario, scenario_library

pytestmark = pytest.mark.unit

SEPARATION = {"labour.separation_rate": {"low": 0.02, "high": 0.04}}


def design(**keys):
    return load_design({"workers": 2000, "quarters": 8, "seeds": 2} | keys)


def write(folder, text):
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_grid_crosses_the_levels_of_every_axis_with_every_policy():
    made = design(
        uncertainties=SEPARATION | {"closures.pass_through": ["full", "half"]},
        policies={"none": {}, "green": {"carbon_price": 300}},
    )
    assert [made.world_of(point)["labour.separation_rate"] for point in range(0, 12, 4)] == [0.02, 0.03, 0.04]
    assert made.points == 3 * 2 * 2 and made.runs == 24
    assert [made.policy_of(point) for point in range(3)] == ["none", "green", "none"]
    assert made.overrides_of(3) == {
        "assumptions.labour.separation_rate": 0.02, "closures.pass_through": "half", "levers.carbon_price": 300,
        "levers.budget_rule": {"surcharge": {2024: 1.0}},
    }  # fmt: skip
    assert "levers.budget_rule" not in made.overrides_of(0), "without a policy nothing is to be paid"
    assert {(made.point_of(run), made.seed_of(run)) for run in range(made.runs)} == {
        (point, seed) for point in range(12) for seed in (1, 2)
    }


def test_the_income_tax_pays_for_a_policy_unless_it_or_the_design_says_otherwise():
    own = {"carbon_price": 300, "budget_rule": {"spending_cut": 1.0}}
    made = design(policies={"green": {"carbon_price": 300}, "own": own})
    assert made.financing == {"green": {"budget_rule": {"surcharge": {2024: 1.0}}}, "own": {}}
    assert made.overrides_of(1)["levers.budget_rule"] == {"spending_cut": 1.0}
    assert "the income tax rises" in made.in_words() and made.described()["financing"] == made.financing
    indebted = design(policies={"green": {"carbon_price": 300}}, on_debt=True)
    assert "levers.budget_rule" not in indebted.overrides_of(0) and "public debt" in indebted.in_words()
    assert indebted.digest() != design(policies={"green": {"carbon_price": 300}}).digest()


def test_lever_axes_are_crossed_with_policies_and_named():
    made = design(
        policies={"training": {"retraining": 0.01}}, levers={"carbon_price": [90, 300], "data_openness": [0.1]}
    )
    assert list(made.policies) == [
        "training, carbon_price 90, data_openness 0.1", "training, carbon_price 300, data_openness 0.1"
    ]  # fmt: skip
    assert made.policies["training, carbon_price 300, data_openness 0.1"] == {
        "retraining": 0.01, "carbon_price": 300, "data_openness": 0.1
    }  # fmt: skip
    assert list(design(levers={"carbon_price": [90, 300]}).policies) == ["carbon_price 90", "carbon_price 300"]


def test_the_name_of_a_scenario_stands_for_its_levers():
    assert design(policies={"green": "green_ai"}).policies["green"] == load_scenario("green_ai").levers


@pytest.mark.parametrize(
    ("sampling", "worlds"),
    [
        ({"method": "latin_hypercube", "samples": 10}, 10),
        ({"method": "sobol", "samples": 8}, 8 * 4),
        ({"method": "morris", "samples": 5}, 5 * 3),
    ],
)
def test_designs_of_salib_stay_inside_the_ranges_and_repeat(sampling, worlds):
    axes = SEPARATION | {"growth.trend_long_run": {"low": 0.003, "high": 0.008}}
    made, again = design(uncertainties=axes, sampling=sampling), design(uncertainties=axes, sampling=sampling)
    assert len(made.worlds) == worlds and made.worlds == again.worlds and made.digest() == again.digest()
    for key, ends in axes.items():
        values = np.array([world[key] for world in made.worlds])
        assert (values >= ends["low"]).all() and (values <= ends["high"]).all() and np.ptp(values) > 0
    assert made.problem["names"] == list(axes)
    assert design(uncertainties=axes, sampling=sampling | {"seed": 2}).worlds != made.worlds


def test_a_latin_hypercube_meets_every_level_and_whole_numbers_stay_whole():
    made = design(
        uncertainties={"closures.pass_through": ["full", "central", "half"],
                       "labour.training_quarters": {"low": 1, "high": 4}},
        sampling={"method": "latin_hypercube", "samples": 12},
    )  # fmt: skip
    levels = [world["closures.pass_through"] for world in made.worlds]
    assert [levels.count(one) for one in ("full", "central", "half")] == [4, 4, 4]
    assert all(isinstance(world["labour.training_quarters"], int) for world in made.worlds)


def test_a_design_ends_with_a_year_and_by_default_with_the_scenario():
    made = load_design({"until": 2030})
    assert (made.quarters, made.span) == (27, "2024 to 2030")
    assert made.described()["until"] == 2030 and made.described()["units"].startswith("calendar years")
    assert load_design({}).span == "2024 to 2050"
    short = load_design({"quarters": 8})
    assert short.span == "2024 to 2026Q1" and short.described()["until"] == 2025


def test_points_are_taken_as_they_are():
    made = design(points=[{"labour.separation_rate": 0.03}, {"ai": "acemoglu"}])
    assert made.worlds == ({"labour.separation_rate": 0.03}, {"ai": "acemoglu"})
    assert made.sampling.method == "list"


def test_the_digest_follows_everything_that_the_numbers_depend_on():
    first = design(uncertainties=SEPARATION)
    others = [
        design(uncertainties=SEPARATION, seeds=3),
        design(uncertainties=SEPARATION, workers=3000),
        design(uncertainties=SEPARATION, quarters=9),
        design(uncertainties=SEPARATION, detail="quarters"),
        design(uncertainties=SEPARATION, policies={"green": {"carbon_price": 300}}),
        design(uncertainties=SEPARATION, scenario="green_ai"),
    ]
    assert len({one.digest() for one in [first, *others]}) == 7
    assert design(uncertainties=SEPARATION, question="another").digest() == first.digest()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("uncertainties:\n  labour.separation_rat: [0.02]\n", 2, "nearest valid: labour.separation_rate"),
        ("uncertainties:\n  labour.separation_rate: []\n", 2, "empty axis"),
        ("uncertainties:\n  labour.separation_rate: {low: 0.03, high: 0.03}\n", 2, "is empty"),
        ("uncertainties:\n  labour.separation_rate: {low: 0.03, high: 7}\n", 2, "between"),
        ("uncertainties:\n  labour.separation_rate: {low: 0.03}\n", 2, "low: ..., high: ..."),
        ("uncertainties:\n  labour.separation_rate: [0.02, 0.02]\n", 2, "twice"),
        ("uncertainties:\n  closures.pass_through: [full, none_at_all]\n", 2, "pass_through"),
        ("uncertainties:\n  ai: [acemoglo]\n", 2, "acemoglu"),
        ("question: x\npolicies:\n  green: {carbon_prise: 2}\n", 3, "nearest valid: carbon_price"),
        ("question: x\npolicies:\n  green: {carbon_price: -5}\n", 3, "between"),
        ("question: x\npolicies:\n  green: gren_ai\n", 3, "green_ai"),
        ("policies:\n  green: {carbon_price: 200}\nlevers:\n  carbon_price: [90]\n", 4, "also set by the policy"),
        ("policies:\n  green: {carbon_price: 200}\nuncertainties:\n  levers.carbon_price: [90, 99]\n", 4, "remove one"),
        ("levers:\n  carbon_price: []\n", 2, "empty axis"),
        ("seeds: 0\n", 1, "seeds"),
        ("seeds: [1, 1]\n", 1, "different"),
        ("workers: 5\n", 1, "at least 2000"),
        ("quarters: 2\n", 1, "no whole year"),
        ("quarters: 8\nuntil: 2030\n", 2, "until and quarters are both set"),
        ("until: 2020\n", 1, "until 2020 is before 2024"),
        ("until: 2200\n", 1, "a year up to 2100"),
        ("scenario: basline\n", 1, "baseline"),
        ("sampling: sobl\n", 1, "nearest valid: sobol"),
        ("sampling: {method: grid, samples: 4}\n", 1, "takes nothing"),
        ("sampling: list\n", 1, "needs `points`"),
        ("sampling: morris\nuncertainties:\n  ai: [acemoglu, central]\n", 3, "ranges"),
        ("sampling: {method: sobol, samples: 12}\nuncertainties:\n  labour.separation_rate: {low: 0.02, high: 0.03}\n",
         1, "power of two"),
        ("points:\n  - {labour.separation_rate: 0.03}\n  - {labour.separation_rate: 9}\n", 3, "between"),
        ("uncertaintys:\n  ai: [acemoglu]\n", 1, "nearest valid: uncertainties"),
        ("seeds: many\n", 1, "seeds should be"),
        ("seeds: 1000000\n", None, "1,000,000 runs"),
    ],
)  # fmt: skip
def test_every_fault_names_its_line(tmp_path, text, line, says):
    with pytest.raises(UserError) as caught:
        load_design(write(tmp_path, text))
    message = str(caught.value)
    assert says in message and "\n" not in message
    assert f"mine.yaml, line {line}" in message if line else "mine.yaml" in message


def test_a_million_runs_can_be_asked_for(tmp_path):
    grid = {f"shocks.{name}_persistence": {"low": 0.1, "high": 0.9, "steps": 50} for name in ("export", "consumption")}
    with pytest.raises(UserError, match=r"5,000 runs.*most_runs: 5000"):
        design(uncertainties=grid, most_runs=4_999)
    assert design(uncertainties=grid, most_runs=5_000).runs == 5_000


def test_an_unknown_file_is_named():
    with pytest.raises(UserError, match="no design 'nowhere'"):
        load_design("nowhere")


def test_shipped_designs_load_and_say_what_they_ask():
    paths = sorted((scenario_library() / "sweeps").glob("*.yaml"))
    assert paths
    for path in paths:
        made = load_design(path)
        assert made.question and made.runs > 1
        assert load_design(path.stem).digest() == made.digest()
