"""The back-test of the United States: what it is held against, what is masked, what is drawn, and in which words."""

import re
from dataclasses import asdict

import numpy as np
import pytest

from abm import UserError
from abm.data import load_assumptions
from abm.data.growth_record import load_own_growth
from abm.experiments.validation.backtest import backtest_scenario, backtest_years, first_backtest, run_backtest
from abm.experiments.validation.opening_draws import error_of_past_means, opening_draws
from xinzhi.analysis.backtest.case_china import CHINA
from xinzhi.analysis.backtest.case_usa import PUBLIC, USA
from xinzhi.analysis.backtest.cases import CASES, case_of
from xinzhi.analysis.backtest.scores import score_backtest
from xinzhi.analysis.backtest.text import backtest_text

pytestmark = pytest.mark.unit

CHINESE = re.compile(r"\bChin|\byuan\b|\bNBS\b|CEADs|National Energy Administration")


@pytest.fixture(scope="module")
def card():
    return score_backtest(run_backtest(2017, 2020, 2_000, (1, 2), trends_drawn=True, economy="usa"))


def test_its_targets_and_words_say_nothing_of_china(card):
    assert not CHINESE.search(repr(asdict(USA))) and CHINESE.search(repr(asdict(CHINA)))
    assert not CHINESE.search(backtest_text(card))
    assert card.case is USA and set(card.rows["target"]) <= {target.name for target in USA.targets}


def test_public_services_are_one_group_in_the_record(card):
    groups = set(card.rows[card.rows["target"] == "value_added_share"]["group"])
    assert PUBLIC in groups and not groups & set(PUBLIC.split("+"))


def test_errors_are_printed_with_and_without_the_pandemic(card):
    text = backtest_text(card)
    assert "Mean absolute error, without 2020-21" in text and "2020-21 apart" in text
    assert {2020} == set(card.rows["year"]) & set(USA.masked)
    counted = sum(one.target.counted and one.scored > 0 for one in card.unmasked)
    assert card.won_unmasked[1] == 3 * counted > 0 and card.won_before == (0, 0)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_target_of_a_case_has_reasons_and_every_panel_a_target(case):
    names = {target.name for target in case.targets}
    assert set(case.reasons) == names and all(set(both) == {True, False} for both in case.reasons.values())
    assert {panel.target for panel in case.panels} | set(case.judge_panels) | set(case.systems) <= names


def test_the_years_of_each_economy():
    assert backtest_years() == (2012, 2015, 2018) and backtest_years("usa") == (2017, 2019)
    assert first_backtest() == 2012 and first_backtest("usa") == 2017
    assert backtest_scenario(2019, 2025, economy="usa").name == "backtest_usa_2019"
    with pytest.raises(UserError, match="--opening 2017: should be one of 2012, 2015, 2018$"):
        backtest_scenario(2017, 2025)
    with pytest.raises(UserError, match="--opening 2012: should be one of 2017, 2019, the earlier years of usa"):
        backtest_scenario(2012, 2025, economy="usa")
    with pytest.raises(UserError, match="there is one of china_20, usa"):
        case_of("elsewhere")


@pytest.mark.parametrize("opening", [2017, 2019])
def test_the_trend_is_drawn_with_the_errors_of_past_means(opening):
    draws, given = opening_draws(opening, range(1, 1001), "usa"), load_assumptions(opening, "usa")
    drawn = np.array([one["assumptions.growth.trend_long_run"] for one in draws.values()])
    assert all("assumptions.growth.trend_opening" not in one for one in draws.values())
    error = error_of_past_means(load_own_growth("usa"), opening) / 4
    assert drawn.std() == pytest.approx(error, rel=0.1)
    assert abs(drawn.mean() - given["growth.trend_long_run"]) < 4 * error / np.sqrt(1000)


def test_the_error_of_past_means_reads_nothing_later():
    record = {year: 0.01 + 0.001 * (year % 5) for year in range(1950, 2026)}
    changed = record | {year: 1.0 for year in record if year >= 2017}
    assert error_of_past_means(record, 2017) == error_of_past_means(changed, 2017) == pytest.approx(0.0, abs=1e-12)
    rising = {year: 0.001 * (year - 1950) for year in range(1950, 2017)}
    assert error_of_past_means(rising, 2017) == pytest.approx(0.01)
