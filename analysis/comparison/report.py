"""The report of a comparison: one page of HTML that needs nothing else, written to be read by a minister.

First what changes, in sentences made from the numbers; then the evidence, each figure with its data behind it; then
what was assumed, what is left out and how to repeat it. No scripts and no addresses outside the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abm import ENGLISH, filled, joined, said, translated
from xinzhi.analysis.comparison.answer import answer_sentences
from xinzhi.analysis.comparison.closures_words import closure_sentences
from xinzhi.analysis.comparison.costs import payer_sentences
from xinzhi.analysis.comparison.payers_report import TITLE as BUDGET_TITLE
from xinzhi.analysis.comparison.payers_report import Payers, payers_sections
from xinzhi.analysis.comparison.ranges import ranges_for
from xinzhi.analysis.comparison.report_scenarios import LEFT_OUT, ScenarioPage, defaults_sentence, scenario_page
from xinzhi.analysis.comparison.report_sections import Section, evidence_sections, first_picture, group_sections
from xinzhi.analysis.comparison.report_tables import ReportTable, glance_table, headline_rows
from xinzhi.analysis.comparison.sentences import (
    caution_sentences,
    group_sentence,
    settling_sentence,
    summary_sentences,
)
from xinzhi.analysis.figures.collecting import uncollected
from xinzhi.analysis.figures.letters import letters_of
from xinzhi.analysis.reading.changes import GROUP_MEASURES
from xinzhi.analysis.reading.citation import citation
from xinzhi.analysis.reading.display import display_of

if TYPE_CHECKING:
    from jinja2 import Template

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["TAGS", "report_page"]

HERE = Path(__file__).parent
TAGS = {"en": "en-GB", "zh": "zh-Hans"}  # of languages, for browsers
GROUPS_NOTE = said(
    "Of firms by size the model records how many there are and which use AI, not their profits. A gain or loss is\n"
    "reported only where its 90 % confidence interval excludes zero; about one group in ten is reported by chance "
    "alone. Groups marked * are too small to read."
)
FOR_THE_SUMMARY = ("wage_mean",)  # of occupations; the tenths of incomes stand in the answer


@dataclass
class Report:
    """All that the page shows."""

    title: str
    subtitle: str
    answer: list[str]
    picture: str
    payers: list[str]
    key_points: list[str]
    cautions: list[str]
    glance: ReportTable
    headline: ReportTable
    budget: list[Payers]
    sections: list[Section]
    groups: list[Section]
    scenarios: list[ScenarioPage]
    facts: list[tuple[str, str]]
    command: str
    citation: str
    origins: ReportTable
    defaults: str = field(default_factory=defaults_sentence)
    left_out: tuple[str, ...] = LEFT_OUT
    budget_title: str = BUDGET_TITLE
    groups_note: str = GROUPS_NOTE
    tag: str = TAGS[ENGLISH]


def report_page(comparison: Comparison, command: str = "") -> str:
    """The page as a text in the language of the comparison, whose Results need their Scenario and provenance."""
    with uncollected(), letters_of(comparison.language):
        return _page(comparison, command)


def _page(comparison: Comparison, command: str) -> str:
    scenarios = [
        scenario_page(label, results) for label, results in zip(comparison.labels, comparison.results, strict=True)
    ]
    report = Report(
        title=comparison.message(),
        subtitle=_subtitle(comparison),
        answer=answer_sentences(comparison, settling=False),
        picture=first_picture(comparison),
        payers=payer_sentences(comparison),
        key_points=[*summary_sentences(comparison), *_who(comparison), *filter(None, [comparison.trimmed])],
        cautions=[*caution_sentences(comparison), *_open_yet(comparison), *closure_sentences(comparison)],
        glance=glance_table(comparison),
        headline=headline_rows(comparison),
        budget=payers_sections(comparison),
        sections=evidence_sections(comparison),
        groups=group_sections(comparison),
        scenarios=scenarios,
        facts=_facts(comparison),
        command=command,
        citation=citation([one.digest for one in scenarios]),
        origins=_origins(comparison),
        tag=TAGS[comparison.language],
    )
    style = (HERE / "report.css").read_text(encoding="utf-8")
    return _template(comparison.language).render(report=report, style=style)


def _subtitle(comparison: Comparison) -> str:
    parts: list[str] = [said(
        "China, {years}: growth, jobs, inequality, emissions and public finances", years=comparison.drawing.span
    )]  # fmt: skip
    if len(comparison.seeds) > 1:
        parts.append(said(". In brackets: 90 % confidence intervals"))
    if ranges_for(comparison):
        parts.append(said("; across assumptions: the range over those that no data settle"))
    return joined(parts, "")


def _open_yet(comparison: Comparison) -> list[str]:
    return [sentence for at in comparison.pairs if (sentence := settling_sentence(comparison, at))]


def _who(comparison: Comparison) -> list[str]:
    chosen = [one for one in GROUP_MEASURES if one.variable in FOR_THE_SUMMARY and one.table != "regions"]
    phrases = [group_sentence(comparison, at, measure) for at in comparison.pairs for measure in chosen]
    return [sentence for sentence in phrases if sentence]


def _facts(comparison: Comparison) -> list[tuple[str, str]]:
    """What was run, as a list of terms."""
    provenance = comparison.panels[0].provenance
    commit = provenance.get("git_commit")
    changed = said(", with changes not committed") if provenance.get("git_uncommitted_changes") else ""
    seeds = comparison.seeds
    spread = said("{count} ({first} to {last})", count=len(seeds), first=seeds[0], last=seeds[-1]) if seeds else ""
    wanted = [
        (said("Model"), f"Xinzhi {provenance['xinzhi']}" if "xinzhi" in provenance else ""),
        (said("Commit"), joined([commit, changed], "") if commit else ""),
        (said("Simulated adults"), f"{provenance['workers']:,}" if "workers" in provenance else ""),
        (said("Pairs of seeds"), spread),
        (said("Years"), comparison.drawing.span),
        (said("Run on"), str(provenance.get("started", ""))),
        ("Python, Mesa, numpy, numba", ", ".join(
            str(provenance[name]) for name in ("python", "mesa", "numpy", "numba") if name in provenance
        )),
    ]  # fmt: skip
    return [(term, text) for term, text in wanted if text]


def _origins(comparison: Comparison) -> ReportTable:
    """What each headline measure means, and whether its level is imposed, tuned or emergent."""
    from abm import OUTCOMES

    shown = set(_shown(comparison))
    rows = [
        [display_of(comparison.panels[0], one.name).title, one.definition, one.origin, one.because]
        for one in OUTCOMES
        if one.name in shown
    ]
    caption = said("Measures: what they are, and where their levels come from; only what is emergent is evidence")
    columns = [said("Measure"), said("Definition"), said("Origin"), said("Because")]
    return ReportTable(caption, columns, [("", rows)])


def _shown(comparison: Comparison) -> list[str]:
    at = next(iter(comparison.pairs))
    known = comparison.panels[at].recorded
    return [name for name in known if comparison.change(at, name, comparison.end) is not None]


@cache
def _template(language: str) -> Template:
    """The page, whose words and values are translated where they are shown."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def show(value: Any) -> Any:
        return translated(value, language) if isinstance(value, str) else value

    def safe(english: str) -> Markup:
        return Markup(show(english))  # noqa: S704 - a text of the template, of which no value is part

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
        finalize=show,
    )  # fmt: skip
    environment.globals |= {
        "show": show,
        "say": lambda english, **values: filled(english, language, **values) if values else safe(english),
    }
    return environment.get_template("report.html.j2")
