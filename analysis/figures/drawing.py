"""What all figures share: the scenarios with their colours, the line panel with its band, and the footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from abm import ENGLISH, joined, said, translated
from xinzhi.analysis.figures.letters import width_of
from xinzhi.analysis.figures.messages import course_message, pair_message, several_message
from xinzhi.analysis.figures.style import (
    SCENARIO_COLOURS,
    SIZE_COLOURS,
    LineEnd,
    dress,
    label_ends,
    language_of,
    limits_beside,
    mark_cut_axis,
    numbers_beside,
    years_below,
)
from xinzhi.analysis.figures.wording import less_text, manner, runs_text
from xinzhi.analysis.reading.changes import cell_text, change_in_levels
from xinzhi.analysis.reading.display import axis_display, display_of
from xinzhi.analysis.reading.paired import Pair, interval_of, reference_of
from xinzhi.analysis.reading.panel import Panel, quantiles
from xinzhi.analysis.reading.quantities import display_in, years_text
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, scenario_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from abm import Display, Results
    from abm.arrays import FloatArray, IntArray

__all__ = ["Drawing", "Line", "adoption_by_size", "draw_lines", "scenario_panel", "tells"]

LEAST_DEFINED = 0.8  # of the years of a line
SIZE_NAMES = {"small": said("Small"), "medium": said("Medium"), "large": said("Large"), "all": said("All firms")}
PERSONS = {"Small": said("small 10-49"), "Medium": said("medium 50-249"), "Large": said("large 250+")}
FEW_YEARS = 4  # up to this, each year is marked
INCHES_PER_LETTER, LETTERS_OF_NUMBER = 0.08, 6


@dataclass(frozen=True)
class Line:
    """One line with its band: values (seeds, years) in shown units."""

    label: str
    colour: str
    years: IntArray
    values: FloatArray


class Drawing:
    """The scenarios of one set of figures.

    panels, labels, colours  one for each Results, in their order
    base                     the place of the reference
    pairs                    {place: Pair with the reference} of those that share seeds with it
    pair                     subject and reference where exactly two share seeds, else None
    language                 in which figures are drawn
    """

    language: str = ENGLISH

    def __init__(self, results_list: Sequence[Results]):
        self.panels = [Panel(results) for results in results_list]
        self.labels = scenario_labels(results_list)
        # The economy without AI looks alike in every figure, alone or beside others.
        free = [colour for colour in SCENARIO_COLOURS if colour != SCENARIO_COLOURS[1]] or list(SCENARIO_COLOURS)
        if len(results_list) > 1 and "no_ai" not in [panel.name for panel in self.panels]:
            free = list(SCENARIO_COLOURS)
        supply = iter(free * len(results_list))
        self.colours = [SCENARIO_COLOURS[1] if panel.name == "no_ai" else next(supply) for panel in self.panels]
        self.base = reference_of(results_list)
        every = {at: Pair(panel, self.panels[self.base]) for at, panel in enumerate(self.panels) if at != self.base}
        self.pairs = {at: pair for at, pair in every.items() if pair.seeds}
        self.pair: Pair | None = None
        if len(results_list) == 2:
            self.pair = next(iter(self.pairs.values()), None)
            self.subject_label, self.reference_label = self.labels[1 - self.base], self.labels[self.base]

    def has(self, variable: str) -> bool:
        """Whether any scenario has a value of the variable."""
        return any(panel.has(variable) for panel in self.panels)

    @property
    def span(self) -> str:
        """The years that the figures cover."""
        first, last = self.panels[0].opening_year, max(panel.opening_year + panel.last for panel in self.panels)
        return years_text(first, last)

    def title(self, subject: str) -> str:
        """A title for what has no message: the subject, the scenarios, the years."""
        if set(self.labels) == {"With AI", "Without AI"}:
            return said(
                "{subject}, with and without artificial intelligence, {years}", subject=subject, years=self.span
            )
        scenarios = joined(self.labels, ",") if len(self.labels) < 4 else said("scenarios compared")
        return said("{subject}: {scenarios}, {years}", subject=subject, scenarios=scenarios, years=self.span)

    def message(self, variables: Sequence[str]) -> str:
        """What these variables say in one line; empty where they say nothing yet or the runs cannot be paired."""
        last = min(panel.last for panel in self.panels)
        if last < 1 or (len(self.panels) > 1 and not self.pairs):
            return ""
        if len(self.panels) == 1:
            return course_message(self.panels[0], variables)
        if len(self.pairs) > 1:
            return several_message(self.labels, self.base, self.pairs, variables, last)
        at, pair = next(iter(self.pairs.items()))
        return pair_message(self.labels[at], pair, variables, last) or course_message(self.panels[at], variables)

    def note(self, variable: str) -> str:
        """The paired difference in the last year in a few words; empty where there is no pair."""
        if self.pair is None or self.pair.last < 1:
            return ""
        change = change_in_levels(self.pair, variable, self.pair.last)
        if change is None:
            return ""
        found, text = change.difference, ""
        if found.same or not (found.clear or found.pairs == 1):
            text = said("no difference") if found.same else said("no clear difference")
        else:
            text = cell_text(change, with_unit="point" in change.unit)
        return said("Difference in {year}: {change}", year=self.pair.subject.opening_year + self.pair.last, change=text)

    def footer(self, reading: str = "") -> list[str]:
        """What was run, how to read the marks, and what all this is not.

        ``reading`` says how to read the marks of a figure, if they are not the lines and bands of a single scenario.
        """
        words = [runs_text(self.panels), *([reading] if reading else self._reading())]
        return [joined(words, " "), CAUTION]

    def _reading(self) -> list[str]:
        several = max(len(panel.seeds) for panel in self.panels) > 1
        words: list[str] = [said("Line: mean of the runs.") if several else said("One run, so no range is shown.")]
        if several and len(self.panels) == 1:
            words.append(said("Band: 10th to 90th percentile of the runs."))
        if self.pair is not None and len(self.pair.seeds) > 1:
            words.append(said(
                "Difference: {effect}, mean over pairs of runs with the same random draws, its 90 % confidence "
                "interval in brackets.", effect=self.effect,
            ))  # fmt: skip
        elif self.pair is not None:
            words.append(said(
                "Difference: {effect}, mean over pairs of runs with the same random draws.", effect=self.effect
            ))  # fmt: skip
        return words

    @property
    def effect(self) -> str:
        """What the difference of two scenarios is, in words."""
        return less_text(self.subject_label, self.reference_label)

    @property
    def room(self) -> float:
        """Inches that the names at the ends of the lines need."""
        longest = max(width_of(translated(label, self.language)) for label in (*self.labels, said("Without AI")))
        return INCHES_PER_LETTER * (longest + LETTERS_OF_NUMBER)


def scenario_panel(axes: Axes, drawing: Drawing, variable: str, title: str = "", note: bool = True) -> None:
    """One variable of every scenario that has it, each with its band."""
    there = [at for at, panel in enumerate(drawing.panels) if panel.has(variable)]
    # Where one scenario has AI and another none at all, a line along zero says nothing.
    telling = [at for at in there if tells(drawing.panels[at], variable)] or there
    display = display_in(display_of(drawing.panels[there[0]], variable), drawing.language)
    lines = []
    for at in telling:
        panel = drawing.panels[at]
        values = panel.values(variable) * display.factor
        lines.append(Line(drawing.labels[at], drawing.colours[at], panel.years, values))
    compared = note and len(telling) == len(drawing.panels)
    dress(axes, title or display.title, display.unit, drawing.note(variable) if compared else "")
    draw_lines(axes, lines, display, band=len(drawing.panels) == 1)


def tells(panel: Panel, variable: str) -> bool:
    """Whether a scenario has a variable that is not zero throughout."""
    return panel.has(variable) and bool(np.nanmax(np.abs(panel.values(variable))) > 0.0)


def adoption_by_size(axes: Axes, drawing: Drawing, at: int) -> None:
    """Adoption of AI among small, medium and large firms of one scenario, and among all."""
    panel = drawing.panels[at]
    lines = []
    for size, label in SIZE_NAMES.items():
        variable = "ai_adoption_share" if size == "all" else f"ai_adoption_share_{size}"
        # Few firms make a broken line: shown is a class with firms in every run and nearly every year.
        if np.isfinite(panel.values(variable)).all(axis=0).mean() > LEAST_DEFINED:
            lines.append(Line(label, SIZE_COLOURS[size], panel.years, 100 * panel.values(variable)))
    shown = [PERSONS[line.label] for line in lines if line.label in PERSONS]
    unit: list[str] = [said("per cent of firms")]
    if len(drawing.panels) > 1:
        unit.append(said(", {scenario}", scenario=manner(drawing.labels[at])))
    if shown:
        unit.append(said("; persons: {sizes}", sizes=joined(shown, ",")))
    dress(axes, said("Firms that use AI, by size"), joined(unit, ""))
    draw_lines(axes, lines, axis_display(0, span=100.0, factor=100.0, from_zero=True))


def draw_lines(axes: Axes, lines: Sequence[Line], display: Display, signed: bool = False, band: bool = True) -> None:
    """Means over the seeds, and name and last value at each line's end.

    The band is the 10th to the 90th percentile of the seeds; with ``signed``, for differences, it is the 90 %
    confidence interval of the mean, which decides the words, and zero stays in sight.
    """
    ends, lows, highs = [], [], []
    for line in lines:
        middle, low, high = interval_of(line.values)
        if not signed:
            low, high = quantiles(line.values, (0.1, 0.9)) if band else (middle, middle)
        marker = "o" if len(line.years) <= FEW_YEARS else None
        if len(line.values) > 1 and band:
            alpha = 0.2 if len(lines) == 1 else 0.13  # several bands lie over one another
            axes.fill_between(line.years, low, high, color=line.colour, alpha=alpha, linewidth=0)
        axes.plot(line.years, middle, color=line.colour, linewidth=1.8, marker=marker, markersize=3)
        defined = middle[np.isfinite(middle)]
        if not defined.size:
            continue
        words = _end_label(line, defined[-1], low, high, display, signed)
        ends.append(LineEnd(defined[-1], translated(words, language_of(axes)).lstrip(), line.colour))
        shown = np.concatenate([middle, low, high])
        lows.append(np.nanmin(shown))
        highs.append(np.nanmax(shown))
    if not ends:
        return
    if signed:
        lows, highs = [*lows, 0.0], [*highs, 0.0]
    limits_beside(axes, min(lows), max(highs), display.from_zero, display.span)
    if axes.get_ylim()[0] < 0.0 < axes.get_ylim()[1]:
        axes.axhline(0.0, color="#999999", linewidth=0.8)
    years_below(axes, max((line.years for line in lines), key=len))
    numbers_beside(axes, display.decimals, signed)
    if not signed:
        mark_cut_axis(axes)
    label_ends(axes, ends)


def _end_label(line: Line, last: float, low: FloatArray, high: FloatArray, display: Display, signed: bool) -> str:
    """The name of a line and its last value; a difference whose interval includes zero is called unclear."""
    number = format_number(last, display.decimals, signed)
    ends = np.array([low[np.isfinite(low)][-1:], high[np.isfinite(high)][-1:]])
    unclear = signed and len(line.values) > 1 and ends.size == 2 and ends[0, 0] < 0.0 < ends[1, 0]
    return said("{label} {number}", label=line.label, number=said("unclear") if unclear else number)
