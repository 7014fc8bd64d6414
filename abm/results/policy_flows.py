"""What the policies in force raise and spend in a quarter, line by line, and who meets the difference.

The lines are read off the payments and plans of the quarter, and add up to the cost that government_costs_policies
books: spending less revenue is ``policy_cost``. What people and firms do in response is in none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from abm.accounting import FIRMS, FLOWS

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["NO_FLOWS", "PolicyFlows", "policy_flows"]

PAYEES = {flow.name: flow.payee for flow in FLOWS}


class PolicyFlows(NamedTuple):
    """Thousand yuan in the quarter.

    revenue      all that policies raise
    dividends    carbon revenue paid to every adult
    basic        basic income
    subsidies    paid to firms: for adoption, hiring, AI services and research
    programmes   goods and services that the state buys for policies, clean power included
    forgone      tax on profits that is not asked for, and income tax by which carbon revenue is returned
    support      pensions, benefits and courses beyond today's rules
    other        payments of levers from outside the package
    income_tax   what the budget rule adds to the income tax; below zero what it returns
    saving       what the budget rule takes from public consumption
    """

    revenue: float = 0.0
    dividends: float = 0.0
    basic: float = 0.0
    subsidies: float = 0.0
    programmes: float = 0.0
    forgone: float = 0.0
    support: float = 0.0
    other: float = 0.0
    income_tax: float = 0.0
    saving: float = 0.0

    @property
    def spending(self) -> float:
        """All that policies spend, forgone revenue included."""
        return self.dividends + self.basic + self.subsidies + self.programmes + self.forgone + self.support + self.other


NO_FLOWS = PolicyFlows()


def policy_flows(economy: Economy, tax_base: float) -> PolicyFlows:
    """The lines of the quarter that was just simulated; ``tax_base`` is what an income tax of one would raise."""
    macro, plans, levers, paid = economy.macro, economy.plans, economy.levers, economy.ledger.amounts
    spent, revenue = sum(paid[name] for name in levers.costs), sum(paid[name] for name in levers.revenue)
    forgone = plans.firm_totals.tax_relief + economy.instruments.carbon_tax_cut * macro.carbon_revenue
    booked = spent - revenue + plans.policy_budget + forgone
    dividends, basic = (paid[name] if name in levers.costs else 0.0 for name in ("carbon_dividends", "basic_income"))
    to_firms = [name for name in levers.costs if PAYEES[name] == FIRMS]
    apart = {"carbon_dividends", "basic_income", *to_firms}
    return PolicyFlows(
        revenue=revenue,
        dividends=dividends,
        basic=basic,
        subsidies=sum(paid[name] for name in to_firms),
        programmes=plans.policy_budget,
        forgone=forgone,
        support=macro.policy_cost - booked,  # the phase adds it last
        other=sum(paid[name] for name in levers.costs if name not in apart),
        income_tax=plans.policy_tax_rate * tax_base,
        saving=plans.policy_saving,
    )
