"""The quarterly duel over many origins: rules against the benchmark, the model's rows, scores and tests."""

import numpy as np
import pytest

from abm.experiments.validation.quarterly_duel import OriginRun, QuarterlyDuel
from abm.experiments.validation.quarterly_record import load_quarters, place_of_quarter, quarter_named
from xinzhi.analysis.forecasting.linear import linear_forecast
from xinzhi.analysis.nowcast.duel import AHEAD, DUELLED, benchmark
from xinzhi.analysis.nowcast.origins import equal_accuracy, origin_scores, origin_table, rule_forecasts
from xinzhi.analysis.nowcast.origins_text import origins_text

pytestmark = pytest.mark.unit

OF_BENCHMARK = {
    "no_change": "rw", "mean": "mean", "mean8": "mean8", "ar1": "AR(1)", "ar2": "AR(2)", "var": "VAR(1) gdp,cpi",
    "var_ppi": "VAR(1) gdp,cpi,ppi", "var_money": "VAR(1) gdp,cpi,exports,m2",
}  # fmt: skip


def made_duel(first, last, error=0.3):
    """A model whose forecasts lie ``error`` points above the record."""
    record, runs = load_quarters(), []
    for place in range(place_of_quarter(first), place_of_quarter(last) + 1):
        growth = {
            name: np.array([[record[name].get(place + step, 0.0) + error + spread for step in range(1, 9)]
                            for spread in (-0.2, 0.0, 0.2)])
            for name in DUELLED
        }  # fmt: skip
        runs.append(OriginRun(place, 2012, growth))
    return QuarterlyDuel(tuple(runs), (1, 2, 3), 2000, "china", record)


@pytest.fixture(scope="module")
def table():
    return origin_table(made_duel("2012Q1", "2019Q3"))


def test_rules_have_the_errors_of_the_benchmark():
    record, published = load_quarters(), benchmark().set_index(["variable", "rule", "quarters_ahead"])
    for ahead in (1, 4):
        errors = {}
        for place in range(place_of_quarter("2023Q1"), place_of_quarter("2025Q4") + 1):
            for rule, of in rule_forecasts(record, place - ahead).items():
                for name in DUELLED:
                    errors.setdefault((name, rule), []).append(of[name][ahead - 1][0] - record[name][place])
        for (name, rule), found in errors.items():
            if rule in OF_BENCHMARK:
                given = published.loc[name, OF_BENCHMARK[rule], ahead]["root_mean_square_error"]
                assert np.sqrt(np.mean(np.square(found))) == pytest.approx(given, abs=2e-3), (name, rule, ahead)


def test_rules_know_nothing_after_the_origin_nor_coefficients_after_2019():
    record, origin = load_quarters(), place_of_quarter("2015Q1")
    changed = {name: {place: value if place <= origin else 50.0 for place, value in of.items()}
               for name, of in record.items()}  # fmt: skip
    assert rule_forecasts(record, origin) == rule_forecasts(changed, origin)
    history = np.column_stack([np.sin(np.arange(40.0)) + 2])
    wild = history.copy()
    wild[25:39] = 9.0
    first, second = (linear_forecast(one, 3, 1, 20).mean for one in (history, wild))
    assert np.array_equal(first, second)


def test_the_deviation_of_an_autoregression_grows_as_by_hand():
    values = np.column_stack([np.random.default_rng(1).standard_normal(200).cumsum() * 0.1])
    found = linear_forecast(values, 3, 1, 200)
    slope = np.polyfit(values[:-1, 0], values[1:, 0], 1)[0]
    by_hand = np.sqrt(np.cumsum([1.0, slope**2, slope**4]))
    assert found.deviation[:, 0] / found.deviation[0, 0] == pytest.approx(by_hand)


def test_the_model_is_scored_on_its_median(table):
    scores = origin_scores(table)
    models = scores[scores["rule"] == "model"]
    assert models["rmse"].to_numpy() == pytest.approx(0.3) and models["mean_error"].to_numpy() == pytest.approx(0.3)
    assert not models["inside_80"].any()
    here = models[(models["variable"] == "real_gdp_growth") & (models["period"] == "2012-19")]
    assert dict(zip(here["quarters_ahead"], here["forecasts"], strict=True)) == {1: 31, 2: 30, 4: 28, 8: 24}


def test_a_test_needs_twenty_errors(table):
    made = equal_accuracy(table, "consumer_prices", "2012-19", 4, "ar1")
    assert made.statistic is not None and 0 <= made.probability <= 1
    assert equal_accuracy(table, "consumer_prices", "2020-22", 4, "ar1").statistic is None


def test_the_text_says_how_many_forecasts_there_are(table):
    text = origins_text(made_duel("2012Q1", "2019Q3"), table)
    assert "31 origins from 2012Q1 to 2019Q3" in text and "number of forecasts" in text
    assert f"{len(table[table['rule'] == 'model'])} forecasts of the model" in text
    assert "best of the benchmark" in text and "Diebold-Mariano" in text and "parameters drawn" in text
    later = made_duel("2022Q1", "2025Q3")
    short = origins_text(later, origin_table(later))
    assert "Diebold-Mariano" not in short


def test_places_and_names_of_quarters():
    assert quarter_named(place_of_quarter("2012Q3")) == "2012Q3"
    assert all(ahead in (1, 2, 4, 8) for ahead in AHEAD)
