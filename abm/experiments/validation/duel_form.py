"""What the quarterly duel of a country is: its tables and record, what is forecast and what an origin carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from abm.data import find_economy
from abm.errors import UserError
from abm.experiments.validation.quarterly_record import QUARTERS, load_quarters, quarter_named

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.results.results import Results

__all__ = ["Carried", "DuelForm"]


@dataclass(frozen=True)
class Carried:
    """A figure of ``macro.csv`` that becomes what was published for the origin's quarter: a series over ``per``."""

    series: str
    per: float = 100.0


@dataclass(frozen=True)
class DuelForm:
    """The duel of a country.

    country   name of its record of quarters
    tables    shipped economies whose openings are taken
    steps     quarters that a run goes on
    carried   {row of macro.csv: what it becomes at an origin}
    settings  {seed: {scenario key: value}} of an origin, given its place and the seeds
    forecast  {series: (seeds, steps)} of runs from an origin, in the unit of the record
    posterior the usual posterior, empty for none
    """

    country: str
    tables: tuple[str, ...]
    steps: int
    carried: Mapping[str, Carried]
    settings: Callable[[int, Iterable[int]], dict[int, dict[str, Any]]]
    forecast: Callable[[Results, int], dict[str, FloatArray]]
    posterior: str = ""

    def openings(self) -> dict[int, str]:
        """{year: the first of the economies that opens in it}."""
        return {year: name for name in reversed(self.tables) for year in find_economy(name).openings}

    def tables_of(self, place: int) -> int:
        """The year of the latest tables that are not later than an origin. Raises UserError without such tables."""
        years = [year for year in self.openings() if QUARTERS * year <= place]
        if not years:
            raise UserError(f"{quarter_named(place)}: there are no tables of {self.country} that early")
        return max(years)

    def origins(self, since: int) -> range:
        """The places of the quarters with tables that have a quarter on record after them."""
        first = QUARTERS * max(min(self.openings()), since)
        return range(first, max(load_quarters(self.country)["real_gdp_growth"]))
