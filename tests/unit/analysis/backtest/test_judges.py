"""The judges of the back-test, held against figures worked out by hand, and what is printed of them."""

from types import SimpleNamespace

import numpy as np
import pytest

from xinzhi.analysis.backtest.case_china import CHINA
from xinzhi.analysis.backtest.cases import CASES
from xinzhi.analysis.backtest.judges import FORECASTERS, forecaster_rows, rule_draws, system_draws
from xinzhi.analysis.backtest.judges_figure import judges_figure, judges_message
from xinzhi.analysis.backtest.judges_text import equal_accuracy, judges_summary, judges_text, record_ends
from xinzhi.analysis.backtest.scores import score_backtest
from xinzhi.analysis.backtest.targets import error_of
from xinzhi.analysis.forecasting.scores import crps

pytestmark = pytest.mark.unit

ECONOMY, OPENING, UNTIL = "economy", 2012, 2021
SECTORS = "AGR MIN LGT PET CHM NMM MET MEQ TRE ELE UTL CON TRD TRN HOS ICT FIN RES BUS PUB".split()
SYSTEM = ("real_gdp", "consumer_prices", "electricity_use", "co2_emissions", "co2_global")


def noisy(number, start=1995):
    """{year: level} that grows by about 8 per cent a year."""
    growth = 0.08 + 0.02 * np.random.default_rng(number).standard_normal(UNTIL - start)
    return dict(zip(range(start, UNTIL + 1), 100 * np.exp(np.cumsum([0.0, *growth]))))


@pytest.fixture(scope="module")
def record():
    found = {(name, ECONOMY): noisy(number) for number, name in enumerate(SYSTEM)}
    found["unemployment_rate", ECONOMY] = {year: 0.04 + 0.001 * (year % 3) for year in range(2000, UNTIL + 1)}
    found["gini", ECONOMY] = {2008: 0.43, 2010: 0.437, 2011: 0.424, 2012: 0.422, 2013: 0.397}
    return found


@pytest.fixture(scope="module")
def card(record, results_of):
    """The model grows by 5 per cent a year, from 2 to 8 over the seeds."""
    quarters, seeds = 4 * (UNTIL - OPENING + 1), tuple(range(1, 11))
    flat = np.ones((len(seeds), quarters))
    speed = np.linspace(0.02, 0.08, len(seeds))[:, None] / 4
    grown = np.exp(speed * np.arange(quarters))
    arrays = {
        "real_gdp": grown, "nominal_gdp": 20 * flat, "investment": 8 * flat, "electricity_use": grown,
        "co2_emissions": 21 * grown, "inflation_annual": 0.02 * flat, "unemployment_rate": 0.05 * flat,
        "gini_disposable_income": 0.46 * flat,
    }  # fmt: skip
    sectors = {
        name: dict.fromkeys(SECTORS, size * flat)
        for name, size in (("employment", 30), ("value_added", 1.0), ("labour_income", 0.4), ("co2_emissions", 1.0))
    }
    rows = [SimpleNamespace(variable=name, group=group, year=year, value=value)
            for (name, group), series in record.items() for year, value in series.items()]  # fmt: skip
    results = results_of(arrays, "backtest_2012", seeds, {"sectors": sectors})
    return score_backtest(
        SimpleNamespace(
            opening=OPENING,
            until=UNTIL,
            results=results,
            observed=tuple(rows),
            drawn=True,
            posterior="",
            economy="china_20",
        )
    )


def test_a_drift_sees_ten_years_and_an_autoregression_all(record):
    series = record["real_gdp", ECONOMY]
    drawn = rule_draws(CHINA.target("real_gdp"), series, OPENING, 3)
    assert set(drawn) == {"no_change", "drift", "trend", "ar"}
    mean = np.log(series[2012] / series[2002]) / 10
    assert np.median(np.log(drawn["drift"]), axis=0) == pytest.approx(np.log(series[2012]) + mean * np.arange(1, 4))
    later = rule_draws(CHINA.target("real_gdp"), {**series, 1995: 1.0}, OPENING, 3)
    assert np.array_equal(later["drift"], drawn["drift"]) and not np.array_equal(later["ar"], drawn["ar"])


def test_nothing_after_the_opening_reaches_a_judge(record):
    changed = {key: {year: value if year <= OPENING else 7.0 for year, value in series.items()}
               for key, series in record.items()}  # fmt: skip
    first, second = (system_draws(one, OPENING, 4, CHINA.systems)[0] for one in (record, changed))
    assert set(first) == set(SYSTEM)
    for target, systems in first.items():
        assert set(systems) == {"var", "bvar"}
        for name, drawn in systems.items():
            assert np.array_equal(drawn, second[target][name]) and drawn.shape[1] == 4


def test_a_series_with_gaps_or_a_short_past_has_no_rules(record):
    assert rule_draws(CHINA.target("gini"), record["gini", ECONOMY], OPENING, 3) == {}
    short = {key: {year: value for year, value in series.items() if year >= 2008} for key, series in record.items()}
    found, missing = system_draws(short, OPENING, 3, CHINA.systems)
    assert not any(found.values()) and "left out" in missing


def test_rows_hold_the_error_the_crps_and_the_intervals():
    target, draws = CHINA.target("electricity_use"), np.array([[90.0], [110.0], [120.0]])
    row = forecaster_rows(target, ECONOMY, {2012: 80.0, 2013: 100.0}, 2012, [2013], {"model": draws}, 80.0)[0]
    assert row["error"] == pytest.approx(10.0) and row["predicted"] == 110.0
    assert row["crps"] == pytest.approx(crps(np.array([-10.0, 10.0, 20.0]), 0.0, fair=True))
    assert row["width_50"] == pytest.approx(15.0) and row["inside_50"] and row["inside_90"]
    growth = error_of(CHINA.target("real_gdp"), np.array([121.0]), 110.25, (100.0, 2), 0.0)
    assert growth == pytest.approx(np.array([5.0]))


def test_the_summary_has_ratios_and_the_pandemic_apart(card):
    summary = judges_summary(card)
    rows = summary[(summary["target"] == "real_gdp") & (summary["period"] == "all years")].set_index("forecaster")
    errors = card.judged[card.judged["target"] == "real_gdp"]
    model, drift = (errors[errors["forecaster"] == name]["error"] for name in ("model", "drift"))
    assert rows.loc["drift", "ratio"] == pytest.approx(np.sqrt((model**2).mean() / (drift**2).mean()))
    assert rows.loc["model", "ratio"] == 1.0 and set(rows.index) == set(FORECASTERS)
    assert rows.loc["model", "scored"] == 9
    apart = summary[(summary["target"] == "real_gdp") & (summary["forecaster"] == "model")].set_index("period")
    assert apart["scored"].to_dict() == {"all years": 9, "without 2020-22": 7, "2020-22": 2}
    assert record_ends(card)["real_gdp"] == UNTIL and record_ends(card)["gini"] == 2013


def test_words_table_and_figure(card):
    text = judges_text(card)
    for words in ("model/AR(p)", "model/BVAR", "CRPS", "width 80 %", "2020-22 apart", "9 errors, 20 are needed"):
        assert words in text
    assert equal_accuracy(card, "gini", "ar").words.startswith("not tested: AR(p)")
    figure = judges_figure(card)
    assert len(figure.axes) == 6 and "times that of an autoregression" in judges_message(card)


def test_every_target_says_why_its_record_ends():
    assert all(target.ends for case in CASES.values() for target in case.targets)
    assert all(len(case.counted) == 8 for case in CASES.values())
