"""What artificial intelligence does to a unit of output: tasks, capital, materials and energy."""

from __future__ import annotations

from numba import prange

from abm.kernels.compiling import parallel_kernel
from abm.kernels.technology import process_gain

__all__ = ["organise_tasks"]


@parallel_kernel
def organise_tasks(
    chunks, sector, ai_use, new_task_share, unit_wage, productivity, price, displaced_share, labour_per_unit,
    extra_capital, capital_productivity, materials_per_unit, energy_per_unit, automation, process,
    capacity_per_capital, automation_strength, capital_per_task, contributions, capital_price, new_task_gain,
    utilisation, capital_gain, yield_gain, energy_saving, process_half,
):  # fmt: skip
    """Labour, capital, materials and energy of a unit of output, for every firm.

    Automation moves tasks from labour to capital: an automated task needs ``capital_per_task`` quarters of the pay it
    replaces in capital goods. New tasks add labour, and with it value: the same plant and materials give more output,
    worth ``new_task_gain`` above the pay (Acemoglu and Restrepo 2018 and 2019). Process control adds to what capital
    makes and saves materials and energy. ``extra_capital`` is capital per unit against no AI, sector arrays are (20,).
    MODEL.md eq. 4-6.
    """
    rows = sector.size
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s = sector[i]
            displaced = min(0.95, automation_strength * ai_use[i] * automation[s])
            pay = unit_wage[i] * (1.0 + contributions) / productivity[i]
            value = 1.0 + (1.0 + new_task_gain) * new_task_share[i] * pay / price[i]
            displaced_share[i] = displaced
            labour_per_unit[i] = (1.0 - displaced + new_task_share[i]) / value
            full = capacity_per_capital[s] * (1.0 + capital_gain * process[s] * ai_use[i])
            needed = 1.0 + capital_per_task * displaced * pay / capital_price * utilisation * full
            capital_productivity[i] = full * value / needed
            extra_capital[i] = (1.0 / capital_productivity[i] - 1.0 / capacity_per_capital[s]) / utilisation
            gain = process[s] * process_gain(ai_use[i], process_half) if ai_use[i] > 0.0 else 0.0
            materials_per_unit[i] = (1.0 - yield_gain * gain) / value
            energy_per_unit[i] = (1.0 - energy_saving * gain) / value
