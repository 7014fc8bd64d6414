"""A tax on AI services, the nearest to a robot tax; its revenue lowers the public deficit."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent
from abm.levers.instruments import Instruments

TITLE = "AI tax"
STRATEGY = Strategy.PUBLIC_FINANCE
SUMMARY = "Firms pay a tax on AI services; they buy less of them and automate later."
PARAMETERS = (
    LeverParameter(
        name="rate",
        neutral=0.0,
        lower=0.0,
        upper=3.0,
        unit="share of AI spending",
        meaning="Firms pay this tax on what they spend on running AI services.",
        source="scenario; optimal robot taxes of 0.01 to 0.1 on the robot, Guerreiro et al. 2022, from memory",
        usual=(0.05, 0.5),
        step=0.05,
        display=per_cent("of AI spending"),
    ),
)
DOCUMENTED_STRENGTH = {"rate": 0.5}
SPENDS = not_spending("a tax")
REVENUE = ("ai_tax",)


def set_instruments(instruments: Instruments, rate: float) -> None:
    """Set the tax rate."""
    instruments.ai_tax = rate
