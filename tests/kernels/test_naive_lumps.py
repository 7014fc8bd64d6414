"""Investment in lumps: who waits, who orders, and what a sector orders in all.

Worked out from docs/model/equations/production_and_demand.md, eq. 31.
"""

from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.kernels.investment import plan_investment
from abm.levers.instruments import Instruments
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

FIRMS = Parameters().firms
# A rate that stays as it is, so that the lumps can be worked out by hand; half a lump is a tenth of the capital.
RULES = replace(Parameters().investment, lump=0.2, smoothing=0.0, credit_share=0.2, cash_share=0.9)
DEPRECIATION = 0.0125


def numbers(*values):
    return np.array(values, dtype=float)


def ordered(plain, backlog, rate, capital, starts=None, rules=RULES, gap=None, **columns):
    """Firms after one quarter's orders; they have plenty of money unless ``columns`` say otherwise."""
    rows = len(backlog)
    columns = {"deposits": np.full(rows, 1e9), "loans": np.zeros(rows), "entrant": np.zeros(rows)} | columns
    starts = np.array(starts or [0, rows])
    sectors = starts.size - 1
    firms = Few(
        investment_backlog=numbers(*backlog), investment_rate=numbers(*rate), capital=numbers(*capital),
        investment=np.full(rows, 7.0), capital_productivity=np.full(rows, 0.25), **columns,
        expected_demand=FIRMS.normal_utilisation * 0.25 * numbers(*capital) * (1 if gap is None else 1 + numbers(*gap)),
    )  # fmt: skip
    structure = Few(sector_start=starts, corporate_tax_rate=0.2, capital_basket=numbers(0.7, 0.3))
    plans = Few(
        capital_gap=np.zeros(sectors), capital_expansion=np.ones(sectors), capital_intensity=np.ones(sectors),
        expected_final_price=np.ones(2), capital=np.zeros(2),
    )  # fmt: skip
    macro = Few(long_run_growth=0.009, workforce_growth=-0.001, investment_shock=0.0)
    plain(plan_investment)(
        firms, Few(trend_growth=np.full(sectors, 0.008), wear=np.full(sectors, DEPRECIATION)), plans, structure,
        [macro], Instruments(), FIRMS, rules, 0.0, 1.0,
    )  # fmt: skip
    assert plans.capital == pytest.approx(firms.investment.sum() * numbers(0.7, 0.3))
    return firms


def test_who_lacks_half_a_lump_orders_half_a_lump_beyond(plain):
    """One firm is past its trigger; the sector wants 2 of every 100, more than that firm's lump."""
    firms = ordered(plain, [0.095, 0.02, -0.05, -0.1], [0.02] * 4, [100, 400, 400, 400])
    lump = (0.095 + 0.02 + 0.1) * 100
    wanted = 0.02 * 1300
    waiting = (0.04 + 0.1) * 400 + (-0.03 + 0.1) * 400 + (-0.08 + 0.1) * 400
    early = (wanted - lump) / waiting  # the others make up what the lump falls short of
    assert 0 < early < 1
    assert firms.investment == pytest.approx([lump, early * 56, early * 28, early * 8])
    assert firms.investment_backlog[0] == pytest.approx(-0.1)
    assert firms.investment_backlog[1:] == pytest.approx(
        numbers(0.04, -0.03, -0.08) - early * numbers(0.14, 0.07, 0.02)
    )


def test_lumps_beyond_what_the_sector_wants_wait_in_part(plain):
    firms = ordered(plain, [0.095, 0.13, -0.05], [0.02] * 3, [100, 100, 100])
    lumps = numbers(21.5, 25, 0)
    part = 0.02 * 300 / 46.5
    assert firms.investment == pytest.approx(part * lumps)
    assert firms.investment_backlog == pytest.approx(numbers(0.115, 0.15, -0.03) - part * lumps / 100)


def test_where_nobody_is_at_the_trigger_all_order_a_like_part_of_what_they_lack(plain):
    firms = ordered(plain, [0.0, 0.02, -0.1], [0.02] * 3, [100, 200, 300])
    lacking = numbers(0.12 * 100, 0.14 * 200, 0.02 * 300)
    assert firms.investment == pytest.approx(0.02 * 600 / lacking.sum() * lacking)


@pytest.mark.parametrize("lump", [0.0, 0.05, 0.2, 0.6])
def test_a_sector_orders_in_all_what_its_firms_want(plain, lump):
    """Over many quarters and with any lump; nobody orders more than half a lump ahead."""
    draws, sizes = np.random.default_rng(3), [1, 3, 40]
    rows, starts = sum(sizes), [0, 1, 4, 44]
    sector = np.repeat(range(3), sizes)
    capital, backlog = draws.uniform(50, 500, rows), lump * (draws.random(rows) - 0.5)
    largest = np.zeros(rows)
    for _ in range(30):
        rate = draws.uniform(0.0, 0.05, rows)
        firms = ordered(plain, backlog, rate, capital, starts, replace(RULES, lump=lump))
        assert (firms.investment >= 0).all()
        wanted, made = (np.bincount(sector, weights=one) for one in (rate * capital, firms.investment))
        assert made == pytest.approx(wanted, rel=1e-9)
        assert firms.investment_backlog == pytest.approx(backlog + rate - firms.investment / capital, abs=1e-12)
        backlog = firms.investment_backlog
        largest = np.maximum(largest, firms.investment / capital)
        assert backlog.min() >= -lump / 2 - 1e-12
    assert largest.max() > max(0.04, 0.5 * lump)


def test_without_lumps_every_firm_orders_what_it_wants(plain):
    rate, capital = [0.01, 0.03, 0.0], [100, 200, 300]
    firms = ordered(plain, [0.0] * 3, rate, capital, rules=replace(RULES, lump=0.0))
    assert firms.investment == pytest.approx(numbers(*rate) * capital)
    assert firms.investment_backlog == pytest.approx([0.0] * 3, abs=1e-15)


def test_what_cannot_be_financed_is_given_up(plain):
    """A firm may use more of the room for its loans the longer it waits for a lump, ``lump`` over the usual rate."""
    rate, deposits = [0.02, 0.02], numbers(2.0, 1e9)
    firms = ordered(
        plain, [0.15, -0.1], rate, [100, 700], deposits=deposits, loans=numbers(75 * 0.9, 0),
        rules=replace(RULES, highest_leverage=0.75),
    )  # fmt: skip
    room = min(1.0, 0.2 * 0.2 / (DEPRECIATION + 0.008))
    assert room > 0.2
    part = 0.02 * 800 / 27
    assert firms.investment[0] == pytest.approx(0.9 * 2.0 + room * 7.5) and firms.investment[0] < part * 27
    assert firms.investment_backlog[0] == pytest.approx(0.17 - part * 0.27)


def test_an_entrant_does_not_wait(plain):
    """It lacks half its capital, and orders that and half a lump beyond as soon as its sector wants so much."""
    firms = ordered(plain, [0.0, 0.05], [0.02, 0.02], [100, 4000], gap=[0.5, 0.0], entrant=numbers(1, 0))
    assert firms.investment[0] == pytest.approx((0.5 + 0.1) * 100)
    assert firms.investment.sum() == pytest.approx(0.5 * 100 + 0.02 * 4000)
