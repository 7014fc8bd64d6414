"""The published figures, in published.csv: a row for each, with its source and how it is measured in the model."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = [
    "COUNTRIES", "IMPOSED", "SHOWN", "STATUSES", "UNITS", "Published", "chinese_texts", "checked_figures",
    "figures_for", "load_published",
]  # fmt: skip

TABLE, CHINESE = (Path(__file__).with_name(name) for name in ("published.csv", "published_zh.csv"))
# {unit: what a measurement, a fraction, is multiplied by}
UNITS = {"per cent": 100.0, "percentage points": 100.0, "ratio": 1.0, "TWh": 1.0, "months": 1.0}
# Whether the source was read, through a text about it, or is from memory; or the figure follows from others.
STATUSES = ("read", "read (secondary)", "from memory", "derived")
# Whether the model is set to the figure, or its form was chosen by those who knew it.
IMPOSED = ("yes", "no", "form")
# Where a figure is shown: beside the run of every economy, as it tests a mechanism, or of its own economy alone.
SHOWN = ("everywhere", "at home")
# {code: name within a sentence} of the economies that figures are of.
COUNTRIES = {
    "CHN": "China", "USA": "the United States", "EU27": "the European Union", "DNK": "Denmark",
    "GBR": "the United Kingdom", "DEU": "Germany", "AUS": "Australia", "G7": "the G7",
    "European regions": "European regions",
}  # fmt: skip


@dataclass(frozen=True)
class Published:
    """One figure. ``value``, ``low`` and ``high`` in ``unit``; ``low`` and ``high`` are the range that is published.

    economy      codes of ``COUNTRIES`` with | between them
    shown        one of ``SHOWN``
    tolerance    half of the range where none is published, chosen here
    measured_by  the measurement of the model; empty where it has no account of it
    beside       a measurement that is shown and not judged, of the run where ``measured_by`` needs none
    """

    code: str
    figure: str
    value: float
    low: float | None
    high: float | None
    tolerance: float | None
    unit: str
    economy: str
    shown: str
    period: str
    source: str
    status: str
    measured_by: str
    imposed: str
    beside: str
    note: str

    @property
    def ends(self) -> tuple[float, float] | None:
        """The range in which the model hits, None for a figure that is not measured."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        return None if self.tolerance is None else (self.value - self.tolerance, self.value + self.tolerance)

    def is_of(self, country: str) -> bool:
        """Whether it is a figure of the country, by its name within a sentence."""
        return country in {COUNTRIES[code] for code in self.economy.split("|")}

    @property
    def factor(self) -> float:
        """What a measurement is multiplied by to be in the unit."""
        return UNITS[self.unit]


@cache
def load_published() -> tuple[Published, ...]:
    """Every figure of published.csv; raises ValueError where a row is wrong."""
    from abm import MEASUREMENTS

    with TABLE.open(encoding="utf-8", newline="") as rows:
        return checked_figures(csv.DictReader(rows), MEASUREMENTS)


def figures_for(country: str) -> tuple[Published, ...]:
    """The figures that are shown beside a run of the country: its own, and those that test a mechanism."""
    return tuple(one for one in load_published() if one.shown == "everywhere" or one.is_of(country))


@cache
def chinese_texts() -> dict[str, str]:
    """{English text of the table: Chinese}; sources keep the names under which they were published."""
    with CHINESE.open(encoding="utf-8", newline="") as rows:
        return {row["text"]: row["zh"] for row in csv.DictReader(rows)}


def checked_figures(rows: Iterable[dict[str, str]], measurements: Iterable[str]) -> tuple[Published, ...]:
    """The figures of the rows of a table; raises ValueError for an unknown unit, status, measurement or order."""
    found: list[Published] = []
    known = set(measurements)
    for number, row in enumerate(rows, 2):
        one = _figure(row)
        faults = {
            f"code {one.code} twice": one.code in {other.code for other in found},
            f"unit {one.unit}": one.unit not in UNITS,
            f"economy {one.economy}": not set(one.economy.split("|")) <= set(COUNTRIES),
            f"shown {one.shown}": one.shown not in SHOWN,
            f"status {one.status}": one.status not in STATUSES,
            f"imposed {one.imposed}": one.imposed not in IMPOSED,
            f"unknown measurement in {one.code}": not {one.measured_by, one.beside} - {""} <= known,
            "no source": not one.source.strip(),
            "no range": bool(one.measured_by) and one.ends is None,
            "one end of a range": (one.low is None) != (one.high is None),
            "no reason why the model cannot say": not one.measured_by and not one.note.strip(),
            f"ends {one.ends}": one.ends is not None and not one.ends[0] < one.ends[1],
        }
        for fault, there in faults.items():
            if there:
                raise ValueError(f"published.csv, line {number}: {fault}")
        found.append(one)
    return tuple(found)


def _figure(row: dict[str, str]) -> Published:
    low, high, tolerance = (float(row[name]) if row[name] else None for name in ("low", "high", "tolerance"))
    words = {
        name: row[name]
        for name in (
            "unit",
            "economy",
            "shown",
            "period",
            "source",
            "status",
            "measured_by",
            "imposed",
            "beside",
            "note",
        )
    }
    return Published(row["code"], row["figure"], float(row["value"]), low, high, tolerance, **words)
