"""Every recorded series: its name, its unit, and how it is read off the economy.

Shares and rates are fractions, flows are per quarter, ``real_`` is at the prices of 2024Q1. A value that is not defined
is NaN here and has no row in the tables. Money is national: what the economy in memory has, times the persons that one
of its workers stands for.
"""

from __future__ import annotations

import numpy as np

from abm.codes import Status
from abm.data import load_tables
from abm.results.measures import MWH_TO_TWH, NAN, SIZE_LIMITS, TENTHS, TONNES_TO_MT, Measures
from abm.results.outcome_declaration import ORIGINS, Display, GroupOutcome, Iamc, Outcome, as_per_cent
from abm.structure import REGIONS

__all__ = ["GROUP_LABELS", "GROUP_OUTCOMES", "ORIGINS", "OUTCOMES", "Display", "GroupOutcome", "Measures", "Outcome"]


GINI_UNIT = "Gini index, 0 all equal, 100 one has all"
# Units of the Integrated Assessment Modelling Consortium, and what leads to them.
BILLION, REAL_BILLION, REAL_PER_PERSON = "billion CNY/yr", "billion CNY_{year}/yr", "thousand CNY_{year}/yr"
TRILLION_TO_BILLION, TWH_TO_EJ, PER_CENT = 1e3, 3.6e-3, 100.0


# Shown alike for the whole economy and for groups.
EMPLOYMENT = Display("Employment", decimals=0, span=50.0)
UNEMPLOYMENT = as_per_cent("Unemployment", "per cent of the labour force", from_zero=True, span=8.0)
EMISSIONS = Display("CO2 emissions", flow=True, decimals=0, from_zero=True)
ELECTRICITY = Display("Electricity use", flow=True, decimals=0, from_zero=True)
ADOPTION = as_per_cent("Firms that use AI", "per cent of firms", 0, from_zero=True, span=100.0)
USE = as_per_cent("Depth of AI use", "per cent of full use", 0, from_zero=True, span=100.0)
FOOD = as_per_cent("Farm products in consumption", "per cent of consumption", from_zero=True)


OUTCOMES = (
    Outcome("real_gdp", "trn CNY of 2024Q1", "GDP at base-year prices", "imposed", "growth.trend_opening and growth.trend_long_run give the path without AI; the effect of AI is emergent", lambda m: m.money(m.macro.real_gdp), Display("Real GDP", flow=True, prices=True, from_zero=True), Iamc("GDP|Real", REAL_BILLION, TRILLION_TO_BILLION)),
    Outcome("nominal_gdp", "trn CNY", "GDP at current prices", "imposed", "as real GDP, times prices that follow growth.inflation_target", lambda m: m.money(m.macro.nominal_gdp), Display("GDP at current prices", flow=True, from_zero=True), Iamc("GDP|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("gdp_growth_annual", "fraction per year", "real GDP against four quarters before", "imposed", "the trend is given; its deviation was tuned by shocks.investment_deviation and others", lambda m: m.yearly("real_gdp", m.macro.real_gdp), as_per_cent("Growth of real GDP", "per cent over a year", span=4.0), None),
    Outcome("labour_productivity", "thousand CNY of 2024Q1", "real GDP per employed person", "imposed", "growth.trend_opening and growth.trend_long_run; the effect of AI is emergent", lambda m: m.macro.real_gdp / m.macro.employed, Display("Labour productivity", flow=True, prices=True, from_zero=True), Iamc("Labour Productivity|Real", REAL_PER_PERSON)),
    Outcome("tfp_ai_contribution", "fraction of GDP", "productivity gain from AI, aggregated by Hulten's theorem", "emergent", "gains per unit of use are assumed; adoption and the extent of use are emergent", lambda m: m.summary.hulten_gain / m.macro.nominal_gdp, as_per_cent("AI's contribution to productivity", "per cent of GDP", from_zero=True), None),
    Outcome("inflation_annual", "fraction per year", "consumer prices against four quarters before", "imposed", "growth.inflation_target anchors the mean; deviations from it are emergent", lambda m: m.yearly("consumer_price", m.macro.consumer_price), as_per_cent("Inflation", "per cent over a year", span=4.0), None),
    Outcome("unemployment_rate", "fraction of the labour force", "unemployed persons, trainees excluded", "tuned", "labour.idle_staff_per_firm, labour.firing_speed, firms.overtime and firms.demand_gain; labour.natural_unemployment anchors it", lambda m: m.macro.unemployment_rate, UNEMPLOYMENT, Iamc("Unemployment|Rate", "%", PER_CENT)),
    Outcome("vacancy_rate", "fraction of jobs", "unfilled jobs over all jobs", "emergent", "from matching and turnover", lambda m: m.macro.vacancy_rate if m.economy.quarter else NAN, as_per_cent("Vacancies", "per cent of posts", 2, from_zero=True), None),
    Outcome("employment", "million people", "employed persons", "imposed", "the labour force is given; only unemployment is emergent", lambda m: m.people(m.macro.employed), EMPLOYMENT, Iamc("Employment", "million")),
    Outcome("adult_population", "million people", "persons of 20 years and over", "imposed", "births, deaths and the pyramid of 2024", lambda m: m.people(m.macro.adults), Display("Adults", decimals=0, span=50.0), Iamc("Population|Age 20 and Over", "million")),
    Outcome("old_age_share", "fraction of adults", "persons of 60 years and over among adults", "imposed", "births, deaths and the pyramid of 2024", lambda m: m.summary.old / m.macro.adults, as_per_cent("Adults of 60 years and over", "per cent of adults", from_zero=True), None),
    Outcome("labour_share", "fraction of GDP", "compensation of employees and mixed income of agriculture", "emergent", "imposed at the opening only", lambda m: m.macro.labour_income / m.macro.nominal_gdp, as_per_cent("Labour share", "per cent of national income that goes to work", span=10.0), Iamc("Labour Income Share", "%", PER_CENT)),
    Outcome("real_wage_mean", "thousand CNY of 2024Q1", "mean gross wage at consumer prices of 2024Q1", "emergent", "imposed at the opening only; it follows productivity and scarcity", lambda m: m.macro.mean_wage / m.macro.consumer_price, Display("Mean real wage", flow=True, prices=True, from_zero=True), Iamc("Wage|Real", REAL_PER_PERSON)),
    Outcome("agricultural_employment_share", "fraction of employment", "employed in agriculture, forestry and fishing", "tuned", "structural_change.agriculture_trend and migration_response, for the official decline; imposed at the opening", lambda m: m.summary.farm_jobs_share, as_per_cent("Work in agriculture", "per cent of all employed", from_zero=True), None),
    Outcome("farm_income_gap", "ratio", "mean net earnings outside agriculture over those of its workers, mixed income included", "emergent", "imposed at the opening only", lambda m: m.summary.farm_income_gap, Display("Earnings elsewhere against farming", "ratio", decimals=2, span=0.5), None),
    Outcome("farm_leavers", "million people", "farmers who left for other work", "tuned", "structural_change.migration_response", lambda m: m.people(m.macro.migrants), Display("Farmers who leave for other work", flow=True, decimals=1, from_zero=True), None),
    Outcome("food_share", "fraction of consumption", "agricultural products in planned household purchases", "emergent", "the Engel curve is given; incomes and prices are emergent", lambda m: m.summary.food_share, FOOD, None),
    Outcome("services_share", "fraction of consumption", "services in planned household purchases", "emergent", "the Engel curves are given; incomes and prices are emergent", lambda m: m.summary.services_share, as_per_cent("Services in consumption", "per cent of consumption", span=10.0), None),
    Outcome("gini_disposable_income", "index 0-1", "Gini of disposable income per adult", "tuned", "labour.efficiency_deviation, for the opening; later changes are emergent", lambda m: float(m.statistics.gini[0]), Display("Inequality of disposable income", GINI_UNIT, 100.0, span=6.0), Iamc("Gini Coefficient|Disposable Income", "")),
    Outcome("gini_wage", "index 0-1", "Gini of gross wages of the employed", "emergent", "no target, but it depends on the dispersion tuned for incomes", lambda m: float(m.statistics.gini[1]), Display("Inequality of wages", GINI_UNIT, 100.0, span=6.0), None),
    Outcome("gini_wealth", "index 0-1", "Gini of deposits, dwellings and equity at market value", "tuned", "households.propensity_low_income, households.wealth_scale and households.equity_owners, for the opening; later changes are emergent", lambda m: float(m.statistics.gini[2]), Display("Inequality of wealth", GINI_UNIT, 100.0, stock=True, span=6.0), Iamc("Gini Coefficient|Wealth", "")),
    Outcome("top10_wealth_share", "fraction of wealth", "share of the richest tenth in deposits, dwellings and equity", "tuned", "households.propensity_low_income and the others of the Gini of wealth", lambda m: m.summary.top_tenth_of_wealth, as_per_cent("Wealth of the richest tenth", "per cent of all wealth", span=6.0, stock=True), None),
    Outcome("equity_value", "trn CNY", "market value of equity in private hands", "tuned", "households.equity_premium, for the opening; dividends and rates later are emergent", lambda m: m.money(m.macro.equity_value), Display("Market value of equity", stock=True, from_zero=True), None),
    Outcome("palma_ratio", "ratio", "income of the richest tenth over that of the poorest four", "emergent", "no target, but it depends on the dispersion tuned for incomes", lambda m: m.summary.palma_ratio, Display("Richest tenth against poorest four tenths", "ratio of their incomes", decimals=2, span=0.5), None),
    Outcome("top10_income_share", "fraction of income", "share of the richest tenth in disposable income", "emergent", "no target, but it depends on the dispersion tuned for incomes", lambda m: m.summary.top_tenth_of_income, as_per_cent("Income of the richest tenth", "per cent of all income", span=6.0), None),
    Outcome("co2_emissions", "Mt CO2", "carbon dioxide, households included", "imposed", "GDP times carbon per GDP, both given without AI", lambda m: m.co2 * m.persons * TONNES_TO_MT, EMISSIONS, Iamc("Emissions|CO2|Energy and Industrial Processes", "Mt CO2/yr")),
    Outcome("co2_per_gdp", "t CO2 per million CNY of 2024Q1", "carbon dioxide over real GDP", "imposed", "energy.fuel_trend and energy.grid_trend", lambda m: m.co2 / m.macro.real_gdp * 1e3, Display("CO2 per unit of real GDP", "tonnes per million CNY", decimals=0, from_zero=True), None),
    Outcome("electricity_use", "TWh", "electricity, households and AI included", "imposed", "GDP times energy.electricity_trend, both given without AI", lambda m: m.electricity * m.persons * MWH_TO_TWH, ELECTRICITY, Iamc("Electricity Use", "EJ/yr", TWH_TO_EJ)),
    Outcome("ai_electricity", "TWh", "electricity of AI", "emergent", "the opening and the trend per yuan of services are given; purchases are emergent", lambda m: m.macro.ai_electricity * m.persons * MWH_TO_TWH, Display("Electricity of AI", flow=True, decimals=0, from_zero=True), Iamc("Electricity Use|Artificial Intelligence", "EJ/yr", TWH_TO_EJ)),
    Outcome("ai_adoption_share", "fraction of firms", "firms in pilot, scaled or autonomous use of AI", "tuned", "artificial_intelligence.adoption_constant, adoption_peers and cost_fall, for a path between the EU and US curves", lambda m: m.summary.adopters / m.economy.firms.rows, ADOPTION, Iamc("Artificial Intelligence|Share of Firms", "%", PER_CENT)),
    Outcome("ai_adoption_share_small", "fraction of firms", "the same, 10-49 persons", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", lambda m: m.adoption_of(1), as_per_cent("Small (10-49 persons)", "per cent of firms", 0, True, 100.0), None),
    Outcome("ai_adoption_share_medium", "fraction of firms", "the same, 50-249 persons", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", lambda m: m.adoption_of(2), as_per_cent("Medium (50-249)", "per cent of firms", 0, True, 100.0), None),
    Outcome("ai_adoption_share_large", "fraction of firms", "the same, 250 persons and more", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", lambda m: m.adoption_of(3), as_per_cent("Large (250 or more)", "per cent of firms", 0, True, 100.0), None),
    Outcome("ai_use_intensity", "index 0-1", "effective use of AI, mean weighted by output", "emergent", "capability follows from data, compute, algorithms and staff", lambda m: m.summary.ai_use, USE, None),
    Outcome("research_spending_ratio", "fraction of GDP", "business research and development over GDP", "emergent", "imposed at the opening only", lambda m: m.macro.research_spending / m.macro.nominal_gdp, as_per_cent("Business research", "per cent of GDP", 2, from_zero=True), None),
    Outcome("trainees", "million people", "persons in public retraining", "imposed", "the places are a policy", lambda m: m.people(m.macro.trainees), Display("People in retraining", decimals=1, from_zero=True), None),
    Outcome("public_debt_ratio", "fraction of annual GDP", "government bonds over four times GDP", "emergent", "imposed at the opening; rules pull it towards government.debt_target", lambda m: m.macro.bonds / (4 * m.macro.nominal_gdp), as_per_cent("Public debt", "per cent of annual GDP", 0, from_zero=True, span=100.0, stock=True), Iamc("Government Debt|Share of GDP", "%", PER_CENT)),
    Outcome("government_balance_ratio", "fraction of GDP", "revenue less spending", "emergent", "from revenue, transfers and the rules", lambda m: m.macro.government_balance / m.macro.nominal_gdp, as_per_cent("Government balance", "per cent of GDP, below zero a deficit", span=6.0), None),
    Outcome("policy_cost_ratio", "fraction of GDP", "cost of the policies in force beyond the neutral ones, less their revenue", "emergent", "prices and rates are a policy; take-up is emergent", lambda m: m.macro.policy_cost / m.macro.nominal_gdp, as_per_cent("Cost of policies", "per cent of GDP", 2), None),
    Outcome("policy_rate", "fraction per year", "rate of the central bank, four times the quarter's", "emergent", "the rule is given; inflation and unemployment are emergent", lambda m: 4 * m.macro.policy_rate, as_per_cent("Policy rate of the central bank", "per cent", 2, from_zero=True, span=3.0), None),
    Outcome("consumption", "trn CNY", "private consumption", "emergent", "imposed at the opening only", lambda m: m.money(m.macro.consumption), Display("Household consumption", flow=True, from_zero=True), Iamc("Consumption|Private|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("investment", "trn CNY", "gross capital formation: firms, dwellings, government, inventories", "emergent", "imposed at the opening only; its deviation was tuned", lambda m: m.money(m.macro.investment), Display("Investment", flow=True, from_zero=True), Iamc("Investment|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("government_consumption", "trn CNY", "public consumption", "imposed", "a share of trend GDP; stabilisation and the debt response are emergent", lambda m: m.money(m.macro.government_consumption), Display("Government consumption", flow=True, from_zero=True), Iamc("Consumption|Public|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("exports", "trn CNY", "exports", "imposed", "world demand is given; the response to prices is emergent", lambda m: m.money(m.macro.exports), Display("Exports", flow=True, from_zero=True), Iamc("Exports|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("imports", "trn CNY", "imports", "emergent", "imposed at the opening only", lambda m: m.money(m.macro.imports), Display("Imports", flow=True, from_zero=True), Iamc("Imports|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("firm_exit_rate", "fraction of firms", "firms that left in the quarter", "tuned", "firms.smallest_share", lambda m: m.macro.exits / m.economy.firms.rows, as_per_cent("Firms that close", "per cent of firms", 1, from_zero=True, flow=True), None),
    Outcome("sfc_residual", "relative to household deposits", "largest gap in the books", "identity", "must be rounding only", lambda m: abs(m.economy.ledger.residual), Display("Largest gap in the books", decimals=16), None),
    Outcome("gdp_identity_residual", "relative to GDP", "largest gap between the three measures of GDP", "identity", "must be rounding only", lambda m: m.economy.ledger.gdp_residual, Display("Largest gap between the three measures of GDP", decimals=16), None),
    Outcome("policy_cost", "trn CNY", "cost of the policies in force beyond the neutral ones, less their revenue", "emergent", "prices and rates are a policy; take-up is emergent", lambda m: m.money(m.macro.policy_cost), Display("Cost of policies", flow=True, decimals=3), None),
)  # fmt: skip


def _occupation_unemployment(m: Measures) -> np.ndarray:
    force = m.occupations.employment + m.occupations.unemployment
    return np.divide(m.occupations.unemployment, force, out=np.full(force.size, NAN), where=force > 0)


def _region_rate(m: Measures) -> np.ndarray:
    counts = m.statistics.regions
    force = counts[:, Status.EMPLOYED] + counts[:, Status.UNEMPLOYED] + counts[:, Status.TRAINING]
    return np.divide(counts[:, Status.UNEMPLOYED], force, out=np.full(force.size, NAN), where=force > 0)


def _mean_wage_of_region(m: Measures) -> np.ndarray:
    jobs, wages = m.statistics.regions[:, Status.EMPLOYED], m.statistics.region_wages
    return np.divide(wages, jobs, out=np.full(jobs.size, NAN), where=jobs > 0) / m.macro.consumer_price


def _size_adoption(m: Measures) -> np.ndarray:
    return np.array([m.adoption_of(size) for size in range(len(SIZE_LIMITS))])


def _size_use(m: Measures) -> np.ndarray:
    firms, uses = m.statistics.size_firms, m.statistics.size_use
    return np.divide(uses, firms, out=np.full(firms.size, NAN), where=firms > 0)


def _decile_income(m: Measures) -> np.ndarray:
    persons = np.diff(np.arange(TENTHS + 1) * int(m.macro.adults) // TENTHS)
    return m.statistics.tenth_income / persons / m.macro.consumer_price


def _decile_food(m: Measures) -> np.ndarray:
    """By tenths of spenders; all alike where baskets do not differ, not defined at the opening."""
    return m.statistics.tenth_food if m.economy.quarter else np.full(TENTHS, NAN)


GROUP_OUTCOMES: dict[str, tuple[GroupOutcome, ...]] = {
    "sectors": (
        GroupOutcome("value_added", "trn CNY", "value added at producers' prices", "emergent", "imposed at the opening only", lambda m: m.money(m.sectors.value_added), Display("Value added", flow=True, from_zero=True), Iamc("Value Added|Nominal|{group}", BILLION, TRILLION_TO_BILLION)),
        GroupOutcome("employment", "million people", "employed persons", "emergent", "imposed at the opening only", lambda m: m.people(m.statistics.sector_jobs), EMPLOYMENT, Iamc("Employment|{group}", "million")),
        GroupOutcome("price", "index, 2024Q1 = 1", "mean price of domestic sales", "emergent", "one at the opening", lambda m: m.sectors.producer_price, Display("Producer price", decimals=2, span=0.2), None),
        GroupOutcome("co2_emissions", "Mt CO2", "direct carbon dioxide", "imposed", "output times energy.fuel_trend and energy.grid_trend", lambda m: m.sectors.co2 * m.persons * TONNES_TO_MT, EMISSIONS, Iamc("Emissions|CO2|Energy and Industrial Processes|{group}", "Mt CO2/yr")),
        GroupOutcome("electricity_use", "TWh", "electricity", "imposed", "output times energy.electricity_trend", lambda m: m.sectors.electricity * m.persons * MWH_TO_TWH, ELECTRICITY, Iamc("Electricity Use|{group}", "EJ/yr", TWH_TO_EJ)),
        GroupOutcome("output", "trn CNY of 2024Q1", "gross output", "emergent", "imposed at the opening only", lambda m: m.money(m.sectors.output), Display("Gross output", flow=True, prices=True, from_zero=True), None),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI", "emergent", "only the mean of all sectors was tuned", lambda m: m.sectors.adoption, ADOPTION, None),
        GroupOutcome("labour_income", "trn CNY", "compensation of employees and mixed income", "emergent", "imposed at the opening only", lambda m: m.money(m.statistics.sector_labour_income), Display("Labour income", flow=True, from_zero=True), None),
    ),
    "occupations": (
        GroupOutcome("employment", "million people", "employed persons", "emergent", "imposed at the opening only", lambda m: m.people(m.occupations.employment), EMPLOYMENT, None),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed and trainees", "emergent", "only the mean was tuned", _occupation_unemployment, UNEMPLOYMENT, None),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean real wage", "emergent", "imposed at the opening only", lambda m: m.occupations.wage_mean / m.macro.consumer_price, Display("Mean real wage", flow=True, prices=True, from_zero=True), None),
    ),
    "deciles": (
        GroupOutcome("income_share", "fraction of income", "share in disposable income", "emergent", "only the Gini at the opening was tuned", lambda m: m.statistics.tenth_income / m.statistics.tenth_income.sum(), as_per_cent("Share of income", "per cent of all income"), Iamc("Disposable Income|Share|{group}", "%", PER_CENT)),
        GroupOutcome("income_mean", "thousand CNY of 2024Q1", "mean real disposable income", "emergent", "only the Gini at the opening was tuned", _decile_income, Display("Mean real income", flow=True, prices=True, from_zero=True), Iamc("Disposable Income|Real|{group}", REAL_PER_PERSON)),
        GroupOutcome("food_share", "fraction of consumption", "products of agriculture in what adults mean to buy, by tenths of spenders", "emergent", "the Engel curve is given; incomes and prices are emergent", _decile_food, FOOD, None),
    ),
    "firm_sizes": (
        GroupOutcome("firms", "fraction of firms", "share of firms", "imposed", "firms.size_exponent at the opening; firms.smallest_share keeps the tail later", lambda m: m.statistics.size_firms / m.economy.firms.rows, as_per_cent("Firms", "per cent of firms"), None),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", _size_adoption, ADOPTION, None),
        GroupOutcome("ai_use_intensity", "index 0-1", "mean effective use of AI", "emergent", "capability follows from data, compute, algorithms and staff", _size_use, USE, None),
    ),
    "regions": (
        GroupOutcome("employment", "million people", "employed residents", "imposed", "firms are spread evenly at the opening; moves are emergent", lambda m: m.people(m.statistics.regions[:, Status.EMPLOYED]), EMPLOYMENT, None),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed residents", "emergent", "only the mean was tuned", _region_rate, UNEMPLOYMENT, None),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean real wage", "emergent", "no target", _mean_wage_of_region, Display("Mean real wage", flow=True, prices=True, from_zero=True), None),
    ),
}  # fmt: skip

GROUP_LABELS: dict[str, tuple[str, ...]] = {
    "sectors": load_tables().codes,
    "occupations": load_tables().occupation_names,
    "deciles": tuple(f"decile_{number}" for number in range(1, 11)),
    "firm_sizes": ("micro_1_9", "small_10_49", "medium_50_249", "large_250_plus"),
    "regions": tuple(f"region_{number}" for number in range(1, REGIONS + 1)),
}
