"""The constants that follow from the tables alone: coefficients, baskets, exposures and norms of the opening."""

from __future__ import annotations

from typing import Any

import numpy as np

from abm.applications import Applied, apply
from abm.arrays import Floats, Matrix
from abm.data import Tables
from abm.economics.abilities import CONTROL, REFERENCE, channels_of, office_value
from abm.economics.integration import integration_shares
from abm.parameters import FirmBehaviour, Parameters
from abm.population.targets import Opening
from abm.sectors import ELECTRICITY_GROUPS, having
from abm.structure import SERVICES, Structure

__all__ = ["fixed_structure"]

SIZE_RANGE = 60.0  # largest over least firm of an economy of 10,000 adults
CAPITAL_SHARES = (0.1, 0.65)  # guards: beyond them one factor alone would do nearly everything


def fixed_structure(opening: Opening, tables: Tables, parameters: Parameters, employed: int) -> Structure:
    """What follows from the tables alone; the rates of the budget and the premia are solved by the population."""
    codes = opening.codes
    persons = opening.employment.sum() * 1e6 / employed
    scale = 1e6 / persons
    structure = Structure(
        persons_per_worker=persons, rows=tables.rows, money_scale=scale,
        size_elasticity=_size_elasticity(parameters, employed), owner=tables.owner.copy(),
        payout=np.zeros(len(codes)), industry=tables.branch.copy(), public=having(tables.roles, "public"),
        **_production(opening, tables, parameters), **_research(opening, tables, parameters),
        **_final_uses(opening, parameters, scale), **_work(opening, tables, parameters),
        **_energy(opening, tables, parameters), **_applications(opening, tables),
    )  # fmt: skip
    _usual_applications(structure, opening, apply(tables))
    return structure


def _applications(opening: Opening, tables: Tables) -> dict[str, Any]:
    """What each application of AI does at full use."""
    applied = opening.applied
    energy = having(tables.roles, "energy_fuel", "energy_power")
    control = [applied.families[row].code == CONTROL for row in applied.family]
    return {
        "applied_tasks": np.ascontiguousarray(applied.tasks),
        "applied_channels": channels_of(applied, 1 / opening.input_coefficients[~energy].sum(axis=0)),
        "applied_control": np.array(control, dtype=np.float64),
    }


def _usual_applications(structure: Structure, opening: Opening, every: Applied) -> None:
    """What counts as the usual worth of office applications and the usual distrust of process AI, with all of them."""
    pay, plant = opening.wages + opening.mixed_income, every.plant * opening.capital
    structure.usual_office_value = float(np.average(office_value(every, every.passed(*REFERENCE)), weights=pay))
    structure.usual_black_box = float(np.average(structure.black_box, weights=plant))


def _production(opening: Opening, tables: Tables, parameters: Parameters) -> dict[str, Any]:
    """Inputs, taxes, mark-ups and capital of a unit of output."""
    cost = opening.input_coefficients.sum(axis=0) + opening.wages / opening.output
    tax_rate = opening.production_taxes / opening.output
    energy = having(tables.roles, "energy_fuel", "energy_power")
    return {
        "input_coefficients": _without_services(opening),
        "input_drift": np.ascontiguousarray(np.where(energy[:, None], 0.0, tables.input_drift)),
        "input_import_share": np.ascontiguousarray(opening.input_import_share),
        "energy_rows": energy,
        "production_tax_rate": tax_rate,
        "mark_up": (1 - tax_rate) / cost - 1,
        **_prices(tables, parameters.firms),
        # The opening capital is that at the quarter's end, which serves the next quarter's output.
        "capacity_per_capital": opening.output
        * (1 + parameters.growth.trend_opening)
        / (parameters.firms.normal_utilisation * opening.capital),
        "capital_share": _capital_share(opening),
        "storable": opening.storable,
        "tradable": opening.tradable,
        "own_adoption": np.log(tables.relative_adoption / tables.relative_adoption.mean()),
        "black_box": tables.black_box_weight.copy(),
        "depreciation": opening.depreciation,
        "usual_wear": _usual_wear(opening, parameters),
        "intangible_depreciation": parameters.integration.depreciation,
    }


def _prices(tables: Tables, rules: FirmBehaviour) -> dict[str, Any]:
    """How fast sectors change their prices, and which ones harvests and world prices move."""
    farming, commodity = having(tables.roles, "farming"), having(tables.roles, "commodity", "energy_fuel")
    speed = np.full(len(tables.codes), rules.price_speed)
    speed[(tables.branch == SERVICES) | having(tables.roles, "energy_power")] = rules.price_speed_services
    speed[farming | commodity] = rules.price_speed_raw
    return {"price_speed": speed, "farming": farming.astype(float), "commodity": commodity.astype(float)}


def _without_services(opening: Opening) -> Matrix:
    """Inputs of a unit of output but AI services, which the table has among the others that their seller sells."""
    coefficients, seller = np.ascontiguousarray(opening.input_coefficients).copy(), opening.rows.ai_services
    coefficients[seller] = np.maximum(0.0, coefficients[seller] - opening.in_use.services / opening.output)
    return coefficients


def _usual_wear(opening: Opening, parameters: Parameters) -> Floats:
    """(sectors,) wear of capital; part of that of the sellers of AI services is compute, which wears out faster."""
    wear, seller = np.full(opening.output.size, opening.depreciation), opening.rows.ai_services
    faster = parameters.compute.depreciation - opening.depreciation
    wear[seller] += faster * opening.compute / opening.capital[seller]
    return wear


def _capital_goods(opening: Opening, parameters: Parameters) -> Floats:
    """Goods that firms buy as ordinary capital: their investment without the integration of AI and compute."""
    goods, growth = opening.fixed_investment.copy(), parameters.growth.trend_opening
    goods -= opening.in_use.paid.sum() * integration_shares(opening.rows, goods.size, parameters.integration)
    bought = (parameters.compute.depreciation + growth) * opening.compute / (1 + growth)
    goods[opening.rows.computers] -= bought
    return np.maximum(goods, 0.0)


def _capital_share(opening: Opening) -> Floats:
    """(sectors,) what capital earns of value added without taxes; mixed income is pay for work."""
    work = opening.wages + opening.mixed_income
    return np.clip(opening.gross_surplus / (opening.gross_surplus + work), *CAPITAL_SHARES)


def _research(opening: Opening, tables: Tables, parameters: Parameters) -> dict[str, Any]:
    """Who does research, how much of it, and how fast with AI."""
    research, intensity = parameters.research, tables.rd_intensity
    cycle = np.full(len(opening.codes), research.cycle_quarters_ai_elsewhere)
    cycle[having(tables.roles, "new_materials")] = research.cycle_quarters_ai
    return {
        "research_relative": np.clip(intensity / intensity.mean(), 0.2, 2.5),
        "research_staff": research.labour_part * intensity * opening.output / opening.wages,
        "research_intensity": float((intensity * opening.output).sum()) / opening.gdp,
        "research_cycle_ai": cycle,
    }


def _final_uses(opening: Opening, parameters: Parameters, scale: float) -> dict[str, Any]:
    """What a yuan of each final use goes to, and exports; ``scale`` is money_scale."""
    capital_goods = _capital_goods(opening, parameters)
    return {
        "final_import_share": opening.final_import_share,
        "consumption_basket": opening.consumption / opening.consumption.sum(),
        "government_basket": opening.government_consumption / opening.government_consumption.sum(),
        "dwelling_basket": opening.residential_investment / opening.residential_investment.sum(),
        "public_basket": opening.public_investment / opening.public_investment.sum(),
        "capital_basket": capital_goods / capital_goods.sum(),
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
        "pay_by_occupation": _pay_by_occupation(opening, mix),
        "automation_exposure": tables.occupation_automation_exposure.copy(),
        "augmentation_exposure": tables.occupation_augmentation_exposure.copy(),
        "opening_literacy": tables.occupation_literacy.copy(),
        "new_task_weight": tables.occupation_new_task_weight.copy(),
        "taught": having(tables.occupation_roles, "taught"),
        "technical": having(tables.occupation_roles, "technical"),
        "mobility": _mobility(tables, opening, parameters.labour.mobility_sharpness),
        "entrant_efficiency": 1.0,
        "insurance_score": np.log(occupations) - having(tables.occupation_roles, "farming"),
        "insured_from": 0.0,
    }


def _pay_by_occupation(opening: Opening, mix: Matrix) -> Floats:
    """(occupations,) shares of all pay, mixed income included; ``mix`` is pay by sector and occupation."""
    pay = (opening.wages + opening.mixed_income) @ (mix / mix.sum(axis=1, keepdims=True))
    return pay / pay.sum()


def _energy(opening: Opening, tables: Tables, parameters: Parameters) -> dict[str, Any]:
    """Fuel, process emissions and electricity of a unit of output or consumption, and what can replace fuel."""
    consumption, energy = opening.consumption.sum(), parameters.energy
    services = tables.electricity_group == ELECTRICITY_GROUPS.index("tertiary")
    burnt = opening.electricity.sum() + opening.electricity_households + opening.electricity_ai
    return {
        "fuel_price": _fuel_price(opening, tables, parameters),
        "services": services,
        "electrified_share": np.where(services, energy.electrified_services, energy.electrified_industry),
        "grid_factor": float(opening.co2_grid / burnt),
        "fossil_share": float(min(1.0, opening.co2_grid / burnt / energy.fossil_factor)),
        "fuel_intensity": opening.co2_fuel / opening.output,
        "process_intensity": opening.co2_process / opening.output,
        "electricity_intensity": opening.electricity / opening.output,
        "household_fuel_intensity": opening.co2_households / consumption,
        "household_electricity_intensity": opening.electricity_households / consumption,
    }


def _fuel_price(opening: Opening, tables: Tables, parameters: Parameters) -> Floats:
    """(sectors,) thousand yuan for the fuel that emits a tonne: refined fuel bought over tonnes, coal's to oil's price.

    What the table does not show as bought from refineries is coal, the cheapest fuel there is by the tonne emitted.
    """
    energy, bought = parameters.energy, opening.input_coefficients[tables.rows.energy_fuel] * opening.output
    price = np.divide(bought, opening.co2_fuel, out=np.full(bought.size, np.inf), where=opening.co2_fuel > 0)
    return np.clip(price, energy.coal_price / 1_000, energy.oil_price / 1_000)


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
