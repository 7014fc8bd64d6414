"""Households: income, spending, wealth and pensions."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Households"]


@dataclass(frozen=True)
class Households(Viewed):
    """Consumption, dwellings and wealth."""

    propensity_low_income: float = parameter(1.55, "share", 0.0, 8.0, "shape after quintile consumption ratios; the level is solved", "propensity to consume at no income, before scaling", "tuned")
    propensity_high_income: float = parameter(0.10, "share", 0.0, 1.0, "as above", "propensity to consume of the rich, before scaling", "tuned")
    propensity_scale: float = parameter(0.7, "mean incomes", 0.1, 20.0, "own", "income at which the propensity is half-way", "tuned")
    wealth_effect: float = parameter(0.12, "per quarter", 0.001, 0.2, "own; large for those with little, as in Kaplan and Violante 2014", "propensity to consume out of deposits of those who have little")
    wealth_effect_rich: float = parameter(0.03, "factor", 0.0, 1.0, "own; consumption is concave in wealth, Carroll and Kimball 1996; winners of large prizes with much liquidity spend nearly half of them in a year, all is spent by those with little: Fagereng, Holm and Natvik 2018 (abstract read), which asks for more; range 0 to .1", "the same of the rich against those who have little", "tuned")
    wealth_scale: float = parameter(4.0, "mean quarterly incomes", 0.01, 400.0, "own", "deposits at which the propensity out of them is half-way", "tuned")
    price_to_book: float = parameter(1.0, "ratio", 0.2, 10.0, "own; book value counts capital at what it costs, and listed shares stood at 1.1 to 1.5 times theirs from 2023 to 2025, from memory; range 0.7 to 1.5", "market value over book value of equity in private hands at the opening", "assumed")
    income_gain: float = parameter(0.35, "share", 0.01, 1.0, "estimated on the record of 2001-19: .33, .12 to .57 (posterior); Assenza et al. 2015; range .15 to .5", "speed of learning about permanent income")
    rate_response: float = parameter(3.0, "semi-elasticity", 0.0, 20.0, "own", "response of consumption to the quarterly real interest gap")
    price_smoothing: float = parameter(0.7, "elasticity", 0.0, 1.0, "one less the elasticity of intertemporal substitution, .3 to .5 in Havranek 2015, from memory; range .4 to .9", "rise of spending with consumer prices over the usual ones")
    cash_limit: float = parameter(0.95, "share", 0.1, 1.0, "own", "share of cash that can be spent in a quarter")
    residential_investment: float = parameter(0.10, "share of GDP", 0.02, 0.3, "Ding and Lian 2019: 9 % of GDP, two thirds or more of 15 % at the peak of 2014, 6 % projected for 2024 (read), which asks for less; range .06 to .12", "investment in dwellings at the opening")
    dwelling_depreciation: float = parameter(0.005, "per quarter", 0.0, 0.05, "2 % a year", "depreciation of dwellings")
    dwelling_elasticity: float = parameter(0.6, "elasticity", 0.0, 2.0, "own; .4 by floor area: 31.1 and 41.8 square metres a head in the censuses of 2010 and 2020, real income a head twice as high, from memory; about 1 in the value of dwellings across people; range .4 to 1", "dwellings wanted by an adult with respect to real permanent income")
    dwelling_speed: float = parameter(0.02, "per quarter", 0.001, 0.5, "own; stocks of dwellings adapt within a decade or more, DiPasquale and Wheaton 1994, from memory; range .01 to .04", "part of the gap between the dwellings wanted and there that is begun in a quarter")
    dwelling_starts: float = parameter(0.75, "ratio", 0.0, 3.0, "NBS: residential floor space begun in 2023 over the mean of 2021 to 2023, the work of three years, is .68: 693 of 1464, 881 and 693 million square metres, 2021 read, the others from memory; four fifths of dwellings are such, the rest, in villages and renovation, goes on; range .65 to .85", "dwellings begun at the opening over the building under way", "empirical")
    dwelling_building_speed: float = parameter(0.1, "per quarter", 0.01, 1.0, "own; two to three years from start to completion; range .08 to .2", "part of the way to what is begun that building goes in a quarter")
    dwelling_saving_spent: float = parameter(1.0, "share", 0.0, 1.0, "own; 1 keeps deposits over income as they are, on which the opening rests; range .5 to 1", "part of what no longer goes into dwellings that is consumed; the rest is kept as deposits")
    dwelling_saving_speed: float = parameter(0.15, "per quarter", 0.01, 1.0, "own; from 2021 to 2023 sales of dwellings fell by a third and consumption over income stayed at .68, so hardly more than .15; with less than .1 unemployment leaves its opening by more than a point; range .05 to .25", "how fast households get used to what goes into dwellings")
    dwelling_rate_response: float = parameter(3.0, "semi-elasticity", 0.0, 20.0, "own", "response of residential investment to the annual real interest gap")
    dwelling_mood: float = parameter(0.5, "share", 0.0, 3.0, "own", "shock of investors' mood that residential investment shares")
    dwelling_mood_limit: float = parameter(0.6, "log points", 0.05, 2.0, "guard", "largest effect of mood and interest on residential investment, up or down")
    equity_exponent: float = parameter(1.3, "exponent", 1.05, 5.0, "own; wealth tail 1.3-1.5; in lists of the richest of 2003-05 1.8 to 2.3, Ding and Wang 2007 (abstract read); range 1.15 to 2", "Pareto tail of share ownership", "tuned")
    equity_owners: float = parameter(0.10, "share", 0.01, 1.0, "own; 8.8 % of households had a stock account in 2011 (China Household Finance Survey, read), 220 million investors are a fifth of adults in 2025 (read); owners of firms come on top; range .05 to .25", "share of adults who own shares", "tuned")
    benefit_take_up: float = parameter(0.4, "share", 0.0, 1.0, "derived: makes about .15 of the unemployed draw a benefit; MoHRSS: 3.52 million at the end of 2023, over about 25 million unemployed in towns; range .3 to .6", "insured unemployed who draw the benefit", "tuned")
    benefit_rate: float = parameter(0.2, "share of last wage", 0.0, 1.0, "OECD, from memory, weak", "unemployment benefit", "policy")
    benefit_years: float = parameter(5.0, "years", 0.25, 60.0, "own; 3 to 24 months by years of contribution, 12 on average", "years since 20 that give a quarter of benefit", "policy")
    benefit_longest: float = parameter(8.0, "quarters", 0.0, 400.0, "Social Insurance Law: 24 months", "longest benefit", "policy")
    insured_share: float = parameter(0.54, "share", 0.05, 1.0, "142 of 263 million retired draw the employees' pension, 2023, from memory", "adults in the employees' social insurance; the others are in the residents' scheme", "policy")
    insured_deviation: float = parameter(0.5, "log points", 0.0, 5.0, "own", "random draws, against pay, in who belongs to the employees' social insurance")
    pension_residents: float = parameter(0.05, "mean wages", 0.0, 1.0, "residents' pension about .03, with land and other old-age payments, from memory", "pension of the residents' scheme", "policy")
    pension_own_weight: float = parameter(0.8, "share", 0.0, 1.0, "own", "weight of the own wage in an employee's pension; the rest is the mean wage", "policy")
    pension_restraint: float = parameter(0.5, "elasticity", 0.0, 1.0, "own; between the law, 0, and pay of pensions in 2016-21, .5 to .9; range 0 to .9", "fall of pensions against wages with the number of retired per employed", "policy")
    pension_contributions: float = parameter(1.0, "share", 0.0, 1.0, "own; pay as you go", "rise of pensions over wages that employees' contributions follow", "policy")
    stipend: float = parameter(0.25, "share", 0.0, 2.0, "own", "share of the last wage, and of the mean wage, that a trainee receives as a stipend", "policy")
    assistance: float = parameter(0.12, "mean wages", 0.0, 1.0, "own; social assistance and family support", "income of adults without work, benefit or pension", "policy")
    equity_by_pay: float = parameter(1.0, "per log point", 0.0, 10.0, "own", "weight of log pay, against a standard normal draw, in who owns how much of the shares")
    equity_richest: float = parameter(0.0001, "share of owners", 0.000001, 0.1, "own; so that inequality does not grow with the number of workers simulated", "owners beyond whom the Pareto tail of share ownership is cut")
