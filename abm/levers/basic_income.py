"""The same payment to every adult, whatever else it earns."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Basic income"
STRATEGY = Strategy.SOCIAL_SECURITY
SUMMARY = "Every adult receives the same amount each quarter, which raises low incomes by the largest share."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.5,
        unit="share of the mean wage",
        meaning="Every adult receives this share of the mean wage in each quarter.",
        source="scenario",
        usual=(0.01, 0.1),
        step=0.01,
        display=per_cent("of the mean wage"),
    ),
)
DOCUMENTED_STRENGTH = {"share": 0.03}
SPENDS = SPENDING
COSTS = ("basic_income",)


def set_instruments(instruments: Instruments, share: float) -> None:
    """Set the payment."""
    instruments.basic_income = share
