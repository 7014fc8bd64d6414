"""Skills and AI literacy of those who enter work, through schools and universities."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, DisplayUnit, LeverParameter, Strategy, programme_cost
from abm.levers.instruments import Instruments

TITLE = "Education"
STRATEGY = Strategy.TALENT
SUMMARY = "More young people are literate in AI and choose occupations that use it; the effect takes a generation."
PARAMETERS = (
    LeverParameter(
        name="index",
        neutral=Instruments().education,
        lower=0.5,
        upper=2.0,
        unit="index",
        meaning="Literacy of entrants and the weight of technical occupations are this multiple of today's.",
        source="scenario",
        usual=(1.0, 1.5),
        step=0.05,
        display=DisplayUnit("× today's"),
    ),
    programme_cost(0.02, "own; public education is 0.04 of GDP (NBS), half of it upper secondary and above"),
)
DOCUMENTED_STRENGTH = {"index": 1.2}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, index: float, cost: float) -> None:
    """Set the index and book teachers."""
    instruments.education = index
    instruments.teaching_spending += cost * (index - Instruments().education)
