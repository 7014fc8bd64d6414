"""The score of the back-test and its naive rivals, held against figures worked out by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from xinzhi.analysis.backtest.case_china import CHINA
from xinzhi.analysis.backtest.figures import backtest_figure, write_backtest
from xinzhi.analysis.backtest.scores import score_backtest
from xinzhi.analysis.backtest.text import backtest_text
from xinzhi.analysis.statistics.naive_forecasts import NAIVE, drift, linear_trend, past_of, persistence

pytestmark = pytest.mark.unit

SECTORS = "AGR MIN LGT PET CHM NMM MET MEQ TRE ELE UTL CON TRD TRN HOS ICT FIN RES BUS PUB".split()
POOLED = [code for code in SECTORS if code not in "TRD HOS ICT FIN RES BUS PUB".split()]
POOLED += ["TRD+HOS", "ICT+FIN+RES+BUS+PUB", "HH"]
YEARS = range(2010, 2015)
ECONOMY = "economy"


def observation(variable, group, year, value):
    return SimpleNamespace(variable=variable, group=group, year=year, value=value)


@pytest.fixture(scope="module")
def record():
    """Five years: levels grow by a tenth, agriculture loses a point of work a year to trade, all else stands still."""
    rows = []
    for step, year in enumerate(YEARS):
        rows += [observation(name, ECONOMY, year, 100 * 1.1**step) for name in ("real_gdp", "electricity_use")]
        rows.append(observation("co2_emissions", ECONOMY, year, 1600.0))
        rows += [observation("co2_by_sector", group, year, 100.0) for group in POOLED]
        rows.append(observation("investment_share", ECONOMY, year, 0.45))
        rows.append(observation("labour_share_non_agriculture", ECONOMY, year, 0.5))
        for code in SECTORS:
            moved = {"AGR": -0.01 * step, "TRD": 0.01 * step}.get(code, 0.0)
            rows.append(observation("employment_share", code, year, 0.05 + moved))
            rows.append(observation("value_added_share", code, year, 0.05))
    return rows


@pytest.fixture(scope="module")
def card(record, results_of):
    """Opened in 2012, two years on: the model stands still but for GDP, 20 % up in 2013 and again in 2014."""
    quarters, seeds = 12, (1, 2, 3)
    flat = np.ones((len(seeds), quarters))
    gdp = np.repeat([1.0, 1.2, 1.44], 4) * flat * np.array([[0.99], [1.0], [1.01]])
    arrays = {
        "real_gdp": gdp, "nominal_gdp": 20 * flat, "investment": 8 * flat, "electricity_use": 7 * flat,
        "co2_emissions": 21 * flat, "inflation_annual": 0.02 * flat, "unemployment_rate": 0.05 * flat,
        "gini_disposable_income": 0.46 * flat,
    }  # fmt: skip
    sectors = {
        name: dict.fromkeys(SECTORS, size * flat)
        for name, size in (("employment", 30), ("value_added", 1.0), ("labour_income", 0.4), ("co2_emissions", 1.0))
    }
    results = results_of(arrays, "backtest_2012", seeds, {"sectors": sectors})
    return score_backtest(
        SimpleNamespace(
            opening=2012,
            until=2014,
            results=results,
            observed=tuple(record),
            drawn=False,
            posterior="",
            economy="china_20",
        )
    )


def row(card, target, group, year):
    chosen = card.rows[(card.rows["target"] == target) & (card.rows["group"] == group) & (card.rows["year"] == year)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def summary(card, name):
    return next(one for one in card.summaries if one.target.name == name)


def test_naive_forecasts_of_a_share():
    past = {2000: 1.0, 2001: 2.0, 2002: 6.0}
    assert drift(past, 2004, False) == pytest.approx(6 + 2 * 2.5)
    assert persistence(past, 2004, False) == 6.0
    # The line through (0, 1), (1, 2), (2, 6) is 0.5 + 2.5 t.
    assert linear_trend(past, 2004, False) == pytest.approx(0.5 + 2.5 * 4)


def test_naive_forecasts_of_a_level_are_made_in_logarithms():
    past = {2000: 1.0, 2001: 2.0, 2002: 8.0}
    assert persistence(past, 2003, True) == pytest.approx(32)
    assert drift(past, 2004, True) == pytest.approx(8 * 8)
    # In powers of two the line through 0, 1, 3 is -1/6 + 3/2 t.
    assert linear_trend(past, 2004, True) == pytest.approx(2 ** (-1 / 6 + 1.5 * 4))


def test_years_between_observations_count():
    assert drift({2010: 1.0, 2012: 2.0}, 2015, False) == pytest.approx(3.5)
    assert linear_trend({2010: 1.0, 2012: 2.0}, 2015, False) == pytest.approx(3.5)
    assert persistence({2010: 1.0, 2012: 4.0}, 2013, True) == pytest.approx(8.0)


def test_a_single_year_of_past_stays():
    assert [method({2012: 3.0}, 2015, False) for method in (persistence, drift, linear_trend)] == [3.0, 3.0, 3.0]
    assert [method({2012: 3.0}, 2015, True) for method in (persistence, drift, linear_trend)] == pytest.approx(
        [3.0] * 3
    )


def test_the_past_ends_with_the_opening_and_is_ten_years_long():
    assert list(past_of(dict.fromkeys(range(1990, 2020), 1.0), 2012)) == list(range(2002, 2013))
    with pytest.raises(ValueError, match="2012"):
        past_of({2011: 1.0, 2013: 1.0}, 2012)


def test_growth_is_scored_as_its_mean_since_the_opening(card):
    found = row(card, "real_gdp", ECONOMY, 2014)
    assert found["observed"] == pytest.approx(100 * 1.1**4)
    assert found["predicted"] == pytest.approx(100 * 1.1**2 * 1.44)
    assert found["error"] == pytest.approx(10.0)
    assert [found[f"error_{name}"] for name in ("persistence", "drift", "trend")] == pytest.approx([0, 0, 0], abs=1e-9)


def test_levels_and_shares_start_from_what_was_observed(card):
    assert row(card, "electricity_use", ECONOMY, 2013)["predicted"] == pytest.approx(121.0)
    assert row(card, "electricity_use", ECONOMY, 2013)["error"] == pytest.approx(100 * (1 / 1.1 - 1))
    farms = row(card, "employment_share", "AGR", 2014)
    assert farms["predicted"] == pytest.approx(0.03) and farms["error"] == pytest.approx(2.0)
    assert farms["error_persistence"] == pytest.approx(2.0) and farms["error_drift"] == pytest.approx(0.0, abs=1e-9)


def test_services_of_co2_are_pooled_and_households_are_the_rest(card):
    groups = set(card.rows[card.rows["target"] == "co2_by_sector"]["group"])
    assert groups == set(POOLED)
    assert row(card, "co2_by_sector", "HH", 2014)["error"] == pytest.approx(0.0, abs=1e-9)


def test_summary_counts_errors_ratios_and_the_band(card):
    work = summary(card, "employment_share")
    assert work.scored == 40
    assert work.model == pytest.approx((2 * 1 + 2 * 2) / 40)  # two sectors miss by one point in 2013, by two in 2014
    assert work.naive["persistence"] == pytest.approx(work.model) and work.ratio("persistence") == pytest.approx(1.0)
    assert set(work.lost_to) >= {"drift", "trend"} and work.inside == pytest.approx(36 / 40)
    assert work.mean_error == pytest.approx(0.0, abs=1e-12)
    frame = card.summary_frame()
    assert list(frame["target"]) == list(CHINA.counted)


def test_only_years_after_the_opening_are_scored(card):
    assert set(card.rows["year"]) == {2013, 2014}


def test_reasons_are_given_where_the_model_loses_and_only_there(card):
    text = backtest_text(card)
    told = text.split("Possible reasons (not computed)\n")[1].split("\n\n")[0]
    assert "Fewer people may leave agriculture in the model" in told
    assert "GDP is +19.0 per cent off" in " ".join(told.split())  # 1.44 against 1.21
    assert "Investment share:" not in told and "Labour share, farms apart:" not in told
    assert max(map(len, told.splitlines())) <= 120


def test_figure_has_a_panel_for_each_main_series(card, tmp_path):
    figure = backtest_figure(card)
    assert len(figure.axes) == len(CHINA.panels)
    won, compared = card.won
    assert compared == len(NAIVE) * len(CHINA.counted) and 0 <= won <= compared
    title = " ".join(text.get_text() for text in figure.texts if text.get_fontweight() == "bold")
    assert title.endswith(f"the model is more accurate than naive forecasts in {won} of {compared} comparisons")
    write_backtest(card, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "backtest.png", "errors.csv", "errors_summary.csv", "judges.csv", "judges.png", "judges_summary.csv",
    }  # fmt: skip
