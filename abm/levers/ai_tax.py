"""A tax on AI services, the nearest to a robot tax; its revenue lowers the public deficit."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Firms pay a tax on AI services; they buy less of them and automate later."
PARAMETERS = (
    LeverParameter(
        name="rate",
        neutral=0.0,
        lower=0.0,
        upper=3.0,
        unit="share of AI spending",
        meaning="tax on running AI services",
        source="scenario; optimal robot taxes of .01 to .1 on the robot, Guerreiro et al. 2022, from memory",
    ),
)


def set_instruments(policy: Policy, rate: float) -> None:
    """Set the tax rate."""
    policy.ai_tax = rate
