"""Industrial parks of process industries with clear rules at once and a subsidy: chemicals, metals, materials."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, programme_cost
from abm.policy import REGIONS, Policy

LOG_ODDS = 1.0  # of adoption at full strength

SUMMARY = "Process industries may try AI under clear rules and with a subsidy, ahead of the rest."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="in every region; full: 1 on the log odds of adoption in pure process industries",
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
    *(
        LeverParameter(
            name=f"region_{number}",
            neutral=0.0,
            lower=0.0,
            upper=1.0,
            unit="0 to 1",
            meaning=f"further strength in region {number} alone",
            source="scenario",
        )
        for number in range(1, REGIONS + 1)
    ),
)


def set_instruments(policy: Policy, strength: float, subsidy: float, cost: float, **regions: float) -> None:
    """Set rules and subsidy of the zones and where they are; book their administration, which grows with them."""
    depth = [min(1.0, strength + further) for further in regions.values()]
    policy.zone_clarity = tuple(LOG_ODDS * one for one in depth)
    policy.zone_subsidy = tuple(subsidy * one for one in depth)
    policy.programme_spending += cost * sum(depth) / REGIONS
