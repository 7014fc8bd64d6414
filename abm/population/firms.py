"""The firms of 2024Q1: output, productivity, balance sheets and AI, so that sectors add up to their targets."""

from __future__ import annotations

import numpy as np

from abm.levers.instruments import Instruments
from abm.parameters import ArtificialIntelligence, Parameters
from abm.population.draws import Draws, order_of
from abm.population.kernels.firms import fill_capabilities, tally_staff, tally_units
from abm.population.targets import Opening
from abm.state import Firms, State
from abm.structure import Structure

__all__ = ["fill_firms"]

FEWEST_IDLE, MOST_IDLE, LARGEST_DEVIATION = -0.35, 0.7, 0.35  # guards: where firms have one worker or two


def fill_firms(state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """Every column of the firms but profits and payouts, which the budgets solve."""
    if parameters.artificial_intelligence.enabled:
        state.macro.algorithm = parameters.artificial_intelligence.algorithm_opening
    state.macro.compute_quality = 1.0
    _count_staff(state, structure, parameters, draws)
    _produce(state, structure, opening, parameters, draws)
    _own_and_owe(state.firms, structure, opening, parameters)


def _count_staff(state: State, structure: Structure, parameters: Parameters, draws: Draws) -> None:
    """What each staff adds up to, AI included."""
    f, w, s, ai = state.firms, state.workers, state.sectors, parameters.artificial_intelligence
    tally_staff(f.view, w.view)
    scale = f.headcount**structure.size_elasticity
    f.data_stock[:] = scale / scale.mean()
    if ai.enabled:
        _first_adopters(state, structure, ai, draws)
    tally_units(f.view, w.view, structure.view, ai.augmentation)
    f.unit_wage[:] = f.payroll / f.efficiency_units
    s.automation[:] = (structure.staffing * structure.automation_exposure).sum(axis=1)
    s.augmentation[:] = (structure.staffing * structure.augmentation_exposure).sum(axis=1)
    f.displaced_share[:] = ai.automation * f.ai_use * s.automation[f.sector]
    f.labour_per_unit[:] = 1 - f.displaced_share
    f.research_share[:] = structure.research_staff[f.sector]


def _produce(state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """Output in proportion to labour and a lead in productivity, scaled to the sector's target."""
    f, sector, labour = state.firms, state.firms.sector, parameters.labour
    spread = np.exp(parameters.firms.productivity_spread * draws.normals("productivity", f.rows))
    raw = spread * f.efficiency_units / f.labour_per_unit
    target = opening.output * structure.money_scale
    level = target / np.bincount(sector, weights=raw, minlength=target.size)
    f.output[:] = raw * level[sector]
    structure.idle_staff_share = min(
        labour.highest_idle_staff_share, labour.idle_staff_per_firm * f.rows / float(f.headcount.sum())
    )
    idle = 1 + _idle(f, structure.idle_staff_share, parameters, draws)
    f.labour_demand[:] = f.efficiency_units / idle
    # As at the end of any quarter, productivity is already that of the next one.
    f.productivity[:] = spread * level[sector] * idle * (1 + parameters.growth.trend_opening)
    for column in (f.expected_demand, f.demand_signal, f.planned_output, f.output_with_inputs_ordered, f.supply):
        column[:] = f.output
    f.market_share[:] = f.output / target[sector]
    lead = np.log(spread)
    mean_lead = np.bincount(sector, weights=f.market_share * lead, minlength=target.size)
    f.productivity_gap[:] = lead - mean_lead[sector]


def _own_and_owe(f: Firms, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    """Prices of one, inventories, capital, loans and deposits, in proportion to output."""
    sector, growth = f.sector, parameters.growth.trend_opening
    f.price[:] = 1.0
    f.mark_up[:] = structure.mark_up[sector]
    f.unit_cost[:] = (1 - structure.production_tax_rate[sector]) / (1 + f.mark_up)
    f.inventory[:] = (opening.inventories / opening.output)[sector] * f.output
    f.inventory_value[:] = f.unit_cost * f.inventory
    f.sales_quantity[:] = f.output - growth * f.inventory
    f.capital[:] = opening.capital[sector] * structure.money_scale * f.market_share
    f.investment_rate[:] = structure.depreciation + growth
    f.investment[:] = f.investment_rate * f.capital / (1 + growth)  # of what the quarter began with
    f.loans[:] = parameters.investment.leverage * f.capital
    f.deposits[:] = parameters.firms.liquidity_target * f.output


def _idle(f: Firms, slack: float, parameters: Parameters, draws: Draws) -> np.ndarray:
    """(firms,) idle part of the staff: on average the slack, spread as hiring in whole heads leaves it.

    Without the spread no firm would hire in the first quarter, and unemployment would jump.
    """
    heads, sector, labour = f.headcount, f.sector, parameters.labour
    mean = slack * (labour.idle_staff_large_firms + (1 - labour.idle_staff_large_firms) * heads.mean() / heads)
    deviation = np.minimum(LARGEST_DEVIATION, labour.idle_staff_deviation + labour.idle_staff_rounding / heads)
    spread = mean + np.clip(deviation * draws.normals("idle_staff", f.rows), FEWEST_IDLE, MOST_IDLE)
    whole = np.bincount(sector, weights=heads)
    return spread - (np.bincount(sector, weights=spread * heads) / whole)[sector] + slack


def _first_adopters(state: State, structure: Structure, ai: ArtificialIntelligence, draws: Draws) -> None:
    """Firms that are large or draw a high number use AI already; their capability follows from the triad."""
    f = state.firms
    score = structure.size_elasticity * np.log(f.headcount) + ai.adopters_noise * draws.normals("adoption", f.rows)
    adopters = order_of(-score, draws.threads)[: round(ai.adopters_opening * f.rows)]
    f.ai_stage[adopters] = 1 + (draws.uniforms("stage", adopters.size) < ai.adopters_scaled)
    compute = np.array([ai.free_services, ai.subscription_pilot, ai.subscription_scaled, ai.subscription_autonomous])
    pool = np.bincount(f.sector, weights=f.data_stock) / np.bincount(f.sector)
    data = f.data_stock + Instruments().data_openness * ai.data_pool * pool[f.sector]
    fill_capabilities(
        data, compute[f.ai_stage], state.macro.algorithm, f.literate_share, ai.view, f.ai_capability,
    )  # fmt: skip
    use = np.array([0.0, ai.use_pilot, ai.use_scaled, ai.use_autonomous])
    f.ai_use[:] = use[f.ai_stage] * f.ai_capability
