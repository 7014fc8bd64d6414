"""Departments are counted, drawn and moved on as probability says."""

import math
from dataclasses import replace

import numpy as np
import pytest

from abm.kernels.departments import chance_of_start, department_count, drawn_number, move_on
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = Parameters().adoption
LOTS = (np.arange(20_000) + 0.5) / 20_000  # evenly over [0, 1)


@pytest.mark.parametrize("trials", [0, 1, 2, 5, 17, 60])
@pytest.mark.parametrize("chance", [0.0, 0.001, 0.05, 0.46, 0.9, 1.0])
def test_a_number_is_binomial_by_enumeration(trials, chance):
    """Each number holds as much of [0, 1) as its probability, in order."""
    found = np.array([drawn_number(float(trials), chance, lot) for lot in LOTS])
    assert (np.diff(found) >= 0).all() and found.min() >= 0 and found.max() <= trials
    exact = [math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
    shares = np.bincount(found.astype(int), minlength=trials + 1) / LOTS.size
    assert shares == pytest.approx(exact, abs=1.5 / LOTS.size)


def test_no_lot_draws_more_than_all():
    assert drawn_number(250.0, 0.5, np.nextafter(1.0, 0.0)) <= 250.0
    assert drawn_number(3.0, 1e-9, np.nextafter(1.0, 0.0)) <= 3.0


@pytest.mark.parametrize("headcount", [0, 1, 19, 20, 33, 250, 4_000])
def test_departments_are_whole_and_right_on_average(headcount):
    rule = max(headcount / RULES.departments_from, 1.0) ** RULES.departments_elasticity
    found = np.array([department_count(headcount, lot, RULES.view) for lot in LOTS])
    assert (found == np.floor(found)).all() and found.min() >= 1
    assert found.mean() == pytest.approx(rule, abs=1e-4)
    assert found.max() - found.min() <= 1


def test_departments_fit_into_a_byte():
    assert department_count(1e9, 0.9, RULES.view) <= 255
    assert department_count(500, 0.99, replace(RULES, departments_elasticity=0.0).view) == 1


def test_the_chance_of_a_start_is_that_of_considering_ai_and_of_saying_yes():
    assert chance_of_start(0.1, 0.0) == pytest.approx(0.05)
    assert chance_of_start(0.1, math.log(3)) == pytest.approx(0.075)
    assert chance_of_start(0.1, -np.inf) == pytest.approx(0.0, abs=1e-12)
    assert chance_of_start(0.1, np.inf) == pytest.approx(0.1)


def test_departments_end_where_what_begins_equals_what_ends():
    """Long-run shares of many firms, against pilots that come and go and use that is given up.

    Of those without AI ``chance`` begin, a quarter's share 1 / pilot_quarters of pilots ends, and of the scaled
    ``abandonment`` is given up: n h = p / T and p (1 - f) / T = s a, with n + p + s = 1.
    """
    chance, quarters, failure, given_up = 0.03, RULES.pilot_quarters, RULES.pilot_failure, 0.03
    rules = replace(RULES, abandonment=given_up)
    pilots = chance * quarters
    scaled = chance * (1 - failure) / given_up
    without = 1 / (1 + pilots + scaled)
    generator, moves = np.random.default_rng(3), np.empty(4)
    parts, state = 20.0, np.zeros((200, 2))
    sums, kept = np.zeros(4), 0
    for quarter in range(600):
        for firm in range(state.shape[0]):
            move_on(parts, *state[firm], chance, rules.view, generator.random(4), moves)
            assert moves.min() >= 0 and moves[0] + moves[1] <= parts
            state[firm] = moves[:2]
            if quarter >= 200:
                sums += moves
        kept += quarter >= 200
    shares = sums / (parts * state.shape[0] * kept)
    assert shares[0] == pytest.approx(pilots * without, rel=0.02)
    assert shares[1] == pytest.approx(scaled * without, rel=0.02)
    assert shares[2] == pytest.approx(chance * without, rel=0.02)
    assert shares[3] == pytest.approx(chance * without * (1 - failure), rel=0.02)


def test_the_share_of_departments_does_not_depend_on_how_firms_are_cut():
    """Ten thousand workers or four times as many: the same part of departments begins, on average."""
    generator, moves = np.random.default_rng(4), np.empty(4)

    def begun(parts, firms):
        total = 0.0
        for _ in range(firms):
            move_on(parts, 0.0, 0.0, 0.05, RULES.view, generator.random(4), moves)
            total += moves[2]
        return total / (parts * firms)

    assert begun(2.0, 40_000) == pytest.approx(0.05, rel=0.05)
    assert begun(8.0, 10_000) == pytest.approx(0.05, rel=0.05)
