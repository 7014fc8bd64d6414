"""Sectors, occupations and the whole economy of 2024Q1, once workers and firms are there."""

from __future__ import annotations

import numpy as np

from abm.economics.interest import deposit_rate
from abm.economics.monetary_policy import natural_rate
from abm.parameters import Parameters
from abm.population.targets import Opening
from abm.state import State, Status
from abm.structure import Structure

__all__ = ["fill_aggregates"]

INDICES = (
    "consumer_price capital_price intangible_price dwelling_price public_price government_price exchange_rate "
    "world_price world_demand path_productivity integration_price talent_need fuel_index process_index "
    "process_response electricity_index services_electricity_index household_electricity_index electricity_response "
    "dispatch_response usual_building usual_price"
).split()


def fill_aggregates(state: State, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    """Indices at one, expectations at the trend, flows at the targets of the opening."""
    macro, growth = state.macro, parameters.growth
    for name in INDICES:
        setattr(macro, name, 1.0)
    macro.policy_rate = parameters.money.policy_rate
    money = parameters.money
    macro.loan_rate, macro.bond_rate = money.policy_rate + money.loan_spread, money.policy_rate + money.bond_spread
    macro.deposit_rate = deposit_rate(money.policy_rate, money)
    macro.smooth_inflation = macro.inflation = opening.inflation
    macro.expected_inflation = money.anchoring * growth.inflation_target + (1 - money.anchoring) * opening.inflation
    macro.usual_real_rate = money.policy_rate - macro.expected_inflation
    macro.frontier_growth = growth.trend_opening
    macro.expected_growth = macro.long_run_growth = growth.trend_opening + growth.expected_growth_above_frontier
    macro.neutral_rate = natural_rate(macro, parameters)
    macro.nominal_growth = growth.trend_opening + macro.expected_inflation
    _fill_flows(state, structure, opening)
    _fill_sectors(state, structure, opening, parameters)
    _fill_energy(state, structure, opening, parameters)
    _count_jobs(state)
    _pay_for_productivity(state, parameters)
    young = state.workers.age < structure.generations.retirement_age(0)
    here = state.workers.status != Status.ABSENT
    structure.working_age = state.macro.working_age = float(np.count_nonzero(young & here))


def _fill_flows(state: State, structure: Structure, opening: Opening) -> None:
    macro, scale = state.macro, structure.money_scale
    macro.nominal_gdp = macro.real_gdp = macro.trend_gdp = macro.output_trend = opening.gdp * scale
    macro.consumption, macro.exports, macro.imports = (
        float(flow.sum()) * scale for flow in (opening.consumption, opening.exports, opening.imports)
    )
    macro.government_consumption = float(opening.government_consumption.sum()) * scale
    macro.research_spending = structure.research_intensity * macro.nominal_gdp
    macro.fixed_investment = float(opening.fixed_investment.sum() + opening.in_use.own.sum()) * scale
    macro.compute_capital, macro.services_used = opening.compute * scale, float(opening.in_use.services.sum()) * scale
    others = opening.residential_investment + opening.public_investment + opening.inventory_change
    macro.investment = macro.fixed_investment + scale * float(others.sum())
    macro.labour_income = float(opening.wages.sum() + opening.mixed_income.sum()) * scale


def _fill_sectors(state: State, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    sectors, firms, scale = state.sectors, state.firms, structure.money_scale
    for column in (
        sectors.producer_price,
        sectors.posted_price,
        sectors.final_price,
        sectors.relative_price,
        sectors.import_shift,
        sectors.fuel_response,
        sectors.fuel_need,
        sectors.electricity_need,
    ):
        column[:] = 1.0
    sectors.output[:] = opening.output * scale
    sectors.demand[:] = sectors.demand_before[:] = sectors.sales[:] = (
        opening.output - opening.inventory_change
    ) * scale
    sectors.value_added[:] = opening.value_added * scale
    sectors.imports[:], sectors.exports[:] = opening.imports * scale, opening.exports * scale
    sectors.wear[:] = structure.usual_wear
    sectors.trend_growth[:] = parameters.growth.trend_opening + parameters.growth.expected_growth_above_frontier
    sectors.energy_cost[:] = structure.input_coefficients[structure.energy_rows].sum(axis=0)
    sectors.input_cost[:] = structure.input_coefficients[~structure.energy_rows].sum(axis=0)
    capacity = np.bincount(firms.sector, weights=firms.capital * structure.capacity_per_capital[firms.sector])
    sectors.usual_use[:] = np.bincount(firms.sector, weights=firms.expected_demand) / capacity
    units = np.bincount(firms.sector, weights=firms.efficiency_units)
    sectors.unit_wage[:] = np.bincount(firms.sector, weights=firms.payroll) / units
    sectors.adoption[:] = np.bincount(firms.sector, weights=firms.ai_stage > 0) / np.bincount(firms.sector)


def _fill_energy(state: State, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    macro, sectors, scale = state.macro, state.sectors, structure.money_scale
    burnt = opening.electricity.sum() + opening.electricity_households + opening.electricity_ai
    macro.grid_factor = float(opening.co2_grid / burnt)
    sectors.co2[:] = opening.co2 * scale
    sectors.electricity[:] = opening.electricity * scale
    macro.household_co2 = opening.co2_households * scale
    macro.household_electricity = opening.electricity_households * scale
    if parameters.artificial_intelligence.enabled:
        macro.ai_electricity = opening.electricity_ai * scale * parameters.energy.ai_electricity_factor


def _pay_for_productivity(state: State, parameters: Parameters) -> None:
    """What AI makes of the revenue productivity of each occupation, of which the opening's wages have taken account."""
    workers, firms, abilities, occupations = state.workers, state.firms, state.abilities, state.occupations
    rows = np.flatnonzero(workers.employer >= 0)
    firm, occupation = workers.employer[rows], workers.occupation[rows]
    sector = firms.sector[firm]
    automated, augmented = (
        np.bincount(occupation, weights=weights, minlength=occupations.rows) / np.maximum(occupations.employment, 1)
        for weights in (
            firms.office_use[firm] * abilities.automated[0, sector, occupation]
            + firms.process_use[firm] * abilities.automated[1, sector, occupation],
            firms.assistance[firm] * abilities.augmented[sector, occupation] * workers.ai_literate[rows],
        )
    )
    displaced = np.minimum(parameters.artificial_intelligence.highest_automation, automated)
    occupations.ai_productivity[:] = np.log(1 - displaced) + np.log(1 + augmented)
    occupations.ai_productivity_paid[:] = occupations.ai_productivity


def _count_jobs(state: State) -> None:
    macro, occupations, workers = state.macro, state.occupations, state.workers
    employed, unemployed = workers.status == Status.EMPLOYED, workers.status == Status.UNEMPLOYED
    macro.adults = float(np.count_nonzero(workers.status != Status.ABSENT))
    macro.employed = float(employed.sum())
    macro.labour_force = macro.labour_force_before = macro.employed + float(unemployed.sum())
    macro.unemployment_rate = macro.broad_unemployment = 1 - macro.employed / macro.labour_force
    macro.real_gdp_per_worker = macro.real_gdp / macro.employed
    occupations.employment[:] = np.bincount(workers.occupation[employed], minlength=occupations.rows)
    occupations.unemployment[:] = np.bincount(workers.occupation[unemployed], minlength=occupations.rows)
    occupations.smooth_unemployment[:] = macro.unemployment_rate
