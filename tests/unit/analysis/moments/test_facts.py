"""The facts table: bands, shares of seeds and verdicts."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis import MOMENTS, facts_table, load_targets
from xinzhi.analysis.moments.facts import Fact, _fact

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


def row_of(table, name, scenario="Baseline"):
    return next(row for row in table.rows if row.fact.name == name and row.scenario == scenario)


def test_targets_hold_the_bands_asked_for_each_with_source_and_origin():
    facts = {fact.name: fact for fact in load_targets()}
    for name, band in BANDS.items():
        assert facts[name].band == band
    for fact in facts.values():
        assert fact.origin in {"imposed", "tuned", "emergent", "identity"}
        assert set(fact.moments) <= set(MOMENTS)
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


def test_an_economy_built_to_the_record_passes_every_fact(invent):
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


def test_a_seed_that_ended_in_an_error_spoils_the_table(invent):
    results = invent(seeds=3)
    assert facts_table(results).passed
    results.failures = {4: RuntimeError("seed 4")}
    table = facts_table(results)
    assert not table.passed
    assert "1 more ended in an error" in table.text


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
