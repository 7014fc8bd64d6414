"""Controls of others on chips: imported compute improves more slowly. It costs the state nothing by itself."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent
from abm.levers.instruments import Instruments

TITLE = "Export controls"
STRATEGY = Strategy.ABROAD
SUMMARY = "Part of foreign progress in compute is withheld; the price of compute falls more slowly."
PARAMETERS = (
    LeverParameter(
        name="strictness",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Other countries withhold this part of foreign progress in compute, beyond today's controls.",
        source="scenario; a risk and not a choice of the planner",
        usual=(0.3, 1.0),
        step=0.1,
        display=per_cent("of foreign progress"),
    ),
)
DOCUMENTED_STRENGTH = {"strictness": 0.8}
SPENDS = not_spending("a risk from abroad; it costs the budget nothing")


def set_instruments(instruments: Instruments, strictness: float) -> None:
    """Set the strictness."""
    instruments.export_controls = strictness
