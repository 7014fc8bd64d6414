"""The figures published since the opening, and the past of their series: read, and checked for clear errors.

``published.csv`` of an economy has a line for each figure, ``history.csv`` what was known before it opens. ``used``
says whether a figure had a part in the model: ``no``, ``opening`` (the economy opens with it) or ``tuned`` (a parameter
was chosen by it). Only those with ``no`` are counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from abm.data import find_economy, shipped_economies
from abm.data.reading import Row, number_within, read_rows, text, word
from abm.errors import UserError, shown
from abm.experiments.validation.published_variables import POPULATION_GROWTH, PUBLISHED_VARIABLES

__all__ = [
    "BASE",
    "NO",
    "OPENING",
    "TUNED",
    "USES",
    "PublishedFigure",
    "Past",
    "load_past",
    "load_published",
    "period_of",
    "population_growth_of",
]

NO, OPENING, TUNED = "no", "opening", "tuned"
USES = (NO, OPENING, TUNED)
BASE = "_base"  # behind the name of a variable: its level without season in the year before the opening
PUBLISHED, HISTORY = "published.csv", "history.csv"
MOST = 1e4  # per cent, or points of an index
PERIOD = re.compile(r"(\d{4})(?:Q([1-4]))?")

Past = Mapping[str, Mapping[tuple[int, int], float]]


class PublishedFigure(NamedTuple):
    """A published figure; ``quarter`` is 1 to 4, or 0 for a whole year."""

    variable: str
    year: int
    quarter: int
    value: float
    source: str
    used: str

    @property
    def period(self) -> str:
        """``2025`` or ``2025Q3``."""
        return f"{self.year}Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def last(self) -> tuple[int, int]:
        """Year and quarter with which the period ends."""
        return self.year, self.quarter or 4


def load_published(economy: str, opening: int) -> tuple[PublishedFigure, ...]:
    """The published figures of an economy that opens in the first quarter of ``opening``.

    Raises UserError for an economy without them and for a line with a clear error.
    """
    return _published(_table(economy, PUBLISHED), opening)


def load_past(economy: str, opening: int | None = None) -> Past:
    """{variable: {(year, quarter or 0): value}} of what was known at the opening, given its year. Raises UserError."""
    past = _past(_table(economy, HISTORY))
    if opening is None:
        return past
    return {name: {period: value for period, value in of.items() if period[0] < opening or name == POPULATION_GROWTH}
            for name, of in past.items()}  # fmt: skip


def population_growth_of(past: Past) -> float | None:
    """The growth of the population a year, as a fraction; None where it is not given."""
    found = past.get(POPULATION_GROWTH)
    return None if not found else found[max(found)] / 100.0


def period_of(row: Row) -> tuple[int, int]:
    """Year and quarter of a row, the quarter 0 for a whole year. Raises UserError."""
    found = PERIOD.fullmatch(text(row, "period"))
    if not found:
        raise _fault(row, f"period should be a year or a quarter, 2025 or 2025Q1, not {shown(row['period'])}")
    return int(found[1]), int(found[2] or 0)


def _table(economy: str, name: str) -> Path:
    manifest = find_economy(economy)
    path = manifest.folder / name
    if not path.is_file():
        able = ", ".join(one for one in shipped_economies() if (find_economy(one).folder / name).is_file())
        raise UserError(
            f"{economy}: there are no published figures, since {name} is missing; write one after that of china, or "
            f"take an economy that has one: {able}"
        )
    return path


def _published(path: Path, opening: int) -> tuple[PublishedFigure, ...]:
    figures: list[PublishedFigure] = []
    seen: set[tuple[str, int, int]] = set()
    for row in read_rows(path):
        name = word(row, "variable", tuple(PUBLISHED_VARIABLES))
        year, quarter = period_of(row)
        variable, (key) = PUBLISHED_VARIABLES[name], (name, year, quarter)
        if year < opening:
            raise _fault(row, f"period {row['period']} is before the opening, {opening}Q1; write it to {HISTORY}")
        if year > opening + 25:
            raise _fault(row, f"period {row['period']} is more than 25 years after the opening")
        if key in seen:
            raise _fault(row, f"{name} of {row['period']} is given twice; remove one")
        if text(row, "unit") != variable.unit:
            raise _fault(row, f"unit of {name} should be {variable.unit}, not {shown(row['unit'])}")
        seen.add(key)
        value, used = number_within(row, "value", -100.0, MOST), word(row, "used", USES)
        figures.append(PublishedFigure(name, year, quarter, value, text(row, "source"), used))
    return tuple(figures)


@lru_cache(maxsize=4)
def _past(path: Path) -> Past:
    known = (POPULATION_GROWTH, *PUBLISHED_VARIABLES, *(f"{name}{BASE}" for name in PUBLISHED_VARIABLES))
    past: dict[str, dict[tuple[int, int], float]] = {}
    for row in read_rows(path):
        name, period = word(row, "variable", known), period_of(row)
        if period in past.setdefault(name, {}):
            raise _fault(row, f"{name} of {row['period']} is given twice; remove one")
        past[name][period] = number_within(row, "value", -100.0, MOST)
    return past


def base_of(past: Past, name: str, year: int) -> Sequence[float] | None:
    """The level without season in the four quarters of a year; None without it."""
    found = past.get(f"{name}{BASE}", {})
    quarters = [found.get((year, quarter)) for quarter in range(1, 5)]
    return None if None in quarters else [float(one) for one in quarters if one is not None]


def _fault(row: Row, problem: str) -> UserError:
    from abm.data.reading import FILE, LINE

    return UserError(f"{row[FILE]}, line {row[LINE]}: {problem}")
