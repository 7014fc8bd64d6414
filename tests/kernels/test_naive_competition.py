"""Exit, entry and market shares on a handful of firms.

Worked out from docs/model/equations/settlement.md and competition_and_technology.md.
"""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.codes import AiStage, Owner
from abm.kernels.competition import exit_and_enter, update_market_shares
from abm.kernels.draws import STREAMS, normal, stream_key

pytestmark = pytest.mark.kernels

SEED, QUARTER = 11, 7
RULES = SimpleNamespace(
    selection=0.17, unfilled_penalty=0.05, quality_gain=0.8, share_deviation=0.05, mark_up_share=0.3,
    mark_up_reversion=0.1, mark_up_utilisation=0.4, normal_utilisation=0.85, lowest_mark_up=0.8, highest_mark_up=1.2,
    sector_signal=0.3, trend_gain=0.25, smallest_share=0.3, entrant_share=0.45, entrant_gap=-0.03,
    entrant_deviation=0.08, entrant_adoption=0.5, liquidity_target=0.25,
)  # fmt: skip
BELIEFS = SimpleNamespace(
    lowest_demand_change=-0.04, highest_demand_change=0.05, lowest_demand_trend=-0.015, highest_demand_trend=0.02
)


QUALITY = np.array([[0.2, 0.1], [0.05, 0.0]])  # what office and process AI add to the products of two sectors


def drawn(stream, rows):
    key = np.uint64(stream_key(SEED, QUARTER, STREAMS[stream]))
    return np.array([normal(key, row) for row in range(rows)])


def rivals():
    """Three firms in one sector and one alone in another; the second firm has had a breach, the third is dear."""
    return SimpleNamespace(
        price=np.array([1.0, 1.1, 1.6, 1.2]), unfilled_demand_share=np.array([0.0, 0.3, 0.1, 0.2]),
        office_use=np.array([0.2, 0.0, 0.6, 0.4]), process_use=np.array([0.1, 0.0, 0.0, 0.3]),
        breached=np.array([0, 1, 0, 0], dtype=np.uint8),
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
    abilities = SimpleNamespace(quality=QUALITY)
    plain(update_market_shares)(firms, sectors, structure, abilities, RULES, beliefs, breach_loss, SEED, QUARTER)
    return sectors, structure


def test_shares_move_to_the_cheap_the_reliable_and_the_good(plain):
    firms, old = rivals(), rivals()
    sectors, structure = shifted(plain, firms)
    sector = np.array([0, 0, 0, 1])
    better = 0.8 * (QUALITY[0, sector] * old.office_use + QUALITY[1, sector] * old.process_use)
    change = -0.17 * (np.log(old.price / sectors.producer_price[sector]) - better) - 0.05 * old.unfilled_demand_share
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
    """Sectors of farmers (one firm), of shareholders (five firms), and of shareholders again (one firm alone).

    Of the five one is sound by a hair, one insolvent by a hair, one owes too much though its inventory covers it, one
    has lost its market, and one owes much, but has deposits.
    """
    names = "productivity mark_up price expected_demand".split()
    in_use = "office_cover process_cover office_use process_use assistance integrating intangible".split()
    counts = "office_pilots office_scaled process_pilots process_scaled".split()
    generator = np.random.default_rng(2)
    return SimpleNamespace(
        **{name: generator.uniform(0.5, 1.5, 7) for name in names},
        **{name: generator.uniform(0.1, 0.5, 7) for name in in_use},
        **{name: np.full(7, 3, dtype=np.uint8) for name in counts},
        market_share=np.array([1.0, 0.3, 0.2, 0.15, 0.05, 0.3, 1.0]),
        productivity_gap=np.array([0.0, 0.3, -0.2, 0.1, -0.1, 0.05, 0.2]), capital=np.full(7, 10.0),
        investment_rate=np.full(7, 0.05),
        inventory_value=np.array([1.0, 1.0, 1.0, 9.0, 1.0, 9.0, 1.0]),
        deposits=np.array([0.0, 1.0, 1.0, 0.5, 0.1, 2.0, 3.0]),
        loans=np.array([90.0, 13.5, 14.5, 16.2, 2.0, 16.5, 1.0]), ai_stage=np.full(7, 2, dtype=np.uint8),
        ai_capability=np.full(7, 0.5), entrant=np.full(7, 1, dtype=np.uint8),
    )  # fmt: skip


def entered(plain, firms, equity_left=100.0, adoption=0.0):
    sectors = SimpleNamespace(adoption=np.full(3, adoption), wear=np.full(3, 0.01))
    structure = SimpleNamespace(
        sector_start=np.array([0, 1, 6, 7]), mark_up=np.array([0.3, 0.25, 0.4]),
        owner=np.array([Owner.OWN_WORKERS, Owner.SHAREHOLDERS, Owner.SHAREHOLDERS]),
    )  # fmt: skip
    return plain(exit_and_enter)(
        firms, sectors, structure, [SimpleNamespace(capital_price=1.2)], RULES,
        SimpleNamespace(leverage=0.3, insolvent_leverage=1.3), equity_left, SEED, QUARTER,
    )  # fmt: skip


RIVALS = slice(1, 6)  # the rows of the five
LEFT = [False, False, True, True, True, False, False]


def test_the_insolvent_and_those_without_customers_leave(plain):
    old, firms = market(), market()
    worth = old.deposits + old.inventory_value + 1.2 * old.capital - old.loans
    assert (worth < 0).tolist() == [True, False, True, False, False, False, False]  # farmers do not go bankrupt
    assert np.flatnonzero(old.loans > 1.3 * 1.2 * old.capital + old.deposits).tolist() == [0, 3]
    assert np.flatnonzero(old.market_share[RIVALS] * 5 < 0.3).tolist() == [3]
    exits, written_off, paid_in = entered(plain, firms)
    assert exits == 3 and firms.entrant.tolist() == LEFT

    # A bankrupt pays its debt as far as its deposits go; what its plant cannot carry is written off.
    bankrupt, bearable = [2, 3], 0.3 * 1.2 * 10.0
    repaid = np.minimum(old.deposits, old.loans)[bankrupt]
    assert written_off == pytest.approx((old.loans[bankrupt] - repaid - bearable).sum())
    assert firms.loans == pytest.approx([90.0, 13.5, bearable, bearable, 2.0, 16.5, 1.0])
    kept = np.array([0.0, 0.0, 0.1])
    need = np.maximum(0.0, 0.25 * old.price[2:5] * old.expected_demand[2:5] - kept)
    assert paid_in == pytest.approx(need.sum()) and (need > 0).all()
    assert firms.deposits == pytest.approx([0.0, 1.0, *(kept + need), 2.0, 3.0])


def test_no_more_is_written_off_than_is_owed(plain):
    """A bankrupt whose deposits nearly pay its debt keeps what is left of it; nobody is bankrupt but for the plant."""
    firms = market()
    firms.capital[2], firms.deposits[2], firms.loans[2], firms.inventory_value[2] = 1.0, 13.0, 16.0, 0.0
    _, written_off, _ = entered(plain, firms)
    assert firms.loans[2] == pytest.approx(0.3 * 1.2) and written_off == pytest.approx(2.64 + 16.2 - 0.5 - 3.6)


def test_an_entrant_begins_with_the_norm_of_its_sector(plain):
    old, firms = market(), market()
    entered(plain, firms)
    mean_gap = old.market_share[RIVALS] @ old.productivity_gap[RIVALS]
    gap = np.where(LEFT, mean_gap - 0.03 + 0.08 * drawn("entry", 7), old.productivity_gap)
    assert firms.productivity_gap == pytest.approx(gap)
    assert firms.productivity == pytest.approx(old.productivity * np.exp(gap - old.productivity_gap))
    assert firms.mark_up == pytest.approx(np.where(LEFT, 0.25, old.mark_up))
    assert firms.investment_rate == pytest.approx(np.where(LEFT, 0.01, old.investment_rate))
    share = np.where(LEFT, np.maximum(old.market_share, 0.45 / 5), old.market_share)
    assert firms.market_share == pytest.approx([1.0, *(share[RIVALS] / share[RIVALS].sum()), 1.0])
    for name in ("capital", "inventory_value", "ai_capability"):
        assert np.array_equal(getattr(firms, name), getattr(old, name)), name


def test_owners_pay_no_more_equity_than_they_receive(plain):
    old, firms = market(), market()
    assert entered(plain, firms, equity_left=0.15)[2] == pytest.approx(0.15)
    paid = firms.deposits[2:5] - np.array([0.0, 0.0, old.deposits[4]])
    assert paid.sum() == pytest.approx(0.15) and (paid >= 0).all()


@pytest.mark.parametrize(("adoption", "stage"), [(0.0, AiStage.NONE), (2.0, AiStage.PILOT)])
def test_entrants_use_ai_as_often_as_their_sector_lets_expect(plain, adoption, stage):
    old, firms = market(), market()
    entered(plain, firms, adoption=adoption)
    assert firms.ai_stage.tolist() == [stage if gone else 2 for gone in LEFT]
    pilot = [1 if stage == AiStage.PILOT and gone else 0 if gone else 3 for gone in LEFT]
    assert firms.office_pilots.tolist() == pilot
    for name in ("office_scaled", "process_pilots", "process_scaled"):
        assert getattr(firms, name).tolist() == [0 if gone else 3 for gone in LEFT], name
    for name in (
        "office_cover",
        "process_cover",
        "office_use",
        "process_use",
        "assistance",
        "integrating",
        "intangible",
    ):
        assert getattr(firms, name) == pytest.approx(np.where(LEFT, 0.0, getattr(old, name))), name
