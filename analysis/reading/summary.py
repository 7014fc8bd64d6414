"""The table that a run prints at its end: what becomes of the economy, and what difference the change makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xinzhi.analysis.reading.closure_ranges import load_ranges
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Difference, Pair, reference_of
from xinzhi.analysis.reading.panel import Panel, quantiles
from xinzhi.analysis.reading.text import aligned, format_number, scenario_labels, within_sentence, wrapped, year_label

if TYPE_CHECKING:
    from abm import Display, Results

__all__ = ["CAUTION", "HEADLINE", "as_shipped", "summary_table"]

HEADLINE = (
    "real_gdp",
    "unemployment_rate",
    "real_wage_mean",
    "gini_disposable_income",
    "labour_share",
    "co2_emissions",
    "electricity_use",
    "ai_adoption_share",
    "public_debt_ratio",
)
MILESTONES = (0, 20, 44, 104)  # the first quarters of 2024, 2029, 2035 and 2050
RANGE_LABEL = "    over the closures"
CAUTION = "China's AI adoption path is a scenario between the EU and US curves, not a forecast."


def summary_table(results_list: Sequence[Results]) -> str:
    """The headline variables at 2024, 2029, 2035, 2050 and the end of the run, as text for the terminal.

    Each scenario has its median over the seeds with the 10th and the 90th percentile. With several Results the
    differences from the economy without AI (or from the first) follow, paired seed by seed, with a 90 % confidence
    interval of their mean, and in words where that includes zero. Beside the baseline and what AI changes in it
    stands the shipped range over the closures, where there is one. Behind a title stands whether the level is
    imposed, tuned or emergent. Takes Results of whatever length.
    """
    panels = [Panel(results) for results in results_list]
    labels = scenario_labels(results_list)
    base = reference_of(results_list)
    pairs = {at: Pair(panel, panels[base]) for at, panel in enumerate(panels) if at != base}
    last = max(panel.last for panel in panels)
    quarters = sorted({quarter for quarter in MILESTONES if quarter <= last} | {last})
    rows: list[list[str]] = [["", *(year_label(quarter, panels[0].opening_year) for quarter in quarters)]]
    for variable in HEADLINE:
        shown = [panel for panel in panels if panel.has(variable)]
        if not shown:
            continue
        display = display_of(shown[0], variable)
        rows += [[f"{display.title}, {display.unit}".rstrip(", ") + _origin(shown[0], variable)]]
        for panel, label in zip(panels, labels, strict=True):
            rows.append([f"  {label}", *(_level(panel, variable, display, quarter) for quarter in quarters)])
            rows += _range_rows(panel, variable, "level", display, quarters)
        for at, pair in pairs.items():
            label = "  Difference" if len(pairs) == 1 else f"  {labels[at]} less {within_sentence(labels[base])}"
            rows += _difference_rows(pair, variable, display, quarters, label)
            if pair.reference.name == "no_ai" and as_shipped(pair.reference):
                rows += _range_rows(pair.subject, variable, "effect", display, quarters)
    return "\n".join([aligned(rows), "", *_notes(panels, labels, base, pairs)])


def _origin(panel: Panel, variable: str) -> str:
    """`` (imposed)``, as the run recorded it; nothing where it did not."""
    origin = (panel.provenance.get("origins") or {}).get(variable)
    return f" ({origin})" if origin else ""


def as_shipped(panel: Panel) -> bool:
    """Whether a run is known to be a shipped scenario with nothing set beside it, as in the grid of the closures."""
    scenario = panel.provenance.get("scenario") or {}
    return scenario.get("reference") == panel.name and not scenario.get("overrides")


def _range_rows(
    panel: Panel, variable: str, measure: str, display: Display, quarters: Sequence[int]
) -> list[list[str]]:
    """The shipped range over the closures of the baseline, or of what AI changes in it."""
    if panel.name != "baseline" or not as_shipped(panel):
        return []
    ranges, _ = load_ranges()
    found = [ranges.get((variable, quarter, measure)) for quarter in quarters]
    if not any(found):
        return []
    signed, decimals = measure == "effect", display.decimals + (measure == "effect")
    cells = [
        " to ".join(format_number(display.factor * end, decimals, signed) for end in (one.lowest, one.highest))
        if one
        else ""
        for one in found
    ]
    return [[RANGE_LABEL, *cells]]


def _level(panel: Panel, variable: str, display: Display, quarter: int) -> str:
    if quarter > panel.last:
        return ""
    low, middle, high = quantiles(panel.values(variable)[:, quarter]) * display.factor
    lowest, text, highest = (format_number(value, display.decimals) for value in (low, middle, high))
    return text if lowest == highest else f"{text} [{lowest} to {highest}]"


def _difference_rows(
    pair: Pair, variable: str, display: Display, quarters: Sequence[int], label: str
) -> list[list[str]]:
    """The differences, and under them in words where nothing clear can be said."""
    differences = [pair.difference(variable, quarter) for quarter in quarters]
    if all(difference is None for difference in differences):
        return []
    numbers = [difference_text(difference, display) for difference in differences]
    words = [_in_words(difference) for difference in differences]
    rows = [[label, *numbers]]
    return [*rows, ["", *words]] if any(words) else rows


def difference_text(difference: Difference | None, display: Display) -> str:
    """A difference in shown units (percentage points for shares) with its interval."""
    if difference is None:
        return ""
    if difference.same:
        return "the same"
    # One place more than the level has, unless the difference is large beside the last place of the level.
    large = abs(difference.mean * display.factor) >= 100 / 10**display.decimals
    decimals = display.decimals if large else display.decimals + 1

    def number(value: float) -> str:
        return format_number(value * display.factor, decimals, signed=True)

    if difference.pairs == 1:
        return number(difference.mean)
    return f"{number(difference.mean)} [{number(difference.low)} to {number(difference.high)}]"


def _in_words(difference: Difference | None) -> str:
    if difference is None or difference.same or difference.pairs == 1 or difference.clear:
        return ""
    return "no clear difference"


def _notes(panels: Sequence[Panel], labels: Sequence[str], base: int, pairs: dict[int, Pair]) -> list[str]:
    seeds = max(len(panel.seeds) for panel in panels)
    notes = [f"Median of {seeds} seeds [10th to 90th percentile]." if seeds > 1 else "One seed: no spread is known."]
    paired = [pair for pair in pairs.values() if pair.seeds]
    if paired:
        count = max(len(pair.seeds) for pair in paired)
        interval = "with a 90 % confidence interval" if count > 1 else "(one pair gives no interval)"
        what = (
            f"{within_sentence(labels[next(iter(pairs))])} less {within_sentence(labels[base])}, "
            if len(pairs) == 1
            else ""
        )
        notes.append(f"Difference: {what}mean over {count} paired seeds {interval}; rates in percentage points.")
    if len(paired) < len(pairs):
        notes.append("Scenarios without shared seeds, or with other numbers of workers, are not compared.")
    return [*notes, *_closure_notes(panels), *_origin_notes(panels), CAUTION]


def _closure_notes(panels: Sequence[Panel]) -> list[str]:
    """What the ranges are and which command made them; for other scenarios, that none is known."""
    ranges, stamp = load_ranges()
    if not ranges:
        return []
    if any(panel.name == "baseline" and as_shipped(panel) for panel in panels):
        what = "Over the closures: range across unresolved assumptions, which more seeds do not narrow"
        return [wrapped(f"{what} ({stamp}).", indent=2)]
    text = "Jobs, inequality and the labour share depend on unresolved assumptions; see `xinzhi closures`."
    return [text]


def _origin_notes(panels: Sequence[Panel]) -> list[str]:
    if not any(panel.provenance.get("origins") for panel in panels):
        return []
    return ["Imposed: the path without AI is an input. Tuned: parameters were chosen to match it. Emergent: neither."]
