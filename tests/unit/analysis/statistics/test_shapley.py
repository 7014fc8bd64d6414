"""Shapley values of games whose answer is known."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from xinzhi.analysis.statistics.shapley import shapley_values

pytestmark = pytest.mark.unit


def members(coalition, players):
    return [player for player in range(players) if coalition >> player & 1]


def game(worth, players):
    return np.array([worth(members(coalition, players)) for coalition in range(2**players)], dtype=float)


def test_in_an_additive_game_each_gets_what_it_brings():
    brings = np.array([3.0, -1.0, 0.5, 0.0])
    assert shapley_values(game(lambda who: 7.0 + brings[who].sum(), 4)) == pytest.approx(brings, abs=1e-12)


def test_two_factors_of_a_product_share_what_only_both_bring():
    """v = (1 + a)(1 + b): each gets its own gain and half of the product of both."""
    gains = np.array([0.2, 0.1])
    values = shapley_values(game(lambda who: np.prod(1 + gains[who]), 2))
    assert values == pytest.approx(gains + 0.5 * gains.prod(), abs=1e-15)


def test_alike_players_get_alike_and_an_idle_one_nothing():
    """The glove game: players 0 and 1 are worth something with player 2 only; player 3 adds nothing."""
    values = shapley_values(game(lambda who: float(2 in who and (0 in who or 1 in who)), 4))
    assert values == pytest.approx([1 / 6, 1 / 6, 2 / 3, 0.0], abs=1e-15)


def test_it_is_the_mean_over_all_orders_and_takes_several_games_at_once():
    players = 4
    worth = np.random.default_rng(5).normal(size=(2**players, 3, 2))
    expected = np.zeros((players, 3, 2))
    orders = list(permutations(range(players)))
    for order in orders:
        coalition = 0
        for player in order:
            expected[player] += worth[coalition | 1 << player] - worth[coalition]
            coalition |= 1 << player
    values = shapley_values(worth)
    assert values == pytest.approx(expected / len(orders), abs=1e-12)
    assert values.sum(axis=0) == pytest.approx(worth[-1] - worth[0], abs=1e-12)


def test_one_player_gets_all():
    assert shapley_values(np.array([2.0, 5.0])).tolist() == [3.0]


@pytest.mark.parametrize("coalitions", [0, 1, 3, 6])
def test_another_number_of_coalitions_is_refused(coalitions):
    with pytest.raises(ValueError, match="power of two"):
        shapley_values(np.zeros(coalitions))
