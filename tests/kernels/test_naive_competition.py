"""Exit, entry and market shares against the equations of MODEL.md, sections 4.11 and 4.12, on a handful of firms."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.kernels.codes import AiStage, Owner
from abm.kernels.competition import exit_and_enter, update_market_shares
from abm.kernels.draws import STREAMS, normal, stream_key

pytestmark = pytest.mark.kernels

SEED, QUARTER = 11, 7
RULES = SimpleNamespace(
    selection=0.17, unfilled_penalty=0.05, quality_gain=0.03, share_deviation=0.05, mark_up_share=0.3,
    mark_up_reversion=0.1, mark_up_utilisation=0.4, normal_utilisation=0.85, lowest_mark_up=0.8, highest_mark_up=1.2,
    sector_signal=0.3, trend_gain=0.25, smallest_share=0.3, entrant_share=0.45, entrant_gap=-0.03,
    entrant_deviation=0.08, entrant_adoption=0.5, liquidity_target=0.25,
)  # fmt: skip
BELIEFS = SimpleNamespace(
    lowest_demand_change=-0.04, highest_demand_change=0.05, lowest_demand_trend=-0.015, highest_demand_trend=0.02
)


def drawn(stream, rows):
    key = np.uint64(stream_key(SEED, QUARTER, STREAMS[stream]))
    return np.array([normal(key, row) for row in range(rows)])


def rivals():
    """Three firms in one sector and one alone in another; the second firm has had a breach, the third is dear."""
    return SimpleNamespace(
        price=np.array([1.0, 1.1, 1.6, 1.2]), unfilled=np.array([0.0, 0.3, 0.1, 0.2]),
        ai_use=np.array([0.2, 0.0, 0.6, 0.4]), breached=np.array([0, 1, 0, 0], dtype=np.uint8),
        market_share=np.array([0.5, 0.3, 0.2, 1.0]), mark_up=np.array([0.31, 0.24, 0.11, 0.2]),
        sales_quantity=np.array([60.0, 20.0, 5.0, 40.0]), capital=np.array([80.0, 60.0, 30.0, 50.0]),
        capital_productivity=np.array([1.0, 0.9, 1.1, 1.2]), demand_signal=np.full(4, np.nan),
    )  # fmt: skip


def shifted(plain, firms, breach_loss=0.05, demand=(100.0, 30.0), beliefs=BELIEFS):
    sectors = SimpleNamespace(
        demand=np.array(demand), demand_before=np.array([98.0, 60.0]), producer_price=np.array([1.15, 1.2]),
        trend_growth=np.array([0.01, -0.01]),
    )  # fmt: skip
    structure = SimpleNamespace(sector_start=np.array([0, 3, 4]), mark_up=np.array([0.25, 0.2]))
    plain(update_market_shares)(firms, sectors, structure, RULES, beliefs, breach_loss, SEED, QUARTER)
    return sectors, structure


def test_shares_move_to_the_cheap_the_reliable_and_the_good(plain):
    firms, old = rivals(), rivals()
    sectors, structure = shifted(plain, firms)
    sector = np.array([0, 0, 0, 1])
    change = -0.17 * np.log(old.price / sectors.producer_price[sector]) - 0.05 * old.unfilled + 0.03 * old.ai_use
    change += 0.05 * drawn("share", 4) - 0.05 * old.breached
    wished = old.market_share * np.exp(change)
    share = wished / np.bincount(sector, weights=wished)[sector]
    assert firms.market_share == pytest.approx(share)

    norm, growth = structure.mark_up[sector], np.log(share / old.market_share)
    use = old.sales_quantity / (old.capital_productivity * old.capital)
    mark_up = old.mark_up + 0.3 * old.mark_up * growth + 0.1 * (norm - old.mark_up)
    mark_up += 0.4 * 0.1 * norm * (use / 0.85 - 1)
    assert firms.mark_up == pytest.approx(np.clip(mark_up, 0.8 * norm, 1.2 * norm))
    assert ((mark_up < 0.8 * norm).any(), (mark_up > 1.2 * norm).any()) == (True, True)

    demand = sectors.demand[sector]
    own = np.maximum(old.sales_quantity, old.market_share * demand) * share / old.market_share
    assert firms.demand_signal == pytest.approx(0.3 * share * demand + 0.7 * own)


def test_a_breach_costs_customers(plain):
    trusted, other = rivals(), rivals()
    shifted(plain, trusted, breach_loss=0.0)
    shifted(plain, other)
    ratio = other.market_share[1] / other.market_share[0] * trusted.market_share[0] / trusted.market_share[1]
    assert np.log(ratio) == pytest.approx(-0.05)


def test_the_trend_of_demand_follows_what_is_believed_of_its_growth(plain):
    sectors, _ = shifted(plain, rivals())
    assert sectors.trend_growth == pytest.approx(
        [0.01 + 0.25 * (np.log(100 / 98) - 0.01), max(-0.015, -0.01 - 0.25 * 0.03)]
    )
    assert sectors.demand_before == pytest.approx(sectors.demand)
    boom, _ = shifted(plain, rivals(), demand=(300.0, 60.0))
    assert boom.trend_growth == pytest.approx([0.01 + 0.25 * (0.05 - 0.01), -0.01 * 0.75])


def market():
    """Sectors of shareholders (four firms), farmers (one) and of shareholders again (one firm alone, and tiny).

    Of the first four one is sound, one insolvent, one indebted beyond measure though not insolvent, one too small.
    """
    names = "productivity mark_up ai_use investment_rate price expected_demand inventory_value".split()
    generator = np.random.default_rng(2)
    firms = SimpleNamespace(
        **{name: generator.uniform(0.5, 1.5, 6) for name in names},
        market_share=np.array([0.5, 0.25, 0.2, 0.05, 1.0, 1.0]),
        productivity_gap=np.array([0.3, -0.2, 0.1, -0.1, 0.0, 0.2]),
        capital=np.full(6, 10.0), deposits=np.array([1.0, 2.0, 0.5, 0.1, 0.0, 3.0]),
        loans=np.array([3.0, 20.0, 17.0, 2.0, 90.0, 1.0]), ai_stage=np.full(6, 2, dtype=np.uint8),
        ai_capability=np.full(6, 0.5), entrant=np.full(6, 1, dtype=np.uint8),
    )  # fmt: skip
    firms.inventory_value[2] = 8.0
    return firms


def entered(plain, firms, equity_left=100.0, adoption=0.0):
    sectors = SimpleNamespace(adoption=np.full(3, adoption))
    structure = SimpleNamespace(
        sector_start=np.array([0, 4, 5, 6]), mark_up=np.array([0.25, 0.3, 0.4]), depreciation=0.01,
        owner=np.array([Owner.SHAREHOLDERS, Owner.OWN_WORKERS, Owner.SHAREHOLDERS]),
    )  # fmt: skip
    return plain(exit_and_enter)(
        firms, sectors, structure, [SimpleNamespace(capital_price=1.2)], RULES,
        SimpleNamespace(leverage=0.3, insolvent_leverage=1.3), 0.25, equity_left, SEED, QUARTER,
    )  # fmt: skip


LEFT = [False, True, True, True, False, False]


def test_the_insolvent_and_those_without_customers_leave(plain):
    old, firms = market(), market()
    worth = old.deposits + old.inventory_value + 1.2 * old.capital - old.loans
    assert (worth < 0).tolist() == [False, True, False, False, True, False]  # farmers do not go bankrupt
    assert (old.loans > 1.3 * 1.2 * old.capital + old.deposits).tolist() == [False, True, True, False, True, False]
    exits, written_off, paid_in = entered(plain, firms)
    assert exits == 3 and firms.entrant.astype(bool).tolist() == LEFT

    # A bankrupt pays its debt as far as its deposits go; what its plant cannot carry is written off.
    bankrupt, bearable = [1, 2], 0.3 * 1.2 * 10.0
    repaid = np.minimum(old.deposits, old.loans)[bankrupt]
    assert written_off == pytest.approx((old.loans[bankrupt] - repaid - bearable).sum())
    assert firms.loans == pytest.approx([3.0, bearable, bearable, 2.0, 90.0, 1.0])
    needed = 0.25 * old.price * old.expected_demand
    kept = np.array([0.0, 0.0, 0.1])
    need = np.maximum(0.0, needed[1:4] - kept)
    assert paid_in == pytest.approx(need.sum()) and (need > 0).all()
    assert firms.deposits == pytest.approx([1.0, *(kept + need), 0.0, 3.0])


def test_an_entrant_begins_with_the_norm_of_its_sector(plain):
    old, firms = market(), market()
    entered(plain, firms)
    mean_gap = old.market_share[:4] @ old.productivity_gap[:4]
    gap = np.where(LEFT, mean_gap - 0.03 + 0.08 * drawn("entry", 6), old.productivity_gap)
    assert firms.productivity_gap == pytest.approx(gap)
    assert firms.productivity == pytest.approx(old.productivity * np.exp(gap - old.productivity_gap))
    assert firms.mark_up == pytest.approx(np.where(LEFT, 0.25, old.mark_up))
    assert firms.investment_rate == pytest.approx(np.where(LEFT, 0.01, old.investment_rate))
    share = np.where(LEFT, np.maximum(old.market_share, 0.45 / 4), old.market_share)
    assert firms.market_share == pytest.approx([*(share[:4] / share[:4].sum()), 1.0, 1.0])
    for name in ("capital", "inventory_value", "ai_capability"):
        assert np.array_equal(getattr(firms, name), getattr(old, name)), name


def test_owners_pay_no_more_equity_than_they_receive(plain):
    old, firms = market(), market()
    assert entered(plain, firms, equity_left=0.15)[2] == pytest.approx(0.15)
    paid = firms.deposits[1:4] - np.array([0.0, 0.0, old.deposits[3]])
    assert paid.sum() == pytest.approx(0.15) and (paid >= 0).all()


@pytest.mark.parametrize(("adoption", "stage"), [(0.0, AiStage.NONE), (2.0, AiStage.PILOT)])
def test_entrants_use_ai_as_often_as_their_sector_lets_expect(plain, adoption, stage):
    old, firms = market(), market()
    entered(plain, firms, adoption=adoption)
    assert firms.ai_stage.tolist() == [stage if gone else 2 for gone in LEFT]
    use = 0.25 * 0.5 if stage == AiStage.PILOT else 0.0
    assert firms.ai_use == pytest.approx(np.where(LEFT, use, old.ai_use))
