"""The back-test of the United States: the targets of the years to 2025 and what may explain an error.

Public schools and hospitals are in general government in the published record and apart from it in the model, so that
education, health and government are one group.
"""

from __future__ import annotations

from xinzhi.analysis.backtest.case import BacktestPanel, Case, JudgesPanel
from xinzhi.analysis.backtest.targets import ECONOMY, GROWTH, LEVEL, SHARE, Target

__all__ = ["USA"]

TABLES = "input-output tables, last year published by the source read"
PUBLIC = "EDU+HEA+GOV"
TARGETS = (
    Target(
        "real_gdp", "Growth of real GDP", GROWTH, "points a year", "Bureau of Economic Analysis, last whole year",
        "per cent a year since the opening",
    ),
    Target(
        "gdp_deflator", "GDP deflator", GROWTH, "points a year", "Bureau of Economic Analysis, last whole year",
        "per cent a year since the opening",
    ),
    Target("unemployment_rate", "Unemployment", SHARE, "points", "Bureau of Labor Statistics, eleven months of 2025"),
    Target("value_added_share", "Value added by sector", SHARE, "points of value added", TABLES),
    Target("investment_share", "Investment share", SHARE, "points of GDP", TABLES),
    Target("labour_share", "Labour share", SHARE, "points of GDP", TABLES),
    Target("electricity_use", "Electricity", LEVEL, "per cent", "Ember, last year published", "terawatt hours"),
    Target(
        "co2_emissions", "CO2", LEVEL, "per cent", "Global Carbon Budget, edition of 2024", "million tonnes",
    ),
    Target(
        "employment_share", "Employment by sector", SHARE, "points of employment",
        "three counts have the same industries: 2012, 2017 and 2024", counted=False,
    ),
    Target(
        "gini", "Gini of incomes", SHARE, "points", "World Bank to 2020, read; 2021 and 2022 from memory",
        counted=False,
    ),
)  # fmt: skip

# Possible reasons for an error upwards (True) or downwards (False). Judgement: nothing here is computed from the run.
ENERGY = {
    True: "The model extends the trend before the opening, which may have been less steep than later.",
    False: "The model extends the trend before the opening; use may have fallen less per unit of output since, with "
    "more data centres, heat pumps and electric vehicles.",
}
REASONS: dict[str, dict[bool, str]] = {
    "real_gdp": {
        True: "The forecast of the Congressional Budget Office on which the trend rests may have been too high.",
        False: "The forecast of the Congressional Budget Office on which the trend rests was too low: productivity and "
        "the labour force, immigration among it, grew faster, and public transfers kept demand up in 2020 and 2021.",
    },
    "gdp_deflator": {
        True: "People in the model expect the target of 2 per cent, and prices rose by less.",
        False: "People in the model expect the target of 2 per cent. Broken supply chains, transfers and the prices of "
        "energy after February 2022 are not in it.",
    },
    "unemployment_rate": {
        True: "The model returns to the natural rate that was expected at the opening; the rate on record fell below.",
        False: "The closures of 2020 are not in the model.",
    },
    "value_added_share": {
        True: "Shares are at current prices, and world prices of oil and food are not in the model.",
        False: "Shares are at current prices, and world prices of oil and food are not in the model.",
    },
    "employment_share": {
        True: "Work may have moved from shops to warehouses and carriers faster than in the model.",
        False: "Work may have moved between services in another way than spending in the model.",
    },
    "investment_share": {
        True: "Firms in the model may invest for a higher trend than those on record.",
        False: "Firms on record may have invested more than the growth of demand asks for, in software above all.",
    },
    "labour_share": {
        True: "Mark-ups rose on record in 2021 and 2022 and return to their norm in the model.",
        False: "Wages may rise less against profits in the model.",
    },
    "electricity_use": ENERGY,
    "co2_emissions": ENERGY,
    "gini": {
        True: "The Gini on record fell with the transfers of 2020 and 2021, which the model lacks.",
        False: "Incomes may spread less in the model.",
    },
}
LEADING_GROUP = {"real_gdp": ECONOMY, "value_added_share": PUBLIC, "employment_share": "TRD"}
BREAKS = {
    "employment_share": (2019, "Employment of 2019 is moved from 2017 by payrolls from memory."),
    "real_gdp": (2020, "No forecaster could know the pandemic of 2020."),
}
INDUSTRY = "MIN FOD LGX PET CHM NMM MET MEQ TRE ELE UTL CON".split()
SERVICES = ["TRD", "TRN", "HOS", "ICT", "FIN", "RES", "BUS", PUBLIC, "OTH"]
PER_CENT_OF_OUTPUT = "per cent of value added, current prices"
PANELS = (
    BacktestPanel("real_gdp", (ECONOMY,), "Real GDP", "opening year = 100", 100.0, 0, index=True, growing=True),
    BacktestPanel("gdp_deflator", (ECONOMY,), "GDP deflator", "opening year = 100", 100.0, 0, index=True, growing=True),
    BacktestPanel("unemployment_rate", (ECONOMY,), "Unemployment", "per cent of the labour force"),
    BacktestPanel("electricity_use", (ECONOMY,), "Electricity", "terawatt hours a year", 1.0, 0, growing=True),
    BacktestPanel("co2_emissions", (ECONOMY,), "CO2 emissions", "million tonnes a year", 1.0, 0, growing=True),
    BacktestPanel("value_added_share", INDUSTRY, "Output of industry and construction", PER_CENT_OF_OUTPUT),
    BacktestPanel("value_added_share", SERVICES, "Output of services", PER_CENT_OF_OUTPUT),
    BacktestPanel("investment_share", (ECONOMY,), "Investment", "per cent of GDP, inventories included"),
    BacktestPanel("labour_share", (ECONOMY,), "Labour share", "per cent of GDP"),
)
JUDGE_PANELS = {
    "real_gdp": JudgesPanel("Real GDP", "opening year = 100", None, 0, 4.0),
    "gdp_deflator": JudgesPanel("GDP deflator", "opening year = 100", None, 0, 4.0),
    "unemployment_rate": JudgesPanel("Unemployment", "per cent of the labour force", 100.0, 1, 2.0),
    "electricity_use": JudgesPanel("Electricity", "terawatt hours a year", 1.0, 0, 4.0),
    "co2_emissions": JudgesPanel("CO2 emissions", "million tonnes a year", 1.0, 0, 4.0),
    "labour_share": JudgesPanel("Labour share", "per cent of GDP", 100.0, 1, 2.0),
}
TOGETHER = ("real_gdp", "gdp_deflator", "co2_emissions")
# What a target is forecast together with.
SYSTEMS = {
    **dict.fromkeys(TOGETHER, TOGETHER),
    "electricity_use": ("real_gdp", "gdp_deflator", "electricity_use"),
}  # fmt: skip

USA = Case(
    targets=TARGETS, masked=(2020, 2021), masked_words="2020-21", counted_until=None, systems=SYSTEMS, reasons=REASONS,
    panels=PANELS, judge_panels=JUDGE_PANELS, leading=LEADING_GROUP, breaks=BREAKS, masked_table=True,
    remark="The years 2020 and 2021 are in the way of every forecast made before: errors are printed with and without "
    "them. The trends in the model rest on forecasts and records of the opening year and earlier.",
)  # fmt: skip
