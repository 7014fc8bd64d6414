"""Duties to protect data, and their enforcement."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "Data security"
STRATEGY = Strategy.RULES
SUMMARY = "Data breaches, fines and losses of trust become rarer; protection makes AI services more expensive."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=Instruments().data_security,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Security duties prevent this part of data breaches.",
        source="scenario; today's 0.3 is an assumption",
        usual=(0.3, 0.9),
        step=0.1,
        display=per_cent("of breaches prevented"),
    ),
    LeverParameter(
        name="compliance",
        neutral=0.1,
        lower=0.0,
        upper=1.0,
        unit="share of AI spending per unit of strength",
        meaning="Firms buy services of this value to comply, for each unit of strength above today's.",
        source="own; security is 0.05 to 0.1 of budgets for information technology, from memory",
        usual=(0.05, 0.2),
        step=0.01,
        display=per_cent("of AI spending per unit of strength"),
        detail=True,
    ),
    programme_cost(0.0002, "own; inspections and public centres"),
)
DOCUMENTED_STRENGTH = {"strength": 0.8}
SPENDS = not_spending("regulation; firms bear its cost")


def set_instruments(instruments: Instruments, strength: float, compliance: float, cost: float) -> None:
    """Set the strength; book what it costs the state and the firms."""
    above = strength - Instruments().data_security
    instruments.data_security = strength
    instruments.compliance_cost += max(0.0, compliance * above)
    instruments.programme_spending += cost * above
