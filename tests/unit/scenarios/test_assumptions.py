"""Presets, closures and mechanisms: what each sets, and which wins where they meet."""

import json

import numpy as np
import pytest

from abm.data import DEFAULT_YEAR, load_assumptions
from abm.economics.tasks import task_saving
from abm.parameters import Parameters, describe_parameters, with_overrides
from abm.results.results import Results
from abm.scenarios.closures import CENTRAL, CLOSURES, GRID
from abm.scenarios.mechanisms import ABSENT, ALL, FAMILIES, MECHANISMS, members
from abm.scenarios.presets import PRESETS
from abm.scenarios.resolution import parameters_of, settled_assumptions
from abm.scenarios.scenario import Scenario, load_scenario

pytestmark = pytest.mark.unit

INFORMATION = {one.key: one for one in describe_parameters()}
OF_THE_ECONOMY = load_assumptions(DEFAULT_YEAR)  # whatever a scenario says
RETAINED, AUTOMATION = "firms.ai_saving_retained", "office_ai.automation"


def settled(**keys):
    return settled_assumptions(Scenario("trial", **keys))


def loaded(overrides):
    return settled_assumptions(load_scenario("baseline", overrides))


def test_each_kind_wins_over_the_one_before_it():
    assert settled() == OF_THE_ECONOMY
    preset = PRESETS["acemoglu"].values[AUTOMATION]
    assert settled(ai="acemoglu")[AUTOMATION] == preset != INFORMATION[AUTOMATION].default
    closed = settled(ai="acemoglu", closures={"reinstatement": "strong"})
    assert closed["artificial_intelligence.reinstatement"] == 1.0 and closed[AUTOMATION] == preset
    named = {AUTOMATION: 0.4, RETAINED: 0.1}
    assert settled(ai="acemoglu", closures={"pass_through": "half"}, assumptions=named).items() >= named.items()
    off = settled(ai="acemoglu", assumptions=named, mechanisms={"automation": False})
    assert off[AUTOMATION] == 0.0 and off[RETAINED] == 0.1


def test_on_forces_nothing_and_takes_back_an_off():
    assert settled(mechanisms={"automation": True}) == OF_THE_ECONOMY
    assert settled(ai="acemoglu", mechanisms={"augmentation": True}) == settled(ai="acemoglu")
    assert loaded({"mechanisms.automation": "off", "mechanisms.labour": "on"}) == OF_THE_ECONOMY


def test_without_any_mechanism_ai_does_not_exist_whatever_else_is_assumed():
    for overrides in (
        {"mechanisms.all": "off"},
        {"mechanisms": dict.fromkeys(FAMILIES, "off")},
        {"mechanisms": dict.fromkeys(MECHANISMS, False)},
    ):
        assert loaded(overrides) == OF_THE_ECONOMY | ABSENT
    digest = load_scenario("no_ai").digest()
    assert load_scenario("baseline", {"mechanisms.all": "off"}).digest() == digest
    assert load_scenario("baseline", {"ai": "none"}).digest() == digest
    everything = {"ai": "transformative", "mechanisms.all": "off", "assumptions.artificial_intelligence.enabled": True}
    assert loaded(everything)["artificial_intelligence.enabled"] is False


@pytest.mark.parametrize("word", ["off", "OFF", False, "false"])
def test_a_switch_may_be_written_in_several_ways(word):
    assert load_scenario("baseline", {"mechanisms.automation": word}).mechanisms == {"automation": False}


def test_within_a_file_the_more_specific_name_wins(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("mechanisms:\n  automation: on\n  labour: off\n  risks: on\n  all: off\n")
    switches = load_scenario(path).mechanisms
    assert set(switches) == set(MECHANISMS)
    assert {name for name, on in switches.items() if on} == {"automation", *members("risks")}


def test_a_file_replaces_the_preset_and_adds_to_the_switches_of_the_one_it_extends(tmp_path):
    (tmp_path / "below.yaml").write_text("ai: none\nclosures: {pass_through: half}\nmechanisms: {breaches: off}\n")
    (tmp_path / "above.yaml").write_text(
        "extends: below\nai: goldman\nclosures: {fiscal_rule: debt_rule_only}\nmechanisms: {breaches: on, yield: off}\n"
    )
    scenario = load_scenario(tmp_path / "above.yaml")
    assert scenario.ai == "goldman"
    assert scenario.closures == {"pass_through": "half", "fiscal_rule": "debt_rule_only"}
    assert scenario.mechanisms == {"breaches": True, "yield": False}


def test_a_mechanism_off_by_another_parameter_takes_its_value_as_assumed():
    off = loaded({"mechanisms.research_acceleration": "off", "assumptions.research.cycle_quarters": 9})
    assert off["research.cycle_quarters_ai"] == off["research.cycle_quarters_ai_elsewhere"] == 9


def test_the_resolved_scenario_says_it_all_again(tmp_path):
    overrides = {"ai": "goldman", "closures.pass_through": "half", "mechanisms.risks": "off", "quarters": 8}
    scenario = load_scenario("carbon_price", overrides)
    path = tmp_path / "again.yaml"
    path.write_text(json.dumps(scenario.resolved()))
    again = load_scenario(path)
    assert (again.ai, again.closures, again.mechanisms) == (scenario.ai, scenario.closures, scenario.mechanisms)
    assert again.digest() == scenario.digest()


def test_results_remember_the_named_assumptions(tmp_path):
    from abm import run

    overrides = {"ai": "acemoglu", "closures.pass_through": "half", "mechanisms.breaches": "off"}
    results = run("baseline", workers=2_000, seeds=1, quarters=1, overrides=overrides)
    again = Results.read(results.write(tmp_path / "out"))
    for name in ("ai", "closures", "mechanisms", "overrides"):
        assert getattr(again.scenario, name) == getattr(results.scenario, name)
    assert results.provenance["scenario"]["settled"] == settled_assumptions(results.scenario)
    assert "--set mechanisms.breaches=off" in results.provenance["command"]


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_a_preset_is_whole(preset):
    for text in (preset.name, preset.meaning, preset.source, preset.taken, preset.matched):
        assert text and text == text.strip()
    assert preset.meaning.endswith(".")
    assert set(preset.without) <= set(MECHANISMS)
    assert set(preset.targets) <= {"tfp_ten_years", "gdp_ten_years", "peak_growth"}
    with_overrides(Parameters(), preset.values)
    for key, value in preset.values.items():
        assert value != INFORMATION[key].default, f"{key} repeats the default"


def test_the_presets_are_those_that_were_asked_for():
    assert list(PRESETS) == [
        "none",
        "central",
        "acemoglu",
        "exposed",
        "oecd",
        "goldman",
        "transformative",
    ]
    assert parameters_of(load_scenario("baseline")) == with_overrides(Parameters(), OF_THE_ECONOMY)
    assert settled(ai="none") == OF_THE_ECONOMY | ABSENT
    acemoglu = parameters_of(Scenario("trial", ai="acemoglu"))
    for quality in (1.0, 5.0):
        assert np.isclose(task_saving(acemoglu, acemoglu.investment.depreciation, quality), 0.27)


@pytest.mark.parametrize("closure", CLOSURES.values(), ids=list(CLOSURES))
def test_a_closure_is_whole(closure):
    assert closure.meaning.endswith(".") and closure.source
    assert closure.levels[CENTRAL] == {}
    assert len(closure.levels) == len(closure.level_titles)
    ends = [closure.levels[end] for end in closure.ends]
    for key in set().union(*ends):
        usual = INFORMATION[key].default
        low, high = sorted(end.get(key, usual) for end in ends)
        assert low < high and low <= usual <= high, "the central assumption lies within the ends"


def test_the_central_case_is_no_corner_of_the_grid():
    assert len(GRID) <= 6, "every corner is run"
    for name in GRID:
        for end in CLOSURES[name].ends:
            values = CLOSURES[name].levels[end]
            assert any(value != INFORMATION[key].default for key, value in values.items()), (name, end)


@pytest.mark.parametrize("closure", CLOSURES.values(), ids=list(CLOSURES))
def test_every_level_can_be_chosen(closure):
    for values in closure.levels.values():
        with_overrides(Parameters(), values)


def test_names_of_mechanisms_families_and_all_do_not_collide():
    assert {one.family for one in MECHANISMS.values()} == set(FAMILIES) and len(FAMILIES) <= 6
    assert not set(MECHANISMS) & {*FAMILIES, ALL}
    assert members("nothing") == () and members(ALL) == tuple(MECHANISMS)
    assert sorted(name for family in FAMILIES for name in members(family)) == sorted(MECHANISMS)
