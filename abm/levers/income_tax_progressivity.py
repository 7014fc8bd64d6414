"""How much steeper the income tax is above its upper threshold."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Incomes above twice the mean wage are taxed more; the revenue lowers the public deficit."
PARAMETERS = (
    LeverParameter(
        name="step",
        neutral=Policy().top_tax_step,
        lower=0.0,
        upper=5.0,
        unit="share",
        meaning="rise of the tax rate above the upper threshold",
        source="scenario; today's .6 is the model's stand-in for seven brackets",
    ),
)


def set_instruments(policy: Policy, step: float) -> None:
    """Set the step."""
    policy.top_tax_step = step
