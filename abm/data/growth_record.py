"""What the rule of growth is estimated from and applied to: see SOURCES.md of the economy for the back-tests."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from abm.data.manifest import economy_for, find_economy
from abm.data.reading import number, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from abm.arrays import FloatArray

__all__ = [
    "GrowthAdded", "load_growth_added", "load_growth_autocovariances", "load_growth_record", "load_own_growth",
]  # fmt: skip

OWN = "growth_per_worker.csv"


class GrowthAdded(NamedTuple):
    """Growth a year that the model adds to the drift of the frontier: per worker in years 1-5 and 10-24, GDP in 1-5."""

    per_worker_early: float
    per_worker_late: float
    gdp_early: float


@lru_cache(maxsize=1)
def load_growth_autocovariances() -> FloatArray:
    """Of yearly growth of GDP per worker in many countries to 2011, at lags of 0, 1, 2 ... years."""
    return np.array([number(row, "autocovariance") for row in read_rows(_folder() / "growth_autocovariances.csv")])


@lru_cache(maxsize=4)
def load_growth_record(country: str) -> dict[int, float]:
    """{year: growth of GDP per worker, log points} of CHN or USA."""
    rows = read_rows(_folder() / "growth_record.csv")
    return {int(row["year"]): number(row, "growth") for row in rows if row["country"] == country}


@lru_cache(maxsize=1)
def load_growth_added() -> dict[int, GrowthAdded]:
    """{opening year: what the model adds by itself}, measured without artificial intelligence."""
    rows = read_rows(_folder() / "growth_added.csv")
    return {int(row["opening"]): GrowthAdded(*(number(row, name) for name in GrowthAdded._fields)) for row in rows}


@lru_cache(maxsize=4)
def load_own_growth(economy: str) -> dict[int, float]:
    """{year: growth of real GDP per employed person, log points} that an economy has for itself; empty without one."""
    path = find_economy(economy).folder / OWN
    return {int(row["year"]): number(row, "growth") for row in read_rows(path)} if path.is_file() else {}


def _folder() -> Path:
    from abm.data import OPENING_YEARS

    return find_economy(economy_for(OPENING_YEARS[0])).folder
