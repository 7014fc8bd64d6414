"""The brief as one page of HTML that needs nothing else; the same numbers as the report in English behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xinzhi.analysis.brief.pictures import changes_picture, tenths_picture
from xinzhi.analysis.brief.sentences import ANSWERED, answer, certainty, label_of, title
from xinzhi.analysis.brief.words import Words, words_in
from xinzhi.analysis.comparison.ranges import range_text, ranges_for
from xinzhi.analysis.comparison.report import TAGS
from xinzhi.analysis.comparison.sentences import headline_change
from xinzhi.analysis.reading.changes import Change
from xinzhi.analysis.reading.display import display_of, group_title

if TYPE_CHECKING:
    from jinja2 import Template

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["brief_page"]

HERE = Path(__file__).parent
EVIDENCE = ("deciles.income_mean", "occupations.wage_mean", "sectors.employment", "firm_sizes.ai_adoption_share")


@dataclass
class BriefTable:
    """A caption, the heads of the columns, and rows whose first cell is the row's head."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


@dataclass
class BriefPart:
    """What the brief says of one scenario."""

    title: str
    question: str
    answer: list[str]
    changes: str
    tenths: str
    table: BriefTable
    certainty: list[str]
    evidence: list[BriefTable]


def brief_page(comparison: Comparison, language: str, command: str = "") -> str:
    """The page in a language, a part for each scenario. Raises UserError for a language without a table of texts."""
    words = words_in(language)
    page = _template().render(
        heads=_heads(comparison, words), tag=TAGS[language], command=command, title=title(comparison, words),
        parts=[_part(comparison, at, words) for at in comparison.pairs],
        style=(HERE / "brief.css").read_text(encoding="utf-8"),
    )  # fmt: skip
    return page + "\n"


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    return environment.get_template("brief.html.j2")


def _heads(comparison: Comparison, words: Words) -> dict[str, str]:
    """The headings and notes of the page."""
    return {
        "source": words.say("Xinzhi, a model of China's economy with artificial intelligence"),
        "changes": words.say(
            "Difference from {reference} by year; band: 90 % confidence interval of the mean",
            reference=label_of(comparison, comparison.base, words),
        ),
        "tenths": words.say("Who gains and who loses in {year}; grey: not clear", year=comparison.end),
        "certainty": words.say("How sure this is, and what would change it"),
        "evidence": words.say("Evidence: groups"),
        "note": words.say(
            "Of many intervals one in ten leaves out zero by chance. Groups marked * are too small to read."
        ),
        "closed": words.say("Every payment has a payer and a recipient; results are scenarios, not forecasts."),
        "command": words.say("The command that repeats this:"),
    }


def _part(comparison: Comparison, at: int, words: Words) -> BriefPart:
    return BriefPart(
        title=words.name(comparison.labels[at]),
        question=words.name(_question(comparison, at)),
        answer=answer(comparison, at, words),
        changes=changes_picture(comparison, at, words),
        tenths=tenths_picture(comparison, at, words),
        table=_effects_table(comparison, at, words),
        certainty=certainty(comparison, at, words),
        evidence=[_group_table(comparison, at, key, words) for key in EVIDENCE],
    )


def _question(comparison: Comparison, at: int) -> str:
    """The question of a scenario; empty where it is only taken over from the reference, which does not ask it."""
    question = comparison.results[at].scenario.question
    return "" if question == comparison.results[comparison.base].scenario.question else question


def _effects_table(comparison: Comparison, at: int, words: Words) -> BriefTable:
    ranges = ranges_for(comparison)
    years = [str(year) for year in comparison.years]
    columns = [words.say("Measure"), words.say("Unit"), *years]
    columns += [words.say("Range over open assumptions, {year}", year=comparison.end)] if ranges else []
    rows = []
    for name in ANSWERED:
        changes = [headline_change(comparison, at, name, year) for year in comparison.years]
        last = changes[-1]
        if last is None:
            continue
        row = [words.name(display_of(comparison.panels[at], name).title), words.unit(last.unit)[1]]
        row += ["" if change is None else _cell(change, words) for change in changes]
        rows.append([*row, *([range_text(comparison, name, comparison.end, last)] if ranges else [])])
    caption = words.say("What changes: mean over pairs of runs [90 % confidence interval]")
    return BriefTable(caption, columns, rows)


def _cell(change: Change, words: Words) -> str:
    """The number with its interval, and a word where it is not clear."""
    if change.difference.same:
        return words.say("the same")
    size, interval = words.counted(change, signed=True, bare=True)
    text = f"{size} [{interval}]" if interval else size
    if change.difference.pairs == 1 or change.difference.sure:
        return text
    return f"{text} {words.say('likely') if change.difference.clear else words.say('unclear')}"


def _group_table(comparison: Comparison, at: int, key: str, words: Words) -> BriefTable:
    from xinzhi.analysis.reading.changes import GROUP_MEASURES

    measure = next(one for one in GROUP_MEASURES if f"{one.table}.{one.variable}" == key)
    changes = comparison.groups(at, measure)
    small = comparison.small(measure)
    unit = words.name("per cent" if measure.relative else "percentage points")
    rows = [
        [words.name(group_title(group)) + (" *" if group in small else ""), _cell(change, words)]
        for group, change in changes.items()
    ]
    return BriefTable(words.name(measure.title), [words.say("Group"), f"{comparison.end}, {unit}"], rows)
