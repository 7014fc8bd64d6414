"""What is left of a wage after contributions and income tax, against what the opening's rules would leave of it."""

from __future__ import annotations

from abm.compiling.kernels import kernel
from abm.compiling.tables import Record

__all__ = ["WageTaxes", "net_of_taxes", "relative_net_wage"]

LEAST_KEPT = 0.05  # of a wage: no rule takes more, and a logarithm of it stays finite


class WageTaxes(Record):
    """Rules by which wages are taxed, those in force and those of the opening; the bounds of the brackets are money."""

    threshold: float
    upper: float
    employee_rate: float
    income_tax_rate: float
    top_step: float
    opening_employee_rate: float
    opening_income_tax_rate: float
    opening_top_step: float


@kernel
def net_of_taxes(pay, threshold, upper, employee_rate, income_tax_rate, top_step):
    """The part of the pay that is left: 1 − contributions − income tax over pay."""
    taxed = max(0.0, pay - threshold) + top_step * max(0.0, pay - upper)
    return max(LEAST_KEPT, 1.0 - employee_rate - income_tax_rate * taxed / max(pay, 1e-9))


@kernel
def relative_net_wage(pay, taxes):
    """What the rules in force leave of the pay over what those of the opening would leave: 1 where nothing changed."""
    rules = taxes[0]
    now = net_of_taxes(
        pay, rules.threshold, rules.upper, rules.employee_rate, rules.income_tax_rate, rules.top_step
    )  # fmt: skip
    opening = net_of_taxes(
        pay, rules.threshold, rules.upper, rules.opening_employee_rate, rules.opening_income_tax_rate,
        rules.opening_top_step,
    )  # fmt: skip
    return now / opening
