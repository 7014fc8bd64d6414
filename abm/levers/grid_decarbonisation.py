"""Public investment in clean power beyond the trend."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Grid decarbonisation"
STRATEGY = Strategy.ENVIRONMENT
SUMMARY = "The carbon intensity of electricity falls faster; public investment finances it."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.05,
        unit="share of GDP",
        meaning="The state invests this in clean power beyond the trend.",
        source="scenario; all power investment was about 0.012 of GDP in 2024",
        usual=(0.001, 0.006),
        step=0.0005,
        display=per_cent("of GDP"),
    ),
)
DOCUMENTED_STRENGTH = {"spending": 0.003}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, spending: float) -> None:
    """Set the spending."""
    instruments.grid_investment = spending
