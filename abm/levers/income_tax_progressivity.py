"""How much steeper the income tax is above its upper threshold."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent
from abm.levers.instruments import Instruments

TITLE = "Income tax progressivity"
STRATEGY = Strategy.PUBLIC_FINANCE
SUMMARY = "The tax on incomes above twice the mean wage rises; the revenue lowers the public deficit."
PARAMETERS = (
    LeverParameter(
        name="step",
        neutral=Instruments().top_tax_step,
        lower=0.0,
        upper=5.0,
        unit="share of the rate below",
        meaning="The tax rate above the upper threshold is higher by this part of the rate below it.",
        source="scenario; today's 0.6 is the model's stand-in for seven brackets",
        usual=(0.6, 2.0),
        step=0.1,
        display=per_cent("above the rate below"),
    ),
)
DOCUMENTED_STRENGTH = {"step": 2.0}
SPENDS = not_spending("a tax")


def set_instruments(instruments: Instruments, step: float) -> None:
    """Set the step."""
    instruments.top_tax_step = step
