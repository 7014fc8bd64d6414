"""The tables of other languages: complete, nothing stale, and written as the language is."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator

import pytest

from abm.languages import ENGLISH, GROUPS, LANGUAGES, called, counted_in, joined, said, sections, table, translated
from xinzhi.app.texts import STATIC, missing, texts, unused

pytestmark = pytest.mark.page

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
HAN = r"[\u4e00-\u9fff]"
PLACEHOLDER = re.compile(r"\{\w+\}")
WORD = re.compile(r"[A-Za-z][A-Za-z_.]*[A-Za-z]|[A-Za-z]")


@pytest.mark.parametrize("language", OTHERS)
def test_the_table_is_complete(language: str) -> None:
    """Every text of the page has its translation; ``python -m xinzhi.app.texts`` prints what to add."""
    lacking = [f"{heading}: {text}" for heading, many in missing(language).items() for text in many]
    assert not lacking, "\n".join([f"{language}.yaml lacks", *lacking])
    assert not unused(language), "\n".join([f"{language}.yaml has what nothing shows", *unused(language)])


@pytest.mark.parametrize("language", OTHERS)
def test_each_text_stands_once_under_its_heading(language: str) -> None:
    """The page is sent whole headings, so a text stands where the collection has it."""
    found = {heading: set(section) for heading, section in sections(language).items()}
    named = found.pop(GROUPS)  # by the tables of economies
    assert found == {heading: set(many) - named for heading, many in texts().items() if set(many) - named}


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_agree(language: str) -> None:
    """A translation is filled with the same names."""
    for english, other in table(language).items():
        assert sorted(set(PLACEHOLDER.findall(english))) == sorted(set(PLACEHOLDER.findall(other))), english


def test_chinese_is_chinese() -> None:
    """Chinese characters, full-width punctuation beside them, and no foreign word but those of the English text."""
    faults = [f"{fault}: {chinese}" for english, chinese in table("zh").items() for fault in _faults(english, chinese)]
    assert not faults, "\n".join(faults)


def _faults(english: str, chinese: str) -> Iterator[str]:
    plain = PLACEHOLDER.sub("", chinese)
    if not re.search(HAN, plain) and WORD.search(plain):
        yield "no Chinese"
    if re.search(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}|{HAN}\.(?!\w)", plain):
        yield "half-width punctuation"
    if re.search(rf"{HAN} +{HAN}", plain) or chinese != chinese.strip():
        yield "space"
    if not set(WORD.findall(plain)) <= set(WORD.findall(english)):
        yield "a foreign word that the English text has not"
    if (english[-1:] in ".?") != (chinese[-1:] in "。？"):
        yield "ends another way"


def test_english_needs_no_table() -> None:
    """English texts come back as they are, and an unknown language is an error."""
    assert dict(table(ENGLISH)) == {} and translated("Carbon price", ENGLISH) == "Carbon price"
    with pytest.raises(KeyError):
        translated("Carbon price", "xx")


def test_a_sentence_is_translated_where_it_is_shown() -> None:
    """It is an English text, survives a process, and its template, titles and lists are looked up one by one."""
    inner = said("Who pays: {payers}, a quarter later; the remainder changes public debt.", payers=["Talent", "wages"])
    assert inner == "Who pays: Talent and wages, a quarter later; the remainder changes public debt."
    again = pickle.loads(pickle.dumps(inner))
    assert again == inner and translated(again, ENGLISH) == inner
    wages = said("{low} to {high}", low="carbon price", high=said("{low} to {high}", low=1, high="nothing known"))
    assert wages == "carbon price to 1 to nothing known"
    assert translated(wages, "zh") == "碳价至1至nothing known"
    clauses = said("{first}; {then}", first=("Talent", "pay"), then=["pay", "jobs", "output"])
    assert clauses == "Talent; pay; pay, jobs and output"
    assert translated(clauses, "zh") == "人才；工资；工资、就业岗位和产出"


def test_texts_in_a_row() -> None:
    """The parts are translated one by one, with the signs of the language between them."""
    names = ["Talent", said("jobs"), called("the pay", "pay")]
    assert joined(names, "and") == "Talent, jobs and the pay" and joined(names[:2], "or") == "Talent or jobs"
    assert translated(joined(names, "and"), "zh") == "人才、就业岗位和工资"
    assert translated(joined(names, ","), "zh") == "人才，就业岗位，工资"
    assert joined(["One."], " ") == "One." and joined([], ",") == "" and joined(["a", "b"], "") == "ab"
    again = pickle.loads(pickle.dumps(joined(names, ";")))
    assert again == "Talent; jobs; the pay" and translated(again, "zh") == "人才；就业岗位；工资"


def test_units_are_those_that_a_country_counts_in() -> None:
    """Chinese statistics count people in ten thousands and money in hundred millions."""
    assert counted_in(ENGLISH, "million people") == (1.0, "million people")
    assert (
        counted_in("zh", "million people") == counted_in("zh", called("million", "million people")) == (100.0, "万人")
    )
    assert counted_in("zh", "billion CNY a year") == (10.0, "亿元/年") and counted_in("zh", "per cent") == (1.0, "%")
    assert counted_in("zh", "trillion CNY a year") == (1.0, "万亿元/年")


def test_literals_of_the_page_are_plain() -> None:
    """What ``t`` is given is found by the collection: never a name, a template or a sum of texts."""
    for path in STATIC.glob("js/**/*.js"):
        calls = re.findall(r"(?<![\w.])(?<!function )t\(\s*(.)", path.read_text(encoding="utf-8"))
        assert set(calls) <= {'"'}, path.name
