"""The tidy tables of a Results as plain arrays: one row for each seed, one column for each calendar year or quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.reading.recorded import RecordedSeeds
from xinzhi.analysis.reading.text import OPENING_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abm import Display, Results
    from abm.arrays import FloatArray, IntArray

__all__ = ["DERIVED", "OPENING_YEAR", "Panel", "QuarterPanel", "quantiles"]

# Ratios that are used in several places and are not recorded: name -> (numerator, denominator).
DERIVED: dict[str, tuple[str, str]] = {
    "electricity_per_gdp": ("electricity_use", "real_gdp"),
    "carbon_dioxide_per_gdp": ("co2_emissions", "real_gdp"),
    "ai_electricity_share": ("ai_electricity", "electricity_use"),
    "gdp_deflator": ("nominal_gdp", "real_gdp"),
    "consumption_ratio": ("consumption", "nominal_gdp"),
    "investment_ratio": ("investment", "nominal_gdp"),
    "government_consumption_ratio": ("government_consumption", "nominal_gdp"),
    "deflated_consumption": ("consumption", "gdp_deflator"),
    "deflated_investment": ("investment", "gdp_deflator"),
    "deflated_government_consumption": ("government_consumption", "gdp_deflator"),
    "deflated_exports": ("exports", "gdp_deflator"),
    "deflated_imports": ("imports", "gdp_deflator"),
    "consumer_price": ("consumption", "real_consumption"),
}


class QuarterPanel:
    """The series of one scenario as arrays (seeds, quarters + 1), with NaN where a value has no row.

    name          the scenario's name
    seeds         ascending
    last          the last quarter
    opening_year  the calendar year of quarter 0
    economy       the tables it opens with, a shipped name or a folder
    measured_by   the outcomes that answer the scenario's own question, as far as they are recorded
    provenance    as in Results
    """

    period = "a quarter"
    _recorded: RecordedSeeds | None = None
    _tables: Mapping[str, Any] = {}

    def __init__(self, results: Results | RecordedSeeds):
        self.name = str(getattr(results.scenario, "name", results.scenario))
        self.opening_year = int(getattr(results.scenario, "opening_year", OPENING_YEAR))
        self.economy = str(getattr(results.scenario, "tables", ""))
        self.provenance = dict(getattr(results, "provenance", None) or {})
        self.measured_by = tuple(getattr(results.scenario, "measured_by", ()))
        self._group_arrays: dict[tuple[str, str], dict[str, FloatArray]] = {}
        if isinstance(results, RecordedSeeds):
            self.seeds, self.last, self._recorded = results.seeds, results.last, results
            self._arrays, self._units = dict(results.arrays), results.units
        else:
            self._read(results)

    def _read(self, results: Results) -> None:
        from abm import spread

        self.seeds = tuple(int(seed) for seed in np.unique(results.series["seed"].to_numpy()))
        self.last = int(results.series["quarter"].max()) if len(results.series) else 0
        self._tables = results.groups
        self._arrays = spread(results.series, "variable", self.seeds, self.last)
        units = results.series.drop_duplicates("variable")
        self._units = dict(zip(units["variable"].astype(str), units["unit"].astype(str), strict=True))

    @property
    def recorded(self) -> list[str]:
        """The variables of the series, in their order."""
        return list(self._units)

    def values(self, variable: str) -> FloatArray:
        """(seeds, columns) of a recorded or derived variable; all NaN if it is nowhere in the results."""
        if variable not in self._arrays:
            self._arrays[variable] = self._derived(variable)
        return self._arrays[variable]

    def _derived(self, variable: str) -> FloatArray:
        if variable not in DERIVED:
            return np.full((len(self.seeds), self.last + 1), np.nan)
        numerator, denominator = (self.values(name) for name in DERIVED[variable])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(denominator != 0.0, numerator / denominator, np.nan)

    def has(self, variable: str) -> bool:
        """Whether the variable has at least one value."""
        return bool(np.isfinite(self.values(variable)).any())

    def unit(self, variable: str) -> str:
        """The recorded unit; an empty text for what is not recorded."""
        return self._units.get(variable, "")

    def group_values(self, table: str, variable: str) -> Mapping[str, FloatArray]:
        """{group: (seeds, columns)} in the table's own order; groups without any value are left out."""
        from abm import spread

        if (table, variable) not in self._group_arrays and self._recorded is not None:
            self._group_arrays[table, variable] = self._recorded.groups(table, variable)
        elif (table, variable) not in self._group_arrays:
            frame = self._tables.get(table)
            chosen = None if frame is None else frame[frame["variable"] == variable]
            found = {} if chosen is None else spread(chosen, "group", self.seeds, self.last)
            self._group_arrays[table, variable] = found
        return self._group_arrays[table, variable]


class Panel(QuarterPanel):
    """The whole calendar years of one scenario: arrays (seeds, years), in recorded units, flows per year.

    ``years`` are the calendar years, which may be none, and ``last`` is the column of the last, -1 where there is none;
    ``last_quarter`` is that of the run. The rest is as in QuarterPanel.
    """

    period = "a year"

    def __init__(self, results: Results | RecordedSeeds):
        super().__init__(results)
        from abm import whole_years

        self.years: IntArray = np.array(whole_years(self.opening_year, self.last), dtype=np.int64)
        self.last = len(self.years) - 1
        self._quarters = QuarterPanel(results)
        self.last_quarter = self._quarters.last
        self._arrays = {}

    def column(self, year: int) -> int:
        """The column of a calendar year, which may lie outside the panel."""
        return year - self.opening_year

    def values(self, variable: str) -> FloatArray:
        """(seeds, years) of a recorded or derived variable; all NaN if it is nowhere in the results."""
        if variable not in self._arrays:
            self._arrays[variable] = self._of_years(variable)
        return self._arrays[variable]

    def group_quarters(self, table: str, variable: str) -> Mapping[str, FloatArray]:
        """{group: (seeds, quarters + 1)}, as recorded."""
        return self._quarters.group_values(table, variable)

    def _of_years(self, variable: str) -> FloatArray:
        from abm import GROWTH, growth_of, yearly

        if variable in GROWTH and self.has(GROWTH[variable]):
            return growth_of(self.values(GROWTH[variable]))
        if variable in self._units:
            return yearly(self._quarters.values(variable), _declared(variable))
        return self._derived(variable)

    def group_values(self, table: str, variable: str) -> Mapping[str, FloatArray]:
        """{group: (seeds, years)} in the table's own order; groups without any value are left out."""
        from abm import yearly

        if (table, variable) not in self._group_arrays:
            found = self._quarters.group_values(table, variable)
            display = _declared_of_groups(table, variable)
            self._group_arrays[table, variable] = {group: yearly(values, display) for group, values in found.items()}
        return self._group_arrays[table, variable]


def _declared(variable: str) -> Display:
    from abm import OUTCOMES, Display

    return next((one.display for one in OUTCOMES if one.name == variable), Display(variable))


def _declared_of_groups(table: str, variable: str) -> Display:
    from abm import GROUP_OUTCOMES, Display

    return next((one.display for one in GROUP_OUTCOMES.get(table, ()) if one.name == variable), Display(variable))


def quantiles(values: FloatArray, levels: tuple[float, ...] = (0.1, 0.5, 0.9)) -> FloatArray:
    """(levels, ...) of ``values`` (seeds, ...) over the seeds that have a value; NaN where none has."""
    flat = values.reshape(values.shape[0], -1)
    result = np.full((len(levels), flat.shape[1]), np.nan)
    finite = np.isfinite(flat)
    whole = finite.all(axis=0)
    there = finite.any(axis=0) & ~whole
    if whole.any():  # much faster than nanquantile, and the same
        result[:, whole] = np.quantile(flat[:, whole], levels, axis=0)
    if there.any():
        result[:, there] = np.nanquantile(flat[:, there], levels, axis=0)
    return result.reshape(len(levels), *values.shape[1:])
