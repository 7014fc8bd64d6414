"""Changes in words: higher and lower only where the interval says so, in units that suit the measure."""

from __future__ import annotations

import numpy as np
import pytest

from abm import GROUP_OUTCOMES
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    GroupMeasure,
    change_of,
    finding,
    group_changes,
    interval_text,
    is_level,
    size_text,
)
from xinzhi.analysis.reading.paired import Pair, mean_of_pairs
from xinzhi.analysis.reading.panel import Panel

pytestmark = pytest.mark.unit

INCOME = GroupMeasure("deciles", "income_mean", "Income", "income", True, 1)


def pair_of(results_of, variable, one, other):
    seeds = tuple(range(1, len(one) + 1))
    panels = [
        Panel(results_of({variable: np.array(values)[:, None]}, name, seeds))
        for values, name in ((one, "tax"), (other, "baseline"))
    ]
    return Pair(*panels)


@pytest.mark.parametrize(
    "gaps, better, words",
    [
        ([1.0, 1.1, 0.9], None, "higher"),
        ([-1.0, -1.1, -0.9], None, "lower"),
        ([-1.0, -1.1, -0.9], -1, "gains"),
        ([-1.0, -1.1, -0.9], 1, "loses"),
        ([-1.0, -1.1, -0.9], 0, "lower"),
        ([1.0, -1.0, 0.2], 1, "no clear difference"),
        ([0.0, 0.0, 0.0], 1, "the same"),
        ([3.0], 1, "one pair, not known how sure"),
    ],
)
def test_a_difference_is_told_only_where_it_is_clear(gaps, better, words):
    assert finding(mean_of_pairs(np.array(gaps)), better) == words


def test_amounts_change_in_per_cent_and_shares_in_points(results_of):
    amount = change_of(pair_of(results_of, "real_gdp", [110.0, 220.0], [100.0, 200.0]), "real_gdp", 0)
    assert (amount.unit, amount.difference.mean) == ("per cent", pytest.approx(10.0))
    share = change_of(pair_of(results_of, "unemployment_rate", [0.06, 0.07], [0.05, 0.05]), "unemployment_rate", 0)
    assert (share.unit, share.difference.mean) == ("percentage points", pytest.approx(1.5))
    gini = change_of(
        pair_of(results_of, "gini_disposable_income", [0.47, 0.48], [0.46, 0.46]), "gini_disposable_income", 0
    )
    assert gini.unit == "points"
    assert size_text(gini) == "0.0150 points"


def test_what_the_reference_has_none_of_changes_in_its_own_unit(results_of):
    change = change_of(pair_of(results_of, "ai_electricity", [30.0, 32.0], [0.0, 0.0]), "ai_electricity", 0)
    assert (change.unit, change.difference.mean) == ("terawatt hours a quarter", 31.0)
    assert is_level(Panel(results_of({"ai_electricity": np.ones((1, 1))})), "ai_electricity")


def test_an_interval_runs_from_least_to_most_whichever_way_it_goes(results_of):
    change = change_of(pair_of(results_of, "real_gdp", [90.0, 91.0, 92.0], [100.0, 100.0, 100.0]), "real_gdp", 0)
    assert interval_text(change) == "-10.7 to -7.3"
    assert interval_text(change, signed=False) == "7.3 to 10.7"
    single = change_of(pair_of(results_of, "real_gdp", [90.0], [100.0]), "real_gdp", 0)
    assert interval_text(single) == ""


def test_a_small_but_clear_change_is_not_rounded_to_nothing(results_of):
    change = change_of(pair_of(results_of, "real_gdp", [100.02, 100.021], [100.0, 100.0]), "real_gdp", 0)
    assert size_text(change) == "0.02 per cent"


def test_every_measure_of_groups_is_recorded():
    for measure in GROUP_MEASURES:
        assert measure.variable in {outcome.name for outcome in GROUP_OUTCOMES[measure.table]}


def test_tenths_come_in_their_order_however_a_file_has_them(results_of):
    names = ["decile_1", "decile_10", "decile_2"]
    groups = {"deciles": {"income_mean": {name: np.array([[10.0], [20.0]]) for name in names}}}
    richer = {"deciles": {"income_mean": {name: np.array([[11.0], [22.0]]) for name in names}}}
    flat = {"x": np.ones((2, 1))}
    pair = Pair(Panel(results_of(flat, "tax", (1, 2), richer)), Panel(results_of(flat, "baseline", (1, 2), groups)))
    changes = group_changes(pair, INCOME, 0)
    assert list(changes) == ["decile_1", "decile_2", "decile_10"]
    assert changes["decile_2"].difference.mean == pytest.approx(10.0)
