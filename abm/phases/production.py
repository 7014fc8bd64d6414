"""Production and the orders for inputs."""

from __future__ import annotations

import numpy as np

from abm.kernels.goods import produce
from abm.phase import phase


@phase(
    reads="firms.planned_output firms.efficiency_units firms.productivity firms.capital firms.inventory firms.ai_use "
    "firms.ai_unit_spending firms.integration_due",
    writes="firms.output firms.supply firms.input_scale",
)
def firms_produce(economy) -> None:
    """Goods are made, services made ready, inputs ordered for what is made or expected (eq. 21-22)."""
    f, structure, p, now = economy.state.firms, economy.structure, economy.parameters, economy.now
    ai = p.artificial_intelligence
    now.materials_scale = np.zeros(structure.payout.size)
    now.energy_scale = np.zeros(structure.payout.size)
    now.ai_orders = produce(
        structure.sector_start, f.productivity, f.efficiency_units, f.labour_per_unit, f.capital, f.ai_use,
        f.planned_output, f.expected_demand, f.inventory, f.output, f.supply, f.input_scale, f.ai_unit_spending,
        f.integration_due, structure.storable, structure.capacity_per_capital, structure.process_share,
        p.firms.overtime, ai.capital_gain, ai.yield_gain, ai.energy_saving, ai.process_half,
        now.materials_scale, now.energy_scale,
    )  # fmt: skip
