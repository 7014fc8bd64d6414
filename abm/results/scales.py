"""Numbers with which outcomes are counted, apart from the measures: to read what is recorded loads no compiled code."""

from __future__ import annotations

__all__ = [
    "HOURS_TO_BILLION", "MWH_TO_TWH", "NAN", "NORMAL_HOURS", "PERSONS_TO_MILLION", "SIZE_LIMITS", "TENTHS",
    "THOUSAND_TO_TRILLION", "TONNES_TO_MT",
]  # fmt: skip

NAN = float("nan")
SIZE_LIMITS = (1, 10, 50, 250)  # least headcounts of the classes
TENTHS = 10
THOUSAND_TO_TRILLION, PERSONS_TO_MILLION, TONNES_TO_MT, MWH_TO_TWH = 1e-9, 1e-6, 1e-6, 1e-6
HOURS_TO_BILLION = 1e-9
# Hours of a quarter: 49 a week (NBS, staff of enterprises, December 2023), holidays not taken off.
NORMAL_HOURS = 49.0 * 365.25 / 7 / 4
