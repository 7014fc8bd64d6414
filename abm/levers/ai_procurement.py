"""The state buys AI services for its own use: a first customer."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "AI procurement"
STRATEGY = Strategy.INTEGRATION
SUMMARY = "Public procurement gives developers applications and data and helps public producers to use AI."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.01,
        unit="share of GDP",
        meaning="The state buys AI services of this value.",
        source="scenario",
        usual=(0.0005, 0.003),
        step=0.0005,
        display=per_cent("of GDP"),
    ),
)
DOCUMENTED_STRENGTH = {"spending": 0.001}
UNCERTAIN = {
    "policy_effects.procurement_on_adoption": (0.0, 430.0),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, spending: float) -> None:
    """Set the spending."""
    instruments.ai_procurement = spending
