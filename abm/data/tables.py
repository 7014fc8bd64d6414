"""The figures an economy opens with, read from its folder of tables."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from abm.data.consistency import check_ages, check_births, check_figures_agree, check_parts, check_sector_accounts
from abm.data.currencies import check_rate
from abm.data.figures import ALLOWANCES, HOURS, LASTING, Figures, load_figures
from abm.data.manifest import ECONOMIES, Manifest, Named, digest_of, economy_for, find_economy, no_tables
from abm.data.plausible import checked_rows
from abm.data.reading import (
    column,
    frozen,
    matrix,
    number,
    place,
    read_rows,
    some_words,
    sparse_square,
    square,
    texts,
    word,
    words,
)
from abm.errors import UserError
from abm.sectors import (
    ACTIVITIES,
    BRANCHES,
    ELECTRICITY_GROUPS,
    OCCUPATION_ROLES,
    OWNERS,
    ROLES,
    SectorRows,
    having,
    places,
    rows_of,
)

if TYPE_CHECKING:
    from abm.arrays import FloatArray, Integers

__all__ = ["DEFAULT_YEAR", "Tables", "load_assumptions", "load_tables", "named"]

DEFAULT_YEAR = 2024


@dataclass(frozen=True, eq=False)
class Tables:
    """Every figure of an economy in an opening year as read-only arrays.

    Arrays of sectors are in the order of ``sectors.csv``, those of occupations in that of ``occupations.csv``,
    ``domestic`` and ``imported`` (supplying, using) in money of input per money of gross output, ``staffing``
    (sectors, occupations) with rows summing to one, ``similarity`` (occupations from, occupations to) between 0 and 1.
    Flows are billion of the economy's currency a year unless the comment says otherwise.
    """

    economy: Manifest
    codes: tuple[str, ...]
    names: tuple[str, ...]
    sectors: tuple[Named, ...]
    roles: tuple[frozenset[str], ...]
    activities: tuple[frozenset[str], ...]  # of abm.sectors.ACTIVITIES, one or several each
    rows: SectorRows  # of the roles that one sector has
    branch: Integers  # places in abm.sectors.BRANCHES
    owner: Integers  # places in abm.sectors.OWNERS
    electricity_group: Integers  # places in abm.sectors.ELECTRICITY_GROUPS
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
    black_box_weight: FloatArray  # reluctance to trust opaque systems, 0 to 1
    process_co2_share: FloatArray  # share of co2_mt that is chemical, not fuel
    rd_intensity: FloatArray  # business research and development over gross output
    mean_firm_size: FloatArray  # relative size, workers per firm before scaling
    relative_adoption: FloatArray  # use of artificial intelligence, simple mean over sectors is one
    domestic: FloatArray
    imported: FloatArray
    input_drift: FloatArray  # log points a year by which the share of an input in all but energy moved, on record
    occupation_codes: tuple[str, ...]
    occupation_names: tuple[str, ...]
    occupations: tuple[Named, ...]
    occupation_roles: tuple[frozenset[str], ...]
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
    macro: Figures
    allowance_price: float  # of a tonne of carbon dioxide in the trading scheme, of the latest year in all openings
    hours_per_week: float  # normal hours of an employed person; of the latest year where an opening has none of its own
    age_group: FloatArray  # (groups,) first year of age of each group of adults
    age_adults: FloatArray  # (groups,) million persons at the beginning of 2024
    age_death_rate: FloatArray  # (groups,) risk of death within a year
    births: FloatArray  # (years,) million, of those who turn 20 in 2024, 2025 ...
    immigrants: FloatArray  # (years,) million of those who turn 20 then and were born abroad, less those who left


_OCCUPATION_COLUMNS = {
    "occupation_us_employment_share": "us_employment_share_2024",
    "occupation_relative_wage": "us_relative_wage",
    "occupation_literacy": "literacy",
}
IMMIGRANTS = "immigrants_million"
OWN_WAGE = "relative_wage"  # of an economy that has wages of its own beside the American ones
_SECTOR_WORDS = {"branch": BRANCHES, "owner": OWNERS, "electricity_group": ELECTRICITY_GROUPS}


def load_tables(year: int = DEFAULT_YEAR, economy: str | None = None) -> Tables:
    """The tables of an economy in an opening year, read once; without ``economy`` those of the usual one.

    ``economy`` is a shipped name or the path of a folder. Raises UserError for a year without tables, and, naming file
    and line, where a table has an impossible shape.
    """
    manifest = find_economy(economy_for(year) if economy is None else economy)
    if year not in manifest.openings:
        raise no_tables(manifest, year)
    own = manifest.folder.parent != ECONOMIES
    return _tables(manifest.folder, int(year), digest_of(manifest) if own else "")


@lru_cache(maxsize=16)
def _tables(folder: Path, year: int, digest: str) -> Tables:  # noqa: ARG001 - changed tables are read again
    economy = find_economy(str(folder))
    macro, latest = load_figures(economy.file("macro.csv", year)), load_figures(economy.folder / "macro.csv", LASTING)
    sectors = _sector_fields(economy, year)
    people = _people(economy, year)
    check_figures_agree(macro, sectors | people)
    check_rate(economy.currency["code"], macro)
    return Tables(
        economy=economy,
        **sectors,
        **_occupation_fields(economy, year, sectors["codes"]),
        **people,
        macro=macro,
        allowance_price=latest[ALLOWANCES],
        hours_per_week=macro[HOURS] if HOURS in macro else latest[HOURS],
    )


def _people(economy: Manifest, year: int) -> dict[str, Any]:
    """Adults by age, and those who come of age."""
    ages, births = checked_rows(economy.file("ages.csv", year)), checked_rows(economy.file("births.csv", year))
    groups, adults, born = column(ages, "age"), column(ages, "adults_million"), column(births, "births_million")
    check_ages(ages, groups, adults)
    check_births(births, born, float(adults.sum()))
    return {
        "age_group": groups,
        "age_adults": adults,
        "age_death_rate": column(ages, "death_rate"),
        "births": born,
        "immigrants": _immigrants(births),
    }


def _immigrants(births: list[dict[str, str]]) -> FloatArray:
    """Those who come from abroad before they turn 20; an economy whose table has no such column has none."""
    return column(births, IMMIGRANTS) if IMMIGRANTS in births[0] else frozen(np.zeros(len(births)))


def _sector_fields(economy: Manifest, year: int) -> dict[str, Any]:
    rows = checked_rows(economy.folder / "sectors.csv")
    codes, own_file = texts(rows, "code"), economy.own_file("sectors.csv", year)
    if own_file is not None:
        own = checked_rows(own_file)
        by_code = {word(row, "code", codes): row for row in own}
        missing = [code for code in codes if code not in by_code]
        if missing:
            raise UserError(f"{own_file.parent.name}/{own_file.name}: there is no row {missing[0]}; add one")
        rows = [row | by_code[row["code"]] for row in rows]
    names = [item.name for item in fields(Tables)]
    first, last = names.index("tradable"), names.index("domestic")
    result: dict[str, Any] = {name: column(rows, name) for name in names[first:last]}
    inputs = checked_rows(economy.file("input_coefficients.csv", year))
    for name in ("domestic", "imported"):
        result[name] = square(inputs, "supplying", "using", name, codes)
    check_sector_accounts(rows, result)
    result["input_drift"] = _input_drift(economy, year, codes)
    for name, known in _SECTOR_WORDS.items():
        result[name] = places([word(row, name, known) for row in rows], known)
    roles = tuple(words(row, "roles", tuple(ROLES)) for row in rows)
    _require_farms_together(roles, result["owner"], f"{economy.folder.name}/sectors.csv")
    return result | {
        "codes": codes,
        "names": texts(rows, "name"),
        "sectors": named(rows, "code"),
        "roles": roles,
        "activities": tuple(some_words(row, "activities", ACTIVITIES) for row in rows),
        "rows": rows_of(roles, f"{economy.folder.name}/sectors.csv"),
    }


def _input_drift(economy: Manifest, year: int, codes: tuple[str, ...]) -> FloatArray:
    """How inputs moved on record; an economy without such a table has none that move."""
    path = economy.file("input_drift.csv", year)
    if not path.is_file():
        return frozen(np.zeros((len(codes), len(codes))))
    return sparse_square(checked_rows(path), "supplying", "using", "drift", codes)


def _require_farms_together(roles: tuple[frozenset[str], ...], owner: Integers, label: str) -> None:
    farms = np.flatnonzero(having(roles, "farming"))
    if not farms.size or not np.array_equal(farms, np.flatnonzero(owner == OWNERS.index("workers"))):
        raise UserError(f"{label}: sectors with the role farming, and no others, belong to their workers; change owner")
    if farms[-1] - farms[0] != farms.size - 1:
        raise UserError(
            f"{label}: the sectors with the role farming should follow each other; move their rows together"
        )


def _occupation_fields(economy: Manifest, year: int, codes: tuple[str, ...]) -> dict[str, Any]:
    rows = checked_rows(economy.file("occupations.csv", year))
    names = [item.name for item in fields(Tables)]
    first, last = names.index("occupation_us_employment_share"), names.index("staffing")
    result: dict[str, Any] = {
        name: column(rows, _OCCUPATION_COLUMNS.get(name, name.removeprefix("occupation_")))
        for name in names[first:last]
    }
    if OWN_WAGE in rows[0]:
        result["occupation_relative_wage"] = column(rows, OWN_WAGE)
    known = texts(rows, "name")
    staffing = read_rows(economy.file("staffing.csv", year))
    staff = matrix(staffing, "sector", codes, known)
    by_code = {row["sector"]: place(row) for row in staffing}
    check_parts(staff, [by_code[code] for code in codes], "staffing")
    return result | {
        "occupation_codes": texts(rows, "code"),
        "occupation_names": known,
        "occupations": named(rows, "name"),
        "occupation_roles": tuple(words(row, "roles", tuple(OCCUPATION_ROLES)) for row in rows),
        "staffing": staff,
        "similarity": matrix(read_rows(economy.file("similarity.csv", year)), "occupation", known, known),
    }


def named(rows: list[dict[str, str]], code: str) -> tuple[Named, ...]:
    """The code and names in the rows of a table."""
    return tuple(map(Named, texts(rows, code), texts(rows, "label"), texts(rows, "name_zh")))


def load_assumptions(year: int, economy: str | None = None) -> dict[str, bool | float]:
    """{dotted parameter: value} of an economy in an opening year: what it has in another way than the defaults.

    The economy's own ``assumptions.csv``, if it has one, and over it that of the year, from figures up to it. Raises
    UserError for a year without tables.
    """
    return {key: one.value for key, one in load_sourced_assumptions(year, economy).items()}


class Assumption(NamedTuple):
    """A value that an economy has in another way than the default, with its source and status."""

    value: bool | float
    source: str
    status: str


def load_sourced_assumptions(year: int, economy: str | None = None) -> dict[str, Assumption]:
    """The same with where each value is from."""
    manifest = find_economy(economy_for(year) if economy is None else economy)
    if year not in manifest.openings:
        raise no_tables(manifest, year)
    files = [manifest.folder / "assumptions.csv", manifest.folder / manifest.openings[year] / "assumptions.csv"]
    switches = {"true": True, "false": False}
    return {
        row["parameter"]: Assumption(
            switches[text] if (text := row["value"]) in switches else number(row, "value"),
            row.get("source", ""), row.get("status", ""),
        )
        for path in dict.fromkeys(file.resolve() for file in files)
        if path.is_file()
        for row in read_rows(path)
    }  # fmt: skip
