"""What is fitted: ranges, design files, and the scenario file that comes of it."""

import dataclasses

import pytest

from abm import UserError, load_scenario
from abm.experiments.calibration.design import DEFAULT_RANGES, FitDesign, SearchRange, read_design, read_range
from abm.experiments.calibration.fitted_scenario import scenario_text, write_scenario
from abm.parameters import describe_parameters

pytestmark = pytest.mark.unit


def complaint(action, *arguments):
    with pytest.raises(UserError) as raised:
        action(*arguments)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_the_default_ranges_hold_tuned_parameters_and_their_defaults():
    known = {one.key: one for one in describe_parameters()}
    for key, (low, high) in DEFAULT_RANGES.items():
        assert known[key].status == "tuned"
        assert known[key].lower <= low < known[key].default < high <= known[key].upper


def test_a_range_is_read_with_bounds_or_without():
    assert read_range("firms.demand_gain=0.4:0.9") == SearchRange("firms.demand_gain", 0.4, 0.9)
    assert read_range("firms.demand_gain") == SearchRange("firms.demand_gain", *DEFAULT_RANGES["firms.demand_gain"])
    assert read_range("firms.selection") == SearchRange("firms.selection", 0.0, 3.0)  # its own bounds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("firms.demand_gian=0:1", "nearest valid: firms.demand_gain"),
        ("firms.demand_gain=0.5:0.5", "is empty"),
        ("firms.demand_gain=0.9:0.5", "runs downwards"),
        ("firms.demand_gain=0.5", "write --fit KEY=LOW:HIGH"),
        ("firms.demand_gain=a:b", "write --fit KEY=LOW:HIGH"),
        ("firms.demand_gain=0.5:7", "should lie between 0.01 and 1"),
        ("firms.demand_gain=nan:1", "finite"),
        ("artificial_intelligence.enabled=0:1", "is a switch or a whole number"),
        ("growth.opening_year", "is a switch or a whole number"),
    ],
)
def test_a_bad_range_is_refused_in_one_line(text, words):
    assert words in complaint(read_range, text)


def test_a_design_file_is_read(tmp_path):
    path = tmp_path / "fit.yaml"
    path.write_text(
        "scenario: no_ai\nparameters:\n  firms.demand_gain: [0.5, 0.9]\n  energy.fuel_trend:\n"
        "targets:\n  okun_slope: 2\nseeds: 3\nfirst_seed: 11\nworkers: 2000\nquarters: 40\ntrials: 9\n"
    )
    design = read_design(path).checked()
    assert design.ranges[0] == SearchRange("firms.demand_gain", 0.5, 0.9)
    assert design.ranges[1].key == "energy.fuel_trend"
    assert design.weights == {"okun_slope": 2.0}
    assert (design.scenario, list(design.span), list(design.fresh_span)) == ("no_ai", [11, 12, 13], [14, 15, 16])
    assert (design.workers, design.quarters, design.trials) == (2000, 40, 9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("parameter:\n  firms.demand_gain:\n", "line 1: unknown key 'parameter'; nearest valid: parameters"),
        ("seeds: 2\nparameters:\n  firms.demand_gain: [0.9, 0.5]\n", "line 3: the range 0.9 to 0.5 runs downwards"),
        ("parameters:\n  firms.demand_gain: 0.5\n", "should be two numbers"),
        ("parameters: []\n", "parameters should be `key: [low, high]` lines"),
        ("parameters:\n- firms.nothing\n", "unknown parameter 'firms.nothing'"),
        ("targets:\n  okun_slope: 0\n", "line 2: the weight of okun_slope should be a number above 0"),
        ("trials: many\n", "line 1: trials should be a whole number"),
    ],
)
def test_a_bad_design_file_is_refused_with_its_line(tmp_path, text, words):
    path = tmp_path / "fit.yaml"
    path.write_text(text)
    assert words in complaint(read_design, path)


def test_an_impossible_design_is_refused():
    assert "trials 1" in complaint(FitDesign(trials=1).checked)
    twice = (SearchRange("firms.demand_gain", 0.4, 1.0),) * 2
    assert "given twice" in complaint(FitDesign(ranges=twice).checked)
    assert "no scenario 'nothing'" in complaint(FitDesign(scenario="nothing").checked)


def test_the_start_is_the_value_in_use_or_the_nearest_in_the_range():
    design = FitDesign(
        ranges=(SearchRange("firms.demand_gain", 0.4, 0.7), SearchRange("energy.fuel_trend", -0.02, 0.0))
    ).checked()
    assert design.current() == {"firms.demand_gain": 0.8, "energy.fuel_trend": -0.012}
    assert design.start() == {"firms.demand_gain": 0.7, "energy.fuel_trend": -0.012}


def test_the_fingerprint_changes_with_all_but_the_number_of_trials():
    design = FitDesign().checked()
    base = design.fingerprint("aims")
    assert dataclasses.replace(design, trials=900).fingerprint("aims") == base
    for change in ({"seeds": 5}, {"first_seed": 2}, {"workers": 2000}, {"quarters": 40}, {"scenario": "no_ai"}):
        assert dataclasses.replace(design, **change).fingerprint("aims") != base
    assert design.fingerprint("others") != base


def test_the_scenario_file_loads_and_holds_the_very_same_values(tmp_path):
    values = {"firms.demand_gain": 0.712345, "energy.fuel_trend": -1.23456e-05, "firms.selection": 1.0}
    path = write_scenario(
        tmp_path / "fitted.yaml", "carbon_price", assumptions=values, comments=["Fitted with: xinzhi fit # all"],
        question="What if: all?", channels=["One: two."], leaves_out=["- much"], remarks={"firms.selection": "was 2"},
    )  # fmt: skip
    loaded = load_scenario(path)
    assert loaded.assumptions == values
    assert loaded.levers == load_scenario("carbon_price").levers
    assert (loaded.question, loaded.expected_channels, loaded.leaves_out) == (
        "What if: all?",
        ("One: two.",),
        ("- much",),
    )
    (tmp_path / "above.yaml").write_text("extends: fitted\nlevers: {carbon_price: 100}\n")
    above = load_scenario(tmp_path / "above.yaml")
    assert above.assumptions == values and above.levers != loaded.levers


def test_the_scenario_file_extends_a_file_beside_it(tmp_path):
    (tmp_path / "mine.yaml").write_text("question: What?\nassumptions: {firms: {selection: 0.5}}\n")
    path = write_scenario(
        tmp_path / "fitted.yaml", str(tmp_path / "mine.yaml"), assumptions={"firms.demand_gain": 0.5}, comments=[]
    )
    assert load_scenario(path).assumptions == {"firms.selection": 0.5, "firms.demand_gain": 0.5}
    assert scenario_text({"firms.demand_gain": 0.5}, "baseline", []).splitlines()[0] == "extends: baseline"
