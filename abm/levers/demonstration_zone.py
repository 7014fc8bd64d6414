"""Industrial parks of process industries with clear rules at once and a subsidy: chemicals, metals, materials."""

from __future__ import annotations

from abm.data import known_regions
from abm.languages import said
from abm.levers.declaration import SPENDING, DisplayUnit, LeverParameter, Strategy, per_cent, programme_cost
from abm.levers.instruments import EVERYWHERE, Instruments

TITLE = "Demonstration zone"
STRATEGY = Strategy.INTEGRATION
SUMMARY = "Departments whose plant AI can run start pilots earlier in the zone, under clear rules and with a subsidy."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Zones of this strength are in every region; what their rules are worth to firms is the weight.",
        source="scenario",
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
        meaning="The state pays this part where AI can run the whole plant, elsewhere in proportion.",
        source="own",
        usual=(0.1, 0.5),
        step=0.05,
        display=per_cent("of the integration cost"),
        detail=True,
    ),
    LeverParameter(
        name="weight",
        neutral=0.17,
        lower=0.05,
        upper=0.34,
        unit="log odds",
        meaning="The rules of zones at full strength add this to the log odds of adoption in pure process industries.",
        source="own, half of what legal doubt keeps from adopting, as for clear rules",
        usual=(0.05, 0.34),
        step=0.01,
        display=DisplayUnit("log odds of adoption"),
        detail=True,
    ),
    programme_cost(0.0002, "own; parks and their administration"),
    *(
        LeverParameter(
            name=region.code,
            neutral=0.0,
            lower=0.0,
            upper=1.0,
            unit="0 to 1",
            meaning=said("Zones in one region are stronger by this than elsewhere: {region}.", region=region.label),
            source="scenario",
            usual=(0.3, 1.0),
            step=0.1,
            display=per_cent("of full strength"),
            detail=True,
        )
        for region in known_regions()
    ),
)
DOCUMENTED_STRENGTH = {"strength": 1.0}
UNCERTAIN = {
    "weight": (0.05, 0.34),
    "adoption.cost_weight": (0.1, 1.0),
    "process_ai.gain": (0.0, 1.0),
}
SPENDS = SPENDING
COSTS = ("adoption_subsidies",)


def set_instruments(
    instruments: Instruments, strength: float, subsidy: float, weight: float, cost: float, **regions: float
) -> None:  # fmt: skip
    """Set rules and subsidy of the zones and where they are; book their administration, which grows with them."""
    depth = {region: min(1.0, strength + further) for region, further in regions.items()}
    instruments.programme_spending += cost * sum(depth.values()) / len(depth)
    depth = {region: one for region, one in {EVERYWHERE: strength, **depth}.items() if one}
    instruments.zone_clarity = {region: weight * one for region, one in depth.items()}
    instruments.zone_subsidy = {region: subsidy * one for region, one in depth.items() if subsidy}
