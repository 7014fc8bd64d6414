"""Expectations, exchange rate and policy rate against the equations of docs/model/equations/expectations.md."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from abm.economics.exchange_rate import depreciation
from abm.economics.monetary_policy import natural_rate
from abm.kernels.draws import STREAMS, one_normal
from abm.parameters import Parameters, with_overrides
from abm.phases.expectations import (
    believed_growth,
    estimated_neutral_rate,
    expectations_adapt,
    expected_growth,
    policy_rate,
    policy_signal,
)
from abm.plans import Use
from abm.state import Macro

pytestmark = pytest.mark.unit

# Every number differs from every other, so that none can stand in for another.
P = with_overrides(
    Parameters(),
    {
        "growth.inflation_target": 0.005, "growth.world_inflation": 0.004, "growth.trend_opening": 0.009,
        "growth.expected_growth_above_frontier": 0.001,
        "money.anchoring": 0.7, "money.policy_rate": 0.0075, "money.growth_in_rates": 0.4,
        "money.inflation_response": 1.6, "money.outlook_weight": 0.3, "money.unemployment_response": 0.2,
        "money.output_response": 0.11, "expectations.output_trend_gain": 0.08,
        "money.neutral_rate_learning": 0.06,
        "money.neutral_rate_band": 0.002, "money.rate_smoothing": 0.8, "money.lowest_natural_rate": 0.001,
        "expectations.inflation_smoothing": 0.3, "expectations.inflation_gain": 0.15, "expectations.growth_gain": 0.07,
        "expectations.growth_gain_long_run": 0.02, "expectations.nominal_gain": 0.12, "trade.exchange_reversion": 0.06,
        "trade.interest_parity": 0.35, "trade.balance_response": 2.5, "trade.assets_response": 0.3,
        "shocks.exchange_deviation": 0.015, "government.trend_gain": 0.16, "labour.natural_unemployment": 0.05,
    },
)  # fmt: skip
BEFORE = {
    "consumer_price": 1.25, "smooth_inflation": 0.004, "expected_inflation": 0.0055, "real_gdp": 510.0,
    "employed": 100.0, "real_gdp_per_worker": 5.0, "expected_growth": 0.008, "long_run_growth": 0.0105,
    "nominal_gdp": 640.0, "nominal_growth": 0.013, "trend_gdp": 630.0, "exports": 120.0, "imports": 100.0,
    "exchange_rate": 1.1, "broad_unemployment": 0.06, "neutral_rate": 0.0078, "policy_rate": 0.0081,
    "usual_real_rate": 0.003, "labour_force": 106.0, "labour_force_before": 105.0, "workforce_growth": -0.002,
    "world_price": 1.05, "foreign_assets": 700.0, "output_trend": 500.0,
}  # fmt: skip


def economy(**changes):
    paid = np.zeros((len(Use), 3))
    paid[Use.CONSUMPTION] = 230.0, 23.0, 200.0
    plans = SimpleNamespace(paid=paid, gdp_before=625.0, frontier_growth_change=-0.0002)
    structure = SimpleNamespace(trade_balance=0.01, foreign_position=0.2, exports=np.array([3.0, 1.0]))
    sectors = SimpleNamespace(producer_price=np.array([1.0, 1.2]))
    macro = Macro(**(BEFORE | changes))
    return SimpleNamespace(
        macro=macro, plans=plans, parameters=P, structure=structure, sectors=sectors, seed=np.int64(1), quarter=3
    )  # fmt: skip


def test_a_quarter_of_learning():
    now = economy()
    expectations_adapt(now)
    a, b = now.macro, SimpleNamespace(**BEFORE)
    price = 253 / 200
    inflation = price / 1.25 - 1
    assert (a.consumer_price, a.inflation) == pytest.approx((price, inflation))
    assert a.smooth_inflation == pytest.approx(0.7 * b.smooth_inflation + 0.3 * inflation)
    aim = 0.7 * 0.005 + 0.3 * inflation
    assert a.expected_inflation == pytest.approx(0.85 * b.expected_inflation + 0.15 * aim)

    growth = math.log(510 / 100 / 5.0)
    assert a.real_gdp_per_worker == pytest.approx(5.1)
    assert a.expected_growth == pytest.approx(0.93 * b.expected_growth + 0.07 * growth - 0.0002)
    assert a.long_run_growth == pytest.approx(0.98 * b.long_run_growth + 0.02 * growth - 0.0002)
    assert a.workforce_growth == pytest.approx(0.98 * b.workforce_growth + 0.02 * math.log(106 / 105))
    assert a.labour_force_before == 106
    assert a.nominal_growth == pytest.approx(0.88 * b.nominal_growth + 0.12 * (640 / 625 - 1))
    assert a.trend_gdp == pytest.approx(0.84 * b.trend_gdp * (1 + a.nominal_growth) + 0.16 * 640)

    fundamental = -2.5 * (20 / 640 - 0.01) - 0.3 * (700 / (4 * 640) - 0.2)
    back = 0.06 * (fundamental - math.log(1.1 * 1.05 / 1.05))
    natural = 0.003 + 0.005 + 0.4 * (a.long_run_growth - 0.009 - 0.001)
    rate_gap = b.policy_rate - natural - (a.expected_inflation - 0.005)
    shock = one_normal(np.int64(1), 3, STREAMS["aggregate"], 6)
    change = a.expected_inflation - 0.004 + back - 0.35 * rate_gap + 0.015 * shock
    assert a.exchange_rate == pytest.approx(b.exchange_rate * math.exp(change))

    signal = 1.6 * (0.3 * a.expected_inflation + 0.7 * a.smooth_inflation - 0.005) + 0.2 * (0.05 - 0.06)
    trend = 500 * math.exp(a.expected_growth + a.workforce_growth)
    assert a.output_trend == pytest.approx(trend**0.92 * 510**0.08)
    signal += 0.11 * math.log(510 / a.output_trend)
    neutral = b.neutral_rate + 0.06 * signal - 0.4 * 0.0002
    assert abs(neutral - natural) < 0.002  # inside the band
    assert a.neutral_rate == pytest.approx(neutral)
    assert a.policy_rate == pytest.approx(0.8 * b.policy_rate + 0.2 * (neutral + signal))


def test_the_rate_rises_with_inflation_and_falls_with_slack():
    usual, hot, feared, idle, busy = (
        policy_signal(economy(**changes).macro, P)
        for changes in (
            {}, {"smooth_inflation": 0.006}, {"expected_inflation": 0.0065}, {"broad_unemployment": 0.08},
            {"real_gdp": 510 * math.exp(0.02)},
        )
    )  # fmt: skip
    assert busy - usual == pytest.approx(0.11 * 0.02)
    assert hot - usual == pytest.approx(1.6 * 0.7 * 0.002) and feared - usual == pytest.approx(1.6 * 0.3 * 0.001)
    assert idle - usual == pytest.approx(-0.2 * 0.02)
    macro = economy().macro
    assert policy_rate(macro, 0.01, P.money) - policy_rate(macro, 0.0, P.money) == pytest.approx(0.2 * 0.01)
    assert policy_rate(macro, -1.0, P.money) == 0.0


def test_the_estimated_neutral_rate_stays_in_its_band():
    macro = economy().macro
    natural = natural_rate(macro, P)
    assert natural == pytest.approx(0.008 + 0.4 * 0.0005)
    assert estimated_neutral_rate(macro, 1.0, 0.0, P) == pytest.approx(natural + 0.002)
    assert estimated_neutral_rate(macro, -1.0, 0.0, P) == pytest.approx(natural - 0.002)
    assert natural_rate(economy(long_run_growth=-0.2).macro, P) == 0.001


def test_what_is_believed_of_growth_has_bounds():
    rules = P.expectations
    assert [believed_growth(ratio, rules) for ratio in (0.5, 1.0, 2.0)] == [
        rules.lowest_change, 0.0, rules.highest_change
    ]  # fmt: skip
    macro = economy().macro
    assert [expected_growth(macro, 0.0, announced, rules) for announced in (-1.0, 1.0)] == [
        rules.lowest_growth, rules.highest_growth
    ]  # fmt: skip


def test_foreign_money_gets_cheaper_with_a_surplus_claims_on_abroad_higher_interest_and_dear_foreign_goods():
    usual = depreciation(economy())
    changes = {"exports": 126.4, "foreign_assets": 956.0, "policy_rate": 0.0091, "world_price": 1.05 * math.exp(0.1)}
    effect = [depreciation(economy(**{name: value})) - usual for name, value in changes.items()]
    assert effect == pytest.approx([-0.06 * 2.5 * 0.01, -0.06 * 0.3 * 0.1, -0.35 * 0.001, -0.06 * 0.1])


def test_foreign_money_stands_still_where_prices_balance_and_interest_are_those_of_the_opening():
    still = {
        "exchange_rate": 1.0, "world_price": 1.05, "exports": 106.4, "imports": 100.0, "foreign_assets": 512.0,
        "expected_inflation": 0.004, "long_run_growth": 0.01, "policy_rate": 0.008 - 0.001,
    }  # fmt: skip
    assert depreciation(economy(**still)) == pytest.approx(0.0, abs=1e-12)
