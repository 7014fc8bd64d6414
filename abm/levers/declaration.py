"""What a lever file uses to declare its parameters."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LeverParameter", "programme_cost"]

HIGHEST_COST = 0.05  # share of GDP


class LeverParameter(NamedTuple):
    """One number that a planner can set; ``neutral`` is the baseline's."""

    name: str
    neutral: float
    lower: float
    upper: float
    unit: str
    meaning: str
    source: str


def programme_cost(expected: float, source: str) -> LeverParameter:
    """The parameter ``cost``: what the state spends on a programme for each unit of its strength above the neutral."""
    return LeverParameter(
        name="cost",
        neutral=expected,
        lower=0.0,
        upper=HIGHEST_COST,
        unit="share of GDP per unit of strength",
        meaning="public spending on the programme",
        source=source,
    )
