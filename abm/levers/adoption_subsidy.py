"""A subsidy to every firm that integrates AI; paid with the integration work."""

from __future__ import annotations

from abm.data import known_sectors
from abm.languages import said
from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Adoption subsidy"
STRATEGY = Strategy.INTEGRATION
SUMMARY = "The state pays part of the cost of integrating AI; more firms adopt, and earlier."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of the integration cost",
        meaning="The state pays every firm that adopts AI this part of the cost.",
        source="scenario; local programmes pay 0.1 to 0.5, from memory",
        usual=(0.1, 0.5),
        step=0.05,
        display=per_cent("of the integration cost"),
    ),
    LeverParameter(
        name="process_industries",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of the integration cost",
        meaning="The state pays this much more where AI can run the whole plant, elsewhere in proportion.",
        source="scenario",
        usual=(0.1, 0.3),
        step=0.05,
        display=per_cent("of the integration cost"),
        detail=True,
    ),
    *(
        LeverParameter(
            name=sector.code,
            neutral=0.0,
            lower=0.0,
            upper=0.9,
            unit="share of the integration cost",
            meaning=said("The state pays this much more in one sector: {sector}.", sector=sector.label),
            source="scenario",
            usual=(0.1, 0.5),
            step=0.05,
            display=per_cent("of the integration cost"),
            detail=True,
        )
        for sector in known_sectors()
    ),
)
DOCUMENTED_STRENGTH = {"share": 0.3}
UNCERTAIN = {
    "share": (0.1, 0.5),  # what local programmes pay
    "adoption.cost_weight": (0.1, 1.0),
    "office_ai.pilot_cost": (0.05, 0.15),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING
COSTS = ("adoption_subsidies",)


def set_instruments(instruments: Instruments, share: float, process_industries: float, **sectors: float) -> None:
    """Set the subsidies; together they pay at most nine tenths."""
    instruments.adoption_subsidy = share
    instruments.process_subsidy += process_industries
    instruments.sector_subsidy = {code: further for code, further in sectors.items() if further}
