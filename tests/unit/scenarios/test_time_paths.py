"""Levers in time: steps and straight lines, how settings are laid over each other, and faults in one line."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from abm.commands import app
from abm.errors import UserError
from abm.levers import load_levers, resolve
from abm.levers.checking import documentation_faults
from abm.levers.instruments import Instruments
from abm.levers.time_paths import RESERVED
from abm.scenarios.lever_paths import paths_text, resolved_path
from abm.scenarios.scenario import load_scenario, parse_settings

pytestmark = pytest.mark.unit

NEUTRAL = Instruments().carbon_price
STEPS = "levers: {carbon_price: {2027: 100, 2035: 400}}\n"
LINE = "levers: {carbon_price: {path: {2027: 100, 2035: 400}, shape: linear}}\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a scenario into the current folder and return its name."""
    monkeypatch.chdir(tmp_path)

    def write_file(content, name="mine"):
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
        return name

    return write_file


def prices(setting, quarters, opening_year=2024):
    levers = resolve({"carbon_price": setting}, opening_year)
    return [levers.policy(quarter).carbon_price for quarter in quarters]


def refused(name, overrides=None):
    with pytest.raises(UserError) as raised:
        load_scenario(name, overrides)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_no_parameter_has_the_name_of_a_word_of_a_path():
    assert not {one.name for lever in load_levers().values() for one in lever.parameters} & set(RESERVED)


def test_a_parameter_of_a_lever_from_outside_may_not_have_such_a_name():
    lever = load_levers()["carbon_price"]
    renamed = replace(lever, parameters=(lever.parameters[0]._replace(name="path"),), documented_strength={"path": 200})
    assert any("'path' is a word of time paths" in fault.text for fault in documentation_faults(renamed))


def test_a_straight_line_moves_by_years_and_stays_after_the_last():
    line = {"path": {2035: 400, 2027: 100}, "shape": "linear"}
    assert prices(line, range(12)) == [NEUTRAL] * 12
    for year in range(2027, 2036):
        first = 4 * (year - 2024)
        assert prices(line, range(first, first + 4)) == [100 + 300 * (year - 2027) / 8] * 4
    assert prices(line, (48, 200)) == [400, 400]


def test_a_line_has_the_very_values_that_are_named_and_may_fall():
    line = {"path": {2025: 0.1, 2028: 0.7, 2032: 0.3}, "shape": "linear"}
    levers = resolve({"hiring_subsidy": line})
    assert [levers.policy(quarter).hiring_subsidy for quarter in (4, 16, 32)] == [0.1, 0.7, 0.3]
    assert levers.policy(24).hiring_subsidy == pytest.approx(0.5)


def test_a_step_is_the_default_and_may_be_named():
    assert resolve({"carbon_price": {"path": {2027: 100, 2035: 400}, "shape": "step"}}) == resolve(
        {"carbon_price": {2027: 100, 2035: 400}}
    )
    assert resolve({"carbon_price": {"path": {2027: 100}}}) == resolve({"carbon_price": {2027: 100}})


def test_a_named_parameter_takes_a_line_too(write):
    write("levers:\n  carbon_price:\n    price: 200\n    dividend: {path: {2027: 0, 2031: 1}, shape: linear}\n")
    levers = resolve(load_scenario("mine").levers)
    assert [levers.policy(quarter).carbon_dividend for quarter in (12, 16, 28, 40)] == [0, 0.25, 1, 1]
    assert levers.policy(12).carbon_price == 200


def test_the_normal_form_loads_again(write):
    line = load_scenario(write(LINE))
    assert line.levers == {"carbon_price": {"path": {2027: 100, 2035: 400}, "shape": "linear"}}
    again = load_scenario(line, {"levers.carbon_price": {"replace": line.levers["carbon_price"]}})
    assert again.levers == line.levers and again.digest() == line.digest()
    assert line.digest() != load_scenario(write(STEPS, "steps")).digest()


@pytest.mark.parametrize(
    ("below", "above", "whole"),
    [
        (STEPS, "{2030: 200}", {2027: 100, 2030: 200, 2035: 400}),
        (STEPS, "{2035: 300}", {2027: 100, 2035: 300}),
        (STEPS, "{price: {2030: 200}, dividend: 1}", {"price": {2027: 100, 2030: 200, 2035: 400}, "dividend": 1}),
        (STEPS, "50", 50),
        (STEPS, "{replace: {2030: 200}}", {2030: 200}),
        (STEPS, "{price: {replace: {2030: 200}}}", {2030: 200}),
        (STEPS, "{shape: linear}", {"path": {2027: 100, 2035: 400}, "shape": "linear"}),
        (LINE, "{2040: 600}", {"path": {2027: 100, 2035: 400, 2040: 600}, "shape": "linear"}),
        (LINE, "{path: {2040: 600}, shape: step}", {2027: 100, 2035: 400, 2040: 600}),
        ("levers: {carbon_price: 100}\n", "{2035: 400}", {2027: 100, 2035: 400}),
        ("levers: {carbon_price: {price: 100, dividend: 1}}\n", "{replace: {tax_cut: 1}}", {"tax_cut": 1}),
    ],
)
def test_a_child_adds_years_and_a_number_or_replace_takes_their_place(write, below, above, whole):
    write(below, "below")
    write(f"extends: below\nlevers:\n  carbon_price: {above}\n")
    assert load_scenario("mine").levers == {"carbon_price": whole}


def test_a_setting_of_the_command_line_adds_a_year_and_loses_none(write):
    write("levers: {carbon_price: {2027: 100, 2030: 200}}\n")
    chosen = load_scenario("mine", parse_settings(["levers.carbon_price.2035=400"]))
    assert chosen.levers == {"carbon_price": {2027: 100, 2030: 200, 2035: 400}}
    chosen = load_scenario("mine", parse_settings(["levers.carbon_price.shape=linear"]))
    assert chosen.levers == {"carbon_price": {"path": {2027: 100, 2030: 200}, "shape": "linear"}}


@pytest.mark.parametrize(
    ("setting", "line", "said"),
    [
        (
            "{2027: 100, dividend: 1}", 2,
            "mixes years with 'dividend'; write `carbon_price: {price: {2027: 100}, dividend: 1}`",
        ),
        (
            "{price: {2027: 100}, shape: linear, dividend: 1}", 2,
            "write `carbon_price: {price: {path: {2027: 100}, shape: linear}, dividend: 1}`",
        ),
        (
            "{path: {2027: 100}, shape: linear, dividend: 1}", 2,
            "write `carbon_price: {price: {path: {2027: 100}, shape: linear}, dividend: 1}`",
        ),
        ('\n    2027: 100\n    "2027": 400', 4, "has the year 2027 twice"),
        ("\n    price:\n      2027: 100\n      '2027': 400", 5, "has the year 2027 twice"),
        ("\n    path:\n      2027: 100\n      2023: 5", 5, "has the year 2023; years run from 2024 to 2100"),
        ("{2027Q1: 100}", 2, "'2027Q1', which is no year; write whole years"),
        ("{'2027.5': 100}", 2, "'2027.5', which is no year"),
        ("{path: 100, shape: linear}", 2, "carbon_price.path should be values by year"),
        ("{path: {}, shape: linear}", 2, "carbon_price.path should be values by year"),
        ("{path: {2027: 100}, shape: curved}", 2, "carbon_price.shape should be step or linear, not 'curved'"),
        ("{path: {2027: 100}, 2030: 200}", 2, "has '2030' beside its path; write the years inside"),
        ("{shape: linear}", 2, "has a shape but no time path; write {path: "),
        ("{replace: 5, dividend: 1}", 2, "has 'dividend' beside replace"),
        ("{price: {}}", 2, "levers.carbon_price.price is empty"),
        ("{2027: 1.e400}", 2, "levers.carbon_price.2027 should be a finite number"),
        ("{2027: true}", 2, "levers.carbon_price.2027 should be a number, not 'True'"),
        ("{path: {2027: 9000}, shape: linear}", 2, "levers.carbon_price.2027 should lie between 0 and 5000"),
    ],
)  # fmt: skip
def test_a_fault_in_a_path_is_one_line_with_its_place(write, setting, line, said):
    message = refused(write(f"levers:\n  carbon_price: {setting}\n"))
    assert message.startswith(f"mine.yaml, line {line}: ") and said in message


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (pd.Series({2024: 500}), "should be a number"),
        ({2027.0: 100}, "'2027.0', which is no year"),
        ({True: 100}, "'True', which is no year"),
        pytest.param(10**5000, "should be a finite number", id="huge"),
        ({2027: np.inf}, "should be a finite number"),
        (b"200", "should be a number"),
    ],
)
def test_python_values_are_checked_as_a_file_is(value, said):
    message = refused("baseline", {"levers.carbon_price": value})
    assert message.startswith("override levers.carbon_price") and said in message


def test_numbers_of_numpy_are_numbers():
    chosen = load_scenario("baseline", {"levers.carbon_price": {np.int64(2027): np.float32(100)}})
    assert chosen.levers == {"carbon_price": {2027: 100.0}}
    assert type(next(iter(chosen.levers["carbon_price"]))) is int


def test_years_run_from_the_opening_of_the_economy(write):
    opening = "assumptions: {growth: {opening_year: 2012}}\n"
    write(f"{opening}levers: {{carbon_price: {{2013: 100}}}}\n")
    scenario = load_scenario("mine")
    assert prices(scenario.levers["carbon_price"], (3, 4), scenario.opening_year) == [NEUTRAL, 100]
    assert "years run from 2012 to 2100" in refused(
        write(f"{opening}levers: {{carbon_price: {{2011: 100}}}}\n", "early")
    )
    assert "years run from 2024" in refused("mine", {"assumptions.growth.opening_year": 2024})
    later = {"levers.carbon_price": {2013: 100}, "assumptions.growth.opening_year": 2012}
    assert load_scenario("baseline", later).levers == {"carbon_price": {2013: 100}}, "in whatever order"


def test_a_bare_number_holds_from_the_fourth_year_of_any_opening(write):
    write("assumptions: {growth: {opening_year: 2012}}\nlevers: {carbon_price: 100}\n")
    scenario = load_scenario("mine")
    assert prices(100, (11, 12), 2012) == prices({2015: 100}, (11, 12), 2012) == [NEUTRAL, 100]
    assert resolved_path(scenario, "carbon_price")[0].values == {2015: 100}


def test_the_resolved_path_says_every_year_and_what_of_it_acts(write):
    (path,) = resolved_path(load_scenario(write(LINE)), "carbon_price")
    assert path.key == "carbon_price.price" and path.dated
    assert list(path.values) == list(range(2027, 2036))
    assert (path.values[2027], path.values[2028], path.values[2035]) == (100, 137.5, 400)
    assert (path.acting[2027], path.acting[2028], path.acting[2035]) == (10, 47.5, 310)
    assert resolved_path(load_scenario("baseline"), "carbon_price") == ()
    with pytest.raises(UserError, match="unknown lever 'carbon_prise'; nearest valid: carbon_price"):
        resolved_path(load_scenario("baseline"), "carbon_prise")


def test_what_lies_below_a_neutral_price_is_not_paid_and_a_factor_may_fall():
    low = load_scenario("baseline", {"levers.carbon_price": {2027: 50}, "levers.unemployment_insurance": {2027: 0.5}})
    assert resolved_path(low, "carbon_price")[0].acting == {2027: 0}
    assert resolved_path(low, "unemployment_insurance")[0].acting == {2027: -0.5}


def test_the_table_of_a_path_has_a_row_for_each_value(write):
    lines = paths_text(load_scenario(write("levers: {carbon_price: {2027: 100, 2030: 60, 2035: 400}}\n"))).splitlines()
    assert lines[0].startswith("carbon_price.price, CNY of 2024Q1 per tonne")
    assert lines[1].split() == "years value of this paid".split()
    assert [line.split() for line in lines[2:]] == [
        ["2027", "to", "2029", "100", "10"], ["2030", "to", "2034", "60", "0"], ["2035", "and", "after", "400", "310"]
    ]  # fmt: skip
    assert paths_text(load_scenario("baseline", {"levers.carbon_price": 200})) == "", "a number is no path"


def test_the_page_on_scenario_files_shows_what_is_true(write):
    page = (Path(__file__).resolve().parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    scenario = load_scenario(write(re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[0]))
    table = re.findall(r"^```\n(carbon_price.*?)^```", page, re.DOTALL | re.MULTILINE)[0]
    assert paths_text(scenario).startswith(table.rstrip())
    for setting in re.findall(r"^\| `(.*?)` \|", page, re.MULTILINE):
        assert load_scenario(write(f"levers:\n  {setting}\n", "row")).levers
        assert f"`{setting}`" in page


def test_the_commands_list_describe_and_check_levers(write):
    run = CliRunner().invoke
    rows = run(app, ["list", "levers"]).output.splitlines()
    assert len(rows) == len(load_levers()) and any(
        row.split()[:3] == ["carbon_price", "Carbon", "price"] for row in rows
    )
    assert "carbon_price: {path: {2027: " in run(app, ["describe", "carbon_price"]).output
    assert "green_investmentput" not in run(app, ["describe"]).output
    checked = run(app, ["check", write(LINE), "--workers", "2000"]).output
    assert "of this paid" in checked and re.search(r"2028 +137\.5 +47\.5", checked)
