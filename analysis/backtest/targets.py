"""What the back-test predicts: the targets, the units of their errors, and the last year that each has on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "AGRICULTURE", "COUNTED", "ECONOMY", "GROWTH", "HOUSEHOLDS", "LEVEL", "PART", "SHARE", "TARGETS", "Target",
    "error_of", "mean_growth", "target_named",
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
    counted  whether it is one of the eight of the count against three naive forecasts
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


TABLES = "last table before the pandemic; that of 2023 has no flows"
TARGETS = (
    Target(
        "real_gdp", "Growth of real GDP", GROWTH, "points a year",
        "Penn World Table to 2023, then growth as published", "per cent a year since the opening",
    ),
    Target(
        "employment_share", "Employment by sector", SHARE, "points of employment",
        "one count (Wang, Jia and Wang 2021); the official one was revised in 2020",
    ),
    Target("value_added_share", "Value added by sector", SHARE, "points of value added", TABLES),
    Target(
        "investment_share", "Investment share", SHARE, "points of GDP",
        "World Bank as read; later figures were revised with the census of 2023",
    ),
    Target("labour_share_non_agriculture", "Labour share, farms apart", SHARE, "points of value added", TABLES),
    Target(
        "electricity_use", "Electricity", LEVEL, "per cent", "National Energy Administration, last year published",
        "terawatt hours",
    ),
    Target("co2_emissions", "CO2", LEVEL, "per cent", "CEADs inventory, last year read", "million tonnes"),
    Target(
        "co2_by_sector", "CO2 by sector", PART, "points of all CO2", "CEADs inventory, last year read", "million tonnes"
    ),
    Target(
        "consumer_prices", "Consumer prices", GROWTH, "points a year", "NBS, last year published",
        "per cent a year since the opening", counted=False,
    ),
    Target(
        "unemployment_rate", "Unemployment", SHARE, "points",
        "World Bank (ILO), last year read; the surveyed rate begins in 2018", counted=False,
    ),
    Target(
        "gini", "Gini of incomes", SHARE, "points",
        "World Bank surveys, last year read; of the NBS only 2012-14 and 2023", counted=False,
    ),
    Target(
        "co2_global", "CO2, Global Carbon Budget", LEVEL, "per cent", "edition of 2022; later ones revise the past",
        "million tonnes", counted=False,
    ),
)  # fmt: skip
COUNTED = tuple(target.name for target in TARGETS if target.counted)


def target_named(name: str) -> Target:
    """The target of that name."""
    return next(target for target in TARGETS if target.name == name)


def error_of(target: Target, predicted: Value, found: float, opened: tuple[float, int], whole: float) -> Value:
    """Prediction less observation in the unit of the target; ``opened`` is the value then, and the years since."""
    if target.kind == GROWTH:
        return 100 * (mean_growth(predicted, *opened) - mean_growth(found, *opened))
    scale = {SHARE: 1.0, LEVEL: found, PART: whole}[target.kind]
    return 100 * (predicted - found) / scale


def mean_growth(value: Value, start: float, years: int) -> Value:
    """Mean growth a year, a fraction, that leads from ``start`` to ``value``."""
    return (value / start) ** (1 / years) - 1
