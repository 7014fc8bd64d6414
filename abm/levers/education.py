"""Skills and AI literacy of those who enter work, through schools and universities."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "More of the young are literate in AI and learn occupations that use it; it takes a generation to tell."
PARAMETERS = (
    LeverParameter(
        name="index",
        neutral=Policy().education,
        lower=0.5,
        upper=2.0,
        unit="index",
        meaning="literacy of entrants and weight of technical occupations; 1 is today's",
        source="scenario",
    ),
    programme_cost(0.02, "own; public education is .04 of GDP (NBS), half of it upper secondary and above"),
)


def set_instruments(policy: Policy, index: float, cost: float) -> None:
    """Set the index and book teachers."""
    policy.education = index
    policy.teaching_spending += cost * (index - Policy().education)
