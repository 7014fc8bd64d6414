"""Rules, systems and scores of forecasts, held against closed forms, statsmodels and slow versions."""

import numpy as np
import pytest
from statsmodels.tsa.api import VAR
from statsmodels.tsa.ar_model import AutoReg, ar_select_order

from abm import UserError
from xinzhi.analysis.forecasting.rules import RULE_WORDS, RULES, forecast
from xinzhi.analysis.forecasting.scores import (
    crps,
    crps_normal,
    diebold_mariano,
    inside,
    interval,
    root_mean_square,
    width,
)  # fmt: skip
from xinzhi.analysis.forecasting.systems import (
    Minnesota,
    bayesian_vector_autoregression,
    marginal_likelihood,
    vector_autoregression,
    vector_autoregression_draws,
)  # fmt: skip

pytestmark = pytest.mark.unit


@pytest.fixture
def series():
    draws = np.random.default_rng(4)
    values = [1.0, 1.2]
    for shock in draws.standard_normal(60):
        values.append(0.5 + 0.6 * values[-1] - 0.2 * values[-2] + shock)
    return np.array(values)


@pytest.fixture
def system():
    draws = np.random.default_rng(7)
    values = np.zeros((80, 2))
    move = np.array([[0.6, 0.1], [0.0, 0.4]])
    for step in range(1, len(values)):
        values[step] = [0.3, -0.1] + move @ values[step - 1] + draws.standard_normal(2) * [0.5, 1.0]
    return values


def test_closed_forms_of_the_simple_rules():
    values = np.array([1.0, 3.0, 2.0, 6.0, 5.0])
    changes = np.diff(values)
    still = forecast(values, 3, "no_change")
    assert np.allclose(still.mean, 5) and np.allclose(still.deviation, np.sqrt((changes**2).mean() * np.arange(1, 4)))
    moving = forecast(values, 2, "drift")
    assert np.allclose(moving.mean, [6, 7])
    assert moving.deviation[1] == pytest.approx(changes.std(ddof=1) * np.sqrt(2 + 4 / 4))
    average = forecast(values, 2, "mean")
    assert np.allclose(average.mean, 3.4) and np.allclose(average.deviation, values.std(ddof=1) * np.sqrt(1.2))


def test_the_trend_is_the_line_of_statsmodels():
    from statsmodels.api import OLS, add_constant

    values = np.array([1.0, 3.0, 2.0, 6.0, 5.0, 9.0])
    line = OLS(values, add_constant(np.arange(6.0))).fit()
    found = line.get_prediction([[1, 6], [1, 7]])
    mine = forecast(values, 2, "trend")
    assert np.allclose(mine.mean, found.predicted) and np.allclose(mine.deviation, found.se_obs)


def test_autoregressions_are_those_of_statsmodels(series):
    theirs = AutoReg(series, 1).fit()
    mine = forecast(series, 5, "ar1")
    assert np.allclose(mine.mean, theirs.forecast(5))
    slope, freedom = theirs.params[1], theirs.nobs - 2
    spread = np.sqrt((theirs.resid**2).sum() / freedom * np.cumsum(slope ** (2 * np.arange(5))))
    assert np.allclose(mine.deviation, spread)
    order = ar_select_order(series, 4, ic="aic").ar_lags
    assert np.allclose(forecast(series, 4, "ar").mean, AutoReg(series, order).fit().forecast(4))


def test_changes_are_added_up(series):
    levels = np.cumsum(series)
    assert np.allclose(forecast(levels, 4, "mean", of_changes=True).mean, forecast(levels, 4, "drift").mean)
    assert np.allclose(forecast(levels, 4, "mean", of_changes=True).deviation, forecast(levels, 4, "drift").deviation)
    grown = forecast(series[1:], 3, "ar1")
    assert np.allclose(forecast(levels, 3, "ar1", of_changes=True).mean, levels[-1] + np.cumsum(grown.mean))
    rough = np.random.default_rng(1).standard_normal((100_000, 3)) * grown.deviation[0]
    slope = np.sqrt(grown.deviation[1] ** 2 / grown.deviation[0] ** 2 - 1)
    first = rough[:, 0]
    second = slope * first + rough[:, 1]
    third = slope * second + rough[:, 2]
    wide = forecast(levels, 3, "ar1", of_changes=True).deviation[2]
    assert np.std(first + second + third) == pytest.approx(wide, rel=0.02)


def test_every_rule_has_words_and_intervals_that_widen_with_their_level(series):
    assert RULE_WORDS.keys() == RULES.keys()
    for rule in RULES:
        found = forecast(series, 6, rule)
        (low, high), (lower, higher) = found.interval(0.5), found.interval(0.9)
        assert found.mean.shape == found.deviation.shape == (6,)
        assert (lower < low).all() and (high < higher).all()


@pytest.mark.parametrize(("values", "steps", "rule"), [
    ([1, 2, 3, 4], 2, "guess"), ([1, 2], 2, "mean"), ([1, 2, np.nan, 3], 2, "mean"), ([1, 2, 3, 4], 0, "mean"),
])  # fmt: skip
def test_a_forecast_that_cannot_be_made_is_refused(values, steps, rule):
    with pytest.raises(ValueError, match="needed|unknown|at least"):
        forecast(np.array(values, dtype=float), steps, rule)


def test_the_system_is_that_of_statsmodels(system):
    mine, theirs = vector_autoregression(system, 3), VAR(system).fit(1)
    middle, low, _ = theirs.forecast_interval(system[-1:], 3, alpha=0.2)
    assert np.allclose(mine.mean, middle) and np.allclose(mine.interval(0.8)[0], low)


def test_draws_of_the_system_have_its_mean_and_spread(system):
    drawn, closed = vector_autoregression_draws(system, 3, 20_000, 5), vector_autoregression(system, 3)
    assert np.allclose(drawn.mean(axis=0), closed.mean, atol=0.03)
    assert np.allclose(drawn.std(axis=0), closed.deviation, rtol=0.02)


def test_a_system_without_statsmodels_names_the_extra(system, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "statsmodels.tsa.api", None)
    with pytest.raises(UserError, match=r"xinzhi\[analysis\]"):
        vector_autoregression(system, 1)
    with pytest.raises(ValueError, match="rows"):
        bayesian_vector_autoregression(system[:3], 1, np.zeros(2))


def test_a_loose_prior_gives_least_squares_and_a_tight_one_the_walk(system):
    loose = bayesian_vector_autoregression(system, 3, np.zeros(2), Minnesota(tightness=1e4, sums=None), 4000, 1)
    assert np.allclose(loose.mean(axis=0), vector_autoregression(system, 3).mean, atol=0.08)
    assert np.allclose(loose.std(axis=0), vector_autoregression(system, 3).deviation, rtol=0.08)
    tight = bayesian_vector_autoregression(system, 1, np.ones(2), Minnesota(tightness=1e-4), 2000, 1)
    drift = (system[1:] - system[:-1]).mean(axis=0)
    assert np.allclose(tight.mean(axis=0)[0], system[-1] + drift, atol=0.06)


def test_the_same_seed_gives_the_same_draws(system):
    one, two = (bayesian_vector_autoregression(system, 2, np.ones(2), draws=20, seed=3) for _ in range(2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, bayesian_vector_autoregression(system, 2, np.ones(2), draws=20, seed=4))


def test_the_marginal_likelihood_is_the_product_of_predictive_densities(system):
    """Of one series: the sum of the logarithms of Student densities, each given the values before."""
    from scipy.stats import t

    values, walks, prior = system[:12, :1], np.ones(1), Minnesota(sums=None)
    whole = marginal_likelihood(values, walks, prior, 0.2)
    sigma = _residual_deviation(values[:, 0])
    terms = [np.array([sigma / 0.2, 0.0]), np.array([0.0, 0.0]), np.array([0.0, 1e-3])]
    explained = [sigma / 0.2, sigma, 0.0]
    total = 0.0
    for before, after in zip(values[:-1, 0], values[1:, 0]):
        x, y = np.array(terms), np.array(explained)
        inverse = np.linalg.inv(x.T @ x)
        slope = inverse @ x.T @ y
        freedom = len(y) - 2
        left = ((y - x @ slope) ** 2).sum()
        now = np.array([before, 1.0])
        scale = np.sqrt(left / freedom * (1 + now @ inverse @ now))
        total += t.logpdf((after - now @ slope) / scale, freedom) - np.log(scale)
        terms.append(now)
        explained.append(after)
    assert whole == pytest.approx(total)


def _residual_deviation(series):
    fitted = AutoReg(series, 1).fit()
    return np.sqrt((fitted.resid**2).sum() / (len(series) - 3))


def test_crps_of_draws_is_the_double_mean():
    draws, observed = np.array([3.0, 1.0, 2.5, 7.0]), 2.0
    apart = np.abs(draws[:, None] - draws)
    assert crps(draws, observed) == pytest.approx(np.abs(draws - observed).mean() - apart.mean() / 2)
    assert crps(draws, observed, fair=True) == pytest.approx(np.abs(draws - observed).mean() - apart.sum() / 12 / 2)
    assert crps(np.array([5.0]), observed) == 3.0
    with pytest.raises(ValueError, match="more draws"):
        crps(np.array([5.0]), observed, fair=True)


def test_crps_of_a_normal_is_that_of_many_draws():
    draws = np.random.default_rng(0).normal(1.0, 2.0, 200_000)
    assert crps_normal(1.0, 2.0, 4.0) == pytest.approx(crps(draws, 4.0), rel=0.01)
    assert crps_normal(1.0, 0.0, 4.0) == 3.0
    assert crps_normal(0.0, 1.0, 0.0) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi))


def test_coverage_and_width():
    draws = np.arange(101.0)
    assert interval(draws, 0.8) == pytest.approx((10.0, 90.0))
    assert width(draws, 0.5) == 50.0
    assert inside(draws, 90, 0.8) and not inside(draws, 91, 0.8)
    assert root_mean_square(np.array([3.0, -4.0])) == pytest.approx(np.sqrt(12.5))
    assert np.isnan(root_mean_square(np.array([])))


def test_diebold_mariano_is_made_from_twenty_errors_on():
    draws = np.random.default_rng(2)
    first, second = draws.normal(0, 2, 19), draws.normal(0, 1, 19)
    assert diebold_mariano(first, second).statistic is None
    assert "19 errors" in diebold_mariano(first, second).words
    first, second = draws.normal(0, 2, 40), draws.normal(0, 1, 40)
    found = diebold_mariano(first, second)
    loss = first**2 - second**2
    assert found.statistic == pytest.approx(loss.mean() / loss.std(ddof=0) * np.sqrt(39))
    assert found.statistic > 0 and found.probability < 0.05
    assert diebold_mariano(first, first).words.startswith("not tested")
    long = diebold_mariano(first, second, 4)
    assert long.statistic != found.statistic
