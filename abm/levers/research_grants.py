"""Public basic research beyond today's, bought from business services."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "The state buys basic research; research projects gain more, and algorithms improve faster."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.02,
        unit="share of GDP",
        meaning="basic research beyond today's, which is about .002",
        source="scenario; NBS: basic research .067 of research spending of .0269 of GDP in 2024",
    ),
)


def set_instruments(policy: Policy, spending: float) -> None:
    """Set the spending."""
    policy.research_grants = spending
