"""The moments against series whose moments are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis import MOMENTS, moments_table
from xinzhi.analysis.statistics.measures import hp_filter

pytestmark = pytest.mark.unit

QUARTERS = np.arange(105)


def moments_of(results_of, quarters=QUARTERS, groups=None, **series):
    """The moments of a single seed with the series given as (quarters + 1,)."""
    arrays = {
        name: np.broadcast_to(np.asarray(values, dtype=float), quarters.shape)[None] for name, values in series.items()
    }
    groups = {
        table: {
            variable: {group: values[None] for group, values in of_group.items()} for variable, of_group in of.items()
        }
        for table, of in (groups or {}).items()
    }
    return moments_table(results_of(arrays, groups=groups)).iloc[0]


def test_every_moment_has_a_name_a_unit_and_a_definition_and_a_column_for_each_seed(invent):
    table = moments_table(invent(seeds=3))
    assert list(table.columns) == list(MOMENTS)
    assert table.index.tolist() == [1, 2, 3]
    assert np.isfinite(table.to_numpy()).all()
    for name, moment in MOMENTS.items():
        assert moment.name == name
        assert moment.unit
        assert moment.definition.endswith(".")


def test_growth_is_the_compound_rate_over_its_own_years(results_of):
    rates = np.where(QUARTERS[1:] <= 20, 0.05, np.where(QUARTERS[1:] > 64, 0.02, 0.03))
    gdp = 33.0 * np.cumprod(np.concatenate(([1.0], (1 + rates) ** 0.25)))
    moments = moments_of(results_of, real_gdp=gdp)
    assert moments["growth_first_five_years"] == pytest.approx(0.05)
    assert moments["growth_years_10_to_20"] == pytest.approx((1.03**6 * 1.02**4) ** 0.1 - 1)
    assert moments["growth_last_ten_years"] == pytest.approx(0.02)
    assert moments["growth_change"] == pytest.approx(-0.03)


def test_trends_are_yearly_rates_per_unit_of_real_gdp(results_of):
    years = QUARTERS / 4
    gdp = 33.0 * 1.04**years
    moments = moments_of(
        results_of,
        real_gdp=gdp,
        co2_emissions=3000 * 1.04**years * 0.96**years,
        electricity_use=2400 * 1.04**years * 1.02**years,
        groups={"sectors": {"co2_emissions": {"AGR": 0 * years + 1, "UTL": 900 * 1.04**years * 0.99**years}}},
    )
    assert moments["co2_per_gdp_trend"] == pytest.approx(-0.04)
    assert moments["electricity_per_gdp_trend"] == pytest.approx(0.02)
    assert moments["power_sector_co2_trend"] == pytest.approx(0.99 / 1.02 - 1)
    assert moments["co2_end_over_opening"] == pytest.approx(np.mean((1.04 * 0.96) ** years[-4:]))


def test_cycle_moments_follow_the_cycle_that_was_put_in(results_of):
    cycle = 0.02 * np.sin(2 * np.pi * QUARTERS / 20)
    gdp = np.exp(0.01 * QUARTERS + cycle)
    deflator = np.exp(0.005 * QUARTERS)
    moments = moments_of(
        results_of,
        real_gdp=gdp,
        nominal_gdp=gdp * deflator,
        consumption=0.5 * np.exp(0.01 * QUARTERS + 0.5 * cycle) * deflator,
        investment=0.4 * np.exp(0.01 * QUARTERS + 3.0 * cycle) * deflator,
        unemployment_rate=0.05 - 0.4 * cycle,
        vacancy_rate=0.01 + 0.1 * cycle,
    )
    assert moments["investment_relative_deviation"] == pytest.approx(3.0)
    assert moments["consumption_relative_deviation"] == pytest.approx(0.5)
    assert moments["growth_deviation"] == pytest.approx(np.diff(0.01 * QUARTERS + cycle)[8:].std(ddof=1))
    assert moments["cycle_deviation"] == pytest.approx(hp_filter(np.log(gdp)[8:])[1].std(ddof=1))
    assert moments["okun_slope"] == pytest.approx(-0.4)
    assert moments["beveridge_slope"] == pytest.approx(-0.25)
    assert moments["beveridge_correlation"] == pytest.approx(-1.0)
    assert moments["growth_autocorrelation"] == pytest.approx(np.cos(2 * np.pi / 20), abs=0.02)


def test_second_moments_leave_out_the_first_two_years(results_of):
    calm = np.exp(0.01 * QUARTERS)
    shaken = calm * np.where(QUARTERS < 8, 1 + 0.1 * (QUARTERS % 2), 1.0)
    assert moments_of(results_of, real_gdp=shaken)["growth_deviation"] == pytest.approx(0.0, abs=1e-12)


def test_levels_are_taken_where_they_are_said_to_be(results_of):
    line = QUARTERS / 1000
    moments = moments_of(
        results_of,
        gini_disposable_income=np.where(QUARTERS == 0, 0.9, 0.4 + line),
        labour_share=0.5 + line,
        unemployment_rate=0.05 + line,
        public_debt_ratio=0.8 + line,
        inflation_annual=np.where(QUARTERS == 0, 9.0, 0.02),
        firm_exit_rate=0.003,
        ai_adoption_share=0.05 + line,
        ai_spending_ratio=0.004 + line,
        sfc_residual=np.where(QUARTERS == 50, 1e-12, 1e-15),
    )
    assert moments["gini_opening"] == pytest.approx(0.9)
    assert moments["gini_later_lowest"] == pytest.approx(0.401)
    assert moments["gini_later_highest"] == pytest.approx(0.504)
    assert moments["gini_end"] == pytest.approx(0.4 + np.arange(93, 105).mean() / 1000)
    assert moments["labour_share_lowest"] == pytest.approx(0.5)
    assert moments["labour_share_highest"] == pytest.approx(0.604)
    assert moments["unemployment_mean"] == pytest.approx(0.102)
    assert moments["unemployment_highest"] == pytest.approx(0.154)
    assert moments["debt_ratio_end"] == pytest.approx(0.8 + 0.1025)
    assert moments["debt_ratio_drift"] == pytest.approx(0.004)
    assert moments["inflation_mean"] == pytest.approx(0.02)
    assert moments["firm_exit_rate"] == pytest.approx(0.012)
    assert moments["adoption_opening"] == pytest.approx(0.05)
    assert moments["adoption_end_2025"] == pytest.approx(0.057)
    assert moments["ai_spending_2025"] == pytest.approx(0.004 + 0.0055)
    assert moments["adoption_year_10"] == pytest.approx(0.09)
    assert moments["adoption_2050"] == pytest.approx(0.154)
    assert moments["sfc_residual_largest"] == 1e-12


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (1 / (1 + np.exp(-(QUARTERS - 52) / 10)), 1.0),
        (QUARTERS**2 / 104**2, 0.0),
        (np.sqrt(QUARTERS / 104), 0.0),
    ],
)
def test_only_a_curve_that_is_steepest_inside_is_s_shaped(results_of, shape, expected):
    assert moments_of(results_of, ai_adoption_share=shape)["adoption_s_shape"] == expected


def test_the_largest_class_with_firms_is_held_against_the_small_one(results_of):
    sizes = {"ai_adoption_share_small": 0.06, "ai_adoption_share_medium": 0.13}
    assert moments_of(results_of, **sizes)["large_firms_lead"] == pytest.approx(0.07)
    with_large = moments_of(results_of, **sizes, ai_adoption_share_large=0.30)
    assert with_large["large_firms_lead"] == pytest.approx(0.24)


def test_missing_values_are_counted_and_not_hidden(invent):
    whole = invent(seeds=2, quarters=12)
    assert moments_table(whole)["missing_values"].tolist() == [0, 0]
    series = whole.series
    gone = (series["seed"] == 2) & (series["quarter"] == 5) & series["variable"].isin(["real_gdp", "sfc_residual"])
    whole.series = series[~gone]
    assert moments_table(whole)["missing_values"].tolist() == [0, 2]


def test_a_short_run_leaves_undefined_what_it_cannot_tell(invent):
    moments = moments_table(invent(seeds=1, quarters=6)).iloc[0]
    assert np.isnan(moments["growth_first_five_years"])
    assert np.isnan(moments["growth_last_ten_years"])
    assert np.isnan(moments["adoption_2050"])
    assert np.isnan(moments["okun_slope"])
    assert moments["gini_opening"] == pytest.approx(0.465, abs=0.01)


def test_size_classes_are_pooled_by_whether_firms_have_several_departments(results_of):
    quarters = np.ones((1, 5))
    shares = {"micro_1_9": 0.6, "small_10_49": 0.2, "medium_50_249": 0.15, "large_250_plus": 0.05}
    adopted = {"micro_1_9": 0.04, "small_10_49": 0.08, "medium_50_249": 0.10, "large_250_plus": 0.30}
    groups = {
        "firm_sizes": {
            "firms": {name: value * quarters for name, value in shares.items()},
            "ai_adoption_share": {name: value * quarters for name, value in adopted.items()},
        }
    }
    moments = moments_table(results_of({"real_gdp": quarters}, groups=groups)).iloc[0]
    assert moments["larger_firms_lead"] == pytest.approx(0.15 - 0.05)
