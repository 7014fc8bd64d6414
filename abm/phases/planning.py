"""What firms expect to sell, plan to make, and whom they need for it."""

from __future__ import annotations

from abm.kernels.labour import plan_firms
from abm.phase import phase


@phase(
    reads="firms.demand_signal firms.inventory firms.capital firms.productivity firms.ai_use sectors.trend_growth "
    "sectors.automation",
    writes="firms.expected_demand firms.planned_output firms.labour_demand firms.labour_per_unit firms.displaced_share",
)
def firms_plan_output_and_staff(economy) -> None:
    """Expected demand, planned output, task content and labour wanted (eq. 4-7)."""
    f, s, structure, p = economy.state.firms, economy.state.sectors, economy.structure, economy.parameters
    ai = p.artificial_intelligence
    plan_firms[economy.threads](
        economy.scratch.firm_chunks, f.sector, f.expected_demand, f.demand_signal, f.inventory, f.capital,
        f.productivity,
        f.ai_use, f.planned_output, f.labour_demand, f.labour_per_unit, f.displaced_share, s.trend_growth,
        structure.storable, structure.capacity_per_capital, s.automation, structure.process_share,
        p.firms.demand_gain, p.firms.inventory_speed, p.firms.inventory_target, ai.automation,
        ai.new_tasks * (1 - ai.net_saving), ai.capital_gain,
    )  # fmt: skip
