"""What policies add to the price of AI services and take off the cost of integrating AI."""

from __future__ import annotations

from abm.compiling.kernels import kernel

__all__ = ["integration_support", "payroll_of_small_firms", "services_price_factor"]


@kernel
def services_price_factor(instruments):
    """Price of AI services to a firm after tax and voucher, per yuan that the seller receives."""
    return 1.0 + instruments.ai_tax - instruments.compute_voucher


@kernel
def integration_support(sector, region, small, structure, plans, instruments, policy_effects):
    """Part of a firm's integration cost that the state pays: by sector, in zones, and for small firms; never all of it.

    Zones support pure process industries. ``plans.integration_support`` is by sector, ``plans.zone_support`` by region;
    ``small`` says whether the firm counts as small.
    """
    support = plans.integration_support[sector] + structure.process_share[sector] * plans.zone_support[region]
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
