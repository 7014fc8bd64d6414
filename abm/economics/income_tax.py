"""The rate of the income tax, and the rules by which wages are taxed as those see them who think about work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.kernels.net_wages import WageTaxes
from abm.levers.instruments import Instruments

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["income_tax_rate", "policy_tax_rate", "wage_taxes"]

NEUTRAL = Instruments()


def income_tax_rate(economy: Economy) -> float:
    """The rate above the threshold.

    It responds to debt, pays for the policies of the last quarter where the budget rule says so, and returns carbon
    revenue.
    """
    macro, instruments, rules = economy.macro, economy.instruments, economy.parameters.government
    rate = rate_without_policies(economy)
    levy = instruments.surcharge * macro.policy_cost - instruments.carbon_tax_cut * macro.carbon_revenue
    if levy == 0.0 or macro.income_tax_base <= 0.0:
        return rate
    highest = rules.highest_income_tax / (1 + instruments.top_tax_step)
    return max(0.0, min(highest, rate + levy / macro.income_tax_base))


def rate_without_policies(economy: Economy) -> float:
    """The rate as it responds to debt alone."""
    macro, rules = economy.macro, economy.parameters.government
    excess = macro.bonds / (4 * macro.trend_gdp) - rules.debt_target
    response = 1 + rules.tax_response * economy.instruments.debt_brake * excess
    return economy.structure.income_tax_rate * max(rules.lowest_tax_factor, min(rules.highest_tax_factor, response))


def policy_tax_rate(economy: Economy) -> float:
    """The part of the rate by which the budget rule pays for policies; below zero where it returns their revenue.

    The carbon price's own cut of the income tax is not in it. Where a bound keeps the rate from what both ask for, each
    has its share in what is left.
    """
    macro, instruments = economy.macro, economy.instruments
    asked = instruments.surcharge * macro.policy_cost
    if asked == 0.0 or macro.income_tax_base <= 0.0:
        return 0.0
    together = asked - instruments.carbon_tax_cut * macro.carbon_revenue
    if together == 0.0:  # each undoes the other
        return asked / macro.income_tax_base
    return (economy.plans.income_tax_rate - rate_without_policies(economy)) * asked / together


def wage_taxes(economy: Economy) -> WageTaxes:
    """What is taken of wages in the quarter, as far as it is known before they are paid, and at the opening.

    Contributions are those of the last quarter. Whatever changes them is felt: policies, the debt rule, and the
    contributions that pay for more pensioners.
    """
    macro, structure, rules = economy.macro, economy.structure, economy.parameters.government
    return WageTaxes(
        threshold=rules.income_tax_threshold * macro.mean_wage, upper=rules.income_tax_upper * macro.mean_wage,
        employee_rate=macro.employee_rate, income_tax_rate=income_tax_rate(economy),
        top_step=economy.instruments.top_tax_step, opening_employee_rate=structure.employee_rate,
        opening_income_tax_rate=structure.income_tax_rate, opening_top_step=NEUTRAL.top_tax_step,
    )  # fmt: skip
