"""A tax credit on business research, paid out to all."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Research tax credit"
STRATEGY = Strategy.RESEARCH
SUMMARY = "Research costs firms less; they employ more staff in research."
PARAMETERS = (
    LeverParameter(
        name="credit",
        neutral=0.0,
        lower=0.0,
        upper=0.6,
        unit="share of research spending",
        meaning="The state pays firms this part of what they spend on research, beyond today's rules.",
        source="scenario; China's super deduction of 1.0 is worth about 0.25 of spending, from memory",
        usual=(0.05, 0.3),
        step=0.05,
        display=per_cent("of research spending"),
    ),
)
DOCUMENTED_STRENGTH = {"credit": 0.2}
SPENDS = SPENDING
COSTS = ("research_credits",)


def set_instruments(instruments: Instruments, credit: float) -> None:
    """Set the credit."""
    instruments.research_credit = credit
