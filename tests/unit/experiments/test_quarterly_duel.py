"""Origins of the quarterly duel: what they open with, and how growth on the year before is made."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.data import load_tables
from abm.errors import UserError
from abm.experiments.validation import duel_of_china, duel_of_the_usa
from abm.experiments.validation import quarterly_duel as duel
from abm.experiments.validation.duel_of_china import CHINA
from abm.experiments.validation.duel_of_the_usa import USA
from abm.experiments.validation.opening_draws import growth_expected
from abm.experiments.validation.quarterly_record import load_quarters, place_of_quarter, quarter_named

pytestmark = pytest.mark.unit


def test_an_origin_takes_the_latest_tables_before_it():
    for quarter, year in (("2012Q1", 2012), ("2014Q4", 2012), ("2017Q4", 2015), ("2023Q4", 2018), ("2024Q1", 2024)):
        assert CHINA.tables_of(place_of_quarter(quarter)) == year


def test_the_trend_at_a_first_quarter_is_that_of_the_back_test_and_fades_in_the_year():
    known = duel_of_china.growth_known(place_of_quarter("2015Q1"))
    assert known.first == pytest.approx(growth_expected(2015).first)
    assert known.long_run < duel_of_china.growth_known(place_of_quarter("2015Q4")).first < known.first


def test_later_growth_changes_no_origin(monkeypatch):
    original, place = duel_of_china.load_growth_record, place_of_quarter("2015Q3")
    before = duel_of_china.origin_settings(place, [1, 2])
    monkeypatch.setattr(
        duel_of_china, "load_growth_record", lambda of: {y: v if y < 2015 else 9.0 for y, v in original(of).items()}
    )
    assert duel_of_china.origin_settings(place, [1, 2]) == before


def test_a_seed_draws_the_same_whatever_the_others():
    place = place_of_quarter("2018Q1")
    assert duel_of_china.origin_settings(place, [7])[7] == duel_of_china.origin_settings(place, [1, 7])[7]
    assert duel_of_china.origin_settings(place, [7])[7] != duel_of_china.origin_settings(place + 1, [7])[7]


def test_the_tables_of_an_origin_differ_by_the_rate_of_consumer_prices_alone(tmp_path):
    place = place_of_quarter("2013Q2")
    scenario = duel.origin_scenario(CHINA, place, "", tmp_path)
    assert scenario.opening_year == 2012 and scenario.quarters == CHINA.steps
    opened, kept = load_tables(2012, scenario.tables).macro, load_tables(2012).macro
    differing = {name for name in kept if opened[name] != kept[name]}
    assert differing == {"consumer_price_inflation"}
    published = load_quarters()["consumer_prices"][place]
    assert opened["consumer_price_inflation"] == pytest.approx(published / 100, abs=1e-6)


def test_a_short_duel_forecasts_every_origin():
    found = duel.run_quarterly_duel(2000, [1, 2], "china", since=2025)
    assert [quarter_named(run.place) for run in found.runs] == ["2025Q1", "2025Q2", "2025Q3"]
    assert not found.interrupted and not found.failures
    for run in found.runs:
        for growth in run.growth.values():
            assert growth.shape == (2, CHINA.steps) and np.isfinite(growth).all() and (np.abs(growth) < 20).all()


def test_a_quarter_in_other_words_is_refused():
    with pytest.raises(UserError, match="should be a quarter such as 2012Q1"):
        place_of_quarter("2012-1")


def test_a_draw_without_an_economy_is_left_out_and_open_books_are_a_failure():
    found = duel.QuarterlyDuel((), (1, 2), 2000, "", {})
    duel._note_failures(found, place_of_quarter("2015Q1"), {1: UserError("no economy"), 2: ValueError("books")})
    assert found.left_out == ("2015Q1, seed 1",) and list(found.failures) == ["2015Q1, seed 2"]


def test_an_economy_without_a_record_of_quarters_is_refused_and_one_without_early_tables_too():
    with pytest.raises(UserError, match="china_20: there is no record of quarters.*china, usa"):
        duel.run_quarterly_duel(2000, 1, economy="china_20")
    with pytest.raises(UserError, match="2016Q4: there are no tables of usa that early"):
        USA.tables_of(place_of_quarter("2016Q4"))
    assert quarter_named(duel.origins(2012, "usa")[0]) == "2017Q1"


def test_american_growth_is_four_hundred_times_the_change_of_the_logarithm(monkeypatch):
    levels = {
        "real_gdp": np.array([[100.0, 101.0, 101.0]]), "nominal_gdp": np.array([[100.0, 101.0, 102.01]]),
        "unemployment_rate": np.array([[0.04, 0.05, 0.06]]),
    }  # fmt: skip
    monkeypatch.setattr(duel_of_the_usa, "Paths", lambda _: SimpleNamespace(economy=levels.__getitem__))
    found = USA.forecast(None, place_of_quarter("2024Q1"))
    assert found["real_gdp_growth"] == pytest.approx(np.array([[400 * np.log(1.01), 0.0]]))
    assert found["gdp_deflator_growth"] == pytest.approx(np.array([[0.0, 400 * np.log(1.01)]]), abs=1e-9)
    assert found["unemployment_rate"] == pytest.approx(np.array([[5.0, 6.0]]))


def test_an_american_origin_carries_prices_and_unemployment_and_a_trend_of_the_past(monkeypatch, tmp_path):
    place, record = place_of_quarter("2022Q2"), load_quarters("usa")
    scenario = duel.origin_scenario(USA, place, "", tmp_path)
    assert scenario.opening_year == 2019 and scenario.quarters == USA.steps == 12
    opened, kept = load_tables(2019, scenario.tables).macro, load_tables(2019, "usa").macro
    assert {name for name in kept if opened[name] != kept[name]} == {"consumer_price_inflation", "unemployment_rate"}
    assert opened["unemployment_rate"] == pytest.approx(record["unemployment_rate"][place] / 100, abs=1e-6)
    before, original = USA.settings(place, [1, 2]), duel_of_the_usa.load_growth_record
    assert before[1] == before[2]
    later = {year: value if year < 2022 else 9.0 for year, value in original("USA").items()}
    monkeypatch.setattr(duel_of_the_usa, "load_growth_record", lambda _: later)
    assert USA.settings(place, [1, 2]) == before


def test_a_short_american_duel_forecasts_every_origin():
    found = duel.run_quarterly_duel(2000, [1], since=2025, economy="usa")
    assert [quarter_named(run.place) for run in found.runs] == ["2025Q1", "2025Q2", "2025Q3"]
    assert not found.failures and not found.left_out and found.posterior == ""
    for run in found.runs:
        assert run.tables == 2024 and set(run.growth) == {"real_gdp_growth", "gdp_deflator_growth", "unemployment_rate"}
        assert all(one.shape == (1, 12) and np.isfinite(one).all() for one in run.growth.values())
