"""What `xinzhi screen` finds: the elementary effects of every number on the headlines, from paired runs with and
without AI (Morris 1991; Campolongo et al. 2007).

A world whose opening does not close takes only the two steps away that begin or end with it: with hundreds of numbers a
trajectory is never whole, so that the effects are taken step by step here and not by SALib, which wants whole ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from abm import Sweep
    from abm.arrays import FloatArray

__all__ = ["HEADLINES", "YEARS", "Screening", "kept", "screening_of"]

YEARS = (2035, 2050)
ONE_SIDED = 1.645  # standard errors within which 95 % of what noise alone gives lie below
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

    table   key, rank, weight (mean share of all effects, those below the level of chance left out), above_noise (in how
            many headlines it is above), steps, and a column for each headline: the mean absolute effect from the low to
            the high end of the range
    floor   {headline: what the effect of a number that does nothing stays below in 95 of 100 designs, median of all}
    steps   how many were looked at, and how many are lost to worlds that failed
    """

    table: pd.DataFrame
    floor: dict[str, float]
    steps: int
    lost: int


def kept(rows: Iterable[Mapping[str, Any]], floor: Mapping[str, float], steps: int, lost: int) -> Screening:
    """A screening from what was kept of it: for each parameter its share, headlines, steps and effects."""
    import pandas as pd

    table = pd.DataFrame([
        {"rank": rank, "key": row["parameter"], "weight": row["share"], "above_noise": row["headlines"],
         "steps": row["steps"], **row["effects"]}
        for rank, row in enumerate(rows, start=1)
    ])  # fmt: skip
    return Screening(table, dict(floor), steps, lost)


def screening_of(with_ai: Sweep, without_ai: Sweep, scales: Mapping[str, float]) -> Screening:
    """The effects in two sweeps of the same worlds and seeds, each multiplied by the scale of its number."""
    import pandas as pd
    from SALib.sample import morris

    sampling, problem, count = with_ai.design["sampling"], with_ai.design["problem"], len(with_ai.points)
    drawn = morris.sample(
        dict(problem), sampling["samples"], num_levels=sampling["levels"], seed=sampling["seed"]
    )  # fmt: skip
    values = headlines_of(with_ai, without_ai, count)  # (worlds, seeds, headlines)
    keys, trajectories = list(problem["names"]), sampling["samples"]
    width = len(keys) + 1
    reach = np.ptp(np.array(problem["bounds"]), axis=1)
    steps = np.diff((drawn / reach).reshape(trajectories, width, len(keys)), axis=1)
    moved = np.abs(steps).argmax(axis=2)  # (trajectories, steps)
    size = np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0]
    scale = np.array([scales[key] for key in keys])[moved]
    size = size / scale
    effects = np.diff(values.reshape(trajectories, width, *values.shape[1:]), axis=1) / size[:, :, None, None]
    whole = np.isfinite(effects).all(axis=(2, 3))
    variance = effects.var(axis=2, ddof=1) if effects.shape[2] > 1 else np.zeros((*moved.shape, len(HEADLINES)))
    usual = _usual((variance / scale[:, :, None] ** 2)[whole])
    means, floor = np.full((2, len(keys), len(HEADLINES)), np.nan)
    counts = np.zeros(len(keys), dtype=int)
    for at in range(len(keys)):
        rows = effects[(moved == at) & whole]
        counts[at] = len(rows)
        if len(rows):
            means[at] = np.abs(rows.mean(axis=1)).mean(axis=0)
            own = np.maximum(variance[(moved == at) & whole].mean(axis=0), usual * scales[keys[at]] ** 2)
            floor[at] = _floor(np.sqrt(own / effects.shape[2]), len(rows))
    above = means > floor
    shares = np.where(above, means, 0.0)
    shares = shares / np.maximum(np.nansum(shares, axis=0), 1e-12)
    table = pd.DataFrame({"key": keys, "weight": np.nan_to_num(shares).mean(axis=1), "above_noise": above.sum(axis=1)})
    table["raw"] = np.nan_to_num(means / np.maximum(np.nansum(means, axis=0), 1e-12)).mean(axis=1)
    table["steps"] = counts
    table = pd.concat([table, pd.DataFrame(means, columns=list(HEADLINES))], axis=1)
    table = table.sort_values(["weight", "raw"], ascending=False, kind="stable").drop(columns="raw")
    table.insert(0, "rank", range(1, len(table) + 1))
    floors = dict(zip(HEADLINES, np.nanmedian(floor, axis=0).tolist(), strict=True))
    return Screening(table.reset_index(drop=True), floors, whole.size, int((~whole).sum()))


def _usual(variance: FloatArray) -> FloatArray:
    """(headlines,) what seeds differ by in a step (steps, headlines), but for the wildest in a hundred."""
    return np.asarray(np.minimum(variance, np.quantile(variance, 0.99, axis=0)).mean(axis=0))


def _floor(error: FloatArray, steps: int) -> FloatArray:
    """What the mean size of so many effects that are nothing but errors stays below, 95 times in 100."""
    return np.asarray(error * np.sqrt(2 / np.pi) + ONE_SIDED * error * np.sqrt((1 - 2 / np.pi) / steps))


def headlines_of(with_ai: Sweep, without_ai: Sweep, worlds: int) -> FloatArray:
    """(worlds, seeds, headlines), NaN where a run is missing or has left the model's ground."""
    first, second = (_years(one, worlds) for one in (with_ai, without_ai))
    opening, last = int(with_ai.design["first_year"]), first[GDP].shape[2] - 1
    columns = []
    for name, relative in PAIRED.values():
        for year in YEARS:
            at = min(year - opening, last)
            one, other = first[name][:, :, at], second[name][:, :, at]
            columns.append(100.0 * (one / other - 1.0) if relative else one - other)
    gdp = first[GDP]
    columns.append(100.0 * ((gdp[:, :, last] / gdp[:, :, 1]) ** (1.0 / (last - 1)) - 1.0))
    columns.append(first[PRICES][:, :, 1:].std(axis=2))
    columns.append(first[JOBLESS].mean(axis=2))
    values = np.stack(columns, axis=2)
    left = np.abs(values).max(axis=2) > LARGE
    values[left] = np.nan
    return values


def _years(sweep: Sweep, worlds: int) -> dict[str, FloatArray]:
    """{outcome of a year: (worlds, seeds, years)}."""
    seeds, first, table = list(sweep.design["seeds"]), int(sweep.design["first_year"]), sweep.years
    place = {seed: at for at, seed in enumerate(seeds)}
    rows = table["point"].to_numpy(), table["seed"].map(place).to_numpy(), table["year"].to_numpy() - first
    years = int(rows[2].max()) + 1
    found = {}
    for name in (GDP, PRICES, *(name for name, _ in PAIRED.values())):
        found[name] = np.full((worlds, len(seeds), years), np.nan)
        found[name][rows] = table[name].to_numpy(dtype=float)
    return found
