"""How work is organised at a use of AI, in the opening economy as in every quarter."""

from __future__ import annotations

import numpy as np

from abm.kernels.tasks import organise_tasks
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import State
from abm.structure import Structure

__all__ = ["organise", "services_per_task", "stage_subscriptions", "task_saving"]


def organise(state: State, structure: Structure, parameters: Parameters, chunks: int = 1, threads: int = 1) -> None:
    """Tasks, capital, materials and energy of a unit of output, for every firm (kernels.tasks.organise_tasks)."""
    f, s, ai = state.firms, state.sectors, parameters.artificial_intelligence
    organise_tasks[threads](
        chunks, f.sector, f.ai_use, f.new_task_share, f.unit_wage, f.productivity, f.price, f.displaced_share,
        f.labour_per_unit, f.extra_capital, f.capital_productivity, f.materials_per_unit, f.energy_per_unit,
        s.automation, structure.process_share, structure.capacity_per_capital, ai.automation, ai.task_capital,
        structure.employer_rate, state.aggregate.capital_price, ai.new_task_gain, parameters.firms.normal_utilisation,
        ai.capital_gain, ai.yield_gain, ai.energy_saving, ai.process_half,
    )  # fmt: skip


def services_per_task(parameters: Parameters, compute_quality: float) -> float:
    """AI services for an automated task, share of the pay replaced; cheaper with compute, of quality 1 in 2024."""
    ai = parameters.artificial_intelligence
    return ai.task_services * compute_quality**-ai.task_services_elasticity


def stage_subscriptions(parameters: Parameters, policy: Instruments) -> np.ndarray:
    """(4,) running AI services by stage, share of the labour cost of a unit.

    Adopters buy more of what costs less after tax and voucher; rules are complied with by further services.
    """
    ai = parameters.artificial_intelligence
    usual = np.array([0.0, ai.subscription_pilot, ai.subscription_scaled, ai.subscription_autonomous])
    price = (1 + policy.ai_tax - policy.compute_voucher) * (1 + policy.compliance_cost)
    return usual * price**-ai.services_elasticity * (1 + policy.compliance_cost)


def task_saving(parameters: Parameters, depreciation: float, compute_quality: float) -> float:
    """What an automated task saves, share of the pay replaced: all but its services and the user cost of capital."""
    user_cost = depreciation + parameters.investment.required_return
    capital = user_cost * parameters.artificial_intelligence.task_capital
    return 1 - capital - services_per_task(parameters, compute_quality)
