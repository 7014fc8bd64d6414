"""What all figures share: the scenarios with their colours, the line panel with its band, and the footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.figures.style import (
    SCENARIO_COLOURS,
    SIZE_COLOURS,
    LineEnd,
    dress,
    label_ends,
    limits_beside,
    numbers_beside,
    years_below,
)
from xinzhi.analysis.reading.display import axis_display, display_of
from xinzhi.analysis.reading.paired import Pair, reference_of
from xinzhi.analysis.reading.panel import Panel, quantiles
from xinzhi.analysis.reading.summary import CAUTION, difference_text
from xinzhi.analysis.reading.text import format_number, quarter_label, scenario_labels, within_sentence, year_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from abm import Display, Results
    from abm.arrays import FloatArray, IntArray

__all__ = ["Drawing", "Line", "adoption_by_size", "draw_lines", "scenario_panel"]

FEW_QUARTERS = 8  # up to this, each quarter is marked
INCHES_PER_LETTER, LETTERS_OF_NUMBER = 0.08, 6


@dataclass(frozen=True)
class Line:
    """One line with its band: values (seeds, quarters + 1) in shown units."""

    label: str
    colour: str
    years: FloatArray | IntArray
    values: FloatArray


class Drawing:
    """The scenarios of one set of figures.

    panels, labels, colours  one for each Results, in their order
    pair                     subject and reference where exactly two share seeds, else None
    """

    def __init__(self, results_list: Sequence[Results]):
        self.panels = [Panel(results) for results in results_list]
        self.labels = scenario_labels(results_list)
        # The economy without AI looks alike in every figure, alone or beside others.
        free = [colour for colour in SCENARIO_COLOURS if colour != SCENARIO_COLOURS[1]] or list(SCENARIO_COLOURS)
        if len(results_list) > 1 and "no_ai" not in [panel.name for panel in self.panels]:
            free = list(SCENARIO_COLOURS)
        supply = iter(free * len(results_list))
        self.colours = [SCENARIO_COLOURS[1] if panel.name == "no_ai" else next(supply) for panel in self.panels]
        self.pair: Pair | None = None
        if len(results_list) == 2:
            base = reference_of(results_list)
            pair = Pair(self.panels[1 - base], self.panels[base])
            self.pair = pair if pair.seeds else None
            self.subject_label, self.reference_label = self.labels[1 - base], self.labels[base]

    def has(self, variable: str) -> bool:
        """Whether any scenario has a value of the variable."""
        return any(panel.has(variable) for panel in self.panels)

    @property
    def span(self) -> str:
        """The years that the figures cover."""
        last = max(panel.last for panel in self.panels)
        label = quarter_label if last % 4 else year_label
        first = self.panels[0].opening_year
        return f"{label(0, first)} to {label(last, first)}"

    def title(self, subject: str) -> str:
        """A figure's title: the subject, the scenarios, the years."""
        if set(self.labels) == {"With AI", "Without AI"}:
            return f"{subject}, with and without artificial intelligence, {self.span}"
        return f"{subject}: {', '.join(self.labels) if len(self.labels) < 4 else 'scenarios compared'}, {self.span}"

    def note(self, variable: str, display: Display) -> str:
        """The paired difference in the last quarter in a few words; empty where there is no pair."""
        if self.pair is None or self.pair.last == 0:
            return ""
        difference = self.pair.difference(variable, self.pair.last)
        if difference is None:
            return ""
        if difference.same or not (difference.clear or difference.pairs == 1):
            text = "no difference" if difference.same else "no clear difference"
        else:
            text = difference_text(difference, display) + (" points" if display.factor == 100.0 else "")
        return f"Difference in {year_label(self.pair.last, self.pair.subject.opening_year)}: {text}"

    def footer(self, reading: str = "", compared: bool = True) -> list[str]:
        """What was run, how to read the marks, what a difference is if any is shown, and what all this is not.

        ``reading`` says how to read the marks of a figure with several seeds, if they are not lines and bands.
        """
        runs = []
        for panel, label in zip(self.panels, self.labels, strict=True):
            overrides = (panel.provenance.get("scenario") or {}).get("overrides") or {}
            changed = f" with {', '.join(f'{key}={value}' for key, value in overrides.items())}" if overrides else ""
            runs.append(f"{label} ({panel.name}{changed}), {seeds_text(panel.seeds)}{workers_text(panel)}")
        words = "One seed, so no spread is shown."
        if max(len(panel.seeds) for panel in self.panels) > 1:
            words = reading or "Line: median of the seeds; band: 10th to 90th percentile."
        if compared and self.pair is not None:
            words += f" Difference: {self.effect}, mean over pairs with the same seed"
            words += ", its 90 % confidence interval in brackets." if len(self.pair.seeds) > 1 else "."
        return [f"Scenarios: {'; '.join(runs)}.", words, CAUTION]

    @property
    def effect(self) -> str:
        """What the difference of two scenarios is, in words."""
        return f"{within_sentence(self.subject_label)} less {within_sentence(self.reference_label)}"

    @property
    def room(self) -> float:
        """Inches that the names at the ends of the lines need."""
        return INCHES_PER_LETTER * (max(len(label) for label in (*self.labels, "Without AI")) + LETTERS_OF_NUMBER)


def manner(label: str) -> str:
    """Where or how something holds: ``with AI``, else ``in Carbon price``."""
    words = within_sentence(label)
    return words if words.startswith(("with ", "without ")) else f"in {label}"


def seeds_text(seeds: Sequence[int]) -> str:
    """``8 seeds (1 to 8)``."""
    if len(seeds) == 1:
        return f"seed {seeds[0]}"
    consecutive = len(seeds) == seeds[-1] - seeds[0] + 1
    return f"{len(seeds)} seeds ({seeds[0]} to {seeds[-1]}{'' if consecutive else ', with gaps'})"


def workers_text(panel: Panel) -> str:
    """``, 10,000 workers``, or nothing where that is not recorded."""
    workers = panel.provenance.get("workers")
    return f", {workers:,} workers" if isinstance(workers, int) else ""


def scenario_panel(axes: Axes, drawing: Drawing, variable: str, title: str = "", note: bool = True) -> None:
    """One variable of every scenario that has it, each with its band."""
    there = [at for at, panel in enumerate(drawing.panels) if panel.has(variable)]
    # Where one scenario has AI and another none at all, a line along zero says nothing.
    telling = [at for at in there if np.nanmax(np.abs(drawing.panels[at].values(variable))) > 0.0] or there
    display = display_of(drawing.panels[there[0]], variable)
    lines = []
    for at in telling:
        panel = drawing.panels[at]
        values = panel.values(variable) * display.factor
        lines.append(Line(drawing.labels[at], drawing.colours[at], panel.years, values))
    compared = note and len(telling) == len(drawing.panels)
    dress(axes, title or display.title, display.unit, drawing.note(variable, display) if compared else "")
    draw_lines(axes, lines, display)


def adoption_by_size(axes: Axes, drawing: Drawing, at: int) -> None:
    """Adoption of AI among small, medium and large firms of one scenario, and among all."""
    panel = drawing.panels[at]
    lines = []
    for size, label in (("small", "Small"), ("medium", "Medium"), ("large", "Large"), ("all", "All firms")):
        variable = "ai_adoption_share" if size == "all" else f"ai_adoption_share_{size}"
        if panel.has(variable):
            lines.append(Line(label, SIZE_COLOURS[size], panel.years, 100 * panel.values(variable)))
    scenario = f", {manner(drawing.labels[at])}" if len(drawing.panels) > 1 else ""
    unit = f"per cent of firms with 10-49, 50-249, 250+ persons{scenario}"
    dress(axes, "Firms that use AI, by size", unit)
    draw_lines(axes, lines, axis_display(0, span=100.0, factor=100.0, from_zero=True))


def draw_lines(axes: Axes, lines: Sequence[Line], display: Display, signed: bool = False) -> None:
    """Lines and bands with the axes that suit them, and name and last value at each line's end.

    A line is the median over the seeds; with ``signed``, for differences, it is the mean, and zero stays in sight.
    """
    ends, lows, highs = [], [], []
    for line in lines:
        low, middle, high = quantiles(line.values)
        if signed:
            middle = np.where(np.isfinite(line.values).all(axis=0), line.values.mean(axis=0), np.nan)
        marker = "o" if len(line.years) <= FEW_QUARTERS else None
        if len(line.values) > 1:
            axes.fill_between(line.years, low, high, color=line.colour, alpha=0.2, linewidth=0)
        axes.plot(line.years, middle, color=line.colour, linewidth=1.8, marker=marker, markersize=3)
        defined = middle[np.isfinite(middle)]
        number = format_number(defined[-1], display.decimals, signed)
        ends.append(LineEnd(defined[-1], f"{line.label} {number}".lstrip(), line.colour))
        lows.append(np.nanmin(low))
        highs.append(np.nanmax(high))
    if signed:
        lows, highs = [*lows, 0.0], [*highs, 0.0]
    limits_beside(axes, min(lows), max(highs), display.from_zero, display.span)
    if axes.get_ylim()[0] < 0.0 < axes.get_ylim()[1]:
        axes.axhline(0.0, color="#999999", linewidth=0.8)
    years_below(axes, max((line.years for line in lines), key=len))
    numbers_beside(axes, display.decimals, signed)
    label_ends(axes, ends)
