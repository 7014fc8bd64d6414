"""Market shares, mark-ups and what firms see of their demand: docs/model/equations/competition_and_technology.md."""

import numpy as np
import pytest
from laboratory import before, codes

pytestmark = pytest.mark.unit

EXACT = 1e-9
PHASE = "market_shares_shift"


@pytest.fixture
def lab():
    return before(PHASE)


def growth(lab, done):
    """(firms,) change of the log of the market share, before shares are scaled to add up to one."""
    change = np.log(done.firms.market_share / lab.firms.market_share)
    f, s, rules, ai = lab.firms, lab.sectors, lab.parameters.firms, lab.parameters.artificial_intelligence
    expected = (
        -rules.selection * (np.log(f.price / s.producer_price[f.sector]) - rules.quality_gain * lab.saved("quality"))
        - rules.unfilled_penalty * f.unfilled_demand_share
    )
    expected += rules.share_deviation * lab.normal("share", range(f.rows))
    return change, expected - ai.breach_loss * f.breached


def test_shares_follow_price_delivery_quality_breaches_and_chance(lab):
    lab.firms.unfilled_demand_share[::3] = 0.2
    lab.firms.breached[::4] = 1
    change, expected = growth(lab, lab.after(PHASE))
    apart = change - expected  # one number in every sector, by which shares are scaled
    for sector in range(len(codes())):
        here = lab.firms.sector == sector
        assert apart[here] == pytest.approx(np.full(here.sum(), apart[here][0]), abs=1e-12), sector
    shares = lab.by_sector(lab.after(PHASE).firms.market_share)
    assert shares == pytest.approx(np.ones(len(codes())), rel=1e-12)


def test_a_breach_loses_customers(lab):
    firm = int(np.flatnonzero((lab.firms.market_share > 0.05) & (lab.firms.market_share < 0.5))[0])
    loss = lab.parameters.artificial_intelligence.breach_loss
    lab.firms.breached[:] = 0
    plain = lab.after(PHASE).firms.market_share
    lab.firms.breached[firm] = 1
    after = lab.after(PHASE).firms.market_share
    same = lab.firms.sector == lab.firms.sector[firm]
    others = same & (np.arange(lab.firms.rows) != firm)
    assert after[firm] < plain[firm] and (after[others] > plain[others]).all()
    odds = np.log(after[firm] / after[others]) - np.log(plain[firm] / plain[others])
    assert odds == pytest.approx(np.full(others.sum(), -loss), rel=1e-7)
    assert loss > 0 and (after[~same] == plain[~same]).all()


@pytest.mark.parametrize(
    ("column", "change", "sign"), [("price", 0.05, -1), ("unfilled_demand_share", 0.3, -1), ("office_use", 0.3, 1)]
)
def test_who_is_dearer_or_cannot_deliver_loses_and_who_is_better_wins(lab, column, change, sign):
    better = lab.abilities.quality[0, lab.firms.sector] > 0
    firm = int(np.flatnonzero((lab.firms.market_share > 0.05) & (lab.firms.market_share < 0.5) & better)[0])
    plain = lab.after(PHASE).firms.market_share[firm]
    getattr(lab.firms, column)[firm] += change
    assert sign * (lab.after(PHASE).firms.market_share[firm] - plain) > 0


def test_mark_ups_follow_shares_return_to_the_norm_and_rise_with_the_use_of_capacity(lab):
    lab.firms.mark_up *= np.linspace(0.5, 1.7, lab.firms.rows)
    done, f, rules = lab.after(PHASE), lab.firms, lab.parameters.firms
    norm = lab.constants.mark_up[f.sector]
    change = np.clip(np.log(done.firms.market_share / f.market_share), -0.2, 0.2)
    use = f.sales_quantity / (f.capital_productivity * f.capital) / rules.normal_utilisation
    moved = f.mark_up * (1 + rules.mark_up_share * change) + rules.mark_up_reversion * (norm - f.mark_up)
    moved += rules.mark_up_utilisation * rules.mark_up_reversion * norm * (use - 1)
    assert done.firms.mark_up == pytest.approx(np.clip(moved, 0.5 * norm, 1.6 * norm), rel=EXACT)
    lab.firms.price[0] *= 20  # its share falls by more than counts
    done = lab.after(PHASE)
    assert np.log(done.firms.market_share[0] / f.market_share[0]) < -0.2
    moved[0] = f.mark_up[0] * (1 - 0.2 * rules.mark_up_share) + rules.mark_up_reversion * (norm[0] - f.mark_up[0])
    moved[0] += rules.mark_up_utilisation * rules.mark_up_reversion * norm[0] * (use[0] - 1)
    assert done.firms.mark_up[0] == pytest.approx(np.clip(moved[0], 0.5 * norm[0], 1.6 * norm[0]), rel=EXACT)


def test_a_firm_sees_half_its_part_of_the_market_and_half_its_own_orders_or_sales(lab):
    lab.firms.sales_quantity[::2] *= 1.3
    done, f = lab.after(PHASE), lab.firms
    demand, share = lab.sectors.demand[f.sector], done.firms.market_share
    orders = np.maximum(f.sales_quantity, f.market_share * demand) * share / f.market_share
    assert done.firms.demand_signal == pytest.approx(0.5 * share * demand + 0.5 * orders, rel=EXACT)


def test_the_trend_of_a_sector_follows_its_demand_within_bounds(lab):
    s, gain = lab.sectors, lab.parameters.firms.trend_gain
    s.demand[:3] = s.demand_before[:3] * (1.5, 0.6, 1.01)
    s.trend_growth[3:5] = 0.05, -0.05
    done = lab.after(PHASE).sectors
    change = np.clip(np.log(s.demand / s.demand_before), -0.04, 0.05)
    expected = np.clip(s.trend_growth + gain * (change - s.trend_growth), -0.015, 0.025)
    assert done.trend_growth == pytest.approx(expected, rel=EXACT)
    assert (done.demand_before == s.demand).all()
    assert expected[3] == 0.025 and expected[4] == -0.015
