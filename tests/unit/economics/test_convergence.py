"""The rule of growth: recovered from its own moments, equal to a filter, and what the vintages say it gives."""

import math

import numpy as np
import pytest

from abm.data import load_assumptions
from abm.data.growth_record import load_growth_added, load_growth_autocovariances, load_growth_record
from abm.economics.convergence import Convergence, GrowthPath, fitted_convergence, growth_path
from abm.parameters import Parameters

pytestmark = pytest.mark.unit

SINCE, YEARS_OF_FRONTIER = 1979, 20
RULE = Convergence(0.8, 4e-4, 1e-4, 9e-4)


def path_at(opening):
    """What the rule gives for an opening, from the record to the year before."""
    china, frontier = load_growth_record("CHN"), load_growth_record("USA")
    known = np.array([china[year] for year in range(SINCE, opening)])
    usual = float(np.mean([frontier[year] for year in range(opening - YEARS_OF_FRONTIER, opening)]))
    return growth_path(known, usual, fitted_convergence(load_growth_autocovariances()))


def moments(rule, count=20):
    lags = np.arange(count)
    return rule.fading * rule.persistence**lags + rule.lasting + np.where(lags == 0, rule.noise, 0.0)


def test_a_process_is_recovered_from_its_autocovariances():
    found = fitted_convergence(moments(RULE))
    assert found.persistence == RULE.persistence
    assert [found.fading, found.lasting, found.noise] == pytest.approx([RULE.fading, RULE.lasting, RULE.noise])
    assert found.half_life == pytest.approx(4 * math.log(0.5) / math.log(0.8))


@pytest.mark.parametrize(("fading", "lasting"), [(4e-4, 0.0), (0.0, 1e-4)])
def test_a_part_that_would_have_a_negative_variance_is_left_out(fading, lasting):
    wrong = moments(Convergence(0.8, fading or -1e-4, lasting or -1e-5, 9e-4))
    found = fitted_convergence(wrong)
    assert found.fading >= 0 and found.lasting >= 0 and 0 in {found.fading, found.lasting}


def test_the_forecast_is_that_of_the_kalman_filter():
    draws = np.random.default_rng(3)
    record, frontier = 0.06 + 0.02 * draws.standard_normal(25), 0.015
    move, spread = np.diag([RULE.persistence, 1.0]), np.diag([RULE.fading, RULE.lasting])
    added, see = np.diag([RULE.fading * (1 - RULE.persistence**2), 0.0]), np.ones(2)
    state = np.zeros(2)
    for growth in record - frontier:
        gain = spread @ see / (see @ spread @ see + RULE.noise)
        state = state + gain * (growth - see @ state)
        spread = spread - np.outer(gain, see @ spread)
        state, spread = move @ state, move @ spread @ move.T + added
    found = growth_path(record, frontier, RULE)
    assert found.first == pytest.approx(frontier + state.sum())
    assert found.long_run == pytest.approx(frontier + state[1])
    assert found.covariance[0][0] == pytest.approx(spread.sum())
    assert found.covariance[1][1] == pytest.approx(spread[1, 1]) and found.covariance[0][1] == found.covariance[1][0]


def test_growth_at_the_frontier_stays_there_and_other_growth_returns_in_part():
    still = growth_path(np.full(30, 0.02), 0.02, RULE)
    assert still.first == still.long_run == pytest.approx(0.02)
    fast = growth_path(np.full(30, 0.08), 0.02, RULE)
    assert 0.02 < fast.long_run < fast.year(5) < fast.first < 0.08
    path = GrowthPath(0.06, 0.02, 0.5)
    assert [path.year(one) for one in (1, 2, 3)] == pytest.approx([0.06, 0.04, 0.03])
    assert path.mean(3) == pytest.approx(0.13 / 3)


@pytest.mark.parametrize("opening", [2012, 2015, 2018, 2024])
def test_every_vintage_opens_with_the_rule(opening):
    given = load_assumptions(opening, "china_20") or {
        f"growth.{name}": value for name, value in vars(Parameters().growth).items()
    }
    path, added = path_at(opening), load_growth_added()[opening]
    assert given["growth.trend_opening"] == pytest.approx((path.first - added.per_worker_early) / 4, abs=5e-5)
    assert given["growth.trend_long_run"] == pytest.approx((path.long_run - added.per_worker_late) / 4, abs=5e-5)
    assert given["growth.expected_growth_above_frontier"] == pytest.approx(added.gdp_early / 4, abs=5e-5)
    assert given["growth.half_life"] == pytest.approx(
        fitted_convergence(load_growth_autocovariances()).half_life, abs=5e-3
    )


def test_the_rule_knows_nothing_after_2011_but_the_record_to_the_year_before():
    assert path_at(2012).first == pytest.approx(0.0636, abs=1e-4)
    assert path_at(2012).first > path_at(2015).first > path_at(2018).first > path_at(2024).first
