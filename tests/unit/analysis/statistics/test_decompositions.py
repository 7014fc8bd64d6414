"""Accounts that add up: on panels made by hand, where every part is known, and on random ones, where the sum is."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis.statistics.decompositions import PRODUCTIVITY_PARTS, log_mean, log_mean_parts, productivity_parts

pytestmark = pytest.mark.unit


def parts_of(firms, replaced=None):
    """``firms``: rows of sector, staff before, productivity before, staff after, productivity after."""
    sector, staff, level, staff_after, level_after = np.array(firms, dtype=float).T
    replaced = np.zeros(sector.size, dtype=bool) if replaced is None else np.array(replaced)
    made = staff * level, staff_after * level_after
    found = productivity_parts(sector, made, (staff, staff_after), replaced)
    change = made[1].sum() / staff_after.sum() - made[0].sum() / staff.sum()
    assert found.sum() == pytest.approx(change, abs=1e-9)
    return dict(zip(PRODUCTIVITY_PARTS, found, strict=True))


def known(**parts):
    return pytest.approx(dict.fromkeys(PRODUCTIVITY_PARTS, 0.0) | parts, abs=1e-12)


def test_firms_that_do_better_with_the_same_staff_are_all_within():
    # Half of the staff gains 2, the other half 1.
    assert parts_of([(0, 10, 1, 10, 3), (0, 10, 4, 10, 5)]) == known(within_firms=1.5)


def test_staff_that_moves_between_firms_of_a_sector():
    # A quarter of the staff moves from a productivity of 1 to one of 5.
    assert parts_of([(0, 10, 1, 5, 1), (0, 10, 5, 15, 5)]) == known(between_firms=1.0)


def test_staff_that_moves_between_sectors():
    assert parts_of([(0, 10, 1, 5, 1), (3, 10, 5, 15, 5)]) == known(between_sectors=1.0)


def test_a_firm_that_comes_is_held_against_those_that_stay_at_that_time():
    # Those who stay rise from 2 to 4; the new firm makes 6 per worker with a quarter of the staff.
    firms = [(0, 30, 2, 30, 4), (0, 0, 0, 10, 6)]
    assert parts_of(firms) == known(within_firms=2.0, entry=0.25 * (6 - 4))


def test_a_firm_that_leaves_is_held_against_those_that_stay_before():
    firms = [(0, 30, 2, 30, 4), (0, 10, 1, 0, 0)]
    assert parts_of(firms) == known(within_firms=2.0, exit=-0.25 * (1 - 2))


def test_a_place_taken_over_is_an_exit_and_an_entry():
    firms = [(0, 30, 2, 30, 4), (0, 10, 1, 10, 6)]
    found = parts_of(firms, replaced=[False, True])
    assert found == known(within_firms=2.0, entry=0.25 * (6 - 4), exit=-0.25 * (1 - 2))
    assert parts_of(firms) == known(within_firms=0.75 * 2 + 0.25 * 5)


def test_a_sector_in_which_nobody_stays_is_renewal():
    firms = [(0, 10, 2, 10, 2), (1, 10, 4, 10, 7)]
    assert parts_of(firms, replaced=[False, True]) == known(entry=0.5 * 3)


def test_a_sector_that_vanishes_is_a_move_between_sectors():
    assert parts_of([(0, 10, 2, 20, 2), (1, 10, 4, 0, 0)]) == known(between_sectors=-1.0)


def test_the_parts_of_any_panel_add_up():
    luck = np.random.default_rng(3)
    for _ in range(50):
        size = 60
        sector = luck.integers(0, 8, size).astype(float)
        staff = luck.integers(0, 6, size).astype(float)
        after = luck.integers(0, 6, size).astype(float)
        levels = luck.lognormal(0, 0.7, size), luck.lognormal(0.5, 0.7, size)
        parts_of(np.column_stack([sector, staff, levels[0], after, levels[1]]), luck.random(size) < 0.3)


def test_the_logarithmic_mean_lies_between_the_geometric_and_the_arithmetic():
    assert log_mean(np.array([2.0]), np.array([1.0]))[0] == pytest.approx(1 / np.log(2), rel=1e-15)
    assert log_mean(np.array([3.0, 0.0, 0.0]), np.array([3.0, 2.0, 0.0])).tolist() == [3.0, 0.0, 0.0]
    one, other = np.random.default_rng(1).lognormal(size=(2, 100))
    mean = log_mean(one, other)
    assert mean == pytest.approx(log_mean(other, one), rel=1e-12)
    assert (np.sqrt(one * other) <= mean * (1 + 1e-12)).all() and (mean <= (one + other) / 2).all()
    with pytest.raises(ValueError, match="not negative"):
        log_mean(np.array([-1.0]), np.array([1.0]))


def test_amounts_that_hardly_differ_keep_their_digits():
    near = 1.0 + 1e-13
    assert log_mean(np.array([near]), np.array([1.0]))[0] == pytest.approx(1.0, rel=1e-12)


def test_a_product_is_shared_out_by_logarithms():
    """From 2 x 3 to 4 x 6 each factor doubles and gets half of 18; from 1 to 8 x 1/2 the halved one is negative."""
    assert log_mean_parts([[2.0, 3.0]], [[4.0, 6.0]]) == pytest.approx([9.0, 9.0], rel=1e-14)
    assert log_mean_parts([[1.0, 1.0]], [[8.0, 0.5]]) == pytest.approx([4.5, -1.5], rel=1e-14)


def test_nothing_changes_nothing():
    table = np.random.default_rng(2).lognormal(size=(5, 4))
    assert log_mean_parts(table, table).tolist() == [0.0] * 4


def test_a_factor_that_comes_out_of_nothing_has_all_of_the_change():
    """AI's electricity: nothing before. The other factors changed too, which says nothing about what was not there."""
    before, after = [[2.0, 0.0, 1.0]], [[3.0, 0.5, 2.0]]
    assert log_mean_parts(before, after).tolist() == [0.0, 3.0, 0.0]
    assert log_mean_parts(after, before).tolist() == [0.0, -3.0, 0.0]
    assert log_mean_parts([[0.0, 0.0]], [[2.0, 3.0]]).tolist() == [3.0, 3.0]
    assert log_mean_parts([[0.0, 1.0]], [[0.0, 3.0]]).tolist() == [0.0, 0.0]


def test_the_limit_is_that_of_factors_that_are_hardly_there():
    exact = log_mean_parts([[2.0, 0.0]], [[3.0, 0.5]])
    near = log_mean_parts([[2.0, 1e-300]], [[3.0, 0.5]])
    assert near == pytest.approx(exact, abs=0.003)


def test_any_tables_leave_nothing_over():
    luck = np.random.default_rng(4)
    for _ in range(50):
        before, after = luck.lognormal(0, 1.5, (2, 12, 5))
        before[luck.random((12, 5)) < 0.05] = 0.0
        after[luck.random((12, 5)) < 0.05] = 0.0
        change = after.prod(axis=1).sum() - before.prod(axis=1).sum()
        assert log_mean_parts(before, after).sum() == pytest.approx(change, rel=1e-12, abs=1e-9)


def test_negative_factors_are_refused():
    with pytest.raises(ValueError, match="not be negative"):
        log_mean_parts([[1.0, -1.0]], [[1.0, 1.0]])
