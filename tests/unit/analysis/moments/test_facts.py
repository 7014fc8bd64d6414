"""The facts table: bands, shares of seeds and verdicts."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from xinzhi.analysis import MOMENTS, facts_table, load_targets
from xinzhi.analysis.moments import facts as module
from xinzhi.analysis.moments.observed import CYCLES, MICRO, OBSERVED
from xinzhi.analysis.moments.targets import Fact, _fact, expected_to_fail

pytestmark = pytest.mark.unit

# The bands that the project set itself: fact -> band.
BANDS = {
    "growth_first_five_years": {"at_least": 0.03, "at_most": 0.055},
    "growth_last_ten_years": {"at_least": 0.015, "at_most": 0.045},
    "inflation_mean": {"at_least": 0.005, "at_most": 0.035},
    "unemployment_mean": {"at_least": 0.03, "at_most": 0.08},
    "unemployment_highest": {"at_most": 0.14},
    "growth_deviation": {"at_least": 0.004, "at_most": 0.015},
    "investment_relative_deviation": {"above": 1},
    "consumption_relative_deviation": {"below": 1},
    "okun_slope": {"at_least": -0.8, "at_most": -0.15},
    "beveridge_slope": {"below": 0},
    "gini_opening": {"at_least": 0.42, "at_most": 0.51},
    "gini_later": {"at_least": 0.38, "at_most": 0.54},
    "labour_share": {"at_least": 0.42, "at_most": 0.62},
    "co2_per_gdp_trend": {"at_least": -0.05, "at_most": -0.03},
    "adoption_opening": {"at_least": 0.05, "at_most": 0.135},
    "adoption_end_2025": {"at_least": 0.135, "at_most": 0.225},
    "adoption_2050": {},
    "ai_spending_2025": {"at_least": 0.003, "at_most": 0.009},
    "sfc_residual": {"below": 1e-9},
    "gdp_identity_residual": {"below": 1e-9},
}

# The economy that `invent` makes has one cycle for all, and is not built to these.
NOT_BUILT_TO = {
    "co2_2035", "co2_2049", "co2_peak", "consumption_cycle", "consumption_growth_cycle",
    "consumption_relative_deviation_china", "electricity_2049", "electricity_cycle", "exports_cycle",
    "exports_relative_deviation", "falling_prices", "firm_exits_a_year", "government_cycle", "growth_kurtosis",
    "growth_persistence", "imports_cycle", "inflation_after_output", "inflation_quarterly_deviation",
    "investment_cycle", "net_exports_cycle", "policy_rate_cycle", "policy_rate_deviation", "productivity_cycle",
    "unemployment_cycle", "unemployment_deviation", "vacancy_rate_mean", "yearly_growth_persistence",
}  # fmt: skip


@pytest.fixture
def built_to(monkeypatch):
    """Only the facts that the invented economy is built to."""
    kept = tuple(fact for fact in load_targets() if fact.name not in NOT_BUILT_TO)
    monkeypatch.setattr(module, "load_targets", lambda: kept)


def observed_of(seeds, quarters=40, **values):
    """What a look at firms and persons gives: every measurement 0.1, unless given."""
    cycle = np.sin(np.arange(quarters + 1) / 3)
    series = {"real_gdp": np.exp(0.01 * np.arange(quarters + 1) + 0.02 * cycle)}
    series |= {name: -cycle if name == "mark_up" else cycle for name in CYCLES.values()}
    return SimpleNamespace(
        seeds=seeds,
        values={name: np.full(len(seeds), values.get(name, 0.1)) for name in MICRO},
        series={name: np.tile(one, (len(seeds), 1)) for name, one in series.items()},
        failures={},
    )


def row_of(table, name, scenario="Baseline"):
    return next(row for row in table.rows if row.fact.name == name and row.scenario == scenario)


def test_targets_hold_the_bands_asked_for_each_with_source_and_origin():
    facts = {fact.name: fact for fact in load_targets()}
    for name, band in BANDS.items():
        assert facts[name].band == band
    for fact in facts.values():
        assert fact.origin in {"imposed", "tuned", "emergent", "identity"}
        assert set(fact.moments) <= set(OBSERVED if fact.measured == "agents" else MOMENTS)
        assert fact.shown_as in {"number", "per cent", "exponent", "yes"}
        assert fact.of in {"scenario", "both"}
        assert fact.source or not fact.band
    assert facts["sfc_residual"].seeds == facts["gdp_identity_residual"].seeds == 1
    assert facts["okun_slope"].seeds == 0.95


def test_an_entry_that_is_misspelt_is_refused():
    good = {"label": "x", "moments": ["okun_slope"], "shown_as": "number", "origin": "emergent"}
    assert _fact("x", good).band == {}
    for bad in ({"bands": {}}, {"moments": ["okun"]}, {"band": {"atleast": 1}}):
        with pytest.raises(ValueError, match="unknown"):
            _fact("x", {**good, **bad})


def test_inclusive_and_strict_limits_and_undefined_values():
    fact = Fact("x", "x", ("a",), "number", "emergent", {"at_least": 0.0, "below": 1.0})
    values = np.array([[0.0], [0.5], [1.0], [-0.1], [np.nan]])
    assert fact.inside(values).tolist() == [True, True, False, False, False]


def test_a_seed_is_inside_only_when_all_moments_of_the_fact_are():
    fact = Fact("x", "x", ("a", "b"), "number", "emergent", {"at_least": 0.38, "at_most": 0.54})
    assert fact.inside(np.array([[0.40, 0.50], [0.40, 0.55], [0.37, 0.50]])).tolist() == [True, False, False]


def test_an_economy_built_to_the_record_passes_every_fact(invent, built_to):
    table = facts_table(invent(seeds=4), invent("no_ai", seeds=4))
    assert [row.fact.name for row in table.rows if row.verdict == "fail"] == []
    assert table.passed
    assert table.seeds == 4


def test_ninety_five_per_cent_of_the_seeds_are_enough_and_ninety_four_are_not(results_of):
    def share_inside(outside):
        unemployment = np.full((100, 13), 0.05)
        unemployment[:outside] = 0.10
        return row_of(
            facts_table(results_of({"unemployment_rate": unemployment}, seeds=range(1, 101))), "unemployment_mean"
        )

    assert share_inside(5).verdict == "pass"
    assert share_inside(5).share_inside == pytest.approx(0.95)
    assert share_inside(5).medians == pytest.approx((0.05,))
    assert share_inside(6).verdict == "fail"


def test_books_that_do_not_close_in_a_single_seed_fail(results_of):
    residual = np.full((100, 13), 1e-15)
    assert (
        row_of(facts_table(results_of({"sfc_residual": residual}, seeds=range(1, 101))), "sfc_residual").verdict
        == "pass"
    )
    residual[7, 3] = 2e-9
    assert (
        row_of(facts_table(results_of({"sfc_residual": residual}, seeds=range(1, 101))), "sfc_residual").verdict
        == "fail"
    )


def test_what_a_short_run_cannot_tell_is_not_measured_and_does_not_pass(invent):
    table = facts_table(invent(seeds=2, quarters=12))
    row = row_of(table, "growth_first_five_years")
    assert row.verdict == "not measured"
    assert not table.passed
    assert row_of(table, "growth_years_10_to_20").verdict == "reported"


def test_the_twin_adds_rows_only_for_what_must_hold_without_ai_too(invent):
    alone, both = facts_table(invent(seeds=2)), facts_table(invent(seeds=2), invent("no_ai", seeds=2))
    added = {row.fact.name for row in both.rows if row.scenario == "Without AI"}
    assert len(both.rows) == len(alone.rows) + len(added)
    assert {"co2_per_gdp_trend", "electricity_per_gdp_trend", "sfc_residual"} <= added
    assert "adoption_2050" not in added


def test_a_seed_that_ended_in_an_error_spoils_the_table(invent, built_to):
    results = invent(seeds=3)
    assert facts_table(results).passed
    results.failures = {4: RuntimeError("seed 4")}
    table = facts_table(results)
    assert not table.passed
    assert "1 more ended in an error" in table.text


def test_what_only_a_look_at_agents_shows_is_left_out_without_it_and_counted_with_it(invent):
    alone = facts_table(invent(seeds=2))
    assert alone.unseen == sum(fact.measured == "agents" for fact in load_targets()) > 0
    assert "are left out: nobody looked" in str(alone)
    seen = facts_table(invent(seeds=2), observed=observed_of((1, 2), stayers_cuts=0.3))
    assert seen.unseen == 0
    assert len(seen.rows) == len(alone.rows) + alone.unseen
    assert row_of(seen, "stayers_deviation").verdict == "pass"
    assert row_of(seen, "stayers_cuts").verdict == "fail"
    assert row_of(seen, "mark_up_cycle").medians[0] == pytest.approx(-1, abs=0.1)
    assert row_of(seen, "capacity_cycle").medians[0] == pytest.approx(1, abs=0.1)


def test_passes_are_counted_by_origin_and_inputs_are_no_success(invent):
    table = facts_table(invent(seeds=2), observed=observed_of((1, 2)))
    parts = [table.passes(origin) for origin in ("emergent", "tuned", "imposed", "identity")]
    asked = [row for row in table.rows if row.fact.band]
    assert sum(number for _, number in parts) == len(asked)
    assert sum(passed for passed, _ in parts) == sum(row.verdict == "pass" for row in asked)
    counted = table.passes("emergent", "tuned")
    assert counted == (parts[0][0] + parts[1][0], parts[0][1] + parts[1][1])
    assert f"{counted[0]} of {counted[1]} emergent or tuned facts pass, which is what counts" in table.text
    headings = [line for line in table.text.splitlines() if line.startswith(("Emergent:", "Tuned:", "Imposed:"))]
    assert len(headings) == 3


def test_a_fact_that_newly_fails_or_newly_passes_is_noticed(results_of):
    def unexpected(outside, rate):
        unemployment = np.tile(0.05 + 0.004 * np.sin(np.arange(41) / 5), (20, 1))
        unemployment[:outside] = rate
        table = facts_table(results_of({"unemployment_rate": unemployment}, seeds=range(1, 21)))
        return {name for name in table.unexpected if name.startswith("unemployment")}

    assert "unemployment_deviation" in expected_to_fail() and "unemployment_mean" not in expected_to_fail()
    assert unexpected(0, 0.0) == {"unemployment_deviation"}  # known to fail, and passes in every seed
    assert unexpected(2, 0.2) == set()  # two of twenty: at the edge
    assert unexpected(4, 0.2) == {"unemployment_mean", "unemployment_highest"}


def test_every_fact_that_is_known_to_fail_has_a_band_and_a_reason():
    facts = {fact.name: fact for fact in load_targets()}
    for name, reason in expected_to_fail().items():
        assert facts[name].band and reason


def test_text_names_each_fact_with_median_band_verdict_and_source(invent, results_of):
    text = str(facts_table(invent(seeds=3)))
    line = next(line for line in text.splitlines() if line.startswith("Gini of disposable income, opening"))
    assert "0.466" in line
    assert "0.42 to 0.51" in line
    assert "100 %" in line
    assert "pass" in line
    assert "imposed" in line
    assert "NBS household survey 2023" in text
    assert "facts pass over 3 seeds" in text
    failing = str(facts_table(results_of({"unemployment_rate": np.full((1, 9), 0.2)})))
    assert "fail" in next(line for line in text.splitlines() if line.startswith("Excess kurtosis of quarterly"))
    line = next(line for line in failing.splitlines() if line.startswith("Unemployment rate, mean"))
    assert "FAIL" in line
    assert "20.00 %" in line
    assert "3 to 8 %" in line
    assert "-" in next(line for line in failing.splitlines() if line.startswith("Inflation, mean"))


def test_frame_has_a_row_for_each_fact_and_moment(invent):
    table = facts_table(invent(seeds=2))
    frame = table.to_frame()
    assert len(frame) == sum(len(row.fact.moments) for row in table.rows)
    later = frame[frame["fact"] == "gini_later"]
    assert later["moment"].tolist() == ["gini_later_lowest", "gini_later_highest"]
    assert later["verdict"].tolist() == ["pass", "pass"]
