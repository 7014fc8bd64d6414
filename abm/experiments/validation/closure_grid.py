"""The closure grid: the economy with and without AI at every corner of the assumptions that no data settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

import pandas as pd

from abm.experiments.ensembles.variants import run_variants
from abm.experiments.running.progress import Silent
from abm.results.results import Results
from abm.scenarios.closures import CENTRAL, CLOSURES

__all__ = ["GRID_OUTCOMES", "ClosureGrid", "corners", "run_closure_grid"]

GRID_OUTCOMES = ("labour_share", "unemployment_rate", "gini_disposable_income", "real_gdp")
MILESTONES = (44, 104)  # 2035Q1 and 2050Q1


@dataclass
class ClosureGrid:
    """``table`` has a row for each corner, seed, quarter and variable, with the value with and without AI.

    Its columns: corner, one for each closure with its level, seed, quarter, variable, with_ai, without_ai, unit.
    """

    table: pd.DataFrame
    failures: dict[str, Exception] = field(default_factory=dict)
    interrupted: bool = False


def corners() -> dict[str, dict[str, str]]:
    """{name: {closure: level}}: the centre, then every combination of the two ends of each closure."""
    ends = (one.ends for one in CLOSURES.values())
    combined = [dict(zip(CLOSURES, levels, strict=True)) for levels in product(*ends)]
    named = {" ".join(levels.values()): levels for levels in combined}
    return {CENTRAL: dict.fromkeys(CLOSURES, CENTRAL), **named}


def run_closure_grid(
    workers: int, seeds: Iterable[int], quarters: int | None = None, progress: Silent | None = None
) -> ClosureGrid:
    """Run the baseline with and without AI on the same seeds at every corner.

    Corners that differ in nothing that acts without AI share their twin. Ctrl-C keeps the corners whose two runs are
    finished; with none the interrupt is raised.
    """
    pairs = {name: (f"{name}, with AI", f"{_twin_of(levels)}, without AI") for name, levels in corners().items()}
    variants: dict[str, dict[str, str]] = {}
    for name, levels in corners().items():
        ours, twin = pairs[name]
        variants.setdefault(twin, _overrides(_acting_without_ai(levels)) | {"ai": "none"})
        variants[ours] = _overrides(levels)
    done = run_variants("baseline", variants, workers, seeds, quarters, progress)
    parts = [
        _rows(name, corners()[name], done.results[ours], done.results[twin])
        for name, (ours, twin) in pairs.items()
        if ours in done.results and twin in done.results
    ]
    if not parts:
        raise next(iter(done.failures.values())) if done.failures else KeyboardInterrupt
    return ClosureGrid(pd.concat(parts, ignore_index=True), done.failures, done.interrupted)


def _acting_without_ai(levels: Mapping[str, str]) -> dict[str, str]:
    return {name: level for name, level in levels.items() if CLOSURES[name].without_ai}


def _twin_of(levels: Mapping[str, str]) -> str:
    return " ".join(_acting_without_ai(levels).values())


def _overrides(levels: Mapping[str, str]) -> dict[str, str]:
    return {f"closures.{name}": level for name, level in levels.items()}


def _rows(name: str, levels: Mapping[str, str], ours: Results, twin: Results) -> pd.DataFrame:
    keys = ["seed", "quarter", "variable"]
    quarters = sorted({quarter for quarter in MILESTONES if quarter <= ours.quarters} | {ours.quarters})
    both = []
    for results in (ours, twin):
        series = results.series
        wanted = series["variable"].isin(GRID_OUTCOMES) & series["quarter"].isin(quarters)
        both.append(series.loc[wanted, [*keys, "value", "unit"]].astype({"variable": str, "unit": str}))
    merged = both[0].rename(columns={"value": "with_ai"}).merge(
        both[1].drop(columns="unit").rename(columns={"value": "without_ai"}), on=keys
    )  # fmt: skip
    merged = merged[[*keys, "with_ai", "without_ai", "unit"]]
    for place, (closure, level) in enumerate(levels.items()):
        merged.insert(place, closure, level)
    merged.insert(0, "corner", name)
    return merged
