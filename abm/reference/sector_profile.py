"""What a sector of an economy is, in figures: how much it makes, who works there, what it buys, who buys from it.

Flows are those of the opening over a year. What ``xinzhi sector`` says and draws is taken from these figures alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from abm.data import (
    DEFAULT_ECONOMY,
    Application,
    Manifest,
    Named,
    find_economy,
    known_sectors,
    latest_year,
    load_tables,
    shipped_economies,
)
from abm.errors import UserError, nearest, shown
from abm.model import Model
from abm.population.targets import Opening, open_economy
from abm.reference.opening_start import opening_overrides
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import load_scenario
from abm.sectors import BRANCHES, OWNERS, ROLES

__all__ = [
    "SectorFigure", "SectorList", "SectorProfile", "SectorUse", "profile_sector", "profile_sectors", "sector_named",
]  # fmt: skip

WORKERS, SEED = 10_000, 1  # of the opening from which firms are counted
QUARTERS = 4


class SectorFigure(NamedTuple):
    """One number: its name, the sector or occupation that it is about, if any, and where it comes from.

    ``year`` is that of the level, ``source_year`` and ``status`` are those of the tables, in words.
    """

    name: str
    item: str
    label: str
    name_zh: str
    value: float
    unit: str
    year: int
    source_year: str
    status: str


@dataclass(frozen=True)
class SectorList:
    """The sectors of an economy with two figures each, value added and persons."""

    economy: Manifest
    year: int
    sectors: tuple[Named, ...]
    value_added: tuple[float, ...]  # share of GDP, per cent
    employment: tuple[float, ...]  # million persons

    @property
    def command(self) -> str:
        """The command that describes one of them."""
        named = "" if self.economy.label == DEFAULT_ECONOMY else f" --economy {self.economy.label}"
        return f"xinzhi sector CODE{named}"


class SectorUse(NamedTuple):
    """An application of AI that a sector has: its worth in per cent of annual pay, and the part that works, 0 to 1."""

    application: Application
    value: float
    works: float


@dataclass(frozen=True)
class SectorProfile:
    """A sector: its names and words, and every figure of it."""

    economy: Manifest
    year: int
    sector: Named
    name: str
    roles: tuple[tuple[str, str], ...]  # each with what it means to the model
    branch: str
    owner: str
    tradable: bool
    storable: bool
    figures: tuple[SectorFigure, ...]
    uses: tuple[SectorUse, ...]  # the most valuable first

    def value(self, name: str, item: str = "") -> float:
        """The figure of that name."""
        return next(one.value for one in self.figures if (one.name, one.item) == (name, item))

    def ranked(self, name: str) -> list[SectorFigure]:
        """The figures of that name, one for each sector or occupation, the largest first."""
        return sorted((one for one in self.figures if one.name == name and one.item), key=lambda one: -one.value)


@dataclass
class _Sheet:
    """The figures of a sector as they are written down."""

    economy: Manifest
    year: int
    rows: list[SectorFigure] = field(default_factory=list)

    def add(self, figures: str, unit: str, about: Named | None = None, /, **values: float) -> None:
        """Figures by name, of one group of the manifest's sources and in one unit."""
        source, status = self.economy.origin(figures)
        code, label, name_zh = about or Named("", "", "")
        self.rows += [
            SectorFigure(name, code, label, name_zh, float(value), unit, self.year, source, status)
            for name, value in values.items()
        ]

    @property
    def money(self) -> str:
        """The unit of flows."""
        return f"bn {self.economy.currency['code']} a year"


def sector_named(word: str, economy: Manifest, year: int) -> int:
    """The row of a sector by code or name. Raises UserError, with the nearest code or an economy that has it."""
    sectors = load_tables(year, str(economy.folder)).sectors
    for row, one in enumerate(sectors):
        if word.casefold() in map(str.casefold, one):
            return row
    codes, code = [one.code for one in sectors], word.upper()
    remedy = nearest(code, codes)
    if code in {one.code for one in known_sectors()}:
        having = [name for name in shipped_economies() if code in load_tables(economy=name).codes]
        remedy = f"; {having[0]} has it: --economy {having[0]}"
    remedy = remedy or f"; sectors: {', '.join(codes)}"
    raise UserError(f"{economy.label} has no sector {shown(word)}{remedy}")


def profile_sectors(economy: str | None = None) -> SectorList:
    """Every sector of an economy with its size and jobs. Raises UserError."""
    manifest, year = _found(economy)
    opening = _opening(manifest, year)
    return SectorList(
        manifest, year, opening.tables.sectors, tuple((100 * opening.value_added / opening.gdp).tolist()),
        tuple(opening.employment.tolist()),
    )  # fmt: skip


def profile_sector(code: str, economy: str | None = None) -> SectorProfile:
    """The figures of a sector of an economy. Raises UserError for an unknown sector or economy."""
    manifest, year = _found(economy)
    row = sector_named(code, manifest, year)
    model = Model(WORKERS, rng=SEED, overrides=opening_overrides(year, str(manifest.folder)))
    opening, tables = model.economy.opening, model.economy.opening.tables
    sheet = _Sheet(manifest, year)
    for write in (_size, _work, _purchases, _sales, _occupations, _energy):
        write(sheet, opening, row)
    _firms(sheet, model, row)
    uses = _uses(sheet, model, row)
    return SectorProfile(
        manifest, year, tables.sectors[row], tables.names[row],
        tuple((role, meaning) for role, (meaning, _) in ROLES.items() if role in tables.roles[row]),
        BRANCHES[tables.branch[row]], OWNERS[tables.owner[row]], bool(opening.tradable[row]),
        bool(opening.storable[row]), tuple(sheet.rows), uses,
    )  # fmt: skip


def _found(economy: str | None) -> tuple[Manifest, int]:
    manifest = find_economy() if economy is None else find_economy(economy)
    return manifest, latest_year(manifest)


def _opening(manifest: Manifest, year: int) -> Opening:
    """The targets of the opening, without agents."""
    scenario = load_scenario("baseline", opening_overrides(year, str(manifest.folder)))
    return open_economy(parameters_of(scenario), load_tables(year, str(manifest.folder)))


def _size(sheet: _Sheet, opening: Opening, row: int) -> None:
    added = opening.value_added
    sheet.add(
        "accounts", sheet.money, output=QUARTERS * (opening.output + opening.in_use.own)[row],
        value_added=QUARTERS * added[row],
        wages=QUARTERS * opening.wages[row], mixed_income=QUARTERS * opening.mixed_income[row],
        production_taxes=QUARTERS * opening.production_taxes[row], surplus=QUARTERS * opening.gross_surplus[row],
    )  # fmt: skip
    sheet.add("accounts", "per cent of GDP", value_added_share=100 * added[row] / opening.gdp)
    sheet.add("accounts", "place among the sectors", value_added_rank=1 + (added > added[row]).sum())
    sheet.add("accounts", "number", sectors=added.size)


def _work(sheet: _Sheet, opening: Opening, row: int) -> None:
    people, income = opening.employment, opening.wages + opening.mixed_income
    pay = QUARTERS * income / people  # thousand of the currency, since billion over million
    sheet.add("employment", "million persons", employment=people[row])
    sheet.add("employment", "per cent of all at work", employment_share=100 * people[row] / people.sum())
    sheet.add(
        "employment", f"thousand {sheet.economy.currency['code']} a head and year", pay=pay[row],
        pay_mean=QUARTERS * income.sum() / people.sum(),
    )  # fmt: skip
    sheet.add("accounts", "per cent of value added", labour_share=100 * income[row] / opening.value_added[row])


def _purchases(sheet: _Sheet, opening: Opening, row: int) -> None:
    """What it buys, from each sector, and how much of that is imported."""
    bought = QUARTERS * opening.input_coefficients[:, row] * opening.output[row]
    imported = bought * opening.input_import_share[:, row]
    sheet.add("flows", sheet.money, inputs=bought.sum(), inputs_imported=imported.sum())
    for place, supplier in enumerate(opening.tables.sectors):
        sheet.add("flows", sheet.money, supplier, input_from=bought[place], input_from_imported=imported[place])


def _sales(sheet: _Sheet, opening: Opening, row: int) -> None:
    """Who buys its products, those made at home and imported ones together."""
    bought = QUARTERS * opening.input_coefficients[row] * opening.output
    investment = opening.residential_investment + opening.public_investment + opening.fixed_investment
    investment += opening.in_use.own  # the integration of AI by own staff
    final = {
        "households": opening.consumption, "government": opening.government_consumption, "investment": investment,
        "stocks": opening.inventory_change, "exports": opening.exports,
    }  # fmt: skip
    uses = {f"sold_to_{name}": QUARTERS * float(values[row]) for name, values in final.items()}
    sheet.add("flows", sheet.money, sold_to_firms=bought.sum(), **uses)
    sheet.add("flows", sheet.money, imports=QUARTERS * opening.imports[row], sold=bought.sum() + sum(uses.values()))
    for place, buyer in enumerate(opening.tables.sectors):
        sheet.add("flows", sheet.money, buyer, sold_to=bought[place])


def _occupations(sheet: _Sheet, opening: Opening, row: int) -> None:
    """Who works there, and the share of tasks that artificial intelligence can do or support."""
    tables = opening.tables
    weights = opening.employment @ tables.staffing
    for place, occupation in enumerate(tables.occupations):
        share = 100 * tables.staffing[row, place]
        sheet.add("staffing", "per cent of its jobs", occupation, occupation=share)
    for name, exposure in (
        ("automation", tables.occupation_automation_exposure),
        ("augmentation", tables.occupation_augmentation_exposure),
    ):
        here, mean = tables.staffing[row] @ exposure, weights @ exposure / weights.sum()
        sheet.add("exposure", "per cent of tasks", **{name: 100 * here, f"{name}_mean": 100 * mean})
    sheet.add("adoption", "times the mean sector", relative_adoption=tables.relative_adoption[row])


def _energy(sheet: _Sheet, opening: Opening, row: int) -> None:
    co2, power = opening.co2, opening.electricity
    everything = co2.sum() + opening.co2_households
    used = power.sum() + opening.electricity_households + opening.electricity_ai
    sheet.add("emissions", "Mt CO2 a year", co2=QUARTERS * co2[row])
    sheet.add("emissions", "per cent of the national total", co2_share=100 * co2[row] / everything)
    sheet.add(
        "emissions", f"tonnes of CO2 a million {sheet.economy.currency['code']} of value added",
        co2_intensity=1000 * co2[row] / opening.value_added[row], co2_intensity_mean=1000 * co2.sum() / opening.gdp,
    )  # fmt: skip
    sheet.add("electricity", "TWh a year", electricity=QUARTERS * power[row])
    sheet.add("electricity", "per cent of the national total", electricity_share=100 * power[row] / used)


def _firms(sheet: _Sheet, model: Model, row: int) -> None:
    """The firms of an opening with 10,000 adults; each stands for many."""
    staff = model.state.firms.headcount[model.state.firms.sector == row]
    everyone = model.state.firms.headcount
    sheet.add("firms", f"firms at {WORKERS:,} simulated adults", firms=staff.size)
    sheet.add(
        "firms", "simulated workers", firm_size=float(np.mean(staff)),
        firm_size_mean=float(np.mean(everyone)),
        largest_firm=staff.max(),
    )  # fmt: skip
    sheet.add("firms", "persons", persons_per_worker=model.economy.structure.persons_per_worker)


def _uses(sheet: _Sheet, model: Model, row: int) -> tuple[SectorUse, ...]:
    """What AI does in the sector: each application with its worth at full use, and the part that works at the opening.

    The sizes of applications and the staffing that they act on are assumed, so every worth is.
    """
    applied, frontier = (
        model.economy.opening.applied,
        model.economy.parameters.artificial_intelligence.algorithm_opening,
    )
    works = applied.passed(frontier, sheet.year)
    found = [
        SectorUse(one, 100 * float(applied.value[at, row]), float(works[at]))
        for at, one in enumerate(applied.applications)
        if applied.present[at, row]
    ]
    for one in found:
        about = (one.application.code, one.application.label, one.application.name_zh)
        for name, value, unit in (
            ("application", one.value, "per cent of annual pay"),
            ("application_works", 100 * one.works, "per cent of the application"),
        ):
            sheet.rows.append(SectorFigure(name, *about, value, unit, sheet.year, "none", "assumed"))
    return tuple(sorted(found, key=lambda one: -one.value))
