"""Duties to protect data, and their enforcement."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "Fewer firms lose data, and with it fines and trust; protection makes AI services dearer."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=Policy().data_security,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="part of the breaches that is prevented",
        source="scenario; today's .3 is an assumption",
    ),
    LeverParameter(
        name="compliance",
        neutral=0.1,
        lower=0.0,
        upper=1.0,
        unit="share of AI spending per unit of strength",
        meaning="services that firms buy to comply",
        source="own; security is .05 to .1 of budgets for information technology, from memory",
    ),
    programme_cost(0.0002, "own; inspections and public centres"),
)


def set_instruments(policy: Policy, strength: float, compliance: float, cost: float) -> None:
    """Set the strength; book what it costs the state and the firms."""
    above = strength - Policy().data_security
    policy.data_security = strength
    policy.compliance_cost += max(0.0, compliance * above)
    policy.programme_spending += cost * above
