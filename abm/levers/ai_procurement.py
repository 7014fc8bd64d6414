"""The state buys AI services for its own use: a first customer."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Public orders give developers applications and data, and teach public producers to use AI."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.01,
        unit="share of GDP",
        meaning="AI services bought by the state",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, spending: float) -> None:
    """Set the spending."""
    policy.ai_procurement = spending
