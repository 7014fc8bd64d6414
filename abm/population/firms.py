"""The firms of 2024Q1: output, productivity, balance sheets and AI, so that sectors add up to their targets."""

from __future__ import annotations

import numpy as np

from abm.arrays import Floats
from abm.parameters import Parameters
from abm.population.adoption import open_adoption
from abm.population.draws import Draws
from abm.population.kernels.firms import fill_labour_factors, tally_staff, tally_units
from abm.population.targets import Opening
from abm.state import Firms, State
from abm.structure import Structure

__all__ = ["fill_firms"]

CAPITAL_DRAWS = (-1.2, 2.5)  # standard deviations; below, output would exceed what the capital can make
FEWEST_IDLE, MOST_IDLE, LARGEST_DEVIATION = -0.35, 0.7, 0.35  # guards: where firms have one worker or two


def fill_firms(state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """Every column of the firms but profits and payouts, which the budgets solve."""
    if parameters.artificial_intelligence.enabled:
        state.macro.algorithm = parameters.artificial_intelligence.algorithm_opening
    state.macro.compute_quality = 1.0
    _count_staff(state, structure, opening, parameters, draws)
    _produce(state, structure, opening, parameters, draws)
    _own_and_owe(state.firms, structure, opening, parameters, draws)


def _count_staff(state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """What each staff adds up to, AI included."""
    firms, workers, sectors, abilities = state.firms, state.workers, state.sectors, state.abilities
    tally_staff(firms.view, workers.view)
    scale = firms.headcount**structure.size_elasticity
    structure.usual_size = float(scale.mean())
    firms.data_stock[:] = scale / structure.usual_size
    data = np.asarray(np.bincount(firms.sector, weights=firms.data_stock), dtype=np.float64)
    structure.opening_data = structure.persons_per_worker * data
    structure.opening_mean_data = data / np.bincount(firms.sector)
    firms.departments[:] = 1
    if parameters.artificial_intelligence.enabled:
        open_adoption(state, structure, opening, parameters, draws)
    tally_units(firms.view, workers.view, structure.view, abilities.view)
    firms.unit_wage[:] = firms.payroll / firms.efficiency_units
    sectors.automation[:] = (structure.staffing * abilities.automated[0]).sum(axis=1)
    sectors.process_automation[:] = (structure.staffing * abilities.automated[1]).sum(axis=1)
    sectors.augmentation[:] = (structure.staffing * abilities.augmented).sum(axis=1)
    firms.displaced_share[:] = firms.office_use * sectors.automation[firms.sector]
    firms.displaced_share += firms.process_use * sectors.process_automation[firms.sector]
    busy = firms.integrating * (1 - 1 / parameters.office_ai.own_quarters)  # in the quarter, before new projects
    firms.labour_per_unit[:] = (1 - firms.displaced_share) / (1 - busy)
    firms.research_share[:] = structure.research_staff[firms.sector]


def _produce(state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """Output in proportion to labour and a lead in productivity, scaled to the sector's target; capital.

    Firms have more or less capital for their output, as the model settles at; who has less needs more labour.
    """
    firms, sector, labour = state.firms, state.firms.sector, parameters.labour
    spread = np.exp(parameters.firms.productivity_spread * draws.normals("productivity", firms.rows))
    raw = spread * firms.efficiency_units / firms.labour_per_unit
    target = opening.output * structure.money_scale
    level = target / np.bincount(sector, weights=raw, minlength=target.size)
    firms.output[:] = raw * level[sector]
    slack = min(labour.highest_idle_staff_share, labour.idle_staff_per_firm * firms.rows / float(firms.headcount.sum()))
    surplus = parameters.structural_change.farm_surplus
    structure.idle_staff = np.where(structure.own_account, max(surplus, slack), slack)
    idle = 1 + _idle(firms, slack, parameters, draws) + (structure.idle_staff - slack)[sector]
    deviation = parameters.firms.capital_deviation * np.clip(draws.normals("capital", firms.rows), *CAPITAL_DRAWS)
    equipment = np.exp(deviation)
    equipment /= (np.bincount(sector, weights=equipment * firms.output, minlength=target.size) / target)[sector]
    fill_labour_factors(firms.view, structure.view, equipment, parameters.firms.substitution)
    firms.capital[:] = opening.capital[sector] * structure.money_scale * equipment * firms.output / target[sector]
    firms.labour_demand[:] = firms.efficiency_units / idle
    # As at the end of any quarter, productivity is already that of the next one.
    growing = 1 + parameters.growth.trend_opening
    firms.productivity[:] = spread * level[sector] * idle * firms.labour_factor * growing
    for column in (
        firms.expected_demand,
        firms.demand_signal,
        firms.planned_output,
        firms.output_with_inputs_ordered,
        firms.supply,
    ):
        column[:] = firms.output
    firms.market_share[:] = firms.output / target[sector]
    lead = np.log(spread)
    mean_lead = np.bincount(sector, weights=firms.market_share * lead, minlength=target.size)
    firms.productivity_gap[:] = lead - mean_lead[sector]


def _own_and_owe(firms: Firms, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """Prices of one, inventories, capital, loans and deposits, in proportion to output."""
    sector, growth = firms.sector, parameters.growth.trend_opening
    firms.price[:] = 1.0
    firms.mark_up[:] = structure.mark_up[sector]
    firms.unit_cost[:] = (1 - structure.production_tax_rate[sector]) / (1 + firms.mark_up)
    firms.inventory[:] = _stocks(firms, structure, opening, parameters)
    firms.inventory_value[:] = firms.unit_cost * firms.inventory
    firms.sales_quantity[:] = firms.output - growth * firms.inventory
    firms.investment_rate[:] = structure.usual_wear[sector] + growth
    firms.investment_backlog[:] = parameters.investment.lump * (draws.uniforms("backlog", firms.rows) - 0.5)
    firms.investment[:] = firms.investment_rate * firms.capital / (1 + growth)  # of what the quarter began with
    firms.loans[:] = parameters.investment.leverage * firms.capital
    firms.deposits[:] = parameters.firms.liquidity_target * firms.output


def _stocks(firms: Firms, structure: Structure, opening: Opening, parameters: Parameters) -> Floats:
    """(firms,) inventories: those of a sector lie with the firms whose capacity leaves room to fill them.

    Without that all firms would fill theirs at once in the first quarter, and output would jump.
    """
    room = structure.capacity_per_capital[firms.sector] * firms.capital / firms.output - 1.0
    filled = np.clip(room / parameters.firms.room_for_stocks, 0.0, 1.0) * firms.output
    of_sector = np.bincount(firms.sector, weights=filled)
    even = np.bincount(firms.sector, weights=firms.output)
    share = np.where(of_sector[firms.sector] > 0.0, filled / np.maximum(of_sector, 1e-300)[firms.sector],
                     firms.output / even[firms.sector])  # fmt: skip
    return opening.inventories[firms.sector] * share * (even / opening.output)[firms.sector]


def _idle(firms: Firms, slack: float, parameters: Parameters, draws: Draws) -> np.ndarray:
    """(firms,) idle part of the staff: on average the slack, spread as hiring in whole heads leaves it.

    Without the spread no firm would hire in the first quarter, and unemployment would jump.
    """
    heads, sector, labour = firms.headcount, firms.sector, parameters.labour
    mean = slack * (labour.idle_staff_large_firms + (1 - labour.idle_staff_large_firms) * heads.mean() / heads)
    deviation = np.minimum(LARGEST_DEVIATION, labour.idle_staff_deviation + labour.idle_staff_rounding / heads)
    spread = mean + np.clip(deviation * draws.normals("idle_staff", firms.rows), FEWEST_IDLE, MOST_IDLE)
    whole = np.bincount(sector, weights=heads)
    return spread - (np.bincount(sector, weights=spread * heads) / whole)[sector] + slack
