"""Production and the orders for inputs."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.goods import produce
from abm.phase import phase


@phase
def firms_produce(economy: Economy) -> None:
    """Goods are made, services made ready, inputs ordered for what is made or expected (eq. 21-22)."""
    f, structure, p, now = economy.state.firms, economy.structure, economy.parameters, economy.plans
    now.ai_orders = produce(
        structure.sector_start, f.productivity, f.efficiency_units, f.labour_per_unit, f.research_share, f.capital,
        f.capital_productivity, f.materials_per_unit, f.energy_per_unit, f.planned_output, f.expected_demand,
        f.inventory, f.output, f.supply, f.input_scale, f.ai_unit_spending, f.integration_due,
        structure.storable, structure.research_staff, p.firms.overtime, now.materials_scale, now.energy_scale,
    )  # fmt: skip
