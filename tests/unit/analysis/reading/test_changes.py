"""Changes in words: higher and lower only where the interval says so, in units that suit the measure."""

from __future__ import annotations

import numpy as np
import pytest

from abm import GROUP_OUTCOMES
from xinzhi.analysis import compare, summary_table
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    Change,
    GroupMeasure,
    cell_text,
    change_of,
    decimals_of,
    finding,
    group_changes,
    interval_text,
    is_level,
    size_text,
)
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs
from xinzhi.analysis.reading.panel import Panel

pytestmark = pytest.mark.unit

INCOME = GroupMeasure("deciles", "income_mean", "Income", "income", True, 1)


def pair_of(results_of, variable, one, other):
    seeds = tuple(range(1, len(one) + 1))
    panels = [
        Panel(results_of({variable: np.repeat(np.array(values, dtype=float)[:, None], 4, axis=1)}, name, seeds))
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
    assert size_text(gini) == "1.50 points"


def test_what_the_reference_has_none_of_changes_in_its_own_unit(results_of):
    change = change_of(pair_of(results_of, "ai_electricity", [30.0, 32.0], [0.0, 0.0]), "ai_electricity", 0)
    assert (change.unit, change.difference.mean) == ("terawatt hours a year", 124.0)
    assert is_level(Panel(results_of({"ai_electricity": np.ones((1, 4))})), "ai_electricity")


def test_an_interval_runs_from_least_to_most_whichever_way_it_goes(results_of):
    change = change_of(pair_of(results_of, "real_gdp", [90.0, 91.0, 92.0], [100.0, 100.0, 100.0]), "real_gdp", 0)
    assert interval_text(change) == "-10.7 to -7.3"
    assert interval_text(change, signed=False) == "7.3 to 10.7"
    assert cell_text(change) == "-9.0 [-10.7 to -7.3]"
    assert repr(change) == "-9.0 per cent [-10.7 to -7.3], lower"
    single = change_of(pair_of(results_of, "real_gdp", [90.0], [100.0]), "real_gdp", 0)
    assert interval_text(single) == ""
    assert (cell_text(single), repr(single)) == ("-10.0", "-10.0 per cent (one pair)")


def test_the_verdict_stands_in_the_cell(results_of):
    unclear = change_of(pair_of(results_of, "unemployment_rate", [0.06, 0.04], [0.05, 0.05]), "unemployment_rate", 0)
    assert cell_text(unclear).startswith("0.00 [-6.31 to +6.31]") and cell_text(unclear).endswith(" unclear")
    assert repr(unclear) == "no clear difference [-6.31 to +6.31 percentage points]"
    same = change_of(pair_of(results_of, "unemployment_rate", [0.06, 0.04], [0.06, 0.04]), "unemployment_rate", 0)
    assert cell_text(same) == repr(same) == "the same"
    assert cell_text(None) == ""


@pytest.mark.parametrize(
    ("mean", "low", "high", "pairs", "decimals"),
    [
        (0.3, 0.1, 0.5, 4, 1),
        (0.3, 0.04, 0.56, 4, 2),  # an end would be shown as 0.0 and contradict "higher"
        (0.3, 0.004, 0.596, 4, 2),  # "+0.00 to +0.60": the sign says the side, more decimals would feign precision
        (0.3, 0.0004, 0.6, 4, 2),  # never more than one beyond what the change deserves
        (0.01, -0.5, 0.52, 4, 1),  # an unclear mean may be nothing
        (0.01, -0.04, 0.06, 4, 2),
        (0.02, np.nan, np.nan, 1, 1),
        (0.0, 0.0, 0.0, 4, 1),
    ],
)
def test_an_end_that_rounds_to_zero_has_one_more_decimal(mean, low, high, pairs, decimals):
    assert decimals_of(Change(Difference(mean, low, high, pairs), "per cent", 1)) == decimals


def test_levels_subtract_to_the_printed_difference(results_of, quarterly):
    """A reader who subtracts two printed levels finds the printed difference, but for the rounding of the levels."""
    rng = np.random.default_rng(3)
    names = ("real_gdp", "unemployment_rate", "employment", "gini_disposable_income", "public_debt_ratio")
    base = {name: rng.uniform(0.3, 0.6, (3, 1)) for name in names}
    more = {name: values + rng.normal(0.02, 0.02, (3, 1)) for name, values in base.items()}
    table = compare(*(
        results_of({name: quarterly(values) for name, values in arrays.items()}, scenario, (1, 2, 3))
        for scenario, arrays in (("baseline", base), ("tax", more))
    ))  # fmt: skip
    text = summary_table(table.results)
    for name in names:
        title = display_of(table.panels[0], name).title
        lines = text.splitlines()
        at = next(place for place, line in enumerate(lines) if line.startswith(f"{title}, "))
        first, second, gap = (lines[at + row].split("[")[0].split("(")[0].split()[-1] for row in (1, 2, 3))
        unit = 10.0 ** -len(first.split(".")[1])
        assert float(second) - float(first) == pytest.approx(float(gap), abs=1.01 * unit), title
        printed = table.change_in_levels(1, name, 2024).difference.mean
        assert float(gap) == pytest.approx(printed, abs=0.5 * unit + 1e-9)


def test_a_small_but_clear_change_is_not_rounded_to_nothing(results_of):
    change = change_of(pair_of(results_of, "real_gdp", [100.02, 100.021], [100.0, 100.0]), "real_gdp", 0)
    assert size_text(change) == "0.02 per cent"


def test_every_measure_of_groups_is_recorded():
    for measure in GROUP_MEASURES:
        assert measure.variable in {outcome.name for outcome in GROUP_OUTCOMES[measure.table]}


def test_tenths_come_in_their_order_however_a_file_has_them(results_of, quarterly):
    names = ["decile_1", "decile_10", "decile_2"]
    groups = {"deciles": {"income_mean": {name: quarterly([[10], [20]]) for name in names}}}
    richer = {"deciles": {"income_mean": {name: quarterly([[11], [22]]) for name in names}}}
    flat = {"x": np.ones((2, 4))}
    pair = Pair(Panel(results_of(flat, "tax", (1, 2), richer)), Panel(results_of(flat, "baseline", (1, 2), groups)))
    changes = group_changes(pair, INCOME, 0)
    assert list(changes) == ["decile_1", "decile_2", "decile_10"]
    assert changes["decile_2"].difference.mean == pytest.approx(10.0)
