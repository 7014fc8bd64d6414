"""Calendar years, which readers are shown: the four quarters of a year made into one number.

The sum of a flow, the last quarter of a debt or a fortune, the mean of all else, persons included; growth is that of
the year's sum. A year that is not whole has no number. Quarter 0
is the first quarter of the opening year and belongs to that year.

Numbers of a year are in the units that readers know: a year, per cent, Gini 0 to 100. Where that is another unit than
the recorded one of a quarter, the outcome has another name too, so that no number can be taken for the other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from abm.results.outcome_declaration import Display

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from abm.arrays import FloatArray

__all__ = [
    "GROWTH", "QUARTERS_OF_A_YEAR", "growth_of", "in_words", "last_quarter", "of_a_year", "spread", "whole_years",
    "yearly", "yearly_name",
]  # fmt: skip

QUARTERS_OF_A_YEAR = 4
GROWTH = {"gdp_growth_annual": "real_gdp"}  # {growth of a year over the year before: what grows}
# Abbreviations in recorded units, in words.
UNIT_WORDS = (
    (r"\btrn\b", "trillion"),
    (r"\bbn\b", "billion"),
    (r"\bkCNY\b", "thousand CNY"),
    (r"\bMt( CO2)?\b", "million tonnes"),
    (r"\bTWh\b", "terawatt hours"),
    (r"\bPJ\b", "petajoules"),
)


def whole_years(opening_year: int, last: int) -> range:
    """The calendar years of which a run up to quarter ``last`` has all four quarters."""
    return range(opening_year, opening_year + (last + 1) // QUARTERS_OF_A_YEAR)


def last_quarter(opening_year: int, year: int) -> int:
    """The quarter with which a year ends."""
    return (year - opening_year) * QUARTERS_OF_A_YEAR + QUARTERS_OF_A_YEAR - 1


def yearly(values: FloatArray, display: Display) -> FloatArray:
    """(..., whole years) of ``values`` (..., quarters), in the recorded unit, flows per year.

    NaN in any quarter, or in the last one of a stock, leaves the year undefined.
    """
    years = values.shape[-1] // QUARTERS_OF_A_YEAR
    quarters = values[..., : years * QUARTERS_OF_A_YEAR].reshape(*values.shape[:-1], years, QUARTERS_OF_A_YEAR)
    if display.stock:
        return np.ascontiguousarray(quarters[..., -1])
    return quarters.sum(axis=-1) if display.flow else quarters.mean(axis=-1)


def growth_of(level: FloatArray) -> FloatArray:
    """(..., years) growth of yearly sums over the year before; the first year has none."""
    before = np.full((*level.shape[:-1], min(1, level.shape[-1])), np.nan)
    return np.concatenate([before, level[..., 1:] / level[..., :-1] - 1.0], axis=-1)


def in_words(unit: str) -> str:
    """A recorded unit without abbreviations: ``trn CNY`` is ``trillion CNY``."""
    for pattern, words in UNIT_WORDS:
        unit = re.sub(pattern, words, unit)
    return unit


def of_a_year(display: Display, recorded: str, opening_year: int, period: str = "a year") -> Display:
    """The display with its unit in words: ``trillion CNY a year, prices of 2024``."""
    unit = display.unit or in_words(recorded)
    if display.prices:  # said once, behind the rest
        unit = re.sub(r" of \d{4}Q1$", "", unit)
    if display.flow and unit:
        unit += f" {period}"
    if display.prices and unit and "prices" not in unit:
        unit += f", prices of {opening_year}"
    return replace(display, unit=unit)


def yearly_name(name: str, display: Display) -> str:
    """The name of an outcome's years: another than that of its quarters where the unit differs.

    ``real_gdp_per_year``, ``unemployment_rate_per_cent``, ``gini_wage_of_100``; ``employment`` keeps its name.
    """
    scale = ""
    if display.factor == 100.0:
        scale = "_of_100" if display.unit.startswith("Gini") else "_per_cent"
    return f"{name}{scale}{'_per_year' if display.flow else ''}"


def spread(frame: pd.DataFrame, key: str, seeds: Sequence[int], last: int) -> dict[str, FloatArray]:
    """{name: (seeds, quarters + 1)} of the names in column ``key`` of a tidy table, with NaN where there is no row."""
    rows = np.searchsorted(seeds, frame["seed"].to_numpy())
    quarters, values = frame["quarter"].to_numpy(), frame["value"].to_numpy(dtype=float)
    arrays = {}
    for name, places in frame.groupby(key, observed=True, sort=False).indices.items():
        array = np.full((len(seeds), last + 1), np.nan)
        array[rows[places], quarters[places]] = values[places]
        arrays[str(name)] = array
    order = frame[key].cat.categories if hasattr(frame[key], "cat") else frame[key].unique()
    return {str(name): arrays[str(name)] for name in order if str(name) in arrays}
