"""Protection of findings beyond today's: more gain for who finds, less imitation."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "IP protection"
STRATEGY = Strategy.RESEARCH
SUMMARY = "Innovations are more profitable and imitated more slowly; what others do not imitate is lost to them."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="At full strength a project gains a tenth more, and imitation is half as fast.",
        source="scenario; the strengths are assumptions; nothing makes up for less imitation, an upper bound",
        usual=(0.3, 1.0),
        step=0.1,
        display=per_cent("of full strength"),
    ),
    programme_cost(0.0001, "own; courts and offices"),
)
DOCUMENTED_STRENGTH = {"strength": 0.5}
UNCERTAIN = {"policy_effects.protection_on_imitation": (0.05, 0.5)}
SPENDS = not_spending("regulation; it works by rights, not by spending")


def set_instruments(instruments: Instruments, strength: float, cost: float) -> None:
    """Set the strength and book the courts."""
    instruments.ip_protection = strength
    instruments.programme_spending += cost * strength
