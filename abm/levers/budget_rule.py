"""Who pays for the other policies: debt, as long as nothing is said, the income tax, or public consumption."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

# What has to be in force for the rule to have something to pay for.
BESIDE = {"basic_income": {2024: 0.02}}

SUMMARY = "The cost of the policies in force is raised by the income tax or saved elsewhere; the rest adds to debt."
PARAMETERS = (
    LeverParameter(
        name="debt_brake",
        neutral=1.0,
        lower=0.0,
        upper=5.0,
        unit="factor",
        meaning="response of taxes and spending to debt against today's",
        source="scenario",
    ),
    LeverParameter(
        name="surcharge",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of the cost of policies",
        meaning="raised by the income tax a quarter later; where policies bring revenue, the tax falls",
        source="scenario; 1 makes policies neutral to the budget",
    ),
    LeverParameter(
        name="spending_cut",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of the cost of policies",
        meaning="saved on public consumption a quarter later",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, debt_brake: float, surcharge: float, spending_cut: float) -> None:
    """Set who pays; shares that are more than the whole are scaled down."""
    policy.debt_brake = debt_brake
    policy.surcharge, policy.spending_cut = _shares(surcharge, spending_cut)


def _shares(*parts: float) -> list[float]:
    """The parts, scaled down where they are more than the whole."""
    whole = max(1.0, sum(parts))
    return [part / whole for part in parts]
