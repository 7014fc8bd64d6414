"""Exchange with the world's algorithm frontier: joint research, standards, open models.

The frontier comes one to three years earlier, so that AI saves 4 to 5 % more in 2030 to 2038. By 2050 nothing is left
of it: the frontier is close to its end with and without, and nearly all recorded applications work (decision 0299).
"""

from __future__ import annotations

from abm.levers.declaration import SPENDING, DisplayUnit, LeverParameter, Strategy, programme_cost
from abm.levers.instruments import Instruments

TITLE = "International cooperation"
STRATEGY = Strategy.COOPERATION
SUMMARY = "Algorithms improve faster when researchers, standards and models are exchanged with other countries."
PARAMETERS = (
    LeverParameter(
        name="index",
        neutral=Instruments().international_cooperation,
        lower=0.0,
        upper=2.0,
        unit="index",
        meaning="Exchange with the world is this multiple of today's.",
        source="scenario",
        usual=(0.5, 1.5),
        step=0.1,
        display=DisplayUnit("× today's"),
    ),
    programme_cost(0.0002, "own; joint laboratories, fellowships, work on standards"),
)
DOCUMENTED_STRENGTH = {"index": 1.5}
UNCERTAIN = {
    "policy_effects.cooperation_on_frontier": (0.2, 0.8),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, index: float, cost: float) -> None:
    """Set the exchange and book the programmes."""
    instruments.international_cooperation = index
    instruments.programme_spending += cost * (index - Instruments().international_cooperation)
