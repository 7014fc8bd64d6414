"""Clear rules for AI; they take years to write and to learn, and grow old as the use of AI spreads."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

LOG_ODDS = 1.0  # of adoption at full clarity

SUMMARY = "Firms know what is allowed and dare to adopt, once the rules have been written and learned."
PARAMETERS = (
    LeverParameter(
        name="clarity",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="how clear the rules become; full clarity adds 1 to the log odds of adoption",
        source="scenario; the weight is an assumption",
    ),
    LeverParameter(
        name="lag",
        neutral=Policy().regulation_lag,
        lower=1.0,
        upper=80.0,
        unit="quarters",
        meaning="time until two thirds of a new rule are in force",
        source="own; from the draft to the last deadline the EU AI Act takes six years",
    ),
    programme_cost(0.0001, "own; a regulator such as that of markets costs about 1 in 10,000 of GDP"),
)


def set_instruments(policy: Policy, clarity: float, lag: float, cost: float) -> None:
    """Set the clarity that is aimed at, its lag, and book the regulator."""
    policy.regulatory_clarity = LOG_ODDS * clarity
    policy.regulation_lag = lag
    policy.programme_spending += cost * clarity
