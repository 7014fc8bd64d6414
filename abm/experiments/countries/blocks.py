"""One block of an economy's tables and parameters in the place of another economy's, in a folder of its own."""

from __future__ import annotations

import csv
import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from abm.data import Manifest, Tables, find_economy, load_assumptions, load_tables
from abm.errors import UserError
from abm.experiments.countries.abroad import exchange_rate
from abm.parameters import ParameterInformation, describe_parameters
from abm.results.currency import DECLARED
from abm.sectors import ELECTRICITY_GROUPS

__all__ = ["ALL", "BLOCKS", "Block", "mixed"]

Rows = list[dict[str, str]]
ASSUMPTIONS = "assumptions.csv"
TABLE_CO2 = ("co2_ceads_total_mt", "co2_table_total_mt")  # whichever of the two an economy has
COPIED = (
    "grid_emission_factor_kg_per_kwh", "grid_emission_factor_2021_kg_per_kwh", "co2_per_gdp_trend",
    "electricity_per_gdp_trend", "grid_factor_trend",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """A part of an economy that can be another's: whole files, groups or keys of parameters, and figures.

    ``columns`` are of sectors.csv. ``energy``: emissions and electricity too, by what is produced.
    """

    title: str
    files: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    ages: bool = False
    energy: bool = False


BLOCKS: dict[str, Block] = {
    "staffing": Block(
        "occupations and staffing of sectors", files=("occupations.csv", "staffing.csv", "similarity.csv")
    ),
    "ages": Block("ages, births and retirement", ages=True, parameters=("demography.", "labour.retirement_age")),
    "safety_net": Block(
        "benefits and pension rules",
        parameters=(
            "households.benefit_", "households.insured_share", "households.pension_", "households.assistance",
        ),
    ),
    "energy": Block("energy, its prices and emissions", energy=True, parameters=("energy.",)),
    "adoption": Block(
        "use of AI and size of firms", parameters=("adoption.",), columns=("relative_adoption", "mean_firm_size")
    ),
    "growth": Block("trends of growth", parameters=("growth.trend", "growth.half_life", "growth.expected")),
}  # fmt: skip
ALL = "all_blocks"


def mixed(base: str, donor: str, names: Sequence[str], year: int, folder: Path) -> str:
    """A folder of tables as ``base`` has them, but for the named blocks of ``donor``; its path is an economy.

    Raises UserError where the two have other sectors or occupations.
    """
    own, other = load_tables(year, base), load_tables(year, donor)
    if own.codes != other.codes or own.occupation_codes != other.occupation_codes:
        labels = " and ".join(find_economy(one).label for one in (base, donor))
        raise UserError(f"{labels} have other sectors or occupations, so that no block of tables fits both")
    manifest = find_economy(base)
    shutil.copytree(manifest.folder, folder, ignore=shutil.ignore_patterns("inputs", "*.md"))
    rate = exchange_rate(donor, base, year)
    for name in names:
        _take(BLOCKS[name], find_economy(donor), folder, (own, other), rate)
    _take_parameters([BLOCKS[name] for name in names], (base, donor), year, folder, rate)
    return str(folder)


def _take(block: Block, donor: Manifest, folder: Path, tables: tuple[Tables, Tables], rate: float) -> None:
    """The files and columns of a block."""
    own, other = tables
    for name in block.files:
        shutil.copy(donor.folder / name, folder / name)
    for column in block.columns:
        _change(folder / "sectors.csv", "code", {column: dict(zip(own.codes, getattr(other, column), strict=True))})
    if block.ages:
        _take_ages(donor.folder, folder, own.age_adults.sum() / other.age_adults.sum())
    if block.energy:
        _take_energy(folder, own, other, rate)


def _take_ages(donor: Path, folder: Path, scale: float) -> None:
    """The adults by age and those who come of age, as many in all as the economy has."""
    for name, columns in (("ages.csv", ["adults_million"]), ("births.csv", ["births_million", "immigrants_million"])):
        header, rows = _read(donor / name)
        for row in rows:
            row |= {column: f"{float(row[column]) * scale:.6g}" for column in columns if row.get(column)}
        _write(folder / name, header, rows)


def _take_energy(folder: Path, own: Tables, other: Tables, rate: float) -> None:
    """Emissions and electricity per unit produced as the other economy has them, at the exchange rate."""
    made = own.gross_output / (other.gross_output * rate)
    gdp = own.value_added.sum() / (other.value_added.sum() * rate)
    columns = {"co2_mt": other.co2_mt * made, "energy_pj": other.energy_pj * made}
    columns["process_co2_share"] = other.process_co2_share
    by_sector = {name: dict(zip(own.codes, values, strict=True)) for name, values in columns.items()}
    _change(folder / "sectors.csv", "code", by_sector)
    figures = {name: other.macro[name] for name in COPIED if name in other.macro}
    figures |= {name: other.macro[name] * gdp for name in ("co2_households_mt", "co2_households_table_mt",
                "energy_households_pj", "electricity_households_split_twh")}  # fmt: skip
    table = float(columns["co2_mt"].sum()) + figures["co2_households_table_mt"]
    figures |= dict.fromkeys(TABLE_CO2, table)
    figures["co2_total_mt"] = table * other.macro["co2_total_mt"] / other.macro["co2_table_total_mt"]
    uses = {f"electricity_{name}_split_twh": _by_group(group, own, other, rate, name)
            for group, name in enumerate(ELECTRICITY_GROUPS)}  # fmt: skip
    split = sum(uses.values()) + figures["electricity_households_split_twh"]
    figures |= uses | {"electricity_split_twh": split}
    figures["electricity_twh"] = split * other.macro["electricity_twh"] / other.macro["electricity_split_twh"]
    _change(folder / "macro.csv", "name", {"value": figures})


def _by_group(group: int, own: Tables, other: Tables, rate: float, name: str) -> float:
    """Electricity of a group of sectors, by what it produces."""
    made = [float(one.gross_output[one.electricity_group == group].sum()) for one in (own, other)]
    return float(other.macro[f"electricity_{name}_split_twh"] * made[0] / (made[1] * rate))


def _take_parameters(blocks: Sequence[Block], pair: tuple[str, str], year: int, folder: Path, rate: float) -> None:
    """What the other economy has in another way than the defaults, or the defaults, in assumptions.csv."""
    keys = tuple(key for block in blocks for key in block.parameters)
    path = folder / ASSUMPTIONS
    header, rows = _read(path) if path.is_file() else (["parameter", "value", "source", "status"], [])
    theirs, origin = load_assumptions(year, pair[1]), find_economy(pair[1]).label
    kept = [row for row in rows if not row["parameter"].startswith(keys)] if keys else rows
    for one in describe_parameters():
        if keys and one.key.startswith(keys):
            value = _as_text(one, theirs.get(one.key, one.default), rate if DECLARED in one.unit else None)
            kept.append({"parameter": one.key, "value": value, "source": f"as in {origin}", "status": "assumed"})
    _write(path, header, kept)


def _as_text(about: ParameterInformation, value: bool | float, rate: float | None) -> str:
    """A value as a table has it; an amount of money is converted, and stays within what the parameter may be."""
    if rate is not None:
        low = -math.inf if about.lower is None else about.lower
        high = math.inf if about.upper is None else about.upper
        value = min(max(float(value) * rate, low), high)
    return str(value).lower() if isinstance(value, bool) else f"{value:.8g}"


def _change(path: Path, key: str, columns: Mapping[str, Mapping[str, float]]) -> None:
    """Other values in a table, by the name of the column and the key of the row."""
    header, rows = _read(path)
    for column, values in columns.items():
        for row in rows:
            if row[key] in values:
                row[column] = f"{float(values[row[key]]):.10g}"
    _write(path, header, rows)


def _read(path: Path) -> tuple[list[str], Rows]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def _write(path: Path, header: Sequence[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
