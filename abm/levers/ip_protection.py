"""Protection of findings beyond today's: more gain for who finds, less imitation."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "A finding pays more and is copied more slowly; leaders pull ahead of the rest."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="full: a tenth more gain of a project, half the imitation",
        source="scenario; the strengths are assumptions",
    ),
    programme_cost(0.0001, "own; courts and offices"),
)


def set_instruments(policy: Policy, strength: float, cost: float) -> None:
    """Set the strength and book the courts."""
    policy.ip_protection = strength
    policy.programme_spending += cost * strength
