"""Expectations of inflation and growth, the exchange rate and monetary policy."""

from __future__ import annotations

import math

from abm.economics.exchange_rate import depreciation
from abm.economics.interest import mean_rates_move
from abm.economics.monetary_policy import natural_rate
from abm.economy import Economy
from abm.kernels.draws import STREAMS, one_normal
from abm.parameters import Expectations, Money, Parameters
from abm.phase import phase
from abm.plans import Use
from abm.state import Macro

EXCHANGE = 6  # number of its draw among the aggregate ones; those before are of exogenous trends


@phase
def expectations_adapt(economy: Economy) -> None:
    """Update consumer prices, anchored expectations, the exchange rate and rates of interest (eq. 29, 53, 54, 54a)."""
    macro, plans, parameters = economy.macro, economy.plans, economy.parameters
    rules, announced = parameters.expectations, plans.frontier_growth_change
    home, abroad, quantity = plans.paid[Use.CONSUMPTION].tolist()
    price = (home + abroad) / quantity
    macro.inflation, macro.consumer_price = price / macro.consumer_price - 1, price
    macro.smooth_inflation += rules.inflation_smoothing * (macro.inflation - macro.smooth_inflation)
    macro.expected_inflation = expected_inflation(macro, parameters)

    per_worker = macro.real_gdp / macro.employed
    change = believed_growth(per_worker / macro.real_gdp_per_worker, rules)
    macro.real_gdp_per_worker = per_worker
    macro.expected_growth = expected_growth(macro, change, announced, rules)
    macro.long_run_growth += rules.growth_gain_long_run * (change - macro.long_run_growth) + announced
    workforce = math.log(macro.labour_force / macro.labour_force_before)
    macro.workforce_growth += rules.growth_gain_long_run * (workforce - macro.workforce_growth)
    macro.labour_force_before = macro.labour_force
    macro.nominal_growth += rules.nominal_gain * (macro.nominal_gdp / plans.gdp_before - 1 - macro.nominal_growth)
    trend = macro.trend_gdp * (1 + macro.nominal_growth)
    macro.trend_gdp = trend + parameters.government.trend_gain * (macro.nominal_gdp - trend)

    shock = one_normal(economy.seed, economy.quarter, STREAMS["aggregate"], EXCHANGE)
    macro.exchange_rate *= math.exp(depreciation(economy) + parameters.shocks.exchange_deviation * shock)
    macro.output_trend = output_trend(macro, rules)
    signal = policy_signal(macro, parameters)
    macro.neutral_rate = estimated_neutral_rate(macro, signal, announced, parameters)
    macro.policy_rate = policy_rate(macro, signal, parameters.money)
    mean_rates_move(macro, parameters.money)


def expected_inflation(macro: Macro, parameters: Parameters) -> float:
    """It moves towards a mix of the target and the inflation of the quarter."""
    anchored = (
        parameters.money.anchoring * parameters.growth.inflation_target
        + (1 - parameters.money.anchoring) * macro.inflation
    )
    return macro.expected_inflation + parameters.expectations.inflation_gain * (anchored - macro.expected_inflation)


def believed_growth(ratio: float, rules: Expectations) -> float:
    """Growth of real GDP per employed, as far as a single quarter is believed."""
    return max(rules.lowest_change, min(rules.highest_change, math.log(ratio)))


def expected_growth(macro: Macro, change: float, announced: float, rules: Expectations) -> float:
    """Expected growth of productivity: an announced change of the trend is known, deviations are learned slowly.

    Otherwise wages would outrun slowing productivity.
    """
    learned = macro.expected_growth + rules.growth_gain * (change - macro.expected_growth)
    return max(rules.lowest_growth, min(rules.highest_growth, learned + announced))


# The central bank: a Taylor rule around a neutral rate that it does not know.


def output_trend(macro: Macro, rules: Expectations) -> float:
    """Trend of real GDP as seen in real time: it grows as expected and takes in a part of every deviation."""
    trend = macro.output_trend * math.exp(macro.expected_growth + macro.workforce_growth)
    return trend * (macro.real_gdp / trend) ** rules.output_trend_gain


def policy_signal(macro: Macro, parameters: Parameters) -> float:
    """By how much inflation, slack and the output gap ask for a rate above the neutral one."""
    outlook = parameters.money.outlook_weight
    seen = outlook * macro.expected_inflation + (1 - outlook) * macro.smooth_inflation
    inflation = seen - parameters.growth.inflation_target
    slack = macro.broad_unemployment - parameters.labour.natural_unemployment
    money, gap = parameters.money, math.log(macro.real_gdp / macro.output_trend)
    return money.inflation_response * inflation - money.unemployment_response * slack + money.output_response * gap


def estimated_neutral_rate(macro: Macro, signal: float, announced: float, parameters: Parameters) -> float:
    """The estimate moves as long as inflation and slack stay off their targets, inside a band around the natural rate.

    So slower growth ends in lower rates and not in lasting unemployment. Without the band the estimate would run away
    in a long boom: interest on public debt is income, so that demand hardly falls.
    """
    money, natural = parameters.money, natural_rate(macro, parameters)
    learned = macro.neutral_rate + money.neutral_rate_learning * signal + money.growth_in_rates * announced
    return natural + max(-money.neutral_rate_band, min(money.neutral_rate_band, learned - natural))


def policy_rate(macro: Macro, signal: float, money: Money) -> float:
    """Neutral rate and signal, approached slowly; not below zero."""
    wanted = macro.neutral_rate + signal
    return max(0.0, money.rate_smoothing * macro.policy_rate + (1 - money.rate_smoothing) * wanted)
