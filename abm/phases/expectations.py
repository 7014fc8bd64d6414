"""Prices, growth and what people make of them; the central bank."""

from __future__ import annotations

import math

from abm.economy import Economy
from abm.phase import phase
from abm.plans import Use

SMOOTH_INFLATION, EXPECTED_INFLATION, EXPECTED_GROWTH, LONG_RUN, NOMINAL = 0.25, 0.12, 0.06, 0.03, 0.1
NEUTRAL_SHARE = 0.5  # of a change of trend growth that passes into the neutral rate


@phase
def expectations_adapt(economy: Economy) -> None:
    """Price index, anchored expectations, exchange rate and the policy rate (eq. 29, 53, 54).

    The central bank does not know the neutral rate; while inflation and slack stay off their targets it moves its
    estimate, so that slower growth ends in lower rates and not in lasting unemployment.
    """
    a, p, now = economy.state.macro, economy.parameters, economy.plans
    money, growth = p.money, p.growth
    home, abroad, quantity = now.paid[Use.CONSUMPTION].tolist()
    price = (home + abroad) / quantity
    a.inflation = price / a.consumer_price - 1
    a.consumer_price = price
    a.smooth_inflation += SMOOTH_INFLATION * (a.inflation - a.smooth_inflation)
    anchored = money.anchoring * growth.inflation_target + (1 - money.anchoring) * a.inflation
    a.expected_inflation += EXPECTED_INFLATION * (anchored - a.expected_inflation)
    per_worker = a.real_gdp / a.employed
    change = max(-0.03, min(0.04, math.log(per_worker / a.real_gdp_per_worker)))
    a.real_gdp_per_worker = per_worker
    # The announced trend is known, deviations are learned slowly. Else wages would outrun slowing productivity.
    learned = a.expected_growth + EXPECTED_GROWTH * (change - a.expected_growth)
    a.expected_growth = max(-0.002, min(0.03, learned + now.frontier_growth_change))
    a.long_run_growth += LONG_RUN * (change - a.long_run_growth) + now.frontier_growth_change
    nominal = a.nominal_gdp / now.gdp_before - 1
    a.nominal_growth += NOMINAL * (nominal - a.nominal_growth)
    trend = a.trend_gdp * (1 + a.nominal_growth)
    a.trend_gdp = trend + p.government.trend_gain * (a.nominal_gdp - trend)
    balance = (a.exports - a.imports) / a.nominal_gdp
    tilt = max(-0.05, min(0.05, balance - economy.structure.trade_balance))
    crawl = 0.5 * (a.inflation + a.expected_inflation) - growth.world_inflation
    a.exchange_rate *= math.exp(crawl - p.trade.exchange_response * tilt)
    signal = money.inflation_response * (a.smooth_inflation - growth.inflation_target) + (
        money.unemployment_response * (p.labour.natural_unemployment - a.broad_slack)
    )
    learned = a.neutral_rate + money.neutral_rate_learning * signal + NEUTRAL_SHARE * now.frontier_growth_change
    # Without bounds the estimate runs away in a long boom: interest on debt is income, so that demand hardly falls.
    a.neutral_rate = economy.natural_rate + max(
        -money.neutral_rate_band, min(money.neutral_rate_band, learned - economy.natural_rate)
    )
    wanted = a.neutral_rate + signal
    a.policy_rate = max(0.0, money.rate_smoothing * a.policy_rate + (1 - money.rate_smoothing) * wanted)
