"""What `xinzhi screen` finds: how far every number moves the headlines, from worlds in which all of them differ, run
with and without AI on the same seeds.

A headline is regressed on all numbers at once (standardised regression, as in Saltelli et al. 2008). What a number that
does nothing would seem to do is known from the standard error. A world whose opening does not close, or that leaves the
model's ground, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from abm import UserError

if TYPE_CHECKING:
    import pandas as pd

    from abm import Sweep
    from abm.arrays import FloatArray

__all__ = ["HEADLINES", "YEARS", "Screening", "kept", "regression", "screening_of"]

YEARS = (2035, 2050)
CHANCE = 2.576  # standard errors within which 99 in 100 effects of nothing lie
LARGE = 50.0  # a per cent effect beyond which a run has left the model's ground, and is not counted
GDP, JOBLESS, PRICES = "real_gdp_per_year", "unemployment_rate_per_cent", "inflation_annual_per_cent"
PAIRED = {
    "AI's effect on GDP, per cent": (GDP, True),
    "AI's effect on unemployment, points": (JOBLESS, False),
    "AI's effect on the Gini index, points": ("gini_disposable_income_of_100", False),
    "AI's effect on CO2, per cent": ("co2_emissions_per_year", True),
}
ALONE = ("growth, points a year", "standard deviation of inflation, points", "unemployment, points")
HEADLINES = (*(f"{name}, {year}" for name in PAIRED for year in YEARS), *ALONE)


@dataclass(frozen=True)
class Screening:
    """A row for each number, the largest first.

    table      key, rank, weight (mean share of all effects, those below the level of chance left out), above_noise (in
               how many headlines it is above), and a column for each headline: the effect from the low to the high end
               of the range, with its sign
    floor      {headline: the size below which 99 of 100 effects of numbers that do nothing stay, median of all}
    explained  {headline: part of the variance over the worlds that the numbers explain, adjusted for their number}
    worlds     how many there are, and how many of them are lost
    """

    table: pd.DataFrame
    floor: dict[str, float]
    explained: dict[str, float]
    worlds: int
    lost: int


def kept(rows: Iterable[Mapping[str, Any]], about: Mapping[str, Any]) -> Screening:
    """A screening from what was kept of it: for each parameter its share, headlines and effects."""
    import pandas as pd

    table = pd.DataFrame([
        {
            "rank": rank, "key": row["parameter"], "weight": row["share"], "above_noise": row["headlines"],
            **row["effects"],
        }
        for rank, row in enumerate(rows, start=1)
    ])  # fmt: skip
    return Screening(table, dict(about["floor"]), dict(about["explained"]), about["worlds"], about["lost"])


def screening_of(with_ai: Sweep, without_ai: Sweep, scales: Mapping[str, float]) -> Screening:
    """The effects in two sweeps of the same worlds and seeds, each multiplied by the scale of its number."""
    import pandas as pd

    problem, count = with_ai.design["problem"], len(with_ai.points)
    keys, ends = list(problem["names"]), np.array(problem["bounds"], dtype=float)
    values = headlines_of(with_ai, without_ai, count)
    whole = np.isfinite(values).all(axis=1)
    drawn = with_ai.points.sort_values("point")[keys].to_numpy(dtype=float)
    moved = (drawn[whole] - ends.mean(axis=1)) / np.ptp(ends, axis=1)
    effects, errors, explained = regression(moved, values[whole])
    scale = np.array([scales[key] for key in keys])[:, None]
    means, floor = effects * scale, CHANCE * errors * scale
    above = np.abs(means) > floor
    shares = np.where(above, np.abs(means), 0.0)
    shares = shares / np.maximum(shares.sum(axis=0), 1e-12)
    table = pd.DataFrame({"key": keys, "weight": shares.mean(axis=1), "above_noise": above.sum(axis=1)})
    table["raw"] = (np.abs(effects) / np.maximum(errors, 1e-300)).mean(axis=1)
    table = pd.concat([table, pd.DataFrame(means, columns=list(HEADLINES))], axis=1)
    table = table.sort_values(["weight", "raw"], ascending=False, kind="stable").drop(columns="raw")
    table.insert(0, "rank", range(1, len(table) + 1))
    floors = dict(zip(HEADLINES, np.median(floor, axis=0).tolist(), strict=True))
    parts = dict(zip(HEADLINES, explained.tolist(), strict=True))
    return Screening(table.reset_index(drop=True), floors, parts, count, int((~whole).sum()))


def regression(moved: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Slopes (numbers, headlines), their standard errors, and the adjusted part of the variance that is explained.

    Raises UserError where there are not more worlds than numbers.
    """
    worlds, numbers = moved.shape
    free = worlds - numbers - 1
    if free < 1:
        raise UserError(f"{worlds} worlds could be run to the end for {numbers} numbers; give more --worlds")
    known = np.column_stack([np.ones(worlds), moved])
    inverse = np.linalg.inv(known.T @ known)
    slopes = inverse @ known.T @ values
    left = ((values - known @ slopes) ** 2).sum(axis=0) / free
    errors = np.sqrt(np.outer(np.diag(inverse), left))
    explained = 1.0 - left / np.maximum(values.var(axis=0, ddof=1), 1e-300)
    return slopes[1:], errors[1:], explained


def headlines_of(with_ai: Sweep, without_ai: Sweep, worlds: int) -> FloatArray:
    """(worlds, headlines), NaN where a run is missing or has left the model's ground."""
    first, second = (_years(one, worlds) for one in (with_ai, without_ai))
    opening, last = int(with_ai.design["first_year"]), first[GDP].shape[1] - 1
    columns = []
    for name, relative in PAIRED.values():
        for year in YEARS:
            at = min(year - opening, last)
            one, other = first[name][:, at], second[name][:, at]
            columns.append(100.0 * (one / other - 1.0) if relative else one - other)
    gdp = first[GDP]
    columns.append(100.0 * ((gdp[:, last] / gdp[:, 1]) ** (1.0 / (last - 1)) - 1.0))
    columns.append(first[PRICES][:, 1:].std(axis=1))
    columns.append(first[JOBLESS].mean(axis=1))
    values = np.stack(columns, axis=1)
    values[np.abs(values).max(axis=1) > LARGE] = np.nan
    return values


def _years(sweep: Sweep, worlds: int) -> dict[str, FloatArray]:
    """{outcome of a year: (worlds, years)}."""
    first, table = int(sweep.design["first_year"]), sweep.years
    rows = table["point"].to_numpy(), table["year"].to_numpy() - first
    years = int(rows[1].max()) + 1
    found = {}
    for name in (GDP, PRICES, *(name for name, _ in PAIRED.values())):
        found[name] = np.full((worlds, years), np.nan)
        found[name][rows] = table[name].to_numpy(dtype=float)
    return found
