"""Compute that the state buys and gives to small firms, such as public computing centres."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Small firms use public compute for nothing; their AI gets more capable."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.01,
        unit="share of GDP",
        meaning="compute bought for firms with fewer than 50 workers",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, spending: float) -> None:
    """Set the spending."""
    policy.public_compute = spending
