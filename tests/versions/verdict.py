"""What a comparison comes to, in words: the sentence at the head of the page, and the text for a note on the change."""

from __future__ import annotations

import textwrap

from versions.changes import EQUAL, Change
from versions.compare import LABELS, Comparison, Row
from versions.parting import BITS, DISCRETE, Onset, Parting

__all__ = [
    "change_text",
    "errors_text",
    "null_text",
    "onset_text",
    "part_text",
    "sentence",
    "text_for_the_note",
    "where",
]

MOST_COLUMNS, MOST_CHANGES = 3, 5
WIDTH = 120
MANY_SEEDS = 32  # that say whether versions can be distinguished once a decision has differed
SELDOM = 1e-4  # change in per cent below which it is written as a power of ten


def sentence(comparison: Comparison) -> str:
    """One sentence: identical, equal but for rounding until a decision differs, or what changed most."""
    differing = [row for row in comparison.rows if not row.identical]
    failing = [row for row in differing if not row.same_results and row.failed]
    if not differing:
        state = ", and the state after every phase" if all(row.parting is not None for row in comparison.rows) else ""
        return f"Identical bit for bit: every number that is written{state}."
    if failing:
        return f"{_some(failing, comparison)} in one version; {failing[0].run.title} {failure_text(failing[0])}"
    if all(row.same_results for row in differing):
        return _state_only(differing, comparison)
    if all(map(_is_rounding, differing)):
        return _equal_but_for_rounding(differing, comparison)
    kind = "a headline outcome" if differing[0].greatest and differing[0].greatest.headline else "an outcome"
    return (
        f"{_some(differing, comparison)}. The largest change of {kind} is in {differing[0].run.title}: "
        f"{change_text(differing[0])}. {_distinguished(differing, comparison)}. {_first(differing)}"
    )


def _some(rows: list[Row], comparison: Comparison) -> str:
    what = "fail" if rows[0].failed else "differ"
    return f"{len(rows)} of {len(comparison.rows)} runs {what if len(rows) > 1 else what + 's'}"


def _state_only(rows: list[Row], comparison: Comparison) -> str:
    lasting = [row for row in rows if row.parting and row.parting.lasting]
    what = "the state differs" if lasting else "the state differs within a quarter and no longer at its end"
    return (
        f"Every number that is written is identical bit for bit, but {what}. {_some(rows, comparison)}. {_first(rows)}"
    )


def _is_rounding(row: Row) -> bool:
    """Whether state and results differ by rounding alone until a decision does, in every seed traced."""
    if row.changes is None or not row.partings:
        return False
    for seed, parting in row.partings.items():
        decision, written = parting.lasting.get(DISCRETE), row.changes.beyond.get(seed)
        if not parting.only_rounding or (written is not None and (decision is None or written < decision.quarter)):
            return False
    return True


def _equal_but_for_rounding(rows: list[Row], comparison: Comparison) -> str:
    decided = [(row.parting.lasting[DISCRETE], row) for row in rows if row.parting and DISCRETE in row.parting.lasting]
    if not decided:
        largest = max(max(row.changes.largest.values(), default=0.0) for row in rows if row.changes)
        return f"Every number that is written agrees to {EQUAL:g}; {_some(rows, comparison)}, by at most {largest:.1g}."
    onset, row = min(decided, key=lambda pair: pair[0].step)
    return (
        f"Every number that is written agrees to {EQUAL:g} until quarter {onset.quarter}, when the first discrete "
        f"decision differs ({row.run.title}: {where(onset)}). {_some(rows, comparison)}. "
        f"{_distinguished(rows, comparison)}."
    )


def _distinguished(rows: list[Row], comparison: Comparison) -> str:
    seeds = comparison.size.seeds
    if seeds < 2:
        return "With one seed nothing can be said about whether runs can be distinguished"
    apart = sum(bool(row.changes and row.changes.distinguishable) for row in rows)
    return f"{apart or 'None'} of {len(rows)} can be distinguished from the old version on {seeds} paired seeds"


def _first(rows: list[Row]) -> str:
    """The earliest point at which any of the runs parts."""
    onsets = [(onset, row) for row in rows if row.parting and (onset := _onset(row.parting)) is not None]
    if onsets:
        onset, row = min(onsets, key=lambda pair: pair[0].step)
        return f"The first to part is {row.run.title}, {where(onset)}."
    if any(row.parting is None for row in rows):
        return "Phases were not compared."
    return "The state is identical after every phase: only what is recorded of it differs."


def _onset(parting: Parting) -> Onset | None:
    return parting.lasting.get(BITS) or parting.passing.get(BITS)


def onset_text(parting: Parting | None, level: str) -> str:
    """Where a run parts at a level, for a cell; empty where it does not."""
    if parting is None:
        return "not compared"
    if level in parting.lasting:
        return where(parting.lasting[level])
    return f"({where(parting.passing[level])}; gone by the end of the quarter)" if level in parting.passing else ""


def where(onset: Onset) -> str:
    """The quarter, the phase and the columns."""
    seed = f" of seed {onset.seed}" if onset.seed > 1 else ""
    text = f"quarter {onset.quarter}{seed}, {onset.phase}: {_names(onset.columns)}"
    return text + (f" (handed on since {onset.before}: {_names(onset.handed_on)})" if onset.before else "")


def _names(columns: tuple[str, ...]) -> str:
    more = f" and {len(columns) - MOST_COLUMNS} more" if len(columns) > MOST_COLUMNS else ""
    return ", ".join(columns[:MOST_COLUMNS]) + more


def change_text(row: Row) -> str:
    """The greatest change of a run and the clearest: the outcome, per cent, paired standard errors."""
    change = row.greatest
    if change is None:
        largest = row.changes.largest if row.changes else {}
        name = max(largest, key=lambda one: largest[one], default="")
        return f"{name} by up to {part_text(largest[name])} in some quarter or group" if name else "no recorded outcome"
    clearest = row.changes.clearest if row.changes and row.changes.distinguishable else None
    text = _outcome_text(change)
    return text if clearest is None or clearest is change else f"{text}; most clearly {_outcome_text(clearest)}"


def _outcome_text(change: Change) -> str:
    return f"{change.outcome} by {part_text(change.part, signed=True)}{errors_text(change, ' ({} standard errors)')}"


def failure_text(row: Row) -> str:
    """In which versions the command fails and how, empty where it does not."""
    if row.same_results and row.failed:
        return f"fails in both versions: {row.failed[LABELS[1]]}"
    return "; ".join(f"fails in the {label}: {row.failed[label]}" for label in LABELS if label in row.failed)


def part_text(part: float, signed: bool = False) -> str:
    """A relative difference in per cent, 1e-13 % as well as 12 %."""
    if abs(part) == float("inf"):
        return "a value in one version only"
    percent, sign = 100 * part, "+" if signed else ""
    if percent and abs(percent) < SELDOM:
        return f"{percent:{sign}.1e} %"
    return f"{percent:{sign},.0f} %" if abs(percent) >= 1000 else f"{percent:{sign}.3g} %"


def errors_text(change: Change, form: str = "{}") -> str:
    """A difference in paired standard errors, empty where there is none."""
    if change.errors != change.errors:
        return ""
    return form.format("> 1000" if abs(change.errors) > 1000 else f"{change.errors:+.1f}")


def null_text(comparison: Comparison) -> str:
    """Whether neutral levers give the baseline."""
    broken = comparison.broken_nulls
    if not comparison.nulls:
        return "No lever was run."
    if not broken:
        return f"Null policies that give the baseline byte for byte in the new version: all {comparison.nulls}."
    names = ", ".join(row.run.name for row in broken)
    return (
        f"Null policies that do not give the baseline in the new version: {len(broken)} of {comparison.nulls}: {names}."
    )


def text_for_the_note(comparison: Comparison) -> str:
    """The text for CHANGELOG.md, ready to be pasted."""
    differing = [row for row in comparison.rows if not row.identical]
    written = [row for row in differing if not row.same_results]
    size = comparison.size
    runs = f"{len(comparison.rows)} runs of {size.workers:,} workers over {size.quarters} quarters"
    against = f"Compared with {comparison.old.name}: {runs}, {size.seeds} paired seeds."
    if not written:
        return _filled(f"Results change: no. {sentence(comparison)} {against}")
    apart = [row for row in written if row.changes and row.changes.distinguishable]
    rounding = not any(row.failed for row in written) and all(map(_is_rounding, written))
    if rounding and not _decided(written):
        return _filled(f"Results change: no, but for rounding. {sentence(comparison)} {against}")
    if rounding and not apart:
        known = "no, but for rounding" if size.seeds >= MANY_SEEDS else f"not known yet, run it with SEEDS={MANY_SEEDS}"
        return _filled(f"Results change: {known}. {sentence(comparison)} {against}")
    lines = [f"{row.run.title}: {failure_text(row) or change_text(row)}" for row in written[:MOST_CHANGES]]
    rest = [f"and {len(written) - MOST_CHANGES} more runs"] if len(written) > MOST_CHANGES else []
    result = f"{_distinguished(written, comparison)}. {_first(differing)}"
    head = f"Results change: yes. {_some(written, comparison)}. {result} {against} Most changed:"
    return "\n".join([_filled(head), *(_filled(line, "* ") for line in [*lines, *rest])])


def _decided(rows: list[Row]) -> bool:
    return any(row.parting is not None and DISCRETE in row.parting.lasting for row in rows)


def _filled(text: str, bullet: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet), break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip
