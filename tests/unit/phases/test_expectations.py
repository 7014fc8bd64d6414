"""Exogenous trends and shocks, expectations, the exchange rate, and the central bank.

Worked out from docs/model/equations/world_and_trends.md and expectations.md.
"""

import math

import numpy as np
import pytest
from laboratory import before, codes, rows

pytestmark = pytest.mark.unit

EXACT = 1e-9
DRIFT, APART, ADAPT = "exogenous_trends_move", "sector_productivity_diverges", "expectations_adapt"


def clip(value, low, high):
    return max(low, min(high, value))


def test_the_frontier_and_the_world_slow_each_towards_a_long_run_of_its_own():
    lab = before(DRIFT)
    growth, trade, after = lab.parameters.growth, lab.parameters.trade, lab.after(DRIFT)
    gap = growth.trend_opening - growth.trend_long_run
    frontier = growth.trend_long_run + gap * 0.5 ** (lab.quarter / growth.half_life)
    assert after.macro.frontier_growth == pytest.approx(frontier, rel=EXACT)
    assert after.plans.frontier_growth_change == pytest.approx(frontier - lab.macro.frontier_growth, rel=1e-6)
    gap = trade.world_growth - trade.world_growth_long_run
    abroad = trade.world_growth_long_run + gap * 0.5 ** (lab.quarter / trade.world_growth_half_life)
    assert after.macro.world_demand == pytest.approx(lab.macro.world_demand * (1 + abroad), rel=EXACT)
    assert trade.world_growth_long_run < abroad < trade.world_growth
    price = lab.macro.world_price * (1 + growth.world_inflation)
    assert after.macro.world_price == pytest.approx(price, rel=EXACT)
    assert after.plans.foreign_price == pytest.approx(price * lab.macro.exchange_rate, rel=EXACT)
    dearer = np.exp(after.macro.commodity_shock * lab.constants.commodity)
    assert after.plans.foreign_prices == pytest.approx(after.plans.foreign_price * dearer, rel=EXACT)
    assert 0 < lab.constants.commodity.sum() < len(dearer) and after.macro.commodity_shock != 0
    assert after.plans.frontier_growth_change < 0 and lab.macro.exchange_rate != 1


def test_shocks_remember_a_part_of_the_last_quarter_and_productivitys_none():
    lab = before(DRIFT)
    a, shocks = lab.macro, lab.parameters.shocks
    a.export_shock, a.consumption_shock, a.investment_shock, a.productivity_shock = 0.05, -0.04, 0.03, 0.02
    a.harvest_shock, a.commodity_shock = -0.02, 0.06
    after, drawn = lab.after(DRIFT).macro, lab.normal("aggregate", range(6))
    values = {"export": 0.05, "consumption": -0.04, "investment": 0.03, "harvest": -0.02, "commodity": 0.06}
    for place, (name, value) in zip((0, 1, 2, 4, 5), values.items()):
        persistence, deviation = (getattr(shocks, f"{name}_{one}") for one in ("persistence", "deviation"))
        expected = persistence * value + deviation * drawn[place]
        assert getattr(after, f"{name}_shock") == pytest.approx(expected, rel=EXACT), name
    assert after.productivity_shock == pytest.approx(shocks.productivity_deviation * drawn[3], rel=EXACT)


@pytest.mark.parametrize("quarter", [1, 8, 40, 400])
def test_ai_abroad_raises_demand_along_a_logistic_path_from_nothing(quarter):
    lab = before(DRIFT)
    trade = lab.parameters.trade
    lab.economy.quarter = quarter

    def path(time):
        return 1 / (1 + math.exp((trade.world_midpoint - time) / trade.world_width))

    part = (path(quarter) - path(0)) / (1 - path(0))
    found = lab.after(DRIFT).macro.world_gain
    assert found == pytest.approx(trade.world_adoption * trade.world_gain * part, rel=EXACT)
    assert 0 < found <= trade.world_adoption * trade.world_gain
    lab.set("artificial_intelligence", enabled=False)
    assert lab.after(DRIFT).macro.world_gain == 0.0


def test_sectors_drift_apart_by_their_trends_and_the_mean_by_payroll_stays():
    lab = before(APART)
    rules, f = lab.parameters.structural_change, lab.firms
    after = lab.after(APART).firms
    gain = np.log(after.productivity / f.productivity) / lab.macro.frontier_growth
    by_sector = np.array([gain[f.sector == sector][0] for sector in range(len(codes()))])
    assert gain == pytest.approx(by_sector[f.sector], rel=1e-6)
    assert (f.payroll * gain).sum() / f.payroll.sum() == pytest.approx(0, abs=1e-12)
    trends = (rules.agriculture_trend, rules.industry_trend, rules.services_trend)
    industry = lab.constants.industry
    expected = np.array(trends)[industry]
    expected[rows().ai_services] += rules.information_lead
    assert by_sector - by_sector[0] == pytest.approx(expected - expected[0], rel=1e-6, abs=1e-9)
    assert sorted(set(industry)) == [0, 1, 2] and len(set(trends)) == 3
    lab.set("structural_change", sector_trends=False)
    assert (lab.after(APART).firms.productivity == f.productivity).all()


@pytest.fixture(params=[0, 1, 2], ids=["usual", "boom", "bust"])
def adapted(request):
    """Before and after expectations, with figures of the quarter that make every term matter."""
    lab = before(ADAPT)
    lab.plans.frontier_growth_change = -0.0004
    a = lab.macro
    a.labour_force_before *= 0.99
    if request.param == 1:
        a.real_gdp *= 1.2
        a.exports, a.broad_unemployment, a.smooth_inflation = 1.5 * a.exports, 0.01, 0.03
    if request.param == 2:
        a.real_gdp *= 0.8
        a.imports, a.broad_unemployment, a.smooth_inflation, a.neutral_rate = 1.5 * a.imports, 0.2, -0.03, 0.0
    return lab, lab.after(ADAPT)


def test_inflation_is_the_change_of_what_consumption_costs_and_is_half_expected(adapted):
    lab, after = adapted
    a, b, money, target = lab.macro, after.macro, lab.parameters.money, lab.parameters.growth.inflation_target
    home, abroad, quantity = lab.bought["consumption"]
    price = (home + abroad) / quantity
    inflation = price / a.consumer_price - 1
    assert b.consumer_price == pytest.approx(price, rel=EXACT)
    assert b.inflation == pytest.approx(inflation, rel=EXACT)
    assert b.smooth_inflation == pytest.approx(a.smooth_inflation + 0.25 * (inflation - a.smooth_inflation), rel=EXACT)
    anchored = money.anchoring * target + (1 - money.anchoring) * inflation
    assert b.expected_inflation == pytest.approx(a.expected_inflation + 0.12 * (anchored - a.expected_inflation))
    assert 0 < money.anchoring < 1 and inflation != target


def test_growth_is_learned_slowly_and_its_announced_trend_at_once(adapted):
    lab, after = adapted
    a, b, drift = lab.macro, after.macro, lab.plans.frontier_growth_change
    worker = a.real_gdp / a.employed
    change = clip(math.log(worker / a.real_gdp_per_worker), -0.03, 0.04)
    assert b.real_gdp_per_worker == pytest.approx(worker, rel=EXACT)
    expected = clip(a.expected_growth + 0.06 * (change - a.expected_growth) + drift, -0.002, 0.03)
    assert b.expected_growth == pytest.approx(expected, rel=EXACT)
    assert b.long_run_growth == pytest.approx(a.long_run_growth + 0.03 * (change - a.long_run_growth) + drift)
    workforce = math.log(a.labour_force / a.labour_force_before)
    assert b.workforce_growth == pytest.approx(a.workforce_growth + 0.03 * (workforce - a.workforce_growth), rel=EXACT)
    assert b.labour_force_before == a.labour_force and workforce != 0
    nominal = a.nominal_growth + 0.1 * (a.nominal_gdp / lab.plans.gdp_before - 1 - a.nominal_growth)
    assert b.nominal_growth == pytest.approx(nominal, rel=EXACT)
    trend = a.trend_gdp * (1 + nominal)
    gain = lab.parameters.government.trend_gain
    assert b.trend_gdp == pytest.approx(trend + gain * (a.nominal_gdp - trend), rel=EXACT)


def test_the_exchange_rate_reverts_to_its_fundamental_and_follows_inflation_interest_and_shocks(adapted):
    lab, after = adapted
    a, b, p = lab.macro, after.macro, lab.parameters
    constants, trade, growth = lab.constants, p.trade, p.growth
    balance = (a.exports - a.imports) / a.nominal_gdp - constants.trade_balance
    claims = a.foreign_assets / (4 * a.nominal_gdp) - constants.foreign_position
    exported = np.average(lab.sectors.producer_price, weights=constants.exports)
    gap = math.log(a.exchange_rate * a.world_price / exported) + 2.0 * balance + 0.2 * claims
    faster = b.long_run_growth - growth.trend_opening - growth.expected_growth_above_frontier
    natural = max(0.002, a.usual_real_rate + growth.inflation_target + 0.5 * faster)
    real_gap = a.policy_rate - natural - (b.expected_inflation - growth.inflation_target)
    change = b.expected_inflation - growth.world_inflation - 0.05 * gap - 0.5 * real_gap
    change += p.shocks.exchange_deviation * lab.normal("aggregate", range(7))[6]
    assert b.exchange_rate == pytest.approx(a.exchange_rate * math.exp(change), rel=EXACT)
    assert balance != 0 and claims != 0 and trade.interest_parity > 0


def test_the_policy_rate_leans_against_inflation_and_slack_and_learns_the_neutral_rate(adapted):
    lab, after = adapted
    a, b, money = lab.macro, after.macro, lab.parameters.money
    growth, natural_unemployment = lab.parameters.growth, lab.parameters.labour.natural_unemployment
    seen = money.outlook_weight * b.expected_inflation + (1 - money.outlook_weight) * b.smooth_inflation
    signal = money.inflation_response * (seen - growth.inflation_target)
    signal += money.unemployment_response * (natural_unemployment - a.broad_unemployment)
    trend, gain = a.output_trend * math.exp(b.expected_growth + b.workforce_growth), 0.06
    assert b.output_trend == pytest.approx(trend * (a.real_gdp / trend) ** gain, rel=EXACT)
    signal += money.output_response * math.log(a.real_gdp / b.output_trend)
    faster = b.long_run_growth - growth.trend_opening - growth.expected_growth_above_frontier
    natural = max(0.002, a.usual_real_rate + growth.inflation_target + 0.5 * faster)
    learned = a.neutral_rate + money.neutral_rate_learning * signal + 0.5 * lab.plans.frontier_growth_change
    band = money.neutral_rate_band
    neutral = clip(learned, natural - band, natural + band)
    assert b.neutral_rate == pytest.approx(neutral, rel=EXACT, abs=1e-12)
    rate = money.rate_smoothing * a.policy_rate + (1 - money.rate_smoothing) * (neutral + signal)
    assert b.policy_rate == pytest.approx(max(0.0, rate), rel=EXACT, abs=1e-12)


def test_mean_rates_move_towards_what_is_offered_at_todays_policy_rate(adapted):
    lab, after = adapted
    a, b, money = lab.macro, after.macro, lab.parameters.money
    deposits = money.policy_rate - money.deposit_spread + money.deposit_beta * (b.policy_rate - money.policy_rate)
    offered = (b.policy_rate + money.loan_spread, max(0.0, deposits), b.policy_rate + money.bond_spread)
    renewed = (money.loan_renewal, money.deposit_renewal, money.bond_renewal)
    for name, rate, part in zip(("loan_rate", "deposit_rate", "bond_rate"), offered, renewed):
        before_it = getattr(a, name)
        assert getattr(b, name) == pytest.approx(before_it + part * (rate - before_it), rel=EXACT), name
        assert 0 < part < 1 and rate != before_it


def test_rates_have_no_sign_that_money_would_not_bear():
    lab = before(ADAPT)
    lab.macro.policy_rate, lab.macro.smooth_inflation, lab.macro.broad_unemployment = 0.0, -0.05, 0.3
    assert lab.after(ADAPT).macro.policy_rate == 0.0
