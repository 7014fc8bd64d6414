"""A subsidy to firms that hire those who were without a job for a year or longer."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Hiring subsidy"
STRATEGY = Strategy.SOCIAL_SECURITY
SUMMARY = "The state pays part of the first wages of the long-term unemployed; firms hire them before others."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of the wage of two quarters",
        meaning="The state pays this part of the wage for each person hired after a year or more without a job.",
        source="scenario; the number preferred is labour.hiring_response times this",
        usual=(0.1, 0.5),
        step=0.05,
        display=per_cent("of the wage of two quarters"),
    ),
)
DOCUMENTED_STRENGTH = {"share": 0.4}
SPENDS = SPENDING
COSTS = ("hiring_subsidies",)


def set_instruments(instruments: Instruments, share: float) -> None:
    """Set the subsidy."""
    instruments.hiring_subsidy = share
