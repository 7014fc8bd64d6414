"""What a back-test predicts: a target, the unit of its errors, and how an error is worked out from two values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "AGRICULTURE", "ECONOMY", "GROWTH", "HOUSEHOLDS", "LEVEL", "PART", "SHARE", "Target", "error_of", "mean_growth",
]  # fmt: skip

Value = TypeVar("Value", float, "FloatArray")

AGRICULTURE, HOUSEHOLDS, ECONOMY = "AGR", "HH", "economy"
SHARE, LEVEL, GROWTH, PART = "share", "level", "growth", "part"


@dataclass(frozen=True)
class Target:
    """One kind of thing predicted; ``unit`` is that of its errors, ``shown_in`` that of its values.

    kind     share: points; level: per cent; growth: points of mean growth a year since the opening; part: points of
             the sum of all groups in the opening year, so that small groups weigh little
    ends     why its record ends in the year that it does
    counted  whether it is one of those of the count against three naive forecasts
    """

    name: str
    label: str
    kind: str
    unit: str
    ends: str
    shown_in: str = "per cent"
    counted: bool = True

    @property
    def growing(self) -> bool:
        """Whether naive forecasts are made in logarithms."""
        return self.kind != SHARE

    @property
    def last_growth_persists(self) -> bool:
        """Whether persistence carries the last growth on rather than the last value."""
        return self.kind in (LEVEL, GROWTH)


def error_of(target: Target, predicted: Value, found: float, opened: tuple[float, int], whole: float) -> Value:
    """Prediction less observation in the unit of the target; ``opened`` is the value then, and the years since."""
    if target.kind == GROWTH:
        return 100 * (mean_growth(predicted, *opened) - mean_growth(found, *opened))
    scale = {SHARE: 1.0, LEVEL: found, PART: whole}[target.kind]
    return 100 * (predicted - found) / scale


def mean_growth(value: Value, start: float, years: int) -> Value:
    """Mean growth a year, a fraction, that leads from ``start`` to ``value``."""
    return (value / start) ** (1 / years) - 1
