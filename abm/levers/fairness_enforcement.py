"""Rules against bias in automatic screening, and their enforcement."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "Biased screening of applicants is prevented; the protected group finds work as fast as others."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=Policy().fairness_enforcement,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="part of the bias that is prevented",
        source="scenario; today's .3 is an assumption",
    ),
    LeverParameter(
        name="compliance",
        neutral=0.05,
        lower=0.0,
        upper=1.0,
        unit="share of AI spending per unit of strength",
        meaning="services that firms buy to comply",
        source="own; the impact assessment of the EU AI Act has up to .17 for high-risk systems, from memory",
    ),
    programme_cost(0.0001, "own; inspections"),
)


def set_instruments(policy: Policy, strength: float, compliance: float, cost: float) -> None:
    """Set the strength; book what it costs the state and the firms."""
    above = strength - Policy().fairness_enforcement
    policy.fairness_enforcement = strength
    policy.compliance_cost += max(0.0, compliance * above)
    policy.programme_spending += cost * above
