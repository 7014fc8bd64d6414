"""How each variable, sector and occupation is shown to a reader: its title, its unit in words, its precision."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.panel import Panel
from analysis.text import words_of

__all__ = ["Display", "display_of", "group_title"]

# Abbreviations in recorded units, in words.
UNIT_WORDS = (
    (r"\btrn\b", "trillion"),
    (r"\bbn\b", "billion"),
    (r"\bkCNY\b", "thousand CNY"),
    (r"\bMt( CO2)?\b", "million tonnes"),
    (r"\bTWh\b", "terawatt hours"),
    (r"\bPJ\b", "petajoules"),
    (r"( per |/)(quarter|q)\b", " a quarter"),
)


@dataclass(frozen=True)
class Display:
    """title, the unit in words (empty: as recorded), factor from recorded to shown, decimals, and how its axis behaves.

    flow       counted per quarter
    prices     at prices of the opening year
    from_zero  the axis starts at zero, so that heights can be compared
    span       the least height of the axis in shown units, so that noise does not look like a trend
    """

    title: str
    unit: str = ""
    factor: float = 1.0
    decimals: int = 1
    flow: bool = False
    prices: bool = False
    from_zero: bool = False
    span: float = 0.0


def _fraction(
    title: str, unit: str = "per cent", decimals: int = 1, from_zero: bool = False, span: float = 2.0
) -> Display:
    return Display(title, unit, 100.0, decimals, from_zero=from_zero, span=span)


GINI_UNIT = "Gini coefficient, 0 all equal, 1 one has all"

DISPLAYS: dict[str, Display] = {
    "real_gdp": Display("Real GDP", flow=True, prices=True, from_zero=True),
    "nominal_gdp": Display("GDP at current prices", flow=True, from_zero=True),
    "gdp_growth_annual": _fraction("Growth of real GDP", "per cent over a year", span=4.0),
    "labour_productivity": Display("Labour productivity", flow=True, prices=True, from_zero=True),
    "tfp_ai_contribution": _fraction("AI's contribution to productivity", "per cent of GDP", from_zero=True),
    "inflation_annual": _fraction("Inflation", "per cent over a year", span=4.0),
    "unemployment_rate": _fraction("Unemployment", "per cent of the labour force", from_zero=True, span=8.0),
    "vacancy_rate": _fraction("Vacancies", "per cent of posts", 2, from_zero=True),
    "employment": Display("Employment", decimals=0, span=50.0),
    "labour_share": _fraction("Labour share", "per cent of national income that goes to work", span=10.0),
    "agricultural_employment_share": _fraction("Work in agriculture", "per cent of all employed", from_zero=True),
    "farm_income_gap": Display("Earnings elsewhere against farming", "ratio", decimals=2, span=0.5),
    "farm_leavers": Display("Farmers who leave for other work", flow=True, decimals=1, from_zero=True),
    "food_share": _fraction("Farm products in consumption", "per cent of consumption", from_zero=True),
    "services_share": _fraction("Services in consumption", "per cent of consumption", span=10.0),
    "real_wage_mean": Display("Mean real wage", flow=True, prices=True, from_zero=True),
    "gini_disposable_income": Display("Inequality of disposable income", GINI_UNIT, decimals=3, span=0.06),
    "gini_wage": Display("Inequality of wages", GINI_UNIT, decimals=3, span=0.06),
    "gini_wealth": Display("Inequality of wealth", GINI_UNIT, decimals=3, span=0.06),
    "palma_ratio": Display("Richest tenth against poorest four tenths", "ratio of their incomes", decimals=2, span=0.5),
    "top10_income_share": _fraction("Income of the richest tenth", "per cent of all income", span=6.0),
    "co2_emissions": Display("CO2 emissions", flow=True, decimals=0, from_zero=True),
    "carbon_dioxide_per_gdp": Display("CO2 per unit of real GDP", "tonnes per million CNY", 1.0, 0, from_zero=True),
    "electricity_use": Display("Electricity use", flow=True, decimals=0, from_zero=True),
    "electricity_per_gdp": Display("Electricity per unit of real GDP", "terawatt hours per trillion CNY", decimals=0),
    "ai_electricity": Display("Electricity of AI", flow=True, decimals=0, from_zero=True),
    "ai_electricity_share": _fraction("Electricity of AI", "per cent of all electricity", from_zero=True),
    "ai_adoption_share": _fraction("Firms that use AI", "per cent of firms", 0, from_zero=True, span=100.0),
    "ai_use_intensity": _fraction("Depth of AI use", "per cent of full use", 0, from_zero=True, span=100.0),
    "trainees": Display("People in retraining", decimals=1, from_zero=True),
    "public_debt_ratio": _fraction("Public debt", "per cent of annual GDP", 0, from_zero=True, span=100.0),
    "government_balance_ratio": _fraction("Government balance", "per cent of GDP, below zero a deficit", span=6.0),
    "policy_rate": _fraction("Policy rate of the central bank", "per cent", 2, from_zero=True, span=3.0),
    "consumption_ratio": _fraction("Household consumption", "per cent of GDP", span=10.0),
    "investment_ratio": _fraction("Investment", "per cent of GDP", span=10.0),
    "government_consumption_ratio": _fraction("Government consumption", "per cent of GDP", span=6.0),
    "firm_exit_rate": _fraction("Firms that close", "per cent a quarter", 2, from_zero=True),
    "ai_adoption_share_small": _fraction("Small (10-49 persons)", "per cent of firms", 0, True, 100.0),
    "ai_adoption_share_medium": _fraction("Medium (50-249)", "per cent of firms", 0, True, 100.0),
    "ai_adoption_share_large": _fraction("Large (250 or more)", "per cent of firms", 0, True, 100.0),
}

SECTOR_TITLES = {
    "AGR": "Agriculture",
    "MIN": "Mining",
    "LGT": "Food, textiles, light industry",
    "PET": "Refining and coking",
    "CHM": "Chemicals and medicines",
    "NMM": "Cement and glass",
    "MET": "Metals",
    "MEQ": "Machinery",
    "TRE": "Vehicles",
    "ELE": "Electronics",
    "UTL": "Power, gas, water",
    "CON": "Construction",
    "TRD": "Trade",
    "TRN": "Transport",
    "HOS": "Hotels and restaurants",
    "ICT": "Software and telecoms",
    "FIN": "Finance",
    "RES": "Real estate",
    "BUS": "Business and research",
    "PUB": "Public services",
}

OCCUPATION_TITLES = {
    "management": "Managers",
    "business_financial": "Business and finance specialists",
    "computer": "Computer specialists",
    "engineering": "Engineers and architects",
    "science": "Scientists",
    "community": "Social workers",
    "legal": "Lawyers and legal staff",
    "education": "Teachers and librarians",
    "arts": "Arts, design and media",
    "health_practitioners": "Doctors and nurses",
    "health_support": "Care assistants",
    "protective": "Police, fire and guards",
    "food": "Cooks and waiters",
    "cleaning": "Cleaners",
    "personal_care": "Personal services",
    "sales": "Sales staff",
    "office": "Office clerks",
    "farming": "Farm workers",
    "construction": "Building workers and miners",
    "repair": "Mechanics and repairers",
    "production": "Factory workers",
    "transport": "Drivers and movers",
}


TENTHS = ("Poorest", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Richest")
DECILE_TITLES = {f"decile_{number}": f"{word} tenth" for number, word in enumerate(TENTHS, start=1)}
SIZE_TITLES = {
    "micro_1_9": "1 to 9 persons",
    "small_10_49": "10 to 49 persons",
    "medium_50_249": "50 to 249 persons",
    "large_250_plus": "250 persons or more",
}
GROUP_TITLES = {**SECTOR_TITLES, **OCCUPATION_TITLES, **DECILE_TITLES, **SIZE_TITLES}


def display_of(panel: Panel, variable: str) -> Display:
    """How to show a variable, with the recorded unit in words where the table above leaves it open."""
    known = DISPLAYS.get(variable) or Display(words_of(variable))
    if known.unit:
        return known
    unit = panel.unit(variable)
    for pattern, words in UNIT_WORDS:
        unit = re.sub(pattern, words, unit)
    if known.flow and unit and "quarter" not in unit:
        unit += " a quarter"
    if known.prices and unit and "prices" not in unit:
        unit += f", prices of {panel.opening_year}"
    return replace(known, unit=unit)


def group_title(group: str) -> str:
    """A sector code, an occupation, a tenth of incomes or a size of firms in plain words."""
    return GROUP_TITLES.get(group) or words_of(group)
