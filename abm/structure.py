"""What stays as it was opened: coefficients, baskets, rates and norms, in the units of the economy in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from abm.data import Tables
from abm.economics.sectors import ENERGY_CODES, SectorRows, rows_of
from abm.generations import Generations
from abm.kernels.codes import Owner
from abm.kernels.tables import Flags, Floats, Integers, Matrix, Viewed
from abm.opening import NEW_MATERIALS, NON_MARKET, OWN_ACCOUNT, REAL_ESTATE, Opening, sector_rows
from abm.parameters import Parameters

__all__ = ["AGRICULTURE", "INDUSTRY", "REGIONS", "SERVICES", "Structure", "fixed_structure"]

REGIONS = 4
SIZE_RANGE = 60.0  # largest over least firm of an economy of 10,000 adults
FARMING = "farming"  # an occupation of the residents' scheme: a whole log point less likely to be insured
# Occupations that education prepares for.
TAUGHT = ("computer", "engineering", "science", "education", "health_practitioners", "arts", "business_financial")
AGRICULTURE, INDUSTRY, SERVICES = range(3)
LAST_OF_AGRICULTURE, LAST_OF_INDUSTRY = "AGR", "CON"  # in the order of the tables


@dataclass(eq=False)
class Structure(Viewed):
    """Constants of one economy; sectors (20,), occupations (22,), goods in rows and users in columns of matrices."""

    # scale
    persons_per_worker: float
    money_scale: float  # thousand yuan in memory for a national billion
    size_elasticity: float  # of a firm's data with respect to its staff
    rows: SectorRows  # of sectors with a part of their own
    # production
    input_coefficients: Matrix
    input_import_share: Matrix
    energy_rows: Flags  # bool
    production_tax_rate: Floats
    mark_up: Floats
    capacity_per_capital: Floats
    storable: Flags
    tradable: Flags
    process_share: Floats
    black_box: Floats
    research_relative: Floats  # step of research against the mean sector
    research_staff: Floats  # share of staff that does research
    research_intensity: float  # business research over GDP
    research_cycle_ai: Floats  # quarters with full AI
    owner: Integers  # codes of Owner
    depreciation: float  # of firms' and public capital, per quarter
    payout: Floats  # dividends over profit after tax
    # final demand
    final_import_share: Floats
    consumption_basket: Floats  # at the opening
    government_basket: Floats
    dwelling_basket: Floats
    public_basket: Floats
    capital_basket: Floats
    exports: Floats  # thousand yuan in memory per quarter of 2024Q1
    # work
    wage_premium: Floats
    staffing: Matrix  # (20, 22) shares in efficiency units
    occupation_premium: Floats
    automation_exposure: Floats
    augmentation_exposure: Floats
    opening_literacy: Floats
    new_task_weight: Floats
    taught: Flags  # occupations that education prepares for
    mobility: Matrix  # (22, 22) cumulated over columns
    entrant_efficiency: float
    formal: Floats  # log points by which an occupation leads to the employees' social insurance
    insured_from: float  # log pay, luck included, from which an adult is in the employees' social insurance
    # energy, per thousand yuan of output
    fuel_intensity: Floats  # tonnes
    process_intensity: Floats  # tonnes
    electricity_intensity: Floats  # MWh
    household_fuel_intensity: float  # tonnes per thousand yuan of consumption
    household_electricity_intensity: float  # MWh per thousand yuan of consumption
    # rates solved at the opening
    employer_rate: float = 0.0
    employee_rate: float = 0.0
    corporate_tax_rate: float = 0.0
    income_tax_rate: float = 0.0
    pension_rate: float = 0.0
    pension_burden: float = 0.0  # pensions and what lifts them to assistance, over wages
    retired_per_employed: float = 0.0
    land_fee_share: float = 0.0  # of spending on dwellings
    propensity_level: float = 0.0
    housing_share: float = 0.0  # of what is not consumed
    government_share: float = 0.0  # of GDP
    public_investment_share: float = 0.0  # of GDP
    trade_balance: float = 0.0  # of GDP
    foreign_rate: float = 0.0  # yield of foreign assets, per quarter
    neutral_trainees: float = 0.0  # of the labour force
    slack: float = 0.0  # idle share of all staff
    generations: Generations = field(init=False, repr=False)  # the population gives them
    # what households like, fitted to the opening's basket: weights, and how fast demand rises with utility
    taste: Floats = field(default_factory=lambda: np.zeros(0))
    engel_slopes: Floats = field(default_factory=lambda: np.zeros(0))
    # firms lie in the order of sectors
    sector_start: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    # AGRICULTURE, INDUSTRY (construction included) or SERVICES
    industry: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @cached_property
    def own_account(self) -> np.ndarray:
        """(20,) bool: sectors whose profit belongs to their workers, without layoffs and bankruptcies."""
        return self.owner == Owner.OWN_WORKERS


def fixed_structure(opening: Opening, tables: Tables, parameters: Parameters, employed: int) -> Structure:
    """What follows from the tables alone; the rates of the budget and the premia are solved by the population."""
    codes = opening.codes
    persons = opening.employment.sum() * 1e6 / employed
    scale = 1e6 / persons
    return Structure(
        persons_per_worker=persons, rows=rows_of(codes), money_scale=scale,
        size_elasticity=_size_elasticity(parameters, employed), owner=_owners(codes), payout=np.zeros(len(codes)),
        industry=np.searchsorted(
            [codes.index(LAST_OF_AGRICULTURE), codes.index(LAST_OF_INDUSTRY)], np.arange(len(codes)), side="left"
        ),
        **_production(opening, tables, parameters), **_research(opening, tables, parameters),
        **_final_uses(opening, scale), **_work(opening, tables, parameters), **_energy(opening),
    )  # fmt: skip


def _owners(codes: tuple[str, ...]) -> Integers:
    """(20,) codes of Owner: who gets the profit of a sector."""
    owner = np.full(len(codes), Owner.SHAREHOLDERS)
    for code, kind in ((OWN_ACCOUNT, Owner.OWN_WORKERS), (REAL_ESTATE, Owner.HOMEOWNERS), (NON_MARKET, Owner.STATE)):
        owner[codes.index(code)] = kind
    return owner


def _production(opening: Opening, tables: Tables, parameters: Parameters) -> dict[str, Any]:
    """Inputs, taxes, mark-ups and capital of a unit of output."""
    cost = opening.input_coefficients.sum(axis=0) + opening.wages / opening.output
    tax_rate = opening.production_taxes / opening.output
    return {
        "input_coefficients": np.ascontiguousarray(opening.input_coefficients),
        "input_import_share": np.ascontiguousarray(opening.input_import_share),
        "energy_rows": np.array([code in ENERGY_CODES for code in opening.codes]),
        "production_tax_rate": tax_rate,
        "mark_up": (1 - tax_rate) / cost - 1,
        # The opening capital is that at the quarter's end, which serves the next quarter's output.
        "capacity_per_capital": opening.output
        * (1 + parameters.growth.trend_opening)
        / (parameters.firms.normal_utilisation * opening.capital),
        "storable": opening.storable,
        "tradable": opening.tradable,
        "process_share": tables.process_share.copy(),
        "black_box": tables.black_box_weight.copy(),
        "depreciation": opening.depreciation,
    }


def _research(opening: Opening, tables: Tables, parameters: Parameters) -> dict[str, Any]:
    """Who does research, how much of it, and how fast with AI."""
    research, intensity = parameters.research, tables.rd_intensity
    cycle = np.full(len(opening.codes), research.cycle_quarters_ai_elsewhere)
    cycle[sector_rows(opening.codes, NEW_MATERIALS)] = research.cycle_quarters_ai
    return {
        "research_relative": np.clip(intensity / intensity.mean(), 0.2, 2.5),
        "research_staff": research.labour_part * intensity * opening.output / opening.wages,
        "research_intensity": float((intensity * opening.output).sum()) / opening.gdp,
        "research_cycle_ai": cycle,
    }


def _final_uses(opening: Opening, scale: float) -> dict[str, Any]:
    """What a yuan of each final use goes to, and exports; ``scale`` is money_scale."""
    return {
        "final_import_share": opening.final_import_share,
        "consumption_basket": opening.consumption / opening.consumption.sum(),
        "government_basket": opening.government_consumption / opening.government_consumption.sum(),
        "dwelling_basket": opening.residential_investment / opening.residential_investment.sum(),
        "public_basket": opening.public_investment / opening.public_investment.sum(),
        "capital_basket": opening.fixed_investment / opening.fixed_investment.sum(),
        "exports": opening.exports * scale,
    }


def _work(opening: Opening, tables: Tables, parameters: Parameters) -> dict[str, Any]:
    """The occupations: where they work, what they are paid, what AI does to them, where they look for work."""
    occupations = tables.occupation_relative_wage
    mix = tables.staffing * occupations
    return {
        "wage_premium": np.ones(len(opening.codes)),
        "staffing": mix / mix.sum(axis=1, keepdims=True),
        "occupation_premium": occupations.copy(),
        "automation_exposure": tables.occupation_automation_exposure.copy(),
        "augmentation_exposure": tables.occupation_augmentation_exposure.copy(),
        "opening_literacy": tables.occupation_literacy.copy(),
        "new_task_weight": tables.occupation_new_task_weight.copy(),
        "taught": np.isin(tables.occupation_names, TAUGHT),
        "mobility": _mobility(tables, opening, parameters.labour.mobility_sharpness),
        "entrant_efficiency": 1.0,
        "formal": np.log(occupations) - np.array([name == FARMING for name in tables.occupation_names]),
        "insured_from": 0.0,
    }


def _energy(opening: Opening) -> dict[str, Any]:
    """Fuel, process emissions and electricity of a unit of output or consumption."""
    consumption = opening.consumption.sum()
    return {
        "fuel_intensity": opening.co2_fuel / opening.output,
        "process_intensity": opening.co2_process / opening.output,
        "electricity_intensity": opening.electricity / opening.output,
        "household_fuel_intensity": opening.co2_households / consumption,
        "household_electricity_intensity": opening.electricity_households / consumption,
    }


def _size_elasticity(parameters: Parameters, employed: int) -> float:
    """Elasticity of data with respect to staff, such that the range of firms' data does not depend on the workers.

    The more workers are simulated, the longer is the tail of firm sizes (one in memory is cut at a share of all
    employment). Data in proportion to staff would make the same economy use AI more, the larger it is in memory.
    """
    largest = max(2.0, parameters.firms.largest_share * employed)
    return float(np.log(SIZE_RANGE) / np.log(max(largest / parameters.firms.least_staff, 2.0)))


def _mobility(tables: Tables, opening: Opening, sharpness: float) -> np.ndarray:
    """Where searchers of an occupation look: gravity, jobs × exp(sharpness × similarity), cumulated over columns."""
    jobs = (opening.employment[:, None] * tables.staffing).sum(axis=0)
    pull = jobs * np.exp(sharpness * tables.similarity)
    np.fill_diagonal(pull, 0.0)
    return np.cumsum(pull / pull.sum(axis=1, keepdims=True), axis=1)
