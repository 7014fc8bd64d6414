"""Clear rules for AI; they take years to write and to learn, and grow old as the use of AI spreads."""

from __future__ import annotations

from abm.levers.declaration import DisplayUnit, LeverParameter, Strategy, not_spending, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "Regulatory clarity"
STRATEGY = Strategy.RULES
SUMMARY = "Clear rules, once written and learned, make adoption less risky and more frequent."
PARAMETERS = (
    LeverParameter(
        name="clarity",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="The rules become this clear; how much that is worth to firms is the weight.",
        source="scenario",
        usual=(0.3, 1.0),
        step=0.1,
        display=per_cent("of full clarity"),
    ),
    LeverParameter(
        name="weight",
        neutral=0.17,
        lower=0.05,
        upper=0.34,
        unit="log odds",
        meaning="Full clarity adds this to the log odds of adoption.",
        source="own, half of the upper bound: 0.34 if all of the 5.9 % of firms in the EU that name legal doubt would "
        "adopt where 20 % use AI (Eurostat 2025)",
        usual=(0.05, 0.34),
        step=0.01,
        display=DisplayUnit("log odds of adoption"),
        detail=True,
    ),
    LeverParameter(
        name="lag",
        neutral=Instruments().regulation_lag,
        lower=1.0,
        upper=80.0,
        unit="quarters",
        meaning="About two thirds of a new rule are in force after this time.",
        source="own; from the draft to the last deadline the EU AI Act takes six years",
        usual=(4.0, 24.0),
        step=1.0,
        display=DisplayUnit("quarters"),
        detail=True,
    ),
    programme_cost(0.0001, "own; a regulator such as that of markets costs about 1 in 10,000 of GDP"),
)
DOCUMENTED_STRENGTH = {"clarity": 1.0}
UNCERTAIN = {
    "weight": (0.05, 0.34),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = not_spending("regulation; it works by rules, not by spending")


def set_instruments(instruments: Instruments, clarity: float, weight: float, lag: float, cost: float) -> None:
    """Set the clarity that is aimed at, its lag, and book the regulator."""
    instruments.regulatory_clarity = weight * clarity
    instruments.regulation_lag = lag
    instruments.programme_spending += cost * clarity
