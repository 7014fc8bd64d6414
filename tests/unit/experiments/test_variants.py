"""Many variants of one scenario, and the closure grid that is made of them: what is finished is kept."""

import io
import time

import numpy as np
import pytest

import abm.experiments.ensembles.variants as variants
import abm.experiments.validation.closure_grid as closure_grid
from abm.errors import AccountingError, UserError
from abm.experiments.ensembles.variants import run_variants
from abm.experiments.running.progress import Lines, PartProgress, Rate, Silent, time_left
from abm.experiments.validation.closure_grid import GRID_OUTCOMES, corners, run_closure_grid
from abm.scenarios.closures import CENTRAL, CLOSURES, GRID

pytestmark = pytest.mark.unit

WORKERS, QUARTERS = 2_000, 3
PAIR = {"with": {}, "without": {"ai": "none"}}


class Told(Silent):
    """Keeps what it is shown."""

    def __init__(self):
        self.shown = []

    def show(self, done, total, text):
        self.shown.append((done, total, text))


@pytest.fixture
def meddle(monkeypatch):
    """``meddle(scenario's key, error)``: raise the error instead of running the variants that set the key."""
    run = variants.run_ensemble

    def set_up(key, error):
        def run_or_raise(scenario, *arguments, **details):
            if key in scenario.overrides:
                raise error
            return run(scenario, *arguments, **details)

        monkeypatch.setattr(variants, "run_ensemble", run_or_raise)

    return set_up


@pytest.fixture(scope="module")
def grid():
    return run_closure_grid(WORKERS, [3], QUARTERS)


def test_each_variant_runs_with_its_own_settings_on_the_same_seeds():
    done = run_variants("baseline", PAIR, WORKERS, [1], QUARTERS)
    assert list(done.results) == list(PAIR) and not done.interrupted and not done.failures
    assert [results.scenario.ai for results in done] == ["central", "none"]
    assert all(results.seeds == (1,) and results.quarters == QUARTERS for results in done)


def test_an_interrupt_keeps_the_finished_variants(meddle):
    meddle("ai", KeyboardInterrupt())
    done = run_variants("baseline", PAIR, WORKERS, [1], QUARTERS)
    assert done.interrupted and list(done.results) == ["with"]


def test_a_variant_whose_books_do_not_close_leaves_the_others(meddle):
    meddle("ai", AccountingError("seed 1: deposits below zero"))
    done = run_variants("baseline", PAIR | {"last": {"quarters": 3}}, WORKERS, [1], QUARTERS)
    assert list(done.results) == ["with", "last"] and list(done.failures) == ["without"]


def test_a_variant_that_is_no_scenario_is_refused_before_anything_runs(meddle):
    meddle("quarters", AssertionError("it ran"))
    with pytest.raises(UserError, match="unknown preset"):
        run_variants("baseline", {"first": {"quarters": 3}, "second": {"ai": "no"}}, WORKERS, [1], QUARTERS)


def test_progress_is_that_of_all_variants_and_says_which():
    told = Told()
    run_variants("baseline", PAIR, WORKERS, [1], QUARTERS, told)
    assert told.shown[-1][:2] == (2 * QUARTERS, 2 * QUARTERS)
    assert told.shown[-1][2] == "2 of 2, without: 1 of 1 seeds"
    assert [done for done, *_ in told.shown] == sorted(done for done, *_ in told.shown)


def test_the_time_left_is_said_once_it_can_be_guessed():
    assert time_left(None) == ""
    assert time_left(30.0) == ", about 30 s left"
    assert time_left(600.0) == ", about 10 min left"


def test_the_rate_is_that_of_the_last_half_minute():
    """Sixty seconds of compiling teach nothing, and a slow beginning is forgotten."""
    rate = Rate()
    for second in range(60):
        rate.learn(second, 0)
    assert rate.seconds_left(0, 100) is None
    for second in range(60, 100):
        rate.learn(second, second - 59)
    assert rate.seconds_left(40, 100) == pytest.approx(60.0)
    for second in range(100, 140):  # ten times as fast
        rate.learn(second, 40 + 10 * (second - 99))
    assert rate.seconds_left(440, 840) == pytest.approx(40.0)
    assert rate.seconds_left(440, 440) is None
    stream = io.StringIO()
    lines = Lines("grid", stream, seconds=0)
    lines.rate.learn(time.monotonic() - 20, 10)
    PartProgress(lines, "2 of 4, half", before=10, total=40).show(10, 10, "1 of 1 seeds")
    assert stream.getvalue() == "grid: 50%, 2 of 4, half: 1 of 1 seeds, about 40 s left\n"


def test_the_corners_are_the_centre_and_every_combination_of_ends():
    found = corners()
    assert len(found) == 1 + 2 ** len(GRID) and next(iter(found)) == CENTRAL
    assert set(found.pop(CENTRAL).values()) == {CENTRAL}
    assert len({tuple(levels.items()) for levels in found.values()}) == len(found)
    for levels in found.values():
        assert all(level in CLOSURES[name].ends for name, level in levels.items())
    assert list(corners(["saving_returned"])) == [CENTRAL, *CLOSURES["saving_returned"].ends]


def test_the_grid_has_every_corner_with_and_without_ai(grid):
    table = grid.table
    assert list(table.columns[: len(GRID) + 1]) == ["corner", *GRID]
    assert list(table["corner"].unique()) == list(corners()) and set(table["variable"]) == set(GRID_OUTCOMES)
    assert len(table) == len(corners()) * len(GRID_OUTCOMES)
    assert set(table["seed"]) == {3} and set(table["year"]) == {2024}
    assert not grid.interrupted and not grid.failures
    assert not np.array_equal(table["with_ai"], table["without_ai"])


def test_a_corner_of_the_grid_is_the_run_with_its_levels(grid):
    name, levels = list(corners().items())[5]
    overrides = {f"closures.{closure}": level for closure, level in levels.items()}
    settings = {"ours": overrides, "twin": overrides | {"ai": "none"}}
    done = run_variants("baseline", settings, WORKERS, [3], QUARTERS)
    of_corner = grid.table[grid.table["corner"] == name].set_index("variable")
    for run, column in (("ours", "with_ai"), ("twin", "without_ai")):
        series = done.results[run].series
        for variable in GRID_OUTCOMES:
            quarters = series.loc[series["variable"] == variable, "value"].to_numpy()
            of_year = quarters.sum() if variable == "real_gdp" else 100 * quarters.mean()
            assert of_corner.loc[variable, column] == pytest.approx(of_year, rel=1e-14)


def test_an_interrupted_grid_keeps_the_corners_that_are_finished(monkeypatch):
    run, left = variants.run_ensemble, iter(range(5))

    def run_five(*arguments, **details):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return run(*arguments, **details)

    monkeypatch.setattr(variants, "run_ensemble", run_five)
    grid = run_closure_grid(WORKERS, [1], QUARTERS)
    assert grid.interrupted and 1 <= grid.table["corner"].nunique() < len(corners())
    with pytest.raises(KeyboardInterrupt):
        closure_grid.run_closure_grid(WORKERS, [1], QUARTERS)
