"""Research into models that can be explained: AI joined with the mechanisms that engineers know."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "AI mechanism programme"
STRATEGY = Strategy.RESEARCH
SUMMARY = "Research into models that can be explained lowers distrust of AI, most in hazardous processes."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="The programme overcomes this part of the distrust of models that cannot be explained.",
        source="scenario; the channel is Ni's",
        usual=(0.3, 1.0),
        step=0.1,
        display=per_cent("of the distrust"),
    ),
    programme_cost(0.0003, "own; a national key programme of about 40 bn CNY a year"),
)
DOCUMENTED_STRENGTH = {"strength": 0.5}
UNCERTAIN = {
    "adoption.black_box": (0.3, 2.0),
    "process_ai.gain": (0.0, 1.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, strength: float, cost: float) -> None:
    """Set the strength and book the programme."""
    instruments.explanation = strength
    instruments.programme_spending += cost * strength
