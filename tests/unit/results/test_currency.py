"""Units and texts of results in the currency of their economy; those of China stay as they are declared."""

import pytest

from abm import Model, translated
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.languages import counted_in
from abm.results.currency import country_of, in_currency, in_words_of
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit


def test_china_keeps_its_texts():
    for economy in ("china", "china_20", "a folder that is gone"):
        text = "China's economy, trn CNY, 5 yuan"
        assert in_currency(text, economy) is text and in_words_of(text, economy) is text
        assert country_of(economy) == "China"


def test_another_economy_has_its_own_currency_and_name():
    assert in_currency("trn CNY of 2024Q1", "usa") == "trn USD of 2024Q1"
    assert in_words_of("Model of China's economy, gained per yuan", "usa") == (
        "Model of the economy of the United States, gained per dollar"
    )
    assert in_words_of("China, 2024 to 2050: growth", "usa") == "The United States, 2024 to 2050: growth"
    assert in_words_of("5亿元，多元", "usa", "zh") == "5亿美元，多元"
    assert in_words_of("出口增速（按人民币计）", "usa", "zh") == "出口增速（按美元计）"
    assert "Census Bureau" in in_words_of("China's adoption of AI is a scenario: no rate exists.", "usa")


def test_units_in_another_currency_are_translated_and_counted_as_the_others():
    assert translated("trillion USD a year", "zh") == translated("trillion CNY a year", "zh").replace("元", "美元")
    assert counted_in("zh", "billion USD a year") == (10.0, "亿美元/年")
    assert counted_in("zh", "billion CNY a year") == (10.0, "亿元/年")
    assert counted_in("en", "billion USD a year") == (1.0, "billion USD a year")


def test_results_and_what_is_written_of_them_are_in_dollars(tmp_path):
    results = run_ensemble(load_scenario("baseline", {"economy": "usa"}), 2_000, (1,), 8)
    assert results["gdp"].attrs["unit"].startswith("trillion USD")
    results.write(tmp_path)
    for path in tmp_path.iterdir():
        assert "CNY" not in path.read_text(encoding="utf-8"), path.name
    assert "United States" in (tmp_path / "iamc.csv").read_text(encoding="utf-8")
    assert Model(workers=2_000, rng=1, overrides={"economy": "usa"}).state.workers.rows >= 2_000
