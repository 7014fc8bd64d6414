"""Compute that the state buys and gives to small firms, such as public computing centres."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Public compute"
STRATEGY = Strategy.DATA
SUMMARY = "Small firms use public compute free of charge; the capability of their AI rises."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.01,
        unit="share of GDP",
        meaning="The state buys compute of this value for firms with fewer than 50 workers.",
        source="scenario",
        usual=(0.0005, 0.003),
        step=0.0005,
        display=per_cent("of GDP"),
    ),
)
DOCUMENTED_STRENGTH = {"spending": 0.001}
UNCERTAIN = {
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, spending: float) -> None:
    """Set the spending."""
    instruments.public_compute = spending
