"""Who uses AI at the opening: the departments of firms have considered it for years, by the rules of any quarter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from abm.abilities import Abilities
from abm.arrays import Floats
from abm.codes import AiStage
from abm.economics.abilities import fill_abilities, update_abilities
from abm.economics.log_odds import as_decided_in, office_log_odds, process_log_odds
from abm.economics.tasks import task_saving
from abm.kernels.adoption import assistance_of
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.population.draws import Draws
from abm.population.kernels.firms import draw_departments, fill_capabilities
from abm.population.targets import Opening
from abm.state import State
from abm.structure import Structure

__all__ = ["Path", "open_adoption", "path_to_opening"]

LEAST = 1e-12
MOST_ODDS = 30.0


@dataclass
class Path:
    """Expected parts of a sector's departments with one kind of AI, and of its staff or plant; (sectors,)."""

    pilots: Floats
    scaled: Floats
    cover: Floats

    def move(self, chance: Floats, parameters: Parameters, kind: str) -> None:
        """A quarter on, at the chances with which departments without AI begin."""
        rules, cost = parameters.adoption, getattr(parameters, kind)
        begun = chance * (1 - self.pilots - self.scaled)
        ended = self.pilots / rules.pilot_quarters
        desks = cost.cover_pilot * self.pilots + cost.cover_scaled * self.scaled
        self.cover = self.cover + cost.cover_speed * (desks - self.cover)
        self.pilots = self.pilots + begun - ended
        self.scaled = self.scaled * (1 - rules.abandonment) + (1 - rules.pilot_failure) * ended


def path_to_opening(structure: Structure, opening: Opening, parameters: Parameters) -> tuple[Path, Path]:
    """Expected use of office and process AI at the opening, from ``adoption.history`` on.

    The frontier of algorithms moved as it does later, literacy and rules were those of the opening.
    """
    ai, history, growth = parameters.artificial_intelligence, parameters.adoption.history, parameters.growth
    sectors = opening.output.size
    office, process = (Path(np.zeros(sectors), np.zeros(sectors), np.zeros(sectors)) for _ in range(2))
    opened = min(max(ai.algorithm_opening, LEAST), 1 - LEAST)
    odds = np.log(opened / (1 - opened))
    abilities = Abilities(sectors, structure.occupation_premium.size)
    for year in np.arange(history, growth.opening_year, 0.25):
        then = as_decided_in(float(year), parameters)
        speed = then.artificial_intelligence.algorithm_speed
        frontier = 1 / (1 + np.exp(-(odds + 4 * speed * (year - growth.opening_year))))
        fill_abilities(abilities, structure, opening.applied, parameters, float(frontier), float(year))
        for_office = office_log_odds(structure, abilities, then)
        for_plants = process_log_odds(structure, then) + _log_payback(structure, opening, abilities, then)
        office.move(_chance(then.adoption.evaluation, for_office), then, "office_ai")
        process.move(abilities.plant * _chance(then.adoption.evaluation, for_plants), then, "process_ai")
    return office, process


def open_adoption(state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws) -> None:
    """Departments, cover, capability and use of every firm at the opening; the capability that counts as usual."""
    firms, ai, sector = state.firms, parameters.artificial_intelligence, state.firms.sector
    update_abilities(state, structure, opening.applied, parameters, 0)
    paths = path_to_opening(structure, opening, parameters)
    lots = np.array([draws.uniforms("adoption", firms.rows, first=firms.rows * place) for place in range(4)])
    office, process = paths
    draw_departments(
        firms.view, draws.seed, lots, office.pilots, office.scaled, process.pilots, process.scaled,
        parameters.adoption.view,
    )  # fmt: skip
    for path, rules, pilots, scaled, cover in (
        (paths[0], parameters.office_ai, firms.office_pilots, firms.office_scaled, firms.office_cover),
        (paths[1], parameters.process_ai, firms.process_pilots, firms.process_scaled, firms.process_cover),
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
    firms.assistance[:] = [
        assistance_of(*one) for one in zip(firms.office_use, firms.office_cover, firms.literate_share, strict=True)
    ]


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
