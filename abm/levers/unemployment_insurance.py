"""Benefits of the unemployed: how much, for how many of the insured, and for how long."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "More of the jobless draw a benefit, a higher one, for longer; they search less hard."
PARAMETERS = (
    LeverParameter(
        name="rate",
        neutral=1.0,
        lower=0.0,
        upper=4.0,
        unit="factor",
        meaning="benefit against today's",
        source="scenario; today about .2 of the last wage",
    ),
    LeverParameter(
        name="coverage",
        neutral=1.0,
        lower=0.0,
        upper=2.5,
        unit="factor",
        meaning="insured who draw it against today's, all of them at most",
        source="scenario; today about .4 of the insured",
    ),
    LeverParameter(
        name="duration",
        neutral=1.0,
        lower=0.1,
        upper=8.0,
        unit="factor",
        meaning="longest benefit against today's",
        source="scenario; today 3 to 24 months by years of contribution",
    ),
)


def set_instruments(policy: Policy, rate: float, coverage: float, duration: float) -> None:
    """Set rate, coverage and duration."""
    policy.benefit_rate = rate
    policy.benefit_coverage = coverage
    policy.benefit_duration = duration
