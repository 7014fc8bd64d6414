"""What AI can do in a quarter where it is in full use, from the applications that exist and how reliable AI is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm.applications import Applied
from abm.arrays import Cube, Floats
from abm.kernels.abilities import add_up_applications
from abm.kernels.accounts import add_up
from abm.parameters import Parameters

if TYPE_CHECKING:
    from abm.abilities import Abilities
    from abm.state import State
    from abm.structure import Structure

__all__ = ["REFERENCE", "autonomy", "channels_of", "fill_abilities", "office_value", "update_abilities"]

# Frontier of algorithms and time at which the value of office applications counts as usual: as the record was fitted.
REFERENCE = (0.35, 2024.0)
CONTROL = "control"


def update_abilities(
    state: State, structure: Structure, applied: Applied, parameters: Parameters, quarter: int
) -> None:
    """What AI can do as algorithms stand: nothing where AI does not exist."""
    if parameters.artificial_intelligence.enabled:
        year = parameters.growth.opening_year + quarter / 4
        state.macro.autonomy = fill_abilities(
            state.abilities, structure, applied, parameters, state.macro.algorithm, year
        )


def autonomy(applied: Applied, parameters: Parameters, frontier: float, year: float) -> float:
    """Part of the plants under control that could run without people, 0 to 1."""
    rules, spread = parameters.process_ai, parameters.artificial_intelligence.application_spread
    for place, family in enumerate(applied.families):
        if family.code == CONTROL:
            reliable = applied.reliability(frontier, year)[place]
            return float(min(1.0, max(0.0, (reliable - rules.autonomy_from + spread) / (2 * spread))))
    return 0.0


def office_value(applied: Applied, ready: Floats) -> Floats:
    """(sectors,) what office applications are worth to a firm that decides, share of annual pay."""
    return ((ready * applied.office)[:, None] * applied.decision).sum(axis=0)


def channels_of(applied: Applied, sales_over_materials: Floats) -> Cube:
    """(applications, channels, sectors) what each application does at full use, in the order of kernels.abilities.

    Losses are saved as materials; demand won and better products count alike in the eyes of customers; research is the
    part of the help to research that an application gives.
    """
    help_of_all = applied.research.sum(axis=0)
    research = np.divide(applied.research, help_of_all, out=np.zeros_like(applied.research), where=help_of_all > 0)
    channels = (
        applied.materials + applied.losses * sales_over_materials, applied.energy, applied.downtime, applied.stock,
        applied.demand + applied.quality, research, applied.decision,
    )  # fmt: skip
    return np.ascontiguousarray(np.stack(channels, axis=1))


def fill_abilities(
    abilities: Abilities, structure: Structure, applied: Applied, parameters: Parameters, frontier: float, year: float
) -> float:
    """Every field of ``abilities`` at a frontier of algorithms in a year; returns the autonomy of plants.

    A task that AI saves is done by AI alone or helps literate staff, in proportion to the exposure of its occupation to
    either. Plants that could run on their own save ``autonomy_gain`` more, which contains what others save.
    """
    process = parameters.process_ai
    ready = applied.passed(frontier, year, parameters.artificial_intelligence.application_spread)
    alone = autonomy(applied, parameters, frontier, year)
    plants = process.gain * (1 + process.autonomy_gain * alone * structure.applied_control)
    add_up_applications(
        abilities.view, ready, applied.office, plants, _automated_part(structure, parameters.office_ai.automated_part),
        structure.view, parameters.office_ai.view, process.view, parameters.artificial_intelligence.forecast_gain,
    )  # fmt: skip
    abilities.plant[:] = applied.plant
    return alone


def _automated_part(structure: Structure, mean: float) -> Floats:
    """(occupations,) part of the time saved that AI works alone: by relative exposure, ``mean`` on average of pay."""
    exposed = structure.automation_exposure / (structure.automation_exposure + structure.augmentation_exposure)
    return np.minimum(1.0, mean * exposed / add_up(structure.pay_by_occupation * exposed))
