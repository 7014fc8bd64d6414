"""Who pays for the other policies: debt, as long as nothing is said, the income tax, or public consumption."""

from __future__ import annotations

from abm.levers.declaration import DisplayUnit, LeverParameter, Strategy, not_spending, per_cent
from abm.levers.instruments import Instruments

TITLE = "Budget rule"
STRATEGY = Strategy.PUBLIC_FINANCE
SUMMARY = "The income tax or lower public consumption finances the policies in force; the remainder adds to debt."
PARAMETERS = (
    LeverParameter(
        name="debt_brake",
        neutral=1.0,
        lower=0.0,
        upper=5.0,
        unit="factor",
        meaning="Taxes and public spending respond to debt this many times as strongly as today.",
        source="scenario",
        usual=(0.5, 2.0),
        step=0.1,
        display=DisplayUnit("× today's response"),
    ),
    LeverParameter(
        name="surcharge",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of the cost of policies",
        meaning="The income tax raises this part a quarter later; it falls where policies bring net revenue.",
        source="scenario; 1 makes policies neutral to the budget",
        usual=(0.5, 1.0),
        step=0.1,
        display=per_cent("of the cost of policies"),
    ),
    LeverParameter(
        name="spending_cut",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="share of the cost of policies",
        meaning="Public consumption falls by this part a quarter later.",
        source="scenario",
        usual=(0.5, 1.0),
        step=0.1,
        display=per_cent("of the cost of policies"),
    ),
)
DOCUMENTED_STRENGTH: dict[str, float] = {}  # by itself it does nothing
SPENDS = not_spending("pays for the others")
# A policy has to be in force for the rule to have something to pay for.
BESIDE = {"basic_income": {2024: 0.02}}


def set_instruments(instruments: Instruments, debt_brake: float, surcharge: float, spending_cut: float) -> None:
    """Set who pays; shares that are more than the whole are scaled down."""
    instruments.debt_brake = debt_brake
    instruments.surcharge, instruments.spending_cut = _shares(surcharge, spending_cut)


def _shares(*parts: float) -> list[float]:
    """The parts, scaled down where they are more than the whole."""
    whole = max(1.0, sum(parts))
    return [part / whole for part in parts]
