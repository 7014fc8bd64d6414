"""The closure grid: the economy with and without AI at every corner of the assumptions that no data settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import pandas as pd

from abm.data import DEFAULT_ECONOMY
from abm.errors import UserError, nearest, quoted, shown
from abm.experiments.ensembles.variants import run_variants
from abm.experiments.running.progress import Silent
from abm.results.results import Results
from abm.scenarios.closures import CENTRAL, CLOSURES, GRID
from abm.scenarios.scenario import baseline_in, checked_quarters

__all__ = ["GRID_OUTCOMES", "ClosureGrid", "checked_whole_year", "corners", "run_closure_grid"]

GRID_OUTCOMES = ("labour_share", "unemployment_rate", "gini_disposable_income", "real_gdp")
MILESTONES = (2035, 2050)
LEAST_QUARTERS = 3  # after the opening, for a whole year


@dataclass
class ClosureGrid:
    """``table`` has a row for each corner, seed, year and variable, with the value with and without AI.

    Its columns: corner, one for each closure with its level, seed, year, variable, with_ai, without_ai, unit. Values
    are those of whole years in the unit named, variables have the names of the quarters.
    """

    table: pd.DataFrame
    failures: dict[str, Exception] = field(default_factory=dict)
    interrupted: bool = False


def corners(closures: Sequence[str] = GRID) -> dict[str, dict[str, str]]:
    """{name: {closure: level}}: the centre, then every combination of the two ends of each closure."""
    ends = (CLOSURES[name].ends for name in closures)
    combined = [dict(zip(closures, levels, strict=True)) for levels in product(*ends)]
    named = {" ".join(levels.values()): levels for levels in combined}
    return {CENTRAL: dict.fromkeys(closures, CENTRAL), **named}


def checked_whole_year(length: int) -> None:
    """Raise UserError for so few quarters that no year is whole."""
    if length < LEAST_QUARTERS:
        raise UserError(f"--quarters {length}: no whole year; give at least {LEAST_QUARTERS}")


def run_closure_grid(
    workers: int, seeds: Iterable[int], quarters: int | None = None, progress: Silent | None = None,
    closures: Sequence[str] = GRID, economy: str = DEFAULT_ECONOMY,
) -> ClosureGrid:  # fmt: skip
    """Run the baseline of an economy with and without AI on the same seeds at every corner of ``closures``.

    Corners that differ in nothing that acts without AI share their twin. Ctrl-C keeps the corners whose two runs are
    finished; with none the interrupt is raised. Raises UserError for unknown closures and where the runs have no whole
    year.
    """
    base = baseline_in(economy)
    length = checked_quarters(base.quarters if quarters is None else quarters)
    checked_whole_year(length)
    levels_of = corners(_checked_closures(closures))
    pairs = {name: (f"{name}, with AI", f"{_twin_of(levels)}, without AI") for name, levels in levels_of.items()}
    variants: dict[str, dict[str, str]] = {}
    for name, levels in levels_of.items():
        ours, twin = pairs[name]
        variants.setdefault(twin, _overrides(_acting_without_ai(levels)) | {"ai": "none"})
        variants[ours] = _overrides(levels)
    done = run_variants(base, variants, workers, seeds, length, progress)
    parts = [
        _rows(name, levels_of[name], done.results[ours], done.results[twin])
        for name, (ours, twin) in pairs.items()
        if ours in done.results and twin in done.results
    ]
    if not parts:
        raise next(iter(done.failures.values())) if done.failures else KeyboardInterrupt
    return ClosureGrid(pd.concat(parts, ignore_index=True), done.failures, done.interrupted)


def _checked_closures(closures: Sequence[str]) -> list[str]:
    if isinstance(closures, str | bytes) or not isinstance(closures, Iterable):
        raise UserError(f"closures={quoted(closures)}: give a list of closures, such as {', '.join(GRID)}")
    chosen = list(closures)
    for name in chosen:
        if not isinstance(name, str) or name not in CLOSURES:
            raise UserError(f"closures: unknown closure {shown(name)}{nearest(name, CLOSURES)}")
    if not chosen or len(set(chosen)) < len(chosen):
        raise UserError(f"closures={quoted(chosen)}: give one closure or more, each once")
    return chosen


def _acting_without_ai(levels: Mapping[str, str]) -> dict[str, str]:
    return {name: level for name, level in levels.items() if CLOSURES[name].without_ai}


def _twin_of(levels: Mapping[str, str]) -> str:
    return " ".join(_acting_without_ai(levels).values())


def _overrides(levels: Mapping[str, str]) -> dict[str, str]:
    return {f"closures.{name}": level for name, level in levels.items()}


def _rows(name: str, levels: Mapping[str, str], ours: Results, twin: Results) -> pd.DataFrame:
    parts = []
    for variable in GRID_OUTCOMES:
        both = (ours[variable], twin[variable])
        whole = both[0].index
        for year in sorted({year for year in MILESTONES if year in whole} | set(whole[-1:])):
            one, other = (table.loc[year] for table in both)
            rows = {"seed": one.index, "year": year, "variable": variable, "with_ai": one.to_numpy()}
            rows |= {"without_ai": other[one.index].to_numpy(), "unit": both[0].attrs["unit"]}
            parts.append(pd.DataFrame(rows))
    merged = pd.concat(parts, ignore_index=True)
    for place, (closure, level) in enumerate(levels.items()):
        merged.insert(place, closure, level)
    merged.insert(0, "corner", name)
    return merged
