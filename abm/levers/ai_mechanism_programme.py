"""Research into models that can be explained: AI joined with the mechanisms that engineers know."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "Distrust of black boxes falls, most where processes are dangerous."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="part of the distrust that is overcome",
        source="scenario; the channel is Ni's",
    ),
    programme_cost(0.0003, "own; a national key programme of about 40 bn CNY a year"),
)


def set_instruments(policy: Policy, strength: float, cost: float) -> None:
    """Set the strength and book the programme."""
    policy.explanation = strength
    policy.programme_spending += cost * strength
