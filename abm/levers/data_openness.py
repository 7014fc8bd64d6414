"""Trusted data spaces and exchange standards: part of a sector's data is open to all of its firms."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

SUMMARY = "Firms can use part of their sector's data, which helps small firms most; breaches touch more data."
PARAMETERS = (
    LeverParameter(
        name="openness",
        neutral=Policy().data_openness,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="part of the sector's data that every firm can use",
        source="scenario; today's .1 is an assumption",
    ),
    programme_cost(
        0.001, "own; 400 bn CNY a year of data infrastructure planned in 2024, of which a third public, from memory"
    ),
)


def set_instruments(policy: Policy, openness: float, cost: float) -> None:
    """Set openness and book what data spaces cost."""
    policy.data_openness = openness
    policy.programme_spending += cost * (openness - Policy().data_openness)
