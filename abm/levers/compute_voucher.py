"""Vouchers for AI services: the state pays part of the bill, and firms buy more."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "The state pays part of what firms spend on running AI services; they buy more compute and adopt sooner."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of AI spending",
        meaning="part of the bill that the voucher pays",
        source="scenario; cities issue vouchers of .2 to .5, from memory",
    ),
)


def set_instruments(policy: Policy, share: float) -> None:
    """Set the part of the bill that the state pays."""
    policy.compute_voucher = share
