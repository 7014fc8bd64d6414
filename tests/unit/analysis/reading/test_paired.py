"""Panels, quantiles and paired differences."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from abm import OUTCOMES
from xinzhi.analysis.reading.changes import change_in_levels, change_of
from xinzhi.analysis.reading.paired import Pair, interval_of, paired_difference, reference_of, variance_ratio
from xinzhi.analysis.reading.panel import Panel, QuarterPanel, quantiles

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


def test_the_interval_of_each_year_is_that_of_its_mean():
    values = np.array([[1.0, 4.0], [2.0, np.nan], [6.0, 5.0]])
    mean, low, high = interval_of(values)
    alone = paired_difference(values[:, 0], np.zeros(3))
    assert (mean[0], low[0], high[0]) == pytest.approx((alone.mean, alone.low, alone.high))
    assert np.isnan([mean[1], low[1], high[1]]).all(), "a year that a seed has no value of"
    assert [ends.tolist() for ends in interval_of(values[:1])] == [[1.0, 4.0]] * 3


def test_pairs_meet_on_the_seeds_and_years_they_share(results_of, quarterly):
    one = Panel(results_of({"x": quarterly([[1, 2, 3], [4, 5, 6], [7, 8, 9]])}, seeds=(2, 5, 9)))
    other = Panel(results_of({"x": quarterly([[10, 20], [30, 50]])}, "no_ai", seeds=(5, 9)))
    pair = Pair(one, other)
    assert pair.seeds == (5, 9)
    assert pair.last == 1
    assert pair.gaps("x").tolist() == [[-6, -15], [-23, -42]]
    # Over the mean of the reference in the year, 20 and 35, not seed by seed.
    assert pair.relative_gaps("x") == pytest.approx(np.array([[-6 / 20, -15 / 35], [-23 / 20, -42 / 35]]))
    assert pair.difference("x", 1).mean == pytest.approx(-28.5)
    assert pair.difference("x", 2) is None


def test_the_verdict_is_the_same_in_per_cent_and_in_the_unit_of_the_level(results_of, quarterly):
    rng = np.random.default_rng(11)
    for _ in range(200):
        base = rng.uniform(50.0, 150.0, (4, 1))
        gaps = rng.normal(rng.uniform(-2.0, 2.0), 1.5, (4, 1))
        pair = Pair(*(
            Panel(results_of({"real_gdp": quarterly(values)}, name, (1, 2, 3, 4)))
            for values, name in ((base + gaps, "tax"), (base, "baseline"))
        ))  # fmt: skip
        relative, absolute = change_of(pair, "real_gdp", 0), change_in_levels(pair, "real_gdp", 0)
        assert relative.unit == "per cent" != absolute.unit
        assert relative.difference.clear == absolute.difference.clear
        assert relative.difference.mean == pytest.approx(100 * absolute.difference.mean / (4 * base.mean()))


def test_runs_of_another_size_are_not_paired(invent):
    pair = Pair(Panel(invent(seeds=2, quarters=4)), Panel(invent("no_ai", seeds=2, quarters=4, workers=40_000)))
    assert pair.seeds == ()
    assert pair.difference("real_gdp", 1) is None


def test_the_economy_without_ai_is_the_reference_wherever_it_stands(results_of):
    named = {name: results_of({"x": np.ones((1, 2))}, name) for name in ("baseline", "no_ai", "tax")}
    assert reference_of([named["baseline"], named["no_ai"]]) == 1
    assert reference_of([named["baseline"], named["tax"]]) == 0


def test_panel_spreads_rows_in_any_order_and_leaves_gaps(results_of):
    quarters = np.array([[1.0, np.nan, 1, 1, 2, 2, 2, 2, 9], [3.0, 3, 3, 3, 4, 4, 4, 8, 9]])
    results = results_of({"x": quarters, "y": np.zeros((2, 9))}, seeds=(4, 7))
    results.series = results.series.sample(frac=1, random_state=1)
    panel = Panel(results)
    assert panel.seeds == (4, 7)
    assert (panel.years.tolist(), panel.last) == ([2024, 2025], 1), "2026 is not whole"
    assert np.array_equal(panel.values("x"), [[np.nan, 2.0], [3.0, 5.0]], equal_nan=True)
    assert np.isnan(panel.values("unheard_of")).all()
    assert panel.has("x")
    assert not panel.has("unheard_of")
    by_quarter = QuarterPanel(results)
    assert by_quarter.last == 8
    assert np.array_equal(by_quarter.values("x"), quarters, equal_nan=True)


def test_flows_add_up_stocks_end_the_year_and_growth_compares_years(results_of):
    quarters = np.array([[1.0, 2, 3, 4, 2, 3, 4, 6]])
    names = ("real_gdp", "public_debt_ratio", "unemployment_rate", "gdp_growth_annual")
    panel = Panel(results_of(dict.fromkeys(names, quarters)))
    assert panel.values("real_gdp").tolist() == [[10.0, 15.0]]
    assert panel.values("public_debt_ratio").tolist() == [[4.0, 6.0]]
    assert panel.values("unemployment_rate").tolist() == [[2.5, 3.75]]
    assert panel.values("gdp_growth_annual")[0, 1] == pytest.approx(0.5), "of the years, not the mean of quarters"
    assert np.isnan(panel.values("gdp_growth_annual")[0, 0])


def test_a_run_shorter_than_a_year_has_no_year(results_of):
    panel = Panel(results_of({"real_gdp": np.ones((2, 3))}, seeds=(1, 2)))
    assert (panel.years.size, panel.last) == (0, -1)
    assert panel.values("real_gdp").shape == (2, 0)
    assert not panel.has("real_gdp")


def test_every_flow_and_stock_is_one_or_the_other():
    assert not [one.name for one in OUTCOMES if one.display.flow and one.display.stock]


def test_panel_reads_categorical_columns_as_results_has_them(invent):
    plain, categorical = invent(seeds=2, quarters=7), invent(seeds=2, quarters=7)
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


def test_derived_ratios_divide_and_are_undefined_at_zero(results_of, quarterly):
    panel = Panel(results_of({"electricity_use": quarterly([[6, 6]]), "real_gdp": quarterly([[3, 0]])}))
    assert np.array_equal(panel.values("electricity_per_gdp"), [[2.0, np.nan]], equal_nan=True)


def test_quantiles_skip_gaps_and_are_undefined_where_nothing_is():
    values = np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan]])
    assert np.array_equal(quantiles(values)[1], [2.0, 5.0, np.nan], equal_nan=True)
    assert quantiles(values)[0, 0] == pytest.approx(1.2)
