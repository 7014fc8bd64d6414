"""What policies add to the price of AI services and take off the cost of integrating AI."""

from __future__ import annotations

from numba import prange

from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel

__all__ = [
    "compute_replaced", "fund_integration", "integration_support", "pay_with_ai_in_small_firms", "services_price_factor"
]  # fmt: skip


@kernel
def services_price_factor(instruments):
    """Price of AI services to a firm after tax and voucher, per yuan that the seller receives."""
    return 1.0 + instruments.ai_tax - instruments.compute_voucher


@kernel
def integration_support(of_sector, of_zone, plant, of_small, highest):
    """Part of a firm's integration cost that the state pays: by sector, in zones, and for small firms; never all of it.

    Zones support plants that process AI can run, the part ``plant``; ``of_small`` is zero for other firms.
    """
    return min(highest, of_sector + plant * of_zone + of_small)


@kernel
def compute_replaced(bought, given, replacing):
    """Services that a firm no longer buys because it has ``given``: the part ``replacing``, at most all it buys."""
    return min(bought, replacing * given)


@kernel
def pay_with_ai_in_small_firms(firms, firm_rules):
    """Gross wages of staff that works with AI in firms that are small enough for public compute, thousand yuan."""
    headcount, payroll, office, process = firms.headcount, firms.payroll, firms.office_cover, firms.process_cover
    paid = 0.0
    for i in range(headcount.size):
        if headcount[i] < firm_rules.small_staff:
            paid += payroll[i] * max(office[i], process[i])
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
    of_sector, of_zone, plant = plans.integration_support, plans.zone_support, abilities.plant
    small_staff, of_small, highest = (
        firm_rules.small_staff, instruments.small_firm_subsidy, policy_effects.highest_support
    )  # fmt: skip
    limit = investment_rules.highest_leverage * macro[0].capital_price
    rows = sector.size
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            s, small = sector[i], of_small if headcount[i] < small_staff else 0.0
            support[i] = integration_support(of_sector[s], of_zone[region[i]], plant[s], small, highest)
            funds[i] = deposits[i] + credit * max(0.0, limit * capital[i] - loans[i])
