"""The figures the model opens with: small tables shipped beside this file.

``SOURCES.md`` names the origin, year, licence, treatment and confidence of every table.
Money is in billion yuan of the year of the table, employment in thousand persons, carbon dioxide in million tonnes,
energy in petajoules; sectors follow the fixed order of ``sectors.csv`` and occupations that of ``occupations.csv``.

The economy can open in an earlier year, for the back-test: ``history/`` holds what was known then. What it does not
hold, see SOURCES.md, is taken from the tables of 2024.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "DEFAULT_YEAR", "OPENING_YEARS", "AdoptionRow", "Observation", "Tables", "load_assumptions", "load_observed",
    "load_tables",
]  # fmt: skip

DEFAULT_YEAR = 2024
OPENING_YEARS = (2012, 2015, DEFAULT_YEAR)


class AdoptionRow(NamedTuple):
    """Share of firms using artificial intelligence, 0 to 1, in one economy, year and size class."""

    economy: str
    year: int
    size_class: str
    value: float
    status: str


class Observation(NamedTuple):
    """What was observed in a year; ``group`` is a sector, a pool of sectors, ``HH`` (households) or ``economy``."""

    variable: str
    group: str
    year: int
    value: float
    status: str


@dataclass(frozen=True, eq=False)
class Tables:
    """Every shipped figure as read-only arrays.

    Sector arrays have shape (20,), occupation arrays (22,), ``domestic`` and ``imported`` (20 supplying, 20 using)
    in yuan of input per yuan of gross output, ``staffing`` (20, 22) with rows summing to one, ``similarity``
    (22 from, 22 to) between 0 and 1. Flows are billion yuan a year unless the comment says otherwise.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    tradable: FloatArray  # 1 if the good crosses borders in the model
    storable: FloatArray  # 1 if output can be kept in stock
    gross_output: FloatArray
    value_added: FloatArray
    compensation: FloatArray
    net_production_tax: FloatArray
    depreciation: FloatArray
    operating_surplus: FloatArray
    household_consumption: FloatArray  # domestic and imported goods together
    household_consumption_rural: FloatArray
    household_consumption_urban: FloatArray
    government_consumption: FloatArray  # domestic and imported goods together
    fixed_investment: FloatArray  # domestic and imported goods together
    inventory_change: FloatArray
    exports: FloatArray  # domestic goods only
    final_consumption_domestic: FloatArray  # households and government
    fixed_investment_domestic: FloatArray
    final_imports: FloatArray  # imported goods in all final uses
    employment_thousand: FloatArray
    co2_mt: FloatArray  # direct emissions, million tonnes
    energy_pj: FloatArray  # energy consumption of 2019, petajoules
    process_share: FloatArray  # weight of process control, 0 to 1
    black_box_weight: FloatArray  # reluctance to trust opaque systems, 0 to 1
    process_co2_share: FloatArray  # share of co2_mt that is chemical, not fuel
    rd_intensity: FloatArray  # business research and development over gross output
    mean_firm_size: FloatArray  # relative size, workers per firm before scaling
    relative_adoption: FloatArray  # use of artificial intelligence, simple mean over sectors is one
    domestic: FloatArray
    imported: FloatArray
    occupation_codes: tuple[str, ...]
    occupation_names: tuple[str, ...]
    occupation_us_employment_share: FloatArray
    occupation_relative_wage: FloatArray  # mean wage over the employment-weighted mean of all occupations
    occupation_gpt4_beta: FloatArray
    occupation_job_zone: FloatArray  # preparation needed, 1 little to 5 extensive
    occupation_automation_exposure: FloatArray
    occupation_augmentation_exposure: FloatArray
    occupation_literacy: FloatArray  # share of workers literate in artificial intelligence at the opening
    occupation_new_task_weight: FloatArray  # sums to one
    staffing: FloatArray
    similarity: FloatArray
    macro: dict[str, float]
    adoption: tuple[AdoptionRow, ...]
    age_group: FloatArray  # (16,) first year of age of each group of adults
    age_adults: FloatArray  # (16,) million persons at the beginning of 2024
    age_death_rate: FloatArray  # (16,) risk of death within a year
    births: FloatArray  # (27,) million, of those who turn 20 in 2024, 2025 ...


_OCCUPATION_COLUMNS = {
    "occupation_us_employment_share": "us_employment_share_2024",
    "occupation_relative_wage": "us_relative_wage",
    "occupation_literacy": "literacy",
}


def _rows(name: str) -> list[dict[str, str]]:
    """Rows of one shipped table; a cell count that differs from the header raises ValueError."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise ValueError(f"abm/data/{name}, line {line}: wrong number of cells")
    return rows


def _frozen(array: FloatArray) -> FloatArray:
    array.setflags(write=False)
    return array


def _vector(rows: list[dict[str, str]], column: str) -> FloatArray:
    return _frozen(np.array([float(row[column]) for row in rows], dtype=np.float64))


def _square(
    rows: list[dict[str, str]], row_key: str, column_key: str, value_key: str, row_labels: tuple[str, ...],
    column_labels: tuple[str, ...],
) -> FloatArray:  # fmt: skip
    """Long table to matrix; a pair that is missing or given twice raises ValueError."""
    row_of = {label: i for i, label in enumerate(row_labels)}
    column_of = {label: i for i, label in enumerate(column_labels)}
    matrix = np.full((len(row_labels), len(column_labels)), np.nan)
    for row in rows:
        place = row_of[row[row_key]], column_of[row[column_key]]
        if not np.isnan(matrix[place]):
            raise ValueError(f"abm/data: the pair {row[row_key]}, {row[column_key]} is given twice")
        matrix[place] = float(row[value_key])
    if np.isnan(matrix).any():
        raise ValueError(f"abm/data: pairs are missing in {value_key}")
    return _frozen(matrix)


def _by_code(name: str, key: str, codes: tuple[str, ...], columns: tuple[str, ...]) -> FloatArray:
    """Wide table to matrix, rows in the order of ``codes`` whatever their order in the file."""
    found = {row[key]: row for row in _rows(name)}
    return _frozen(np.array([[float(found[code][column]) for column in columns] for code in codes]))


def _name(table: str, year: int) -> str:
    """The file of a table that an earlier opening year has for itself."""
    return f"{table}.csv" if year == DEFAULT_YEAR else f"history/{table}_{year}.csv"


def _sector_fields(year: int) -> dict[str, Any]:
    rows = _rows("sectors.csv")
    codes = tuple(row["code"] for row in rows)
    if year != DEFAULT_YEAR:
        own = {row["code"]: row for row in _rows(_name("sectors", year))}
        rows = [row | own[row["code"]] for row in rows]
    names = [item.name for item in fields(Tables)]
    first, last = names.index("tradable"), names.index("domestic")
    result: dict[str, Any] = {name: _vector(rows, name) for name in names[first:last]}
    inputs = _rows(_name("input_coefficients", year))
    for name in ("domestic", "imported"):
        result[name] = _square(inputs, "supplying", "using", name, codes, codes)
    return result | {"codes": codes, "names": tuple(row["name"] for row in rows)}


def _occupation_fields(codes: tuple[str, ...]) -> dict[str, Any]:
    rows = _rows("occupations.csv")
    names = [item.name for item in fields(Tables)]
    first, last = names.index("occupation_us_employment_share"), names.index("staffing")
    result: dict[str, Any] = {
        name: _vector(rows, _OCCUPATION_COLUMNS.get(name, name.removeprefix("occupation_")))
        for name in names[first:last]
    }
    occupations = tuple(row["name"] for row in rows)
    return result | {
        "occupation_codes": tuple(row["code"] for row in rows),
        "occupation_names": occupations,
        "staffing": _by_code("staffing.csv", "sector", codes, occupations),
        "similarity": _by_code("similarity.csv", "occupation", occupations, occupations),
    }


def load_tables(year: int = DEFAULT_YEAR) -> Tables:
    """The shipped tables of an opening year, read once per process.

    Raises ValueError for a year without tables, or, naming the file, if a table was edited into an impossible shape.
    """
    if year not in OPENING_YEARS:
        raise ValueError(f"there are no tables for {year}; opening years are {OPENING_YEARS}")
    return _tables(int(year))


@lru_cache(maxsize=len(OPENING_YEARS))
def _tables(year: int) -> Tables:
    sectors = _sector_fields(year)
    adoption = tuple(
        AdoptionRow(row["economy"], int(row["year"]), row["size_class"], float(row["value"]), row["status"])
        for row in _rows("adoption.csv")
    )
    ages = _rows("ages.csv")
    return Tables(
        **sectors,
        **_occupation_fields(sectors["codes"]),
        age_group=_vector(ages, "age"),
        age_adults=_vector(ages, "adults_million"),
        age_death_rate=_vector(ages, "death_rate"),
        births=_vector(_rows("births.csv"), "births_million"),
        macro={row["name"]: float(row["value"]) for row in _rows(_name("macro", year))},
        adoption=adoption,
    )


def load_assumptions(year: int) -> dict[str, bool | float]:
    """{dotted parameter: value} that hold for an earlier opening year, from figures up to it; none for 2024."""
    if year == DEFAULT_YEAR:
        return {}
    rows = _rows(_name("assumptions", year))
    switches = {"true": True, "false": False}
    return {row["parameter"]: switches[text] if (text := row["value"]) in switches else float(text) for row in rows}


@lru_cache(maxsize=1)
def load_observed() -> tuple[Observation, ...]:
    """What happened, year by year: the targets of the back-test and, up to its opening, the past of its rivals."""
    return tuple(
        Observation(row["variable"], row["group"], int(row["year"]), float(row["value"]), row["status"])
        for row in _rows("history/observed.csv")
    )
