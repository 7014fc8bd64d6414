"""The stylised facts: each moment of an ensemble against its band in ``targets.yaml``, pass or fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.moments.observed import OBSERVED, observed_table
from xinzhi.analysis.moments.table import MOMENTS, moments_table
from xinzhi.analysis.reading.text import aligned, scenario_label, within_sentence, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import Results
    from abm.arrays import BoolArray, FloatArray
    from xinzhi.analysis.moments.observed import Observed

__all__ = ["Fact", "FactRow", "FactsTable", "expected_to_fail", "facts_table", "load_targets"]

SEEDS_REQUIRED = 0.95
TARGETS = Path(__file__).with_name("targets.yaml")
KEYS = {"label", "moments", "measured", "of", "band", "seeds", "shown_as", "value", "source", "origin"}
ORIGINS = {  # what the table calls each, in its order
    "emergent": "Emergent: no parameter was chosen for it",
    "tuned": "Tuned: parameters were chosen to reach it",
    "imposed": "Imposed: an input, no success",
    "identity": "Identities, which must hold",
}
COUNTED = ("emergent", "tuned")
AGENTS = "agents"
LIMITS = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}
LIMIT_WORDS = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}


@dataclass(frozen=True)
class Fact:
    """One entry of targets.yaml; ``band`` is empty for a fact that is reported only.

    ``measured`` is "agents" where firms or persons have to be looked at during a run, else "outcomes".
    """

    name: str
    label: str
    moments: tuple[str, ...]
    shown_as: str
    origin: str
    band: dict[str, float] = field(default_factory=dict)
    measured: str = "outcomes"
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
    expected      whether it is on the list of facts that are known to fail
    """

    fact: Fact
    scenario: str
    medians: tuple[float, ...]
    share_inside: float
    verdict: str
    expected: bool = False


@dataclass(frozen=True)
class FactsTable:
    """The rows of every fact; ``str()`` of it is the table for the terminal.

    ``unseen`` counts the facts that are left out because nobody looked at firms and persons.
    """

    rows: tuple[FactRow, ...]
    seeds: int
    failed_seeds: int = 0
    unseen: int = 0

    @property
    def passed(self) -> bool:
        """Whether every fact with a band was measured and passed, and no seed failed."""
        return not self.failed_seeds and all(row.verdict in ("pass", "reported") for row in self.rows)

    @property
    def unexpected(self) -> tuple[str, ...]:
        """Facts that fail and are not known to, and facts known to fail that pass."""
        return tuple(
            row.fact.name for row in self.rows if row.fact.band and row.expected == (row.verdict == "pass")
        )

    def passes(self, *origins: str) -> tuple[int, int]:
        """How many facts of these origins pass, and how many there are; a twin counts for itself."""
        asked = [row for row in self.rows if row.fact.band and row.fact.origin in origins]
        return sum(row.verdict == "pass" for row in asked), len(asked)

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
        lines = [["Fact", "Median", "Band", "Inside", "Verdict", "Origin", "On record"]]
        for origin, heading in ORIGINS.items():
            banded = [row for row in self.rows if row.fact.band and row.fact.origin == origin]
            lines += [[heading], *(_cells(row, sources, main) for row in banded)] if banded else []
        reported = [_cells(row, sources, main) for row in self.rows if not row.fact.band]
        table = aligned([*lines, ["Reported, no band asked"], *reported], right=(3,))
        notes = [wrapped(f"[{number}] {source}", indent=5) for number, source in enumerate(sources, 1)]
        return "\n".join([table, "", *self._counts(), RULE, "", "Sources and choices", *notes])

    def _counts(self) -> list[str]:
        passed, asked = self.passes(*ORIGINS)
        count = f"{passed} of {asked} facts pass over {self.seeds} {'seed' if self.seeds == 1 else 'seeds'}"
        if self.failed_seeds:
            count += f"; {self.failed_seeds} more ended in an error"
        counted = "{} of {} emergent or tuned facts pass, which is what counts".format(*self.passes(*COUNTED))
        each = ", ".join("{0} {1} of {2}".format(origin, *self.passes(origin)) for origin in ORIGINS)
        lines = [f"{count}.", f"{counted}: {each}."]
        if self.unseen:
            lines.append(f"{self.unseen} facts of firms and persons are left out, since nobody looked at them in a run.")
        return lines

    def __str__(self) -> str:
        return self.text


RULE = (
    "Inside: share of seeds within the band; a fact passes from 95 % on, the books and missing values only at 100 %.\n"
    "FAIL: not on the list of facts that are known to fail (expected_to_fail in targets.yaml), fail: on it.\n"
    "Origin: imposed (an input), tuned (parameters chosen to match it), emergent (neither), identity (must hold)."
)


def facts_table(results: Results, twin: Results | None = None, observed: Observed | None = None) -> FactsTable:
    """Hold a run, and its twin without artificial intelligence if given, against every fact of targets.yaml.

    ``results`` and ``twin`` are Results. Facts marked ``of: both`` have a row for each of the two. ``observed`` is what
    ``abm.experiments.observation`` saw of firms and persons in the same scenario; without it those facts are left out.
    """
    tables = [(scenario_label(results), moments_table(results))]
    if twin is not None:
        tables.append((scenario_label(twin), moments_table(twin)))
    seen = None if observed is None else observed_table(observed)
    rows = []
    for fact in load_targets():
        if fact.measured == AGENTS:
            rows += [] if seen is None else [_row(fact, tables[0][0], seen)]
            continue
        for position, (scenario, moments) in enumerate(tables):
            if position == 0 or fact.of == "both":
                rows.append(_row(fact, scenario, moments))
    failed = sum(len(getattr(one, "failures", None) or {}) for one in (results, twin, observed) if one is not None)
    unseen = 0 if seen is not None else sum(fact.measured == AGENTS for fact in load_targets())
    return FactsTable(tuple(rows), len(tables[0][1]), failed, unseen)


@cache
def _targets() -> dict[str, Any]:
    from ruamel.yaml import YAML

    return dict(YAML(typ="safe", pure=True).load(TARGETS.read_text(encoding="utf-8")))


@cache
def load_targets() -> tuple[Fact, ...]:
    """The facts of targets.yaml in its order. Raises ValueError for an entry that does not make sense."""
    return tuple(_fact(name, entry) for name, entry in _targets()["facts"].items())


@cache
def expected_to_fail() -> dict[str, str]:
    """{fact: why the shipped model is known to fail it}. Raises ValueError for a name that is no fact."""
    known: dict[str, str] = dict(_targets().get("expected_to_fail") or {})
    unknown = set(known) - set(_targets()["facts"])
    if unknown:
        raise ValueError(f"{TARGETS.name}: expected_to_fail: unknown {sorted(unknown)}")
    return known


def _fact(name: str, entry: dict[str, Any]) -> Fact:
    computed = set(OBSERVED) if entry.get("measured") == AGENTS else set(MOMENTS)
    unknown = (set(entry) - KEYS) | (set(entry["moments"]) - computed) | (set(entry.get("band", {})) - set(LIMITS))
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
    return FactRow(fact, scenario, medians, share, verdict, fact.name in expected_to_fail())


def _verdict_shown(row: FactRow) -> str:
    return "FAIL" if row.verdict == "fail" and not row.expected else row.verdict


def _cells(row: FactRow, sources: list[str], main: str) -> list[str]:
    fact = row.fact
    number = f"[{sources.index(fact.source) + 1}]" if fact.source else ""
    record = fact.shown(fact.value) if fact.value is not None else ""
    if not fact.band:
        inside, verdict = "", ""
    elif row.verdict == "not measured":
        inside, verdict = "", row.verdict
    else:
        inside, verdict = f"{100 * row.share_inside:.0f} %", _verdict_shown(row)
    medians = ", ".join(fact.shown(median) for median in row.medians)
    if fact.shown_as == "per cent":
        medians = medians.replace(" %,", ",")
    label = fact.label if row.scenario == main else f"  the same, {within_sentence(row.scenario)}"
    return [label, medians, fact.band_shown(), inside, verdict, fact.origin, f"{record} {number}".strip()]
