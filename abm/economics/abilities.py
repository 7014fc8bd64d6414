"""What AI can do in a quarter where it is in full use, from the applications that exist and how reliable AI is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm.arrays import Floats, Matrix
from abm.parameters import Parameters

if TYPE_CHECKING:
    from abm.applications import Applied
    from abm.state import Abilities, State
    from abm.structure import Structure

__all__ = ["REFERENCE", "autonomy", "fill_abilities", "office_value", "update_abilities"]

# Frontier of algorithms and time at which the value of office applications counts as usual: as the record was fitted.
REFERENCE = (0.35, 2024.0)
OFFICE, PROCESS = 0, 1
CONTROL = "control"


def update_abilities(state: State, structure: Structure, parameters: Parameters, quarter: int) -> None:
    """What AI can do as algorithms stand: nothing where AI does not exist."""
    if parameters.artificial_intelligence.enabled:
        year = parameters.growth.opening_year + quarter / 4
        state.macro.autonomy = autonomy(structure.applied, parameters, state.macro.algorithm, year)
        fill_abilities(state.abilities, structure, parameters, state.macro.algorithm, year)


def autonomy(applied: Applied, parameters: Parameters, frontier: float, year: float) -> float:
    """Part of the plants under control that could run without people, 0 to 1."""
    rules, spread = parameters.process_ai, parameters.artificial_intelligence.application_spread
    names = [one.code for one in applied.families]
    if CONTROL not in names:
        return 0.0
    reliable = applied.reliability(frontier, year)[names.index(CONTROL)]
    return float(np.clip((reliable - rules.autonomy_from + spread) / (2 * spread), 0.0, 1.0))


def office_value(applied: Applied, ready: Floats) -> Floats:
    """(sectors,) what office applications are worth to a firm that decides, share of annual pay."""
    return (ready * applied.office) @ applied.decision


def fill_abilities(
    abilities: Abilities, structure: Structure, parameters: Parameters, frontier: float, year: float
) -> None:
    """Every field of ``abilities`` at a frontier of algorithms in a year.

    A task that AI saves is done by AI alone or helps literate staff, in proportion to the exposure of its occupation to
    either. Plants that could run on their own save ``autonomy_gain`` more, which contains what others save.
    """
    applied, office, process, ai = (
        structure.applied, parameters.office_ai, parameters.process_ai, parameters.artificial_intelligence
    )  # fmt: skip
    ready = applied.passed(frontier, year, ai.application_spread)
    alone = autonomy(applied, parameters, frontier, year)
    kinds = np.stack([ready * applied.office, ready * ~applied.office])
    tasks = np.tensordot(kinds, applied.tasks, 1)
    part = _automated_part(structure, office.automated_part)
    abilities.automated[OFFICE] = office.automation * part * tasks[OFFICE]
    abilities.automated[PROCESS] = process.automation * tasks[PROCESS]
    abilities.augmented[:] = office.augmentation * (1 - part) * tasks[OFFICE]
    controlled = np.array([applied.families[row].code == CONTROL for row in applied.family], dtype=bool)
    plants = process.gain * kinds * (1 + process.autonomy_gain * alone * controlled)
    for row, gain in ((OFFICE, kinds[OFFICE]), (PROCESS, plants[PROCESS])):
        materials = applied.materials + applied.losses * structure.sales_over_materials
        abilities.materials[row] = process.materials_gain * (gain @ materials)
        abilities.energy[row] = process.energy_gain * (gain @ applied.energy)
        abilities.capacity[row] = process.capacity_gain * (gain @ applied.downtime)
        abilities.inventory[row] = ai.forecast_gain * (gain @ applied.stock)
        abilities.quality[row] = gain @ (applied.demand + applied.quality)
        abilities.research[row] = _part_that_works(kinds[row], applied.research)
    abilities.office_value[:] = office_value(applied, ready)
    abilities.plant[:] = applied.plant


def _automated_part(structure: Structure, mean: float) -> Floats:
    """(occupations,) part of the time saved that AI works alone: by relative exposure, ``mean`` on average of pay."""
    exposed = structure.automation_exposure / (structure.automation_exposure + structure.augmentation_exposure)
    return np.minimum(1.0, mean * exposed / float(structure.pay_by_occupation @ exposed))


def _part_that_works(ready: Floats, help_of_ai: Matrix) -> Floats:
    """(sectors,) what applications help now over what they would help if all of them worked."""
    full = help_of_ai.sum(axis=0)
    return np.divide(ready @ help_of_ai, full, out=np.zeros_like(full), where=full > 0)
