"""What a number of a table can be: one range for each column and for each row of macro.csv.

The ranges hold for any economy in any year. They are wide: what lies outside is a mistake of the unit, of the sign or
of a digit, such as a rate in per cent or persons in thousands.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from abm.data.reading import Row, number, place, read_rows
from abm.errors import UserError

__all__ = ["COLUMNS", "FIGURES", "Range", "check_figures", "checked_rows", "range_of"]


class Range(NamedTuple):
    """The least and the largest value, and what to look at if one lies outside."""

    least: float
    most: float
    remedy: str


MUCH = 1e12
TINY = 1e-9  # more than nothing
PART = "a share is written as 0.05, not as 5 per cent"
PACE = "a rate is written as 0.02 for 2 per cent a year"
AMOUNT = "an amount below zero cannot be"
SOME = "it has to be more than zero"
PERSONS = "it counts million persons"

SHARE, POSITIVE, NOT_NEGATIVE = Range(0.0, 1.0, PART), Range(TINY, MUCH, SOME), Range(0.0, MUCH, AMOUNT)
GROWTH = Range(-0.2, 0.3, PACE)
EITHER_SIGN = Range(-MUCH, MUCH, "the number is too large")

# Rows of macro.csv by name; the first pattern that fits holds. Amounts of money can be of any currency.
FIGURES: dict[str, Range] = {
    "nominal_gdp_trn*": Range(1e-6, 1e7, "it counts trillion of the currency"),
    "value_added_table_trn*": Range(1e-6, 1e7, "it counts trillion of the currency"),
    "employment_million": Range(1e-3, 1000.0, PERSONS),
    "adults_million": Range(1e-3, 2000.0, PERSONS),
    "hours_per_week": Range(10.0, 80.0, "it counts hours of work a week"),
    "retirement_age*": Range(40.0, 90.0, "it counts years of age"),
    "benefit_duration_weeks": Range(0.0, 520.0, "it counts weeks"),
    "unemployment_rate*": Range(0.0, 0.5, PART),
    "gini_*": Range(0.1, 0.8, "a Gini is written as 0.395, not as 39.5"),
    "foreign_position_ratio": Range(-10.0, 10.0, "it is a share of annual GDP, 0.17 for 17 per cent"),
    "foreign_income_ratio": Range(-0.5, 0.5, PART),
    "*debt*_ratio": Range(0.0, 5.0, "it is a share of annual GDP, 0.86 for 86 per cent"),
    "*deficit*_share": Range(-0.3, 0.3, PART),
    "*_consumption_ratio": Range(0.0, 10.0, "it is consumption over income"),
    "capital_output_ratio": Range(0.1, 20.0, "it counts years of GDP"),
    "firm_size_pareto_exponent*": Range(0.3, 5.0, "it is an exponent near 1"),
    "currency_per_usd": Range(1e-6, 1e7, "an exchange rate is more than zero"),
    "purchasing_power_per_usd": Range(1e-6, 1e7, "an exchange rate is more than zero"),
    "ppp_*_per_usd": Range(1e-6, 1e7, "an exchange rate is more than zero"),
    "grid_emission_factor*": Range(0.0, 2.0, "it counts kg of carbon dioxide per kWh"),
    "*_price*inflation": Range(-0.2, 2.0, PACE),
    "inflation_target": Range(-0.05, 0.5, PACE),
    "policy_rate": Range(-0.05, 1.0, PACE),
    "household_saving_rate": Range(-1.0, 1.0, PART),
    "rd_to_gdp*": Range(0.0, 0.2, PART),
    "*trend": GROWTH,
    "trend_growth*": GROWTH,
    "real_gdp_growth*": GROWTH,
    "*_mt": Range(0.0, 50_000.0, "it counts million tonnes of carbon dioxide"),
    "co2_total_mt_*": Range(0.0, 50_000.0, "it counts million tonnes of carbon dioxide"),
    "*_twh": Range(0.0, 200_000.0, "it counts TWh a year"),
    "*_pj": Range(0.0, 700_000.0, "it counts petajoules a year"),
    "*_bn_tce": Range(0.0, 25.0, "it counts billion tonnes of coal equivalent"),
    "*price*": NOT_NEGATIVE,
    "berd_bn_*": NOT_NEGATIVE,
    "*_usd*": NOT_NEGATIVE,
    "*_cny*": NOT_NEGATIVE,
    "*_share": SHARE,
    "*_share_*": SHARE,
    "*_ratio": SHARE,
    "*_rate": SHARE,
    "*_rate_*": SHARE,
    "birth_rate_*": SHARE,
    "death_rate_*": SHARE,
    "benefit_coverage": SHARE,
    "annual_occupational_mobility*": SHARE,
}  # fmt: skip

# Columns of the other tables.
COLUMNS: dict[str, dict[str, Range]] = {
    "ages.csv": {
        "age": Range(20.0, 100.0, "it is the first year of age of a group of adults"),
        "adults_million": Range(0.0, 1000.0, PERSONS),
        "death_rate": Range(0.0, 1.0, "it is the part that dies within a year"),
    },
    "births.csv": {
        "year": Range(1900.0, 2200.0, "it is a year of birth"),
        "births_million": Range(0.0, 100.0, PERSONS),
        "immigrants_million": Range(-50.0, 50.0, PERSONS),
    },
    "sectors.csv": {
        "tradable": Range(0.0, 1.0, "write 1 for yes and 0 for no"),
        "storable": Range(0.0, 1.0, "write 1 for yes and 0 for no"),
        "gross_output": POSITIVE,
        "value_added": POSITIVE,
        "compensation": NOT_NEGATIVE,
        "net_production_tax": EITHER_SIGN,
        "depreciation": NOT_NEGATIVE,
        "operating_surplus": EITHER_SIGN,
        "household_consumption": NOT_NEGATIVE,
        "household_consumption_rural": NOT_NEGATIVE,
        "household_consumption_urban": NOT_NEGATIVE,
        "government_consumption": NOT_NEGATIVE,
        "fixed_investment": EITHER_SIGN,
        "inventory_change": EITHER_SIGN,
        "exports": NOT_NEGATIVE,
        "final_consumption_domestic": NOT_NEGATIVE,
        "fixed_investment_domestic": EITHER_SIGN,
        "final_imports": EITHER_SIGN,
        "employment_thousand": POSITIVE,
        "co2_mt": Range(0.0, 50_000.0, "it counts million tonnes of carbon dioxide"),
        "energy_pj": NOT_NEGATIVE,
        "black_box_weight": SHARE,
        "process_co2_share": SHARE,
        "rd_intensity": SHARE,
        "mean_firm_size": POSITIVE,
        "relative_adoption": Range(0.0, 100.0, "its mean over the sectors is one"),
    },
    "input_coefficients.csv": {"domestic": SHARE, "imported": SHARE},
    "input_drift.csv": {"drift": Range(-1.0, 1.0, "it counts log points a year")},
    "occupations.csv": {
        "us_employment_share_2024": SHARE,
        "us_relative_wage": Range(0.01, 100.0, "the mean wage is one"),
        "relative_wage": Range(0.01, 100.0, "the mean wage is one"),
        "gpt4_beta": SHARE,
        "job_zone": Range(1.0, 5.0, "it is a level of preparation, 1 to 5"),
        "automation_exposure": SHARE,
        "augmentation_exposure": SHARE,
        "literacy": SHARE,
        "new_task_weight": SHARE,
    },
}  # fmt: skip


def range_of(name: str) -> Range:
    """What a row of macro.csv can be; a figure of the user's own that no pattern knows can be any number."""
    return next((found for pattern, found in FIGURES.items() if fnmatchcase(name, pattern)), EITHER_SIGN)


def check_figures(rows: Iterable[Row]) -> None:
    """Refuse a figure of macro.csv outside its range. Raises UserError."""
    for row in rows:
        _check(row, row["name"], number(row, "value"), range_of(row["name"]))


def checked_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table whose columns have ranges, each number within its own. Raises UserError."""
    rows, ranges = read_rows(path), COLUMNS[path.name]
    for row in rows:
        for name in ranges:
            if name in row:
                _check(row, name, number(row, name), ranges[name])
    return rows


def _check(row: Row, name: str, value: float, within: Range) -> None:
    if not within.least <= value <= within.most:
        if within.most >= MUCH:
            limits = "more than 0" if within.least > 0 else "0 or more" if within.least == 0 else "a smaller number"
        else:
            limits = f"{within.least:g} to {within.most:g}"
        raise UserError(f"{place(row)}: {name} should be {limits}, not {value:g}; {within.remedy}")
