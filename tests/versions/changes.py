"""How far the results of two versions are apart: the files that ``xinzhi run`` writes, seed by seed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["CERTAIN", "EQUAL", "Change", "Changes", "compare_results", "same_tables"]

CERTAIN = 0.01  # chance below which a run counts as distinguishable, for all its outcomes together
EQUAL = 1e-12  # relative difference up to which a difference is rounding
SERIES = "series.csv"
OF_THE_RUN = ("provenance.json",)  # times, machines, versions: never the same
ROUNDING = "_residual"  # outcomes that are nothing but rounding end so
KEYS = ["seed", "quarter", "group", "variable"]


@dataclass(frozen=True)
class Change:
    """An outcome in both versions: the mean over seeds of its mean over all quarters after the opening.

    ``part`` is the difference relative to the old value, ``errors`` the difference in paired standard errors,
    ``chance`` that of a difference as large between versions that are alike; both are NaN with one seed, and where the
    difference is no more than rounding.
    """

    outcome: str
    headline: bool
    old: float
    new: float
    part: float
    errors: float
    chance: float


@dataclass
class Changes:
    """One run in both versions.

    ``outcomes`` are those of the whole economy, ``largest`` has the largest relative difference of any number of every
    outcome that differs, those of groups included, ``beyond`` the first quarter in which one is more than
    rounding, {seed: quarter}.
    """

    outcomes: list[Change] = field(default_factory=list)
    largest: dict[str, float] = field(default_factory=dict)
    other_files: list[str] = field(default_factory=list)
    one_version_only: set[str] = field(default_factory=set)
    beyond: dict[int, int] = field(default_factory=dict)

    @property
    def identical(self) -> bool:
        """Whether every number that both versions write has the same bits."""
        return not self.largest

    @property
    def greatest(self) -> Change | None:
        """The headline outcome that changed most, else the other one that did, None where none changed."""
        changed = [change for change in self.outcomes if change.part]
        return max(changed, key=lambda change: (change.headline, abs(change.part)), default=None)

    @property
    def clearest(self) -> Change | None:
        """The outcome whose difference is the least likely between versions that are alike."""
        tested = [change for change in self.outcomes if not math.isnan(change.chance)]
        return min(tested, key=lambda change: (change.chance, -abs(change.errors)), default=None)

    @property
    def chance(self) -> float:
        """The chance of the clearest difference, times the number of outcomes that differ (Bonferroni)."""
        tested = sum(not math.isnan(change.chance) for change in self.outcomes)
        return min(1.0, tested * self.clearest.chance) if self.clearest else math.nan

    @property
    def distinguishable(self) -> bool:
        """Whether the versions can be distinguished by this run's seeds."""
        return self.chance < CERTAIN


def compare_results(old: Path, new: Path, headline: Sequence[str]) -> Changes:
    """Compare two folders of results. Numbers in tables are compared; of other files only whether they are the same."""
    changes = Changes()
    names = sorted({path.name for folder in (old, new) for path in folder.iterdir()} - set(OF_THE_RUN))
    for name in names:
        if _same_bytes(old / name, new / name):
            continue
        changes.other_files.append(name)
        if name.endswith(".csv") and (old / name).is_file() and (new / name).is_file():
            _compare_tables(old / name, new / name, changes)
    if SERIES in changes.other_files and not changes.identical:
        tables = [_wide(_read(folder / SERIES)) for folder in (old, new)]
        names = [name for name in tables[0] if name in tables[1] and not name.endswith(ROUNDING)]
        found = [_change(name, name in headline, *tables) for name in names]
        changes.outcomes = [change for change in found if change is not None]
    return changes


def same_tables(one: Path, other: Path) -> bool:
    """Whether two folders have the same tables, byte for byte."""
    names = [{path.name for path in folder.glob("*.csv")} for folder in (one, other)]
    return names[0] == names[1] != set() and all(_same_bytes(one / name, other / name) for name in names[0])


def _same_bytes(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def _read(path: Path) -> pd.DataFrame:
    kinds = dict.fromkeys(("scenario", "group", "variable", "unit"), "category") | {"value": object}
    table = pd.read_csv(path, dtype=kinds, keep_default_na=False)
    if "value" in table:
        table["value"] = table["value"].to_numpy().astype(np.float64)  # to the last bit in every version of pandas
    return table


def _compare_tables(old: Path, new: Path, changes: Changes) -> None:
    """Note the largest relative difference of each variable of a tidy table; others, such as iamc.csv, repeat these."""
    tables = _read(old), _read(new)
    if any(not {"seed", "quarter", "variable", "value"} <= set(table) for table in tables):
        return
    keys = [key for key in KEYS if all(key in table for table in tables)]
    one, other = (table.astype({key: str for key in keys if key in ("group", "variable")}) for table in tables)
    both = one.merge(other, how="outer", on=keys, suffixes=("_old", "_new"), indicator=True)
    prefix = "" if old.name == SERIES else f"{old.stem}: "
    named = set(one["variable"]) & set(other["variable"])
    changes.one_version_only |= {f"{prefix}{name}" for name in (set(one["variable"]) | set(other["variable"])) - named}
    both = both[both["variable"].isin(named) & ~both["variable"].str.endswith(ROUNDING)]
    apart = _apart(both)
    for name, largest in apart.groupby(both["variable"]).max().items():
        if largest:
            changes.largest[f"{prefix}{name}"] = float(largest)
    for seed, quarter in both[apart > EQUAL].groupby("seed")["quarter"].min().items():
        changes.beyond[int(seed)] = min(int(quarter), changes.beyond.get(int(seed), int(quarter)))


def _apart(both: pd.DataFrame) -> pd.Series:
    """Differences relative to the number or, where it is near zero, to the mean size of its variable.

    Infinite where a value is defined in one version only.
    """
    old, new = both["value_old"], both["value_new"]
    sizes = old.abs().groupby(both["variable"]).transform("mean").fillna(0.0).combine(old.abs(), max)
    apart = (old - new).abs() / sizes.where(sizes > 0.0, new.abs())
    return apart.where(old != new, 0.0).where(old.notna() & new.notna(), np.inf)


def _wide(series: pd.DataFrame) -> dict[str, np.ndarray]:
    """{variable: (seeds,) mean over the quarters after the opening}."""
    later = series[series["quarter"] > 0]
    means = later.groupby(["variable", "seed"], observed=True)["value"].mean().unstack("seed")
    return {str(name): row for name, row in zip(means.index, means.to_numpy())}


def _change(outcome: str, headline: bool, old: dict[str, np.ndarray], new: dict[str, np.ndarray]) -> Change | None:
    """The paired comparison of one outcome over the seeds in which both versions define it; None without any."""
    defined = np.isfinite(old[outcome]) & np.isfinite(new[outcome])
    before, after = old[outcome][defined], new[outcome][defined]
    if not before.size:
        return None
    difference = after - before
    mean, level = float(difference.mean()), float(before.mean())
    part = mean / abs(level) if level else math.copysign(math.inf, mean) if mean else 0.0
    errors, chance = _paired(difference) if abs(part) > EQUAL else (math.nan, math.nan)
    return Change(outcome, headline, level, float(after.mean()), part, errors, chance)


def _paired(difference: np.ndarray) -> tuple[float, float]:
    """The mean of (seeds,) differences in its standard errors, and Student's chance of one as large."""
    from scipy.special import stdtr

    if difference.size < 2:
        return math.nan, math.nan
    error = float(difference.std(ddof=1)) / math.sqrt(difference.size)
    mean = float(difference.mean())
    errors = mean / error if error else math.copysign(math.inf, mean)
    return errors, float(2 * stdtr(difference.size - 1, -abs(errors)))
