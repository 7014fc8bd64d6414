"""Public basic research beyond today's, bought from business services."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Research grants"
STRATEGY = Strategy.RESEARCH
SUMMARY = "The state funds basic research; research projects yield more and algorithms improve faster."
PARAMETERS = (
    LeverParameter(
        name="spending",
        neutral=0.0,
        lower=0.0,
        upper=0.02,
        unit="share of GDP",
        meaning="The state spends this on basic research beyond today's, which is about 0.2 % of GDP.",
        source="scenario; NBS: basic research 0.067 of research spending of 0.0269 of GDP in 2024",
        usual=(0.001, 0.005),
        step=0.0005,
        display=per_cent("of GDP"),
    ),
)
DOCUMENTED_STRENGTH = {"spending": 0.003}
UNCERTAIN = {
    "policy_effects.grants_on_frontier": (0.0, 60.0),
    "policy_effects.grants_on_projects": (0.0, 100.0),
}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, spending: float) -> None:
    """Set the spending."""
    instruments.research_grants = spending
