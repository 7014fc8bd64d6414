"""The quarterly record of a country: what a forecast from a quarter may know, and what it is held against.

``quarters.csv`` is China's from 2000 on. It has growth in per cent on the same quarter of the year before, and two
levels without season, from which the year before an opening takes its course. Sources: National Bureau of Statistics
(real GDP as revised in 2026, consumer and producer prices), customs (exports in dollars), People's Bank (broad money,
end of quarter); the levels are adjusted by STL from the growth rates and the monthly rates of consumer prices.

``quarters_usa.csv`` is that of the United States from 1990 on: growth of real GDP and of its deflator on the quarter
before (400 times the change of the logarithm), the unemployment rate and the federal funds rate (means of the months),
all in per cent, and consumer prices on the year before (from 2000). Sources: Bureau of Economic Analysis, Bureau of
Labor Statistics and Federal Reserve, as FRED had them in August 2026 (GDPC1, GDPDEF, UNRATE, FEDFUNDS).
Consumer prices of 2025 are means of growth over twelve months as secondary pages quote it, April, May and December
from memory; October was not collected.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from abm.errors import UserError

__all__ = ["LEVELS", "QUARTERS", "load_quarters", "place_of_quarter", "quarter_named"]

QUARTERS = 4
FILES = {"china": "quarters.csv", "usa": "quarters_usa.csv"}
LEVELS = {"real_gdp_growth": "real_gdp_level", "consumer_prices": "consumer_price_level"}

Record = Mapping[str, Mapping[int, float]]


@lru_cache(maxsize=4)
def load_quarters(country: str = "china") -> Record:
    """{series: {place of the quarter: value}} of a country in FILES; a quarter without a value is missing."""
    found: dict[str, dict[int, float]] = {}
    with Path(__file__).with_name(FILES[country]).open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            place = place_of_quarter(row.pop("quarter"))
            for name, value in row.items():
                if value:
                    found.setdefault(name, {})[place] = float(value)
    return found


def place_of_quarter(quarter: str) -> int:
    """``2012Q1`` counted from the year nought. Raises UserError."""
    year, _, part = quarter.partition("Q")
    if not (year.isdecimal() and part in ("1", "2", "3", "4")):
        raise UserError(f"{quarter}: should be a quarter such as 2012Q1")
    return QUARTERS * int(year) + int(part) - 1


def quarter_named(place: int) -> str:
    """The quarter of a place, ``2012Q1``."""
    return f"{place // QUARTERS}Q{place % QUARTERS + 1}"
