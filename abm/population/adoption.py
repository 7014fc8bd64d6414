"""Who uses AI at the opening: the departments of firms have considered it for years, by the rules of any quarter."""

from __future__ import annotations

import numpy as np

from abm.abilities import Abilities
from abm.arrays import Codes, Floats
from abm.codes import AiStage
from abm.economics.abilities import fill_abilities, update_abilities
from abm.economics.log_odds import as_decided_in, office_log_odds, process_log_odds
from abm.economics.tasks import services_per_task, task_saving
from abm.kernels.adoption import MOST_INTEGRATING
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.population.draws import Draws
from abm.population.in_use import InUse, Path, Projects
from abm.population.kernels.firms import draw_departments, fill_assistance, fill_capabilities
from abm.population.targets import Opening
from abm.state import State
from abm.structure import Structure

__all__ = ["ai_in_use", "open_adoption", "path_to_opening"]

LEAST = 1e-12
MOST_ODDS = 30.0


def path_to_opening(
    structure: Structure, opening: Opening, parameters: Parameters, until: float | None = None
) -> tuple[Path, Path, Projects]:
    """Expected use of office and process AI at the opening and its integration, from ``adoption.history`` on.

    The frontier of algorithms moved as it does later, literacy and rules were those of the opening. ``until`` is
    another time than the opening, as 2023.75, up to which they are followed.
    """
    ai, history, growth = parameters.artificial_intelligence, parameters.adoption.history, parameters.growth
    sectors = opening.output.size
    office, process, projects = Path.none(sectors), Path.none(sectors), Projects.none(sectors)
    opened = min(max(ai.algorithm_opening, LEAST), 1 - LEAST)
    odds = np.log(opened / (1 - opened))
    abilities = Abilities(sectors, structure.occupation_premium.size)
    for year in np.arange(history, growth.opening_year if until is None else until, 0.25):
        then = as_decided_in(float(year), parameters)
        speed = then.artificial_intelligence.algorithm_speed
        frontier = 1 / (1 + np.exp(-(odds + 4 * speed * (year - growth.opening_year))))
        fill_abilities(abilities, structure, opening.applied, parameters, float(frontier), float(year))
        for_office = office_log_odds(structure, abilities, then)
        for_plants = process_log_odds(structure, then) + _log_payback(structure, opening, abilities, then)
        office.move(_chance(then.adoption.evaluation, for_office), then, "office_ai")
        process.move(abilities.plant * _chance(then.adoption.evaluation, for_plants), then, "process_ai")
        price = (1 - ai.cost_fall) ** (4 * (float(year) - growth.opening_year) + 1)  # 1 in the opening quarter
        projects.move(office, process, abilities.plant, price, then)
    return office, process, projects


def ai_in_use(structure: Structure, opening: Opening, parameters: Parameters) -> InUse:
    """What firms spend on AI in the opening quarter, as departments have moved until then."""
    office, process, projects = path_to_opening(structure, opening, parameters)
    wages, capital = opening.wages, opening.capital
    contributions = opening.tables.macro["social_contributions_share"] * opening.gdp
    of_employers = contributions * (1 - parameters.government.employee_contribution_share)
    pay = wages * (1 - of_employers / wages.sum())
    return InUse(
        office=office, process=process, services=_services(structure, opening, parameters, office, process),
        paid=projects.desks_paid * pay + projects.lines_paid * capital,
        due=projects.desks * pay + projects.lines * capital, own=projects.own * wages, busy=projects.busy,
        worn=projects.own_worn * wages + projects.desks_worn * pay + projects.lines_worn * capital,
        intangible=projects.own_stock * wages + projects.desks_stock * pay + projects.lines_stock * capital,
    )  # fmt: skip


def _services(
    structure: Structure, opening: Opening, parameters: Parameters, office: Path, process: Path
) -> Floats:  # fmt: skip
    """(sectors,) AI services bought at the opening, as kernels.assign_tasks has them for firms."""
    ai, desk, line = parameters.artificial_intelligence, parameters.office_ai, parameters.process_ai
    abilities = Abilities(opening.output.size, structure.occupation_premium.size)
    year = parameters.growth.opening_year
    fill_abilities(abilities, structure, opening.applied, parameters, ai.algorithm_opening, year)
    by_desks, by_plants = ((structure.staffing * automated).sum(axis=1) for automated in abilities.automated)
    displaced = np.minimum(ai.highest_automation, office.cover * by_desks + process.cover * by_plants)
    services = (services_per_task(parameters, 1.0) * displaced + desk.running * office.cover) * opening.wages
    return services + line.running * line.plant_cost * abilities.plant * process.cover * opening.capital


def open_adoption(state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """Departments, cover, capability and use of every firm at the opening; the capability that counts as usual."""
    firms, ai, sector = state.firms, parameters.artificial_intelligence, state.firms.sector
    update_abilities(state, structure, opening.applied, parameters, 0)
    office, process = opening.in_use.office, opening.in_use.process
    lots = np.array([draws.uniforms("adoption", firms.rows, first=firms.rows * place) for place in range(4)])
    draw_departments(
        firms.view, draws.seed, lots, office.pilots, office.scaled, process.pilots, process.scaled,
        parameters.adoption.view,
    )  # fmt: skip
    for path, rules, pilots, scaled, cover in (
        (office, parameters.office_ai, firms.office_pilots, firms.office_scaled, firms.office_cover),
        (process, parameters.process_ai, firms.process_pilots, firms.process_scaled, firms.process_cover),
    ):
        aim = rules.cover_pilot * path.pilots + rules.cover_scaled * path.scaled
        reached = path.cover / np.maximum(aim, LEAST)
        cover[:] = (rules.cover_pilot * pilots + rules.cover_scaled * scaled) / firms.departments * reached[sector]
    using = firms.office_scaled + firms.process_scaled > 0
    trying = firms.office_pilots + firms.process_pilots > 0
    firms.ai_stage[:] = np.where(using, AiStage.SCALED, np.where(trying, AiStage.PILOT, AiStage.NONE))
    data = firms.data_stock + Instruments().data_openness * ai.data_pool * structure.opening_mean_data[sector]
    compute = np.full(firms.rows, parameters.office_ai.running)
    fill_capabilities(data, compute, 1.0, firms.literate_share, ai.view, firms.ai_capability)
    structure.usual_capability = max(LEAST, float(np.average(firms.ai_capability, weights=firms.headcount)))
    structure.usual_literacy = float(np.average(firms.literate_share, weights=firms.headcount))
    strength = firms.ai_capability / structure.usual_capability
    firms.office_use[:] = np.minimum(1.0, firms.office_cover * strength)
    firms.process_use[:] = np.minimum(1.0, firms.process_cover * strength)
    fill_assistance(firms.office_use, firms.office_cover, firms.literate_share, firms.assistance)
    _open_projects(state, structure, opening)


def _open_projects(state: State, structure: Structure, opening: Opening) -> None:
    """Integration that is under way, ordered and done before: in firms that use AI, by pilots and by use.

    Where a sector has none in memory, all of its firms share it by pay.
    """
    firms, in_use = state.firms, opening.in_use
    sector, rows, scale = firms.sector, opening.output.size, structure.money_scale
    trying, using = firms.office_pilots + firms.process_pilots, firms.office_scaled + firms.process_scaled
    busy = _in_proportion(firms.payroll * firms.office_pilots / firms.departments, firms.payroll, sector, rows)
    ordered = _in_proportion(firms.payroll * trying / firms.departments, firms.payroll, sector, rows)
    held = _in_proportion(firms.payroll * (trying + using) / firms.departments, firms.payroll, sector, rows)
    pay = np.bincount(sector, weights=firms.payroll, minlength=rows)
    firms.integrating[:] = np.minimum(MOST_INTEGRATING, busy * (in_use.busy * pay)[sector] / firms.payroll)
    firms.integration_due[:] = ordered * scale * in_use.due[sector]
    firms.intangible[:] = held * scale * in_use.intangible[sector]


def _in_proportion(weights: Floats, otherwise: Floats, sector: Codes, rows: int) -> Floats:
    """(firms,) shares in their sector by ``weights``, or by ``otherwise`` where these are 0 for all of it."""
    whole = np.bincount(sector, weights=weights, minlength=rows)
    chosen = np.where(whole[sector] > 0, weights, otherwise)
    return np.asarray(chosen / np.bincount(sector, weights=chosen, minlength=rows)[sector])


def _chance(evaluation: float, log_odds: Floats) -> Floats:
    """(sectors,) chance that a department without AI begins a pilot in a quarter."""
    return evaluation / (1 + np.exp(-np.clip(log_odds, -MOST_ODDS, MOST_ODDS)))


def _log_payback(structure: Structure, opening: Opening, abilities: Abilities, parameters: Parameters) -> Floats:
    """(sectors,) log of the time in which process AI should pay back over that in which it does, for a whole sector."""
    rules, cost = parameters.adoption, parameters.process_ai
    plant = cost.plant_cost * abilities.plant * opening.capital
    energy = structure.energy_rows
    goods = opening.input_coefficients[~energy].sum(axis=0) * abilities.materials[1]
    power = opening.input_coefficients[energy].sum(axis=0) * abilities.energy[1]
    rental = structure.depreciation + parameters.investment.required_return
    tasks = (structure.staffing * abilities.automated[1]).sum(axis=1) * opening.wages
    saved = opening.output * (goods + power) + rental * abilities.capacity[1] * opening.capital
    saved = saved + task_saving(parameters, structure.depreciation, 1.0) * tasks - cost.running * plant
    quarters = np.divide(plant, saved, out=np.full_like(plant, np.inf), where=saved > 0)
    with np.errstate(divide="ignore"):
        return np.log(rules.payback_quarters / np.maximum(quarters, LEAST))
