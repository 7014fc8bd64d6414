"""The table in words for the terminal, and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.evidence.numbers import CANNOT_SAY, HIT, MISS, evidence_table
from xinzhi.analysis.evidence.reported import reported_lines
from xinzhi.analysis.reading.text import format_number, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import Evidence

__all__ = ["counted_hits", "headline_of_hits", "evidence_page", "evidence_text", "model_value", "range_of_hits"]

HEADINGS = {MISS: "MISSES", HIT: "HITS", CANNOT_SAY: "THE MODEL CANNOT SAY"}
REPORTED_HEADING = "MEASURED, WITHOUT A FIGURE ON RECORD"
IMPOSED = {"yes": "imposed", "form": "in view", "no": ""}
SHORT = {"ratio": "", "per cent": " %", "percentage points": " points"}  # of units, in tables
HOW_TO_READ = (
    "A value is a hit where the mean over the seeds lies in the range: the published one, or one chosen here where "
    "none is published (marked ~). In brackets stands the 90 % confidence interval of the mean. Figures that are "
    "imposed say nothing for the model; figures in view were known when a form of the model was chosen. Figures of "
    "other countries are compared with the model's China."
)


def evidence_text(evidence: Evidence) -> str:
    """All of it as it is printed."""
    table = evidence_table(evidence)
    lines = [f"  {line}" for line in reported_lines(evidence)]
    reported = [f"\n{REPORTED_HEADING}", *lines] if lines else []
    parts = [_head(evidence), *_sections(table), *reported, "", wrapped(HOW_TO_READ, indent=0), counted_hits(table)]
    return "\n".join(parts)


def evidence_page(evidence: Evidence) -> str:
    """The table as a Markdown page."""
    table = evidence_table(evidence)
    lines = [_head(evidence).replace("\n", " "), "", counted_hits(table), ""]
    lines += ["| figure | published | model | verdict | imposed | source |", "| --- | --- | --- | --- | --- | --- |"]
    for one in table.itertuples():
        shown = "" if one.verdict == CANNOT_SAY else model_value(one)
        verdict = f"{one.verdict}: {_why(one)}" if one.verdict == CANNOT_SAY else one.verdict
        figure = f"{one.figure} ({one.period})" if one.period else one.figure
        cells = (figure, range_of_hits(one), shown, verdict, one.imposed, f"{one.source} ({one.status})")
        lines.append(f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |")
    reported = [f"* {line}" for line in reported_lines(evidence)]
    if reported:
        lines += ["", f"{REPORTED_HEADING.capitalize()}:", "", *reported]
    return "\n".join([*lines, "", HOW_TO_READ])


def counted_hits(table: pd.DataFrame) -> str:
    """``Of 30 figures that are not imposed the model hits 9 and misses 21; of 12 that are ...``."""
    said = table[table["verdict"] != CANNOT_SAY]
    parts = []
    for imposed, words in (
        ("no", "that are not imposed"), ("form", "in view of which a form was chosen"), ("yes", "that are imposed"),
    ):  # fmt: skip
        found = said[said["imposed"] == imposed]
        if len(found):
            hits, figures = int((found["verdict"] == HIT).sum()), "figures" if len(found) > 1 else "figure"
            parts.append(f"of {len(found)} {figures} {words} the model hits {hits} and misses {len(found) - hits}")
    parts.append(f"it says nothing on {len(table) - len(said)} of all {len(table)}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def headline_of_hits(table: pd.DataFrame) -> str:
    """The first part of it: ``Of 30 figures that are not imposed the model hits 9 and misses 21``."""
    return counted_hits(table).split(";")[0].rstrip(".")


def range_of_hits(one: Any) -> str:
    """``2.8 (~ 2.1 to 3.5) %``: what is published, and the range that counts as a hit."""
    unit = SHORT.get(one.unit, f" {one.unit}")
    if not np.isfinite(one.range_low):
        return f"{_number(one.published)}{unit}"
    mark = "~ " if one.range_is == "chosen here" else ""
    return f"{_number(one.published)} ({mark}{_number(one.range_low)} to {_number(one.range_high)}){unit}"


def model_value(one: Any) -> str:
    """``1.0 [0.8 to 1.1]``."""
    interval = f" [{_number(one.model_low)} to {_number(one.model_high)}]" if np.isfinite(one.model_low) else ""
    return f"{_number(one.model)}{interval}"


def _why(one: Any) -> str:
    return "; ".join(filter(None, (one.note, one.beside)))


def _number(value: float) -> str:
    return format_number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)


def _head(evidence: Evidence) -> str:
    pairs = len(evidence.seeds)
    many = f"{pairs} pairs of runs" if pairs > 1 else "One pair of runs, which has no interval,"
    return wrapped(
        f"Published figures on AI beside the economy {evidence.scenario.name}. {many} with the same random draws, with "
        f"AI and without it, {evidence.workers:,} simulated adults, to {evidence.until}.",
        indent=0,
    )


def _sections(table: pd.DataFrame) -> Iterator[str]:
    from abm import aligned

    for verdict, heading in HEADINGS.items():
        rows = table[table["verdict"] == verdict]
        if rows.empty:
            continue
        yield f"\n{heading}"
        if verdict == CANNOT_SAY:
            for one in rows.itertuples():
                yield wrapped(f"{one.figure}, {one.period}: {range_of_hits(one)}; {_why(one)}.", indent=2)
            continue
        cells = [["  figure", "published", "model", "", ""]]
        for one in rows.itertuples():
            near = "interval reaches it" if verdict == MISS and one.interval_reaches == "yes" else ""
            figure = f"  {one.figure}{f', {one.period}' if one.period else ''}"
            cells.append([figure, range_of_hits(one), model_value(one), IMPOSED[one.imposed], near])
        yield aligned(cells)
