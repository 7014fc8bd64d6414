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
from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.text import OPENING_YEAR, words_of, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import Sweep
    from abm.arrays import FloatArray

__all__ = ["MEAN_GROWTH", "Measure", "SweepValues", "measure_of", "paragraphs", "uncertainty_words"]

MEAN_GROWTH = "mean_growth"
KEYS = ("point", "world", "policy")  # of points.csv; every other column is an uncertainty
MOST_LEFT_OUT = 5  # worlds that are named in a sentence
QUARTERS = 4  # in a year


class Measure(NamedTuple):
    """What is read from a sweep and how a difference in it is shown.

    relative  differences are shown in per cent of a level, as those of amounts are
    factor    from recorded to shown differences, unless relative
    recorded  the recorded unit, in which thresholds are given
    """

    name: str
    title: str
    unit: str
    relative: bool
    factor: float
    decimals: int
    recorded: str


def measure_of(name: str) -> Measure:
    """The measure behind a name: a recorded outcome, or ``mean_growth``. Raises UserError for any other."""
    from abm import OUTCOMES, UserError

    if name == MEAN_GROWTH:
        title = "Mean growth of real GDP"
        return Measure(name, title, "percentage points a year", False, 100.0, 2, "fraction per year")
    outcome = next((one for one in OUTCOMES if one.name == name), None)
    if outcome is None:
        near = difflib.get_close_matches(name, [MEAN_GROWTH, *(one.name for one in OUTCOMES)], n=1)
        hint = f"; did you mean '{near[0]}'?" if near else "; `xinzhi describe` lists them"
        raise UserError(f"no outcome '{name}' in a sweep{hint}")
    display = DISPLAYS.get(name)
    title = display.title if display else words_of(name)
    if not outcome.unit.startswith(DIMENSIONLESS):
        recorded = f"{outcome.unit} a quarter" if display and display.flow else outcome.unit
        return Measure(name, title, "per cent", True, 100.0, 1, recorded)
    if display is None:
        return Measure(name, title, "points", False, 1.0, 4, outcome.unit)
    return Measure(name, title, difference_unit(display), False, display.factor, display.decimals + 1, outcome.unit)


class SweepValues:
    """A sweep's worlds as arrays.

    policies       their names; the first is the reference
    seeds          ascending
    year           the year that is looked at
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
        years = sorted(int(one) for one in self._rows["year"].unique())
        self.year = years[-1] if year is None else int(year)
        if self.year not in years:
            raise UserError(f"--year {year}: {self.folder} has the years {years[0]} to {years[-1]}")
        self.first_year = years[0]
        self._points = _with_worlds(sweep.points)
        every = {name: self._spread(name) for name in names}
        self.left_out = self._incomplete(every, sweep.failures)
        at = np.array([world for world in range(self._count) if world not in self.left_out], dtype=int)
        self.worlds = tuple(at.tolist())
        self._values = {name: values[at] for name, values in every.items()}
        first = self._points.drop_duplicates("world").set_index("world").sort_index()
        self.uncertainties = first.drop(columns=[key for key in KEYS if key in first]).iloc[at]
        if not self.worlds:
            raise UserError(f"{self.folder}: no world in which every policy has finished on every seed; {self.missing}")

    @cached_property
    def _count(self) -> int:
        return int(self._points["world"].max()) + 1

    def values(self, name: str) -> FloatArray:
        """(complete worlds, policies, seeds) of a measure in the year."""
        return self._values[name]

    def means(self, name: str) -> FloatArray:
        """(complete worlds, policies): means over the seeds."""
        return self._values[name].mean(axis=2)

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
        last = _at_year(rows, "real_gdp" if name == MEAN_GROWTH else name, self.year)
        if name == MEAN_GROWTH:
            first = _at_year(rows, "real_gdp", self.first_year)
            years = self.year - self.first_year
            last = (last / first) ** (1 / years) - 1 if years else last * np.nan
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
    """The outcomes with a column ``year``: quarters become means of the whole years."""
    if "year" in outcomes:
        return outcomes
    from abm import UserError

    table = outcomes.assign(year=outcomes["quarter"] // QUARTERS)
    whole = table.groupby(["point", "seed", "year"])["quarter"].transform("size") == QUARTERS
    if not whole.any():
        raise UserError("the runs of the sweep are shorter than a year; give more quarters")
    yearly = table[whole].drop(columns="quarter").groupby(["point", "seed", "year"], as_index=False).mean()
    return yearly.assign(year=yearly["year"] + _opening_year(design))


def _opening_year(design: dict[str, Any]) -> int:
    growth = design.get("scenario_resolved", {}).get("assumptions", {}).get("growth", {})
    return int(growth.get("opening_year", OPENING_YEAR))


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
