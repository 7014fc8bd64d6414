"""Industrial parks of process industries with clear rules at once and a subsidy: chemicals, metals, materials."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent, programme_cost
from abm.levers.instruments import REGIONS, Instruments

LOG_ODDS = 1.0  # of adoption at full strength

TITLE = "Demonstration zone"
STRATEGY = Strategy.INTEGRATION
SUMMARY = "Process industries in the zone adopt AI early, under clear rules and with a subsidy."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Zones of this strength are in every region; full strength adds 1 to the log odds of adoption there.",
        source="scenario; the weight is an assumption",
        usual=(0.3, 1.0),
        step=0.1,
        display=per_cent("of full strength"),
    ),
    LeverParameter(
        name="subsidy",
        neutral=0.3,
        lower=0.0,
        upper=1.0,
        unit="share of the integration cost per unit of strength",
        meaning="The state pays adopters in pure process industries this part at full strength, in proportion at less.",
        source="own",
        usual=(0.1, 0.5),
        step=0.05,
        display=per_cent("of the integration cost"),
        detail=True,
    ),
    programme_cost(0.0002, "own; parks and their administration"),
    *(
        LeverParameter(
            name=f"region_{number}",
            neutral=0.0,
            lower=0.0,
            upper=1.0,
            unit="0 to 1",
            meaning=f"Zones in region {number} are stronger by this than elsewhere.",
            source="scenario",
            usual=(0.3, 1.0),
            step=0.1,
            display=per_cent("of full strength"),
            detail=True,
        )
        for number in range(1, REGIONS + 1)
    ),
)
DOCUMENTED_STRENGTH = {"strength": 1.0}
SPENDS = SPENDING
COSTS = ("adoption_subsidies",)


def set_instruments(instruments: Instruments, strength: float, subsidy: float, cost: float, **regions: float) -> None:
    """Set rules and subsidy of the zones and where they are; book their administration, which grows with them."""
    depth = [min(1.0, strength + further) for further in regions.values()]
    instruments.zone_clarity = tuple(LOG_ODDS * one for one in depth)
    instruments.zone_subsidy = tuple(subsidy * one for one in depth)
    instruments.programme_spending += cost * sum(depth) / REGIONS
