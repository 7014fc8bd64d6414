"""Moments as Chinese records give them, against series whose moments are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis import moments_table
from xinzhi.analysis.moments.cycles import shifted_correlation

pytestmark = pytest.mark.unit

QUARTERS = np.arange(105)
CYCLE = 0.02 * np.sin(2 * np.pi * QUARTERS / 20)
GDP = np.exp(0.01 * QUARTERS + CYCLE)


def moments_of(results_of, **series):
    """The moments of a single seed with the series given as (quarters + 1,)."""
    arrays = {name: np.broadcast_to(np.asarray(one, dtype=float), QUARTERS.shape)[None] for name, one in series.items()}
    return moments_table(results_of(arrays)).iloc[0]


def test_quarterly_inflation_is_that_of_the_price_of_consumption(results_of):
    inflation = 0.005 + 0.004 * (-1.0) ** QUARTERS
    price = np.exp(np.cumsum(inflation))
    moments = moments_of(results_of, consumption=3 * price, real_consumption=3.0)
    assert moments["inflation_quarterly_deviation"] == pytest.approx(inflation[9:].std(ddof=1))
    assert moments["inflation_quarterly_autocorrelation"] == pytest.approx(-1)


def test_inflation_that_follows_output_by_two_quarters_is_seen(results_of):
    later = np.exp(0.005 * QUARTERS + 0.01 * np.sin(2 * np.pi * (QUARTERS - 2) / 20))
    moments = moments_of(results_of, real_gdp=GDP, consumption=later, real_consumption=1.0)
    assert moments["inflation_after_output"] == pytest.approx(1 - np.cos(2 * np.pi * 4 / 20), abs=0.05)


def test_quarters_that_fall_are_counted_after_two_years(results_of):
    change = np.where(QUARTERS % 4 == 0, -0.01, 0.02)
    yearly = np.where(QUARTERS < 8, -1.0, np.where(QUARTERS < 17, -0.001, 0.02))
    moments = moments_of(results_of, real_gdp=np.exp(np.cumsum(change)), inflation_annual=yearly)
    assert moments["falling_quarters"] == pytest.approx(24 / 96)
    assert moments["falling_prices"] == pytest.approx(9 / 97)


def test_one_great_change_among_many_alike_has_a_high_kurtosis(results_of):
    change = 0.01 + 0.001 * (-1.0) ** QUARTERS
    assert moments_of(results_of, real_gdp=np.exp(np.cumsum(change)))["growth_kurtosis"] == pytest.approx(-2, abs=0.01)
    change[50] = -0.1
    assert moments_of(results_of, real_gdp=np.exp(np.cumsum(change)))["growth_kurtosis"] > 50


def test_uses_that_move_with_output_or_against_it(results_of):
    deflator = np.exp(0.005 * QUARTERS)
    moments = moments_of(
        results_of, real_gdp=GDP, nominal_gdp=GDP * deflator, real_consumption=np.exp(0.01 * QUARTERS + 0.5 * CYCLE),
        investment=np.exp(0.01 * QUARTERS + 3 * CYCLE) * deflator,
        exports=np.exp(0.01 * QUARTERS + 6 * CYCLE) * deflator,
        imports=np.exp(0.01 * QUARTERS - CYCLE) * deflator,
        government_consumption=np.exp(0.01 * QUARTERS - CYCLE) * deflator, electricity_use=2000 * GDP**1.2,
        policy_rate=0.02 + 0.2 * CYCLE, unemployment_rate=0.05 - 0.4 * CYCLE, firm_exit_rate=0.01 - 0.1 * CYCLE,
        employment=700 * np.exp(0.5 * CYCLE), labour_productivity=np.exp(0.01 * QUARTERS + 0.5 * CYCLE),
    )  # fmt: skip
    for name in ("consumption_cycle", "consumption_growth_cycle", "investment_growth_cycle", "exports_cycle",
                 "electricity_cycle", "productivity_cycle"):  # fmt: skip
        assert moments[name] == pytest.approx(1, abs=1e-6)
    for name in ("imports_cycle", "government_cycle", "unemployment_cycle"):
        assert moments[name] == pytest.approx(-1, abs=1e-6)
    assert moments["exits_cycle"] == pytest.approx(-1, abs=0.01)
    assert moments["exports_relative_deviation"] == pytest.approx(6)
    assert moments["investment_growth_relative_deviation"] == pytest.approx(3)
    assert moments["consumption_growth_relative_deviation"] == pytest.approx(0.5)
    assert moments["net_exports_cycle"] > 0.8
    for name in ("policy_rate_cycle", "employment_cycle"):
        assert moments[name] == pytest.approx(np.cos(2 * np.pi / 20), abs=0.02)
    assert moments["policy_rate_deviation"] == pytest.approx(0.2 * CYCLE[8:].std(ddof=1))
    assert moments["unemployment_deviation"] == pytest.approx(0.4 * CYCLE[8:].std(ddof=1))


def test_a_shift_is_to_a_later_value_of_the_second_series():
    wave = np.sin(QUARTERS / 3)
    assert shifted_correlation(wave[2:], wave[:-2], 2) == pytest.approx(1)
    assert shifted_correlation(wave[:-2], wave[2:], -2) == pytest.approx(1)
    assert np.isnan(shifted_correlation(wave, wave[1:]))
    assert np.isnan(shifted_correlation(np.empty(0), np.empty(0), 1))


def test_outlooks_are_of_calendar_years(results_of):
    emissions = np.where(QUARTERS < 24, 100 + QUARTERS, 90.0)
    share = 0.2 - 0.001 * QUARTERS
    moments = moments_of(
        results_of, co2_emissions=emissions, electricity_use=4000.0, agricultural_employment_share=share
    )
    assert moments["co2_peak_years"] == 23 / 4
    assert moments["co2_2035_over_peak"] == pytest.approx(360 / sum((120, 121, 122, 123)) - 1)
    assert moments["co2_2049_over_opening"] == pytest.approx(360 / sum((100, 101, 102, 103)) - 1)
    assert moments["electricity_2049"] == pytest.approx(16)
    assert moments["agriculture_change_early"] == pytest.approx(-0.004)
