"""A tax credit on business research, paid out to all."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Research costs firms less; more of their staff does it."
PARAMETERS = (
    LeverParameter(
        name="credit",
        neutral=0.0,
        lower=0.0,
        upper=0.6,
        unit="share of research spending",
        meaning="credit beyond today's rules",
        source="scenario; China's super deduction of 1.0 is worth about .25 of spending, from memory",
    ),
)


def set_instruments(policy: Policy, credit: float) -> None:
    """Set the credit."""
    policy.research_credit = credit
