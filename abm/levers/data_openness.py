"""Trusted data spaces and exchange standards: part of a sector's data is open to all of its firms."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "Data openness"
STRATEGY = Strategy.DATA
SUMMARY = "Firms can use part of their sector's data, which helps small firms most; breaches affect more data."
PARAMETERS = (
    LeverParameter(
        name="openness",
        neutral=Instruments().data_openness,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Every firm can use this part of its sector's data.",
        source="scenario; today's 0.1 is an assumption",
        usual=(0.1, 0.6),
        step=0.05,
        display=per_cent("of the sector's data"),
    ),
    programme_cost(
        0.001, "own; 400 bn CNY a year of data infrastructure planned in 2024, of which a third public, from memory"
    ),
)
DOCUMENTED_STRENGTH = {"openness": 0.5}
UNCERTAIN = {
    "artificial_intelligence.data_pool": (0.5, 4.0),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, openness: float, cost: float) -> None:
    """Set openness and book what data spaces cost."""
    instruments.data_openness = openness
    instruments.programme_spending += cost * (openness - Instruments().data_openness)
