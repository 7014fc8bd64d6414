"""Industrial parks of process industries with clear rules at once and a subsidy: chemicals, metals, materials."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import Policy

LOG_ODDS = 1.0  # of adoption at full strength

SUMMARY = "Process industries may try AI under clear rules and with a subsidy, ahead of the rest."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="full: 1 on the log odds of adoption in pure process industries",
        source="scenario; the weight is an assumption",
    ),
    LeverParameter(
        name="subsidy",
        neutral=0.3,
        lower=0.0,
        upper=1.0,
        unit="share of the integration cost per unit of strength",
        meaning="subsidy in pure process industries",
        source="own",
    ),
    programme_cost(0.0002, "own; parks and their administration"),
)


def set_instruments(policy: Policy, strength: float, subsidy: float, cost: float) -> None:
    """Set rules and subsidy of the zones and book their administration."""
    policy.process_clarity += LOG_ODDS * strength
    policy.process_subsidy += subsidy * strength
    policy.programme_spending += cost * strength
