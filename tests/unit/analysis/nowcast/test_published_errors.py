"""Errors that others published: the shipped table, scores on the same forecasts, and lines with clear errors."""

import numpy as np
import pytest

from abm import UserError
from abm.experiments.validation.quarterly_duel import OriginRun, QuarterlyDuel
from abm.experiments.validation.quarterly_record import load_quarters, place_of_quarter
from xinzhi.analysis.nowcast.origin_forms import USA
from xinzhi.analysis.nowcast.origins import origin_table
from xinzhi.analysis.nowcast.origins_text import origins_text
from xinzhi.analysis.nowcast.published_errors import (
    KEYS,
    PUBLISHED_WORDS,
    has_published_errors,
    published_errors,
    published_scores,
    read_errors,
)

pytestmark = pytest.mark.unit

HEAD = ",".join((*KEYS, *PUBLISHED_WORDS))
GOOD = "real_gdp_growth,2017Q1,1" + ",0.5" * len(PUBLISHED_WORDS)


@pytest.fixture(scope="module")
def duel():
    """A model that errs by half a point at every origin of three years."""
    record, runs = load_quarters("usa"), []
    for place in range(place_of_quarter("2017Q1"), place_of_quarter("2019Q4")):
        ahead = {
            name: np.array([[record[name][place + step] + 0.5 for step in range(1, 13)]] * 2) for name in USA.names
        }
        runs.append(OriginRun(place, 2017, ahead))
    return QuarterlyDuel(tuple(runs), (1, 2), 2000, "", record, economy="usa")


def test_the_shipped_table_has_every_series_and_outcomes_of_the_record():
    table = published_errors("usa")
    assert has_published_errors("usa") and not has_published_errors("china")
    assert set(table["variable"]) == set(USA.names) and set(table["quarters_ahead"]) == set(USA.ahead)
    errors, record = table.set_index(KEYS)["no_change"], load_quarters("usa")["unemployment_rate"]
    for quarter, ahead in (("2018Q1", 1), ("2022Q3", 4)):
        place = place_of_quarter(quarter)
        known = record[place] - record[place + ahead]
        assert errors["unemployment_rate", quarter, ahead] == pytest.approx(known, abs=0.12)


def test_scores_are_on_the_forecasts_that_both_have(duel):
    scores = published_scores(origin_table(duel), USA, "usa").set_index(
        ["variable", "period", "quarters_ahead", "rule"]
    )
    key = ("real_gdp_growth", "without 2020-21", 1)
    assert scores.loc[(*key, "model"), "rmse"] == pytest.approx(0.5)
    table = published_errors("usa")
    here = table[(table["variable"] == key[0]) & (table["quarters_ahead"] == 1) & (table["origin"] < "2019Q4")]
    mine = scores.loc[(*key, "published_agents_2024")]
    assert mine["forecasts"] == len(here) == 11
    assert mine["rmse"] == pytest.approx(np.sqrt((here["agents_2024"] ** 2).mean()))


def test_the_text_has_their_rows_and_says_what_they_knew(duel):
    text = origins_text(duel, origin_table(duel))
    assert all(words in text for words in PUBLISHED_WORDS.values())
    flat = text.replace("\n", " ")
    assert "accounts that were published later" in flat and "no later figure" not in flat and "China" not in flat


@pytest.mark.parametrize(
    "lines, told",
    [
        ([HEAD.replace(",bvar", ""), GOOD], "column bvar is missing"),
        ([HEAD, GOOD, GOOD.replace("2017Q1", "2017Q2").replace("0.5", "half", 1)], "line 3: agents_2024 should be a"),
        ([HEAD, GOOD, GOOD], "line 3: the same forecast is given twice"),
    ],
)
def test_a_clear_error_is_refused_in_one_line(tmp_path, lines, told):
    path = tmp_path / "published_errors_made.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(UserError, match=told):
        read_errors(path)
