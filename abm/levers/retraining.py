"""Places in public courses for the jobless of occupations with slack; stipends and teachers are paid."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "More of those jobless for half a year learn an occupation that is asked for, and to work with AI."
PARAMETERS = (
    LeverParameter(
        name="capacity",
        neutral=Policy().retraining_capacity,
        lower=0.0,
        upper=0.05,
        unit="share of the labour force per quarter",
        meaning="places for new trainees",
        source="scenario; today's .002 is an assumption",
    ),
)


def set_instruments(policy: Policy, capacity: float) -> None:
    """Set the number of places; teachers and stipends follow the trainees."""
    policy.retraining_capacity = capacity
