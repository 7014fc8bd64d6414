"""Measures of inequality, the Hodrick-Prescott filter and Student's t against closed forms and libraries."""

from __future__ import annotations

import math

import numpy as np
import pytest

from xinzhi.analysis.statistics.measures import (
    gini,
    hp_filter,
    lorenz_curve,
    ordinary_least_squares_slope,
    palma_ratio,
    student_t_quantile,
    theil_index,
    top_share,
)

pytestmark = pytest.mark.unit


def naive_gini(values):
    """All pairs, over twice the mean absolute value."""
    values = np.asarray(values, dtype=float)
    return np.abs(values[:, None] - values).mean() / (2 * np.abs(values).mean())


def test_gini_of_equal_incomes_is_zero_and_of_one_owner_is_near_one():
    assert gini(np.full(7, 3.0)) == 0.0
    assert gini(np.array([0.0, 0.0, 0.0, 12.0])) == pytest.approx(0.75)


def test_gini_of_whole_numbers_has_its_closed_form():
    count = 50
    assert gini(np.arange(1, count + 1)) == pytest.approx((count - 1) / (3 * count))


def test_gini_of_a_lognormal_is_the_error_function_of_half_its_deviation():
    # Midpoints of equal probability instead of draws: no sampling error.
    from statistics import NormalDist

    normal = NormalDist()
    points = np.array([normal.inv_cdf((at + 0.5) / 20_000) for at in range(20_000)])
    assert gini(np.exp(0.6 * points)) == pytest.approx(math.erf(0.3), abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_gini_agrees_with_all_pairs_also_with_negative_values(seed):
    values = np.random.default_rng(seed).normal(0.2, 1.0, 101)
    assert gini(values) == pytest.approx(naive_gini(values), rel=1e-12)
    assert 0.0 < gini(values) < 1.0


def test_gini_stays_within_one_where_the_ordinary_form_leaves_it():
    values = np.array([-9.0, 1.0, 10.0])
    ordinary = np.abs(values[:, None] - values).mean() / (2 * values.mean())
    assert ordinary > 1.0
    assert gini(values) == pytest.approx(76 / 9 / (2 * 20 / 3))


def test_gini_of_nothing_but_zeros_is_undefined():
    assert math.isnan(gini(np.zeros(4)))


@pytest.mark.parametrize("values", [[], [1.0, math.nan], [1.0, math.inf]])
@pytest.mark.parametrize("measure", [gini, theil_index, palma_ratio, lorenz_curve])
def test_measures_refuse_what_is_empty_or_not_finite(measure, values):
    with pytest.raises(ValueError, match="at least one value"):
        measure(np.array(values))


def test_lorenz_curve_goes_from_nothing_to_all_in_order():
    persons, held = lorenz_curve(np.array([3.0, 1.0, 6.0]))
    assert persons == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert held == pytest.approx([0, 0.1, 0.4, 1])


def test_gini_is_twice_the_area_between_the_lorenz_curve_and_equality():
    values = np.random.default_rng(3).lognormal(0, 1, 500)
    persons, held = lorenz_curve(values)
    assert gini(values) == pytest.approx(1 - 2 * np.trapezoid(held, persons))


def test_lorenz_curve_needs_a_positive_total():
    with pytest.raises(ValueError, match="positive total"):
        lorenz_curve(np.array([-1.0, 1.0]))


def test_top_share_and_palma_ratio_by_hand():
    values = np.array([1.0, 1, 1, 1, 2, 2, 2, 2, 3, 5])
    assert top_share(values) == pytest.approx(5 / 20)
    assert top_share(values, 0.2) == pytest.approx(8 / 20)
    assert palma_ratio(values) == pytest.approx(5 / 4)
    assert top_share(np.ones(7)) == pytest.approx(0.1)  # a part of a person counts in proportion
    assert palma_ratio(np.full(3, 2.0)) == pytest.approx(0.25)


def test_top_share_refuses_a_fraction_out_of_range():
    with pytest.raises(ValueError, match="fraction"):
        top_share(np.ones(3), 0.0)


def test_palma_ratio_is_undefined_when_the_poor_have_nothing():
    assert math.isnan(palma_ratio(np.array([0.0, 0, 0, 0, 0, 0, 0, 0, 0, 1])))


def test_theil_index_at_its_ends_and_by_hand():
    assert theil_index(np.full(5, 2.0)) == pytest.approx(0.0, abs=1e-15)
    assert theil_index(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(math.log(4))
    assert theil_index(np.array([1.0, 3.0])) == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))


@pytest.mark.parametrize("values", [[-1.0, 2.0], [0.0, 0.0]])
def test_theil_index_refuses_negative_values_and_nothing(values):
    with pytest.raises(ValueError, match="not negative"):
        theil_index(np.array(values))


def dense_trend(values, smoothing):
    """The same linear system with full matrices."""
    length = len(values)
    second_difference = np.diff(np.eye(length), 2, axis=0)
    return np.linalg.solve(np.eye(length) + smoothing * second_difference.T @ second_difference, values)


@pytest.mark.parametrize("length", [3, 4, 5, 6, 105])
@pytest.mark.parametrize("smoothing", [6.25, 1600.0])
def test_hp_filter_solves_the_full_system(length, smoothing):
    values = np.cumsum(np.random.default_rng(length).normal(size=(length, 2)), axis=0)
    trend, cycle = hp_filter(values, smoothing)
    assert trend == pytest.approx(dense_trend(values, smoothing), abs=1e-9)
    assert trend + cycle == pytest.approx(values)


def test_hp_filter_leaves_a_straight_line_alone():
    line = 2.0 + 0.3 * np.arange(40)
    trend, cycle = hp_filter(line)
    assert trend == pytest.approx(line, abs=1e-8)
    assert cycle == pytest.approx(np.zeros(40), abs=1e-8)


def test_hp_filter_without_smoothing_follows_the_series_and_short_series_are_their_own_trend():
    values = np.array([1.0, 5.0, 2.0, 8.0])
    assert hp_filter(values, 0.0)[0] == pytest.approx(values)
    trend, cycle = hp_filter(np.array([1.0, 5.0]))
    assert trend.tolist() == [1.0, 5.0]
    assert cycle.tolist() == [0.0, 0.0]


def test_hp_filter_refuses_gaps():
    with pytest.raises(ValueError, match="finite"):
        hp_filter(np.array([1.0, math.nan, 2.0]))


def test_hp_filter_agrees_with_statsmodels():
    from statsmodels.tsa.filters.hp_filter import hpfilter  # takes a second

    values = np.cumsum(np.random.default_rng(8).normal(size=105))
    cycle, trend = hpfilter(values, 1600)
    assert hp_filter(values)[0] == pytest.approx(trend, abs=1e-8)
    assert hp_filter(values)[1] == pytest.approx(cycle, abs=1e-8)


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [(1, 6.313752), (2, 2.919986), (3, 2.353363), (4, 2.131847), (7, 1.894579), (9, 1.833113), (99, 1.660391)],
)
def test_student_t_quantile_agrees_with_the_printed_table(degrees, expected):
    assert student_t_quantile(0.95, degrees) == pytest.approx(expected, abs=2e-6)
    assert student_t_quantile(0.05, degrees) == pytest.approx(-expected, abs=2e-6)
    assert student_t_quantile(0.5, degrees) == pytest.approx(0.0, abs=1e-9)


def test_student_t_quantile_agrees_with_scipy():
    from scipy import stats  # takes a second

    for degrees in (1, 2, 5, 8, 30, 199):
        for probability in (0.01, 0.6, 0.975):
            expected = stats.t.ppf(probability, degrees)
            assert student_t_quantile(probability, degrees) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("probability", "degrees"), [(0.0, 3), (1.0, 3), (0.9, 0)])
def test_student_t_quantile_refuses_what_makes_no_sense(probability, degrees):
    with pytest.raises(ValueError, match="degree of freedom"):
        student_t_quantile(probability, degrees)


def test_slope_of_a_line_with_gaps():
    explaining = np.array([0.0, 1.0, 2.0, math.nan, 4.0])
    assert ordinary_least_squares_slope(3.0 - 0.5 * explaining, explaining) == pytest.approx(-0.5)
    assert math.isnan(ordinary_least_squares_slope(explaining, np.ones(5)))
    assert math.isnan(ordinary_least_squares_slope(explaining[:2], explaining[:2]))
