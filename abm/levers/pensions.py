"""The level of pensions, which contributions follow, and the age of retirement."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Pensions rise or fall against today's rules, and contributions with them; people may work longer."
PARAMETERS = (
    LeverParameter(
        name="level",
        neutral=1.0,
        lower=0.5,
        upper=2.0,
        unit="factor",
        meaning="pensions against today's rules",
        source="scenario",
    ),
    LeverParameter(
        name="later_retirement",
        neutral=0.0,
        lower=-2.0,
        upper=8.0,
        unit="years",
        meaning="age of retirement above the law's path, which rises to 2039",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, level: float, later_retirement: float) -> None:
    """Set level and age."""
    policy.pension_level = level
    policy.later_retirement = later_retirement
