"""Panels made from recordings, and means over pairs of many years at once: the same as by tables and one by one."""

import math

import numpy as np
import pytest

import abm
from abm import GROUP_LABELS, GROUP_OUTCOMES
from abm.experiments.ensembles.one_seed import simulate
from abm.results.results import Results
from xinzhi.analysis.reading.paired import mean_of_pairs, means_of_pairs
from xinzhi.analysis.reading.panel import Panel, QuarterPanel
from xinzhi.analysis.reading.recorded import RecordedSeeds

pytestmark = pytest.mark.unit

SEEDS = (1, 2, 5)


@pytest.fixture(scope="module")
def both():
    scenario = abm.load_scenario("baseline", {"quarters": 9})
    kept = [simulate(scenario, 2_000, seed, 9, lambda quarter: None) for seed in SEEDS]
    results = Results.from_recorders(scenario, SEEDS, kept, {"workers": 2_000})
    return RecordedSeeds(scenario, SEEDS, kept, {"workers": 2_000}), results


@pytest.mark.parametrize("kind", [Panel, QuarterPanel])
def test_a_panel_of_recordings_is_that_of_their_tables(both, kind):
    one, other = (kind(source) for source in both)
    assert (one.name, one.seeds, one.last, one.opening_year, one.provenance) == (
        other.name, other.seeds, other.last, other.opening_year, other.provenance,
    )  # fmt: skip
    assert set(one.recorded) == set(other.recorded)
    for name in [*one.recorded, "gdp_deflator", "investment_ratio", "nothing"]:
        assert one.unit(name) == other.unit(name)
        assert np.array_equal(one.values(name), other.values(name), equal_nan=True), name


def test_groups_of_recordings_are_those_of_their_tables(both):
    one, other = (Panel(source) for source in both)
    for table in GROUP_LABELS:
        for outcome in GROUP_OUTCOMES[table]:
            mine, theirs = one.group_values(table, outcome.name), other.group_values(table, outcome.name)
            assert list(mine) == list(theirs), (table, outcome.name)
            assert all(np.array_equal(mine[group], theirs[group], equal_nan=True) for group in mine)
            quarters = one.group_quarters(table, outcome.name), other.group_quarters(table, outcome.name)
            assert all(np.array_equal(quarters[0][group], quarters[1][group], equal_nan=True) for group in quarters[0])
    assert not one.group_values("sectors", "nothing")
    assert not one.group_values("nothing", "output")


@pytest.mark.parametrize("pairs", [1, 2, 3, 8, 9, 17, 64])
def test_means_of_many_columns_are_those_of_each_to_the_last_bit(pairs):
    draws = np.random.default_rng(pairs)
    gaps = draws.normal(size=(5, 7, pairs)) * 10.0 ** draws.integers(-6, 6, size=(5, 7, 1))
    gaps[0, 0, 0], gaps[1, 2] = np.nan, np.nan
    for made in (gaps, np.ascontiguousarray(gaps.transpose(2, 0, 1)).transpose(1, 2, 0)):
        mean, low, high = means_of_pairs(made)
        for at in np.ndindex(5, 7):
            found = mean_of_pairs(gaps[at])
            expected = (found.mean, found.low, found.high) if found else (math.nan,) * 3
            assert np.array_equal((mean[at], low[at], high[at]), expected, equal_nan=True)
