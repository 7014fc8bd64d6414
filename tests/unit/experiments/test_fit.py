"""The search, the file behind it, and what holds when a fit is broken off."""

import json
import math
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import abm
from abm.errors import AccountingError, UserError
from abm.experiments.calibration import fit as fit_module
from abm.experiments.calibration.design import FitDesign, SearchRange
from abm.experiments.calibration.fit import run_fit
from abm.experiments.calibration.storage import Search, Trial, TrialStore, check_packages

pytestmark = pytest.mark.unit
pytest.importorskip("optuna")
pytest.importorskip("cmaes")

RANGES = (SearchRange("firms.demand_gain", 0.4, 1.0), SearchRange("energy.fuel_trend", -0.02, 0.0))
TRUTH = {"firms.demand_gain": 0.55, "energy.fuel_trend": -0.004}
START = {"firms.demand_gain": 0.8, "energy.fuel_trend": -0.012}
DESIGN = FitDesign(ranges=RANGES, workers=2_000, seeds=1, quarters=1, trials=12)


def bowl(values):
    return sum(((values[one.key] - TRUTH[one.key]) / (one.high - one.low)) ** 2 for one in RANGES)


class Bowl:
    """Aims whose distance depends on the parameters alone; ``breaks`` maps the count of a run to what it raises."""

    description = "a bowl"

    def __init__(self, breaks=None):
        self.breaks = dict(breaks or {})
        self.seen = []

    def measure(self, results):
        assumptions = results.scenario.assumptions
        values = {one.key: assumptions.get(one.key, START[one.key]) for one in RANGES}
        count = len(self.seen)
        if count in self.breaks:
            raise self.breaks.pop(count)
        self.seen.append((tuple(values.values()), results.seeds))
        return {"height": bowl(values), "never": math.nan}

    def distance(self, measured):
        return measured["height"]


def leave_the_model_away(patch):
    """Runs without a model: what a Bowl measures needs the scenario and the seeds only."""

    class Run:
        def __init__(self, scenario, seeds):
            self.scenario, self.seeds, self.interrupted, self.failures = scenario, tuple(seeds), False, {}

    patch.setattr(fit_module, "run_ensemble", lambda scenario, workers, seeds, quarters, progress: Run(scenario, seeds))


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    leave_the_model_away(monkeypatch)


def rows(fit):
    return [(trial.number, trial.values, trial.distance, trial.failure) for trial in fit.trials]


def test_the_search_finds_the_bottom_of_a_bowl():
    search, distance = Search(RANGES, START), math.inf
    for number in range(250):
        values = search.propose()
        assert all(one.low <= values[one.key] <= one.high for one in RANGES)
        distance = min(distance, bowl(values))
        search.learn(Trial(number, values, {}, bowl(values)))
    assert distance < 1e-6


def test_a_single_parameter_can_be_fitted():
    search = Search(RANGES[:1], {"firms.demand_gain": 0.8})
    best = 1.0
    for number in range(60):
        values = search.propose()
        best = min(best, abs(values["firms.demand_gain"] - 0.55))
        search.learn(Trial(number, values, {}, (values["firms.demand_gain"] - 0.55) ** 2))
    assert best < 0.005


def test_a_fit_starts_at_the_values_in_use_and_comes_closer(tmp_path):
    aims = Bowl()
    fit = run_fit(DESIGN, aims, tmp_path)
    assert fit.trials[0].values == START
    assert len(fit.trials) == 12 and fit.best.distance < 0.5 * fit.trials[0].distance
    assert fit.before["height"] == fit.trials[0].distance
    assert set(fit.slopes) == set(START) and set(fit.fresh) == {"before", "after"}
    # The trials share their seeds; the last two runs have seeds of their own.
    assert {seeds for _, seeds in aims.seen[:-2]} == {(1,)} and {seeds for _, seeds in aims.seen[-2:]} == {(2,)}


def test_slopes_are_taken_a_tenth_of_the_range_to_each_side(tmp_path):
    fit = run_fit(DESIGN, Bowl(), tmp_path)
    for one in RANGES:
        slope, best, step = fit.slopes[one.key], fit.best.values[one.key], 0.1 * (one.high - one.low)
        assert slope.low == pytest.approx(max(best - step, one.low))
        assert slope.high == pytest.approx(min(best + step, one.high))
        assert slope.above["height"] == pytest.approx(bowl({**fit.best.values, one.key: slope.high}))


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """A fit that nothing interrupted, and what was run for it; the model is left away here too."""
    with pytest.MonkeyPatch.context() as patch:
        leave_the_model_away(patch)
        aims = Bowl()
        return run_fit(DESIGN, aims, tmp_path_factory.mktemp("whole")), aims.seen


@pytest.mark.parametrize("count", [0, 1, 6, 13, 17])
def test_a_fit_broken_off_goes_on_as_if_nothing_had_been(tmp_path, unbroken, count):
    whole, seen = unbroken
    aims = Bowl({count: KeyboardInterrupt()})
    assert run_fit(DESIGN, aims, tmp_path).interrupted
    again = run_fit(DESIGN, aims, tmp_path)
    assert not again.interrupted
    assert rows(again) == rows(whole)
    assert again.slopes.keys() == whole.slopes.keys() and repr(again.fresh) == repr(whole.fresh)
    assert aims.seen == seen, "a run was lost or made twice"


def test_more_trials_go_on_from_those_that_are_there(tmp_path, unbroken):
    first = run_fit(replace(DESIGN, trials=7), Bowl(), tmp_path)
    second = run_fit(DESIGN, Bowl(), tmp_path)
    assert rows(second)[:7] == rows(first)
    assert rows(second) == rows(unbroken[0])


def test_a_failed_trial_is_recorded_and_the_others_go_on(tmp_path):
    breaks = {3: AccountingError("gap", "households", 4), 6: RuntimeError("a fault\nhere")}
    fit = run_fit(DESIGN, Bowl(breaks), tmp_path)
    failed = [trial for trial in fit.trials if trial.failure]
    assert len(fit.trials) == 12 and len(failed) == 2
    assert failed[0].failure == "gap (sector households, quarter 4)" and math.isnan(failed[0].distance)
    assert failed[1].failure == "a fault here"
    assert rows(run_fit(DESIGN, Bowl(), tmp_path))[2][3] == failed[0].failure
    assert math.isfinite(fit.best.distance)


def test_a_trial_whose_moments_are_no_longer_defined_fails(tmp_path):
    class Lost(Bowl):
        def measure(self, results):
            measured = super().measure(results)
            return measured | {"other": math.nan if len(self.seen) == 4 else 1.0}

    fit = run_fit(DESIGN, Lost(), tmp_path)
    assert [trial.failure for trial in fit.trials if trial.failure] == ["not defined: other"]


def test_a_process_that_dies_is_no_failure_of_its_trial(tmp_path, unbroken):
    aims = Bowl({4: UserError("seed 1: a process ended abruptly")})
    with pytest.raises(UserError, match="ended abruptly"):
        run_fit(DESIGN, aims, tmp_path)
    assert rows(run_fit(DESIGN, aims, tmp_path)) == rows(unbroken[0])


def test_parameters_that_cannot_be_opened_are_a_failure(tmp_path, monkeypatch):
    def refuse(*arguments, **settings):
        raise UserError("no such economy")

    monkeypatch.setattr("abm.model.Model", refuse)
    fit = run_fit(DESIGN, Bowl({4: UserError("no such economy")}), tmp_path)
    assert [trial.failure for trial in fit.trials if trial.failure] == ["no such economy"]


def test_what_ends_the_first_run_is_no_matter_of_the_parameters(tmp_path):
    with pytest.raises(UserError, match="out of memory"):
        run_fit(DESIGN, Bowl({0: UserError("out of memory")}), tmp_path)


def test_the_folder_of_another_fit_is_refused(tmp_path):
    run_fit(DESIGN, Bowl(), tmp_path)
    with pytest.raises(UserError, match="holds another fit; give another --out"):
        run_fit(replace(DESIGN, seeds=2), Bowl(), tmp_path)


def test_a_file_that_is_no_store_is_refused_in_one_line(tmp_path):
    (tmp_path / "trials.sqlite3").write_text("something else entirely, and long enough not to be empty\n" * 40)
    with pytest.raises(UserError, match="cannot be used") as raised:
        run_fit(DESIGN, Bowl(), tmp_path)
    assert "\n" not in str(raised.value)


def test_two_processes_in_one_folder_are_told_apart(tmp_path):
    with TrialStore(tmp_path / "one.sqlite3", RANGES, START, "f") as store:
        handle, values = store.propose()
        store.record(handle, Trial(0, values, {}, 1.0))
        with pytest.raises(UserError, match="cannot be used") as raised:
            store.record(handle, Trial(0, values, {}, 2.0))
        assert "\n" not in str(raised.value)
        assert [trial.distance for trial in store.trials()] == [1.0]


def test_a_slope_whose_run_fails_is_left_empty(tmp_path):
    runs = 1 + DESIGN.trials
    fit = run_fit(DESIGN, Bowl({runs: AccountingError("gap")}), tmp_path)
    assert fit.slopes["firms.demand_gain"].below == {} and fit.slopes["firms.demand_gain"].above["height"] >= 0


def test_without_the_packages_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "cmaes", None)
    with pytest.raises(UserError, match=r"pip install 'xinzhi\[fit\]'"):
        check_packages()


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import test_fit as tests
from abm.experiments.calibration.storage import Trial, TrialStore
with TrialStore(Path({path!r}), tests.RANGES, tests.START, "f") as store:
    for number in range({alive}):
        handle, values = store.propose()
        store.record(handle, Trial(number, values, {{}}, tests.bowl(values)))
    print(store.propose()[1], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_killed_process_loses_no_trial_and_its_last_one_is_taken_up(tmp_path):
    path = tmp_path / "with {braces}.sqlite3"
    program = KILLED.format(tests=str(Path(__file__).parent), path=str(path), alive=5)
    environment = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=600
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    under_way = json.loads(ended.stdout.replace("'", '"'))
    search = Search(RANGES, START)
    for number in range(5):
        values = search.propose()
        search.learn(Trial(number, values, {}, bowl(values)))
    assert search.propose() == under_way
    with TrialStore(path, RANGES, START, "f") as store:
        assert len(store.trials()) == 5
        handle, values = store.propose()
        assert (handle.number, values) == (5, under_way)
        store.record(handle, Trial(5, values, {}, bowl(values)))
        assert [trial.number for trial in store.trials()] == [0, 1, 2, 3, 4, 5]
