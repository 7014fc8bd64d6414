"""Levers at equal budgets: who is searched, who is left out, and what becomes of failures."""

from dataclasses import replace

import pytest

import abm.experiments.effects.equal_budgets as equal_budgets
import abm.experiments.effects.trial_runs as trial_runs
from abm.errors import AccountingError, UserError
from abm.experiments.effects.budget_search import TOLERANCE
from abm.experiments.effects.effects import documented_strengths, overrides_of
from abm.experiments.effects.equal_budgets import find_strengths
from abm.experiments.effects.trial_runs import LeverRun, TrialCost, run_all
from abm.experiments.ensembles.seed_store import Shelf
from abm.interrupts import KEPT
from abm.levers import FIRST_QUARTER, load_levers
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

BUDGET, WORKERS, QUARTERS = 0.005, 2_000, 16


@pytest.fixture
def costs(monkeypatch):
    """``costs(function)``: let ``function(lever, strength, seed)`` stand for the runs; returns the trials made."""

    def set_up(function):
        made = []

        def run_all(trials):
            for trial in reversed(trials):  # they may finish in any order
                setting = trial.scenario.overrides[f"levers.{trial.lever}"]
                ((_, strength),) = setting.items()
                made.append(trial)
                found = function(trial.lever, strength, trial.seed)
                yield (
                    TrialCost(trial.lever, error=found)
                    if isinstance(found, Exception)
                    else TrialCost(trial.lever, found)
                )

        monkeypatch.setattr(equal_budgets, "run_all", run_all)
        return made

    return set_up


def test_the_cost_of_two_seeds_meets_the_budget_together(costs):
    made = costs(lambda lever, strength, seed: strength * (0.9 if seed == 3 else 1.1))
    equal = find_strengths(BUDGET, WORKERS, (5, 3, 9), QUARTERS, ["research_grants"])
    assert {trial.seed for trial in made} == {3, 5}
    assert all(trial.workers == WORKERS and trial.scenario.quarters == QUARTERS for trial in made)
    found = equal.found["research_grants"]
    assert found.met and found.cost == pytest.approx(BUDGET, rel=TOLERANCE)
    assert equal.strengths == {"research_grants": {"spending": pytest.approx(BUDGET, rel=TOLERANCE)}}
    assert equal.budget == BUDGET and not equal.left_out and not equal.failures


def test_all_levers_are_searched_or_left_out_with_a_reason(costs):
    costs(lambda lever, strength, seed: {"basic_income": -strength, "pensions": 0.0}.get(lever, 1e-3 * strength))
    equal = find_strengths(BUDGET, WORKERS, (1,), QUARTERS)
    assert set(equal.found) | set(equal.left_out) == set(documented_strengths())
    assert not set(equal.found) & set(equal.left_out)
    reasons = {name: load_levers()[name].spending.reason for name in documented_strengths()}
    without = {name: reason for name, reason in reasons.items() if reason}
    assert without and without.items() <= equal.left_out.items()
    assert set(equal.left_out) == {*without, "basic_income", "pensions"}
    assert "revenue" in equal.left_out["basic_income"] and "nothing" in equal.left_out["pensions"]
    for name, found in equal.found.items():
        parameter = load_levers()[name].parameters[0]
        assert found.parameter == parameter.name and parameter.lower <= found.strength <= parameter.upper
        assert found.met or found.strength == parameter.upper
    assert equal.found["hiring_subsidy"].at_bound and equal.found["hiring_subsidy"].cost == pytest.approx(1e-3)


def test_only_levers_that_do_not_spend_are_refused_in_one_line(costs):
    made = costs(lambda lever, strength, seed: strength)
    with pytest.raises(UserError, match=r"--budget: none of the named levers spends money \(ai_tax: a tax\)"):
        find_strengths(BUDGET, WORKERS, (1,), QUARTERS, ["ai_tax"])
    with pytest.raises(UserError, match="--lever budget_rule: it pays"):
        find_strengths(BUDGET, WORKERS, (1,), QUARTERS, ["budget_rule"])
    assert not made


def test_a_lever_whose_books_do_not_close_leaves_the_others(costs):
    costs(lambda lever, strength, seed: AccountingError("open") if (lever, seed) == ("education", 2) else strength)
    equal = find_strengths(BUDGET, WORKERS, (1, 2), QUARTERS, ["education", "research_grants"])
    assert list(equal.found) == ["research_grants"] and list(equal.failures) == ["education"]


def test_an_interrupt_keeps_the_strengths_found(costs):
    def interrupt_late(lever, strength, seed):
        if lever == "education" and strength != documented_strengths()["education"]["index"]:
            raise KeyboardInterrupt
        return BUDGET if lever == "research_grants" else strength

    costs(interrupt_late)
    equal = find_strengths(BUDGET, WORKERS, (1,), QUARTERS, ["education", "research_grants"])
    assert equal.interrupted and list(equal.found) == ["research_grants"]


def test_the_cost_of_a_run_is_the_mean_of_the_quarters_in_force(monkeypatch):
    from abm import run

    scenario = {"levers.research_grants": {"spending": 0.004}, "levers.budget_rule": {"surcharge": 1.0}}
    results = run("baseline", WORKERS, [7], QUARTERS, scenario)
    series = results.series[results.series["variable"] == "policy_cost_ratio"]
    recorded = series[series["quarter"] >= FIRST_QUARTER]["value"].mean()
    base = load_scenario("baseline", {"quarters": QUARTERS})
    paid = equal_budgets._scenario(base, "research_grants", 0.004, True)
    monkeypatch.setenv("XINZHI_SEEDS", "off")
    (trial,) = run_all([LeverRun("research_grants", paid, 7, WORKERS)])
    assert trial.mean == pytest.approx(recorded, rel=1e-12)


def test_a_search_that_was_broken_off_reads_its_runs_again(tmp_path, monkeypatch):
    monkeypatch.setenv("XINZHI_SEEDS", str(tmp_path))
    real, made = trial_runs._run, []

    def counted(trial):
        made.append(trial.seed)
        if len(made) == 4:
            raise KeyboardInterrupt
        return real(trial)

    monkeypatch.setattr(trial_runs, "outcomes_of", lambda function, tasks, processes: map(counted, tasks))
    asked = (BUDGET, WORKERS, (1, 2), QUARTERS, ["research_grants", "education"])
    KEPT.clear()
    broken = find_strengths(*asked)
    assert broken.interrupted and KEPT.in_words().startswith("3 of 12 runs are kept in the store of finished seeds")
    again = find_strengths(*asked)
    assert not again.interrupted and set(again.found) == {"research_grants", "education"}
    wanted = sum(2 * one.trials for one in again.found.values())
    assert len(made) == wanted + 1, "every run once, and the one that was broken off"
    made.clear()
    assert find_strengths(*asked) == again and not made
    one = again.found["research_grants"]
    overrides = overrides_of("research_grants", {one.parameter: one.strength}, True)
    scenario = replace(load_scenario("baseline", overrides), quarters=QUARTERS)
    assert set(Shelf(scenario, WORKERS, (1, 2)).found) == {1, 2}, "the ensembles that follow find them too"
