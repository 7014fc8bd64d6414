"""What a scenario is compared with by itself, and the outcomes that answer its question."""

from dataclasses import replace

import pytest

from abm import run
from abm.comparing import with_twin
from abm.errors import UserError
from abm.results.judged import checked_measures
from abm.results.outcomes import OUTCOMES
from abm.results.provenance import recorded_scenario
from abm.scenarios.scenario import list_scenarios, load_scenario, twin_of, with_settings

pytestmark = pytest.mark.unit


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a scenario file into the current folder and return its name."""
    monkeypatch.chdir(tmp_path)

    def written(name, text):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return name

    return written


def fault(name):
    with pytest.raises(UserError) as caught:
        twin_of(load_scenario(name))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_every_shipped_scenario_has_a_twin_with_its_world_or_its_policies():
    worlds = ("assumptions", "closures", "mechanisms", "ai")
    for name in set(list_scenarios()) - {"baseline", "no_ai"}:
        one = load_scenario(name)
        twin = twin_of(one)
        same_world = all(getattr(one, key) == getattr(twin, key) for key in worlds)
        assert same_world or one.levers == twin.levers, f"{name} changes world and policy at once"


def test_a_twin_is_named_found_beside_the_file_and_not_inherited(write):
    write("world", "assumptions: {demography: {births: 0.9}}")
    write("policy", "extends: world\nagainst: world\nlevers: {carbon_price: 200}")
    write("more", "extends: policy\nlevers: {carbon_price: 300}")
    policy, more = load_scenario("policy"), load_scenario("more")
    assert twin_of(policy).assumptions == {"demography.births": 0.9} and twin_of(more).name == "baseline"
    assert twin_of(load_scenario("baseline")).name == "no_ai"
    assert [getattr(one, "name", one) for one in with_twin(["policy"])] == ["world", "policy"]
    assert with_twin(["policy", "more"]) == ("policy", "more")


def test_only_one_step_is_taken(write):
    write("a", "against: b\nlevers: {carbon_price: 200}")
    write("b", "against: a\nlevers: {carbon_price: 300}")
    assert twin_of(load_scenario("a")).name == "b" and twin_of(load_scenario("b")).name == "a"


def test_a_bad_twin_is_one_line_with_its_place(write):
    write("self", "question: What?\nagainst: self")
    write("bad", "against: baselin")
    write("empty", "against:")
    write("number", "against: 3")
    write("same", "question: Nothing changes.")
    assert fault("self").startswith("self.yaml, line 2: against: 'self' is the scenario itself")
    assert "bad.yaml, line 1" in fault("bad") and "nearest valid: baseline" in fault("bad")
    for name in ("empty", "number"):
        assert fault(name).startswith(f"{name}.yaml, line 1")
    assert fault("same").startswith("same and baseline, which it is compared with, are the same economy")


def test_a_twin_that_has_gone_is_named(write, tmp_path):
    write("world", "assumptions: {demography: {births: 0.9}}")
    one = load_scenario(write("policy", "against: world\nlevers: {carbon_price: 200}"))
    (tmp_path / "world.yaml").unlink()
    with pytest.raises(UserError, match=r"^policy is against '.*world.yaml': no scenario"):
        twin_of(one)


def test_against_belongs_in_a_file():
    with pytest.raises(UserError, match="`against` belongs in a scenario file"):
        with_settings(load_scenario("baseline"), {"against": "no_ai"})


def test_outcomes_of_its_own_exist_and_are_remembered(write):
    for name in list_scenarios():
        assert set(checked_measures(load_scenario(name))) <= {one.name for one in OUTCOMES}
    one = load_scenario(write("own", "extends: fast_ai\nmeasured_by: data_breeches"))
    with pytest.raises(UserError, match=r"^own: measured_by has no outcome 'data_breeches'.*data_breaches"):
        checked_measures(one)
    assert load_scenario(write("below", "extends: fast_ai")).measured_by == ()


def test_both_are_in_the_record_and_change_no_result():
    results = run("laissez_faire", workers=2_000, seeds=1, quarters=1)
    again = recorded_scenario(results.provenance["scenario"])
    assert again.against == "fast_ai" and again.measured_by == load_scenario("laissez_faire").measured_by
    assert replace(again, quarters=107).digest() == load_scenario("laissez_faire").digest()
    assert replace(again, against="", measured_by=()).digest() == again.digest()
