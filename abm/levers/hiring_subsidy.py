"""A subsidy to firms that hire those who were without a job for a year or longer."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Firms prefer the long-term jobless, for whom the state pays part of the wage at first; others wait longer."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of the wage of two quarters",
        meaning="paid for everybody hired after a year without a job",
        source="scenario; the number preferred is labour.hiring_response times this",
    ),
)


def set_instruments(policy: Policy, share: float) -> None:
    """Set the subsidy."""
    policy.hiring_subsidy = share
