"""Panels, quantiles and paired differences."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from xinzhi.analysis.reading.paired import Pair, paired_difference, reference_of, variance_ratio
from xinzhi.analysis.reading.panel import Panel, quantiles

pytestmark = pytest.mark.unit


def test_difference_and_interval_by_hand():
    one, other = np.array([3.0, 5.0, 4.0, np.nan]), np.array([1.0, 2.0, 3.0, 9.0])
    difference = paired_difference(one, other)
    reach = 2.919986 * 1.0 / math.sqrt(3)  # gaps 2, 3, 1; t with two degrees of freedom
    assert difference.pairs == 3
    assert difference.mean == pytest.approx(2.0)
    assert (difference.low, difference.high) == pytest.approx((2 - reach, 2 + reach))
    assert difference.clear
    assert not difference.same


def test_the_interval_holds_the_truth_nine_times_in_ten():
    rng = np.random.default_rng(4)
    held = [
        difference.low <= 0.3 <= difference.high
        for difference in (paired_difference(rng.normal(0.3, 1, 8), np.zeros(8)) for _ in range(2000))
    ]
    assert np.mean(held) == pytest.approx(0.90, abs=0.02)


def test_an_interval_around_zero_is_not_clear_and_equal_runs_are_the_same():
    unclear = paired_difference(np.array([1.0, -1.0, 0.5]), np.zeros(3))
    assert not unclear.clear
    assert not unclear.same
    same = paired_difference(np.ones(3), np.ones(3))
    assert same.same
    assert not same.clear


def test_one_pair_has_no_interval_and_no_pair_no_difference():
    single = paired_difference(np.array([2.0]), np.array([1.0]))
    assert (single.mean, single.pairs) == (1.0, 1)
    assert math.isnan(single.low)
    assert not single.clear
    assert paired_difference(np.array([np.nan]), np.array([1.0])) is None


def test_pairing_saves_the_variance_that_both_share():
    rng = np.random.default_rng(8)
    shared, own, others = 3.0 * rng.normal(size=20_000), rng.normal(size=20_000), rng.normal(size=20_000)
    # var(one) + var(other) = 2 (9 + 1); var(one - other) = 1 + 1.
    assert variance_ratio(shared + own, shared + others) == pytest.approx(10.0, rel=0.03)
    assert variance_ratio(own, others) == pytest.approx(1.0, rel=0.03)  # no shared luck, nothing saved
    by_hand = variance_ratio(np.array([1.0, 2.0, 4.0, np.nan]), np.array([1.0, 3.0, 4.0, 5.0]))
    assert by_hand == pytest.approx((7 / 3 + 7 / 3) / (1 / 3))


def test_without_pairs_or_without_any_spread_there_is_no_ratio():
    assert math.isnan(variance_ratio(np.array([1.0, 2.0]), np.array([1.0, 3.0])))
    assert math.isnan(variance_ratio(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0])))


def test_pairs_meet_on_the_seeds_and_quarters_they_share(results_of):
    one = Panel(results_of({"x": np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])}, seeds=(2, 5, 9)))
    other = Panel(results_of({"x": np.array([[10.0, 20], [30, 50]])}, "no_ai", seeds=(5, 9)))
    pair = Pair(one, other)
    assert pair.seeds == (5, 9)
    assert pair.last == 1
    assert pair.gaps("x").tolist() == [[-6, -15], [-23, -42]]
    assert pair.relative_gaps("x") == pytest.approx(np.array([[-0.6, -0.75], [-23 / 30, -0.84]]))
    assert pair.difference("x", 1).mean == pytest.approx(-28.5)
    assert pair.difference("x", 2) is None


def test_runs_of_another_size_are_not_paired(invent):
    pair = Pair(Panel(invent(seeds=2, quarters=4)), Panel(invent("no_ai", seeds=2, quarters=4, workers=40_000)))
    assert pair.seeds == ()
    assert pair.difference("real_gdp", 1) is None


def test_the_economy_without_ai_is_the_reference_wherever_it_stands(results_of):
    named = {name: results_of({"x": np.ones((1, 2))}, name) for name in ("baseline", "no_ai", "tax")}
    assert reference_of([named["baseline"], named["no_ai"]]) == 1
    assert reference_of([named["baseline"], named["tax"]]) == 0


def test_panel_spreads_rows_in_any_order_and_leaves_gaps(results_of):
    results = results_of(
        {"x": np.array([[1.0, np.nan], [3.0, 4.0]]), "y": np.array([[2.0, 2.0], [0.0, 2.0]])}, seeds=(4, 7)
    )
    results.series = results.series.sample(frac=1, random_state=1)
    panel = Panel(results)
    assert panel.seeds == (4, 7)
    assert panel.last == 1
    assert np.array_equal(panel.values("x"), [[1.0, np.nan], [3.0, 4.0]], equal_nan=True)
    assert np.isnan(panel.values("unheard_of")).all()
    assert panel.has("x")
    assert not panel.has("unheard_of")
    assert panel.years.tolist() == [2024.0, 2024.25]


def test_panel_reads_categorical_columns_as_results_has_them(invent):
    plain, categorical = invent(seeds=2, quarters=5), invent(seeds=2, quarters=5)
    for frame in (categorical.series, *categorical.groups.values()):
        for column in {"scenario", "variable", "unit", "group"} & set(frame.columns):
            frame[column] = pd.Categorical(frame[column], categories=frame[column].unique())
    one, other = Panel(plain), Panel(categorical)
    assert np.array_equal(one.values("real_gdp"), other.values("real_gdp"))
    sectors = other.group_values("sectors", "value_added")
    assert list(sectors) == list(one.group_values("sectors", "value_added"))
    assert np.array_equal(sectors["MEQ"], one.group_values("sectors", "value_added")["MEQ"])
    assert other.unit("co2_emissions") == "Mt CO2"


def test_panel_has_no_groups_where_there_is_no_table(results_of):
    panel = Panel(results_of({"x": np.ones((1, 2))}))
    assert panel.group_values("sectors", "value_added") == {}


def test_derived_ratios_divide_and_are_undefined_at_zero(results_of):
    panel = Panel(results_of({"electricity_use": np.array([[6.0, 6.0]]), "real_gdp": np.array([[3.0, 0.0]])}))
    assert np.array_equal(panel.values("electricity_per_gdp"), [[2.0, np.nan]], equal_nan=True)


def test_quantiles_skip_gaps_and_are_undefined_where_nothing_is():
    values = np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan]])
    assert np.array_equal(quantiles(values)[1], [2.0, 5.0, np.nan], equal_nan=True)
    assert quantiles(values)[0, 0] == pytest.approx(1.2)
