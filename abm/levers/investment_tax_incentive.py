"""Investment is deducted from taxed profit beyond depreciation."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Firms pay less tax on profit that they invest, and invest more."
PARAMETERS = (
    LeverParameter(
        name="deduction",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of investment",
        meaning="fixed investment that lowers taxed profit, beyond its depreciation",
        source="scenario",
    ),
)


def set_instruments(policy: Policy, deduction: float) -> None:
    """Set the deduction."""
    policy.investment_deduction = deduction
