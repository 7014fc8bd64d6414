"""The pool of data, what of it a firm can use, and trade in it, worked out from the equations; returns to scale."""

import math
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.kernels.data import data_pool, data_within_reach, trade_in_data, trust_in_sharing
from abm.kernels.risks import tally_screened
from abm.kernels.technology import capability
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

AI = Parameters().artificial_intelligence


def numbers(*values):
    return np.array(values, dtype=float)


def codes(*values):
    return np.array(values, dtype=np.uint8)


def pool_of(plain, stocks, starts, represented, scale, total, mean):
    pool = np.zeros(len(starts) - 1)
    firms, structure = Few(data_stock=numbers(*stocks)), Few(sector_start=np.array(starts))
    plain(data_pool)(firms, structure, represented, scale, numbers(*total), numbers(*mean), pool)
    return pool


def test_the_pool_is_the_sum_of_what_is_shared_over_that_of_the_opening(plain):
    found = pool_of(plain, (1.0, 2.0, 5.0), (0, 2, 3), 100.0, 0.5, (150.0, 250.0), (0.75, 2.5))
    assert found == pytest.approx([0.75 * math.sqrt(300 / 150), 2.5 * math.sqrt(500 / 250)])


def test_how_many_firms_are_simulated_does_not_matter(plain):
    few = pool_of(plain, (1.0, 3.0), (0, 2), 100.0, 0.7, (250.0,), (1.3,))
    many = pool_of(plain, (1.0, 3.0) * 4, (0, 8), 25.0, 0.7, (250.0,), (1.3,))
    assert many == pytest.approx(few, rel=1e-12)


@pytest.mark.parametrize("more", ["firms", "persons", "data"])
def test_twice_as_much_shares_more_by_the_elasticity(plain, more):
    stocks, represented = (1.0, 3.0), 100.0
    once = pool_of(plain, stocks, (0, 2), represented, 0.5, (400.0,), (2.0,))
    if more == "firms":
        twice = pool_of(plain, stocks * 2, (0, 4), represented, 0.5, (400.0,), (2.0,))
    elif more == "persons":
        twice = pool_of(plain, stocks, (0, 2), 2 * represented, 0.5, (400.0,), (2.0,))
    else:
        twice = pool_of(plain, (2.0, 6.0), (0, 2), represented, 0.5, (400.0,), (2.0,))
    assert once == pytest.approx([2.0]) and twice == pytest.approx([2.0 * math.sqrt(2)])


def test_open_data_are_for_all_and_bought_data_for_adopters(plain):
    reach, trust = plain(data_within_reach), plain(trust_in_sharing)
    assert trust(1.0, 0.4) == 1.0 and trust(0.3, 0.4) == pytest.approx(0.72) and trust(0.0, 0.0) == 1.0
    assert reach(1.0, 2.0, False, 0.1, 0.5, 0.8, 1.9) == pytest.approx(1.0 + 1.9 * 2.0 * 0.1)
    assert reach(1.0, 2.0, True, 0.1, 0.5, 0.8, 1.9) == pytest.approx(1.0 + 1.9 * 2.0 * (0.1 + 0.5 * 0.8 * 0.9))
    assert reach(1.0, 2.0, True, 0.1, 0.0, 0.8, 1.9) == reach(1.0, 2.0, False, 0.1, 0.5, 0.8, 1.9)
    assert reach(1.0, 2.0, True, 1.0, 0.5, 0.8, 1.9) == reach(1.0, 2.0, False, 1.0, 0.0, 0.8, 1.9)


def output(plain, times, openness, scale):
    """Of an economy in which workers, capital, firms and the persons they stand for are ``times`` as many.

    Without AI it would grow in proportion; AI adds a share of output that its capability decides.
    """
    pool = pool_of(plain, (0.6, 1.4), (0, 2), 100.0 * times, scale, (200.0,), (1.0,))
    made = 0.0
    for own in (0.6, 1.4):
        data = plain(data_within_reach)(own, pool[0], True, openness, 0.0, 1.0, AI.data_pool)
        made += 100.0 * times * (1.0 + 0.05 * plain(capability)(data, 0.03, 0.5, 0.25, AI))
    return made


@pytest.mark.parametrize(
    ("openness", "scale", "more"),
    [(0.0, 0.0, False), (0.0, 0.5, False), (0.5, 0.0, False), (0.1, 0.3, True), (0.5, 0.5, True), (0.5, 1.0, True)],
)
def test_doubling_everything_more_than_doubles_output_only_with_open_data_and_scale(plain, openness, scale, more):
    once, twice = output(plain, 1.0, openness, scale), output(plain, 2.0, openness, scale)
    returns = math.log2(twice / once)
    if more:
        assert 1.0 + 1e-5 < returns < 1.02
    else:
        assert returns == pytest.approx(1.0, abs=1e-12)


def test_returns_to_scale_rise_with_the_elasticity(plain):
    returns = [math.log2(output(plain, 2.0, 0.5, scale) / output(plain, 1.0, 0.5, scale)) for scale in (0.3, 0.5, 1.0)]
    assert returns == sorted(returns) and returns[0] < returns[-1]


def test_data_are_paid_for_within_a_sector(plain):
    firms = Few(
        ai_stage=codes(0, 1, 3), ai_spending=numbers(9.0, 4.0, 6.0), data_stock=numbers(1.0, 2.0, 5.0),
        data_income=np.zeros(3),
    )  # fmt: skip
    plain(trade_in_data)(firms, Few(sector_start=np.array([0, 3])), 0.5, AI)
    fees = [0.0, 0.5 * AI.data_fee * 4.0, 0.5 * AI.data_fee * 6.0]
    expected = [sum(fees) * own / 8.0 - fee for own, fee in zip((1, 2, 5), fees, strict=True)]
    assert firms.data_income == pytest.approx(expected)
    assert firms.data_income.sum() == pytest.approx(0.0, abs=1e-12)


def test_the_screened_group_is_counted_apart(plain):
    workers = Few(status=codes(0, 1, 0, 0, 1), protected_group=codes(1, 1, 0, 1, 0), wage=numbers(10, 99, 20, 5, 99))
    persons, wages = np.zeros((1, 2, 6), dtype=np.int64), np.zeros((1, 2))
    plain(tally_screened)(workers, persons, wages)
    assert persons[0].sum() == 5 and (persons[0, 0].sum(), persons[0, 1].sum()) == (3, 2)
    from abm.codes import Status

    employed = workers.status == int(Status.EMPLOYED)
    for place, group in ((0, 1), (1, 0)):
        chosen = workers.protected_group == group
        assert wages[0, place] == workers.wage[chosen & employed].sum()
        assert persons[0, place, Status.EMPLOYED] == (chosen & employed).sum()
