"""Integration of industry and education: joint courses of firms and schools on AI."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "Staff of adopters and young entrants learn sooner to work with AI."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="full: learning on the job three times, literacy of entrants one and a half times today's",
        source="scenario; the strengths are assumptions, the channel is Ni's",
    ),
    programme_cost(0.001, "own; a course of 1,000 CNY a year for a sixth of the labour force"),
)


def set_instruments(policy: Policy, strength: float, cost: float) -> None:
    """Set the strength and book the courses."""
    policy.ai_literacy = strength
    policy.teaching_spending += cost * strength
