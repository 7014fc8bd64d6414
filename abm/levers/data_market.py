"""A market for data: firms that use the data of others pay for it, in proportion to what they spend on AI."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "Data market"
STRATEGY = Strategy.DATA
SUMMARY = "Adopters use more of their sector's data and pay its providers; data become a source of income."
PARAMETERS = (
    LeverParameter(
        name="size",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Firms trade this part of their sector's data that are not open.",
        source="scenario",
        usual=(0.1, 0.6),
        step=0.1,
        display=per_cent("of the data that are not open"),
    ),
    programme_cost(0.0001, "own; exchanges and their supervision"),
)
DOCUMENTED_STRENGTH = {"size": 0.5}
SPENDS = not_spending("a market between firms; the state only supervises it")


def set_instruments(instruments: Instruments, size: float, cost: float) -> None:
    """Set the size of the market and book its supervision."""
    instruments.data_market = size
    instruments.programme_spending += cost * size
