"""A market for data: firms that use the data of others pay for it, in proportion to what they spend on AI."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "Adopters use more of their sector's data and pay those who provide it; data become a source of income."
PARAMETERS = (
    LeverParameter(
        name="size",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="part of the data that is not open and is traded",
        source="scenario",
    ),
    programme_cost(0.0001, "own; exchanges and their supervision"),
)


def set_instruments(policy: Policy, size: float, cost: float) -> None:
    """Set the size of the market and book its supervision."""
    policy.data_market = size
    policy.programme_spending += cost * size
