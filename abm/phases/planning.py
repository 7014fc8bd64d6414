"""How work is organised, what firms expect to sell, plan to make, and whom they need for it."""

from __future__ import annotations

from abm.kernels.labour import plan_firms
from abm.phase import phase
from abm.tasks import organise


@phase(
    reads="firms.ai_use firms.new_task_share firms.unit_wage firms.productivity firms.price sectors.automation "
    "aggregate.capital_price",
    writes="firms.displaced_share firms.labour_per_unit firms.extra_capital firms.capital_productivity "
    "firms.materials_per_unit firms.energy_per_unit",
)
def firms_organise_tasks(economy) -> None:
    """Which tasks labour and which capital does, and what a unit takes of capital, materials and energy (eq. 4-6)."""
    organise(economy.state, economy.structure, economy.parameters, economy.scratch.firm_chunks, economy.threads)


@phase(
    reads="firms.demand_signal firms.inventory firms.capital firms.capital_productivity firms.productivity "
    "firms.ai_use firms.labour_per_unit firms.research_share sectors.trend_growth",
    writes="firms.expected_demand firms.planned_output firms.labour_demand",
)
def firms_plan_output_and_staff(economy) -> None:
    """Expected demand, planned output and labour wanted (eq. 7)."""
    f, s, structure, p = economy.state.firms, economy.state.sectors, economy.structure, economy.parameters
    plan_firms[economy.threads](
        economy.scratch.firm_chunks, f.sector, f.expected_demand, f.demand_signal, f.inventory, f.capital,
        f.capital_productivity, f.productivity, f.ai_use, f.labour_per_unit, f.research_share, f.planned_output,
        f.labour_demand, s.trend_growth, structure.storable, structure.research_staff,
        p.firms.demand_gain, p.firms.inventory_speed, p.firms.inventory_target,
        p.artificial_intelligence.forecast_gain,
    )  # fmt: skip
