"""Calendar years of the runs of a sweep, under the names and in the units of a year (abm/results/years.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from abm.results.outcomes import OUTCOMES
from abm.results.years import GROWTH, QUARTERS_OF_A_YEAR, growth_of, yearly, yearly_name

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray

__all__ = ["RECORDED", "UNITS", "YEARLY", "yearly_outcomes", "yearly_values"]

# The columns of a table of quarters and of one of years, in one order.
RECORDED = tuple(outcome.name for outcome in OUTCOMES)
YEARLY = tuple(yearly_name(outcome.name, outcome.display) for outcome in OUTCOMES)
# {detail of a design: what its numbers are}, kept in design.json.
UNITS = {
    "years": "calendar years in units of a year, per cent, Gini 0 to 100",
    "quarters": "quarters in recorded units",
}
DISPLAYS = {outcome.name: outcome.display for outcome in OUTCOMES}


def yearly_values(quarters: FloatArray, names: Sequence[str] = RECORDED) -> FloatArray:
    """(..., whole years, names) of recorded ``quarters`` (..., quarters, names), in the units of a year.

    Growth is that of the yearly sums, so that the first year has none.
    """
    columns = []
    for at, name in enumerate(names):
        grown = GROWTH.get(name)
        if grown is not None and grown in names:
            values = growth_of(yearly(quarters[..., names.index(grown)], DISPLAYS[grown]))
        else:
            values = yearly(quarters[..., at], DISPLAYS[name])
        columns.append(values * DISPLAYS[name].factor)
    return np.stack(columns, axis=-1)


def yearly_outcomes(table: pd.DataFrame, opening_year: int) -> pd.DataFrame:
    """point, seed, year and the outcomes of a year, from a table of point, seed, quarter and recorded outcomes.

    What is no recorded outcome is left out; a table of years is returned as it is.
    """
    import pandas as pd

    if "year" in table:
        return table
    names = [name for name in table if name in DISPLAYS]
    runs = table.groupby(["point", "seed"], sort=True)
    keys, place = runs.first().index.to_frame(index=False)[["point", "seed"]], runs.ngroup().to_numpy()
    quarters = table["quarter"].to_numpy()
    spread = np.full((len(keys), int(quarters.max(initial=-1)) + 1, len(names)), np.nan)
    spread[place, quarters] = table[names].to_numpy(dtype=float)
    years = spread.shape[1] // QUARTERS_OF_A_YEAR
    counts = np.zeros(spread.shape[:2])
    counts[place, quarters] = 1
    whole = counts[:, : years * QUARTERS_OF_A_YEAR].reshape(len(keys), years, -1).all(axis=2).ravel()
    rows = keys.loc[keys.index.repeat(years)].reset_index(drop=True)
    rows["year"] = opening_year + np.tile(np.arange(years), len(keys))
    columns = [yearly_name(name, DISPLAYS[name]) for name in names]
    values = pd.DataFrame(yearly_values(spread, names).reshape(len(rows), len(names)), columns=columns)
    return pd.concat([rows, values], axis=1)[whole].reset_index(drop=True)
