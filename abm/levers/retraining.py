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
    LeverParameter(
        name="length",
        neutral=Policy().retraining_length,
        lower=0.5,
        upper=4.0,
        unit="factor",
        meaning="length of a course against today's two quarters, in whole quarters; longer ones teach more",
        source="scenario; the gain with length is an assumption, see labour.training_success",
    ),
    LeverParameter(
        name="stipend",
        neutral=Policy().retraining_stipend,
        lower=0.0,
        upper=4.0,
        unit="factor",
        meaning="stipends against today's (households.stipend), never below assistance",
        source="scenario",
    ),
    LeverParameter(
        name="targeting",
        neutral=Policy().retraining_targeting,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="full: places in proportion to how much of an occupation AI can do; none: to all alike",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, capacity: float, length: float, stipend: float, targeting: float) -> None:
    """Set places, length, stipends and for whom; teachers follow the trainees."""
    policy.retraining_capacity = capacity
    policy.retraining_length = length
    policy.retraining_stipend = stipend
    policy.retraining_targeting = targeting
