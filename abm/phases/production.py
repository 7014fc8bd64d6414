"""Production and the orders for inputs."""

from __future__ import annotations

import numpy as np

from abm.kernels.goods import produce
from abm.phase import phase


@phase(
    reads="firms.planned_output firms.efficiency_units firms.productivity firms.capital firms.inventory "
    "firms.capital_productivity firms.materials_per_unit firms.energy_per_unit firms.research_share "
    "firms.ai_unit_spending firms.integration_due",
    writes="firms.output firms.supply firms.input_scale",
)
def firms_produce(economy) -> None:
    """Goods are made, services made ready, inputs ordered for what is made or expected (eq. 21-22)."""
    f, structure, p, now = economy.state.firms, economy.structure, economy.parameters, economy.now
    now.materials_scale = np.zeros(structure.payout.size)
    now.energy_scale = np.zeros(structure.payout.size)
    now.ai_orders = produce(
        structure.sector_start, f.productivity, f.efficiency_units, f.labour_per_unit, f.research_share, f.capital,
        f.capital_productivity, f.materials_per_unit, f.energy_per_unit, f.planned_output, f.expected_demand,
        f.inventory, f.output, f.supply, f.input_scale, f.ai_unit_spending, f.integration_due,
        structure.storable, structure.research_staff, p.firms.overtime, now.materials_scale, now.energy_scale,
    )  # fmt: skip
