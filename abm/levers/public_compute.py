"""Compute that the state buys and gives to small firms, such as public computing centres."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Public compute"
STRATEGY = Strategy.DATA
SUMMARY = "Small firms that use AI get compute free of charge; they buy less, and what goes beyond helps their AI."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.01,
        unit="share of GDP",
        meaning="The state buys compute of this value for staff with AI in firms with under 50 workers.",
        source="scenario",
        usual=(0.0001, 0.001),
        step=0.0001,
        display=per_cent("of GDP"),
    ),
)
# Vouchers of Shanghai, 600 million yuan, and Hangzhou, 250 million a year, are about .01 % of the GDP of the cities;
# ten times that is a national programme.
DOCUMENTED_STRENGTH = {"spending": 0.001}
UNCERTAIN = {
    "policy_effects.compute_replacing": (0.5, 1.0),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, spending: float) -> None:
    """Set the spending."""
    instruments.public_compute = spending
