"""Engel curves, against slow versions and closed forms."""

import math

import numpy as np
import pytest

from abm.kernels.engel import CLASSES, class_shares, log_utility, tally_spending
from abm.state import Workers

pytestmark = pytest.mark.kernels

SUBSTITUTION = 0.25
TASTE = np.array([0.3, 0.5, 0.2])
SLOPES = np.array([0.1, 0.75, 1.4])
PRICES = np.array([1.2, 0.9, 1.1])


def shares_of(spending, prices=PRICES, slopes=SLOPES, substitution=SUBSTITUTION):
    shares = np.empty((1, TASTE.size))
    class_shares(np.ones(1), np.array([spending]), prices, TASTE, slopes, substitution, shares)
    return shares[0]


@pytest.mark.parametrize("chunks", [1, 3])
def test_spenders_are_counted_by_doublings_of_the_mean(chunks):
    spending = np.random.default_rng(3).lognormal(0, 1.5, 4000)
    spending[:5] = 0.0
    typical = spending.mean()
    persons, money = np.full((2, chunks, CLASSES), 7.0)
    workers = Workers(spending.size)
    workers.consumption[:] = spending
    tally_spending(workers.view, typical, persons, money)
    wanted = np.zeros((2, CLASSES))
    for amount in spending[5:]:
        ratio = amount / typical
        doublings = math.floor(math.log2(ratio))
        place = 2 * doublings + (ratio / 2**doublings >= 1.5) + CLASSES // 2
        place = min(max(place, 0), CLASSES - 1)
        wanted[:, place] += 1, amount
    assert np.array_equal(persons.sum(axis=0), wanted[0])
    assert np.allclose(money.sum(axis=0), wanted[1], rtol=1e-12)


@pytest.mark.parametrize("spending", [0.02, 0.7, 3.0, 400.0])
def test_utility_solves_the_budget(spending):
    weights = TASTE * PRICES ** (1 - SUBSTITUTION)
    utility = log_utility(spending, weights, SLOPES, SUBSTITUTION)
    assert (weights * np.exp(SLOPES * utility)).sum() == pytest.approx(spending ** (1 - SUBSTITUTION), rel=1e-11)


@pytest.mark.parametrize("spending", [0.02, 1.0, 50.0])
def test_every_budget_is_exhausted_and_no_share_is_negative(spending):
    shares = shares_of(spending)
    assert shares.sum() == pytest.approx(1, rel=1e-14)
    assert (shares > 0).all()


def test_classes_without_spenders_buy_nothing():
    shares = np.ones((3, 3))
    class_shares(
        np.array([0.0, 2.0, 1.0]), np.array([0.0, 3.0, 0.0]), PRICES, TASTE, SLOPES, SUBSTITUTION, shares
    )  # fmt: skip
    assert not shares[0].any() and not shares[2].any() and shares[1].sum() == pytest.approx(1)


@pytest.mark.parametrize("spending", [0.3, 1.0, 5.0])
def test_income_elasticities_are_those_of_the_formula(spending):
    """Substitution + (1 − substitution) · slope / mean slope, with the slopes holding one (1 − substitution)."""
    step = 1e-5
    quantity = [np.log(shares_of(spending * factor) * spending * factor) for factor in (1 - step, 1 + step)]
    measured = (quantity[1] - quantity[0]) / (math.log(1 + step) - math.log(1 - step))
    mean = (shares_of(spending) * SLOPES).sum()
    assert measured == pytest.approx(SUBSTITUTION + (1 - SUBSTITUTION) * SLOPES / mean, rel=1e-6)


def test_a_dearer_good_is_bought_less_though_its_share_rises():
    dearer = PRICES * np.array([1.1, 1.0, 1.0])
    before, after = shares_of(1.0), shares_of(1.0, dearer)
    assert after[0] > before[0]
    assert after[0] / dearer[0] < before[0] / PRICES[0]


def test_shares_depend_on_real_spending_alone():
    assert shares_of(2.0, 2 * PRICES) == pytest.approx(shares_of(1.0, PRICES), rel=1e-12)
