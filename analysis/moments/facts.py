"""The stylised facts: each moment of an ensemble against its band in ``targets.yaml``, pass or fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.moments.observed import observed_table
from xinzhi.analysis.moments.table import moments_table
from xinzhi.analysis.moments.targets import AGENTS, Fact, expected_to_fail, load_targets
from xinzhi.analysis.reading.text import aligned, scenario_label, within_sentence, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from abm import Results
    from xinzhi.analysis.moments.observed import AgentsSeen

__all__ = ["FactRow", "FactsTable", "facts_table"]

ORIGINS = {  # what the table calls each, in its order
    "emergent": "Emergent: no parameter was chosen for it",
    "tuned": "Tuned: parameters were chosen to reach it",
    "imposed": "Imposed: an input, no success",
    "identity": "Identities, which must hold",
}
COUNTED = ("emergent", "tuned")
EDGE = 0.11  # of the seeds, two in twenty: by so much a share changes with any change of the model


@dataclass(frozen=True)
class FactRow:
    """A fact as one scenario shows it.

    medians       one for each of the fact's moments, over the seeds that have a value
    share_inside  share of all seeds whose moments lie within the band
    verdict       "pass", "fail", "not measured" (no seed has a value) or "reported" (no band is asked)
    middle        whether the medians lie within the band
    expected      whether it is on the list of facts that are known to fail
    """

    fact: Fact
    scenario: str
    medians: tuple[float, ...]
    share_inside: float
    verdict: str
    middle: bool = False
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
        """Facts that newly fail, by more than seeds at the edge, and facts known to fail that pass in every seed."""
        found = []
        for row in self.rows:
            newly_passes = row.expected and row.share_inside == 1.0
            newly_fails = not row.expected and row.share_inside < row.fact.seeds - EDGE * (row.fact.seeds < 1.0)
            if row.fact.band and (newly_passes or newly_fails):
                found.append(row.fact.name)
        return tuple(dict.fromkeys(found))

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
        each = ", ".join("{} {} of {}".format(origin, *self.passes(origin)) for origin in ORIGINS)
        near = [row.middle for row in self.rows if row.fact.band and row.fact.origin in COUNTED]
        lines = [f"{count}.", f"{counted}: {each}.", f"The median seed lies in the band of {sum(near)} of {len(near)}."]
        if self.unseen:
            lines.append(f"{self.unseen} facts of firms and persons are left out: nobody looked at them in a run.")
        return lines

    def __str__(self) -> str:
        return self.text


RULE = (
    "Inside: share of seeds within the band; a fact passes from 95 % on, the books and missing values only at 100 %.\n"
    "FAIL: not on the list of facts that are known to fail (expected_to_fail in targets.yaml), fail: on it.\n"
    "Origin: imposed (an input), tuned (parameters chosen to match it), emergent (neither), identity (must hold)."
)


def facts_table(
    results: Results, twin: Results | None = None, observed: AgentsSeen | None = None, economy: str = ""
) -> FactsTable:
    """Hold a run, and its twin without artificial intelligence if given, against every fact of targets.yaml.

    ``results`` and ``twin`` are Results. Facts marked ``of: both`` have a row for each of the two. ``observed`` is what
    ``abm.experiments.observation`` saw of firms and persons in the same scenario; without it those facts are left out.
    ``economy`` is the one whose facts these are, by the name in its manifest; without it they are those of China.
    """
    tables = [(scenario_label(results), moments_table(results))]
    if twin is not None:
        tables.append((scenario_label(twin), moments_table(twin)))
    seen = None if observed is None else observed_table(observed)
    named = (economy,) if economy else ()
    facts, failing = load_targets(*named), expected_to_fail(*named)
    rows = []
    for fact in facts:
        if fact.measured == AGENTS:
            rows += [] if seen is None else [_row(fact, tables[0][0], seen, failing)]
            continue
        for position, (scenario, moments) in enumerate(tables):
            if position == 0 or fact.of == "both":
                rows.append(_row(fact, scenario, moments, failing))
    failed = sum(len(getattr(one, "failures", None) or {}) for one in (results, twin, observed) if one is not None)
    unseen = 0 if seen is not None else sum(fact.measured == AGENTS for fact in facts)
    return FactsTable(tuple(rows), len(tables[0][1]), failed, unseen)


def _row(fact: Fact, scenario: str, table: pd.DataFrame, failing: Mapping[str, str]) -> FactRow:
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
    middle = bool(fact.inside(np.array([medians]))[0])
    return FactRow(fact, scenario, medians, share, verdict, middle, fact.name in failing)


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
