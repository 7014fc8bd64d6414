"""Rules against bias in automatic screening, and their enforcement."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter, Strategy, not_spending, per_cent, programme_cost
from abm.levers.instruments import Instruments

TITLE = "Fairness enforcement"
STRATEGY = Strategy.RULES
SUMMARY = "Biased screening of applicants is prevented; the protected group finds work as fast as others."
PARAMETERS = (
    LeverParameter(
        name="strength",
        neutral=Instruments().fairness_enforcement,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="Enforcement prevents this part of the bias in the screening of applicants.",
        source="scenario; today's 0.3 is an assumption",
        usual=(0.3, 0.9),
        step=0.1,
        display=per_cent("of the bias prevented"),
    ),
    LeverParameter(
        name="compliance",
        neutral=0.05,
        lower=0.0,
        upper=1.0,
        unit="share of AI spending per unit of strength",
        meaning="Firms buy services of this value to comply, for each unit of strength above today's.",
        source="own; the impact assessment of the EU AI Act has up to 0.17 for high-risk systems, from memory",
        usual=(0.02, 0.17),
        step=0.01,
        display=per_cent("of AI spending per unit of strength"),
        detail=True,
    ),
    programme_cost(0.0001, "own; inspections"),
)
DOCUMENTED_STRENGTH = {"strength": 0.8}
SPENDS = not_spending("regulation; firms bear its cost")


def set_instruments(instruments: Instruments, strength: float, compliance: float, cost: float) -> None:
    """Set the strength; book what it costs the state and the firms."""
    above = strength - Instruments().fairness_enforcement
    instruments.fairness_enforcement = strength
    instruments.compliance_cost += max(0.0, compliance * above)
    instruments.programme_spending += cost * above
