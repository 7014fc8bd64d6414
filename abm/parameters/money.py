"""Interest, the bank, monetary policy and expectations."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Money", "Expectations"]


@dataclass(frozen=True)
class Money(Viewed):
    """Bank and central bank."""

    policy_rate: float = parameter(0.0075, "per quarter", 0.0, 0.05, "3 % a year", "policy rate at the opening", "policy")
    rate_smoothing: float = parameter(0.9, "share", 0.0, 0.99, "rules estimated for China: .8 to .9 (Zhang 2009; Girardin, Lunven and Ma 2017), from memory; Poledna et al. 2023; range .75 to .92", "smoothing of the policy rate", "policy")
    inflation_response: float = parameter(1.5, "elasticity", 0.0, 5.0, "Taylor 1993", "response to inflation", "policy")
    outlook_weight: float = parameter(1.0, "share", 0.0, 1.0, "own; central banks look at expected inflation and look through prices of food and fuel; range 0 to 1", "weight of expected inflation in what the central bank responds to; the rest is smoothed past inflation", "policy")
    unemployment_response: float = parameter(0.3, "elasticity", 0.0, 2.0, "Taylor 1993 and 1999: .5 and 1 a year per point of the output gap, twice the gap of unemployment by Okun's law, are .25 and .5 a quarter; range .1 to .5", "response to unemployment", "policy")
    neutral_rate_learning: float = parameter(0.015, "per quarter", 0.0, 0.5, "own; range 0 to .06", "how fast the estimate of the neutral rate follows inflation and slack", "policy")
    neutral_rate_band: float = parameter(0.004, "per quarter", 0.0, 0.05, "own; estimates of the neutral rate differ by a point or two a year; range .001 to .006", "how far the estimate strays from the rule of thumb", "policy")
    growth_in_rates: float = parameter(0.5, "share", 0.0, 2.0, "own", "part of a change of trend growth that passes into the natural rate of interest")
    lowest_natural_rate: float = parameter(0.002, "per quarter", 0.0, 0.02, "own; .8 % a year", "floor of the natural rate of interest")
    anchoring: float = parameter(0.6, "share", 0.0, 1.0, "own", "weight of the target in expected inflation")
    output_response: float = parameter(0.05, "elasticity", 0.0, 2.0, "Taylor 1993: .5 a year per point of the output gap is .125 a quarter, of which the response to unemployment is a part; rules estimated for China in 2001-23 answer to inflation and output (BOFIT Discussion Paper 2/2025, abstract read); range 0 to .15", "response to the output gap", "policy")
    loan_spread: float = parameter(0.002, "per quarter", 0.0, 0.02, "own; small, since FIN's output holds the margin already", "rate of new loans over the policy rate")
    loan_renewal: float = parameter(0.3, "per quarter", 0.0, 1.0, "own; loans at the prime rate are priced anew once a year", "part of loans whose rate is set anew in a quarter")
    deposit_spread: float = parameter(0.0005, "per quarter", 0.0, 0.02, "own; small, since FIN's output holds the margin already", "policy rate over the deposit rate at the opening")
    deposit_beta: float = parameter(0.4, "share", 0.0, 1.0, "Drechsler, Savov and Schnabl 2017 and 2021: .35 to .40; range .3 to .5", "part of a change of the policy rate that the bank passes on to new deposits")
    deposit_renewal: float = parameter(0.15, "per quarter", 0.0, 1.0, "own; about 7 tenths of household deposits are for terms of three months to five years, PBoC, from memory", "part of deposits whose rate is set anew in a quarter")
    bond_spread: float = parameter(0.0005, "per quarter", 0.0, 0.02, "own", "rate of new bonds over the policy rate")
    bond_renewal: float = parameter(0.04, "per quarter", 0.0, 1.0, "treasury and local government bonds have about 8 years left on average, with bills and new issues, from memory", "part of the debt that is issued anew in a quarter, at the rate of the quarter")
    capital_ratio: float = parameter(0.08, "share of loans", 0.01, 0.5, "Basel", "bank equity that is aimed at", "policy")
    lending_ratio: float = parameter(0.05, "share of loans", 0.001, 0.5, "own; below the aim of Basel", "bank equity below which the bank lends less than firms ask for", "policy")
    capital_speed: float = parameter(0.25, "per quarter", 0.0, 1.0, "own", "payout of the bank's equity above the aim")
    lowest_capital_ratio: float = parameter(0.02, "share of loans", 0.0, 0.5, "own", "bank equity below which the state steps in", "policy")
    restored_capital_ratio: float = parameter(0.04, "share of loans", 0.0, 0.5, "own", "bank equity to which the state then raises it", "policy")


@dataclass(frozen=True)
class Expectations(Viewed):
    """How fast everybody learns, and how far single quarters are believed."""

    inflation_smoothing: float = parameter(0.25, "share", 0.01, 1.0, "own", "speed at which smoothed inflation, which the central bank looks at, follows inflation")
    inflation_gain: float = parameter(0.12, "share", 0.0, 1.0, "own", "speed of learning about inflation")
    output_trend_gain: float = parameter(0.06, "share", 0.0, 1.0, "own; near the weight of the newest quarter in a one-sided HP filter with 1600; real-time trends, Orphanides 2001, from memory; range .03 to .15", "speed at which the central bank takes output for its trend")
    growth_gain: float = parameter(0.06, "share", 0.0, 1.0, "own", "speed of learning about the growth of productivity")
    growth_gain_long_run: float = parameter(0.03, "share", 0.0, 1.0, "own", "speed of learning about its growth in the long run")
    nominal_gain: float = parameter(0.1, "share", 0.0, 1.0, "own", "speed of learning about the growth of nominal GDP")
    dividend_gain: float = parameter(0.1, "share", 0.0, 1.0, "own", "speed of learning about dividends")
    lowest_change: float = parameter(-0.03, "per quarter", -0.5, 0.0, "own; a recession is no change of productivity", "least growth of real GDP per employed that is believed")
    highest_change: float = parameter(0.04, "per quarter", 0.0, 0.5, "as above", "largest growth of real GDP per employed that is believed")
    lowest_growth: float = parameter(-0.002, "per quarter", -0.05, 0.0, "own", "floor of the expected growth of productivity")
    highest_growth: float = parameter(0.03, "per quarter", 0.0, 0.2, "own", "ceiling of the expected growth of productivity")
    lowest_demand_change: float = parameter(-0.04, "per quarter", -1.0, 0.0, "own", "largest fall of a sector's demand that firms believe")
    highest_demand_change: float = parameter(0.05, "per quarter", 0.0, 1.0, "own", "largest rise of a sector's demand that firms believe")
    lowest_demand_trend: float = parameter(-0.015, "per quarter", -0.5, 0.0, "own", "floor of the trend of a sector's demand")
    highest_demand_trend: float = parameter(0.025, "per quarter", 0.0, 0.5, "own", "ceiling of the trend of a sector's demand")
    persistence: float = parameter(0.5, "share", 0.0, 1.0, "own", "part of today's real rate and of recent growth that owners of equity expect to last; the rest is that of the opening and of the long run")
