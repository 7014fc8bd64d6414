"""Every recorded series: its name, its unit, and how it is read off the economy.

Shares and rates are fractions, flows are per quarter, ``real_`` is at the prices of 2024Q1. A value that is not defined
is NaN here and has no row in the tables. Money is national: what the economy in memory has, times the persons that one
of its workers stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm.codes import Status
from abm.kernels.accounts import add_up
from abm.results.national_accounts import compute_bought, integration_done
from abm.results.outcome_declaration import ORIGINS, Display, GroupOutcome, Iamc, Outcome, as_per_cent
from abm.results.risks import breaches_by_sector, jobs_per_technical_searcher, unexplained_use
from abm.results.scales import HOURS_TO_BILLION, MWH_TO_TWH, NAN, SIZE_LIMITS, TENTHS, TONNES_TO_MT

if TYPE_CHECKING:
    from abm.results.measures import Measures

__all__ = ["GROUP_OUTCOMES", "ORIGINS", "OUTCOMES", "Display", "GroupOutcome", "Outcome"]


GINI_UNIT = "Gini index, 0 all equal, 100 one has all"
# Units of the Integrated Assessment Modelling Consortium, and what leads to them.
BILLION, REAL_BILLION, REAL_PER_PERSON = "billion CNY/yr", "billion CNY_{year}/yr", "thousand CNY_{year}/yr"
TRILLION_TO_BILLION, TWH_TO_EJ, PER_CENT = 1e3, 3.6e-3, 100.0


# Shown alike for the whole economy and for groups.
EMPLOYMENT = Display("Employment", decimals=0, span=50.0)
UNEMPLOYMENT = as_per_cent("Unemployment", "per cent of the labour force", from_zero=True, span=8.0, better=-1)
EMISSIONS = Display("CO2 emissions", flow=True, decimals=0, from_zero=True, better=-1)
ELECTRICITY = Display("Electricity use", flow=True, decimals=0, from_zero=True)
ADOPTION = as_per_cent("Firms that use AI", "per cent of firms", 0, from_zero=True, span=100.0)
USE = as_per_cent("Depth of AI use", "per cent of full use", 0, from_zero=True, span=100.0)
FOOD = as_per_cent("Farm products in consumption", "per cent of consumption", from_zero=True)


OUTCOMES = (
    Outcome("real_gdp", "trn CNY of 2024Q1", "gross domestic product of the quarter at prices of 2024Q1: final uses and the change of stocks less imports", "imposed", "growth.trend_opening and growth.trend_long_run give the path without AI; the effect of AI is emergent", lambda m: m.money(m.macro.real_gdp), Display("Real GDP", flow=True, prices=True, from_zero=True, better=1), Iamc("GDP|Real", REAL_BILLION, TRILLION_TO_BILLION)),
    Outcome("real_consumption", "trn CNY of 2024Q1", "household consumption of the quarter at prices of 2024Q1, new dwellings excluded", "emergent", "imposed at the opening only; real GDP without AI is imposed", lambda m: m.money(m.macro.consumption / m.macro.consumer_price), Display("Real household consumption", flow=True, prices=True, from_zero=True, better=1), Iamc("Consumption|Private|Real", REAL_BILLION, TRILLION_TO_BILLION)),
    Outcome("real_ndp", "trn CNY of 2024Q1", "net domestic product of the quarter at prices of 2024Q1: real GDP less capital_consumption", "imposed", "real GDP without AI is imposed; the consumption of fixed capital is emergent", lambda m: m.money(m.macro.real_gdp - m.capital_consumption), Display("Real net domestic product", flow=True, prices=True, from_zero=True, better=1), None),
    Outcome("capital_consumption", "trn CNY of 2024Q1", "consumption of fixed capital of the quarter at prices of 2024Q1: of firms, dwellings and public capital; the capital of firms that close is not in it", "emergent", "investment.depreciation and households.dwelling_depreciation are given; the stocks are emergent", lambda m: m.money(m.capital_consumption), Display("Consumption of fixed capital", flow=True, prices=True, from_zero=True), None),
    Outcome("nominal_gdp", "trn CNY", "gross domestic product of the quarter at current market prices", "imposed", "real GDP, which is imposed, times prices that follow growth.inflation_target; the effect of AI is emergent", lambda m: m.money(m.macro.nominal_gdp), Display("GDP at current prices", flow=True, from_zero=True), Iamc("GDP|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("gdp_growth_annual", "fraction per year", "real GDP over that of the same quarter a year before, less one", "imposed", "growth.trend_opening and growth.trend_long_run give the mean; the size of fluctuations was tuned by shocks.investment_deviation and others", lambda m: m.yearly("real_gdp", m.macro.real_gdp), as_per_cent("Growth of real GDP", "per cent over a year", span=4.0, better=1), None),
    Outcome("labour_productivity", "thousand CNY of 2024Q1", "real GDP of the quarter per employed person", "imposed", "growth.trend_opening and growth.trend_long_run; the effect of AI is emergent", lambda m: m.macro.real_gdp / m.macro.employed, Display("Labour productivity", flow=True, prices=True, from_zero=True, better=1), Iamc("Labour Productivity|Real", REAL_PER_PERSON)),
    Outcome("tfp_ai_contribution", "fraction of GDP", "costs that AI saves in the quarter on tasks, materials, energy and capital, over GDP: the level of its gain in total factor productivity by Hulten's theorem", "emergent", "gains per unit of use are assumed; adoption and the extent of use are emergent", lambda m: m.summary.hulten_gain / m.macro.nominal_gdp, as_per_cent("AI's contribution to productivity", "per cent of GDP", from_zero=True), None),
    Outcome("inflation_annual", "fraction per year", "consumer price index over that of the same quarter a year before, less one", "imposed", "growth.inflation_target anchors the mean; deviations from it are emergent", lambda m: m.yearly("consumer_price", m.macro.consumer_price), as_per_cent("Inflation", "per cent over a year", span=4.0), None),
    Outcome("unemployment_rate", "fraction of the labour force", "unemployed persons over the labour force; trainees are in the labour force and are not unemployed", "tuned", "labour.idle_staff_per_firm, labour.firing_speed, firms.overtime and firms.demand_gain; labour.natural_unemployment anchors it", lambda m: m.macro.unemployment_rate, UNEMPLOYMENT, Iamc("Unemployment|Rate", "%", PER_CENT)),
    Outcome("vacancy_rate", "fraction of jobs", "jobs that stay unfilled in the quarter over these and all filled jobs", "emergent", "from turnover and matching", lambda m: m.macro.vacancy_rate if m.economy.quarter else NAN, as_per_cent("Vacancies", "per cent of posts", 2, from_zero=True), None),
    Outcome("employment", "million people", "employed persons, farmers included", "imposed", "population and retirement give the labour force; unemployment and the response of participation to policies are emergent", lambda m: m.people(m.macro.employed), EMPLOYMENT, Iamc("Employment", "million")),
    Outcome("hours_worked", "bn hours", "hours of all employed persons in the quarter: 49 a week each (NBS 2023, staff of enterprises), and overtime; staff without work to do counts as at work", "imposed", "normal hours are given and the same for all; employment follows the labour force; overtime is emergent, up to firms.overtime", lambda m: m.hours * HOURS_TO_BILLION, Display("Hours worked", flow=True, decimals=0, span=100.0), None),
    Outcome("adult_population", "million people", "persons of 20 years and over", "imposed", "births, deaths and the age structure of 2024", lambda m: m.people(m.macro.adults), Display("Adults", decimals=0, span=50.0), Iamc("Population|Age 20 and Over", "million")),
    Outcome("old_age_share", "fraction of adults", "persons of 60 years and over as a share of persons of 20 years and over", "imposed", "births, deaths and the age structure of 2024", lambda m: m.summary.old / m.macro.adults, as_per_cent("Adults of 60 years and over", "per cent of adults", from_zero=True), None),
    Outcome("labour_share", "fraction of GDP", "compensation of employees, employers' contributions included, and mixed income of agriculture, over GDP at market prices", "emergent", "imposed at the opening only", lambda m: m.macro.labour_income / m.macro.nominal_gdp, as_per_cent("Labour share", "per cent of GDP", span=10.0), Iamc("Labour Income Share", "%", PER_CENT)),
    Outcome("real_wage_mean", "thousand CNY of 2024Q1", "mean gross wage of employed persons in the quarter over the consumer price index", "emergent", "imposed at the opening only; it follows productivity and the scarcity of labour", lambda m: m.macro.mean_wage / m.macro.consumer_price, Display("Mean real wage", flow=True, prices=True, from_zero=True, better=1), Iamc("Wage|Real", REAL_PER_PERSON)),
    Outcome("agricultural_employment_share", "fraction of employment", "employed persons in agriculture, forestry and fishing as a share of all employed persons", "tuned", "structural_change.agriculture_trend and migration_response, for the official decline; imposed at the opening", lambda m: m.summary.farm_jobs_share, as_per_cent("Work in agriculture", "per cent of all employed", from_zero=True), None),
    Outcome("farm_income_gap", "ratio", "mean wage outside agriculture over mean wage and mixed income in agriculture, both net of employees' contributions", "emergent", "imposed at the opening only", lambda m: m.summary.farm_income_gap, Display("Earnings elsewhere against farming", "ratio", decimals=2, span=0.5), None),
    Outcome("farm_leavers", "million people", "persons who leave agriculture for other work in the quarter", "tuned", "structural_change.migration_response", lambda m: m.people(m.macro.migrants), Display("Farmers who leave for other work", flow=True, decimals=1, from_zero=True), None),
    Outcome("farm_returners", "million people", "unemployed persons who go back to a farm in the quarter", "emergent", "structural_change.return_hazard is given; who is without work for long enough is emergent", lambda m: m.people(m.macro.returners), Display("Unemployed who go back to farms", flow=True, decimals=1, from_zero=True), None),
    Outcome("food_share", "fraction of consumption", "products of agriculture, forestry and fishing in planned household consumption at current prices, processed food excluded", "emergent", "the Engel curve is given; incomes and prices are emergent", lambda m: m.summary.food_share, FOOD, None),
    Outcome("services_share", "fraction of consumption", "services in planned household consumption at current prices", "emergent", "the Engel curves are given; incomes and prices are emergent", lambda m: m.summary.services_share, as_per_cent("Services in consumption", "per cent of consumption", span=10.0), None),
    Outcome("gini_disposable_income", "index 0-1", "Gini coefficient of disposable income of the quarter over adults, not households", "tuned", "labour.efficiency_deviation, for the opening; later changes are emergent", lambda m: float(m.statistics.gini[0]), Display("Inequality of disposable income", GINI_UNIT, 100.0, span=6.0, better=-1), Iamc("Gini Coefficient|Disposable Income", "")),
    Outcome("gini_wage", "index 0-1", "Gini coefficient of gross wages of employed persons, mixed income excluded", "emergent", "no target of its own, but it depends on the dispersion tuned for incomes", lambda m: float(m.statistics.gini[1]), Display("Inequality of wages", GINI_UNIT, 100.0, span=6.0, better=-1), None),
    Outcome("gini_wealth", "index 0-1", "Gini coefficient of deposits, dwellings and equity at market value over adults; there is no household debt", "tuned", "households.propensity_low_income, households.wealth_scale and households.equity_owners, for the opening; later changes are emergent", lambda m: float(m.statistics.gini[2]), Display("Inequality of wealth", GINI_UNIT, 100.0, stock=True, span=6.0, better=-1), Iamc("Gini Coefficient|Wealth", "")),
    Outcome("top10_wealth_share", "fraction of wealth", "share of the wealthiest tenth of adults in deposits, dwellings and equity at market value", "tuned", "households.propensity_low_income and the others of the Gini coefficient of wealth, for the opening; later changes are emergent", lambda m: m.summary.top_tenth_of_wealth, as_per_cent("Wealth of the richest tenth", "per cent of all wealth", span=6.0, stock=True), None),
    Outcome("equity_value", "trn CNY", "market value of the equity of firms and the bank in private hands: expected dividends, discounted", "imposed", "households.price_to_book, for the opening; dividends and rates later are emergent", lambda m: m.money(m.macro.equity_value), Display("Market value of equity", stock=True, from_zero=True), None),
    Outcome("palma_ratio", "ratio", "disposable income of the richest tenth of adults over that of the poorest four tenths", "emergent", "no target of its own, but it depends on the dispersion tuned for incomes", lambda m: m.summary.palma_ratio, Display("Richest tenth against poorest four tenths", "ratio of their incomes", decimals=2, span=0.5), None),
    Outcome("top10_income_share", "fraction of income", "share of the richest tenth of adults in disposable income", "emergent", "no target of its own, but it depends on the dispersion tuned for incomes", lambda m: m.summary.top_tenth_of_income, as_per_cent("Income of the richest tenth", "per cent of all income", span=6.0), None),
    Outcome("co2_emissions", "Mt CO2", "carbon dioxide from fuel, industrial processes and power generation in the quarter, households included", "imposed", "GDP times carbon per GDP, both imposed without AI; the response to AI and to the carbon price is emergent", lambda m: m.co2 * m.persons * TONNES_TO_MT, EMISSIONS, Iamc("Emissions|CO2|Energy and Industrial Processes", "Mt CO2/yr")),
    Outcome("co2_per_gdp", "t CO2 per million CNY of 2024Q1", "carbon dioxide of the quarter over real GDP of the quarter", "imposed", "energy.fuel_trend and energy.grid_trend; the response to AI and to the carbon price is emergent", lambda m: m.co2 / m.macro.real_gdp * 1e3, Display("CO2 per unit of real GDP", "tonnes per million CNY", decimals=0, from_zero=True), None),
    Outcome("electricity_use", "TWh", "electricity used in the quarter by sectors, households and AI", "imposed", "GDP times energy.electricity_trend, both imposed without AI; the electricity of AI is emergent", lambda m: m.electricity * m.persons * MWH_TO_TWH, ELECTRICITY, Iamc("Electricity Use", "EJ/yr", TWH_TO_EJ)),
    Outcome("ai_electricity", "TWh", "electricity used in the quarter by the AI services that are bought", "emergent", "electricity per yuan of services, at the opening and by its trend, is given; purchases are emergent", lambda m: m.macro.ai_electricity * m.persons * MWH_TO_TWH, Display("Electricity of AI", flow=True, decimals=0, from_zero=True), Iamc("Electricity Use|Artificial Intelligence", "EJ/yr", TWH_TO_EJ)),
    Outcome("ai_adoption_share", "fraction of firms", "firms in the pilot, scaled or autonomous stage of AI, as a share of all firms, each counted once", "tuned", "adoption.office_constant and abandonment, fitted to use in the EU from 2021 to 2024", lambda m: m.summary.adopters / m.economy.firms.rows, ADOPTION, Iamc("Artificial Intelligence|Share of Firms", "%", PER_CENT)),
    Outcome("ai_integration_ratio", "fraction of GDP", "integration of AI into firms in the quarter, bought and by own staff, over GDP: part of gross capital formation", "tuned", "office_ai.pilot_cost, for AI services and integration of .3 to .9 % of GDP in 2025", lambda m: integration_done(m.economy) / m.macro.nominal_gdp, as_per_cent("Integration of AI", "per cent of GDP", 2, from_zero=True, span=1.0), None),
    Outcome("compute_capital_ratio", "fraction of annual GDP", "compute (servers and chips) in the capital of those who sell AI services, over four times the GDP of the quarter, both at prices of the opening", "emergent", "compute.of_services, over AI services sold, is assumed; what is bought of them is emergent", lambda m: m.macro.compute_capital / 4 / m.macro.real_gdp, as_per_cent("Compute", "per cent of annual GDP", 2, from_zero=True, span=0.2), None),
    Outcome("compute_investment_ratio", "fraction of GDP", "investment in compute in the quarter over GDP, both at prices of the opening: part of gross capital formation", "emergent", "compute.of_services and compute.depreciation are assumed; AI services are emergent", lambda m: compute_bought(m.economy) / m.macro.real_gdp, as_per_cent("Investment in compute", "per cent of GDP", 2, from_zero=True, span=0.1), None),
    Outcome("ai_adoption_share_small", "fraction of firms", "firms that use AI as a share of firms with 10 to 49 workers", "tuned", "adoption.departments_elasticity, fitted to use by size in the EU", lambda m: m.adoption_of(1), as_per_cent("Small (10-49 persons)", "per cent of firms", 0, True, 100.0), None),
    Outcome("ai_adoption_share_medium", "fraction of firms", "firms that use AI as a share of firms with 50 to 249 workers", "tuned", "adoption.departments_elasticity, fitted to use by size in the EU", lambda m: m.adoption_of(2), as_per_cent("Medium (50-249)", "per cent of firms", 0, True, 100.0), None),
    Outcome("ai_adoption_share_large", "fraction of firms", "firms that use AI as a share of firms with 250 workers and more", "tuned", "adoption.departments_elasticity, fitted to use by size in the EU", lambda m: m.adoption_of(3), as_per_cent("Large (250 or more)", "per cent of firms", 0, True, 100.0), None),
    Outcome("ai_use_intensity", "index 0-1", "effective use of AI, mean over all firms weighted by output, those without AI counted as zero", "emergent", "capability follows from data, compute, algorithms and staff", lambda m: m.summary.ai_use, USE, None),
    Outcome("ai_spending_ratio", "fraction of GDP", "AI services and integration that are bought in the quarter, over GDP, both at prices of the opening; 0 at the opening, when nothing is ordered yet", "tuned", "office_ai.pilot_cost is set to spending on record in 2025; what is bought later is emergent", lambda m: m.macro.ai_services / m.macro.real_gdp, as_per_cent("Spending on AI", "per cent of GDP", 2, from_zero=True), None),
    Outcome("data_breaches", "thousand", "losses of data by firms that use AI in the quarter; a firm loses data once a quarter at most, and firms without AI are not counted", "emergent", "artificial_intelligence.breach_rate is assumed; use of AI and the data of firms are emergent", lambda m: m.summary.breaches * m.persons * 1e-3, Display("Data breaches", flow=True, decimals=0, from_zero=True, better=-1), None),
    Outcome("breach_staff", "million people", "staff of the firms that lost data in the quarter; customers are not counted, since the model does not record who buys from which firm", "emergent", "artificial_intelligence.breach_rate is assumed; use of AI and the size of firms are emergent", lambda m: m.people(m.summary.staff_of_breached), Display("Staff whose firm lost data", flow=True, decimals=2, from_zero=True, better=-1), None),
    Outcome("breach_fines", "trn CNY", "fines for data breaches that become due in the quarter, at current prices", "emergent", "artificial_intelligence.breach_fine, a share of sales, is a policy; breaches are emergent", lambda m: m.money(add_up(m.economy.firms.fine)), Display("Fines for data breaches", flow=True, decimals=3, from_zero=True), None),
    Outcome("legal_clarity", "log odds", "what rules in force add to the log odds of adopting AI, zones and public orders apart", "imposed", "a policy, its lag, and what the spread of AI makes obsolete; the spread is emergent", lambda m: m.macro.legal_clarity, Display("Legal clarity", "log odds of adoption", decimals=2, span=0.2, better=1), None),
    Outcome("unexplained_ai_use", "index 0-1", "use of AI in hazardous processes as far as nobody can explain what it does, mean over firms weighted by output: an exposure to incidents, of which the model has none", "emergent", "the weights of sectors are assumed; use of AI is emergent", lambda m: unexplained_use(m.economy), Display("Unexplained use of AI where processes are hazardous", "per cent of full use", 100.0, 2, from_zero=True, better=-1), None),
    Outcome("screened_unemployment_gap", "fraction of the labour force", "unemployment rate of the group that automatic screening may reject, less that of all others", "emergent", "artificial_intelligence.screening_bias is assumed; use of AI and matching are emergent", lambda m: m.screened.unemployment_gap, as_per_cent("Unemployment gap of the screened group", "per cent of the labour force", 2, span=1.0, better=-1), None),
    Outcome("talent_gap", "ratio", "jobs offered in computing and engineering in the quarter over the persons without a job who held one there last", "emergent", "from turnover, adoption and matching", lambda m: jobs_per_technical_searcher(m.economy), Display("Technical jobs offered per person looking for one", "ratio", decimals=2, from_zero=True, span=0.5), None),
    Outcome("research_spending_ratio", "fraction of GDP", "spending of firms on research and development over GDP", "emergent", "imposed at the opening only", lambda m: m.macro.research_spending / m.macro.nominal_gdp, as_per_cent("Business research", "per cent of GDP", 2, from_zero=True), None),
    Outcome("trainees", "million people", "persons in public retraining at the end of the quarter", "imposed", "places and length of courses are a policy; too few candidates leave places empty", lambda m: m.people(m.macro.trainees), Display("People in retraining", decimals=1, from_zero=True), None),
    Outcome("public_debt_ratio", "fraction of annual GDP", "government bonds at the end of the quarter over four times the GDP of the quarter", "emergent", "imposed at the opening; rules pull it towards government.debt_target", lambda m: m.macro.bonds / (4 * m.macro.nominal_gdp), as_per_cent("Public debt", "per cent of annual GDP", 0, from_zero=True, span=100.0, stock=True, better=-1), Iamc("Government Debt|Share of GDP", "%", PER_CENT)),
    Outcome("government_balance_ratio", "fraction of GDP", "revenue less spending of the government in the quarter, social insurance and interest included, over GDP; below zero a deficit", "emergent", "from revenue, transfers and the rules for spending", lambda m: m.macro.government_balance / m.macro.nominal_gdp, as_per_cent("Government balance", "per cent of GDP, below zero a deficit", span=6.0), None),
    Outcome("policy_cost_ratio", "fraction of GDP", "spending and forgone revenue of the policies in force beyond today's rules, less their revenue, over GDP; below zero they raise money", "emergent", "prices and rates are a policy; the number of those who respond is emergent", lambda m: m.macro.policy_cost / m.macro.nominal_gdp, as_per_cent("Cost of policies", "per cent of GDP", 2), None),
    Outcome("policy_rate", "fraction per year", "interest rate of the central bank, four times that of the quarter", "emergent", "the rule is given; inflation and unemployment are emergent", lambda m: 4 * m.macro.policy_rate, as_per_cent("Policy rate of the central bank", "per cent", 2, from_zero=True, span=3.0), None),
    Outcome("consumption", "trn CNY", "household consumption of the quarter at current prices, new dwellings excluded", "emergent", "imposed at the opening only", lambda m: m.money(m.macro.consumption), Display("Household consumption", flow=True, from_zero=True), Iamc("Consumption|Private|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("investment", "trn CNY", "gross capital formation of the quarter at current prices: firms, dwellings, government and the change of inventories", "emergent", "imposed at the opening only; the size of its fluctuations was tuned", lambda m: m.money(m.macro.investment), Display("Investment", flow=True, from_zero=True), Iamc("Investment|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("government_consumption", "trn CNY", "public consumption of the quarter at current prices, purchases for policies included", "imposed", "a share of trend GDP, besides what policies buy; stabilisation and the response to debt are emergent", lambda m: m.money(m.macro.government_consumption), Display("Government consumption", flow=True, from_zero=True), Iamc("Consumption|Public|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("exports", "trn CNY", "exports of the quarter at current prices in yuan", "imposed", "world demand is given; the response to prices is emergent", lambda m: m.money(m.macro.exports), Display("Exports", flow=True, from_zero=True), Iamc("Exports|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("imports", "trn CNY", "imports of the quarter at current prices in yuan", "emergent", "imposed at the opening only", lambda m: m.money(m.macro.imports), Display("Imports", flow=True, from_zero=True), Iamc("Imports|Nominal", BILLION, TRILLION_TO_BILLION)),
    Outcome("firm_exit_rate", "fraction of firms", "firms that left the market in the quarter as a share of all firms", "tuned", "firms.smallest_share", lambda m: m.macro.exits / m.economy.firms.rows, as_per_cent("Firms that close", "per cent of firms", 1, from_zero=True, flow=True), None),
    Outcome("sfc_residual", "relative to household deposits", "largest gap between flows and changes of stocks in the accounts, relative to household deposits", "identity", "must be rounding only", lambda m: abs(m.economy.ledger.residual), Display("Largest gap in the books", decimals=16), None),
    Outcome("gdp_identity_residual", "relative to GDP", "largest gap between GDP by production, by expenditure and by income, relative to GDP", "identity", "must be rounding only", lambda m: m.economy.ledger.gdp_residual, Display("Largest gap between the three measures of GDP", decimals=16), None),
    Outcome("policy_cost", "trn CNY", "spending and forgone revenue of the policies in force in the quarter beyond today's rules, less their revenue, at current prices; below zero they raise money", "emergent", "prices and rates are a policy; the number of those who respond is emergent", lambda m: m.money(m.macro.policy_cost), Display("Cost of policies", flow=True, decimals=3), None),
    Outcome("policy_revenue", "trn CNY", "what the policies in force raise in the quarter beyond today's rules, at current prices; spending less it is policy_cost", "emergent", "rates are a policy; what is taxed is emergent", lambda m: m.money(m.policies.revenue), Display("Raised by policies", flow=True, decimals=3), None),
    Outcome("policy_spending", "trn CNY", "what the policies in force spend in the quarter beyond today's rules, forgone revenue included, at current prices", "emergent", "rates and budgets are a policy; the number of those who respond is emergent", lambda m: m.money(m.policies.spending), Display("Spent by policies", flow=True, decimals=3), None),
    Outcome("carbon_price_revenue", "trn CNY", "what firms pay for carbon dioxide in the quarter above the price of the trading scheme, at current prices", "emergent", "the price is a policy; emissions of firms are emergent", lambda m: m.money(m.economy.ledger.amounts["carbon_tax"]), Display("Carbon price, paid by firms", flow=True, decimals=3), None),
    Outcome("ai_tax_revenue", "trn CNY", "tax that firms pay on AI services in the quarter, at current prices", "emergent", "the rate is a policy; purchases of AI are emergent", lambda m: m.money(m.economy.ledger.amounts["ai_tax"]), Display("AI tax, paid by firms", flow=True, decimals=3), None),
    Outcome("carbon_dividends", "trn CNY", "carbon revenue paid to every adult alike in the quarter, at current prices", "emergent", "the share is a policy; revenue is emergent", lambda m: m.money(m.policies.dividends), Display("Carbon dividend, to all adults", flow=True, decimals=3), None),
    Outcome("basic_income_paid", "trn CNY", "basic income paid to every adult alike in the quarter, at current prices", "emergent", "the share of the mean wage is a policy; wages are emergent", lambda m: m.money(m.policies.basic), Display("Basic income, to all adults", flow=True, decimals=3), None),
    Outcome("subsidies_to_firms", "trn CNY", "paid to firms by policies in the quarter for adopting AI, hiring, AI services and research, at current prices", "emergent", "rates are a policy; the firms that respond are emergent", lambda m: m.money(m.policies.subsidies), Display("Subsidies, to firms", flow=True, decimals=3), None),
    Outcome("policy_programmes", "trn CNY", "goods and services that policies have the state buy in the quarter, clean power included, as planned at current prices", "imposed", "shares of GDP are a policy; trend GDP is emergent", lambda m: m.money(m.policies.programmes), Display("Programmes, goods and services bought", flow=True, decimals=3), None),
    Outcome("forgone_taxes", "trn CNY", "tax on profits that policies do not ask for in the quarter, and income tax by which carbon revenue is returned, at current prices", "emergent", "shares are a policy; investment, profits and carbon revenue are emergent", lambda m: m.money(m.policies.forgone), Display("Forgone taxes", flow=True, decimals=3), None),
    Outcome("policy_support", "trn CNY", "pensions, unemployment benefits and retraining courses beyond what today's rules would pay to the same people in the quarter, at current prices; below zero less than today", "emergent", "rules are a policy; the number of those supported is emergent", lambda m: m.money(m.policies.support), Display("Pensions, benefits and courses", flow=True, decimals=3), None),
    Outcome("policy_income_tax", "trn CNY", "income tax in the quarter by which the budget rule pays for policies, at current prices; below zero what it returns to households", "emergent", "the share is a policy; the cost of policies is emergent", lambda m: m.money(m.policies.income_tax), Display("Income tax for policies", flow=True, decimals=3), None),
    Outcome("policy_saving", "trn CNY", "public consumption that the budget rule takes away in the quarter to pay for policies, as planned at current prices", "emergent", "the share is a policy; the cost of policies is emergent", lambda m: m.money(m.policies.saving), Display("Public consumption saved for policies", flow=True, decimals=3), None),
    Outcome("government_balance", "trn CNY", "revenue less spending of the government in the quarter, social insurance and interest included, at current prices; below zero a deficit", "emergent", "from revenue, transfers and the rules for spending", lambda m: m.money(m.macro.government_balance), Display("Government balance", flow=True, decimals=3), None),
    Outcome("public_interest", "trn CNY", "interest on government bonds in the quarter, at current prices", "emergent", "debt and the policy rate are emergent", lambda m: m.money(m.economy.ledger.amounts["bond_interest"]), Display("Interest on public debt", flow=True, decimals=3), None),
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


def _per_adult(m: Measures, money: np.ndarray) -> np.ndarray:
    """What the tenths pay to the state or are paid by it, per adult; not defined at the opening."""
    persons = np.diff(np.arange(TENTHS + 1) * int(m.macro.adults) // TENTHS)
    return money / persons / m.macro.consumer_price if m.economy.quarter else np.full(TENTHS, NAN)


def _policy_taxes(m: Measures) -> np.ndarray:
    """Carbon price and AI tax by sector; firms are in the order of sectors."""
    plans, firms = m.economy.plans, m.economy.firms
    if not m.economy.quarter:
        return np.zeros(m.sectors.rows)
    taxes = plans.carbon_rate * m.sectors.co2
    if m.economy.instruments.ai_tax:
        taxes = taxes + m.economy.instruments.ai_tax * np.bincount(firms.sector, firms.ai_spending, m.sectors.rows)
    return m.money(taxes)


def _decile_food(m: Measures) -> np.ndarray:
    """By tenths of spenders; all alike where baskets do not differ, not defined at the opening."""
    return m.statistics.tenth_food if m.economy.quarter else np.full(TENTHS, NAN)


GROUP_OUTCOMES: dict[str, tuple[GroupOutcome, ...]] = {
    "sectors": (
        GroupOutcome("value_added", "trn CNY", "value added of the quarter at current producers' prices", "emergent", "imposed at the opening only", lambda m: m.money(m.sectors.value_added), Display("Value added", flow=True, from_zero=True), Iamc("Value Added|Nominal|{group}", BILLION, TRILLION_TO_BILLION)),
        GroupOutcome("employment", "million people", "employed persons", "emergent", "imposed at the opening only; the decline of agriculture was tuned", lambda m: m.people(m.statistics.sector_jobs), EMPLOYMENT, Iamc("Employment|{group}", "million")),
        GroupOutcome("price", "index, 2024Q1 = 1", "mean price of domestic sales", "emergent", "one at the opening", lambda m: m.sectors.producer_price, Display("Producer price", decimals=2, span=0.2), None),
        GroupOutcome("co2_emissions", "Mt CO2", "carbon dioxide that the sector itself emits in the quarter; that of power generation is in the power sector", "imposed", "output, which is emergent, times energy.fuel_trend and energy.grid_trend", lambda m: m.sectors.co2 * m.persons * TONNES_TO_MT, EMISSIONS, Iamc("Emissions|CO2|Energy and Industrial Processes|{group}", "Mt CO2/yr")),
        GroupOutcome("electricity_use", "TWh", "electricity used in the quarter, AI excluded", "imposed", "output, which is emergent, times energy.electricity_trend", lambda m: m.sectors.electricity * m.persons * MWH_TO_TWH, ELECTRICITY, Iamc("Electricity Use|{group}", "EJ/yr", TWH_TO_EJ)),
        GroupOutcome("output", "trn CNY of 2024Q1", "gross output of the quarter at prices of 2024Q1", "emergent", "imposed at the opening only", lambda m: m.money(m.sectors.output), Display("Gross output", flow=True, prices=True, from_zero=True), None),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI as a share of the sector's firms", "emergent", "only the mean of all sectors was tuned", lambda m: m.sectors.adoption, ADOPTION, None),
        GroupOutcome("labour_income", "trn CNY", "compensation of employees of the quarter at current prices, employers' contributions included; in agriculture mixed income besides", "emergent", "imposed at the opening only", lambda m: m.money(m.statistics.sector_labour_income), Display("Labour income", flow=True, from_zero=True), None),
        GroupOutcome("data_breaches", "thousand", "losses of data by firms that use AI in the quarter", "emergent", "artificial_intelligence.breach_rate is assumed; use of AI and the data of firms are emergent", lambda m: breaches_by_sector(m.economy) * m.persons * 1e-3, Display("Data breaches", flow=True, decimals=0, from_zero=True, better=-1), None),
        GroupOutcome("policy_taxes", "trn CNY", "carbon price above that of the trading scheme and tax on AI services that the sector's firms pay in the quarter, at current prices", "emergent", "rates are a policy; emissions and purchases of AI are emergent", _policy_taxes, Display("Carbon price and AI tax paid", flow=True, decimals=3), None),
    ),
    "occupations": (
        GroupOutcome("employment", "million people", "employed persons", "emergent", "imposed at the opening only", lambda m: m.people(m.occupations.employment), EMPLOYMENT, None),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed persons and trainees, by the occupation last held, over these and the employed", "emergent", "only the mean was tuned", _occupation_unemployment, UNEMPLOYMENT, None),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean gross wage of the quarter over the consumer price index", "emergent", "imposed at the opening only", lambda m: m.occupations.wage_mean / m.macro.consumer_price, Display("Mean real wage", flow=True, prices=True, from_zero=True, better=1), None),
    ),
    "deciles": (
        GroupOutcome("income_share", "fraction of income", "share of the tenth of adults in disposable income", "emergent", "only the Gini at the opening was tuned", lambda m: m.statistics.tenth_income / m.statistics.tenth_income.sum(), as_per_cent("Share of income", "per cent of all income"), Iamc("Disposable Income|Share|{group}", "%", PER_CENT)),
        GroupOutcome("income_mean", "thousand CNY of 2024Q1", "mean disposable income of the quarter per adult over the consumer price index", "emergent", "only the Gini at the opening was tuned", _decile_income, Display("Mean real income", flow=True, prices=True, from_zero=True, better=1), Iamc("Disposable Income|Real|{group}", REAL_PER_PERSON)),
        GroupOutcome("food_share", "fraction of consumption", "products of agriculture, forestry and fishing in planned household consumption, by tenths of adults ranked by spending", "emergent", "the Engel curve is given; incomes and prices are emergent", _decile_food, FOOD, None),
        GroupOutcome("taxes_mean", "thousand CNY of 2024Q1", "income tax and social contributions of the quarter per adult over the consumer price index, by tenths of adults ranked by disposable income", "emergent", "rates are given and follow debt; incomes are emergent", lambda m: _per_adult(m, m.statistics.tenth_to_state), Display("Mean real taxes and contributions", flow=True, prices=True, from_zero=True), None),
        GroupOutcome("transfers_mean", "thousand CNY of 2024Q1", "pensions, benefits, social assistance and what all adults are paid alike in the quarter per adult over the consumer price index, by tenths of adults ranked by disposable income", "emergent", "rules are given; the number of those supported is emergent", lambda m: _per_adult(m, m.statistics.tenth_by_state), Display("Mean real transfers", flow=True, prices=True, from_zero=True), None),
    ),
    "firm_sizes": (
        GroupOutcome("firms", "fraction of firms", "firms of the size class as a share of all firms", "imposed", "firms.size_exponent at the opening; firms.smallest_share keeps the tail later", lambda m: m.statistics.size_firms / m.economy.firms.rows, as_per_cent("Firms", "per cent of firms"), None),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI as a share of the firms of the size class", "tuned", "adoption.departments_elasticity, fitted to use by size in the EU", _size_adoption, ADOPTION, None),
        GroupOutcome("ai_use_intensity", "index 0-1", "effective use of AI, unweighted mean over firms, those without AI counted as zero", "emergent", "capability follows from data, compute, algorithms and staff", _size_use, USE, None),
    ),
    "regions": (
        GroupOutcome("employment", "million people", "employed residents", "imposed", "firms are spread evenly at the opening; moves are emergent", lambda m: m.people(m.statistics.regions[:, Status.EMPLOYED]), EMPLOYMENT, None),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed residents over the resident labour force; trainees are in it and are not unemployed", "emergent", "only the mean was tuned", _region_rate, UNEMPLOYMENT, None),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean gross wage of the quarter over the consumer price index", "emergent", "no target", _mean_wage_of_region, Display("Mean real wage", flow=True, prices=True, from_zero=True, better=1), None),
    ),
    "screened": (
        GroupOutcome("employment", "million people", "employed persons", "imposed", "labour.protected_group_share; who is hired is emergent", lambda m: m.people(m.screened.counts[:, Status.EMPLOYED]), EMPLOYMENT, None),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed persons over the labour force; trainees are in it and are not unemployed", "emergent", "only the mean was tuned; artificial_intelligence.screening_bias is assumed", lambda m: m.screened.unemployment, UNEMPLOYMENT, None),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean gross wage of the quarter over the consumer price index", "emergent", "no target", lambda m: m.screened.mean_wages / m.macro.consumer_price, Display("Mean real wage", flow=True, prices=True, from_zero=True, better=1), None),
    ),
}  # fmt: skip
