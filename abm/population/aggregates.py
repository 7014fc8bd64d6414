"""Sectors, occupations and the whole economy of 2024Q1, once workers and firms are there."""

from __future__ import annotations

import numpy as np

from abm.parameters import Parameters
from abm.population.targets import Opening
from abm.state import State, Status
from abm.structure import Structure

__all__ = ["fill_aggregates"]

INDICES = (
    "consumer_price capital_price dwelling_price public_price government_price exchange_rate world_price "
    "world_demand integration_price fuel_index electricity_index"
).split()


def fill_aggregates(state: State, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    """Indices at one, expectations at the trend, flows at the targets of the opening."""
    a, growth = state.macro, parameters.growth
    for name in INDICES:
        setattr(a, name, 1.0)
    a.policy_rate = a.neutral_rate = parameters.money.policy_rate
    a.expected_inflation = a.smooth_inflation = a.inflation = growth.inflation_target
    a.frontier_growth = growth.trend_opening
    a.expected_growth = a.long_run_growth = growth.trend_opening + growth.expected_growth_above_frontier
    a.nominal_growth = growth.trend_opening + growth.inflation_target
    _fill_flows(state, structure, opening)
    _fill_sectors(state, structure, opening, parameters)
    _fill_energy(state, structure, opening, parameters)
    _count_jobs(state)


def _fill_flows(state: State, structure: Structure, opening: Opening) -> None:
    a, scale = state.macro, structure.money_scale
    a.nominal_gdp = a.real_gdp = a.trend_gdp = opening.gdp * scale
    a.consumption, a.exports, a.imports = (
        float(flow.sum()) * scale for flow in (opening.consumption, opening.exports, opening.imports)
    )
    a.government_consumption = float(opening.government_consumption.sum()) * scale
    a.research_spending = structure.research_intensity * a.nominal_gdp
    a.fixed_investment = float(opening.fixed_investment.sum()) * scale
    others = opening.residential_investment + opening.public_investment + opening.inventory_change
    a.investment = a.fixed_investment + scale * float(others.sum())
    a.labour_income = float(opening.wages.sum() + opening.mixed_income.sum()) * scale


def _fill_sectors(state: State, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    s, f, scale = state.sectors, state.firms, structure.money_scale
    for column in (s.producer_price, s.posted_price, s.final_price, s.import_shift, s.price_response):
        column[:] = 1.0
    s.output[:] = opening.output * scale
    s.demand[:] = s.demand_before[:] = s.sales[:] = (opening.output - opening.inventory_change) * scale
    s.value_added[:] = opening.value_added * scale
    s.imports[:], s.exports[:] = opening.imports * scale, opening.exports * scale
    s.trend_growth[:] = parameters.growth.trend_opening + parameters.growth.expected_growth_above_frontier
    s.energy_cost[:] = structure.input_coefficients[structure.energy_rows].sum(axis=0)
    s.input_cost[:] = structure.input_coefficients[~structure.energy_rows].sum(axis=0)
    units = np.bincount(f.sector, weights=f.efficiency_units)
    s.unit_wage[:] = np.bincount(f.sector, weights=f.payroll) / units
    s.adoption[:] = np.bincount(f.sector, weights=f.ai_stage > 0) / np.bincount(f.sector)


def _fill_energy(state: State, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    a, s, scale = state.macro, state.sectors, structure.money_scale
    burnt = opening.electricity.sum() + opening.electricity_households + opening.electricity_ai
    a.grid_factor = float(opening.co2_grid / burnt)
    s.co2[:] = opening.co2 * scale
    s.electricity[:] = opening.electricity * scale
    a.household_co2 = opening.co2_households * scale
    a.household_electricity = opening.electricity_households * scale
    if parameters.artificial_intelligence.enabled:
        a.ai_electricity = opening.electricity_ai * scale * parameters.energy.ai_electricity_factor


def _count_jobs(state: State) -> None:
    a, o, w = state.macro, state.occupations, state.workers
    employed, unemployed = w.status == Status.EMPLOYED, w.status == Status.UNEMPLOYED
    a.adults = float(np.count_nonzero(w.status != Status.ABSENT))
    a.employed = float(employed.sum())
    a.labour_force = a.employed + float(unemployed.sum())
    a.unemployment_rate = a.broad_unemployment = 1 - a.employed / a.labour_force
    a.real_gdp_per_worker = a.real_gdp / a.employed
    o.employment[:] = np.bincount(w.occupation[employed], minlength=o.rows)
    o.unemployment[:] = np.bincount(w.occupation[unemployed], minlength=o.rows)
    o.smooth_unemployment[:] = a.unemployment_rate
