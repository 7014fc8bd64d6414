"""Folders of results that differ in a known way."""

import math

import numpy as np
import pandas as pd
import pytest

from versions.changes import compare_results, same_tables

pytestmark = pytest.mark.unit

SEEDS, QUARTERS = 6, 5


def write(folder, change=None, group_change=None, **others):
    """Results of two outcomes and a table of groups; the changes work on (seeds, quarters) arrays."""
    folder.mkdir()
    draws = np.random.default_rng(1)
    values = {"gdp": 10 + draws.random((SEEDS, QUARTERS)), "debt": draws.random((SEEDS, QUARTERS))}
    values |= {"sfc_residual": draws.random((SEEDS, QUARTERS)) * 1e-16}
    if change:
        change(values)
    rows = [
        ("baseline", seed, quarter, name, of[seed, quarter], "yuan")
        for seed in range(SEEDS)
        for quarter in range(QUARTERS)
        for name, of in values.items()
        if not math.isnan(of[seed, quarter])
    ]
    head = ["scenario", "seed", "quarter", "variable", "value", "unit"]
    pd.DataFrame(rows, columns=head).to_csv(folder / "series.csv", index=False)
    groups = {"AGR": 1.0, "ICT": 2.0} | (group_change or {})
    table = [("baseline", 0, 1, group, "output", value, "yuan") for group, value in groups.items()]
    pd.DataFrame(table, columns=[*head[:3], "group", *head[3:]]).to_csv(folder / "sectors.csv", index=False)
    for name, text in {"provenance": str(folder), **others}.items():
        (folder / f"{name}.json").write_text(text)
    return folder


@pytest.fixture
def compared(tmp_path):
    """``compared(change, ...)``: what differs between results and the same with a change."""

    def compare(*changes, **others):
        old, new = write(tmp_path / "old"), write(tmp_path / "new", *changes, **others)
        return compare_results(old, new, headline=["gdp"])

    return compare


def test_the_same_results_are_identical(compared, tmp_path):
    changes = compared()
    assert changes.identical and not changes.outcomes and not changes.other_files
    assert changes.greatest is None and not changes.distinguishable
    assert same_tables(tmp_path / "old", tmp_path / "new")


def test_the_last_bit_of_one_number_is_seen(compared, tmp_path):
    def last_bit(values):
        values["debt"][2, 3] = np.nextafter(values["debt"][2, 3], 2)

    changes = compared(last_bit)
    assert not changes.identical and list(changes.largest) == ["debt"]
    assert 0 < changes.largest["debt"] < 1e-15
    assert not same_tables(tmp_path / "old", tmp_path / "new")


def test_rounding_is_not_distinguished_however_regular_it_is(compared):
    changes = compared(lambda values: values["gdp"].__imul__(1 + 1e-14))
    assert not changes.beyond
    assert 0 < changes.greatest.part < 1e-13 and math.isnan(changes.greatest.chance)
    assert not changes.distinguishable


def test_a_change_is_given_in_per_cent_and_in_paired_standard_errors(compared):
    from scipy.stats import ttest_rel

    before = 10 + np.random.default_rng(1).random((SEEDS, QUARTERS))
    shifts = np.linspace(0.1, 0.3, SEEDS)

    def shift(values):
        values["gdp"] += shifts[:, None]

    changes = compared(shift)
    change = changes.greatest
    assert (change.outcome, change.headline) == ("gdp", True)
    assert change.old == pytest.approx(before[:, 1:].mean())
    assert change.part == pytest.approx(0.2 / before[:, 1:].mean())
    expected = ttest_rel((before + shifts[:, None])[:, 1:].mean(axis=1), before[:, 1:].mean(axis=1))
    assert change.errors == pytest.approx(expected.statistic)
    assert change.chance == pytest.approx(expected.pvalue)
    assert changes.chance == pytest.approx(expected.pvalue) and changes.distinguishable
    assert changes.largest["gdp"] == pytest.approx((shifts[:, None] / np.maximum(before, before.mean())).max())


def test_the_chance_counts_every_outcome_that_differs(compared):
    def shift(values):
        values["gdp"] += np.linspace(0.1, 0.3, SEEDS)[:, None]
        values["debt"] += np.random.default_rng(5).normal(0, 0.1, (SEEDS, QUARTERS))

    changes = compared(shift)
    assert changes.chance == pytest.approx(2 * changes.greatest.chance)


def test_random_differences_are_not_distinguished(compared):
    def scatter(values):
        values["gdp"] += np.random.default_rng(5).normal(0, 0.1, (SEEDS, QUARTERS))

    changes = compared(scatter)
    assert not changes.identical and not changes.distinguishable
    assert changes.greatest.part != 0


def test_a_headline_outcome_stands_before_another_that_changes_more(compared):
    def both(values):
        values["gdp"] *= 1.01
        values["debt"] *= 2

    assert compared(both).greatest.outcome == "gdp"


def test_another_outcome_stands_where_no_headline_outcome_changes(compared):
    assert compared(lambda values: values["debt"].__imul__(2)).greatest.outcome == "debt"


def test_groups_are_compared(compared):
    changes = compared(None, {"ICT": 2.5})
    assert changes.largest == {"sectors: output": pytest.approx(0.25)}
    assert changes.greatest is None


def test_a_value_or_an_outcome_in_one_version_only(compared):
    def drop(values):
        values["debt"][0, 0] = np.nan
        values["fresh"] = values["gdp"]

    changes = compared(drop)
    assert changes.beyond == {0: 0}
    assert changes.largest == {"debt": math.inf}
    assert changes.one_version_only == {"fresh"}


def test_residuals_are_rounding_and_provenance_is_of_the_run(compared):
    changes = compared(lambda values: values["sfc_residual"].__imul__(3))
    assert changes.identical and changes.other_files == ["series.csv"]


def test_other_files_are_named_when_they_differ(compared):
    changes = compared(summary="{}")
    assert changes.identical and changes.other_files == ["summary.json"]


def test_no_tables_are_not_the_same_tables(tmp_path):
    assert not same_tables(tmp_path, tmp_path)
