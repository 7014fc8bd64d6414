"""Every parameter has a source or a range, and every range holds the default and lies inside the bounds."""

import csv

import pytest

from abm.data.screening import MOST, kept_screening, screening_about, write_kept
from abm.experiments.calibration.posterior_design import read_priors
from abm.parameters import describe_parameters, parameter_named
from abm.parameters.plausible import (
    KINDS,
    RANGES,
    declared_range,
    kinds_of_all,
    plausible_range,
    range_table,
    source_kind,
)
from abm.reference.source_tables import kinds_now, source_tables

pytestmark = pytest.mark.unit

KNOWN = {one.key: one for one in describe_parameters()}
NUMBERS = [one for one in KNOWN.values() if not isinstance(one.default, bool)]
FOUND = {"estimate", "read or derived"}  # kinds that need no range, though they may have one


def test_each_of_the_forty_has_a_source_that_was_read_an_estimate_or_a_range():
    kinds = kinds_now()
    first = [one.parameter for one in kept_screening()[:MOST] if one.parameter in KNOWN]
    assert len(kept_screening()) > 300 and len(first) > MOST - 5
    for key in first:
        assert kinds[key] in FOUND or plausible_range(KNOWN[key]), f"{key} needs a source or a range"


def test_every_other_one_has_a_source_or_a_range():
    kinds = kinds_now()
    assert set(kinds.values()) <= set(KINDS)
    assert [key for key, kind in kinds.items() if kind == "own without a range"] == []


@pytest.mark.parametrize("one", NUMBERS, ids=lambda one: one.key)
def test_every_range_holds_the_default_and_lies_inside_the_bounds(one):
    found = plausible_range(one)
    if found is not None:
        assert one.lower <= found.low <= one.default <= found.high <= one.upper and found.low < found.high


def test_the_table_is_of_numbers_whose_source_names_no_range():
    assert set(range_table()) <= {one.key for one in NUMBERS}
    for key, found in range_table().items():
        assert declared_range(KNOWN[key]) is None, f"{key}: the source names a range; drop the row of {RANGES.name}"
        assert found.reason


def test_the_range_of_an_estimate_is_that_of_its_prior():
    for one in read_priors():
        if one.key in range_table():
            assert tuple(range_table()[one.key])[:2] == (one.range.low, one.range.high)


def test_the_table_keeps_the_order_of_the_parameters():
    with RANGES.open(encoding="utf-8", newline="") as file:
        keys = [row["parameter"] for row in csv.DictReader(file)]
    assert keys == sorted(keys, key=list(KNOWN).index)


def _with(source, status="assumed", default=0.5):
    return parameter_named("labour.spared")._replace(key="labour.none", source=source, status=status, default=default)


@pytest.mark.parametrize(("source", "ends"), [
    ("own; .4 to .7", (0.4, 0.7)),
    ("own; range 1 000 to 2 800 in all", None),
    ("Ember; range -.0035 to .7", (-0.0035, 0.7)),
    ("own; range .7 to .1", (0.1, 0.7)),
    ("own; .6 to .7", None),
    ("NBS, 2012 to 2018", None),
])  # fmt: skip
def test_ranges_are_read_from_the_source(source, ends):
    assert declared_range(_with(source)) == ends


def test_thousands_may_be_set_apart():
    assert declared_range(parameter_named("energy.oil_price")) == (2_000, 2_800)
    assert declared_range(parameter_named("energy.fuel_trend")) == (-0.015, -0.009)


@pytest.mark.parametrize(("source", "status", "kind"), [
    ("own; .4 to .7", "assumed", "own with a range"),
    ("own", "assumed", "own without a range"),
    ("5 % a year", "assumed", "own without a range"),
    ("theory", "assumed", "own without a range"),
    ("Chetty 2008: .5, from memory", "assumed", "from memory"),
    ("Chetty 2008: .5", "assumed", "read or derived"),
    ("own; as above", "policy", "own without a range"),
    ("Social Insurance Law", "policy", "rule of the state"),
    ("derived: the record", "tuned", "read or derived"),
    ("Chetty 2008: .5", "tuned", "own without a range"),
])  # fmt: skip
def test_sources_are_of_a_kind(source, status, kind):
    assert source_kind(_with(source, status)) == kind


def test_an_estimate_is_one_and_a_switch_is_none():
    assert source_kind(_with("own"), {"labour.none"}) == "estimate"
    assert source_kind(parameter_named("structural_change.migration")) == "switch"
    assert len(kinds_of_all()) == len(KNOWN)


def test_what_is_kept_of_the_screening_is_whole():
    about, rows = screening_about(), kept_screening()
    assert {"run", "worlds", "lost", "floor", "explained", "sources_before"} <= set(about)
    assert all(set(one.effects) == set(about["floor"]) for one in rows)
    shares = [one.share for one in rows]
    assert shares == sorted(shares, reverse=True) and sum(shares) == pytest.approx(1.0, abs=0.02)


def test_what_is_written_is_what_is_read(tmp_path):
    table = tmp_path / "kept.csv"
    write_kept(kept_screening(), screening_about(), table)
    assert kept_screening(table) == kept_screening() and screening_about(table) == screening_about()


def test_the_tables_of_the_documents_count_what_there_is():
    kinds = source_tables()["source_kinds"]
    assert sum(int(row[2]) for row in kinds.rows) == len(
        [one for one in kept_screening()[:MOST] if one.parameter in KNOWN]
    )
    assert sum(int(row[4]) for row in kinds.rows) == len(KNOWN)
