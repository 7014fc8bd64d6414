"""The back-test of China: the targets of the years to 2025 and what may explain an error."""

from __future__ import annotations

from xinzhi.analysis.backtest.case import BacktestPanel, Case, JudgesPanel
from xinzhi.analysis.backtest.targets import ECONOMY, GROWTH, LEVEL, PART, SHARE, Target

__all__ = ["CHINA"]

TABLES = "last table before the pandemic; that of 2023 has no flows"
TARGETS = (
    Target(
        "real_gdp", "Growth of real GDP", GROWTH, "points a year",
        "Penn World Table to 2023, then growth as published", "per cent a year since the opening",
    ),
    Target(
        "employment_share", "Employment by sector", SHARE, "points of employment",
        "one count (Wang, Jia and Wang 2021); the official one was revised in 2020",
    ),
    Target("value_added_share", "Value added by sector", SHARE, "points of value added", TABLES),
    Target(
        "investment_share", "Investment share", SHARE, "points of GDP",
        "World Bank as read; later figures were revised with the census of 2023",
    ),
    Target("labour_share_non_agriculture", "Labour share, farms apart", SHARE, "points of value added", TABLES),
    Target(
        "electricity_use", "Electricity", LEVEL, "per cent", "National Energy Administration, last year published",
        "terawatt hours",
    ),
    Target("co2_emissions", "CO2", LEVEL, "per cent", "CEADs inventory, last year read", "million tonnes"),
    Target(
        "co2_by_sector", "CO2 by sector", PART, "points of all CO2", "CEADs inventory, last year read", "million tonnes"
    ),
    Target(
        "consumer_prices", "Consumer prices", GROWTH, "points a year", "NBS, last year published",
        "per cent a year since the opening", counted=False,
    ),
    Target(
        "unemployment_rate", "Unemployment", SHARE, "points",
        "World Bank (ILO), last year read; the surveyed rate begins in 2018", counted=False,
    ),
    Target(
        "gini", "Gini of incomes", SHARE, "points",
        "World Bank surveys, last year read; of the NBS only 2012-14 and 2023", counted=False,
    ),
    Target(
        "co2_global", "CO2, Global Carbon Budget", LEVEL, "per cent", "edition of 2022; later ones revise the past",
        "million tonnes", counted=False,
    ),
)  # fmt: skip

# Possible reasons for an error upwards (True) or downwards (False), by the sign of the error of the leading group.
# They are judgement: nothing here is computed from the run.
REASONS: dict[str, dict[bool, str]] = {
    "real_gdp": {
        True: "The trend is the mean of ten years of fast growth; it may decline too slowly in the model.",
        False: "The trend may decline faster in the model than in China, or demand may fall short of capacity.",
    },
    "employment_share": {
        True: "Fewer people may leave agriculture in the model than in China, and fewer may find work in services.",
        False: "More people may leave agriculture in the model than in China.",
    },
    "value_added_share": {
        True: "Demand may have moved from agriculture to services faster than in the model. Shares are at current "
        "prices, and the prices of coal, oil and steel came from world markets, which the model lacks.",
        False: "The share of agriculture may fall faster in the model. Shares are at current prices, and the prices of "
        "coal, oil and steel came from world markets, which the model lacks.",
    },
    "investment_share": {
        True: "Firms in the model may invest for a higher growth trend than China had by then.",
        False: "Investment falls with growth in the model; in China public investment may have supported it.",
    },
    "labour_share_non_agriculture": {
        True: "Wages may rise more relative to profits in the model than in China.",
        False: "Real wages follow productivity in the model and mark-ups return to their norm; in China labour may "
        "have become scarce, so that wages outgrew productivity.",
    },
    "electricity_use": {
        True: "The model extends the trend before the opening and may miss the shift away from heavy industry.",
        False: "The model extends the trend before the opening, which may have been steeper than later.",
    },
    "co2_emissions": {
        True: "The model extends the trend before the opening and may miss the shift from coal and heavy industry.",
        False: "The model extends the trend before the opening, which may have been steeper than later.",
    },
    "co2_by_sector": {
        True: "As for total CO2: fuel per unit of output may not have followed the earlier trend in every branch.",
        False: "As for total CO2: fuel per unit of output may not have followed the earlier trend in every branch.",
    },
}
REASONS |= {
    "consumer_prices": {
        True: "People in the model expect the target of 2 per cent; producer prices fell in China from 2012 to 2016.",
        False: "Food and energy prices, which the model lacks, may have risen.",
    },
    "unemployment_rate": {
        True: "The model's rate moves with demand; the rate on record, an estimate, hardly moves.",
        False: "The model's rate moves with demand; the rate on record, an estimate, hardly moves.",
    },
    "gini": {
        True: "Rural incomes, pensions and transfers rose faster in China than in the model.",
        False: "Wages may be more equal in the model than in China.",
    },
    "co2_global": REASONS["co2_emissions"],
}
LEADING_GROUP = {"employment_share": "AGR", "value_added_share": "AGR"}
# Faults of the record itself, printed where the year lies between the opening and the last year predicted.
BREAKS = {
    "employment_share": (2013, "Part of the fall on record is a break in the count of 2013."),
    "value_added_share": (2017, "Tables of other years differ in method, in finance most."),
    "labour_share_non_agriculture": (2017, "Part of the rise on record is method (finance, between 2015 and 2017)."),
}

INDUSTRY = "MIN LGT PET CHM NMM MET MEQ TRE ELE UTL CON".split()
SERVICES = "TRD TRN HOS ICT FIN RES BUS PUB".split()
PANELS = (
    BacktestPanel("real_gdp", (ECONOMY,), "Real GDP", "opening year = 100", 100.0, 0, index=True, growing=True),
    BacktestPanel("electricity_use", (ECONOMY,), "Electricity", "terawatt hours a year", 1.0, 0, growing=True),
    BacktestPanel("co2_emissions", (ECONOMY,), "CO2 emissions", "million tonnes a year", 1.0, 0, growing=True),
    BacktestPanel("employment_share", ("AGR",), "Work in agriculture", "per cent of employment"),
    BacktestPanel("employment_share", INDUSTRY, "Work in industry and construction", "per cent of employment"),
    BacktestPanel("employment_share", SERVICES, "Work in services", "per cent of employment"),
    BacktestPanel("value_added_share", SERVICES, "Output of services", "per cent of value added, current prices"),
    BacktestPanel("investment_share", (ECONOMY,), "Investment", "per cent of GDP, inventories included"),
    BacktestPanel(
        "labour_share_non_agriculture", (ECONOMY,), "Labour share", "per cent of value added, agriculture apart"
    ),
)
JUDGE_PANELS = {
    "real_gdp": JudgesPanel("Real GDP", "opening year = 100", None, 0, 4.0),
    "consumer_prices": JudgesPanel("Consumer prices", "opening year = 100", None, 0, 4.0),
    "unemployment_rate": JudgesPanel("Unemployment", "per cent of the labour force", 100.0, 1, 2.0),
    "electricity_use": JudgesPanel("Electricity", "terawatt hours a year", 1.0, 0, 4.0),
    "co2_emissions": JudgesPanel("CO2 emissions", "million tonnes a year, CEADs", 1.0, 0, 4.0),
    "co2_global": JudgesPanel("CO2 emissions", "million tonnes a year, Global Carbon Budget", 1.0, 0, 4.0),
}

SHARED = ("real_gdp", "consumer_prices")
# What a target is forecast together with.
SYSTEMS = {
    "real_gdp": (*SHARED, "co2_global"), "consumer_prices": (*SHARED, "co2_global"),
    "co2_global": (*SHARED, "co2_global"), "co2_emissions": (*SHARED, "co2_emissions"),
    "electricity_use": (*SHARED, "co2_global", "electricity_use"),
}  # fmt: skip

CHINA = Case(
    targets=TARGETS, masked=(2020, 2021, 2022), masked_words="2020-22", counted_until=2018, systems=SYSTEMS,
    reasons=REASONS, panels=PANELS, judge_panels=JUDGE_PANELS, leading=LEADING_GROUP, breaks=BREAKS,
    remark="Observed electricity use is recalled, not checked against its source.",
    figure_remark="The record of electricity is recalled, not checked.",
)  # fmt: skip
