"""Designs are read as scenarios are: nothing is asked in vain, and what cannot matter is refused with its line."""

from collections import Counter

import pandas as pd
import pytest

from abm.errors import UserError
from abm.experiments.calibration.design import read_design, read_range
from abm.experiments.sweeps.axes import UncertaintyRange
from abm.experiments.sweeps.design import load_design
from abm.experiments.sweeps.part_files import read_csv
from abm.experiments.sweeps.sweep_folder import points_table
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file below the current folder and return its name."""
    monkeypatch.chdir(tmp_path)

    def write_file(content, name="mine.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return name

    return write_file


def refused(reference, reader=load_design):
    with pytest.raises(UserError) as raised:
        reader(reference)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        # A policy is levers alone.
        ("policies:\n  with: {}\n  without: no_ai\n", 3, "the scenario 'no_ai' sets ai, and a policy is levers alone"),
        ("policies:\n  a: 5\n", 2, "should be a mapping of names to levers"),
        # Years and their values, as in a scenario.
        ("policies:\n  a:\n    carbon_price:\n      2027: 1\n      '2027': 2\n", 5, "has the year 2027 twice"),
        ("levers:\n  carbon_price:\n    - {2027: 1, '2027': 2}\n", 3, "has the year 2027 twice"),
        ("policies:\n  a:\n    carbon_price: {2027Q1: 5}\n", 3, "is no year"),
        (
            "policies:\n  a:\n    carbon_price: {2027: 5, dividend: 1}\n",
            3,
            "write `carbon_price: {price: {2027: 5}, dividend: 1}`",
        ),
        ("policies:\n  a: {carbon_price: true}\n", 2, "should be a number, not 'True'"),
        ("policies:\n  a: {carbon_price: .nan}\n", 2, "should be a finite number"),
        # A lever is an uncertainty or a policy.
        ("policies: {a: {carbon_price: 5}}\npoints:\n  - levers.carbon_price: 7\n", 3, "also set by the policy 'a'"),
        ("policies: {a: {carbon_price: 5}}\npoints:\n  - levers.carbon_price.dividend: 1\n", 3, "also set by the pol"),
        ("levers: {carbon_price: [5]}\npoints:\n  - levers.carbon_price.2030: 7\n", 3, "also set by the policy"),
        # Every key of a world can matter.
        ("uncertainties:\n  growth.opening_year: [2012, 2024]\n", 2, "counted from one opening"),
        ("points:\n  - assumptions.growth.opening_year: 2012\n", 2, "counted from one opening"),
        ("uncertainties:\n  quarters: [4, 40]\n", 2, "every run of a sweep is equally long"),
        ("uncertainties:\n  until: [2030, 2040]\n", 2, "every run of a sweep is equally long"),
        ("points:\n  - quarters: 4\n", 2, "every run of a sweep is equally long"),
        ("uncertainties:\n  question: [a, b]\n", 2, "no result depends on a text"),
        ("uncertainties:\n  extends: [baseline, no_ai]\n", 2, "write `scenario` beside the uncertainties"),
        ("uncertainties:\n  levers: [{carbon_price: 5}]\n", 2, "name what is to vary, such as levers.NAME"),
        ("points:\n  - assumptions: {labour: {search_share: 0.8}}\n", 2, "such as assumptions.NAME"),
        ("uncertainties:\n  labour.search_share: [0.8, 1]\n  assumptions.labour.search_share: [0.7, 1]\n", 3, "twice"),
        ("points:\n  - {labour.search_share: 0.8, assumptions.labour.search_share: 0.7}\n", 2, "twice"),
        ("points:\n  - {labour.search_share: 0.8}\n  - {labour.search_share: 0.8}\n", 3, "the point is there twice"),
        ("quarters: 8\nuncertainties:\n  levers.carbon_price: [100, 200]\n", 3, "begins in 2027, after the last"),
        ("points:\n  - levers.carbon_price: {2099: 7}\n", 2, "begins in 2099, after the last quarter"),
        (
            "uncertainties:\n  closures.pass_through: [full, half]\n  firms.ai_saving_retained: {low: 0, high: 1}\n", 2,
            "closures.pass_through changes nothing, whatever its value",
        ),
        # Levels are different ones.
        ("levers:\n  carbon_price: [90, 90.0]\n", 2, "has the level 90.0 twice"),
        ("uncertainties:\n  mechanisms.augmentation: ['off', false]\n", 2, "has the level False twice"),
        ("uncertainties:\n  levers.carbon_price: [{2027: 5}, {'2027': 5.0}]\n", 2, "twice"),
        # Numbers.
        (f"uncertainties:\n  labour.search_share: {{low: 0.7, high: {'9' * 400}}}\n", 2, "should be a finite number"),
        ("uncertainties:\n  labour.search_share: {low: .nan, high: 0.9}\n", 2, "should be a finite number"),
        ("uncertainties:\n  labour.search_share: {low: true, high: 0.9}\n", 2, "should be a number, not 'True'"),
        ("uncertainties:\n  labour.training_quarters: {low: 1.5, high: 3}\n", 2, "should be a whole number"),
        ("uncertainties:\n  labour.search_share: {low: 0.9, high: 0.7}\n", 2, "runs downwards"),
        ("seeds: [9223372036854775808]\n", 1, "seeds should be a number of seeds"),
        ("seeds: 1000000000\n", 1, "up to 1,000,000"),
        ("seeds: [1, true]\n", 1, "seeds should be"),
        ("workers: 1e30\n", 1, "workers should be"),
        ("question: x\nquarters: 400\n", 2, "quarters should be a whole number from 1 to 307"),
        ("sampling: [sobol]\n", 1, "sampling should be"),
        ("sampling: {method: [sobol]}\n", 1, "unknown sampling"),
        # Names.
        ("uncertainties:\n  'labour.search_share\u00a0': [0.8, 0.9]\n", 2, "a no-break space (U+00A0) in it"),
        ("policies:\n  'a\u200b': {}\n", 2, "the name of a policy has a zero width space"),
        ("policies:\n  ' ': {}\n", 2, "the name of a policy is empty"),
        ("policies:\n  2025: {}\n  '2025': {carbon_price: 5}\n", 3, "once as a number and once as a text"),
        ("question: x\nscenario: /\n", 2, "'/' is a folder"),
        ("scenario: .\n", 1, "is a folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_line(write, text, line, said):
    message = refused(write(text))
    assert message.startswith(f"mine.yaml, line {line}: ") and said in message


def test_folders_and_odd_names_are_no_designs(write):
    write("seeds: 1\n", "folder/mine.yaml")
    for reader in (load_design, read_design):
        assert "folder" in refused("folder", reader)
        assert refused("/", reader)
    assert "no design" in refused("a\0b") and "no design" in refused("x" * 5000)


def test_a_policy_may_name_a_scenario_that_sets_levers_alone(write):
    write("levers: {carbon_price: 70}\nai: acemoglu\n", "pol.yaml")
    assert "sets ai" in refused(write("policies: {x: pol}\n"))
    write("ai: acemoglu\n", "base.yaml")
    made = load_design(write("scenario: base\npolicies: {x: pol}\n"))
    assert made.policies == {"x": {"carbon_price": 70}}, "the scenario of the design sets the same"


@pytest.mark.parametrize("more", ["quarters: 40", "closures: {pass_through: full}", "mechanisms: {quality: off}",
                                  "assumptions: {labour: {search_share: 0.8}}"])  # fmt: skip
def test_whatever_else_a_policy_sets_is_named(write, more):
    write(f"levers: {{carbon_price: 70}}\n{more}\n", "pol.yaml")
    assert f"sets {more.partition(':')[0]}" in refused(write("policies: {x: pol}\n"))


def test_names_in_a_file_are_looked_up_beside_it(write):
    write("levers: {carbon_price: 70}\n", "sub/pol.yaml")
    write("levers: {carbon_price: 90}\n", "pol.yaml")
    made = load_design(write("policies: {x: pol}\n", "sub/des.yaml"))
    assert made.policies == {"x": {"carbon_price": 70}}
    assert load_design(write("scenario: pol\n", "sub/other.yaml")).scenario.levers == {"carbon_price": 70}
    write("levers: {carbon_price: 90}\n", "only.yaml")
    assert "no scenario 'only'" in refused(write("policies: {x: only}\n", "sub/third.yaml"))
    fitted = read_design(write("scenario: pol\n", "sub/fit.yaml"))
    assert fitted.loaded.levers == {"carbon_price": 70}
    assert read_design(write("scenario: no_ai\n", "sub/fit.yaml")).scenario == "no_ai"


def test_years_of_a_policy_are_whole_numbers_in_order(write):
    made = load_design(write("quarters: 40\npolicies: {a: {carbon_price: {'2030': 200, 2027: 100}}}\n"))
    assert list(made.policies["a"]["carbon_price"]) == [2027, 2030]


def test_a_policy_is_laid_over_the_scenario_as_a_child_is(write):
    write("levers: {carbon_price: {price: {2027: 100}, dividend: 1}}\n", "base.yaml")
    write("levers: {carbon_price: 300}\n", "pol.yaml")
    made = load_design(
        write("scenario: base\non_debt: true\npolicies: {more: {carbon_price: {2035: 400}}, other: pol}\n")
    )
    chosen = [load_scenario(made.scenario, made.overrides_of(point)).levers for point in range(2)]
    assert chosen[0] == {"carbon_price": {"price": {2027: 100, 2035: 400}, "dividend": 1}}
    assert chosen[1] == {"carbon_price": 300}, "the levers of a scenario stand as they are there"


def test_lines_can_be_policies_and_levels(write):
    line = "{path: {2027: 100, 2035: 400}, shape: linear}"
    made = load_design(
        write(f"policies: {{a: {{carbon_price: {line}}}}}\nlevers: {{pensions: [1.1, {{2030: 1.2}}]}}\n")
    )
    assert made.points == 2
    assert made.policies["a, pensions 1.1"]["carbon_price"]["shape"] == "linear"


def test_nearly_equal_levels_are_two_policies(write):
    made = load_design(write("levers: {adoption_subsidy: [0.1, 0.10000001]}\n"))
    assert list(made.policies.values()) == [{"adoption_subsidy": 0.1}, {"adoption_subsidy": 0.10000001}]


@pytest.mark.parametrize("sampling", ["latin_hypercube, samples: 30", "sobol, samples: 64"])
def test_whole_numbers_have_equal_weights(write, sampling):
    text = "uncertainties:\n  labour.training_quarters: {low: 1, high: 3}\n"
    worlds = load_design(write(f"{text}sampling: {{method: {sampling}}}\n")).worlds
    counts = Counter(world["labour.training_quarters"] for world in worlds)
    assert set(counts) == {1, 2, 3} and max(counts.values()) <= 1.1 * min(counts.values())


def test_a_range_of_whole_numbers_keeps_its_ends():
    axis = UncertaintyRange("key", 1.0, 4.0, steps=4, whole=True)
    assert [axis.value(drawn) for drawn in (0.5, 1.49, 1.5, 4.4, 4.5)] == [1, 1, 2, 4, 4]
    assert axis.levels() == [1, 2, 3, 4] and axis.ends == (1.0, 4.0)


def test_names_of_policies_stay_texts_on_the_way_through_a_file(write, tmp_path):
    made = load_design(write("policies: {'2025': {carbon_price: 5}, 2030: {}}\npoints: [{labour.search_share: 0.8}]\n"))
    points_table(made).to_csv(tmp_path / "points.csv", index=False)
    read = read_csv(tmp_path / "points.csv")
    assert list(read["policy"]) == ["2025", "2030"] and pd.api.types.is_float_dtype(read["labour.search_share"])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("first_seed: 9223372036854775808\n", 1, "first_seed should be a whole number from 0 to 2**62"),
        ("quarters: 400\n", 1, "quarters should be a whole number from 1 to 307"),
        ("parameters:\n  firms.demand_gain: [true, 0.9]\n", 2, "should be a number, not 'True'"),
        (f"parameters:\n  firms.demand_gain: [0.5, {'9' * 400}]\n", 2, "should be a finite number"),
        ("parameters:\n  firms.demand_gain: [0.5]\n", 2, "should be two numbers, [low, high]"),
        ("parameters:\n  'firms.demand_gain\u00a0': [0.5, 0.9]\n", 2, "a no-break space"),
        ("targets:\n  okun_slope: .inf\n", 2, "the weight of okun_slope should be a finite number"),
        ("scenario: /\n", 1, "is a folder"),
        ("seeds: 3\nscenario: nowhere\n", 2, "no scenario 'nowhere'"),
        ("trials: 2.5\n", 1, "trials should be a whole number"),
    ],
)
def test_a_fit_is_read_in_the_same_way(write, text, line, said):
    message = refused(write(text), read_design)
    assert message.startswith(f"mine.yaml, line {line}: ") and said in message


def test_a_range_of_the_command_line_takes_a_key_of_old():
    with pytest.warns(FutureWarning, match=r"labour\.mismatch is called"):
        assert read_range("labour.mismatch=0.5:0.9").key == "labour.occupation_switch_quality"
