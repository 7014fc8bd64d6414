"""Shocks in small economies: one of size 0 changes nothing, the others what they say, and the books always close."""

from __future__ import annotations

import numpy as np
import pytest

import abm
from abm.codes import Status
from abm.errors import UserError
from abm.experiments.responses.responses import checked_shocks, split_sizes
from abm.experiments.responses.shocked_run import Followed, ShockedModel
from abm.experiments.responses.shocks import SHOCKS, drawn_for_dismissal

pytestmark = pytest.mark.unit

WORKERS, YEAR, START, AFTER = 2_000, 2025, 4, 6


@pytest.fixture(scope="module")
def found():
    return abm.responses(workers=WORKERS, seeds=[3], year=YEAR, after=AFTER, calm=False)


def gap(found, shock, name):
    """(quarters after the shock) with the shock less without, of the only seed."""
    return (found.values(shock, name) - found.values(None, name))[0]


def test_without_a_shock_it_is_the_model(found):
    model = abm.Model(workers=WORKERS, rng=3)
    for _ in range(START + AFTER):
        model.step()
    names = model.recorder.names
    recorded = model.recorder.values[: START + AFTER + 1]
    assert np.array_equal(found.without[0, :, : len(names)], recorded, equal_nan=True)


def test_a_shock_of_size_0_changes_not_one_bit(found):
    nothing = abm.responses(workers=WORKERS, seeds=[3], shocks=dict.fromkeys(SHOCKS, 0), year=YEAR, after=AFTER)
    recorded = [name != "earnings_of_dismissed" for name in nothing.names]  # of nobody, where nobody is dismissed
    for name in SHOCKS:
        assert np.array_equal(nothing.runs[name], nothing.without, equal_nan=True), name
    assert np.array_equal(nothing.without[..., recorded], found.without[..., recorded], equal_nan=True)


@pytest.mark.parametrize("shock", SHOCKS)
def test_the_books_close_and_nothing_changes_before_the_shock(found, shock):
    values = found.runs[shock]
    for name in ("sfc_residual", "gdp_identity_residual"):
        assert np.nanmax(np.abs(values[..., found.names.index(name)])) < 1e-9
    assert np.array_equal(values[:, :START], found.without[:, :START], equal_nan=True)
    assert not np.array_equal(values[:, START:], found.without[:, START:], equal_nan=True)


def test_spending_is_a_share_of_gdp_for_a_year(found):
    gdp = found.values(None, "volume_gdp")[0]
    bought = gap(found, "public_demand", "volume_public_consumption") / gdp
    # In the first quarter goods and hands are short; public demand that leans on the cycle takes a part of it back.
    assert 0.008 < bought[0] < 0.011 and bought[1] == pytest.approx(0.01, rel=0.1) and bought[:4].min() > 0.004
    assert abs(bought[4]) < 0.006
    paid = gap(found, "transfers", "volume_transfers") / gdp
    assert paid[:4] == pytest.approx(0.01, rel=0.1) and not paid[4:].any()


def test_rate_prices_and_productivity_jump_by_their_size(found):
    smoothing = abm.Model(workers=WORKERS, rng=3).economy.parameters.money.rate_smoothing
    rate = gap(found, "policy_rate", "policy_rate")
    assert rate[0] == pytest.approx(0.01 * smoothing, rel=0.05) and 0.0 < rate[4] < rate[1] < rate[0]
    exports = found.values("exports", "volume_exports")[0] / found.values(None, "volume_exports")[0] - 1
    assert exports[0] == pytest.approx(-0.06, abs=0.005) and exports[0] < exports[1] < exports[3]
    assert gap(found, "world_prices", "consumer_price")[0] > 0.0
    assert gap(found, "carbon_price", "carbon_price_revenue").min() > 0.0
    assert gap(found, "productivity", "volume_gdp")[:3].mean() > 0.0


def test_layoffs_cost_those_who_are_dismissed_and_few_others(found):
    earnings = found.values("layoffs", "earnings_of_dismissed")[0] / found.values(None, "earnings_of_dismissed")[0]
    assert earnings[0] < 0.8
    assert gap(found, "layoffs", "unemployment_rate")[0] > 0.0


def test_a_larger_share_dismisses_the_same_workers_and_others():
    model = ShockedModel(None, 1, Followed(0.03, 1), workers=WORKERS, rng=5)
    model.step()
    few, many = drawn_for_dismissal(model.economy, 0.03), drawn_for_dismissal(model.economy, 0.3)
    workers = model.economy.workers
    assert 0 < few.sum() < many.sum() and not (few & ~many).any()
    assert (workers.status[many] == Status.EMPLOYED).all()
    assert workers.age[many].min() >= 25 and workers.age[many].max() < 50
    assert not drawn_for_dismissal(model.economy, 0.0).any()


def test_the_path_without_any_disturbance_comes_when_asked_for(found):
    assert found.calm is None
    calm = abm.responses(workers=WORKERS, seeds=1, shocks=["policy_rate"], year=YEAR, after=1, calm=True)
    assert calm.calm.shape[:2] == (1, 105) and list(calm.runs) == ["policy_rate"]


def test_sizes_may_be_given_with_the_names():
    assert split_sizes(["policy_rate=0.005", "exports"]) == {"policy_rate": 0.005, "exports": -0.06}
    assert split_sizes([]) is None
    assert checked_shocks({"policy_rate": 0.005})["policy_rate"].label == "Policy rate +50 basis points"
    assert SHOCKS["layoffs"].label == "Layoffs of 3 % of staff aged 25 to 50"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"shocks": ["policy"]}, "unknown shock 'policy'"),
        ({"shocks": []}, "no shock is given"),
        ({"shocks": {"policy_rate": 3}}, "shocks.policy_rate should lie between"),
        ({"year": 2024}, "year=2024: give a year after 2024"),
        ({"after": 0}, "after=0: give from 1 to"),
        ({"workers": 10}, "workers"),
    ],
)
def test_bad_input_is_refused(arguments, told):
    with pytest.raises(UserError, match=told):
        abm.responses(**{"workers": WORKERS, "seeds": 1, "year": YEAR, "after": 1, **arguments})
    with pytest.raises(UserError, match="the size is no number"):
        split_sizes(["policy_rate=much"])
