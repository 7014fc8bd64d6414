"""Every behavioural parameter once: default, unit, bounds, source and status, in groups that a scenario can name.

Rates are per quarter unless the unit says otherwise. Status: ``empirical`` (read or derived from data), ``assumed``
(remembered, transferred or chosen), ``tuned`` (chosen so that the model meets a target), ``policy`` (a rule of the
state). A scenario changes them under ``assumptions:`` as ``group: {name: value}``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, NamedTuple

from abm.errors import UserError
from abm.kernels.tables import Viewed

__all__ = ["ParameterInformation", "Parameters", "describe_parameters", "with_overrides"]

STATUSES = ("empirical", "assumed", "tuned", "policy")


def parameter(
    default: Any, unit: str, lower: float | None, upper: float | None, source: str, meaning: str, status: str = "assumed"
) -> Any:
    """Declare one parameter with all that must be known of it."""
    return field(
        default=default,
        metadata={
            "unit": unit, "lower": lower, "upper": upper, "source": source, "status": status, "meaning": meaning
        },
    )  # fmt: skip


@dataclass(frozen=True)
class Growth(Viewed):
    """The exogenous part of growth."""

    trend_opening: float = parameter(0.0091, "per quarter", 0.0, 0.03, "4.2 % a year, China 2019-24, less what selection, upgrading and the move off the land add", "frontier drift at the opening", "tuned")
    beyond_drift: float = parameter(0.0004, "per quarter", 0.0, 0.01, "own; part of what selection, upgrading and the move off the land add", "growth on top of the drift that people expect at the opening", "tuned")
    trend_long_run: float = parameter(0.006, "per quarter", -0.005, 0.03, "2.4 % a year", "frontier drift in the long run")
    half_life: float = parameter(30.0, "quarters", 1.0, 400.0, "own", "half-life of the decline of the drift")
    inflation_target: float = parameter(0.005, "per quarter", 0.0, 0.02, "2 % a year, PBoC practice", "inflation target", "policy")
    world_inflation: float = parameter(0.005, "per quarter", 0.0, 0.02, "2 % a year", "inflation abroad, in foreign money")
    opening_year: int = parameter(2024, "year", 2012, 2024, "the tables: 2012, 2015 and 2024", "calendar year of quarter 0; an earlier one brings its own tables and assumptions", "policy")


@dataclass(frozen=True)
class Shocks(Viewed):
    """Macroeconomic luck, first-order autoregressions drawn alike for every policy."""

    export_deviation: float = parameter(0.03, "log points", 0.0, 0.2, "own", "standard deviation of export demand shocks", "tuned")
    export_persistence: float = parameter(0.6, "share", 0.0, 0.99, "own", "persistence of export demand")
    consumption_deviation: float = parameter(0.006, "log points", 0.0, 0.1, "own", "standard deviation of consumption shocks")
    consumption_persistence: float = parameter(0.5, "share", 0.0, 0.99, "own", "persistence of consumption shocks")
    investment_deviation: float = parameter(0.046, "log points", 0.0, 0.3, "own", "standard deviation of investment shocks", "tuned")
    investment_persistence: float = parameter(0.75, "share", 0.0, 0.99, "own", "persistence of investment shocks")
    productivity_deviation: float = parameter(0.0005, "log points", 0.0, 0.02, "own", "standard deviation of the common productivity shock", "tuned")


@dataclass(frozen=True)
class Labour(Viewed):
    """Working lives, search, hiring, firing and wages."""

    participation: float = parameter(0.93, "share", 0.5, 1.0, "makes the adults those of the record, 1,095 million", "share of adults below the retirement age in the labour force", "tuned")
    retirement_age: float = parameter(62.0, "years", 50.0, 75.0, "own: urban employees leave at about 56, farmers at the end of their sixties", "age at which work ends, mean over men, women, town and country", "policy")
    retirement_quarters: float = parameter(63.5, "quarters", 20.0, 200.0, "own", "mean length of retirement where the population is stationary")
    efficiency_deviation: float = parameter(0.355, "log points", 0.0, 1.2, "own; tuned to the opening Gini", "dispersion of efficiency within an occupation", "tuned")
    protected_share: float = parameter(0.30, "share", 0.0, 1.0, "own", "share of adults in the group exposed to screening bias")
    entrant_wage: float = parameter(0.7, "mean wages", 0.0, 3.0, "own", "wage that stands for the last one of who has had none, times the premium of the occupation")
    entrant_premium: float = parameter(1.5, "factor", 0.5, 10.0, "own", "highest premium in it")
    entrant_literacy: float = parameter(1.3, "factor", 0.0, 5.0, "own", "AI literacy of entrants against the workers of the opening in their occupation")
    entrant_literacy_rise: float = parameter(0.02, "per quarter", 0.0, 0.2, "own", "rise of that factor")
    separation_rate: float = parameter(0.025, "per quarter", 0.0, 0.3, "order of magnitude of labour-market studies", "quits and other separations apart from layoffs")
    search_share: float = parameter(0.85, "share", 0.05, 1.0, "own", "share of the unemployed who search effectively in a quarter")
    search_elasticity: float = parameter(0.4, "elasticity", 0.0, 2.0, "Chetty 2008: .5; Schmieder and von Wachter 2016: .3-.5, from memory", "fall of effective search with what replaces the wage")
    search_norm: float = parameter(0.23, "share of last wage", 0.01, 2.0, "makes mean search that of search_share at the opening", "replacement at which the unemployed search as in search_share", "tuned")
    liquidity_effect: float = parameter(0.6, "share", 0.0, 1.0, "Chetty 2008: 60 % of the response to benefits, from memory", "part of a basic income that lowers search as a benefit does")
    income_effect: float = parameter(0.1, "share", 0.0, 1.0, "Imbens et al. 2001: .11; Cesarini et al. 2017: .1, from memory", "earnings given up per yuan of basic income, all through participation")
    pension_response: float = parameter(0.03, "semi-elasticity", 0.0, 1.0, "own; studies of China's rural pension find little", "fall of participation in the last years of work with a rise of pensions")
    pension_years: float = parameter(10.0, "years", 0.0, 40.0, "own", "time before retirement in which pensions matter for work")
    review_quarters: int = parameter(16, "quarters", 1, 80, "own", "time after which each adult decides anew whether to work")
    least_reference_wage: float = parameter(0.25, "mean wages", 0.01, 1.0, "own", "last wage below which a basic income weighs no more")
    move_share: float = parameter(0.75, "share", 0.0, 1.0, "own", "willingness to take a job in another region")
    occupation_share: float = parameter(0.5, "share", 0.0, 1.0, "after del Rio-Chanona et al. 2021", "willingness to try another occupation when the own has nothing")
    mobility_sharpness: float = parameter(9.0, "per unit of similarity", 0.0, 40.0, "own; gravity kernel on activity similarity", "how strongly searchers prefer similar occupations")
    reach_share: float = parameter(0.85, "share", 0.1, 1.0, "own", "share of vacancies that can be filled within the quarter")
    firing_speed: float = parameter(0.5, "per quarter", 0.0, 1.0, "own", "share of excess staff dismissed in a quarter", "tuned")
    hoarding: float = parameter(0.04, "share", 0.0, 0.5, "own", "excess staff that is kept")
    overstaffed: float = parameter(1.05, "factor", 1.0, 3.0, "own", "staff of an occupation over what is wanted of it, above which it is dismissed first")
    spared: float = parameter(0.4, "factor", 0.0, 1.0, "own", "chance of dismissal in the other occupations against those")
    wage_response: float = parameter(0.006, "per quarter", 0.0, 0.1, "log wage curve, after Blanchflower and Oswald", "response of wage growth to log unemployment (a Phillips curve)")
    natural_unemployment: float = parameter(0.051, "share", 0.01, 0.2, "surveyed urban rate 2024; the NAIRU is an assumption", "unemployment at which real wages follow productivity")
    own_occupation_weight: float = parameter(0.6, "share", 0.0, 1.0, "own", "weight of unemployment in the own occupation in its wage growth")
    unemployment_smoothing: float = parameter(0.3, "share", 0.01, 1.0, "own", "speed at which wages take note of the unemployment of their occupation")
    lowest_unemployment: float = parameter(0.005, "share", 0.0001, 0.05, "guard", "unemployment below which wages see no further fall")
    lowest_wage_growth: float = parameter(-0.003, "per quarter", -0.05, 0.0, "downward rigidity", "floor of nominal wage growth")
    highest_wage_growth: float = parameter(0.04, "per quarter", 0.0, 0.2, "guard", "ceiling of nominal wage growth")
    occupation_elasticity: float = parameter(0.6, "elasticity", 0.0, 3.0, "0.5-0.7 common in CGE", "substitution between occupations")
    match_deviation: float = parameter(0.05, "log points", 0.0, 0.5, "own", "dispersion of the quality of a match")
    mismatch: float = parameter(0.92, "factor", 0.3, 1.0, "own", "quality of a match in a new occupation")
    learning: float = parameter(0.0008, "per quarter", 0.0, 0.01, "own", "growth of efficiency of the employed")
    learning_stops: float = parameter(45.0, "years", 20.0, 75.0, "own", "age at which that growth ends")
    forgetting: float = parameter(0.003, "per quarter", 0.0, 0.05, "own", "loss of efficiency of those without a job for over a quarter")
    hiring_response: float = parameter(1.5, "per share of two quarters' wage", 0.0, 10.0, "own; Card, Kluve and Weber 2018: hiring subsidies help the long-term jobless most, from memory", "chance that long-term jobless are preferred, per unit of the hiring subsidy")
    training_quarters: int = parameter(2, "quarters", 1, 12, "own", "length of a retraining course", "policy")
    training_success: float = parameter(0.75, "share", 0.0, 1.0, "own", "share of trainees who finish with a new occupation")
    training_cost: float = parameter(0.3, "mean wages per quarter", 0.0, 3.0, "own", "teaching cost of a trainee, bought from PUB", "policy")
    training_literacy: float = parameter(0.6, "share", 0.0, 1.0, "own", "trainees who become literate in AI")
    training_gain: float = parameter(0.02, "share", 0.0, 0.5, "own", "rise of efficiency by a completed course")
    training_slack: float = parameter(0.9, "factor", 0.0, 3.0, "own", "unemployment of an occupation over the mean, above which its jobless may retrain")
    training_wait: int = parameter(2, "quarters", 0, 40, "own", "time since the job was lost, after which one may retrain", "policy")
    slack_deviation: float = parameter(0.02, "share", 0.0, 0.2, "own", "dispersion of idle staff between firms at the opening", "tuned")
    slack: float = parameter(0.285, "workers per firm", 0.0, 2.0, "own; staff comes in whole heads and firing is slower than hiring; at 10,000, 40,000 and 160,000 adults the model settles at .29, .28 and .28", "idle staff of a firm at the opening", "tuned")
    opening_spell: float = parameter(2.3, "quarters", 0.0, 40.0, "own; gives the spells that the model settles at", "mean time for which the unemployed of the opening have been without a job", "tuned")
    slack_rounding: float = parameter(0.55, "workers", 0.0, 2.0, "own; staff comes in whole heads", "dispersion of idle staff of a firm, in heads, at the opening", "tuned")
    slack_large_firms: float = parameter(0.25, "share of the mean", 0.0, 1.0, "own; they can dismiss whole heads", "idle share of the largest firms at the opening", "tuned")
    highest_slack: float = parameter(0.045, "share", 0.0, 0.5, "own; binds below about 5,000 adults, where firms are few", "idle share of all staff at the opening at most", "tuned")
    employment_shrinkage: float = parameter(0.5, "share", 0.0, 1.0, "own; counts of employment by sector are weak", "how far employment by sector is moved towards what pay per worker suggests, outside agriculture")


@dataclass(frozen=True)
class Demography(Viewed):
    """How the number and the age of adults change, and who inherits."""

    stationary: bool = parameter(False, "switch", None, None, "theory", "whether everybody who dies is followed at once by an heir of 20 in the same place")
    births: float = parameter(1.0, "factor", 0.0, 3.0, "record; above 2024 a projection", "persons who turn 20 against the table")
    mortality_decline: float = parameter(0.0033, "per quarter", 0.0, 0.02, "1.3 % a year; World Population Prospects 2024, from memory", "fall of the risk of death at every age")
    retirement_rise: float = parameter(2.0, "years", 0.0, 10.0, "reform of 2024: men +3, women +3 or +5 by 2039, for the .55 of workers whom it binds", "rise of the retirement age by the reform", "policy")
    retirement_rise_starts: float = parameter(4.0, "quarters", 0.0, 400.0, "reform of 2024: from 2025 on", "quarter from which it rises", "policy")
    retirement_rise_lasts: float = parameter(60.0, "quarters", 1.0, 400.0, "reform of 2024: fifteen years", "time in which it rises", "policy")
    generation: float = parameter(27.0, "years", 15.0, 45.0, "age of mothers at birth, from memory", "age between the dead and their heirs")
    heirs_considered: int = parameter(8, "adults", 1, 64, "own", "adults drawn by lot among whom an heir is found")
    standing_in_years: float = parameter(30.0, "years", 0.0, 300.0, "own; the wealth of parents and children goes together, Charles and Hurst 2003, from memory", "difference of age that weighs as much as that of the first and the last rank")


@dataclass(frozen=True)
class Firms(Viewed):
    """Plans, prices, competition, exit and entry."""

    least_staff: float = parameter(2.0, "workers", 0.5, 100.0, "own; about 7 workers a firm at 10,000 adults", "least size in the Pareto law of firm sizes, mean of the sectors")
    size_exponent: float = parameter(1.06, "exponent", 0.7, 3.0, "Axtell 2001, from memory; US 2021 1.03", "Pareto tail of firm size at the opening")
    largest_share: float = parameter(0.02, "share", 0.001, 0.2, "own", "largest share of employment in one firm at the opening")
    demand_gain: float = parameter(0.8, "share", 0.01, 1.0, "Assenza et al. 2015: 0.4-0.5; tuned to Okun's law", "speed of learning about demand", "tuned")
    trend_gain: float = parameter(0.04, "share", 0.0, 1.0, "own", "speed of learning about the growth of the sector")
    inventory_target: float = parameter(0.35, "quarters of sales", 0.0, 2.0, "NBS inventories about .3", "inventory that producers of goods aim at")
    inventory_speed: float = parameter(0.3, "per quarter", 0.0, 1.0, "Assenza et al. 2015", "speed of closing inventory gaps")
    least_plan: float = parameter(0.3, "share", 0.0, 1.0, "own", "output planned of expected demand at least, however full the stores are")
    overtime: float = parameter(0.05, "share", 0.0, 0.5, "own", "output above the normal hours of the staff", "tuned")
    normal_utilisation: float = parameter(0.85, "share", 0.3, 1.0, "0.75-0.85", "normal use of capacity")
    price_speed: float = parameter(0.4, "per quarter", 0.05, 1.0, "mean lag about 2.5 quarters", "speed of price adjustment")
    largest_price_gap: float = parameter(1.25, "factor", 1.0, 10.0, "guard", "wanted price over the present one, or the reverse, as far as a firm acts upon it in a quarter")
    saving_retained: float = parameter(0.35, "share", 0.0, 1.0, "De Loecker, Goldberg, Khandelwal and Pavcnik 2016: pass-through of costs is incomplete, from memory; a range is always shown", "share of unit cost saved by AI that stays in the price")
    own_wage_weight: float = parameter(0.5, "share", 0.0, 1.0, "own", "weight of the firm's own wages in what it takes labour to cost; the rest is the mean of its sector")
    mark_up_share: float = parameter(0.04, "elasticity", 0.0, 1.0, "Dosi et al. 2010", "response of the mark-up to market share growth")
    mark_up_reversion: float = parameter(0.05, "per quarter", 0.0, 1.0, "own", "return of the mark-up to the sector's norm")
    mark_up_utilisation: float = parameter(0.1, "elasticity", 0.0, 1.0, "own", "response of the mark-up to capacity use")
    lowest_mark_up: float = parameter(0.5, "factor", 0.0, 1.0, "own", "least mark-up against the norm of the sector")
    highest_mark_up: float = parameter(1.6, "factor", 1.0, 10.0, "own", "largest mark-up against the norm of the sector")
    sector_signal: float = parameter(0.5, "share", 0.0, 1.0, "own", "weight of the sector's demand by market share in the demand that a firm sees; the rest is its own sales or orders")
    selection: float = parameter(0.17, "per quarter", 0.0, 3.0, "Dosi et al. 2010: 1 a year", "shift of market shares to cheaper firms")
    unfilled_penalty: float = parameter(0.05, "log points", 0.0, 1.0, "own", "market share lost for unfilled orders")
    quality_gain: float = parameter(0.008, "per quarter", 0.0, 0.2, "own", "market share gained through AI quality")
    share_deviation: float = parameter(0.05, "log points", 0.0, 0.3, "firm growth s.d. about .1 a year", "luck in market shares")
    smallest_share: float = parameter(0.08, "share of mean", 0.0, 0.5, "tuned to firms that leave; the barrier that keeps the Pareto tail (Gabaix 1999)", "market share below which a firm leaves", "tuned")
    entrant_share: float = parameter(0.12, "share of mean", 0.01, 1.0, "own", "market share of an entrant at least")
    entrant_gap: float = parameter(-0.03, "log points", -0.5, 0.5, "own", "entrant's productivity against the sector mean")
    entrant_deviation: float = parameter(0.08, "log points", 0.0, 1.0, "own", "dispersion of entrants' productivity")
    entrant_adoption: float = parameter(0.3, "share", 0.0, 1.0, "own", "entrants that use AI against the adoption of their sector")
    productivity_spread: float = parameter(0.07, "log points", 0.0, 1.0, "own", "dispersion of productivity at the opening")
    liquidity_target: float = parameter(0.25, "quarters of sales", 0.0, 4.0, "own", "deposits that firms aim at")
    payout_speed: float = parameter(0.25, "per quarter", 0.0, 1.0, "own", "payout of deposits above the target")
    highest_payout: float = parameter(0.9, "share of deposits", 0.0, 1.0, "own", "most of its deposits that a firm pays out in a quarter")
    small_staff: float = parameter(50.0, "workers", 2.0, 500.0, "OECD and EU: fewer than 50 persons; a firm's staff is counted in persons", "staff below which a firm is small in the sense of the law", "policy")
    inventories_held: float = parameter(0.86, "share of the target", 0.0, 1.0, "own; plans close gaps only in part, and staff is short now and then", "inventories that producers of goods hold at the opening", "tuned")


@dataclass(frozen=True)
class Investment(Viewed):
    """Fixed capital of firms."""

    depreciation: float = parameter(0.0125, "per quarter", 0.001, 0.1, "5 % a year", "depreciation of firms' and public capital")
    highest_capital_ratio: float = parameter(3.6, "years of GDP", 1.0, 10.0, "own; Penn World Table: 3.2 to 4.8", "capital above which depreciation is raised to fit the table's investment, at low growth")
    accelerator: float = parameter(0.02, "per quarter", 0.0, 0.3, "own", "response to the gap between wanted and actual capital")
    reallocation: float = parameter(0.10, "per quarter", 0.0, 0.5, "own; capital moves between firms faster than sectors grow", "response to a firm's gap against its sector's")
    largest_gap: float = parameter(1.5, "share", 0.0, 20.0, "own", "excess of wanted over actual capital of a firm against its sector, as far as the firm acts upon it")
    trend_weight: float = parameter(0.5, "share", 0.0, 1.0, "own", "weight of the growth of the sector in the growth that firms build for; the rest is that of productivity in the long run")
    rate_response: float = parameter(4.0, "semi-elasticity", 0.0, 20.0, "user-cost literature", "response to the annual real interest gap")
    mood_limit: float = parameter(0.6, "log points", 0.05, 2.0, "guard", "largest effect of mood and interest on investment, up or down")
    required_return: float = parameter(0.02, "per quarter", 0.0, 0.1, "about 8 % a year", "return over depreciation that capital in automated tasks must earn")
    smoothing: float = parameter(0.25, "share", 0.01, 1.0, "own", "speed of adjusting the investment rate")
    highest_rate: float = parameter(0.12, "per quarter", 0.01, 0.5, "guard", "largest investment rate")
    leverage: float = parameter(0.3, "share of capital", 0.0, 0.9, "bank part of NBS liabilities/assets about .5", "loans that firms aim at")
    highest_leverage: float = parameter(0.75, "share of capital", 0.1, 1.0, "Poledna et al. 2023", "limit of borrowing")
    cash_share: float = parameter(0.9, "share of deposits", 0.0, 1.0, "own", "deposits that a firm would spend on investment in a quarter")
    credit_share: float = parameter(0.2, "share", 0.0, 1.0, "own", "part of the unused room for loans that a firm would spend on investment in a quarter")
    insolvent_leverage: float = parameter(1.3, "share of capital", 0.5, 5.0, "own", "loans above deposits at which a firm is bankrupt, whatever its inventory is worth")
    tax_elasticity: float = parameter(0.5, "elasticity", 0.0, 4.0, "Hassett and Hubbard 2002: .5-1, from memory", "response of investment to its cost after tax relief")
    loan_speed: float = parameter(0.15, "per quarter", 0.01, 1.0, "own", "speed of loan adjustment")


@dataclass(frozen=True)
class Households(Viewed):
    """Consumption, dwellings and wealth."""

    propensity_low_income: float = parameter(1.55, "share", 0.0, 8.0, "shape after quintile consumption ratios; the level is solved", "propensity to consume at no income, before scaling", "tuned")
    propensity_high_income: float = parameter(0.10, "share", 0.0, 1.0, "as above", "propensity to consume of the rich, before scaling", "tuned")
    propensity_scale: float = parameter(0.7, "mean incomes", 0.1, 20.0, "own", "income at which the propensity is half-way", "tuned")
    wealth_effect: float = parameter(0.12, "per quarter", 0.001, 0.2, "own; large for those with little, as in Kaplan and Violante 2014", "propensity to consume out of deposits of those who have little")
    wealth_effect_rich: float = parameter(0.03, "factor", 0.0, 1.0, "own; consumption is concave in wealth, Carroll and Kimball 1996", "the same of the rich against those who have little", "tuned")
    wealth_scale: float = parameter(4.0, "mean quarterly incomes", 0.01, 400.0, "own", "deposits at which the propensity out of them is half-way", "tuned")
    equity_premium: float = parameter(0.0117, "per quarter", 0.0, 0.05, "5 % a year; makes market and book value agree at the opening", "return on shares above the policy rate that owners ask for", "tuned")
    income_gain: float = parameter(0.25, "share", 0.01, 1.0, "Assenza et al. 2015", "speed of learning about permanent income")
    rate_response: float = parameter(3.0, "semi-elasticity", 0.0, 20.0, "own", "response of consumption to the quarterly real interest gap")
    cash_limit: float = parameter(0.95, "share", 0.1, 1.0, "own", "share of cash that can be spent in a quarter")
    residential_investment: float = parameter(0.10, "share of GDP", 0.02, 0.3, "from memory", "investment in dwellings at the opening")
    dwelling_depreciation: float = parameter(0.005, "per quarter", 0.0, 0.05, "2 % a year", "depreciation of dwellings")
    dwelling_rate_response: float = parameter(4.0, "semi-elasticity", 0.0, 20.0, "own", "response of residential investment to the annual real interest gap")
    dwelling_mood: float = parameter(0.5, "share", 0.0, 3.0, "own", "shock of investors' mood that residential investment shares")
    dwelling_mood_limit: float = parameter(0.6, "log points", 0.05, 2.0, "guard", "largest effect of mood and interest on residential investment, up or down")
    equity_exponent: float = parameter(1.3, "exponent", 1.05, 5.0, "wealth tail 1.3-1.5", "Pareto tail of share ownership", "tuned")
    equity_owners: float = parameter(0.10, "share", 0.01, 1.0, "own", "share of adults who own shares", "tuned")
    benefit_take_up: float = parameter(0.4, "share", 0.0, 1.0, "makes about .15 of the unemployed draw a benefit; MoHRSS .12, from memory, weak", "insured unemployed who draw the benefit", "tuned")
    benefit_rate: float = parameter(0.2, "share of last wage", 0.0, 1.0, "OECD, from memory, weak", "unemployment benefit", "policy")
    benefit_years: float = parameter(5.0, "years", 0.25, 60.0, "own; 3 to 24 months by years of contribution, 12 on average", "years since 20 that give a quarter of benefit", "policy")
    benefit_longest: float = parameter(8.0, "quarters", 0.0, 400.0, "Social Insurance Law: 24 months", "longest benefit", "policy")
    insured_share: float = parameter(0.54, "share", 0.05, 1.0, "142 of 263 million retired draw the employees' pension, 2023, from memory", "adults in the employees' social insurance; the others are in the residents' scheme", "policy")
    insured_deviation: float = parameter(0.5, "log points", 0.0, 5.0, "own", "random draws, against pay, in who belongs to the employees' social insurance")
    pension_residents: float = parameter(0.05, "mean wages", 0.0, 1.0, "residents' pension about .03, with land and other old-age payments, from memory", "pension of the residents' scheme", "policy")
    pension_own_weight: float = parameter(0.8, "share", 0.0, 1.0, "own", "weight of the own wage in an employee's pension; the rest is the mean wage", "policy")
    pension_restraint: float = parameter(0.5, "elasticity", 0.0, 1.0, "own; rises of pensions fell from 6.5 to 2 % a year, 2016-25, from memory; a sustainability factor as in Germany", "fall of pensions against wages with the number of retired per employed", "policy")
    pension_contributions: float = parameter(1.0, "share", 0.0, 1.0, "own; pay as you go", "rise of pensions over wages that employees' contributions follow", "policy")
    stipend: float = parameter(0.25, "share", 0.0, 2.0, "own", "share of the last wage, and of the mean wage, that a trainee receives as a stipend", "policy")
    assistance: float = parameter(0.12, "mean wages", 0.0, 1.0, "own; social assistance and family support", "income of adults without work, benefit or pension", "policy")
    equity_by_pay: float = parameter(1.0, "per log point", 0.0, 10.0, "own", "weight of log pay, against a standard normal draw, in who owns how much of the shares")
    equity_richest: float = parameter(0.0001, "share of owners", 0.000001, 0.1, "own; so that inequality does not grow with the number of workers simulated", "owners beyond whom the Pareto tail of share ownership is cut")


@dataclass(frozen=True)
class Government(Viewed):
    """Revenue, spending and the rules of the budget."""

    state_ownership: float = parameter(0.30, "share", 0.0, 1.0, "own; state share of corporate equity", "dividends that go to the government", "policy")
    public_investment: float = parameter(0.06, "share of GDP", 0.01, 0.2, "from memory", "public investment at the opening", "policy")
    employee_contribution_share: float = parameter(0.35, "share", 0.0, 1.0, "about a third", "part of social contributions that employees pay", "policy")
    income_tax_threshold: float = parameter(0.6, "mean wages", 0.0, 3.0, "60 000 CNY a year", "income free of tax", "policy")
    income_tax_upper: float = parameter(2.0, "mean wages", 0.0, 10.0, "own", "income above which the rate rises by 60 %", "policy")
    debt_target: float = parameter(0.84, "years of GDP", 0.0, 3.0, "IMF 2023, from memory", "debt that the rules aim at", "policy")
    spending_brake: float = parameter(0.25, "elasticity", 0.0, 2.0, "own", "cut of spending per year of GDP of excess debt", "policy")
    brake_limit: float = parameter(0.2, "share", 0.0, 1.0, "own", "largest cut or rise of spending that debt brings about", "policy")
    tax_response: float = parameter(0.6, "elasticity", 0.0, 5.0, "own", "rise of the income tax per year of GDP of excess debt", "policy")
    lowest_tax_factor: float = parameter(0.5, "factor", 0.0, 1.0, "own", "lowest income tax that low debt brings about, against that of the opening", "policy")
    highest_tax_factor: float = parameter(2.5, "factor", 1.0, 10.0, "own", "highest income tax that high debt brings about, against that of the opening", "policy")
    highest_income_tax: float = parameter(0.7, "share", 0.05, 1.0, "own", "highest rate of the income tax in the top bracket, however much policies cost", "policy")
    counter_cycle: float = parameter(2.5, "elasticity", 0.0, 10.0, "own", "rise of public demand with unemployment", "policy")
    investment_cycle: float = parameter(2.0, "factor", 0.0, 10.0, "own", "response of public investment to unemployment against that of public consumption", "policy")
    lowest_gap: float = parameter(-0.05, "share", -0.2, 0.0, "own", "unemployment against its natural rate, as far down as counter_cycle reacts", "policy")
    highest_gap: float = parameter(0.10, "share", 0.0, 0.5, "own", "unemployment against its natural rate, as far up as counter_cycle reacts", "policy")
    demand_support: float = parameter(0.04, "per quarter", 0.0, 0.5, "own; fiscal closure", "slow rise of the public demand share while unemployment stays high", "policy")
    support_gap: float = parameter(0.05, "share", 0.0, 0.5, "own", "unemployment against its natural rate, as far up and down as demand_support reacts", "policy")
    support_fading: float = parameter(0.1, "share", 0.0, 1.0, "own", "fading of demand_support, share of what has come together, at the speed at which it rises", "policy")
    stabilisation: float = parameter(1.0, "share", 0.0, 1.0, "own; fiscal closure, a range must be shown", "strength of counter_cycle and demand_support; 0 leaves the debt rule alone", "policy")
    largest_cut: float = parameter(0.5, "share", 0.0, 1.0, "own", "largest part of public consumption that is saved to pay for policies", "policy")
    trend_gain: float = parameter(0.15, "share", 0.01, 1.0, "own", "speed of learning about trend GDP")


@dataclass(frozen=True)
class Money(Viewed):
    """Bank and central bank."""

    policy_rate: float = parameter(0.0075, "per quarter", 0.0, 0.05, "3 % a year", "policy rate at the opening", "policy")
    rate_smoothing: float = parameter(0.85, "share", 0.0, 0.99, "Poledna et al. 2023", "smoothing of the policy rate", "policy")
    inflation_response: float = parameter(1.5, "elasticity", 0.0, 5.0, "Taylor 1993", "response to inflation", "policy")
    unemployment_response: float = parameter(0.1, "elasticity", 0.0, 2.0, "own", "response to unemployment", "policy")
    neutral_rate_learning: float = parameter(0.05, "per quarter", 0.0, 0.5, "own", "how fast the estimate of the neutral rate follows inflation and slack", "policy")
    neutral_rate_band: float = parameter(0.0015, "per quarter", 0.0, 0.05, "own; estimates of the neutral rate differ by a point or two", "how far the estimate strays from the rule of thumb", "policy")
    growth_in_rates: float = parameter(0.5, "share", 0.0, 2.0, "own", "part of a change of trend growth that passes into the natural rate of interest")
    lowest_natural_rate: float = parameter(0.002, "per quarter", 0.0, 0.02, "own; .8 % a year", "floor of the natural rate of interest")
    anchoring: float = parameter(0.6, "share", 0.0, 1.0, "own", "weight of the target in expected inflation")
    loan_spread: float = parameter(0.002, "per quarter", 0.0, 0.02, "own; small, since FIN's output holds the margin already", "loan rate over the policy rate")
    deposit_spread: float = parameter(0.0005, "per quarter", 0.0, 0.02, "own", "policy rate over the deposit rate")
    bond_spread: float = parameter(0.0005, "per quarter", 0.0, 0.02, "own", "bond rate over the policy rate")
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


@dataclass(frozen=True)
class Trade(Viewed):
    """The rest of the world."""

    export_elasticity: float = parameter(1.2, "elasticity", 0.0, 10.0, "1-1.5", "price elasticity of exports")
    import_elasticity: float = parameter(0.8, "elasticity", 0.0, 10.0, "Armington .8", "substitution between home and foreign goods")
    highest_import_share: float = parameter(0.9, "share", 0.0, 1.0, "guard", "largest share of imports in any use of a good")
    world_adoption: float = parameter(1.0, "factor", 0.0, 3.0, "assumption: the world adopts at China's pace", "adoption of AI in the rest of the world against the path of world_gain")
    world_gain: float = parameter(0.08, "log points", 0.0, 1.0, "own; about the gain of GDP at home on the central assumptions", "demand abroad that AI adds in the end")
    world_midpoint: float = parameter(56.0, "quarters", 1.0, 400.0, "own", "when half of it is reached")
    world_width: float = parameter(14.0, "quarters", 1.0, 200.0, "own", "how long the rise takes")
    exchange_response: float = parameter(0.08, "elasticity", 0.0, 1.0, "own", "crawl of the exchange rate with the trade balance")
    expected_inflation_weight: float = parameter(0.5, "share", 0.0, 1.0, "own", "weight of expected inflation in the crawl of the exchange rate; the rest is that of the quarter")
    balance_band: float = parameter(0.05, "share of GDP", 0.0, 0.5, "own", "largest deviation of the trade balance from that of the opening to which the exchange rate responds")


@dataclass(frozen=True)
class Research(Viewed):
    """Research and development, imitation and the dispersion of productivity."""

    cycle_quarters: float = parameter(12.0, "quarters", 1.0, 80.0, "Ni, figure 2: 36 months", "length of a project without AI")
    cycle_quarters_ai: float = parameter(4.0, "quarters", 1.0, 80.0, "Ni, figure 2: 12 months, new materials", "length with full AI in CHM, NMM, MET, ELE")
    cycle_quarters_ai_elsewhere: float = parameter(10.0, "quarters", 1.0, 80.0, "own; a smaller reduction elsewhere", "length with full AI in the other sectors")
    cycle_response: float = parameter(1.5, "per unit of use", 0.0, 10.0, "own; full effect at a use of two thirds", "how fast the length of projects falls with the use of AI")
    labour_part: float = parameter(0.5, "share", 0.05, 1.0, "OECD: about half of business R&D, from memory", "pay of researchers in the spending on research")
    price_elasticity: float = parameter(1.0, "elasticity", 0.0, 4.0, "Hall and Van Reenen 2000: about 1", "response of research to its cost to the firm")
    cash_elasticity: float = parameter(0.1, "elasticity", 0.0, 2.0, "own; Brown, Fazzari and Petersen 2009", "response of research to the cash of the firm")
    least_effort: float = parameter(0.5, "of usual research", 0.0, 1.0, "guard", "lower limit of a firm's research")
    most_effort: float = parameter(2.5, "of usual research", 1.0, 10.0, "guard", "upper limit of a firm's research")
    least_cash: float = parameter(0.7, "of the cash wanted", 0.0, 1.0, "guard", "lower limit of the cash that research answers to")
    most_cash: float = parameter(1.3, "of the cash wanted", 1.0, 10.0, "guard", "upper limit of the cash that research answers to")
    success_elasticity: float = parameter(0.5, "elasticity", 0.0, 2.0, "about .5, from memory", "response of the hazard of success to research")
    step: float = parameter(0.01, "log points", 0.0, 0.2, "own", "mean gain of a finished project")
    fishing_out: float = parameter(3.0, "elasticity", 0.0, 20.0, "Bloom et al. 2020", "how fast ideas get harder ahead of the frontier")
    imitation: float = parameter(0.04, "per quarter", 0.0, 1.0, "own", "speed of catching up with the best of the sector")
    imitation_deviations: float = parameter(1.28, "standard deviations", 0.0, 4.0, "the best tenth of a normal distribution", "lead over the mean of the firms that others imitate")
    imitation_reach: float = parameter(0.5, "log points", 0.0, 5.0, "guard", "largest distance to the best that counts in imitation")
    luck_deviation: float = parameter(0.012, "log points", 0.0, 0.2, "own", "idiosyncratic productivity luck")


@dataclass(frozen=True)
class ArtificialIntelligence(Viewed):
    """Data, compute, algorithm; adoption in stages; what it does to tasks, processes and risks."""

    enabled: bool = parameter(True, "switch", None, None, "no_ai is its twin", "whether artificial intelligence exists")
    automation: float = parameter(0.5, "share", 0.0, 3.0, "Acemoglu 2025 preset .52", "share of exposed tasks automated at full use")
    highest_automation: float = parameter(0.95, "share", 0.0, 0.99, "guard; some labour stays in every unit", "largest part of the tasks of a unit that AI does")
    task_capital: float = parameter(10.0, "quarters of the pay replaced", 0.0, 100.0, "own; a third of the cost of an automated task, with the services a saving of .3 in 2024 (Acemoglu 2025: .27)", "capital that does an automated task")
    task_services: float = parameter(0.375, "share of the pay replaced", 0.0, 2.0, "as above", "AI services for an automated task at the price of compute of 2024")
    task_services_elasticity: float = parameter(0.4, "elasticity", 0.0, 2.0, "own", "fall of the cost of those services with compute per yuan")
    reinstatement: float = parameter(0.005, "per quarter", 0.0, 0.1, "Acemoglu and Restrepo 2019: half to all of displacement, 1947-2017", "new tasks that arise at full use and full exposure to augmentation, share of labour")
    new_task_life: float = parameter(50.0, "quarters", 4.0, 1000.0, "own", "time in which new tasks become ordinary ones")
    new_task_gain: float = parameter(0.1, "share", 0.0, 2.0, "own", "value that new tasks add over the pay for them")
    forecast_gain: float = parameter(0.2, "share", 0.0, 1.0, "own", "inventory that better forecasts save at full use")
    augmentation: float = parameter(0.6, "share", 0.0, 3.0, "trials: 15-40 % on tasks", "gain of literate workers at full use")
    rent_share: float = parameter(0.8, "share", 0.0, 1.0, "own; AI-skill premium", "part of the augmentation that the worker keeps")
    use_pilot: float = parameter(0.25, "share", 0.0, 1.0, "own", "use of capability in the pilot stage")
    use_scaled: float = parameter(0.7, "share", 0.0, 1.0, "own", "use of capability when scaled")
    use_autonomous: float = parameter(1.0, "share", 0.0, 1.0, "own", "use of capability when autonomous")
    implementation_speed: float = parameter(0.25, "per quarter", 0.01, 1.0, "one year", "speed at which use follows the stage")
    substitution: float = parameter(-1.0, "exponent", -20.0, 0.9, "complements", "exponent of the data-compute-algorithm triad")
    data_weight: float = parameter(0.33, "weight", 0.0, 1.0, "own; the three weights sum to one", "data in the data-compute-algorithm triad")
    compute_weight: float = parameter(0.33, "weight", 0.0, 1.0, "own; the three weights sum to one", "compute in the data-compute-algorithm triad")
    algorithm_weight: float = parameter(0.34, "weight", 0.0, 1.0, "own; the three weights sum to one", "the algorithm in the data-compute-algorithm triad")
    data_half: float = parameter(2.0, "mean firms' data", 0.01, 100.0, "own", "data at half saturation")
    data_pool: float = parameter(1.9, "sector means", 0.0, 100.0, "own", "pooled data at full openness")
    data_decay: float = parameter(0.05, "per quarter", 0.0, 1.0, "own", "obsolescence of data")
    data_by_stage: float = parameter(0.5, "share per stage", 0.0, 5.0, "own", "more data that a firm collects with each stage of AI")
    compute_half: float = parameter(0.03, "share of payroll", 0.0001, 1.0, "own", "compute at half saturation")
    compute_growth: float = parameter(0.05, "per quarter", 0.0, 0.3, "about 20 % a year", "growth of compute per yuan")
    compute_growth_decay: float = parameter(0.985, "factor", 0.8, 1.0, "own", "decay of that growth")
    algorithm_opening: float = parameter(0.35, "index", 0.0, 1.0, "own", "algorithm frontier in 2024")
    algorithm_speed: float = parameter(0.032, "per quarter", 0.0, 0.5, "own", "logistic growth of the frontier")
    algorithm_research: float = parameter(0.3, "share", 0.0, 2.0, "own", "response of the frontier's speed to business research, relative to 2024")
    algorithm_adoption: float = parameter(0.3, "share", 0.0, 2.0, "own; more application scenarios, more data", "response of the frontier's speed to the use of AI")
    algorithm_absorption: float = parameter(0.1, "share of staff", 0.001, 1.0, "own", "literate staff at half absorption")
    algorithm_unabsorbed: float = parameter(0.3, "share", 0.0, 1.0, "own", "part of the frontier that a firm without literate staff can use")
    subscription_pilot: float = parameter(0.002, "share of payroll", 0.0, 0.5, "own", "running AI services in the pilot stage")
    subscription_scaled: float = parameter(0.008, "share of payroll", 0.0, 0.5, "own", "running AI services when scaled")
    subscription_autonomous: float = parameter(0.02, "share of payroll", 0.0, 0.5, "own", "running AI services when autonomous")
    capital_gain: float = parameter(0.15, "share", 0.0, 1.0, "Ni: 15-20 %, an upper bound", "gain of capital efficiency in a pure process industry")
    energy_saving: float = parameter(0.23, "share", 0.0, 0.9, "Ni, figure 3: -6.7 % after a year", "energy saving in a pure process industry at full use", "tuned")
    yield_gain: float = parameter(0.0318, "share", 0.0, 0.5, "Ni, figure 3: +.9 % yield", "saving of materials in a pure process industry at full use", "tuned")
    process_half: float = parameter(0.35, "index of use", 0.01, 5.0, "fits Ni, figure 3", "concavity of process gains", "tuned")
    process_capital_return: float = parameter(0.03, "per quarter", 0.0, 0.2, "own; about the user cost of capital", "worth of capital efficiency in a firm's judgement of AI")
    fixed_cost_pilot: float = parameter(0.4, "mean wages", 0.0, 50.0, "own; no credible number exists", "fixed integration cost of a pilot")
    fixed_cost_scaled: float = parameter(1.6, "mean wages", 0.0, 50.0, "own", "fixed integration cost of scaling")
    fixed_cost_autonomous: float = parameter(2.5, "mean wages", 0.0, 50.0, "own", "fixed integration cost of autonomy")
    payroll_cost_pilot: float = parameter(0.01, "payrolls", 0.0, 5.0, "own", "proportional integration cost of a pilot")
    payroll_cost_scaled: float = parameter(0.03, "payrolls", 0.0, 5.0, "own", "proportional integration cost of scaling")
    payroll_cost_autonomous: float = parameter(0.08, "payrolls", 0.0, 5.0, "own", "proportional integration cost of autonomy")
    cost_fall: float = parameter(0.015, "per quarter", 0.0, 0.1, "own", "fall of integration costs", "tuned")
    evaluation: float = parameter(0.15, "per quarter", 0.0, 1.0, "every 18 months", "how often a firm considers the next stage")
    payback_quarters: float = parameter(12.0, "quarters", 1.0, 100.0, "three years", "payback horizon")
    adoption_constant: float = parameter(-2.7, "log odds", -10.0, 10.0, "own; tuned to the path between the EU and US curves", "adoption, constant", "tuned")
    adoption_benefit: float = parameter(1.0, "log odds", 0.0, 10.0, "own", "adoption, weight of the log payback ratio")
    adoption_peers: float = parameter(5.0, "log odds", 0.0, 20.0, "own", "adoption, weight of peers in the sector", "tuned")
    adoption_peers_norm: float = parameter(0.3, "share of firms", 0.0, 1.0, "own; a normalisation, see adoption_constant", "adopters in the sector at which peers add nothing")
    adoption_literacy: float = parameter(1.0, "log odds", 0.0, 20.0, "own", "adoption, weight of literate staff")
    adoption_black_box: float = parameter(2.0, "log odds", 0.0, 20.0, "Ni, section 5", "adoption, weight of black-box distrust")
    adoption_black_box_stage: float = parameter(0.5, "share per stage", 0.0, 2.0, "own", "rise of black-box distrust with the stage considered")
    adoption_credit: float = parameter(0.3, "share", 0.0, 1.0, "own", "part of the unused room for loans that a firm would spend on integration")
    adopters_opening: float = parameter(0.045, "share of firms", 0.0, 1.0, "4-8 %: between EU 8.1 and US 3.7 in 2023", "firms that use AI at the opening")
    adopters_noise: float = parameter(2.0, "log points", 0.0, 10.0, "EU 2023: 6/13/30 % by size", "luck against size among the first adopters", "tuned")
    learning_on_the_job: float = parameter(0.0025, "per quarter and stage", 0.0, 0.5, "own", "workers of adopters who become literate")
    screening_bias: float = parameter(0.25, "share", 0.0, 1.0, "own", "rejections of the protected group by automatic screening")
    breach_rate: float = parameter(0.002, "per quarter", 0.0, 0.2, "own", "hazard of a data breach per stage and unit of data")
    breach_data_limit: float = parameter(3.0, "mean firms' data", 0.0, 100.0, "own", "data beyond which the hazard of a breach rises no more")
    breach_fine: float = parameter(0.02, "annual sales", 0.0, 0.5, "own", "fine for a breach", "policy")
    services_elasticity: float = parameter(0.5, "elasticity", 0.0, 4.0, "own; cloud services, no study of China", "response of the AI services that adopters buy to their price after taxes and vouchers")
    imported_compute: float = parameter(0.5, "share", 0.0, 1.0, "own; advanced chips are mostly foreign", "part of the growth of compute that comes from abroad and that controls can withhold")
    data_fee: float = parameter(0.1, "share of AI spending", 0.0, 2.0, "own; no market price exists", "what an adopter pays for all of the sector's data")
    breach_loss: float = parameter(0.05, "log points", 0.0, 1.0, "own", "market share lost with trust")
    free_services: float = parameter(0.002, "share of payroll", 0.0, 0.5, "own", "running AI services that a firm without adoption tries out")
    adopters_scaled: float = parameter(0.2, "share", 0.0, 1.0, "own", "first adopters who are beyond a pilot at the opening")


@dataclass(frozen=True)
class PolicyEffects(Viewed):
    """How strongly policies act, as far as it is no behaviour that works without them."""

    grants_on_frontier: float = parameter(30.0, "factor per share of GDP", 0.0, 500.0, "own", "faster algorithm frontier with basic research paid by the state")
    cooperation_on_frontier: float = parameter(0.5, "share", 0.0, 1.0, "own; about half of the frontier's progress comes from abroad", "part of the frontier's speed that hangs on international cooperation")
    procurement_on_frontier: float = parameter(20.0, "use of AI per share of GDP", 0.0, 500.0, "own", "use of AI that public orders are worth to the frontier")
    procurement_on_adoption: float = parameter(500.0, "log odds per share of GDP", 0.0, 5000.0, "own", "adoption by public producers that the state's own orders bring about")
    grants_on_projects: float = parameter(50.0, "factor per share of GDP", 0.0, 500.0, "own", "larger gain of firms' research projects with basic research paid by the state")
    protection_on_projects: float = parameter(0.1, "share", 0.0, 1.0, "own", "larger gain of research projects at full protection of findings beyond today's")
    protection_on_imitation: float = parameter(0.5, "share", 0.0, 1.0, "own", "less imitation at full protection of findings beyond today's")
    highest_support: float = parameter(0.9, "share of the integration cost", 0.0, 1.0, "own", "most that all subsidies for adoption together pay")
    learning_from_courses: float = parameter(2.0, "factor", 0.0, 20.0, "own", "faster learning on the job with joint courses of firms and schools at full strength")
    literacy_of_entrants_from_courses: float = parameter(0.5, "factor", 0.0, 5.0, "own", "higher AI literacy of entrants with these courses")
    long_term_quarters: int = parameter(4, "quarters", 1, 40, "own; a year", "time without a job from which a hiring subsidy is paid", "policy")
    subsidised_quarters: float = parameter(2.0, "quarters", 0.0, 40.0, "own", "time for which it pays its part of the wage", "policy")
    programmes_of_administration: float = parameter(0.5, "share", 0.0, 0.6, "own", "part of programme spending that buys administration from PUB")
    programmes_of_business: float = parameter(0.25, "share", 0.0, 0.4, "own", "part of programme spending that buys consulting from BUS; the rest buys platforms from ICT")


@dataclass(frozen=True)
class Energy(Viewed):
    """Physical energy and emissions; all trends without AI are imposed."""

    fuel_trend: float = parameter(-0.0135, "per quarter", -0.1, 0.05, "so that CO2 per GDP falls about 4 % a year", "trend of fuel per unit of output", "tuned")
    electricity_trend: float = parameter(0.0040, "per quarter", -0.05, 0.05, "electricity per GDP +1.4 % a year, 2020-24", "trend of electricity per unit of output at the opening", "empirical")
    electricity_half_life: float = parameter(60.0, "quarters", 1.0, 1000.0, "own", "half-life of the rise of electricity per output")
    grid_trend: float = parameter(-0.006, "per quarter", -0.1, 0.02, "grid factor -2.4 % a year, 2021-23", "trend of the grid factor at the opening", "empirical")
    grid_trend_long_run: float = parameter(-0.014, "per quarter", -0.1, 0.02, "own; non-fossil build-out", "trend of the grid factor in the long run")
    grid_half_life: float = parameter(32.0, "quarters", 1.0, 1000.0, "own", "half-life of the approach to it")
    price_elasticity: float = parameter(0.3, "elasticity", 0.0, 2.0, ".3", "response of energy use to a carbon price")
    price_speed: float = parameter(0.15, "per quarter", 0.01, 1.0, "own", "speed of that response")
    price_base: float = parameter(0.02, "per unit of output", 0.0, 1.0, "own", "added to the cost of energy that a carbon price is compared with, so that who hardly uses energy hardly responds")
    grid_response: float = parameter(0.002, "per quarter and 100 CNY", 0.0, 0.05, "own", "faster fall of the grid factor per 100 CNY of carbon price")
    grid_investment_response: float = parameter(0.6, "per quarter and share of GDP", 0.0, 5.0, "own; power investment of about 1.2 % of GDP in 2024 goes with a fall of .6 % a quarter", "faster fall of the grid factor with public investment in clean power")
    grid_fastest: float = parameter(0.02, "per quarter", 0.0, 0.1, "own; limits of building", "largest fall of the grid factor that such investment adds")
    ai_electricity_opening: float = parameter(20.0, "TWh a year", 0.0, 500.0, "a fifth of data centres' 102 TWh", "electricity of AI at the opening")
    ai_electricity_trend: float = parameter(-0.010, "per quarter", -0.1, 0.05, "own", "trend of electricity per real yuan of AI services")
    ai_electricity_factor: float = parameter(1.0, "factor", 0.0, 10.0, "1: as on record", "electricity of AI services against what the opening has; 0: none is burnt")
    ai_electricity_cost: float = parameter(0.10, "share", 0.0, 1.0, "own", "electricity in the price of AI services at the opening")
    network_losses: float = parameter(0.13, "share", 0.0, 0.5, "own use and line losses, from memory", "part of electricity that the power sector uses itself")


@dataclass(frozen=True)
class StructuralChange(Viewed):
    """What takes people out of agriculture: Engel curves, productivity by sector, a gap in incomes that some cross."""

    official_opening: bool = parameter(True, "switch", None, None, "NBS 2024; false: the count of 2018", "whether agriculture opens with its official share of employment")
    engel_curves: bool = parameter(True, "switch", None, None, "false: constant value shares", "whether baskets change with income")
    substitution: float = parameter(0.25, "elasticity", 0.05, 0.95, "Comin, Lashkari and Mestieri 2021, households: .26, from memory", "substitution between the goods of a basket")
    least_elasticity: float = parameter(0.3, "elasticity", 0.0, 1.0, "own; cuts the rural-urban slopes of the table", "lowest income elasticity of a good at the opening")
    highest_elasticity: float = parameter(2.0, "elasticity", 1.0, 5.0, "own; cuts the rural-urban slopes of the table", "highest income elasticity of a good at the opening")
    sector_trends: bool = parameter(True, "switch", None, None, "false: one drift for all", "whether productivity grows at different speeds")
    agriculture_trend: float = parameter(0.7, "share of the drift", -1.0, 3.0, "tuned to the official decline of its employment; NBS 2010-23: .35, 7.9 % a year against a mean of 5.8, from memory", "drift of agriculture, excess over the mean before centring", "tuned")
    industry_trend: float = parameter(0.15, "share of the drift", -1.0, 3.0, "NBS 2010-23: 6.6 % a year, from memory", "the same of industry and construction")
    services_trend: float = parameter(-0.15, "share of the drift", -1.0, 3.0, "NBS 2010-23: 4.9 % a year, from memory", "the same of services")
    migration: bool = parameter(True, "switch", None, None, "false: farmers quit like others", "whether farmers leave for higher incomes elsewhere")
    migration_response: float = parameter(0.15, "per quarter", 0.0, 2.0, "tuned to the official decline of agricultural employment", "hazard of leaving at age 20 per log point of expected gain", "tuned")
    migration_cost: float = parameter(0.3, "log points", 0.0, 3.0, "own; hukou, land and distance; Tombe and Zhu 2019 find such costs large, from memory", "expected gain below which nobody leaves")
    migration_ageing: float = parameter(0.046, "per year", 0.0, 0.5, "own; halves every 15 years", "fall of the hazard with age")
    least_farm_income: float = parameter(0.1, "share", 0.001, 1.0, "guard", "income of a farm that counts at least, against the mean of the farms")
    farm_wages: float = parameter(0.8, "share of value added", 0.05, 1.0, "own; the published compensation of agriculture holds the profit of its farmers", "wages of agriculture at the opening; the rest of its compensation is mixed income")


@dataclass(frozen=True)
class Parameters:
    """All groups; ``Parameters().labour.separation_rate``."""

    growth: Growth = Growth()
    shocks: Shocks = Shocks()
    labour: Labour = Labour()
    demography: Demography = Demography()
    firms: Firms = Firms()
    investment: Investment = Investment()
    households: Households = Households()
    government: Government = Government()
    money: Money = Money()
    expectations: Expectations = Expectations()
    trade: Trade = Trade()
    research: Research = Research()
    artificial_intelligence: ArtificialIntelligence = ArtificialIntelligence()
    policy_effects: PolicyEffects = PolicyEffects()
    energy: Energy = Energy()
    structural_change: StructuralChange = StructuralChange()


class ParameterInformation(NamedTuple):
    """What is known of one parameter; ``key`` is "group.name", bounds are None for a switch."""

    key: str
    default: Any
    unit: str
    lower: float | None
    upper: float | None
    source: str
    status: str
    meaning: str


@cache
def describe_parameters() -> tuple[ParameterInformation, ...]:
    """Every parameter in the order of the groups."""
    return tuple(
        ParameterInformation(f"{group.name}.{item.name}", item.default, **item.metadata)
        for group in fields(Parameters)
        for item in fields(getattr(Parameters, group.name))
    )


def with_overrides(parameters: Parameters, overrides: Mapping[str, Any]) -> Parameters:
    """The parameters with dotted keys set: {"labour.separation_rate": 0.03}. Raises UserError in one line."""
    known = {information.key: information for information in describe_parameters()}
    changes: dict[str, dict[str, Any]] = {}
    for key, value in overrides.items():
        if key not in known:
            raise UserError(f"unknown parameter '{key}'; `xinzhi describe --parameters` lists them")
        group, _, name = key.partition(".")
        changes.setdefault(group, {})[name] = _checked(known[key], value)
    groups = {group: replace(getattr(parameters, group), **values) for group, values in changes.items()}
    return replace(parameters, **groups)


def _checked(information: ParameterInformation, value: Any) -> Any:
    key, default = information.key, information.default
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise UserError(f"{key} should be true or false, not {value!r}")
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise UserError(f"{key} should be a number in {information.unit}, not {value!r}")
    if isinstance(default, int) and value != int(value):
        raise UserError(f"{key} should be a whole number, not {value!r}")
    lower, upper = information.lower, information.upper
    if lower is not None and upper is not None and not lower <= value <= upper:
        raise UserError(f"{key} should lie between {lower:g} and {upper:g}, not {value:g}")
    return type(default)(value)
