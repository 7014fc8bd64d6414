"""The stylised facts: each moment of an ensemble against its band in ``targets.yaml``, pass or fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.moments.table import MOMENTS, moments_table
from xinzhi.analysis.reading.text import aligned, scenario_label, within_sentence, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import Results
    from abm.arrays import BoolArray, FloatArray

__all__ = ["Fact", "FactRow", "FactsTable", "facts_table", "load_targets"]

SEEDS_REQUIRED = 0.95
TARGETS = Path(__file__).with_name("targets.yaml")
KEYS = {"label", "moments", "of", "band", "seeds", "shown_as", "value", "source", "origin"}
LIMITS = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}
LIMIT_WORDS = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}


@dataclass(frozen=True)
class Fact:
    """One entry of targets.yaml; ``band`` is empty for a fact that is reported only."""

    name: str
    label: str
    moments: tuple[str, ...]
    shown_as: str
    origin: str
    band: dict[str, float] = field(default_factory=dict)
    of: str = "scenario"
    seeds: float = SEEDS_REQUIRED
    value: float | None = None
    source: str = ""

    def inside(self, moments: FloatArray) -> BoolArray:
        """(seeds,): whether all ``moments`` (seeds, moments) lie within the band; an undefined one does not."""
        within = np.isfinite(moments)
        for limit, bound in self.band.items():
            within &= LIMITS[limit](moments, bound)
        return np.asarray(within.all(axis=1))

    def shown(self, value: float) -> str:
        """A value of this fact as a reader wants it."""
        if not np.isfinite(value):
            return "-"
        if self.shown_as == "per cent":
            return f"{100 * value:.2f} %"
        if self.shown_as == "exponent":
            return f"{value:.1e}"
        if self.shown_as == "yes":
            return "yes" if value >= 1 else "no"
        return f"{value:.3f}" if value % 1 else f"{value:.0f}"

    def limit_shown(self, bound: float) -> str:
        """A limit of the band, with no more places than it has."""
        if self.shown_as == "per cent":
            return f"{100 * bound:g} %"
        return f"{bound:g}"

    def band_shown(self) -> str:
        """The band in words."""
        if not self.band:
            return ""
        if self.shown_as == "yes":
            return "yes"
        if set(self.band) == {"at_least", "at_most"}:
            low, high = (self.limit_shown(self.band[limit]) for limit in ("at_least", "at_most"))
            return f"{low.removesuffix(' %')} to {high}"
        return " and ".join(f"{LIMIT_WORDS[limit]} {self.limit_shown(bound)}" for limit, bound in self.band.items())


@dataclass(frozen=True)
class FactRow:
    """A fact as one scenario shows it.

    medians       one for each of the fact's moments, over the seeds that have a value
    share_inside  share of all seeds whose moments lie within the band
    verdict       "pass", "fail", "not measured" (no seed has a value) or "reported" (no band is asked)
    """

    fact: Fact
    scenario: str
    medians: tuple[float, ...]
    share_inside: float
    verdict: str


@dataclass(frozen=True)
class FactsTable:
    """The rows of every fact; ``str()`` of it is the table for the terminal."""

    rows: tuple[FactRow, ...]
    seeds: int
    failed_seeds: int = 0

    @property
    def passed(self) -> bool:
        """Whether every fact with a band was measured and passed, and no seed failed."""
        return not self.failed_seeds and all(row.verdict in ("pass", "reported") for row in self.rows)

    def to_frame(self) -> pd.DataFrame:
        """One row for each fact and moment: fact, scenario, moment, median, share_inside, verdict, origin, source."""
        import pandas as pd

        records = [
            {
                "fact": row.fact.name,
                "scenario": row.scenario,
                "moment": moment,
                "median": median,
                "share_inside": row.share_inside,
                "verdict": row.verdict,
                "origin": row.fact.origin,
                "source": row.fact.source,
            }
            for row in self.rows
            for moment, median in zip(row.fact.moments, row.medians, strict=True)
        ]
        return pd.DataFrame(records)

    @property
    def text(self) -> str:
        """The table, what it counts, and the sources by number."""
        sources = list(dict.fromkeys(row.fact.source for row in self.rows if row.fact.source))
        main = self.rows[0].scenario if self.rows else ""
        banded = [_cells(row, sources, main) for row in self.rows if row.fact.band]
        reported = [_cells(row, sources, main) for row in self.rows if not row.fact.band]
        head = ["Fact", "Median", "Band", "Inside", "Verdict", "Origin", "On record"]
        table = aligned([head, *banded, ["Reported, no band asked"], *reported], right=(3,))
        passed = sum(row.verdict == "pass" for row in self.rows)
        asked = sum(bool(row.fact.band) for row in self.rows)
        count = f"{passed} of {asked} facts pass over {self.seeds} {'seed' if self.seeds == 1 else 'seeds'}"
        if self.failed_seeds:
            count += f"; {self.failed_seeds} more ended in an error"
        notes = [wrapped(f"[{number}] {source}", indent=5) for number, source in enumerate(sources, 1)]
        return "\n".join([table, "", count + ".", RULE, "", "Sources and choices", *notes])

    def __str__(self) -> str:
        return self.text


RULE = (
    "Inside: share of seeds within the band; a fact passes from 95 % on, the books and missing values only at 100 %.\n"
    "Origin: imposed (an input), tuned (parameters chosen to match it), emergent (neither), identity (must hold)."
)


def facts_table(results: Results, twin: Results | None = None) -> FactsTable:
    """Hold a run, and its twin without artificial intelligence if given, against every fact of targets.yaml.

    ``results`` and ``twin`` are Results. Facts marked ``of: both`` have a row for each of the two.
    """
    tables = [(scenario_label(results), moments_table(results))]
    if twin is not None:
        tables.append((scenario_label(twin), moments_table(twin)))
    rows = []
    for fact in load_targets():
        for position, (scenario, moments) in enumerate(tables):
            if position == 0 or fact.of == "both":
                rows.append(_row(fact, scenario, moments))
    failed = sum(len(getattr(one, "failures", None) or {}) for one in (results, twin) if one is not None)
    return FactsTable(tuple(rows), len(tables[0][1]), failed)


@cache
def load_targets() -> tuple[Fact, ...]:
    """The facts of targets.yaml in its order. Raises ValueError for an entry that does not make sense."""
    from ruamel.yaml import YAML

    entries = YAML(typ="safe", pure=True).load(TARGETS.read_text(encoding="utf-8"))["facts"]
    return tuple(_fact(name, entry) for name, entry in entries.items())


def _fact(name: str, entry: dict[str, Any]) -> Fact:
    unknown = (set(entry) - KEYS) | (set(entry["moments"]) - set(MOMENTS)) | (set(entry.get("band", {})) - set(LIMITS))
    if unknown:
        raise ValueError(f"{TARGETS.name}: {name}: unknown {sorted(unknown)}")
    return Fact(name, **{**entry, "moments": tuple(entry["moments"])})


def _row(fact: Fact, scenario: str, table: pd.DataFrame) -> FactRow:
    moments = table[list(fact.moments)].to_numpy()
    defined = np.isfinite(moments)
    medians = tuple(
        float(np.median(column[there])) if there.any() else float("nan")
        for column, there in zip(moments.T, defined.T, strict=True)
    )
    share = float(fact.inside(moments).mean())
    if not defined.all(axis=1).any():
        verdict = "not measured" if fact.band else "reported"
    elif not fact.band:
        verdict = "reported"
    else:
        verdict = "pass" if share >= fact.seeds else "fail"
    return FactRow(fact, scenario, medians, share, verdict)


def _cells(row: FactRow, sources: list[str], main: str) -> list[str]:
    fact = row.fact
    number = f"[{sources.index(fact.source) + 1}]" if fact.source else ""
    record = fact.shown(fact.value) if fact.value is not None else ""
    if not fact.band:
        inside, verdict = "", ""
    elif row.verdict == "not measured":
        inside, verdict = "", row.verdict
    else:
        inside, verdict = f"{100 * row.share_inside:.0f} %", row.verdict.upper() if row.verdict == "fail" else "pass"
    medians = ", ".join(fact.shown(median) for median in row.medians)
    if fact.shown_as == "per cent":
        medians = medians.replace(" %,", ",")
    label = fact.label if row.scenario == main else f"  the same, {within_sentence(row.scenario)}"
    return [label, medians, fact.band_shown(), inside, verdict, fact.origin, f"{record} {number}".strip()]
