"""Public investment in clean power beyond the trend."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Electricity gets cleaner faster; public investment pays for it."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.05,
        unit="share of GDP",
        meaning="investment in clean power beyond what the trend has",
        source="scenario; all power investment was about .012 of GDP in 2024",
    ),
)


def set_instruments(policy: Policy, spending: float) -> None:
    """Set the spending."""
    policy.grid_investment = spending
