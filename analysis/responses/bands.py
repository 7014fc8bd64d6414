"""What the literature found, in bands.csv: a row for each shock, outcome and span of quarters, with its source."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from xinzhi.analysis.responses.outcomes import OUTCOMES, RATIOS

__all__ = ["NO_BAND", "READINGS", "STATUSES", "Band", "bands_of", "checked_bands", "load_bands"]

BANDS = Path(__file__).with_name("bands.csv")
READINGS = ("mean", "lowest", "highest")  # of the mean response over the quarters
# Whether the study was read (its abstract at least), is known from memory, or is named by a review of this project.
STATUSES = ("read", "from memory", "review")
NO_BAND = "no band found"


@dataclass(frozen=True)
class Band:
    """The range of a response in the quarters ``first`` to ``last`` after the shock, both inclusive.

    ``country`` is the only one that it holds for, empty where theory or studies of several stand behind it; a size in
    money is that of the shock in the country.
    """

    shock: str
    outcome: str
    first: int
    last: int
    reading: str
    low: float
    high: float
    unit: str
    source: str
    status: str
    country: str = ""

    def verdict(self, value: float) -> str:
        """Whether a response lies inside, below or above."""
        if not math.isfinite(value):
            return "not defined"
        return "below" if value < self.low else "above" if value > self.high else "inside"

    def reaches(self, low: float, high: float) -> bool:
        """Whether an interval has a part in common with the band."""
        return low <= self.high and high >= self.low

    def scaled(self, factor: float) -> Band:
        """The band of a shock of another size, as if responses were linear; ratios stay as they are."""
        if self.outcome in RATIOS or factor == 1.0:
            return self
        low, high = sorted((factor * self.low, factor * self.high))
        turned = {"lowest": "highest", "highest": "lowest"}
        reading = self.reading if factor > 0.0 else turned.get(self.reading, self.reading)
        return replace(self, low=low, high=high, reading=reading)

    @property
    def when(self) -> str:
        """The quarters in words, such as ``lowest in quarters 4 to 8``."""
        span = f"quarter {self.first}" if self.first == self.last else f"quarters {self.first} to {self.last}"
        return span if self.first == self.last else f"{self.reading} of {span}"


@cache
def load_bands() -> tuple[Band, ...]:
    """Every band of bands.csv; raises ValueError where a row is wrong."""
    with BANDS.open(encoding="utf-8", newline="") as rows:
        return checked_bands(csv.DictReader(rows))


def bands_of(shock: str, outcome: str, country: str) -> tuple[Band, ...]:
    """The bands of one outcome after one shock, in the order of their quarters; none where none was found.

    Only those of the country and those that are of no country alone: what was found in one says little of another.
    """
    of_shock = (band for band in load_bands() if (band.shock, band.outcome) == (shock, outcome))
    return tuple(band for band in of_shock if band.country in ("", country))


def checked_bands(rows: Iterable[dict[str, str]]) -> tuple[Band, ...]:
    """The bands of the rows of a table; raises ValueError for an unknown outcome, unit, reading, status or order."""
    found = []
    for number, row in enumerate(rows, 2):
        one = Band(
            row["shock"], row["outcome"], int(row["first"]), int(row["last"]), row["reading"], float(row["low"]),
            float(row["high"]), row["unit"], row["source"], row["status"], row.get("country", ""),
        )  # fmt: skip
        known = OUTCOMES.get(one.outcome) or RATIOS.get(one.outcome)
        faults = {
            f"unknown outcome {one.outcome}": known is None,
            f"unit {one.unit}": known is not None and one.unit != known.unit,
            f"reading {one.reading}": one.reading not in READINGS,
            f"status {one.status}": one.status not in STATUSES,
            "no source": not one.source.strip(),
            f"ends {one.low:g} and {one.high:g}": not one.low < one.high,
            f"quarters {one.first} to {one.last}": not 0 <= one.first <= one.last,
        }
        for fault, there in faults.items():
            if there:
                raise ValueError(f"bands.csv, line {number}: {fault}")
        found.append(one)
    return tuple(found)
