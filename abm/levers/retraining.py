"""Places in public courses for the jobless of occupations with slack; stipends and teachers are paid."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, DisplayUnit, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Retraining"
STRATEGY = Strategy.TALENT
SUMMARY = "More of those unemployed for half a year retrain for occupations in demand and learn to use AI."
PARAMETERS = (
    LeverParameter(
        name="capacity",
        neutral=Instruments().retraining_capacity,
        lower=0.0,
        upper=0.05,
        unit="share of the labour force per quarter",
        meaning="This part of the labour force finds a place in a course in each quarter.",
        source="scenario; today's 0.002 is an assumption",
        usual=(0.002, 0.01),
        step=0.001,
        display=per_cent("of the labour force a quarter"),
    ),
    LeverParameter(
        name="length",
        neutral=Instruments().retraining_length,
        lower=0.5,
        upper=4.0,
        unit="factor",
        meaning="Courses take this multiple of today's two quarters, in whole quarters; longer ones teach more.",
        source="scenario; the gain with length is an assumption, see labour.training_success",
        usual=(1.0, 2.0),
        step=0.5,
        display=DisplayUnit("× today's"),
        detail=True,
    ),
    LeverParameter(
        name="stipend",
        neutral=Instruments().retraining_stipend,
        lower=0.0,
        upper=4.0,
        unit="factor",
        meaning="Stipends are this multiple of today's (households.stipend), and never below assistance.",
        source="scenario",
        usual=(0.5, 2.0),
        step=0.1,
        display=DisplayUnit("× today's"),
        detail=True,
    ),
    LeverParameter(
        name="targeting",
        neutral=Instruments().retraining_targeting,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="With full targeting places go by the part of an occupation's tasks that AI does, else to all alike.",
        source="scenario",
        usual=(0.0, 1.0),
        step=0.1,
        display=per_cent("of places targeted"),
        detail=True,
    ),
)
DOCUMENTED_STRENGTH = {"capacity": 0.006}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, capacity: float, length: float, stipend: float, targeting: float) -> None:
    """Set places, length, stipends and for whom; teachers follow the trainees."""
    instruments.retraining_capacity = capacity
    instruments.retraining_length = length
    instruments.retraining_stipend = stipend
    instruments.retraining_targeting = targeting
