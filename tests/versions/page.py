"""A comparison as a page of its own, and as a text for the terminal."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import jinja2

from versions.changes import CERTAIN, EQUAL, Change
from versions.compare import Comparison, Row
from versions.parting import BITS, DISCRETE, MORE, ROUNDING, TOLERANCES
from versions.plan import NEUTRAL
from versions.verdict import (
    change_text,
    errors_text,
    failure_text,
    null_text,
    onset_text,
    part_text,
    sentence,
    text_for_the_note,
)

__all__ = ["page", "summary"]

TEMPLATE = Path(__file__).with_name("page.html.j2")
MOST_ROWS, MOST_NUMBERS, MOST_OTHERS = 15, 8, 8


def page(comparison: Comparison) -> str:
    """The page as HTML that needs nothing else."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    changed = [row for row in comparison.rows if row.changes and row.changes.outcomes]
    return template.render(
        comparison=comparison, sentence=sentence(comparison), null=null_text(comparison),
        note=text_for_the_note(comparison), rows=[_cells(row) for row in comparison.rows],
        identical=sum(row.identical for row in comparison.rows), details=[_details(row) for row in changed],
        certain=f"{100 * CERTAIN:g}", equal=f"{EQUAL:g}", more=f"{TOLERANCES[MORE]:g}",
        expected=f"{CERTAIN * len(comparison.rows):.1g}",
    )  # fmt: skip


def _cells(row: Row) -> dict[str, Any]:
    change, parting = row.greatest, row.parting
    largest = _largest(row, 1)
    return {
        "title": row.run.title, "identical": row.identical and not row.failed, "failed": failure_text(row),
        "remark": _remark(row), "outcome": change.outcome if change else "", "part": _part(change),
        "errors": errors_text(change) if change else "", "apart": _apart(row), "largest": largest,
        "bits": onset_text(parting, BITS), "rounding": onset_text(parting, ROUNDING),
        "discrete": onset_text(parting, DISCRETE),
    }  # fmt: skip


def _remark(row: Row) -> str:
    if row.run.strength != NEUTRAL:
        return ""
    broken = [label for label, same in row.null.items() if not same]
    return f" (not the baseline of the {' and '.join(broken)})" if broken else ""


def _part(change: Change | None) -> str:
    return part_text(change.part, signed=True) if change else ""


def _apart(row: Row) -> str:
    if row.changes is None or math.isnan(row.changes.chance):
        return ""
    clearest = row.changes.clearest
    if clearest is None or not row.changes.distinguishable:
        return "no"
    return "yes" if clearest is row.greatest else f"yes, most clearly by {clearest.outcome} ({errors_text(clearest)})"


def _largest(row: Row, most: int) -> str:
    """The outcomes with the largest differences of any number."""
    numbers = sorted(row.changes.largest.items(), key=lambda item: -item[1]) if row.changes else []
    return "; ".join(f"{part_text(part)} ({name})" for name, part in numbers[:most])


def _details(row: Row) -> dict[str, Any]:
    """All headline outcomes of a run, and the others that changed most."""
    outcomes = row.changes.outcomes if row.changes else []
    headline = [change for change in outcomes if change.headline]
    others = sorted((one for one in outcomes if not one.headline and one.part), key=lambda one: -abs(one.part))
    shown = [
        {
            "outcome": one.outcome, "old": f"{one.old:.6g}", "new": f"{one.new:.6g}", "part": _part(one),
            "errors": errors_text(one),
        }
        for one in [*headline, *others[:MOST_OTHERS]]
    ]  # fmt: skip
    return {"title": row.run.title, "changes": shown, "numbers": _largest(row, MOST_NUMBERS)}


def summary(comparison: Comparison) -> str:
    """The text for the terminal, as Markdown: the sentence, the runs that changed most, and the text for the note."""
    differing = [row for row in comparison.rows if not row.identical]
    lines = [
        f"# Versions compared: {comparison.old.name} and {comparison.new.name}", "", sentence(comparison), "",
        f"{null_text(comparison)} Identical runs: {len(comparison.rows) - len(differing)} of {len(comparison.rows)}.",
    ]  # fmt: skip
    if differing:
        lines += [
            "",
            "| run | greatest change | distinguishable | first phase that parts |",
            "| --- | --- | --- | --- |",
        ]
        for row in differing[:MOST_ROWS]:
            what = failure_text(row) or change_text(row)
            apart = "yes" if row.changes and row.changes.distinguishable else _apart(row)
            lines.append(f"| {row.run.title} | {what} | {apart} | {onset_text(row.parting, BITS)} |")
        if len(differing) > MOST_ROWS:
            lines.append(f"| and {len(differing) - MOST_ROWS} more | | | |")
    lines += ["", *(f"* {note}" for note in comparison.notes)] if comparison.notes else []
    return "\n".join([*lines, "", "For the note on the change:", "", text_for_the_note(comparison)])
