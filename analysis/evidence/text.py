"""The table in words for the terminal, and as a page, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from abm import ENGLISH, filled, said, translated
from xinzhi.analysis.evidence.numbers import CANNOT_SAY, HIT, MISS, country_of_run, evidence_table
from xinzhi.analysis.evidence.reported import reported_lines
from xinzhi.analysis.evidence.words import IN_VIEW, model_value, name_of, range_of_hits, why
from xinzhi.analysis.reading.text import wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import Evidence

__all__ = ["OTHERS", "counted_hits", "evidence_page", "evidence_text", "headline_of_hits", "opening_words"]

VERDICTS = {MISS: said("misses"), HIT: said("hits"), CANNOT_SAY: said("the model cannot say")}
OTHERS = said("other countries")
REPORTED_HEADING = said("measured, without a figure on record")
VERDICT = {MISS: said("miss"), HIT: said("hit"), CANNOT_SAY: said("cannot say")}
IMPOSED = {"yes": said("yes"), "no": said("no"), "form": said("in view")}
STATUS = {
    "read": said("read"), "read (secondary)": said("read in a text about it"), "from memory": said("from memory"),
    "derived": said("derived"),
}  # fmt: skip
OWN, OTHER = "yes", "no"


def evidence_text(evidence: Evidence, language: str = ENGLISH) -> str:
    """All of it as it is printed."""
    table = evidence_table(evidence)
    lines = [f"  {line}" for line in reported_lines(evidence, language)]
    reported = [f"\n{translated(REPORTED_HEADING, language).upper()}", *lines] if lines else []
    sections = [
        line
        for own in (OWN, OTHER)
        for line in _sections(table[table["own"] == own], _of(evidence, own, language), language)
    ]
    parts = [_head(evidence, language), *sections, *reported, "", *_ending(evidence, table, language)]
    return "\n".join(parts)


def evidence_page(evidence: Evidence, language: str = ENGLISH) -> str:
    """The table as a Markdown page."""
    table = evidence_table(evidence)
    lines = [_head(evidence, language).replace("\n", " "), "", counted_hits(table, language), ""]
    for own in (OWN, OTHER):
        rows = table[table["own"] == own]
        if len(rows):
            lines += [
                _capital(_of(evidence, own, language)) + _colon(language).rstrip(),
                "",
                *_page_table(rows, own, language),
                "",
            ]
    reported = [f"* {line}" for line in reported_lines(evidence, language)]
    if reported:
        lines += [_capital(translated(REPORTED_HEADING, language)) + _colon(language).rstrip(), "", *reported, ""]
    return "\n".join([*lines, _how_to_read(evidence, language)])


def counted_hits(table: pd.DataFrame, language: str = ENGLISH) -> str:
    """``Of 30 figures that are not imposed the model hits 9 and misses 21; of 12 that are ...``."""
    known = table[table["verdict"] != CANNOT_SAY]
    parts = [
        _count(known[known["imposed"] == imposed], imposed, language)
        for imposed in ("no", "form", "yes") if (known["imposed"] == imposed).any()
    ]  # fmt: skip
    parts.append(
        filled("it says nothing on {count} of all {all}", language, count=len(table) - len(known), all=len(table))
    )
    text = ("; " if language == ENGLISH else "；").join(parts)
    return f"{_capital(text)}{'.' if language == ENGLISH else '。'}"


def _count(rows: pd.DataFrame, imposed: str, language: str) -> str:
    hits = int((rows["verdict"] == HIT).sum())
    kind = {
        "no": said("that are not imposed"), "form": said("in view of which a form was chosen"),
        "yes": said("that are imposed"),
    }[imposed]  # fmt: skip
    counts = {"count": len(rows), "kind": kind, "hits": hits, "misses": len(rows) - hits}
    if len(rows) == 1:
        return filled("of {count} figure {kind} the model hits {hits} and misses {misses}", language, **counts)
    return filled("of {count} figures {kind} the model hits {hits} and misses {misses}", language, **counts)


def headline_of_hits(evidence: Evidence, table: pd.DataFrame, language: str = ENGLISH) -> str:
    """``China: 3 of 9 figures hit; other countries: 2 of 20``, of those that are not imposed."""
    free = table[(table["imposed"] == "no") & (table["verdict"] != CANNOT_SAY)]
    parts = []
    for own in (OWN, OTHER):
        rows = free[free["own"] == own]
        parts.append(
            filled(
                "{country}: {hits} of {count} figures hit", language, country=_of(evidence, own, language),
                hits=int((rows["verdict"] == HIT).sum()), count=len(rows),
            )
        )  # fmt: skip
    return _capital(("; " if language == ENGLISH else "；").join(parts))


def opening_words(evidence: Evidence, language: str = ENGLISH) -> str:
    """What was run."""
    pairs = len(evidence.seeds)
    many = said("{count} pairs of runs", count=pairs) if pairs > 1 else said("One pair of runs, which has no interval,")
    return filled(
        "{many} with the same random draws, with AI and without it, {workers} simulated adults, to {until}", language,
        many=many, workers=f"{evidence.workers:,}", until=evidence.until,
    )  # fmt: skip


def _head(evidence: Evidence, language: str) -> str:
    text = filled(
        "Published figures on AI beside the economy {scenario} of {country}. {runs}.", language,
        scenario=evidence.scenario.name, country=country_of_run(evidence, language),
        runs=opening_words(evidence, language),
    )  # fmt: skip
    return wrapped(text, indent=0)


def _how_to_read(evidence: Evidence, language: str) -> str:
    return filled(
        "A value is a hit where the mean over the seeds lies in the range: the published one, or one chosen here where "
        "none is published (marked ~). In brackets stands the 90 % confidence interval of the mean. Figures that are "
        "imposed say nothing for the model; figures in view were known when a form of the model was chosen. Figures of "
        "other countries test a mechanism; they are compared with the model's economy of {country}.",
        language, country=country_of_run(evidence, language),
    )  # fmt: skip


def _ending(evidence: Evidence, table: pd.DataFrame, language: str) -> list[str]:
    """How to read it, and the counts: of all, and of the country's own figures."""
    own = table[table["own"] == OWN]
    counts = [counted_hits(table, language)]
    if 0 < len(own) < len(table):
        alone = filled("{country} alone", language, country=_capital(country_of_run(evidence, language)))
        text = counted_hits(own, language)
        counts.append(f"{alone}{_colon(language)}{text[:1].lower()}{text[1:]}")
    return [wrapped(_how_to_read(evidence, language), indent=0), *counts]


def _of(evidence: Evidence, own: str, language: str) -> str:
    """Whose figures they are."""
    return country_of_run(evidence, language) if own == OWN else translated(OTHERS, language)


def _sections(table: pd.DataFrame, whose: str, language: str) -> Iterator[str]:
    from abm import aligned

    for verdict, heading in VERDICTS.items():
        rows = table[table["verdict"] == verdict]
        if rows.empty:
            continue
        yield f"\n{whose.upper()}{_colon(language)}{translated(heading, language).upper()}"
        if verdict == CANNOT_SAY:
            for one in rows.itertuples():
                yield wrapped(f"  {_whose(one)}{_cannot_say(one, language)}", indent=4)
            continue
        yield aligned([_heads(language), *(_cells(one, language) for one in rows.itertuples())])


def _heads(language: str) -> list[str]:
    heads = [translated(head, language) for head in (said("figure"), said("published"), said("model"))]
    return [f"  {heads[0]}", *heads[1:], "", ""]


def _cells(one: Any, language: str) -> list[str]:
    near = said("interval reaches it") if one.verdict == MISS and one.interval_reaches == "yes" else ""
    return [
        f"  {_whose(one)}{name_of(one, language)}", range_of_hits(one, language), model_value(one, language),
        translated(IN_VIEW[one.imposed], language), translated(near, language),
    ]  # fmt: skip


def _whose(one: Any) -> str:
    """``DNK: `` before a figure of another country; of several the first."""
    if one.own == OWN:
        return ""
    first, *more = one.economy.split("|")
    return f"{first}{'+' if more else ''}: "


def _cannot_say(one: Any, language: str) -> str:
    return filled(
        "{name}: {published}; {why}.", language, name=name_of(one, language),
        published=range_of_hits(one, language), why=why(one, language),
    )  # fmt: skip


def _page_table(rows: pd.DataFrame, own: str, language: str) -> list[str]:
    """A table in Markdown; that of other countries says whose figure it is."""
    heads = [
        said("figure"), *([said("economy")] if own == OTHER else []), said("published"), said("model"), said("verdict"),
        said("imposed"), said("source"),
    ]  # fmt: skip
    lines = [f"| {' | '.join(translated(head, language) for head in heads)} |", f"|{' --- |' * len(heads)}"]
    for one in rows.itertuples():
        verdict = translated(VERDICT[one.verdict], language)
        if one.verdict == CANNOT_SAY:
            verdict = filled("{verdict}: {why}", language, verdict=verdict, why=why(one, language))
        cells = [
            name_of(one, language), *([one.economy.replace("|", ", ")] if own == OTHER else []),
            range_of_hits(one, language), "" if one.verdict == CANNOT_SAY else model_value(one, language), verdict,
            translated(IMPOSED[one.imposed], language), f"{one.source} ({translated(STATUS[one.status], language)})",
        ]  # fmt: skip
        lines.append(f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |")
    return lines


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _colon(language: str) -> str:
    """A colon with the room behind it."""
    return ": " if language == ENGLISH else "："
