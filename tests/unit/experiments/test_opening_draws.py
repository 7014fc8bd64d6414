"""Draws of what was not known at an opening, and the ensemble whose seeds take them."""

import numpy as np
import pytest

from abm.data import load_assumptions
from abm.experiments.validation.backtest import run_backtest
from abm.experiments.validation.opening_draws import growth_expected, opening_draws

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
