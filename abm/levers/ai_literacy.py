"""Integration of industry and education: joint courses of firms and schools on AI."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "AI literacy"
STRATEGY = Strategy.TALENT
SUMMARY = "Staff of firms that use AI, and young people who enter work, learn to use it earlier."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Full strength makes learning on the job three times as fast and raises entrants' literacy by half.",
        source="scenario; the strengths are assumptions, the channel is Ni's",
        usual=(0.3, 1.0),
        step=0.1,
        display=per_cent("of full strength"),
    ),
    programme_cost(0.001, "own; a course of 1,000 CNY a year for a sixth of the labour force"),
)
DOCUMENTED_STRENGTH = {"strength": 0.5}
UNCERTAIN = {
    "policy_effects.learning_from_courses": (0.5, 2.0),
    "policy_effects.literacy_of_entrants_from_courses": (0.1, 0.5),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, strength: float, cost: float) -> None:
    """Set the strength and book the courses."""
    instruments.ai_literacy = strength
    instruments.teaching_spending += cost * strength
