"""Protection of findings beyond today's: research pays more, and part of imitation comes years later."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "IP protection"
STRATEGY = Strategy.RESEARCH
SUMMARY = "Firms do more research because its results are theirs for longer; others imitate part of them years later."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Full strength is worth a tenth of the cost of research and delays 5 % of imitation by ten years.",
        source="scenario; full strength does as much again as patents are estimated to do in all",
        usual=(0.3, 1.0),
        step=0.1,
        display=per_cent("of full strength"),
    ),
    programme_cost(0.0001, "own; courts and offices"),
)
DOCUMENTED_STRENGTH = {"strength": 0.5}
UNCERTAIN = {
    "policy_effects.protection_on_imitation": (0.02, 0.25),
    "policy_effects.protection_quarters": (20.0, 80.0),
}
SPENDS = not_spending("regulation; it works by rights, not by spending")


def set_instruments(instruments: Instruments, strength: float, cost: float) -> None:
    """Set the strength and book the courts."""
    instruments.ip_protection = strength
    instruments.programme_spending += cost * strength
