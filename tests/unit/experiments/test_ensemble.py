"""Ensembles: the seeds that finish are kept, whatever becomes of the others, and progress is told as it is."""

import io

import loky
import numpy as np
import pytest

import abm.experiments.ensembles.ensemble as ensemble
from abm import run, yaml_reader
from abm.errors import AccountingError, UserError
from abm.experiments.ensembles.funding import paid_for
from abm.experiments.running.progress import Bar, Lines, Silent, terminal_progress
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

WORKERS, QUARTERS = 2_000, 3


class Told(Silent):
    """Keeps what it is shown."""

    def __init__(self):
        self.shown = []

    def show(self, done, total, text):
        self.shown.append((done, total, text))


@pytest.fixture
def one_core(monkeypatch):
    """Seeds run here, one after the other, so that a test can meddle with them."""
    monkeypatch.setattr(loky, "cpu_count", lambda: 1)


def meddle(monkeypatch, seed, error):
    simulate = ensemble._simulate

    def simulate_or_raise(task, position):
        if task.seeds[position] == seed:
            raise error
        return simulate(task, position)

    monkeypatch.setattr(ensemble, "_simulate", simulate_or_raise)


def test_the_seeds_are_the_same_in_processes_and_here(monkeypatch):
    soon = ensemble.run_ensemble("baseline", WORKERS, [5, 2, 9], QUARTERS, fresh=True)
    assert soon.provenance["processes"] == 1, "a second of work starts no processes"
    monkeypatch.setattr(ensemble, "SOON_DONE", 0)
    spawned = ensemble.run_ensemble("baseline", WORKERS, [5, 2, 9], QUARTERS, fresh=True)
    assert spawned.seeds == (2, 5, 9) and not spawned.failures and not spawned.interrupted
    assert np.array_equal(spawned.series["value"], soon.series["value"])
    monkeypatch.setattr(loky, "cpu_count", lambda: 1)
    here = ensemble.run_ensemble("baseline", WORKERS, [5, 2, 9], QUARTERS)
    assert here.provenance["processes"] == 1
    assert np.array_equal(spawned.series["value"], here.series["value"])
    assert np.array_equal(spawned.groups["sectors"]["value"], here.groups["sectors"]["value"])
    alone = ensemble.run_ensemble("baseline", WORKERS, [9], QUARTERS)
    assert np.array_equal(alone.series["value"], here.series.query("seed == 9")["value"])
    assert set(here.series["quarter"]) == set(range(QUARTERS + 1))


def test_an_interrupt_keeps_the_finished_seeds(one_core, monkeypatch):
    meddle(monkeypatch, 3, KeyboardInterrupt())
    results = ensemble.run_ensemble("baseline", WORKERS, [1, 2, 3, 4], QUARTERS)
    assert results.interrupted and results.seeds == (1, 2)
    assert results.provenance["seeds"] == [1, 2] and results.provenance["seeds_requested"] == [1, 2, 3, 4]
    assert results.provenance["interrupted"] is True
    assert set(results.series["seed"]) == {1, 2}


def test_a_seed_that_fails_leaves_the_others(one_core, monkeypatch):
    meddle(monkeypatch, 2, AccountingError("deposits below zero", sector="AGR", quarter=1, agent=7))
    results = ensemble.run_ensemble("baseline", WORKERS, [1, 2, 3], QUARTERS)
    assert results.seeds == (1, 3) and not results.interrupted
    assert str(results.failures[2]) == "seed 2: deposits below zero (sector AGR, quarter 1, agent 7)"
    with pytest.raises(AccountingError, match="seed 2: deposits below zero"):
        run("baseline", WORKERS, 3, QUARTERS)


@pytest.mark.parametrize(
    ("error", "raised", "said"),
    [
        (MemoryError(), UserError, "not enough memory for 2,000 workers"),
        (UserError("one line"), UserError, "one line"),
        (ZeroDivisionError("a fault of the program"), RuntimeError, "a fault of the program"),
    ],
)
def test_with_nothing_finished_the_failure_is_raised(one_core, monkeypatch, error, raised, said):
    meddle(monkeypatch, 1, error)
    with pytest.raises(raised, match=said):
        run("baseline", WORKERS, [1], QUARTERS)


def test_with_nothing_finished_the_interrupt_is_raised(one_core, monkeypatch):
    meddle(monkeypatch, 1, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run("baseline", WORKERS, [1], QUARTERS)


def test_run_takes_a_number_of_seeds_and_overrides(one_core):
    results = run("baseline", WORKERS, 2, 1, {"assumptions.artificial_intelligence.enabled": False})
    assert results.seeds == (1, 2)
    assert results.scenario.assumptions == {"artificial_intelligence.enabled": False}
    assert results.provenance["quarters"] == results.quarters == results.scenario.quarters == 1


def test_bad_numbers_are_refused_before_anything_runs():
    for arguments in ({"quarters": 0}, {"quarters": 308}, {"seeds": []}, {"workers": 1_999}):
        with pytest.raises(UserError):
            run("baseline", **{"workers": WORKERS, "quarters": 1, "seeds": 1, **arguments})


def test_progress_counts_quarters_and_seeds(one_core):
    told = Told()
    ensemble.run_ensemble("baseline", WORKERS, [1, 2], QUARTERS, progress=told)
    assert told.shown[-1] == (2 * QUARTERS, 2 * QUARTERS, "2 of 2 seeds")
    done = [shown[0] for shown in told.shown]
    assert done == sorted(done)


def test_lines_come_now_and_then_and_a_bar_only_in_a_terminal():
    stream = io.StringIO()
    assert isinstance(terminal_progress("baseline", stream), Lines)
    with Lines("baseline", stream, seconds=0) as lines:
        lines.show(5, 10, "1 of 2 seeds")
    assert stream.getvalue() == "baseline: 50%, 1 of 2 seeds\n"
    with Lines("baseline", stream, seconds=60) as lines:
        lines.show(10, 10, "2 of 2 seeds")
    assert stream.getvalue().count("\n") == 1
    stream.isatty = lambda: True
    assert isinstance(terminal_progress("baseline", stream), Bar)
    with Bar("no_ai", stream) as bar:
        bar.show(0, 10, "preparing")
        bar.show(5, 10, "1 of 2 seeds")
    assert "no_ai" in stream.getvalue() and "50%" in stream.getvalue()


def test_a_scenario_is_read_once_on_its_way_to_the_model(monkeypatch):
    read, reads = yaml_reader.read_mapping, []

    def counted(path, label):
        reads.append(path.stem)
        return read(path, label)

    monkeypatch.setattr(yaml_reader, "read_mapping", counted)
    asked = load_scenario("green_ai", {"levers.retraining": 0.01})
    once = [asked.name, *asked.extends]
    assert reads == once
    ensemble.run_ensemble(paid_for(asked), WORKERS, [1], 1)
    assert reads == once and load_scenario(asked) is asked


def test_seeds_of_numpy_are_seeds():
    assert ensemble.checked_seeds(np.array([3, 4])) == (3, 4)
    assert ensemble.checked_seeds(np.int64(2)) == ensemble.checked_seeds(np.array(2)) == (1, 2)


@pytest.mark.parametrize(
    "given",
    [
        {"seeds": "12"}, {"seeds": [1.5]}, {"seeds": {1: 2}}, {"seeds": object}, {"seeds": None}, {"workers": "2000"},
        {"workers": 2000.5}, {"quarters": 2.5}, {"quarters": "8"}, {"threads": None}, {"scenario": None},
        {"scenario": {"levers": {}}}, {"scenario": b"baseline"}, {"overrides": [1]},
    ],
)  # fmt: skip
def test_python_arguments_are_checked_as_the_commands_are(given):
    with pytest.raises(UserError, match=next(iter(given))):
        ensemble.run(**({"workers": WORKERS, "quarters": 1} | given))
