"""Benefits of the unemployed: how much, for how many of the insured, and for how long."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, DisplayUnit, LeverParameter, Strategy
from abm.levers.instruments import Instruments

TITLE = "Unemployment insurance"
STRATEGY = Strategy.SOCIAL_SECURITY
SUMMARY = "More of the unemployed receive a higher benefit for longer; their search effort falls."
PARAMETERS = (
    LeverParameter(
        name="rate",
        neutral=1.0,
        lower=0.0,
        upper=4.0,
        unit="factor",
        meaning="The benefit of an unemployed person is this multiple of today's.",
        source="scenario; today about 0.2 of the last wage",
        usual=(1.0, 2.5),
        step=0.1,
        display=DisplayUnit("× today's"),
    ),
    LeverParameter(
        name="coverage",
        neutral=1.0,
        lower=0.0,
        upper=2.5,
        unit="factor",
        meaning="The share of the insured who receive it is this multiple of today's, at most all of them.",
        source="scenario; today about 0.4 of the insured",
        usual=(1.0, 2.5),
        step=0.1,
        display=DisplayUnit("× today's"),
    ),
    LeverParameter(
        name="duration",
        neutral=1.0,
        lower=0.1,
        upper=8.0,
        unit="factor",
        meaning="The benefit lasts at most this multiple of today's time.",
        source="scenario; today 3 to 24 months by years of contribution",
        usual=(1.0, 2.0),
        step=0.1,
        display=DisplayUnit("× today's"),
    ),
)
DOCUMENTED_STRENGTH = {"rate": 2.0, "coverage": 2.0, "duration": 2.0}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, rate: float, coverage: float, duration: float) -> None:
    """Set rate, coverage and duration."""
    instruments.benefit_rate = rate
    instruments.benefit_coverage = coverage
    instruments.benefit_duration = duration
