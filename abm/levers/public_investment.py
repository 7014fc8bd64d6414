"""Public investment in roads, railways, water and networks beyond what is needed."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Public investment"
STRATEGY = Strategy.PUBLIC_FINANCE
SUMMARY = "More infrastructure is built; as it accumulates, all firms become more productive."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.05,
        unit="share of GDP",
        meaning="The state invests this in general infrastructure beyond the needs.",
        source="scenario; public investment is about 0.06 of GDP in China",
        usual=(0.001, 0.01),
        step=0.0005,
        display=per_cent("of GDP"),
    ),
)
DOCUMENTED_STRENGTH = {"spending": 0.005}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, spending: float) -> None:
    """Set the spending."""
    instruments.public_investment = spending
