"""How work is organised at a use of AI, in the opening economy as in every quarter."""

from __future__ import annotations

import numpy as np

from abm.arrays import Floats
from abm.kernels.technology import assign_tasks
from abm.kernels.technology import services_per_task as _services_per_task
from abm.kernels.technology import stage_subscriptions as _stage_subscriptions
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import State
from abm.structure import Structure

__all__ = ["organise", "services_per_task", "stage_subscriptions", "task_saving"]


def organise(state: State, structure: Structure, parameters: Parameters, threads: int = 1) -> None:
    """Tasks, capital, materials and energy of a unit of output, for every firm (kernels.tasks.assign_tasks)."""
    assign_tasks[threads](
        state.firms.view, state.sectors.view, structure.view, state.macro.view, parameters.firms.view,
        parameters.artificial_intelligence.view,
    )  # fmt: skip


def services_per_task(parameters: Parameters, compute_quality: float) -> float:
    """AI services for an automated task, share of the pay replaced; cheaper with compute, of quality 1 in 2024."""
    return float(_services_per_task(parameters.artificial_intelligence.view, compute_quality))


def stage_subscriptions(parameters: Parameters, instruments: Instruments) -> Floats:
    """(4,) running AI services by stage, share of the labour cost of a unit."""
    return np.asarray(_stage_subscriptions(parameters.artificial_intelligence.view, instruments.view))


def task_saving(parameters: Parameters, depreciation: float, compute_quality: float) -> float:
    """What an automated task saves, share of the pay replaced: all but its services and the user cost of capital."""
    user_cost = depreciation + parameters.investment.required_return
    capital = user_cost * parameters.artificial_intelligence.task_capital
    return 1 - capital - services_per_task(parameters, compute_quality)
