"""The exogenous part of growth, macroeconomic shocks and structural change."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Growth", "Shocks", "StructuralChange"]


@dataclass(frozen=True)
class Growth(Viewed):
    """The exogenous part of growth."""

    trend_opening: float = parameter(0.0090, "per quarter", 0.0, 0.03, "derived: rule of growth per worker estimated on Penn World Table to 2011, given 1979-2023: 4.3 % a year, less .66 that selection, upgrading and the move off the land add; decision 0257; for comparison, the EIU has 4.6 % a year in 2020-30 (read); range .006 to .012", "frontier drift at the opening", "tuned")
    expected_growth_above_frontier: float = parameter(0.0009, "per quarter", 0.0, 0.01, "measured: growth of GDP over the drift in years 1-5, seeds 1-20, without AI", "growth on top of the drift that people expect at the opening", "tuned")
    trend_long_run: float = parameter(0.0077, "per quarter", -0.005, 0.03, "derived: the same rule in the end: 3.6 % a year, less .49 that the model adds; for comparison, the EIU has 2.9 % a year per worker in 2031-50 and the Lowy Institute 2022 growth of 2 % in 2040 (both read); range .0017 to .0105; at .0017 there is no lasting part of China's own, only the frontier's 1.2 % a year", "frontier drift in the long run", "tuned")
    half_life: float = parameter(10.35, "quarters", 1.0, 400.0, "the same rule: what is over the lasting part shrinks to .765 in a year; 20 quarters without a lasting part", "half-life of the decline of the drift", "empirical")
    inflation_target: float = parameter(0.005, "per quarter", 0.0, 0.02, "2 % a year, PBoC practice", "inflation target", "policy")
    world_inflation: float = parameter(0.005, "per quarter", 0.0, 0.02, "2 % a year", "inflation abroad, in foreign money")
    opening_year: int = parameter(2024, "year", 2012, 2024, "the tables: 2012, 2015 and 2024", "calendar year of quarter 0; an earlier one brings its own tables and assumptions", "policy")


@dataclass(frozen=True)
class Shocks(Viewed):
    """Macroeconomic shocks: first-order autoregressions with the same draws under every policy."""

    export_deviation: float = parameter(0.025, "log points", 0.0, 0.2, "own", "standard deviation of export demand shocks", "tuned")
    export_persistence: float = parameter(0.6, "share", 0.0, 0.99, "own", "persistence of export demand")
    exchange_deviation: float = parameter(0.016, "log points", 0.0, 0.1, "changes of the yuan against the dollar, in which most trade is priced (Gopinath et al. 2020, from memory): .014 a quarter in 2000-19, .018 in 2010-19; of the real effective rate, Bank for International Settlements, .0245 and .0223; range .01 to .025", "standard deviation of shocks to the exchange rate")
    consumption_deviation: float = parameter(0.006, "log points", 0.0, 0.1, "own", "standard deviation of consumption shocks")
    consumption_persistence: float = parameter(0.5, "share", 0.0, 0.99, "own", "persistence of consumption shocks")
    investment_deviation: float = parameter(0.036, "log points", 0.0, 0.3, "own", "standard deviation of investment shocks", "tuned")
    investment_persistence: float = parameter(0.75, "share", 0.0, 0.99, "own", "persistence of investment shocks")
    productivity_deviation: float = parameter(0.0005, "log points", 0.0, 0.02, "own", "standard deviation of the common productivity shock", "tuned")
    harvest_deviation: float = parameter(0.06, "log points", 0.0, 0.3, "tuned to the standard deviation of quarterly consumer price inflation, .34 in 2012-19 and .66 in 2000-19", "standard deviation of shocks to what farms ask: harvests and the pork cycle", "tuned")
    harvest_persistence: float = parameter(0.6, "share", 0.0, 0.99, "own; a herd of pigs takes about a year to rebuild, vegetables a season; range .4 to .8", "persistence of what farms ask beyond their costs")
    commodity_deviation: float = parameter(0.05, "log points", 0.0, 0.5, "a third of that of Brent, .152 a quarter in 2000-19 (EIA): coal and ores move less; range .04 to .15", "standard deviation of shocks to world prices of what mines and refineries sell")
    commodity_persistence: float = parameter(0.9, "share", 0.0, 0.99, "own; Brent about its trend, 2000-19: .77 to .9 a quarter; range .75 to .97", "persistence of world prices of what mines and refineries sell")


@dataclass(frozen=True)
class StructuralChange(Viewed):
    """What takes people out of agriculture: Engel curves, productivity by sector, a gap in incomes that some cross."""

    official_opening: bool = parameter(True, "switch", None, None, "NBS 2024; false: the count of 2018", "whether agriculture opens with its official share of employment")
    engel_curves: bool = parameter(True, "switch", None, None, "false: constant value shares", "whether baskets change with income")
    substitution: float = parameter(0.25, "elasticity", 0.05, 0.95, "Comin, Lashkari and Mestieri 2021, households: .26, from memory", "substitution between the goods of a basket")
    least_elasticity: float = parameter(0.3, "elasticity", 0.0, 1.0, "own; cuts the rural-urban slopes of the table", "lowest income elasticity of a good at the opening")
    highest_elasticity: float = parameter(2.0, "elasticity", 1.0, 5.0, "own; cuts the rural-urban slopes of the table; range 1.5 to 3", "highest income elasticity of a good at the opening")
    sector_trends: bool = parameter(True, "switch", None, None, "false: one drift for all", "whether productivity grows at different speeds")
    agriculture_trend: float = parameter(0.7, "share of the drift", -1.0, 3.0, "tuned to the official decline of its employment; NBS 2010-23: .35, 7.9 % a year against a mean of 5.8, from memory; Brandt, Hsieh and Zhu 2008: 6.75 % a year against 4.65 elsewhere in 1978-2004 (abstract read); range .2 to 1", "drift of agriculture, excess over the mean before centring", "tuned")
    industry_trend: float = parameter(0.15, "share of the drift", -1.0, 3.0, "NBS 2010-23: 6.6 % a year, from memory", "the same of industry and construction")
    services_trend: float = parameter(-0.15, "share of the drift", -1.0, 3.0, "NBS 2010-23: 4.9 % a year, from memory", "the same of services")
    information_lead: float = parameter(0.15, "share of the drift", -1.0, 3.0, "own; half a point to one point a year: output per hour in information grows faster than in other services nearly everywhere", "drift of software and telecoms, excess over that of services")
    input_drift: float = parameter(0.2, "share", 0.0, 1.5, "derived: drift of 2012-18 explains .24 of that of 2018-20 and .15 of that of 2018-23 by cell; range 0 to .5", "part of the recorded drift of inputs between the tables that goes on at the opening", "empirical")
    input_drift_half_life: float = parameter(40.0, "quarters", 1.0, 1000.0, "own; range 20 to 80", "half-life of that drift")
    migration: bool = parameter(True, "switch", None, None, "false: farmers quit like others", "whether farmers leave for higher incomes elsewhere")
    migration_response: float = parameter(0.15, "per quarter", 0.0, 2.0, "tuned to the official decline of agricultural employment", "hazard of leaving at age 20 per log point of expected gain", "tuned")
    migration_cost: float = parameter(0.3, "log points", 0.0, 3.0, "own; hukou, land and distance; Tombe and Zhu 2019 find such costs large, from memory", "expected gain below which no farmer leaves")
    migration_ageing: float = parameter(0.046, "per year", 0.0, 0.5, "own; halves every 15 years", "fall of the hazard with age")
    return_hazard: float = parameter(0.3, "per quarter", 0.0, 1.0, "Huang et al. 2010 (abstract read): of 49 million laid off from October 2008 to April 2009 half had work off the farm by April, and by August under 2 % of the rural labour force was unemployed; tuned to unemployment and the fall of agriculture's share on seeds 1-20; a range of 0 to .5 must be shown", "chance that somebody with a claim to land goes back to a farm once search has failed", "tuned")
    return_wait: int = parameter(2, "quarters", 0, 40, "own; half of those laid off in 2008-09 had work again within about half a year, Huang et al. 2010 (abstract read); range 1 to 4", "time since the job was lost after which one may go back to a farm")
    land_of_others: float = parameter(0.9, "share", 0.0, 1.0, "own; with land_of_insured it makes .52 of those outside agriculture: NBS, survey of migrant workers, 299.7 million in 2024 (news report read) over 571 million employed outside agriculture; range .7 to 1, which goes with .4 to .18 of the insured", "adults outside agriculture and without employees' insurance who have a claim to farmland", "tuned")
    land_of_insured: float = parameter(0.25, "share", 0.0, 1.0, "own; about a fifth to a quarter of migrant workers are in the employees' pension scheme, Ministry of Human Resources, from memory, which is a tenth to a fifth of the insured; range .1 to .4", "the same of those with it", "tuned")
    farm_surplus: float = parameter(0.1, "share", 0.0, 1.0, "own; what the model settles at in the first years; China's hidden surplus is put at a tenth to two fifths of farm labour, from memory; range .02 to .2", "hands on farms at the opening over those that they have work for", "tuned")
    least_farm_income: float = parameter(0.1, "share", 0.001, 1.0, "guard", "income of a farm that counts at least, against the mean of the farms")
    farm_wages: float = parameter(0.8, "share of value added", 0.05, 1.0, "own; the published compensation of agriculture holds the profit of its farmers", "wages of agriculture at the opening; the rest of its compensation is mixed income")
