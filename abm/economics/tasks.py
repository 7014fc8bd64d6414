"""How work is organised at a use of AI, in the opening economy as in every quarter."""

from __future__ import annotations

from abm.kernels.technology import assign_tasks
from abm.kernels.technology import services_per_task as _services_per_task
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import State
from abm.structure import Structure

__all__ = ["organise", "services_per_task", "task_saving"]


def organise(
    state: State, structure: Structure, parameters: Parameters, instruments: Instruments, threads: int = 1,
    public_compute: float = 0.0,
) -> None:  # fmt: skip
    """Tasks, capital, materials, energy and services of a unit of output, for every firm (kernels.assign_tasks)."""
    assign_tasks[threads](
        state.firms.view, state.sectors.view, structure.view, state.abilities.view, state.macro.view, instruments.view,
        parameters.firms.view, parameters.artificial_intelligence.view, parameters.office_ai.view,
        parameters.process_ai.view, public_compute, parameters.policy_effects.compute_replacing,
    )  # fmt: skip


def services_per_task(parameters: Parameters, compute_quality: float) -> float:
    """AI services for an automated task, share of the pay replaced; cheaper with compute, of quality 1 in 2024."""
    return float(_services_per_task(parameters.artificial_intelligence.view, compute_quality))


def task_saving(parameters: Parameters, depreciation: float, compute_quality: float) -> float:
    """What an automated task saves, share of the pay replaced: all but its services and the user cost of capital."""
    user_cost = depreciation + parameters.investment.required_return
    capital = user_cost * parameters.artificial_intelligence.task_capital
    return 1 - capital - services_per_task(parameters, compute_quality)
