"""How work is organised, what firms expect to sell, plan to make, and whom they need for it."""

from __future__ import annotations

from abm.economics.tasks import organise
from abm.economy import Economy
from abm.kernels.labour import plan_firms
from abm.phase import phase


@phase
def firms_organise_tasks(economy: Economy) -> None:
    """Which tasks labour and which capital does, and what a unit takes of capital, materials and energy (eq. 4-6)."""
    organise(economy.state, economy.structure, economy.parameters, economy.threads)


@phase
def firms_plan_output_and_staff(economy: Economy) -> None:
    """Expected demand, planned output and labour wanted (eq. 7)."""
    f, s, structure, p = economy.state.firms, economy.state.sectors, economy.structure, economy.parameters
    plan_firms[economy.threads](
        economy.scratch.firm_chunks, f.sector, f.expected_demand, f.demand_signal, f.inventory, f.capital,
        f.capital_productivity, f.productivity, f.ai_use, f.labour_per_unit, f.research_share, f.planned_output,
        f.labour_demand, s.trend_growth, structure.storable, structure.research_staff,
        p.firms.demand_gain, p.firms.inventory_speed, p.firms.inventory_target,
        p.artificial_intelligence.forecast_gain,
    )  # fmt: skip
