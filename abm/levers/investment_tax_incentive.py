"""Investment is deducted from taxed profit beyond depreciation."""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Investment tax incentive"
STRATEGY = Strategy.INTEGRATION
SUMMARY = "Firms pay less tax on profit that they invest, and invest more."
PARAMETERS = (
    LeverParameter(
        name="deduction",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of investment",
        meaning="This part of fixed investment lowers taxed profit, beyond its depreciation.",
        source="scenario",
        usual=(0.1, 0.5),
        step=0.05,
        display=per_cent("of investment"),
    ),
)
DOCUMENTED_STRENGTH = {"deduction": 0.2}
SPENDS = SPENDING


def set_instruments(instruments: Instruments, deduction: float) -> None:
    """Set the deduction."""
    instruments.investment_deduction = deduction
