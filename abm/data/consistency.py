"""What has to add up in the tables of an economy; docs/economies.md says each rule and its tolerance.

A table whose accounts do not close would open as an economy that nobody meant, or as none at all: a sector whose
inputs cost more than its output has no wages to pay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.data.figures import Figures
from abm.data.reading import Row, check_sums, place
from abm.errors import UserError

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["check_ages", "check_births", "check_figures_agree", "check_parts", "check_sector_accounts"]

INCOMES = ("compensation", "net_production_tax", "depreciation", "operating_surplus")  # value added in all
CONSUMERS = ("household_consumption_rural", "household_consumption_urban")
FINAL = ("household_consumption", "government_consumption", "fixed_investment")  # at home, without stocks
ELECTRICITY = tuple(f"electricity_{name}_split_twh" for name in ("primary", "secondary", "tertiary", "households"))

UNITY = 1e-3  # of what a unit of output costs, and of shares that add up to one
PRODUCT = 5e-3  # of the supply of a product
AT_HOME = 1e-2  # the same, beside stocks: what is imported for them is in no column of its own
TOTAL = 1e-2  # of a sum that stands in macro.csv
UNIT = 3.0  # times; figures of other years differ by less, mistaken units by more
LEAST_AT_WORK = 0.2  # of the adults, employed or unemployed
HOUSEHOLD_TONNES = 20.0  # of carbon dioxide that an adult's household emits directly in a year, at most


def check_sector_accounts(rows: Sequence[Row], tables: Mapping[str, Any]) -> None:
    """The accounts of sectors and products, ``tables`` by the names of ``abm.data.Tables``. Raises UserError."""
    check_sums(rows, "value_added", INCOMES)
    check_sums(rows, "household_consumption", CONSUMERS)
    _check_costs(rows, tables)
    _check_products(rows, tables)


def _check_costs(rows: Sequence[Row], tables: Mapping[str, Any]) -> None:
    """Inputs and value added are what a unit of output costs."""
    inputs = (tables["domestic"] + tables["imported"]).sum(axis=0)
    added = tables["value_added"] / tables["gross_output"]
    for row, bought, own in zip(rows, inputs, added, strict=True):
        if not abs(bought + own - 1) <= UNITY:
            raise UserError(
                f"{place(row)}: value_added over gross_output, {own:.4g}, and what {row['code']} uses in "
                f"input_coefficients.csv, {bought:.4g}, should add up to 1, not {bought + own:.4g}; correct one of them"
            )


def _check_products(rows: Sequence[Row], tables: Mapping[str, Any]) -> None:
    """What is made and imported of a product is used, at home or abroad; what is not imported is made at home."""
    stocks = np.abs(tables["inventory_change"])
    made, home = tables["gross_output"], sum(tables[name] for name in FINAL)
    supply = made + tables["imported"] @ made + tables["final_imports"]
    used = (tables["domestic"] + tables["imported"]) @ made + home + tables["inventory_change"] + tables["exports"]
    parts = tables["final_consumption_domestic"] + tables["fixed_investment_domestic"] + tables["final_imports"]
    for at, row in enumerate(rows):
        if not abs(supply[at] - used[at]) <= PRODUCT * abs(supply[at]):
            raise UserError(
                f"{place(row)}: output and imports of {row['code']}, {supply[at]:.6g}, should be its inputs, final "
                f"uses and exports, {used[at]:.6g}, within {100 * PRODUCT:g} per cent; correct one of them"
            )
        if not abs(parts[at] - home[at]) <= AT_HOME * abs(supply[at]) + stocks[at]:
            raise UserError(
                f"{place(row)}: final_consumption_domestic, fixed_investment_domestic and final_imports, "
                f"{parts[at]:.6g}, should be consumption and fixed_investment of {row['code']}, {home[at]:.6g}, within "
                f"{100 * AT_HOME:g} per cent of its supply and inventory_change; correct one of them"
            )


def check_parts(parts: FloatArray, places: Sequence[str], of: str) -> None:
    """Refuse rows (rows, parts) of shares that are below zero or do not add up to 1. Raises UserError."""
    for where, row in zip(places, parts, strict=True):
        if row.min() < 0 or not abs(row.sum() - 1) <= UNITY:
            raise UserError(f"{where}: {of} should be shares that add up to 1, not {row.sum():.4g}; correct the row")


def check_ages(rows: Sequence[Row], ages: FloatArray, adults: FloatArray) -> None:
    """Groups of adults follow each other from 20 years on, and there are some. Raises UserError."""
    for row, before, age in zip(rows, [0.0, *ages[:-1]], ages, strict=True):
        if age <= before or (before == 0.0 and age != 20.0):
            raise UserError(f"{place(row)}: age should be 20 in the first row and rise from row to row, not {age:g}")
    if not adults.sum() > 0:
        raise UserError(f"{place(rows[0])}: adults_million is 0 in every row; write how many there are")


def check_births(rows: Sequence[Row], births: FloatArray, adults: float) -> None:
    """Years follow each other, and those born in one are few beside the adults. Raises UserError."""
    for row, before in zip(rows[1:], rows, strict=False):
        if "year" in row and float(row["year"]) != float(before["year"]) + 1:
            raise UserError(f"{place(row)}: year should be the one after {before['year']}, not {row['year']}")
    for row, born in zip(rows, births, strict=True):
        if born > adults / 5:
            raise UserError(f"{place(row)}: births_million is {born:g} with {adults:g} million adults; "
                            "it counts million persons")  # fmt: skip


def check_figures_agree(macro: Figures, tables: Mapping[str, Any]) -> None:
    """Figures of macro.csv against each other, the sectors and the adults. Raises UserError."""
    adults, employed = float(tables["age_adults"].sum()), macro["employment_million"]
    force = employed / (1 - macro["unemployment_rate"])
    if not LEAST_AT_WORK * adults <= force <= adults:
        raise UserError(
            f"{macro.place('employment_million')}: {employed:g} million employed and the unemployed are {force:.5g} "
            f"million, and should be {LEAST_AT_WORK:g} to 1 of the {adults:.5g} million adults of ages.csv"
        )
    _check_unit(macro, "employment_million", float(tables["employment_thousand"].sum()) / 1e3, "employment_thousand")
    _check_unit(macro, "nominal_gdp_trn", float(tables["value_added"].sum()) / 1e3, "value_added")
    _check_emissions(macro, float(tables["co2_mt"].sum()), adults)
    _check_sum(macro, "electricity_split_twh", sum(macro[name] for name in ELECTRICITY), "the uses of electricity")


def _check_emissions(macro: Figures, sectors: float, adults: float) -> None:
    homes = macro["co2_households_table_mt"]
    for name in ("co2_households_table_mt", "co2_households_mt"):
        if macro.get(name, 0.0) > HOUSEHOLD_TONNES * adults:
            raise UserError(f"{macro.place(name)}: {name} is {macro[name] / adults:.4g} tonnes for each adult, and "
                            f"should be at most {HOUSEHOLD_TONNES:g}")  # fmt: skip
    _check_sum(macro, "co2_table_total_mt", sectors + homes, "co2_mt of sectors.csv and co2_households_table_mt")
    _check_unit(macro, "co2_total_mt", macro["co2_table_total_mt"], "co2_table_total_mt")
    if "co2_households_mt" in macro and homes > 0:
        _check_unit(macro, "co2_households_mt", homes, "co2_households_table_mt")


def _check_sum(macro: Figures, name: str, found: float, of: str) -> None:
    if not abs(macro[name] - found) <= TOTAL * abs(found):
        raise UserError(f"{macro.place(name)}: {name} should be the sum of {of}, {found:.6g}, within "
                        f"{100 * TOTAL:g} per cent, not {macro[name]:.6g}; correct one of them")  # fmt: skip


def _check_unit(macro: Figures, name: str, other: float, of: str) -> None:
    """Two figures of the same thing, maybe of other years: one in another unit is refused."""
    if not np.isfinite(other) or not other / UNIT <= macro[name] <= other * UNIT:
        raise UserError(f"{macro.place(name)}: {name} is {macro[name]:.6g}, but {of} gives {other:.6g} in its unit; "
                        "they should be of the same size, so correct one of them")  # fmt: skip
