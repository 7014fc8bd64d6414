"""The evidence of a report: a section for each question, with its sentences, its figure and the data behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from abm import joined, said
from xinzhi.analysis.comparison.closures_words import closure_sentences
from xinzhi.analysis.comparison.figures import CHANGES, changes_figure, first_figure, first_variables
from xinzhi.analysis.comparison.report_tables import ReportTable, data_table, group_table
from xinzhi.analysis.comparison.sentences import change_sentence, group_sentence
from xinzhi.analysis.comparison.winners import TABLE_TITLES, group_tables, measures_of, winners_figure
from xinzhi.analysis.figures.run_figures import ADOPTION, GRIDS, grid_figure
from xinzhi.analysis.figures.svg import inline_svg
from xinzhi.analysis.reading.changes import GroupMeasure
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.quantities import quantity, unit_of
from xinzhi.analysis.reading.text import within_sentence

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["Section", "evidence_sections", "first_picture", "group_sections"]

COLUMNS = 2  # of panels on a page
SIZES = ("ai_adoption_share", "ai_adoption_share_small", "ai_adoption_share_medium", "ai_adoption_share_large")
IN_FIGURES_ONLY = (*SIZES[1:], "ai_electricity")  # its share is in the sentences
DEPEND_ON_CLOSURES = ("labour", "inequality")  # sections whose answers depend on unresolved assumptions
FEW_VARIABLES = 4  # named in the description of a figure


@dataclass
class Section:
    """One question: its heading, sentences, figures [(SVG, caption)], the tables behind it, and a warning if any."""

    key: str
    title: str
    sentences: list[str]
    figures: list[tuple[str, str]]
    tables: list[ReportTable] = field(default_factory=list)
    warning: str = ""


def first_picture(comparison: Comparison) -> str:
    """The figure of the first page as SVG; empty where there is none."""
    figure = first_figure(comparison)
    if figure is None:
        return ""
    return inline_svg(
        figure, "figure-first", comparison.message(), _description(comparison, first_variables(comparison))
    )


def evidence_sections(comparison: Comparison) -> list[Section]:
    """What changes over time, then growth, inequality, emissions, AI, work and public finances."""
    sections = []
    figure = changes_figure(comparison)
    if figure is not None:
        title = said("What changes over time")
        sections.append(_section(comparison, "changes", title, figure, CHANGES, sentences=False))
    for key, grid in GRIDS.items():
        if key == "headline":
            continue  # its panels all stand in the others
        figure = grid_figure(comparison.drawing, replace(grid, columns=COLUMNS))
        if figure is not None:
            sections.append(_section(comparison, key, grid.subject, figure, _variables(grid.variables)))
    return sections


def _variables(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for one in names for name in (SIZES if one == ADOPTION else (one,)))


def _section(
    comparison: Comparison, key: str, title: str, figure: Figure, variables: Sequence[str], sentences: bool = True
) -> Section:
    phrases = [data_table(comparison, variable) for variable in variables]
    warning = joined(closure_sentences(comparison), " ") if key in DEPEND_ON_CLOSURES else ""
    named = said("Line charts: {title}", title=title)
    svg = inline_svg(figure, f"figure-{key}", named, _description(comparison, variables))
    caption = said(
        "{title}, {years}. {pairs} pairs of runs.", title=title, years=comparison.drawing.span,
        pairs=len(comparison.seeds),
    )  # fmt: skip
    return Section(
        key,
        title,
        list(_sentences(comparison, variables)) if sentences else [],
        [(svg, caption)],
        [table for table in phrases if table],
        warning,
    )


def _sentences(comparison: Comparison, variables: Sequence[str]) -> Iterator[str]:
    for at in comparison.pairs:
        for variable in [name for name in variables if name not in IN_FIGURES_ONLY]:
            change = comparison.change(at, variable, comparison.end)
            if change is not None:
                yield change_sentence(comparison, at, variable, change)


def _description(comparison: Comparison, variables: Sequence[str]) -> str:
    """The figure in words for who cannot see it: means at the start and the end of the first few variables."""
    parts = []
    for variable in [name for name in variables if comparison.drawing.has(name)][:FEW_VARIABLES]:
        display = display_of(comparison.panels[0], variable)
        paths = []
        for panel, label in zip(comparison.panels, comparison.labels, strict=True):
            middle = panel.values(variable).mean(axis=0) * display.factor
            middle = middle[np.isfinite(middle)]
            if not middle.size:
                continue
            first, last = (
                quantity(float(value), display.decimals, display.unit, bare=True) for value in (middle[0], middle[-1])
            )
            paths.append(
                said("{scenario} from {first} to {last}", scenario=within_sentence(label), first=first, last=last)
            )
        parts.append(said("{outcome} ({unit}): {paths}.", outcome=display.title, unit=unit_of(display.unit),
                          paths=joined(paths, ",")))  # fmt: skip
    return joined([*parts, said("The table below the figure has every year.")], " ")


def group_sections(comparison: Comparison) -> list[Section]:
    """Winners and losers by tenth of incomes, occupation, sector and size of firms: a figure a measure."""
    sections = []
    for table in group_tables(comparison):
        measures = measures_of(comparison, table)
        phrases = {one: [group_sentence(comparison, at, one) for at in comparison.pairs] for one in measures}
        sentences = [sentence for of_measure in phrases.values() for sentence in of_measure if sentence]
        figures = [_group_figure(comparison, measure, phrases[measure]) for measure in measures]
        tables = group_table(comparison, measures)
        sections.append(Section(table, TABLE_TITLES[table], sentences, figures, tables))
    return sections


def _group_figure(comparison: Comparison, measure: GroupMeasure, sentences: Sequence[str]) -> tuple[str, str]:
    title = said("{measure}, {year}", measure=measure.title, year=comparison.end)
    dots = said("Dots with 90 % confidence intervals, a row for each group.")
    key = f"figure-{measure.table}-{measure.variable.replace('_', '-')}"
    description = joined([dots, *filter(None, sentences)], " ")
    svg = inline_svg(winners_figure(comparison, [measure]), key, title, description)
    marks = said("{title}. Filled: clear; half filled: likely; hollow: no clear difference.", title=title)
    return svg, marks
