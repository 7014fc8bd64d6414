"""Draws of what was not known at an opening, and the ensemble whose seeds take them."""

import numpy as np
import pytest

from abm.data import load_assumptions
from abm.experiments.validation.backtest import run_backtest
from abm.experiments.validation.opening_draws import error_of_mean, growth_expected, opening_draws

pytestmark = pytest.mark.unit

KEYS = {"growth.trend_opening", "growth.trend_long_run", "energy.electricity_trend", "energy.fuel_trend"}


@pytest.mark.parametrize("opening", [2012, 2015, 2018])
def test_draws_lie_about_the_vintage_and_spread_as_the_rule_says(opening):
    draws, given = opening_draws(opening, range(1, 1001)), load_assumptions(opening)
    assert all(set(drawn) == {f"assumptions.{key}" for key in KEYS} for drawn in draws.values())
    values = {key: np.array([drawn[f"assumptions.{key}"] for drawn in draws.values()]) for key in KEYS}
    for key, drawn in values.items():
        assert abs(drawn.mean() - given[key]) < 4 * drawn.std() / np.sqrt(1000), key
    long_run = growth_expected(opening).covariance[1][1] ** 0.5 / 4
    assert values["growth.trend_long_run"].std() == pytest.approx(long_run, rel=0.08)
    assert (values["growth.trend_opening"] >= 0).all()


def test_a_seed_draws_the_same_whatever_the_others():
    assert opening_draws(2012, [7])[7] == opening_draws(2012, [1, 7, 9])[7] != opening_draws(2012, [8])[8]


def test_every_seed_of_a_drawn_backtest_runs_its_own_trends():
    run = run_backtest(2015, 2016, 2000, (1, 2), trends_drawn=True)
    assert run.drawn and run.results.seeds == (1, 2) and not run.results.failures
    drawn = run.results.provenance["drawn_settings"]
    assert drawn["1"] != drawn["2"] and set(drawn) == {"1", "2"}
    alone = run_backtest(2015, 2016, 2000, (1,), settings=drawn["1"])
    series = run.results.series
    first = series[series["seed"] == 1]["value"].to_numpy()
    assert np.array_equal(first, alone.results.series["value"].to_numpy())


def test_settings_of_the_user_come_before_the_draw():
    run = run_backtest(2015, 2016, 2000, (1,), None, {"assumptions.growth.trend_opening": 0.01}, trends_drawn=True)
    assert run.results.provenance["drawn_settings"]["1"]["assumptions.growth.trend_opening"] == 0.01


def test_the_error_of_a_mean_holds_the_likeness_of_years_in_a_row():
    """Means of seven years of a first-order autoregression spread as the formula says."""
    draws, persistence = np.random.default_rng(3), 0.6
    changes = np.empty(70_000)
    changes[0] = 0.0
    for year, shock in enumerate(draws.standard_normal(changes.size - 1)):
        changes[year + 1] = persistence * changes[year] + shock
    means = changes.reshape(-1, 7).mean(axis=1)
    assert error_of_mean(changes, 7) == pytest.approx(means.std(), rel=0.03)
    alone = draws.standard_normal(70_000)
    assert error_of_mean(alone, 7) == pytest.approx(1 / np.sqrt(7), rel=0.03)
