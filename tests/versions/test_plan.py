"""Which runs are made of what two versions have."""

import pytest

from versions.plan import DOCUMENTED, HALF, NEUTRAL, PlanError, notes_of, runs_of

pytestmark = pytest.mark.unit


def lever(documented, **neutral):
    return {"neutral": neutral, "documented": documented, "beside": {}}


def version(scenarios=("a", "baseline"), **levers):
    return {"scenarios": list(scenarios), "levers": levers, "headline": ["gdp"], "phases": ["one"]}


OLD = version(tax=lever({"rate": 0.5}, rate=0.0), rule={**lever(None, share=1.0), "beside": {}})
NEW = version(tax=lever({"rate": 0.4}, rate=0.1, floor=2.0), rule=lever(None, share=1.0))


def test_scenarios_come_first_and_the_baseline_before_all():
    assert [run.title for run in runs_of(OLD, NEW)] == [
        "scenario baseline", "scenario a", "lever tax, neutral", "lever tax, half way",
        "lever tax, documented strength", "lever rule, neutral",
    ]  # fmt: skip


def test_strengths_hold_from_2025_on_and_neutral_is_up_to_each_version():
    settings = {run.strength: run.settings for run in runs_of(OLD, NEW, ["tax"]) if run.kind == "lever"}
    assert settings == {
        NEUTRAL: (("levers.tax={rate: {2025: 0.0}}",), ("levers.tax={rate: {2025: 0.1}, floor: {2025: 2.0}}",)),
        HALF: (("levers.tax={rate: {2025: 0.25}}",),) * 2,
        DOCUMENTED: (("levers.tax={rate: {2025: 0.4}}",),) * 2,
    }


def test_what_a_lever_needs_beside_it_is_there_unless_it_is_neutral():
    both = version(tax={**lever({"rate": 1.0}, rate=0.0), "beside": {"income": "{2024: 0.02}"}})
    neutral, half, _ = (run.settings[1] for run in runs_of(both, both, ["levers"])[1:])
    assert neutral == ("levers.tax={rate: {2025: 0.0}}",)
    assert half == ("levers.income={2024: 0.02}", "levers.tax={rate: {2025: 0.5}}")


def test_the_rule_of_the_budget_acts_although_no_strength_is_documented():
    both = version(budget_rule=lever(None, debt_brake=1.0, surcharge=0.0, spending_cut=0.0))
    half = runs_of(both, both, ["budget_rule"])[2]
    assert half.settings[1] == (
        "levers.budget_rule={debt_brake: {2025: 1.5}, surcharge: {2025: 0.25}, spending_cut: {2025: 0.25}}",
    )


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (["a"], ["baseline", "a"]),
        (["scenarios"], ["baseline", "a"]),
        (["rule"], ["baseline", "rule"]),
        (["levers"], ["baseline", "tax", "tax", "tax", "rule"]),
    ],
)
def test_only_what_is_asked_for_and_the_baseline(only, expected):
    assert [run.name for run in runs_of(OLD, NEW, only)] == expected


def test_a_name_that_one_version_lacks_is_refused():
    with pytest.raises(PlanError, match="ONLY=b: neither a scenario nor a lever of both versions"):
        runs_of(version(["baseline", "b"]), OLD, ["b"])
    with pytest.raises(PlanError, match="no scenario 'baseline' in common"):
        runs_of(version(["a"]), OLD)


def test_names_for_files_are_unique_and_plain():
    keys = [run.key for run in runs_of(OLD, NEW)]
    assert len(set(keys)) == len(keys)
    assert all(key.replace("-", "").replace("_", "").isalnum() for key in keys)


def test_what_is_not_compared_is_said():
    notes = notes_of(version(["baseline", "gone"], tax=OLD["levers"]["tax"]), NEW)
    assert notes == [
        "scenarios of the old version only: gone",
        "scenarios of the new version only: a",
        "levers of the new version only: rule",
        "levers without a documented strength, run neutral only: rule",
        "documented strengths that changed, both versions are run at that of the new: tax rate 0.5, now rate 0.4",
        "parameters of levers of the new version only: tax.floor",
    ]
    assert notes_of(OLD, OLD) == ["levers without a documented strength, run neutral only: rule"]
