"""The same payment to every adult, whatever else it earns."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Every adult is paid the same each quarter; incomes at the bottom rise most."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.5,
        unit="share of the mean wage",
        meaning="payment to every adult",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, share: float) -> None:
    """Set the payment."""
    policy.basic_income = share
