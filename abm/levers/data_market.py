"""A market for data: firms that use the data of others pay for it, in proportion to what they spend on AI.

What they pay goes to other firms. What preparing, checking and clearing the data costs is services that firms buy.
"""

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
    LeverParameter(
        name="handling",
        neutral=0.1,
        lower=0.0,
        upper=1.0,
        unit="share of AI spending per unit of size",
        meaning="Firms buy services of this value to prepare, check and clear the data, in a market of full size.",
        source="own; trade in data was 0.07 % of GDP in 2022 (report of a data conference, 87.7 bn CNY), a tenth to a "
        "third of spending on AI, of which handling takes a part that nobody reports",
        usual=(0.02, 0.3),
        step=0.01,
        display=per_cent("of AI spending per unit of size"),
        detail=True,
    ),
    programme_cost(0.0001, "own; exchanges and their supervision"),
)
DOCUMENTED_STRENGTH = {"size": 0.5}
UNCERTAIN = {
    "handling": (0.02, 0.3),
    "artificial_intelligence.data_pool": (0.5, 4.0),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = not_spending("a market between firms; the state only supervises it")


def set_instruments(instruments: Instruments, size: float, handling: float, cost: float) -> None:
    """Set the size of the market; book its supervision, and what handling the data costs the firms."""
    instruments.data_market = size
    instruments.compliance_cost += handling * size
    instruments.programme_spending += cost * size
