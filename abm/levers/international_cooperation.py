"""Exchange with the world's algorithm frontier: joint research, standards, open models."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "Algorithms improve faster where researchers, standards and models are shared with the world."
PARAMETERS = (
    LeverParameter(
        name="index",
        neutral=Policy().international_cooperation,
        lower=0.0,
        upper=2.0,
        unit="index",
        meaning="exchange; 1 is today's",
        source="scenario",
    ),
    programme_cost(0.0002, "own; joint laboratories, fellowships, work on standards"),
)


def set_instruments(policy: Policy, index: float, cost: float) -> None:
    """Set the exchange and book the programmes."""
    policy.international_cooperation = index
    policy.programme_spending += cost * (index - Policy().international_cooperation)
