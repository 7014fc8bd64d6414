"""Firms, their investment and foreign trade."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["FirmBehaviour", "Investment", "Trade"]


@dataclass(frozen=True)
class FirmBehaviour(Viewed):
    """Plans, prices, competition, exit and entry."""

    least_staff: float = parameter(2.0, "workers", 0.5, 100.0, "own; about 7 workers a firm at 10,000 adults; Economic Census 2023: 12.9 persons a legal unit, 5.0 with the self-employed; range 1 to 4", "least size in the Pareto law of firm sizes, mean of the sectors")
    size_exponent: float = parameter(1.06, "exponent", 0.7, 3.0, "Axtell 2001, from memory; US 2021 1.03", "Pareto tail of firm size at the opening")
    largest_share: float = parameter(0.02, "share", 0.001, 0.2, "own", "largest share of employment in one firm at the opening")
    demand_gain: float = parameter(0.8, "share", 0.01, 1.0, "Assenza et al. 2015: 0.4-0.5; tuned to Okun's law", "speed of learning about demand", "tuned")
    trend_gain: float = parameter(0.04, "share", 0.0, 1.0, "own", "speed of learning about the growth of the sector")
    inventory_target: float = parameter(0.35, "quarters of sales", 0.0, 2.0, "NBS inventories about .3", "inventory that producers of goods aim at")
    inventory_speed: float = parameter(0.3, "per quarter", 0.0, 1.0, "Assenza et al. 2015", "speed of closing inventory gaps")
    least_plan: float = parameter(0.3, "share", 0.0, 1.0, "own", "output planned of expected demand at least, however full the stores are")
    substitution: float = parameter(0.5, "elasticity", 0.3, 0.95, "Chirinko 2008: .4 to .6; Knoblach, Roessler and Zwerschke 2020: .45 to .87; Gechert et al. 2022: .3 (abstract read); China's provinces 1978-2011 .22-.55, Hao and Shen 2014 (abstract read); range .4 to .7", "elasticity of substitution between capital and labour in a firm")
    overtime: float = parameter(0.05, "share", 0.0, 0.5, "own", "output above the normal hours of the staff", "tuned")
    normal_utilisation: float = parameter(0.85, "share", 0.3, 1.0, "NBS: 74 to 76 % of industry in 2023-24 (read); surveys abroad have up to 89; range .75 to .88", "normal use of capacity")
    price_speed: float = parameter(0.5, "per quarter", 0.05, 1.0, "share of prices of goods that change in a quarter, from monthly shares: Bils and Klenow 2004 .5, Nakamura and Steinsson 2008 without sales .25, both from memory; range .25 to .6", "speed of price adjustment in industry and construction")
    price_speed_raw: float = parameter(0.9, "per quarter", 0.05, 1.0, "as above: raw goods .9, vehicle fuel 1, fresh food .6; range .6 to 1", "the same in agriculture, mining and refining")
    price_speed_services: float = parameter(0.35, "per quarter", 0.05, 1.0, "as above: services .5 and .2; range .15 to .5; electricity is sold at prices that the state sets", "the same in services and the supply of electricity")
    indexation: float = parameter(0.6, "share", 0.0, 1.0, "own; Smets and Wouters 2003: .47, 2007: .24, to past inflation, from memory; range .2 to 1", "part of expected inflation that prices follow of themselves between revisions")
    indexation_to_past: float = parameter(0.2, "share", 0.0, 1.0, "own; as above", "part of smoothed past inflation that they follow")
    commodity_following: float = parameter(0.6, "elasticity", 0.0, 1.0, "own; coal and fuel are priced by formulas with ceilings that follow the world in part; range .3 to .9", "response of the prices that mines and refineries at home ask to those abroad")
    largest_price_gap: float = parameter(1.25, "factor", 1.0, 10.0, "guard", "wanted price over the present one, or the reverse, as far as a firm acts upon it in a quarter")
    ai_saving_retained: float = parameter(0.35, "share", 0.0, 1.0, "De Loecker, Goldberg, Khandelwal and Pavcnik 2016: pass-through of costs is incomplete, from memory; a range is always shown", "share of unit cost saved by AI that stays in the price")
    own_wage_weight: float = parameter(0.5, "share", 0.0, 1.0, "own", "weight of the firm's own wages in what it takes labour to cost; the rest is the mean of its sector")
    mark_up_share: float = parameter(0.04, "elasticity", 0.0, 1.0, "Dosi et al. 2010", "response of the mark-up to market share growth")
    mark_up_reversion: float = parameter(0.05, "per quarter", 0.0, 1.0, "own", "return of the mark-up to the sector's norm")
    mark_up_utilisation: float = parameter(0.1, "elasticity", 0.0, 1.0, "own", "response of the mark-up to capacity use")
    price_utilisation: float = parameter(0.3, "elasticity", 0.0, 2.0, "estimated: a point of GDP from demand at home or abroad moves the GDP deflator by .5 half a year later with 0 and by 1.1 with .4; regression on growth over four quarters, 2000-19: .9; that supply curves rise with use of capacity, Boehm and Pandalai-Nayar 2022, abstract read; range .1 to .6", "response of the price that firms ask to the use of their sector's capacity against the usual one", "tuned")
    usual_use_gain: float = parameter(0.05, "per quarter", 0.0, 1.0, "own; five years, a plan's horizon; range .03 to .15", "speed at which firms get used to a use of capacity")
    lowest_mark_up: float = parameter(0.5, "factor", 0.0, 1.0, "own", "least mark-up against the norm of the sector")
    highest_mark_up: float = parameter(1.6, "factor", 1.0, 10.0, "own", "largest mark-up against the norm of the sector")
    sector_signal: float = parameter(0.5, "share", 0.0, 1.0, "own; between a firm's own orders and its sector's; range .2 to .8", "weight of the sector's demand by market share in the demand that a firm sees; the rest is its own sales or orders")
    selection: float = parameter(0.17, "per quarter", 0.0, 3.0, "Dosi et al. 2010: 1 a year; Decker, Haltiwanger, Jarmin and Miranda 2018: the response of young high-tech firms of the United States to their productivity is half to two thirds of that of the 1990s (abstract read); range .05 to .4", "shift of market shares to cheaper firms")
    unfilled_penalty: float = parameter(0.05, "log points", 0.0, 1.0, "own; a field test finds that later orders fall too: Anderson, Fitzsimons and Simester 2006 (abstract read); the size is a guess; range .02 to .15", "market share lost for unfilled orders")
    quality_gain: float = parameter(1.0, "factor", 0.0, 10.0, "the sum of the applications", "strength of what AI adds to products in the eyes of customers")
    share_deviation: float = parameter(0.05, "log points", 0.0, 0.3, "own; firm growth s.d. about .1 a year; it fell by two fifths in the United States after 1982: Davis, Haltiwanger, Jarmin and Miranda 2006 (abstract read); range .03 to .08", "random shock to market shares")
    smallest_share: float = parameter(0.08, "share of mean", 0.0, 0.5, "tuned to firms that leave; the barrier that keeps the Pareto tail (Gabaix 1999)", "market share below which a firm leaves", "tuned")
    entrant_share: float = parameter(0.12, "share of mean", 0.01, 1.0, "own", "market share of an entrant at least")
    entrant_gap: float = parameter(-0.03, "log points", -0.5, 0.5, "own", "entrant's productivity against the sector mean")
    entrant_deviation: float = parameter(0.08, "log points", 0.0, 1.0, "own", "dispersion of entrants' productivity")
    entrant_adoption: float = parameter(0.3, "share", 0.0, 1.0, "own", "entrants that use AI against the adoption of their sector")
    capital_deviation: float = parameter(0.12, "log points", 0.0, 0.13, "own; what the model settles at", "dispersion of capital per unit of output at the opening", "tuned")
    productivity_spread: float = parameter(0.07, "log points", 0.0, 1.0, "own; costs within a sector at equal prices; revenue productivity of China's plants is ten times as dispersed, Hsieh and Klenow 2009, from memory; range .04 to .3", "dispersion of productivity at the opening")
    liquidity_target: float = parameter(0.25, "quarters of sales", 0.0, 4.0, "own", "deposits that firms aim at")
    payout_speed: float = parameter(0.25, "per quarter", 0.0, 1.0, "own", "payout of deposits above the target")
    highest_payout: float = parameter(0.9, "share of deposits", 0.0, 1.0, "own", "most of its deposits that a firm pays out in a quarter")
    small_staff: float = parameter(50.0, "workers", 2.0, 500.0, "OECD and EU: fewer than 50 persons; a firm's staff is counted in persons", "staff below which a firm is small in the sense of the law", "policy")
    room_for_stocks: float = parameter(0.3, "share of output", 0.0001, 2.0, "own; with it firms make about as much more in the first quarter as later on; in the model as it settles, those without free capacity hold none and those with more than .1 hold most; range .1 to .4", "capacity beyond output from which a firm has filled its inventories at the opening", "tuned")
    inventories_held: float = parameter(0.82, "share of the target", 0.0, 1.0, "own; plans close gaps only in part, and staff is short now and then; range .75 to .95", "inventories that producers of goods hold at the opening", "tuned")


@dataclass(frozen=True)
class Investment(Viewed):
    """Fixed capital of firms."""

    depreciation: float = parameter(0.0125, "per quarter", 0.001, 0.1, "own; 5 % a year; buildings last long, machines do not; range .01 to .0175", "depreciation of firms' and public capital")
    highest_capital_ratio: float = parameter(3.6, "years of GDP", 1.0, 10.0, "own; Penn World Table: 3.2 to 4.8", "capital above which depreciation is raised to fit the table's investment, at low growth")
    accelerator: float = parameter(0.02, "per quarter", 0.0, 0.3, "own; gaps close in four to twenty-five years, beside the growth of the sector; range .01 to .06", "response to the gap between wanted and actual capital")
    reallocation: float = parameter(0.10, "per quarter", 0.0, 0.5, "own; capital moves between firms faster than sectors grow", "response to a firm's gap against its sector's")
    largest_gap: float = parameter(1.5, "share", 0.0, 20.0, "own", "excess of wanted over actual capital of a firm against its sector, as far as the firm acts upon it")
    trend_weight: float = parameter(0.5, "share", 0.0, 1.0, "own", "weight of the growth of the sector in the growth that firms build for; the rest is that of productivity in the long run")
    rate_response: float = parameter(2.0, "semi-elasticity", 0.0, 20.0, "user-cost literature", "response to the annual real interest gap")
    mood_limit: float = parameter(0.6, "log points", 0.05, 2.0, "guard", "largest effect of mood and interest on investment, up or down")
    required_return: float = parameter(0.02, "per quarter", 0.0, 0.1, "about 8 % a year", "return over depreciation that capital in automated tasks must earn")
    smoothing: float = parameter(0.25, "share", 0.01, 1.0, "own", "speed of adjusting the investment rate")
    lump: float = parameter(0.2, "share of capital", 0.0, 1.0, "own; Cooper and Haltiwanger 2006: 18 % of plants have spikes above .2 a year, half of investment; the model: 9 %, a sixth", "capital that a firm orders at a time; 0: a little every quarter", "tuned")
    highest_rate: float = parameter(0.12, "per quarter", 0.01, 0.5, "guard", "largest investment rate")
    leverage: float = parameter(0.3, "share of capital", 0.0, 0.9, "bank part of NBS liabilities/assets about .5", "loans that firms aim at")
    highest_leverage: float = parameter(0.75, "share of capital", 0.1, 1.0, "Poledna et al. 2023", "limit of borrowing")
    cash_share: float = parameter(0.9, "share of deposits", 0.0, 1.0, "own", "deposits that a firm would spend on investment in a quarter")
    credit_share: float = parameter(0.2, "share", 0.0, 1.0, "own", "part of the unused room for loans that a firm would spend on investment in a quarter")
    insolvent_leverage: float = parameter(1.3, "share of capital", 0.5, 5.0, "own", "loans above deposits at which a firm is bankrupt, whatever its inventory is worth")
    tax_elasticity: float = parameter(0.5, "elasticity", 0.0, 4.0, "Hassett and Hubbard 2002: .5-1, from memory", "response of investment to its cost after tax relief")
    loan_speed: float = parameter(0.15, "per quarter", 0.01, 1.0, "own", "speed of loan adjustment")


@dataclass(frozen=True)
class Trade(Viewed):
    """The rest of the world."""

    export_elasticity: float = parameter(1.2, "elasticity", 0.0, 10.0, "Hooper, Johnson and Marquez 2000: .3 (Germany) to 1.6 (United Kingdom), from memory; IMF, World Economic Outlook October 2015, chapter 3: about .3 for the average country, from memory; China 1992-2006 .65 in the short run, Yao, Tian and Su 2013 (abstract read); range .3 to 2", "price elasticity of exports in the long run")
    import_elasticity: float = parameter(0.8, "elasticity", 0.0, 10.0, "Armington .8; .3 to 1.5", "substitution between home and foreign goods in the long run")
    adjustment_speed: float = parameter(0.12, "per quarter", 0.0, 1.0, "own; .06 to .25; an elasticity of exports of .5 after one year and 1.0 after four; IMF, World Economic Outlook October 2015, chapter 3: years, much of it in the first", "part of a change of relative prices that buyers here and abroad respond to in a quarter")
    highest_import_share: float = parameter(0.9, "share", 0.0, 1.0, "guard", "largest share of imports in any use of a good")
    world_growth: float = parameter(0.0070, "per quarter", -0.01, 0.03, "2.8 % a year: growth that the IMF expected in 2024 of those who buy China's exports, by their part in them: United States 2.1, European Union 1.2, South-East Asia 4.6, others .8 to 6.5, from memory; trade has grown about as income since 2012, IMF October 2016, chapter 2, from memory; range .005 to .0085", "growth of demand abroad at the opening, AI apart")
    world_growth_long_run: float = parameter(0.0045, "per quarter", -0.01, 0.03, "1.8 % a year: OECD, The Long View, 2018: the world's trend growth declines from 3.5 to 2 % in 2060; China's is above the mean at first; range .003 to .006", "the same in the long run")
    world_growth_half_life: float = parameter(40.0, "quarters", 1.0, 400.0, "own; about half of OECD's decline to 2060 is over by 2035; range 20 to 80", "half-life of that decline")
    world_adoption: float = parameter(1.0, "factor", 0.0, 3.0, "assumption: the world adopts at China's pace", "adoption of AI in the rest of the world against the assumed path")
    world_gain: float = parameter(0.08, "log points", 0.0, 1.0, "own; about the gain of GDP at home on the central assumptions; the IMF 2025 has .5 % of world GDP a year in 2025-30, Goldman Sachs 2023 7 % in ten years, Acemoglu 2025 .9 to 1.6 % for the United States (all read in reports); range .02 to .2", "demand abroad that AI adds in the end")
    world_midpoint: float = parameter(56.0, "quarters", 1.0, 400.0, "own", "when half of it is reached")
    world_width: float = parameter(14.0, "quarters", 1.0, 200.0, "own", "how long the rise takes")
    exchange_reversion: float = parameter(0.05, "per quarter", 0.0, 1.0, "Rogoff 1996: half of a deviation from purchasing power parity is left after 3 to 5 years, from memory; .03 to .1", "part of the way to the fundamental real exchange rate that the exchange rate goes in a quarter")
    interest_parity: float = parameter(0.5, "factor", 0.0, 2.0, "own; 0 for a peg, 1 for uncovered interest parity in full; China's managed float between", "appreciation in a quarter per unit of the real rate of interest above its natural level")
    balance_response: float = parameter(2.0, "log points per GDP", 0.0, 20.0, "own; 0 to 5; the IMF's External Sector Reports take 4 to 5 to remove a balance of one, from memory", "by how much a better balance of trade makes the currency dearer in the long run")
    assets_response: float = parameter(0.2, "log points per annual GDP", 0.0, 5.0, "Lane and Milesi-Ferretti 2004: about .2, from memory; .1 to .5", "by how much claims on abroad make the currency dearer in the long run")
