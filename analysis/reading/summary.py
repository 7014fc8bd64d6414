"""The table that a run prints at its end: what becomes of the economy, and what difference the change makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from abm import said
from xinzhi.analysis.reading.as_read import change_in_table, display_as_read, range_as_read
from xinzhi.analysis.reading.changes import LIKELY, UNCLEAR, cell_text, level_text
from xinzhi.analysis.reading.closure_ranges import load_ranges, ranges_of
from xinzhi.analysis.reading.display import HEADLINE, display_of, headline_of
from xinzhi.analysis.reading.paired import Pair, reference_of
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import aligned, format_number, scenario_labels, within_sentence, wrapped

if TYPE_CHECKING:
    from abm import Display, Results
    from xinzhi.analysis.reading.closure_ranges import ClosureRange

__all__ = ["CAUTION", "HEADLINE", "YEARS", "shown_years", "summary_table"]

YEARS = (2030, 2035, 2050)
RANGE_LABEL = "    across assumptions"
ACROSS = "Across assumptions: range over the closures, assumptions that no data settle; more seeds do not narrow it"
CAUTION = said("China's AI adoption path is a scenario that builds on surveys of European firms, not a forecast.")


def shown_years(panels: Sequence[Panel], years: Sequence[int] | None = None, opening: bool = False) -> list[int]:
    """The years to show: those asked for, else 2030, 2035, 2050 and the last; with ``opening`` the first too.

    Years that some panel does not reach are left out.
    """
    last = min(panel.opening_year + panel.last for panel in panels)
    first = panels[0].opening_year
    wanted = {*(years or (*YEARS, last)), *([first] if opening else [])}
    return sorted(year for year in wanted if first <= year <= last)


def summary_table(
    results_list: Sequence[Results],
    years: Sequence[int] | None = None,
    computed: Mapping[tuple[str, int, str], ClosureRange] | None = None,
) -> str:
    """The headline variables in the years asked for (2030, 2035, 2050 and the last), as text for the terminal.

    A single scenario has the mean over the seeds with the 10th and the 90th percentile, and its opening year. Several
    have their means and the differences from the economy without AI (or from the first), paired seed by seed, with a
    90 % confidence interval of their mean, marked where it includes zero. Beside the baseline and what AI changes in
    it stands the shipped range across assumptions, if it is of the same workers and seeds. Behind a title stands
    whether the level is imposed, tuned or emergent. ``computed`` has ranges that were computed for this very
    difference.
    """
    panels = [Panel(results) for results in results_list]
    if not all(len(panel.years) for panel in panels):
        return "No whole year was simulated, so there is no table; the quarters are in series.csv."
    labels = scenario_labels(results_list)
    base = reference_of(results_list)
    pairs = {at: Pair(panel, panels[base]) for at, panel in enumerate(panels) if at != base}
    chosen = shown_years(panels, years, opening=not pairs)
    rows: list[list[str]] = [["", *map(str, chosen)]]
    for variable in headline_of(panels):
        if _tells(panels, variable):
            rows += _rows(panels, labels, base, pairs, variable, chosen, computed or {})
    return "\n".join([aligned(rows), "", *_notes(panels, labels, base, pairs, bool(computed), chosen)])


def _tells(panels: Sequence[Panel], variable: str) -> bool:
    """Whether a variable has values; a cost or a course that is nil everywhere says nothing."""
    there = [panel.values(variable) for panel in panels if panel.has(variable)]
    return bool(there) and (variable not in ("trainees", "policy_cost") or any(np.nanmax(np.abs(v)) > 0 for v in there))


def _rows(
    panels: Sequence[Panel], labels: Sequence[str], base: int, pairs: dict[int, Pair], variable: str,
    years: Sequence[int], computed: Mapping[tuple[str, int, str], ClosureRange],
) -> list[list[str]]:  # fmt: skip
    """The title of a variable, its levels, its differences and their ranges."""
    shown = display_of(next(panel for panel in panels if panel.has(variable)), variable)
    display = display_as_read(shown, variable, panels)
    rows = [[f"{display.title}, {display.unit}".rstrip(", ") + _origin(panels[0], variable)]]
    for panel, label in zip(panels, labels, strict=True):
        rows.append([f"  {label}", *(_level(panel, variable, display, year, bool(pairs)) for year in years)])
        if panel.name == "baseline" and not computed:
            rows += _range_rows(ranges_of(panel), variable, "level", display, years)
    for at, pair in pairs.items():
        label = "  Difference" if len(pairs) == 1 else f"  {labels[at]} less {within_sentence(labels[base])}"
        changes = [change_in_table(pair, variable, panels[base].column(year)) for year in years]
        if any(changes):
            rows.append([label, *map(cell_text, changes)])
        shipped = panels[at].name == "baseline" and pair.reference.name == "no_ai"
        ranges = computed or (ranges_of(panels[at]) if shipped else {})
        rows += _range_rows(ranges, variable, "effect", display, years)
    return rows


def _origin(panel: Panel, variable: str) -> str:
    """`` (imposed)``, as the run recorded it; nothing where it did not."""
    origin = (panel.provenance.get("origins") or {}).get(variable)
    return f" ({origin})" if origin else ""


def _range_rows(
    ranges: Mapping[tuple[str, int, str], ClosureRange], variable: str, measure: str, display: Display,
    years: Sequence[int],
) -> list[list[str]]:  # fmt: skip
    """The range across assumptions of a level or of a difference; no row where none is known."""
    found = [ranges.get((variable, year, measure)) for year in years]
    if not any(found):
        return []
    signed, decimals = measure == "effect", display.decimals + 1
    cells = [
        " to ".join(format_number(end, decimals, signed) for end in range_as_read(one, variable)) if one else ""
        for one in found
    ]
    return [[RANGE_LABEL, *cells]]


def _level(panel: Panel, variable: str, display: Display, year: int, compared: bool) -> str:
    """The mean over the seeds, with the decimals of a difference beside one, and the range of the seeds."""
    values = panel.values(variable)[:, panel.column(year)] * display.factor
    values = values[np.isfinite(values)]
    if not values.size:
        return ""
    return level_text(values, display, compared)


def _notes(
    panels: Sequence[Panel], labels: Sequence[str], base: int, pairs: dict[int, Pair], computed: bool,
    years: Sequence[int],
) -> list[str]:  # fmt: skip
    seeds = max(len(panel.seeds) for panel in panels)
    means = "Means of the four quarters of a calendar year; a debt or a fortune is that of the year's last quarter."
    notes = [wrapped(means, indent=2)]
    paired = [pair for pair in pairs.values() if pair.seeds]
    if not pairs:
        notes.append(
            f"Mean of {seeds} seeds [10th to 90th percentile]." if seeds > 1 else "One seed: no range is known."
        )
    elif seeds > 1:
        notes.append("Levels: mean of the seeds (10th to 90th percentile: the range of histories, not of the mean).")
    if paired:
        count = max(len(pair.seeds) for pair in paired)
        interval = "with its 90 % confidence interval" if count > 1 else "(one pair gives no interval)"
        what = f"{within_sentence(labels[next(iter(pairs))])} less {within_sentence(labels[base])}, "
        text = f"Difference: {what if len(pairs) == 1 else ''}mean over {count} paired seeds {interval}"
        likely = f"; {LIKELY}: it excludes zero, but may do so by chance" if _any_likely(paired, years) else ""
        text += f"; {UNCLEAR}: the interval includes zero{likely}. Rates differ in percentage points."
        notes.append(wrapped(text, 2))
    if len(paired) < len(pairs):
        notes.append("Scenarios without shared seeds, or with other numbers of workers, are not compared.")
    return [*notes, *_range_notes(panels, computed), *_origin_notes(panels), CAUTION]


def _any_likely(pairs: Sequence[Pair], years: Sequence[int]) -> bool:
    return any(pair.likely(year - pair.subject.opening_year) for pair in pairs for year in years)


def _range_notes(panels: Sequence[Panel], computed: bool) -> list[str]:
    """What the ranges are and which command made them; for other runs, how to have them computed."""
    if computed:
        return [wrapped(f"{ACROSS}.", indent=2)]
    if any(panel.name == "baseline" and ranges_of(panel) for panel in panels):
        _, stamp = load_ranges()
        return [wrapped(f"{ACROSS} ({stamp}).", indent=2)]
    return [
        "Jobs, inequality and the labour share depend on unsettled assumptions; `xinzhi compare --closures` shows how."
    ]


def _origin_notes(panels: Sequence[Panel]) -> list[str]:
    if not any(panel.provenance.get("origins") for panel in panels):
        return []
    return ["Imposed: the path without AI is an input. Tuned: parameters were chosen to match it. Emergent: neither."]
