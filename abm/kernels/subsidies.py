"""What policies add to the price of AI services and take off the cost of integrating AI."""

from __future__ import annotations

from numba import prange

from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel

__all__ = ["fund_integration", "integration_support", "payroll_of_small_firms", "services_price_factor"]


@kernel
def services_price_factor(instruments):
    """Price of AI services to a firm after tax and voucher, per yuan that the seller receives."""
    return 1.0 + instruments.ai_tax - instruments.compute_voucher


@kernel
def integration_support(sector, region, small, abilities, plans, instruments, policy_effects):
    """Part of a firm's integration cost that the state pays: by sector, in zones, and for small firms; never all of it.

    Zones support plants that process AI can run. ``plans.integration_support`` is by sector, ``plans.zone_support`` by
    region; ``small`` says whether the firm counts as small.
    """
    support = plans.integration_support[sector] + abilities.plant[sector] * plans.zone_support[region]
    if small:
        support += instruments.small_firm_subsidy
    return min(policy_effects.highest_support, support)


@kernel
def payroll_of_small_firms(firms, firm_rules):
    """Gross wages paid by firms that are small enough for public compute, thousand yuan."""
    headcount, payroll = firms.headcount, firms.payroll
    paid = 0.0
    for i in range(headcount.size):
        if headcount[i] < firm_rules.small_staff:
            paid += payroll[i]
    return paid


@parallel_kernel
def fund_integration(
    firms, abilities, plans, macro, instruments, policy_effects, firm_rules, investment_rules, credit
):  # fmt: skip
    """What the state pays of each firm's integration of AI, and what the firm can spend on it.

    Its deposits, and the part ``credit`` of what the bank would lend on its plant beyond its loans.
    """
    sector, region, headcount = firms.sector, firms.region, firms.headcount
    capital, deposits, loans = firms.capital, firms.deposits, firms.loans
    support, funds = firms.integration_support, firms.integration_funds
    limit = investment_rules.highest_leverage * macro[0].capital_price
    rows = sector.size
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            small = headcount[i] < firm_rules.small_staff
            support[i] = integration_support(sector[i], region[i], small, abilities, plans, instruments, policy_effects)
            funds[i] = deposits[i] + credit * max(0.0, limit * capital[i] - loans[i])
