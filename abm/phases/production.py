"""Production, the orders for inputs, and what firms mean to invest."""

from __future__ import annotations

from abm.economics.bank_lending import lending_factor
from abm.economics.compute import compute_ordered
from abm.economics.integration import integrators
from abm.economics.interest import real_rate_gap
from abm.economy import Economy
from abm.kernels.accounts import add_up
from abm.kernels.investment import measure_capital_gaps, plan_investment
from abm.kernels.production import produce
from abm.phase import phase


@phase
def firms_produce(economy: Economy) -> None:
    """Firms produce goods, prepare services and order inputs (eq. 21-22)."""
    firms, plans, rules = economy.firms, economy.plans, economy.parameters.firms
    plans.ai_orders = produce[economy.threads](firms.view, plans.view, economy.structure.view, rules.view)


@phase
def firms_plan_investment(economy: Economy) -> None:
    """Firms invest in lumps: replacement, trend and a weak accelerator, subject to finance (eq. 31).

    What firms have decided to integrate of AI they order from the sectors that do it.
    """
    firms, sectors, plans, structure = economy.firms, economy.sectors, economy.plans, economy.structure
    macro, parameters = economy.macro, economy.parameters
    bank_factor = lending_factor(macro, add_up(firms.loans), parameters.money)
    measure_capital_gaps[economy.threads](
        firms.view, sectors.view, plans.view, structure.view, macro.view, parameters.firms.view,
        parameters.investment.view,
    )  # fmt: skip
    plan_investment[economy.threads](
        firms.view, sectors.view, plans.view, structure.view, macro.view, economy.instruments.view,
        parameters.firms.view, parameters.investment.view, real_rate_gap(economy), bank_factor,
    )  # fmt: skip
    order_compute(economy)
    shares = integrators(structure, parameters.integration)
    plans.integration[:] = add_up(firms.integration_due) * shares / plans.expected_final_price


def order_compute(economy: Economy) -> None:
    """Part of the capital goods that the sellers of AI services order is compute, made by one sector (eq. 31a)."""
    firms, plans, structure, macro = economy.firms, economy.plans, economy.structure, economy.macro
    seller = structure.rows.ai_services
    here = slice(structure.sector_start[seller], structure.sector_start[seller + 1])
    plans.compute = compute_ordered(
        macro.compute_capital, macro.services_used, float(economy.sectors.trend_growth[seller]),
        add_up(firms.investment[here]), economy.parameters.compute,
    )  # fmt: skip
    plans.capital -= plans.compute * structure.capital_basket
    plans.capital[structure.rows.computers] += plans.compute
