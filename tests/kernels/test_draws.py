"""Luck depends on who, when and what for, is as random as it needs to be, and on nothing else."""

import numpy as np
import pytest

from abm.kernels.draws import STREAMS, normal, one_normal, stream_key, uniform
from abm.population.kernels.firms import draw_normals, draw_uniforms

pytestmark = pytest.mark.kernels

MANY = 200_000


def uniforms(seed, quarter, stream, rows=20_000):
    key = stream_key(seed, quarter, stream)
    key = np.uint64(key)
    return np.array([uniform(key, row) for row in range(rows)])


@pytest.fixture(scope="module")
def many():
    out = np.empty(MANY)
    draw_uniforms(1, STREAMS["search"], 0, out)
    return out


@pytest.fixture(scope="module")
def many_normals():
    out = np.empty(MANY)
    draw_normals(1, STREAMS["search"], 0, out)
    return out


def test_uniform_numbers_fill_the_unit_interval_evenly(many):
    assert many.min() >= 0.0 and many.max() < 1.0
    assert many.mean() == pytest.approx(0.5, abs=5 / np.sqrt(12 * MANY))
    assert many.var() == pytest.approx(1 / 12, rel=0.01)
    counts = np.histogram(many, bins=100, range=(0, 1))[0]
    chi_square = ((counts - MANY / 100) ** 2 / (MANY / 100)).sum()
    assert chi_square < 99 + 5 * np.sqrt(2 * 99)
    assert np.unique(many).size == MANY


def test_neighbours_know_nothing_of_each_other(many):
    for lag in (1, 2, 3, 7, 8, 64, 1024):
        assert abs(np.corrcoef(many[:-lag], many[lag:])[0, 1]) < 5 / np.sqrt(MANY)
    pairs = np.histogram2d(many[:-1], many[1:], bins=10, range=((0, 1), (0, 1)))[0].ravel()
    expected = (MANY - 1) / 100
    assert ((pairs - expected) ** 2 / expected).sum() < 99 + 5 * np.sqrt(2 * 99)


@pytest.mark.parametrize(
    "other", [(2, 3, 5), (1, 4, 5), (1, 3, 6), (3, 1, 5), (1, 5, 3), (5, 3, 1), (2**62, 3, 5)], ids=str
)
def test_another_seed_quarter_or_stream_is_other_luck(other):
    own, different = uniforms(1, 3, 5), uniforms(*other)
    assert abs(np.corrcoef(own, different)[0, 1]) < 5 / np.sqrt(own.size)
    assert not np.isin(own, different).any()


def test_neighbouring_seeds_and_quarters_have_keys_that_look_alike_in_nothing():
    keys = {(s, q, t): int(stream_key(s, q, t)) for s in range(30) for q in range(30) for t in range(1, 60)}
    assert len(set(keys.values())) == len(keys)
    bits = np.array([[key >> place & 1 for place in range(64)] for key in list(keys.values())[:20_000]])
    assert np.abs(bits.mean(axis=0) - 0.5).max() < 0.03


def test_every_stream_has_a_number_of_its_own():
    assert len(set(STREAMS.values())) == len(STREAMS)
    assert all(isinstance(number, np.int64) and 0 < number < 1_000 for number in STREAMS.values())


def test_normal_numbers_have_the_moments_of_a_normal_law(many_normals):
    z = many_normals
    assert z.mean() == pytest.approx(0.0, abs=5 / np.sqrt(MANY))
    assert z.std() == pytest.approx(1.0, rel=0.01)
    assert (z**3).mean() == pytest.approx(0.0, abs=0.05)
    assert (z**4).mean() == pytest.approx(3.0 - 6 / 5 / 4, abs=0.05)  # the sum of four uniform numbers
    assert np.abs(z).max() <= np.sqrt(12)
    assert (np.abs(z) < 1).mean() == pytest.approx(0.683, abs=0.02)
    assert abs(np.corrcoef(z[:-1], z[1:])[0, 1]) < 5 / np.sqrt(MANY)


def test_a_draw_is_the_same_whoever_asks():
    out = np.empty(10)
    draw_normals(9, STREAMS["search"], 0, out)
    key = np.uint64(stream_key(9, 0, STREAMS["search"]))
    assert [normal(key, row) for row in range(10)] == out.tolist()
    assert [one_normal(9, 0, STREAMS["search"], row) for row in range(10)] == out.tolist()


def test_the_luck_of_the_whole_economy_does_not_depend_on_the_policy(grown):
    def shocks(model):
        a = model.state.macro
        return a.export_shock, a.consumption_shock, a.investment_shock, a.productivity_shock

    assert shocks(grown(3)) == shocks(grown(3, policy="no_ai")) != shocks(grown(3, rng=2))
    assert shocks(grown(3)) == shocks(grown(3, **{"levers.carbon_price": {2024: 400}}))
