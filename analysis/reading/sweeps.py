"""Sweeps as arrays: the value of a measure in every world, policy and seed, and which worlds are complete.

A world counts only when every policy has finished on every seed there, so that policies meet the same worlds and draws.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xinzhi.analysis.reading.changes import DIMENSIONLESS, difference_unit
from xinzhi.analysis.reading.text import OPENING_YEAR, words_of, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import Sweep
    from abm.arrays import FloatArray

__all__ = [
    "MEAN_GROWTH",
    "MEAN_GROWTH_SHORT",
    "Measure",
    "SweepValues",
    "measure_of",
    "paragraphs",
    "uncertainty_words",
]

MEAN_GROWTH, MEAN_GROWTH_SHORT = "mean_growth_per_cent", "mean_growth"
GDP = "real_gdp_per_year"
KEYS = ("point", "world", "policy")  # of points.csv; every other column is an uncertainty
MOST_LEFT_OUT = 5  # worlds that are named in a sentence


class Measure(NamedTuple):
    """What is read from a sweep, always of a calendar year, and how a difference in it is shown.

    name      that of the year, which is the column of the tables
    unit      of a difference
    relative  differences are shown in per cent of a level, as those of amounts are
    level     the unit of the number itself, in which thresholds are given
    """

    name: str
    title: str
    unit: str
    relative: bool
    decimals: int
    level: str

    @property
    def factor(self) -> float:
        """From differences of numbers, or their ratio to a level, to shown ones."""
        return 100.0 if self.relative else 1.0


def measure_of(name: str, opening_year: int = OPENING_YEAR) -> Measure:
    """The measure behind a name: a recorded outcome, its year or a short name, or mean_growth. Raises UserError."""
    from abm import UserError, of_a_year, outcome_named, yearly_name

    if name.strip().lower() in (MEAN_GROWTH, MEAN_GROWTH_SHORT):
        title = "Mean growth of real GDP"
        return Measure(MEAN_GROWTH, title, "percentage points a year", False, 2, "per cent a year")
    try:
        outcome = outcome_named(name)
    except UserError:
        if difflib.get_close_matches(name, [MEAN_GROWTH_SHORT], cutoff=0.8):
            raise UserError(f"no outcome '{name}'; did you mean '{MEAN_GROWTH_SHORT}'?") from None
        raise
    display = outcome.display
    level = of_a_year(display, outcome.unit, opening_year).unit
    gini, name = level.startswith("Gini"), yearly_name(outcome.name, display)
    level = "Gini points of 100" if gini else level
    if not outcome.unit.startswith(DIMENSIONLESS):
        return Measure(name, display.title, "per cent", True, 1, level)
    unit = "Gini points" if gini else difference_unit(display)
    return Measure(name, display.title, unit, False, display.decimals + 1, level)


class SweepValues:
    """A sweep's worlds as arrays.

    policies       their names; the first is the reference
    seeds          ascending
    year           the year that is looked at
    payer          who pays for the policies, as a sentence
    uncertainties  DataFrame (complete worlds, uncertainties) of what nobody controls
    worlds         numbers of the complete worlds
    left_out       {world: why it does not count}
    """

    def __init__(self, sweep: Sweep, names: Sequence[str], year: int | None = None):
        from abm import UserError

        self.design = sweep.design
        self.folder = str(getattr(sweep, "folder", "the sweep"))
        self.policies = tuple(dict.fromkeys(sweep.points["policy"]))
        self.seeds = tuple(sorted(int(seed) for seed in self.design["seeds"]))
        self._rows = _yearly(sweep.outcomes, self.design)
        self.payer = str(self.design.get("who_pays", ""))
        years = sorted(int(one) for one in self._rows["year"].unique())
        self.year = years[-1] if year is None else int(year)
        if self.year not in years:
            raise UserError(f"--year {year}: {self.folder} has the years {years[0]} to {years[-1]}")
        self.first_year = years[0]
        self._points = _with_worlds(sweep.points)
        every = {name: self._spread(name) for name in dict.fromkeys(measure_of(name).name for name in names)}
        self.left_out = self._incomplete(every, sweep.failures)
        at = np.array([world for world in range(self._count) if world not in self.left_out], dtype=int)
        self.worlds = tuple(at.tolist())
        self._values = {name: values[at] for name, values in every.items()}
        first = self._points.drop_duplicates("world").set_index("world").sort_index()
        self.uncertainties = first.drop(columns=[key for key in KEYS if key in first]).iloc[at]
        if not self.worlds:
            raise UserError(f"{self.folder}: no world in which every policy has finished on every seed; {self.missing}")

    @property
    def economy(self) -> str:
        """The tables that the runs opened with; those of earlier designs may not say."""
        return str((self.design.get("scenario_resolved") or {}).get("economy", ""))

    @cached_property
    def _count(self) -> int:
        return int(self._points["world"].max()) + 1

    def values(self, name: str) -> FloatArray:
        """(complete worlds, policies, seeds) of a measure in the year, by any of its names."""
        return self._values[name if name in self._values else measure_of(name).name]

    def means(self, name: str) -> FloatArray:
        """(complete worlds, policies): means over the seeds."""
        return self.values(name).mean(axis=2)

    @property
    def missing(self) -> str:
        """Which worlds do not count and why, as a sentence; empty when all do."""
        if not self.left_out:
            return ""
        reasons: dict[str, list[int]] = {}
        for world, why in self.left_out.items():
            reasons.setdefault(why, []).append(world)
        groups = []
        for why, worlds in reasons.items():
            named = ", ".join(map(str, worlds[:MOST_LEFT_OUT])) + (", ..." if len(worlds) > MOST_LEFT_OUT else "")
            groups.append(f"{len(worlds)} ({why}): {named}")
        return f"left out of {self._count} worlds: {'; '.join(groups)}"

    def _spread(self, name: str) -> FloatArray:
        """(worlds, policies, seeds), NaN where there is no value."""
        rows = self._rows.set_index(["point", "seed", "year"]).sort_index()
        last = _at_year(rows, GDP if name == MEAN_GROWTH else name, self.year)
        if name == MEAN_GROWTH:
            first = _at_year(rows, GDP, self.first_year)
            years = self.year - self.first_year
            last = 100 * ((last / first) ** (1 / years) - 1) if years else last * np.nan
        array = np.full((self._count, len(self.policies), len(self.seeds)), np.nan)
        place = self._points.set_index("point")
        points = last.index.get_level_values("point")
        worlds = place.loc[points, "world"].to_numpy()
        policies = place.loc[points, "policy"].map(self.policies.index).to_numpy()
        seeds = np.searchsorted(self.seeds, last.index.get_level_values("seed"))
        array[worlds, policies, seeds] = last.to_numpy(dtype=float)
        return array

    def _incomplete(self, every: dict[str, FloatArray], failures: pd.DataFrame) -> dict[int, str]:
        """{world: why it is left out}."""
        world_of = dict(zip(self._points["point"], self._points["world"], strict=True))
        failed = {int(world_of[point]) for point in failures["point"]}
        undefined = [~np.isfinite(values).all(axis=(1, 2)) for values in every.values()]
        lacking = np.flatnonzero(np.any(undefined, axis=0)).tolist() if undefined else []
        there = self._rows[["point", "seed"]].drop_duplicates()
        runs = there["point"].map(world_of).value_counts()
        whole = len(self.policies) * len(self.seeds)
        reasons = {}
        for world in sorted({*lacking, *failed}):
            unfinished = runs.get(world, 0) < whole
            reasons[world] = "a run failed" if world in failed else "not finished" if unfinished else "undefined"
        return reasons


def _yearly(outcomes: pd.DataFrame, design: dict[str, Any]) -> pd.DataFrame:
    """The outcomes by calendar year."""
    from abm import UserError, yearly_outcomes

    table = yearly_outcomes(outcomes, int(design.get("first_year", OPENING_YEAR)))
    if table.empty:
        raise UserError("the runs of the sweep are shorter than a year; run them longer")
    return table


def _at_year(rows: pd.DataFrame, name: str, year: int) -> pd.Series:
    return rows[name].xs(year, level="year")


def _with_worlds(points: pd.DataFrame) -> pd.DataFrame:
    """The points with a column ``world``: points that differ in the policy only are in the same."""
    if "world" in points:
        return points
    axes = [key for key in points if key not in KEYS]
    if not axes:
        return points.assign(world=0)
    return points.assign(world=points.groupby(axes, sort=False).ngroup())


def uncertainty_words(key: str) -> str:
    """What an uncertainty is, in the words of its declaration, with its key."""
    from abm import CLOSURES, describe_parameters

    name = key.removeprefix("assumptions.")
    for information in describe_parameters():
        if information.key == name:
            return f"{information.meaning} ({name})"
    if name == "ai":
        return "what AI becomes (ai)"
    closure = CLOSURES.get(name.removeprefix("closures."))
    if closure is not None:
        return f"{words_of(closure.name).lower()} ({name})"
    return name


def paragraphs(sentences: Sequence[str]) -> str:
    """Sentences below each other, wrapped."""
    return "\n".join(wrapped(sentence, indent=2) for sentence in sentences)
