"""What happened, year by year: the record that a back-test is held against."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from abm.data.manifest import economy_for, find_economy
from abm.data.reading import number, read_rows

__all__ = ["Observation", "load_observed"]


class Observation(NamedTuple):
    """What was observed in a year; ``group`` is a sector, a pool of sectors, ``HH`` (households) or ``economy``."""

    variable: str
    group: str
    year: int
    value: float
    status: str


@lru_cache(maxsize=4)
def load_observed(economy: str | None = None) -> tuple[Observation, ...]:
    """What happened, year by year: the targets of the back-test and, up to its opening, the past of its rivals.

    Without ``economy`` it is the record of the one that opens in the earliest year.
    """
    from abm.data import OPENING_YEARS

    manifest = find_economy(economy_for(OPENING_YEARS[0]) if economy is None else economy)
    return tuple(
        Observation(row["variable"], row["group"], int(row["year"]), number(row, "value"), row["status"])
        for row in read_rows(manifest.folder / "observed.csv")
    )
