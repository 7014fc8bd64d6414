"""Units and texts in the currency of an economy: the one place where they change.

Outcomes and sentences are declared for China, in yuan. For another economy the code and the words of its currency stand
in their place, and its name in that of China's economy. An economy in yuan gets its texts as they are.

What is printed, drawn or written of runs is made while ``speaking_of`` their economy: where texts are wrapped into
lines, laid out in a figure, or leave for a file or the terminal, they go through ``spoken``. Sources of numbers are
quoted as they are: an amount in yuan that somebody published is no amount in dollars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from abm.data import DECLARED, elsewhere, find_economy, in_currency, latest_year, load_tables
from abm.errors import UserError
from abm.languages import ENGLISH, said, translated

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DECLARED", "country_of", "in_currency", "in_words_of", "speaking_of", "spoken", "spoken_contents", "spoken_table",
]  # fmt: skip

YUAN = {"en": re.compile(r"\byuan\b"), "zh": re.compile(r"人民币元?(?!兑)|(?<![多单])元(?![素件])")}
ONE_YUAN = re.compile(r"\b([pP]er|[oO]ne|[eE]ach|[eE]very|[aA]|[tT]he|real)(\s+)yuan\b")
PER_YUAN = "_per_yuan"  # in names of variables and columns
CHINA = {"en": "China", "zh": "中国"}
CHINAS = {
    "en": ((re.compile(r"China(?:'|&#39;)s\s+economy"), "the economy of {country}"),),
    "zh": ((re.compile("中国经济"), "{country}经济"),),
}
AT_HEAD = {"en": re.compile(r"\bChina, (?=\d{4})"), "zh": re.compile(r"中国，(?=\d{4})")}
# Sentences on what China's use of AI rests on.
ADOPTION = {
    "en": re.compile(r"China(?:'|&#39;)s\s+(?:AI\s+)?adoption\b[^.]*\."),
    "zh": re.compile(r"中国的人工智能采用[^。]*。")
}  # fmt: skip
# The normal hours of China, in the definition of hours worked.
HOURS = {
    "en": re.compile(r"49\s+a\s+week\s+each\s+\(NBS\s+2023,\s+staff\s+of\s+enterprises\)"),
    "zh": re.compile("每人每周49小时（国家统计局2023年，企业就业人员）")
}  # fmt: skip
# Sources of hours in the shipped tables, which have a translation.
HOURS_FROM = (said("NBS 2023, staff of enterprises"), said("OECD 2023, all persons employed, from memory"))
ITS_HOURS = {"en": "{hours:g} a week each ({source})", "zh": "每人每周{hours:g}小时（{source}）"}
COMMA = {"en": ", ", "zh": "，"}
QUOTED = ("source",)  # columns of tables that hold what others published
_SPOKEN_OF: ContextVar[str] = ContextVar("the economy that is spoken of", default="")


def country_of(economy: str, language: str = ENGLISH) -> str:
    """The name of the country within a sentence."""
    other = elsewhere(economy)
    return CHINA[language] if other is None else other.country[language]


def in_words_of(text: str, economy: str, language: str = ENGLISH) -> str:
    """A text of a report or figure in the words of an economy: its currency and the name of the country."""
    if economy and HOURS[language].search(text):
        text = HOURS[language].sub(_hours_of(economy, language), text)
    other = elsewhere(economy) if economy else None
    if other is None:
        return text
    for one in dict.fromkeys((language, ENGLISH)):  # files are quoted in English in every language
        for pattern, own in _own_texts(tuple((of, own[one]) for of, own in other.texts.items()), one):
            text = pattern.sub(own, text)
    text = text.replace(DECLARED, other.currency["code"])
    text = text.replace(PER_YUAN, f"_per_{_one(other.currency).replace(' ', '_')}")
    text = ONE_YUAN.sub(rf"\1\2{_one(other.currency)}", text)
    text = _renamed(text, YUAN[language], other.currency[language])
    if other.adoption:
        text = ADOPTION[language].sub(other.adoption[language], text)
    country = other.country[language]
    for before, after in CHINAS[language]:
        text = before.sub(after.format(country=country), text)
    return AT_HEAD[language].sub(country[:1].upper() + country[1:] + COMMA[language], text)


def _hours_of(economy: str, language: str) -> str:
    """Normal hours of an economy in words, with their source; as declared for tables that are gone."""
    try:
        latest = latest_year(find_economy(economy))
        tables = load_tables(latest, economy)
    except UserError:
        return r"\g<0>"
    source = translated(tables.macro.sources["hours_per_week"], language)
    return ITS_HOURS[language].format(hours=tables.hours_per_week, source=source)


@cache
def _own_texts(texts: tuple[tuple[str, str], ...], language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The texts on China as they stand in lines or in a page, each with the one that the economy has in its place."""
    found = []
    for declared, own in texts:
        text = translated(declared, language)
        if language == ENGLISH or text != declared:
            words = r"\s+".join(re.escape(word).replace("'", "(?:'|&#39;|&#x27;)") for word in text.split())
            found.append((re.compile(words), own.replace("\\", r"\\")))
    return tuple(found)


@contextmanager
def speaking_of(economy: str) -> Iterator[None]:
    """The economy whose words ``spoken`` takes within this block; empty for texts as they are declared."""
    before = _SPOKEN_OF.set(economy)
    try:
        yield
    finally:
        _SPOKEN_OF.reset(before)


def spoken(text: str, language: str = ENGLISH) -> str:
    """A text in the words of the economy that is spoken of; said twice it stays the same."""
    return in_words_of(text, _SPOKEN_OF.get(), language)


def spoken_contents(value: Any) -> Any:
    """Plain values with every text in them in the words of the economy that is spoken of."""
    if isinstance(value, str):
        return spoken(value)
    if isinstance(value, Mapping):
        return {key: one if key in QUOTED else spoken_contents(one) for key, one in value.items()}
    return [spoken_contents(one) for one in value] if isinstance(value, list | tuple) else value


def spoken_table(table: pd.DataFrame) -> pd.DataFrame:
    """A table with units, words and heads of columns in the currency of the economy that is spoken of."""
    other = elsewhere(_SPOKEN_OF.get()) if _SPOKEN_OF.get() else None
    if other is None:
        return table
    texts = [name for name in table.columns if table[name].dtype in ("object", "str") and name not in QUOTED]
    table = table.assign(**{name: [spoken_contents(one) for one in table[name]] for name in texts})
    return table.rename(columns={name: spoken(name) for name in table.columns if isinstance(name, str)})


def _renamed(text: str, yuan: re.Pattern[str], word: str) -> str:
    """The word of the other currency for each yuan; where a word such as 美元 ends in that for yuan it stays."""

    def of(found: re.Match[str]) -> str:
        there = word.endswith(found.group()) and text[: found.end()].endswith(word)
        return found.group() if there else word

    return yuan.sub(of, text)


def _one(currency: Mapping[str, str]) -> str:
    """The English word for one unit of a currency: a dollar of dollars."""
    return currency[ENGLISH].removesuffix("s")
