"""Numbers with which outcomes are counted, apart from the measures: to read what is recorded loads no compiled code."""

from __future__ import annotations

__all__ = [
    "HOURS_TO_BILLION", "MWH_TO_TWH", "NAN", "PERSONS_TO_MILLION", "SIZE_LIMITS", "TENTHS",
    "THOUSAND_TO_TRILLION", "TONNES_TO_MT", "normal_hours",
]  # fmt: skip

NAN = float("nan")
SIZE_LIMITS = (1, 10, 50, 250)  # least headcounts of the classes
TENTHS = 10
THOUSAND_TO_TRILLION, PERSONS_TO_MILLION, TONNES_TO_MT, MWH_TO_TWH = 1e-9, 1e-6, 1e-6, 1e-6
HOURS_TO_BILLION = 1e-9


def normal_hours(per_week: float) -> float:
    """Hours of a quarter, of those of a week: ``hours_per_week`` in macro.csv of the economy."""
    return per_week * 365.25 / 7 / 4
