"""The level of pensions, which contributions follow, and the age of retirement."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, DisplayUnit, LeverParameter, Strategy
from abm.levers.instruments import Instruments

TITLE = "Pensions"
STRATEGY = Strategy.SOCIAL_SECURITY
SUMMARY = "Pensions and contributions change relative to today's rules; the retirement age may rise."
PARAMETERS = (
    LeverParameter(
        name="level",
        neutral=1.0,
        lower=0.5,
        upper=2.0,
        unit="factor",
        meaning="Pensions are this multiple of what today's rules pay.",
        source="scenario",
        usual=(0.8, 1.2),
        step=0.05,
        display=DisplayUnit("× today's"),
    ),
    LeverParameter(
        name="later_retirement",
        neutral=0.0,
        lower=-2.0,
        upper=8.0,
        unit="years",
        meaning="People retire this many years later than the law provides, whose ages rise until 2039.",
        source="scenario",
        usual=(0.0, 5.0),
        step=1.0,
        display=DisplayUnit("years later"),
    ),
)
DOCUMENTED_STRENGTH = {"level": 1.1}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, level: float, later_retirement: float) -> None:
    """Set level and age."""
    instruments.pension_level = level
    instruments.later_retirement = later_retirement
