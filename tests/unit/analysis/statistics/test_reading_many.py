"""Many intervals read together, and the pairs that an unclear difference would need."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis.reading.paired import Difference, mean_of_pairs, read_together
from xinzhi.analysis.statistics.measures import student_t_quantile
from xinzhi.analysis.statistics.reading_many import _close_quantile, discoveries, pairs_for

pytestmark = pytest.mark.unit


def test_a_list_of_one_has_the_verdict_of_its_interval():
    edge = student_t_quantile(0.95, 7)
    assert discoveries([edge + 1e-6], [7], 0.1) == [True]
    assert discoveries([-edge + 1e-6], [7], 0.1) == [False]
    assert discoveries([], [], 0.1) == []


def test_the_step_up_procedure_finds_what_the_published_steps_give():
    """Benjamini and Hochberg (1995), their example of 15 sorted p values at 5 %: the first four are found."""
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
               0.7590, 1.0]  # fmt: skip
    sizes = [student_t_quantile(1 - chance / 2, 40) if chance < 1 else 0.0 for chance in chances]
    assert discoveries(sizes, [40] * 15, 0.05) == [True] * 4 + [False] * 11


def test_where_nothing_differs_few_lists_have_anything_clear():
    rng = np.random.default_rng(1)
    lists = [{str(at): mean_of_pairs(gaps) for at, gaps in enumerate(rng.normal(0, 1, (12, 8)))} for _ in range(400)]
    clear = [any(one.clear for one in found.values()) for found in lists]
    sure = [any(one.sure for one in read_together(found).values()) for found in lists]
    assert np.mean(clear) > 0.6 and np.mean(sure) < 0.14


def test_what_is_clear_throughout_stays_clear_and_what_is_the_same_is_not_counted():
    found = {str(at): mean_of_pairs(np.array([1.0, 1.5, 0.5, 1.0])) for at in range(12)}
    assert not any(one.likely for one in read_together(found).values())
    lone = {"a": mean_of_pairs(np.array([1.0, 1.9, 0.2, 1.0])), "same": mean_of_pairs(np.zeros(4))}
    assert lone["a"].clear and read_together(lone)["a"].sure
    many = lone | {str(at): mean_of_pairs(np.array([1.0, -1.0, 0.3, -0.2])) for at in range(10)}
    assert read_together(many)["a"].likely and not read_together(many)["0"].likely
    single = {"a": Difference(1.0, np.nan, np.nan, 1)}
    assert read_together(single) == single or not read_together(single)["a"].likely


@pytest.mark.parametrize("probability", [0.8, 0.95])
def test_the_fast_quantile_is_close(probability):
    for degrees in (1, 5, 29, 30, 60, 300):
        exact = student_t_quantile(probability, degrees)
        assert _close_quantile(probability, degrees) == pytest.approx(exact, rel=2e-4)


@pytest.mark.parametrize("ratio", [0.25, 0.5, 1.0])
def test_with_so_many_pairs_four_of_five_repeats_are_clear(ratio):
    needed = pairs_for(ratio, 2, 500, 0.9, 0.8)
    rng = np.random.default_rng(2)
    found = [mean_of_pairs(gaps).clear for gaps in rng.normal(ratio, 1.0, (2_000, needed))]
    assert 0.76 < np.mean(found) < 0.87


def test_a_difference_says_what_would_settle_it():
    unclear = mean_of_pairs(np.array([1.0, -0.5, 0.8, -0.2]))
    assert unclear.pairs_needed > 4
    assert unclear.settling == f"{unclear.pairs_needed - 4} more pairs would settle it"
    tiny = mean_of_pairs(np.array([1.0, -1.0, 0.9, -0.89]))
    assert tiny.pairs_needed is None and tiny.settling == "too small to settle with 500 pairs"
    clear = mean_of_pairs(np.array([1.0, 1.1, 0.9]))
    assert (clear.pairs_needed, clear.settling) == (3, "")
    for few in ([1.0], [1.0, -0.9]):
        assert (mean_of_pairs(np.array(few)).pairs_needed, mean_of_pairs(np.array(few)).settling) == (None, "")
    assert mean_of_pairs(np.zeros(5)).pairs_needed == 5
