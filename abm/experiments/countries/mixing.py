"""One or several blocks of an economy in the place of another economy's, in a folder of tables of its own.

Tables stay consistent since every exchange keeps what has to add up: accounts.py says how those of sectors do.
Emissions and electricity are per unit that sectors produce, and emissions of the grid follow its electricity.
"""

from __future__ import annotations

import csv
import math
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from abm.arrays import FloatArray
from abm.data import Manifest, Tables, find_economy, load_assumptions, load_tables
from abm.errors import UserError
from abm.experiments.countries.abroad import exchange_rate
from abm.experiments.countries.accounts import JoinedAccounts, joined_accounts
from abm.experiments.countries.blocks import BLOCKS, Block, parameters_of
from abm.parameters import ParameterInformation, describe_parameters
from abm.results.currency import DECLARED
from abm.sectors import ELECTRICITY_GROUPS, having

__all__ = ["mixed"]

Rows = list[dict[str, str]]
SECTORS, MACRO, ASSUMPTIONS = "sectors.csv", "macro.csv", "assumptions.csv"
INPUTS, FARMING = "input_coefficients.csv", "agriculture_employment_share"
BUILDING = ("households.residential_investment", "government.public_investment")  # over GDP; go with investment
TABLE_CO2 = ("co2_ceads_total_mt", "co2_table_total_mt")  # whichever of the two an economy has
COPIED = (
    "grid_emission_factor_kg_per_kwh", "grid_emission_factor_2021_kg_per_kwh", "co2_per_gdp_trend",
    "electricity_per_gdp_trend", "grid_factor_trend",
)  # fmt: skip
HOUSEHOLDS = (
    "co2_households_mt",
    "co2_households_table_mt",
    "energy_households_pj",
    "electricity_households_split_twh",
)
BY_SIZE = ("energy.ai_electricity_opening",)  # parameters that are amounts, so that they go with GDP


class Exchange(NamedTuple):
    """The two economies, the folder that is made, and how much of the base's currency one of the donor's is."""

    base: Manifest
    donor: Manifest
    own: Tables
    other: Tables
    folder: Path
    year: int
    rate: float

    @property
    def size(self) -> float:
        """GDP of the base over that of the donor, in the years of their tables and the currency of each."""
        return float(self.own.value_added.sum() / self.other.value_added.sum())

    def file(self, table: str) -> Path:
        """Where the new economy has a table."""
        return self.folder / self.base.file(table, self.year).relative_to(self.base.folder)


def mixed(base: str, donor: str, names: Sequence[str], year: int, folder: Path) -> str:
    """A folder of tables as ``base`` has them, but for the named blocks of ``donor``; its path is an economy.

    Raises UserError where the two have other sectors or occupations.
    """
    own, other = load_tables(year, base), load_tables(year, donor)
    if own.codes != other.codes or own.occupation_codes != other.occupation_codes:
        labels = " and ".join(find_economy(one).label for one in (base, donor))
        raise UserError(f"{labels} have other sectors or occupations, so that no block of tables fits both")
    economies = find_economy(base), find_economy(donor)
    shutil.copytree(economies[0].folder, folder, ignore=shutil.ignore_patterns("inputs", "*.md"))
    exchange = Exchange(*economies, own, other, folder, year, exchange_rate(donor, base, year))
    blocks = [BLOCKS[name] for name in names]
    for block in blocks:
        _take(block, exchange)
    accounts = _accounts(exchange, *(any(getattr(one, what) for one in blocks) for what in ("production", "uses")))
    energy = any(one.energy for one in blocks)
    if accounts is not None or energy:
        _energy(exchange, own.gross_output if accounts is None else accounts.columns["gross_output"], energy)
    _take_parameters(parameters_of(names), exchange, 1.0 if accounts is None else accounts.invested)
    return str(folder)


def _take(block: Block, exchange: Exchange) -> None:
    """The files, columns and figures of a block."""
    for name in block.files:
        table = exchange.donor.file(name, exchange.year)
        exchange.file(name).unlink(missing_ok=True)
        if table.is_file():  # an economy may lack input_drift.csv
            shutil.copy(table, exchange.file(name))
    sectors = _read(exchange.donor.file(SECTORS, exchange.year))[1]
    for column in block.columns:
        _change(exchange.file(SECTORS), "code", {column: {row["code"]: row[column] for row in sectors}})
    if block.figures:
        _take_figures(block.figures, exchange)
    if block.ages:
        _take_ages(exchange)


def _take_figures(names: Sequence[str], exchange: Exchange) -> None:
    """Rows of macro.csv; those that only one of the two has come or go."""
    path = exchange.file(MACRO)
    header, rows = _read(path)
    theirs = {row["name"]: row for row in _read(exchange.donor.file(MACRO, exchange.year))[1]}
    kept = [row for row in rows if row["name"] not in names]
    _write(path, header, [*kept, *(theirs[name] for name in names if name in theirs)])


def _accounts(exchange: Exchange, produced: bool, used: bool) -> JoinedAccounts | None:
    """The accounts of sectors, with those or the uses of GDP as the donor has them; None where neither is taken."""
    if not produced and not used:
        return None
    sectors, uses = (exchange.other if theirs else exchange.own for theirs in (produced, used))
    joined = joined_accounts(sectors, uses, float(exchange.own.value_added.sum()))
    jobs = joined.columns["employment_thousand"]
    jobs *= exchange.own.employment_thousand.sum() / jobs.sum()
    _change_sectors(exchange, joined.columns)
    pairs = [(one, other) for one in sectors.codes for other in sectors.codes]
    cells = [f"{one},{other},{joined.domestic.item(at):.12g},{joined.imported.item(at):.12g}"
             for at, (one, other) in enumerate(pairs)]  # fmt: skip
    exchange.file(INPUTS).write_text("\n".join(["supplying,using,domestic,imported", *cells, ""]), encoding="utf-8")
    farming = having(sectors.roles, "farming")
    before, after = (float(one[farming].sum() / one.sum()) for one in (sectors.employment_thousand, jobs))
    _change(exchange.file(MACRO), "name", {"value": {FARMING: sectors.macro[FARMING] * after / before}})
    return joined


def _take_ages(exchange: Exchange) -> None:
    """The adults by age and those who come of age, as many in all as the economy has."""
    scale = exchange.own.age_adults.sum() / exchange.other.age_adults.sum()
    for name, columns in (("ages.csv", ["adults_million"]), ("births.csv", ["births_million", "immigrants_million"])):
        header, rows = _read(exchange.donor.file(name, exchange.year))
        for row in rows:
            row |= {column: f"{float(row[column]) * scale:.6g}" for column in columns if row.get(column)}
        _write(exchange.file(name), header, rows)


def _energy(exchange: Exchange, output: FloatArray, theirs: bool) -> None:
    """Emissions and electricity for what sectors now produce, per unit as the economy has them or, if so, the other.

    ``output`` is (sectors,) in the currency of the base; the other economy's intensities are at the exchange rate.
    """
    source, unit = (exchange.other, exchange.rate) if theirs else (exchange.own, 1.0)
    made = output / (source.gross_output * unit)
    gdp = float(exchange.own.value_added.sum() / (source.value_added.sum() * unit))
    figures = {name: source.macro[name] for name in COPIED if theirs and name in source.macro}
    figures |= {name: source.macro[name] * gdp for name in HOUSEHOLDS if name in source.macro}
    for group, name in enumerate(ELECTRICITY_GROUPS):
        here = source.electricity_group == group
        larger = float(output[here].sum() / (source.gross_output[here].sum() * unit))
        figures[f"electricity_{name}_split_twh"] = source.macro[f"electricity_{name}_split_twh"] * larger
    split = sum(figures[f"electricity_{name}_split_twh"] for name in (*ELECTRICITY_GROUPS, "households"))
    electricity = split * source.macro["electricity_twh"] / source.macro["electricity_split_twh"]
    co2 = _emissions(source, made, electricity)
    table = float(co2.sum()) + figures["co2_households_table_mt"]
    figures |= {"electricity_split_twh": split, "electricity_twh": electricity} | dict.fromkeys(TABLE_CO2, table)
    figures["co2_total_mt"] = table * source.macro["co2_total_mt"] / source.macro["co2_table_total_mt"]
    columns = {"co2_mt": co2, "energy_pj": source.energy_pj * made, "process_co2_share": source.process_co2_share}
    _change_sectors(exchange, columns)
    _change(exchange.file(MACRO), "name", {"value": figures})


def _emissions(source: Tables, made: FloatArray, electricity: float) -> FloatArray:
    """Million tonnes of each sector, of the year of the table; the grid's follow electricity, the rest what is made."""
    level = source.macro["co2_total_mt"] / source.macro["co2_table_total_mt"]
    power, factor = source.rows.energy_power, source.macro["grid_emission_factor_kg_per_kwh"]
    co2 = source.co2_mt * made
    other_fuel = source.co2_mt[power] * level - source.macro["electricity_twh"] * factor
    co2[power] = (other_fuel * made[power] + electricity * factor) / level
    return co2


def _take_parameters(keys: set[str], exchange: Exchange, invested: float) -> None:
    """What the other economy has in another way than the defaults, or the defaults, in assumptions.csv.

    ``invested`` is by how much more than in the economy of the sectors is invested, over GDP.
    """
    theirs, own = (load_assumptions(exchange.year, str(one.folder)) for one in (exchange.donor, exchange.base))
    origin = exchange.donor.label
    own_year = exchange.folder / exchange.base.openings[exchange.year] / ASSUMPTIONS
    paths = dict.fromkeys(path.resolve() for path in (exchange.folder / ASSUMPTIONS, own_year))
    values = {one: theirs.get(one.key, one.default) for one in describe_parameters() if one.key in keys}
    if invested != 1.0:
        values |= {one: float((theirs if one.key in keys else own).get(one.key, one.default)) * invested
                   for one in describe_parameters() if one.key in BUILDING}  # fmt: skip
    taken = [
        {"parameter": one.key, "value": _as_text(one, value, exchange), "source": f"as in {origin}",
         "status": "assumed"}
        for one, value in values.items()
    ]  # fmt: skip
    replaced = {one.key for one in values}
    for path in paths:
        header, rows = _read(path) if path.is_file() else (["parameter", "value", "source", "status"], [])
        kept = [row for row in rows if row["parameter"] not in replaced]
        if path == next(iter(paths)):
            kept += taken
        if kept:
            _write(path, header, kept)
        else:
            path.unlink(missing_ok=True)  # a table without rows is refused


def _as_text(about: ParameterInformation, value: bool | float, exchange: Exchange) -> str:
    """A value as a table has it; amounts are converted, and stay within what the parameter may be."""
    factor = exchange.rate if DECLARED in about.unit else exchange.size / exchange.rate if about.key in BY_SIZE else 1.0
    if factor != 1.0:
        low = -math.inf if about.lower is None else about.lower
        high = math.inf if about.upper is None else about.upper
        value = min(max(float(value) * factor, low), high)
    return str(value).lower() if isinstance(value, bool) else f"{value:.8g}"


def _change_sectors(exchange: Exchange, columns: Mapping[str, FloatArray]) -> None:
    """Other numbers in columns of sectors.csv, in the order of the sectors."""
    codes = exchange.own.codes
    named = {name: dict(zip(codes, map(float, values), strict=True)) for name, values in columns.items()}
    _change(exchange.file(SECTORS), "code", named)


def _change(path: Path, key: str, columns: Mapping[str, Mapping[str, float | str]]) -> None:
    """Other values in a table, by the name of the column and the key of the row."""
    header, rows = _read(path)
    for column, values in columns.items():
        for row in rows:
            if row[key] in values:
                value = values[row[key]]
                row[column] = value if isinstance(value, str) else f"{value:.12g}"
    _write(path, header, rows)


def _read(path: Path) -> tuple[list[str], Rows]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def _write(path: Path, header: Sequence[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
