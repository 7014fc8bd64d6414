"""What a kernel sees of a table: every field where numba looks for it, the table's own arrays, nothing kept alive."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from abm.arrays import Codes, Cube, Flags, Floats, IntegerMatrix, Integers, Links, Matrix, Shorts, Singles, Words
from abm.compiling.kernels import kernel
from abm.compiling.tables import Viewed

pytestmark = pytest.mark.kernels


class Odd(Viewed):
    """One field of every kind, numbers of one byte between those of eight."""

    yes: bool
    rate: float
    no: bool
    codes: Codes
    whole: int
    flags: Flags
    singles: Singles
    again: bool
    matrix: Matrix
    cube: Cube
    links: Links
    empty: Floats
    shorts: Shorts
    words: Words
    integers: Integers
    table: IntegerMatrix
    last: bool

    def __init__(self, random):
        for name, kind in (("codes", "u1"), ("links", "i4"), ("shorts", "u2"), ("words", "u4"), ("integers", "i8")):
            setattr(self, name, random.integers(0, 100, 7).astype(kind))
        self.flags, self.singles = random.random(5) < 0.5, random.random(3).astype("f4")
        self.matrix, self.cube, self.empty = random.random((3, 5)), random.random((2, 3, 4)), np.zeros(0)
        self.table = random.integers(-9, 9, (2, 6))
        self.yes, self.no, self.again, self.last = True, False, True, True
        self.rate, self.whole = 0.25, -3


@kernel
def read(odd):
    """Every number, and of every array one item and its sizes."""
    return (
        odd.yes, odd.rate, odd.no, odd.whole, odd.again, odd.last, odd.codes[6], odd.flags[4], odd.singles[2],
        odd.matrix[2, 4], odd.matrix.shape, odd.cube[1, 2, 3], odd.cube.shape, odd.links[6], odd.empty.size,
        odd.shorts[6], odd.words[6], odd.integers[6], odd.table[1, 5], odd.table.size, odd.cube.max(),
    )  # fmt: skip


@kernel
def write(odd):
    """Something into several arrays; whole rows as kernels take them."""
    odd.codes[0] = 200
    odd.matrix[1] = 2.5
    odd.cube[1][2][3] = -1.0
    row = odd.table[1]
    row[0] = 77


@pytest.fixture
def odd():
    return Odd(np.random.default_rng(1))


def test_a_kernel_reads_every_field(odd):
    assert read(odd.view) == read.py_func(odd)


def test_what_a_kernel_writes_is_in_the_table(odd):
    write(odd.view)
    assert odd.codes[0] == 200 and (odd.matrix[1] == 2.5).all() and odd.cube[1, 2, 3] == -1.0 and odd.table[1, 0] == 77


def test_a_number_or_an_array_that_is_replaced_is_seen(odd):
    first = odd.view
    assert odd.view is first
    odd.rate = 4
    assert odd.view is not first and read(odd.view)[1] == 4.0
    odd.links = np.arange(7, dtype=np.int32)[::-1].copy()
    assert read(odd.view) == read.py_func(odd)


def test_an_array_of_another_kind_is_refused(odd):
    for wrong in (np.zeros((3, 5), dtype=np.float32), np.zeros(15), np.zeros((5, 3)).T):
        odd.matrix = wrong
        with pytest.raises(TypeError, match="Odd.matrix should be a contiguous array of float64, 2-d"):
            odd.view  # noqa: B018


def test_a_view_keeps_the_arrays_and_not_the_table():
    odd = Odd(np.random.default_rng(2))
    wanted, view, table = read.py_func(odd), odd.view, weakref.ref(odd)
    del odd
    assert table() is None and read(view) == wanted
    column = weakref.ref(view.arrays[0])
    del view
    gc.collect()
    assert column() is None


def test_an_array_that_kernels_must_not_write_is_refused(odd):
    odd.matrix.flags.writeable = False
    with pytest.raises(TypeError, match="not read-only"):
        odd.view  # noqa: B018
