"""What the policies in force cost the state, and what they raise."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.accounts import sum_stipends
from abm.kernels.benefits import benefits_beyond
from abm.levers.instruments import Instruments
from abm.phase import phase

NEUTRAL = Instruments()
LEAST_FACTOR = 1e-6  # guard: of a benefit or of places in courses; less is none, and what it saves is not counted


@phase
def government_costs_policies(economy: Economy) -> None:
    """Compute the net cost of policies: spending above the neutral policy and forgone revenue, less new revenue.

    What people and firms do in response, such as more employment, is not in it: it is the cost that a budget office
    would book. Without a policy it is zero. Which flows exist for policies alone is declared by the levers.
    """
    macro, plans, instruments, levers, paid = (
        economy.macro, economy.plans, economy.instruments, economy.levers, economy.ledger.amounts
    )  # fmt: skip
    macro.carbon_revenue = paid["carbon_tax"]
    if plans.income_tax_rate > 0:
        macro.income_tax_base = paid["income_tax"] / plans.income_tax_rate
    else:  # nothing is paid that it could be seen by; forgotten, the tax would come back for a quarter
        macro.income_tax_base *= 1 + macro.nominal_growth
    given_up = plans.firm_totals.tax_relief + instruments.carbon_tax_cut * macro.carbon_revenue
    macro.policy_cost = (
        sum(paid[name] for name in levers.costs) - sum(paid[name] for name in levers.revenue)
        + plans.policy_budget + given_up + more_than_usual(economy)
    )  # fmt: skip


def more_than_usual(economy: Economy) -> float:
    """Pensions, benefits and courses beyond what the neutral policy would pay to the same people.

    Of pensions only what contributions do not pay. A benefit or a stipend stands in the place of social assistance, or
    of the benefit that a trainee would have drawn, which is taken off.
    """
    macro, parameters, instruments, paid = (
        economy.macro,
        economy.parameters,
        economy.instruments,
        economy.ledger.amounts,
    )
    pensions = beyond(instruments.pension_level, (1 - parameters.households.pension_contributions) * paid["pensions"])
    courses = more_trainees(economy)
    rules = (instruments.benefit_rate, instruments.benefit_coverage, instruments.benefit_duration)
    if not any(rule != 1.0 for rule in (*rules, courses, instruments.retraining_stipend)):
        return pensions
    benefits, without_courses = benefits_beyond(
        economy.workers.view, macro.view, parameters.households.view, instruments.view, NEUTRAL.view, economy.quarter
    )
    _, stipends_today, stipends = trainees_paid(economy)
    teaching = macro.trainees * parameters.labour.training_cost * macro.mean_wage
    others = beyond(courses, 1.0)  # who would not be a trainee otherwise
    return (
        pensions + benefits + beyond(courses, teaching)
        + stipends - ((1 - others) * stipends_today + others * without_courses)
    )  # fmt: skip


def beyond(factor: float, amount: float) -> float:
    """The part of an amount that would not be paid without a factor on it."""
    return (1 - 1 / factor) * amount if factor > LEAST_FACTOR else 0.0


def more_trainees(economy: Economy) -> float:
    """Trainees at a time against those of the neutral policy, as far as places and the length of courses decide."""
    instruments, usual = economy.instruments, economy.parameters.labour.training_quarters
    length = max(1, round(usual * instruments.retraining_length)) / usual
    return instruments.retraining_capacity / NEUTRAL.retraining_capacity * length


def trainees_paid(economy: Economy) -> tuple[float, float, float]:
    """Trainees, their stipends by today's rules, and those that they receive; assistance is the least."""
    households = economy.parameters.households
    return sum_stipends[economy.threads](
        economy.workers.view, economy.macro.view, households.view, economy.instruments.retraining_stipend
    )
