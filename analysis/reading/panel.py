"""The tidy tables of a Results as plain arrays: one row for each seed, one column for each quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.text import OPENING_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from abm import Results
    from abm.arrays import FloatArray

__all__ = ["DERIVED", "OPENING_YEAR", "Panel", "quantiles"]

# Ratios that are used in several places and are not recorded: name -> (numerator, denominator).
DERIVED: dict[str, tuple[str, str]] = {
    "electricity_per_gdp": ("electricity_use", "real_gdp"),
    "carbon_dioxide_per_gdp": ("co2_emissions", "real_gdp"),
    "ai_electricity_share": ("ai_electricity", "electricity_use"),
    "gdp_deflator": ("nominal_gdp", "real_gdp"),
    "consumption_ratio": ("consumption", "nominal_gdp"),
    "investment_ratio": ("investment", "nominal_gdp"),
    "government_consumption_ratio": ("government_consumption", "nominal_gdp"),
    "real_consumption": ("consumption", "gdp_deflator"),
    "real_investment": ("investment", "gdp_deflator"),
}


class Panel:
    """The series of one scenario as arrays (seeds, quarters + 1), with NaN where a value has no row.

    name          the scenario's name
    seeds         ascending
    last          the last quarter
    opening_year  the calendar year of quarter 0
    provenance    as in Results
    """

    def __init__(self, results: Results):
        self.name = str(getattr(results.scenario, "name", results.scenario))
        self.opening_year = int(getattr(results.scenario, "opening_year", OPENING_YEAR))
        self.provenance = dict(getattr(results, "provenance", None) or {})
        self.seeds = tuple(int(seed) for seed in np.unique(results.series["seed"].to_numpy()))
        self.last = int(results.series["quarter"].max()) if len(results.series) else 0
        self._tables = results.groups
        self._group_arrays: dict[tuple[str, str], dict[str, FloatArray]] = {}
        self._arrays = self._spread(results.series)
        units = results.series.drop_duplicates("variable")
        self._units = dict(zip(units["variable"].astype(str), units["unit"].astype(str), strict=True))

    @property
    def years(self) -> FloatArray:
        """(quarters + 1,): the first quarter of 2024 is 2024.0, the second 2024.25."""
        return self.opening_year + np.arange(self.last + 1) / 4

    @property
    def recorded(self) -> list[str]:
        """The variables of the series, in their order."""
        return list(self._units)

    def values(self, variable: str) -> FloatArray:
        """(seeds, quarters + 1) of a recorded or derived variable; all NaN if it is nowhere in the results."""
        if variable in self._arrays:
            return self._arrays[variable]
        if variable not in DERIVED:
            return np.full((len(self.seeds), self.last + 1), np.nan)
        numerator, denominator = (self.values(name) for name in DERIVED[variable])
        with np.errstate(divide="ignore", invalid="ignore"):
            self._arrays[variable] = np.where(denominator != 0.0, numerator / denominator, np.nan)
        return self._arrays[variable]

    def has(self, variable: str) -> bool:
        """Whether the variable has at least one value."""
        return bool(np.isfinite(self.values(variable)).any())

    def unit(self, variable: str) -> str:
        """The recorded unit; an empty text for what is not recorded."""
        return self._units.get(variable, "")

    def group_values(self, table: str, variable: str) -> dict[str, FloatArray]:
        """{group: (seeds, quarters + 1)} in the table's own order; groups without any value are left out."""
        if (table, variable) not in self._group_arrays:
            frame = self._tables.get(table)
            chosen = None if frame is None else frame[frame["variable"] == variable]
            self._group_arrays[table, variable] = {} if chosen is None else self._spread(chosen, "group")
        return self._group_arrays[table, variable]

    def _spread(self, frame: pd.DataFrame, key: str = "variable") -> dict[str, FloatArray]:
        seeds = np.searchsorted(self.seeds, frame["seed"].to_numpy())
        quarters, values = frame["quarter"].to_numpy(), frame["value"].to_numpy(dtype=float)
        arrays = {}
        for name, rows in frame.groupby(key, observed=True, sort=False).indices.items():
            array = np.full((len(self.seeds), self.last + 1), np.nan)
            array[seeds[rows], quarters[rows]] = values[rows]
            arrays[str(name)] = array
        order = frame[key].cat.categories if hasattr(frame[key], "cat") else frame[key].unique()
        return {str(name): arrays[str(name)] for name in order if str(name) in arrays}


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
