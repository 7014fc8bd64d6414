"""Vouchers for AI services: the state pays part of the bill, and firms buy more."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Compute voucher"
STRATEGY = Strategy.DATA
SUMMARY = "The state pays part of firms' spending on AI services; firms buy more compute and adopt earlier."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of AI spending",
        meaning="The state pays this part of a firm's bill for AI services.",
        source="scenario; cities issue vouchers of 0.2 to 0.5, from memory",
        usual=(0.1, 0.5),
        step=0.05,
        display=per_cent("of AI spending"),
    ),
)
DOCUMENTED_STRENGTH = {"share": 0.3}
UNCERTAIN = {
    "adoption.cost_weight": (0.1, 1.0),
    "office_ai.running": (0.005, 0.03),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING
COSTS = ("compute_vouchers",)


def set_instruments(instruments: Instruments, share: float) -> None:
    """Set the part of the bill that the state pays."""
    instruments.compute_voucher = share
