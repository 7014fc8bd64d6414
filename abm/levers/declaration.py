"""What a lever file uses to declare its parameters."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["LeverParameter"]


class LeverParameter(NamedTuple):
    """One number that a planner can set; ``neutral`` is the baseline's."""

    name: str
    neutral: float
    lower: float
    upper: float
    unit: str
    meaning: str
    source: str
