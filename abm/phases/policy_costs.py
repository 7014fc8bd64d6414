"""What the policies in force cost the state, and what they raise."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy
from abm.levers.instruments import Instruments
from abm.phase import phase
from abm.state import Status


@phase
def policies_are_costed(economy: Economy) -> None:
    """Payments and purchases beyond those of the neutral policy, and revenue given up, less what policies raise.

    What people and firms do in response, such as more employment, is not in it: it is the cost that a budget office
    would book. Without a policy it is zero. Which flows exist for policies alone is declared by the levers.
    """
    a, now, policy, paid = economy.state.macro, economy.plans, economy.instruments, economy.ledger.amounts
    levers = economy.levers
    a.carbon_revenue = paid["carbon_tax"]
    a.income_tax_base = paid["income_tax"] / now.income_tax_rate if now.income_tax_rate > 0 else 0.0
    given_up = now.firm_totals.tax_relief + policy.carbon_tax_cut * a.carbon_revenue
    teaching = a.trainees * economy.parameters.labour.training_cost * a.mean_wage
    a.policy_cost = (
        sum(paid[name] for name in levers.costs) - sum(paid[name] for name in levers.revenue)
        + now.policy_budget + given_up + _more_than_usual(economy, teaching)
    )  # fmt: skip


def _more_than_usual(economy: Economy, teaching: float) -> float:
    """Pensions, benefits and courses beyond what the neutral policy would pay to the same people.

    Of pensions only what contributions do not pay.
    """
    policy, paid = economy.instruments, economy.ledger.amounts
    borne = 1 - economy.parameters.households.pension_contributions
    insurance = policy.benefit_rate * policy.benefit_coverage * policy.benefit_duration
    extra = 0.0
    for factor, amount in (
        (policy.pension_level, borne * paid["pensions"]),
        (insurance, _benefits(economy) if insurance != 1.0 else 0.0),
        (_more_trainees(economy), teaching),
    ):
        if factor > 0:
            extra += (1 - 1 / factor) * amount
    return extra + _more_stipends(economy)


def _more_trainees(economy: Economy) -> float:
    """Trainees at a time against those of the neutral policy, as far as places and the length of courses decide."""
    policy = economy.instruments
    usual = economy.parameters.labour.training_quarters
    length = max(1, round(usual * policy.retraining_length)) / usual
    return policy.retraining_capacity / Instruments().retraining_capacity * length


def _more_stipends(economy: Economy) -> float:
    """What trainees receive beyond the stipends of today; who would not be a trainee else would have assistance."""
    policy, h = economy.instruments, economy.parameters.households
    more = _more_trainees(economy)
    if more == 1.0 and policy.retraining_stipend == 1.0:
        return 0.0
    least = h.assistance * economy.state.macro.mean_wage
    usual, paid = _stipends(economy, 1.0), _stipends(economy, policy.retraining_stipend)
    instead = usual / max(more, 1.0) + least * (1 - 1 / max(more, 1.0))
    return float((paid - instead).sum())


def _stipends(economy: Economy, factor: float) -> np.ndarray:
    """(trainees,) what each receives where stipends are ``factor`` times today's; assistance is the least."""
    w, h, wage = economy.state.workers, economy.parameters.households, economy.state.macro.mean_wage
    basis = h.stipend * (w.reference_wage[w.status == Status.TRAINING] + wage)
    return np.maximum(factor * basis, h.assistance * wage)


def _benefits(economy: Economy) -> float:
    """Benefits of the unemployed: the flow holds stipends of trainees too, which rules of insurance do not touch."""
    paid = economy.ledger.amounts["unemployment_benefits"]
    return paid - float(_stipends(economy, economy.instruments.retraining_stipend).sum())
