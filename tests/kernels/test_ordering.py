"""Rows in the order of their values are those of numpy's stable sort, whatever the values and the threads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from abm.compiling.kernels import ROWS_WORTH_CHUNKS
from abm.kernels.ordering import FEW, MOST_BUCKETS
from abm.population.draws import order_of

pytestmark = pytest.mark.kernels

SPREADS = {
    "even": lambda random, rows: random.random(rows),
    "normal": lambda random, rows: random.normal(size=rows),
    "skewed": lambda random, rows: np.exp(3 * random.normal(size=rows)),
    "few values": lambda random, rows: random.integers(0, 5, rows).astype(float),
    "alike": lambda random, rows: np.full(rows, 7.0),
    "signed zeros": lambda random, rows: np.where(random.random(rows) < 0.5, -0.0, 0.0),
    "clusters": lambda random, rows: random.integers(0, 3, rows) + 1e-13 * random.random(rows),
    "one far off": lambda random, rows: np.append(random.normal(size=rows - 1), 1e300),
    "tiny": lambda random, rows: 1e-310 * random.normal(size=rows),
    "falling": lambda random, rows: -np.arange(rows, dtype=float),
}
ROWS = (1, 2, FEW, FEW + 1, 2_000, 3 * MOST_BUCKETS)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("spread", SPREADS)
def test_the_order_is_that_of_a_stable_sort(spread, rows):
    values = SPREADS[spread](np.random.default_rng(rows), rows)
    assert np.array_equal(order_of(values), np.argsort(values, kind="stable"))


@settings(deadline=None)
@given(arrays.arrays(np.float64, some.integers(1, 200), elements=some.floats(-1e300, 1e300)))
def test_any_numbers_are_order_of(values):
    before = values.tobytes()
    assert np.array_equal(order_of(values), np.argsort(values, kind="stable"))
    assert values.tobytes() == before


@pytest.mark.parametrize("spread", SPREADS)
def test_threads_change_nothing_where_rows_are_many(spread):
    values = SPREADS[spread](np.random.default_rng(3), ROWS_WORTH_CHUNKS + 11)
    wanted = np.argsort(values, kind="stable")
    assert np.array_equal(order_of(values), wanted) and np.array_equal(order_of(values, threads=2), wanted)
