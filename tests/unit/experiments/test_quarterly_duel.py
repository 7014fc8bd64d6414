"""Origins of the quarterly duel: what they open with, and how growth on the year before is made."""

import numpy as np
import pytest

from abm.data import load_tables
from abm.errors import UserError
from abm.experiments.validation import quarterly_duel as duel
from abm.experiments.validation.opening_draws import growth_expected
from abm.experiments.validation.quarterly_record import load_quarters, place_of_quarter, quarter_named

pytestmark = pytest.mark.unit


def test_an_origin_takes_the_latest_tables_before_it():
    for quarter, year in (("2012Q1", 2012), ("2014Q4", 2012), ("2017Q4", 2015), ("2023Q4", 2018), ("2024Q1", 2024)):
        assert duel.tables_of(place_of_quarter(quarter)) == year


def test_the_trend_at_a_first_quarter_is_that_of_the_back_test_and_fades_in_the_year():
    known = duel.growth_known(place_of_quarter("2015Q1"))
    assert known.first == pytest.approx(growth_expected(2015).first)
    assert known.long_run < duel.growth_known(place_of_quarter("2015Q4")).first < known.first


def test_later_growth_changes_no_origin(monkeypatch):
    original, place = duel.load_growth_record, place_of_quarter("2015Q3")
    before = duel.origin_settings(place, [1, 2])
    monkeypatch.setattr(
        duel, "load_growth_record", lambda of: {y: v if y < 2015 else 9.0 for y, v in original(of).items()}
    )
    assert duel.origin_settings(place, [1, 2]) == before


def test_a_seed_draws_the_same_whatever_the_others():
    place = place_of_quarter("2018Q1")
    assert duel.origin_settings(place, [7])[7] == duel.origin_settings(place, [1, 7])[7]
    assert duel.origin_settings(place, [7])[7] != duel.origin_settings(place + 1, [7])[7]


def test_the_tables_of_an_origin_differ_by_the_rate_of_consumer_prices_alone(tmp_path):
    place = place_of_quarter("2013Q2")
    scenario = duel._scenario(place, "", tmp_path)
    assert scenario.opening_year == 2012 and scenario.quarters == duel.STEPS
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
            assert growth.shape == (2, duel.STEPS) and np.isfinite(growth).all() and (np.abs(growth) < 20).all()


def test_a_quarter_in_other_words_is_refused():
    with pytest.raises(UserError, match="should be a quarter such as 2012Q1"):
        place_of_quarter("2012-1")


def test_a_draw_without_an_economy_is_left_out_and_open_books_are_a_failure():
    found = duel.QuarterlyDuel((), (1, 2), 2000, "", {})
    duel._note_failures(found, place_of_quarter("2015Q1"), {1: UserError("no economy"), 2: ValueError("books")})
    assert found.left_out == ("2015Q1, seed 1",) and list(found.failures) == ["2015Q1, seed 2"]
