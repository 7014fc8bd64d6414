"""A subsidy to small firms that integrate AI, those with less than firms.small_staff workers."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = (
    "The state pays part of the integration cost of firms with fewer than 50 workers, where fixed costs weigh most."
)
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of the integration cost",
        meaning="subsidy to small adopters, on top of any other",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, share: float) -> None:
    """Set the subsidy; with others it pays at most nine tenths."""
    policy.small_firm_subsidy = share
