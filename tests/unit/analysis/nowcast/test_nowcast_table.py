"""The tables of the nowcast, on figures and runs made up for the purpose."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.experiments.validation.published import PublishedFigure
from xinzhi.analysis.forecasting.rules import forecast
from xinzhi.analysis.nowcast.duel import benchmark, duel_scores, duel_table
from xinzhi.analysis.nowcast.files import write_nowcast
from xinzhi.analysis.nowcast.numbers import nowcast_table, scores_by_variable, scores_of_methods
from xinzhi.analysis.nowcast.rules import past_of
from xinzhi.analysis.nowcast.text import goal_sentence, headline, missed_sentence, nowcast_page, nowcast_text

pytestmark = pytest.mark.unit

NAMES = ("real_gdp_growth", "consumer_prices")
PERIODS = [(2024, 1), (2024, 2), (2024, 3), (2024, 4), (2025, 1)]


@pytest.fixture
def made():
    """Growth is drawn around what is published, prices lie far off."""
    draws = np.random.default_rng(1)
    figures, values, past = [], [], {}
    for name in NAMES:
        for year, quarter in PERIODS:
            used = "opening" if (year, quarter) == (2024, 1) else "no"
            figures.append(PublishedFigure(name, year, quarter, 5.0, "an office", used))
            values.append(5.0 + (4.0 if name == "consumer_prices" else 0.0) + draws.normal(size=101))
        past[name] = {(year, quarter): 5.0 + draws.normal() for year in range(2000, 2024) for quarter in range(1, 5)}
    paths = {name: np.stack([values[0]] * 5, axis=1) for name in NAMES}
    return SimpleNamespace(
        scenario=SimpleNamespace(name="made", tables="china"), seeds=tuple(range(101)), workers=2_000, quarters=4,
        opening=2024, figures=tuple(figures), values=values, paths=paths, past=past, draws=False, provenance={},
    )  # fmt: skip


@pytest.fixture
def american(made):
    """The same as figures of the United States, with exports, whose words name a currency."""
    made.scenario.tables = "usa"
    made.provenance = {"tables": {"economy": "usa"}}
    made.figures += (PublishedFigure("exports_growth", 2024, 2, 3.0, "an office", "no"),)
    made.values.append(made.values[0])
    made.paths["exports_growth"] = made.paths["consumer_prices"]
    return made


def test_only_what_was_not_used_is_counted(made):
    table = nowcast_table(made)
    assert len(table) == 10 and table["counted"].sum() == 8
    model = scores_of_methods(table).set_index("method").loc["model"]
    assert (model["figures"], model["inside_80"], model["coverage_80"]) == (8, 4, 0.5)
    by = scores_by_variable(table).set_index("variable")
    assert by.loc["consumer_prices", "mean_error"] == pytest.approx(4.0, abs=0.3)
    assert by.loc["consumer_prices", "inside_90"] == 0
    assert "Of 8 figures" in headline(table) and "4 lie inside" in headline(table)
    assert "Consumer prices" in missed_sentence(table) and "Real GDP" not in missed_sentence(table)
    assert "0 of 0" in goal_sentence(table)


def test_intervals_are_those_of_the_draws(made):
    row = nowcast_table(made).iloc[1]
    assert row["model"] == np.median(made.values[1])
    assert (row["model_low_80"], row["model_high_80"]) == tuple(np.quantile(made.values[1], [0.1, 0.9]))


def test_rules_know_the_past_up_to_the_opening_quarter(made):
    past = past_of(made, "real_gdp_growth", quarterly=True)
    assert past.values.size == 97 and past.values[-1] == 5.0
    row = nowcast_table(made).iloc[4]  # 2025Q1, four quarters after the opening
    for rule in ("no_change", "trend", "ar1"):
        assert row[rule] == pytest.approx(forecast(past.values, 4, rule).mean[3])
    assert row["no_change"] == 5.0


def test_a_short_past_or_one_with_gaps_gives_no_rule(made):
    for quarter in range(1, 5):
        made.past["real_gdp_growth"].pop((2023, quarter))
    past = past_of(made, "real_gdp_growth", quarterly=True)
    assert past.values.size == 92  # the stretch before the gap
    made.past["real_gdp_growth"] = {}
    assert past_of(made, "real_gdp_growth", quarterly=True) is None
    assert np.isnan(nowcast_table(made)["ar1"].iloc[1])


def test_the_duel_has_one_forecast_for_each_quarter_ahead(made):
    pytest.importorskip("statsmodels")
    table = duel_table(made)
    assert set(table["quarters_ahead"]) == {1, 2, 3, 4}
    scores = duel_scores(table)
    assert (scores["forecasts"] == 4).all() and scores["error_8"].isna().all()
    model = scores[(scores["variable"] == "consumer_prices") & (scores["rule"] == "model")].iloc[0]
    assert model["error_1"] == pytest.approx(abs(np.median(made.values[6]) - 5.0))
    assert {"var", "bvar", "mean8", "ar"} <= set(scores["rule"])


def test_the_benchmark_is_that_of_2023_to_2025():
    best = benchmark().groupby(["variable", "quarters_ahead"])["root_mean_square_error"].min()
    growth = [best["real_gdp_growth", ahead] for ahead in (1, 2, 4, 8)]
    prices = [best["consumer_prices", ahead] for ahead in (1, 2, 4, 8)]
    assert growth == pytest.approx([0.86, 0.82, 1.05, 1.17], abs=0.01)
    assert prices == pytest.approx([0.45, 0.48, 0.70, 1.33], abs=0.01)


@pytest.mark.parametrize("language, word", [("en", "QUARTERLY FORECASTS"), ("zh", "季度预测")])
def test_text_page_and_files(made, tmp_path, language, word):
    pytest.importorskip("statsmodels")
    assert word in nowcast_text(made, language) and nowcast_page(made, language).count("\n| ---") == 4
    written = write_nowcast(made, tmp_path, "xinzhi nowcast", language)
    assert all(path.stat().st_size for path in written) and (tmp_path / "nowcast.png").stat().st_size > 10_000


@pytest.mark.parametrize("language, country, currency", [("en", "United States", "dollars"), ("zh", "美国", "美元")])
def test_american_words_name_neither_china_nor_its_currency(american, tmp_path, language, country, currency):
    pytest.importorskip("statsmodels")
    texts = [nowcast_text(american, language), nowcast_page(american, language)]
    assert all(country in text and currency in text for text in texts)
    for path in write_nowcast(american, tmp_path, "xinzhi nowcast --economy usa", language):
        if path.suffix in (".csv", ".json", ".md"):
            texts.append(path.read_text(encoding="utf-8"))
    assert len(texts) > 3
    for text in texts:
        assert not [word for word in ("China", "Chinese", "yuan", "中国", "人民币") if word in text]
