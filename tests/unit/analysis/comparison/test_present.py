"""The sums of a comparison: years, rate and cost by hand."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi import analysis
from xinzhi.analysis.comparison.present import present_heading, present_rows, present_text
from xinzhi.analysis.comparison.report_tables import glance_table

pytestmark = pytest.mark.unit

SEEDS = (1, 2)
YEARS = 3
RATE = 0.1


@pytest.fixture
def runs(results_of):
    """A policy that costs 1 % of GDP in the first year and brings .5, 1 and 2 of consumption in its three years."""
    ones = np.ones((len(SEEDS), 4 * YEARS))
    late = np.repeat([0.5, 1.0, 2.0], 4)[None, :] * ones / 4
    paid = np.repeat([0.01, 0.0, 0.0], 4)[None, :] * ones
    before = {"real_gdp": 25.0 * ones, "real_consumption": 10.0 * ones, "real_ndp": 20.0 * ones}
    before |= {"policy_cost_ratio": 0 * ones}
    after = before | {"real_consumption": before["real_consumption"] + late, "policy_cost_ratio": paid}
    return results_of(before, "baseline", SEEDS), results_of(after, "policy", SEEDS)


def test_sums_are_discounted_to_the_first_year(runs):
    found = analysis.compare(*runs, discount_rate=RATE).present_values().set_index("variable")
    by_hand = 0.5 + 1.0 / 1.1 + 2.0 / 1.21
    assert found.loc["real_consumption", "present_value"] == pytest.approx(by_hand)
    assert found.loc["real_gdp", "present_value"] == 0.0 == found.loc["real_ndp", "present_value"]
    assert found.loc["policy_cost", "present_value"] == pytest.approx(1.0)
    assert found.loc["real_consumption_per_yuan", "present_value"] == pytest.approx(by_hand)
    assert found.loc["real_consumption_per_yuan", "unit_of_sum"] == "yuan"
    assert set(found["discount_rate_per_cent"]) == {10.0} and set(found["last_year"]) == {2026}


def test_the_rate_and_the_years_stand_in_every_heading(runs):
    comparison = analysis.compare(*runs, discount_rate="10%")
    heading = "Sum of the differences 2024 to 2026, discounted at 10 % a year to 2024, at prices of 2024"
    assert present_heading(comparison) == heading and heading in present_text(comparison)
    rows = dict(present_rows(comparison))
    assert list(rows)[1] == "Real household consumption" and rows["Household consumption per yuan of cost"].endswith(
        "yuan [+3.1 to +3.1], higher"
    )
    groups = glance_table(comparison).groups
    assert groups[-1][0] == heading and all(len(row) == 2 for row in groups[-1][1])
    assert "discounted at 5 % a year" in present_text(analysis.compare(*runs))


def test_without_a_cost_there_is_nothing_per_yuan(runs):
    comparison = analysis.compare(runs[0], runs[0])
    assert set(comparison.present_values()["variable"]) == {"real_gdp", "real_consumption", "real_ndp"}
    saved = analysis.compare(runs[1], runs[0])  # the policy ends: money is saved
    known = set(saved.present_values()["variable"])
    assert "policy_cost" in known and not any(name.endswith("_per_yuan") for name in known)
