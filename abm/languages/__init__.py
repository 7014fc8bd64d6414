"""The texts that a reader sees in other languages than English: one table for each, from the English text to its own.

The English text is the key, so that a text that changes is missing in the table until it is translated again; a test
says which, and ``python -m xinzhi.app.texts`` prints what the tables lack, in the form of the tables.

A sentence with numbers or names in it is written ``said("{count} pairs of runs", count=8)``. That is an English text as
any other, and it remembers what it was made of, so that it can be translated where it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = [
    "ENGLISH", "GROUPS", "LANGUAGES", "SEPARATORS", "Said", "Translatable", "called", "counted_in", "currencies_from",
    "filled", "joined", "names_from", "said", "sections", "table", "translated",
]  # fmt: skip

ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh")
GROUPS = "names of groups"  # the heading of what the tables of economies call their sectors, occupations and regions
NAMES: list[Callable[[str], Mapping[str, str]]] = []  # where they stand
CURRENCIES: list[Callable[[], Sequence[Mapping[str, str]]]] = []  # where those of economies stand
DECLARED, YUAN = "CNY", "元"  # the currency that texts are written in
# Between the things of a list, before the last of them, and between clauses.
SEPARATORS = {ENGLISH: (", ", " and ", "; "), "zh": ("、", "和", "；")}
# What stands between the parts of ``joined``, and before the last of them.
JOINTS = {
    ENGLISH: {"and": (", ", " and "), "or": (", ", " or "), ",": (", ", ", "), ";": ("; ", "; "), " ": (" ", " ")},
    "zh": {"and": ("、", "和"), "or": ("、", "和"), ",": ("，", "，"), ";": ("；", "；"), " ": ("", "")},
}
# Units that the statistics of a country count in other powers of ten: {unit: (factor, the unit there)}.
COUNTED = {
    "zh": {
        "million people": (100.0, "万人"),
        "million people a year": (100.0, "万人/年"),
        "billion CNY": (10.0, "亿元"),
        "billion CNY a year": (10.0, "亿元/年"),
        "billion CNY a year; below zero revenue": (10.0, "亿元/年，负值为收入"),
        "million tonnes a year": (0.01, "亿吨/年"),
        "terawatt hours a year": (10.0, "亿千瓦时/年"),
        "tonnes per million CNY": (0.01, "吨/万元"),
        "terawatt hours per trillion CNY": (10.0, "千瓦时/万元"),
    }
}


@cache
def sections(language: str) -> Mapping[str, Mapping[str, str]]:
    """{heading: {English text: its translation}} as the file of the language and the tables of economies have them."""
    if language == ENGLISH:
        return MappingProxyType({})
    from ruamel.yaml import YAML  # imported when needed: a command in English stays fast

    loaded = YAML(typ="safe").load(Path(__file__).with_name(f"{language}.yaml"))
    of_groups = {text: other for names in NAMES for text, other in names(language).items()}
    return MappingProxyType({**loaded, GROUPS: of_groups})


def names_from(names: Callable[[str], Mapping[str, str]]) -> None:
    """Take names of groups, {English name: that in a language}, from where they stand beside other data."""
    NAMES.append(names)
    sections.cache_clear()
    table.cache_clear()


def currencies_from(currencies: Callable[[], Sequence[Mapping[str, str]]]) -> None:
    """Take the currencies of economies, ``code`` and the word in each language, from where they stand."""
    CURRENCIES.append(currencies)
    table.cache_clear()


@cache
def table(language: str) -> Mapping[str, str]:
    """{English text: its translation} of all headings; empty for English. KeyError for a language that is not known."""
    if language not in LANGUAGES:
        raise KeyError(language)
    known = {text: other for of in sections(language).values() for text, other in of.items()}
    for code, words in _currencies().items():
        known |= {
            text.replace(DECLARED, code): other.replace(YUAN, words[language])
            for text, other in known.items()
            if DECLARED in text
        }
    return MappingProxyType(known)


def _currencies() -> dict[str, Mapping[str, str]]:
    """{code: its word in each language} of the currencies of economies, but the one that texts are written in."""
    found = {words["code"]: words for currencies in CURRENCIES for words in currencies()}
    return {code: words for code, words in found.items() if code != DECLARED}


class Translatable(str):
    """An English text that knows what it is in other languages."""

    def in_language(self, language: str) -> str:
        """The text in a language that is not English."""
        raise NotImplementedError


class Said(Translatable):
    """An English text that remembers the text with ``{names}`` and the values that it was made of."""

    template: str
    values: Mapping[str, object]

    def in_language(self, language: str) -> str:
        """The text with its values, in English where the table lacks it."""
        other = table(language).get(self.template, self.template)
        return other.format(**{name: _shown(value, language) for name, value in self.values.items()})


class _Called(Translatable):
    text: str

    def in_language(self, language: str) -> str:
        return translated(self.text, language)


class _Joined(Translatable):
    parts: tuple[str, ...]
    joint: str

    def in_language(self, language: str) -> str:
        return _in_a_row(self.parts, self.joint, language)


def said(english: str, **values: object) -> Said:
    """The English text with its ``{names}`` filled. A value can be a number, a text, another Said, or several of them.

    A list is written ``a, b and c``, a tuple as clauses, ``a; b; c``. Titles may begin with a small letter.
    ``english`` is a plain literal, so that a test can list all of them.
    """
    made = Said(english.format(**{name: _shown(value, ENGLISH) for name, value in values.items()}))
    made.template, made.values = english, values
    return made


def called(english: str, text: str) -> Translatable:
    """What English writes in another way in this place, such as with a small letter; else it is ``text``."""
    made = _Called(english)
    made.text = text
    return made


def joined(parts: Sequence[str], joint: str) -> Translatable:
    """Texts in a row: ``a, b and c``, with "or", ``a, b``, ``a; b``, ``a b``, or with nothing between them."""
    made = _Joined(_in_a_row(parts, joint, ENGLISH))
    made.parts, made.joint = tuple(parts), joint
    return made


def _in_a_row(parts: Sequence[str], joint: str, language: str) -> str:
    between, last = JOINTS[language][joint] if joint else ("", "")
    *first, end = [translated(part, language) for part in parts] or [""]
    return f"{between.join(first)}{last}{end}" if first else end


def counted_in(language: str, unit: str) -> tuple[float, str]:
    """By what a number is multiplied, and the unit that is then written behind it."""
    known = unit.text if isinstance(unit, _Called) else unit
    for code, words in _currencies().items() if language != ENGLISH else ():
        if code in known:
            factor, name = COUNTED[language].get(known.replace(code, DECLARED)) or (1.0, translated(unit, language))
            return factor, name.replace(YUAN, words[language]) if factor != 1.0 else name
    return COUNTED.get(language, {}).get(known) or (1.0, translated(unit, language))


def translated(english: str, language: str) -> str:
    """The text in that language, in English where the table lacks it; of a Said its values, too."""
    if isinstance(english, Translatable):
        return str(english) if language == ENGLISH else english.in_language(language)
    return table(language).get(english, english)


def filled(english: str, language: str, **values: object) -> str:
    """What ``said`` makes of the text and the values, at once in that language."""
    return translated(said(english, **values), language)


def _shown(value: object, language: str) -> str:
    if isinstance(value, str):
        return _within(value, language)
    comma, word, semicolon = SEPARATORS[language]
    if isinstance(value, tuple):
        return semicolon.join(_shown(one, language) for one in value)
    if isinstance(value, list):
        *first, last = [_shown(one, language) for one in value]
        return f"{comma.join(first)}{word}{last}" if first else last
    return str(value)


def _within(text: str, language: str) -> str:
    """A text inside a sentence, where a title begins with a small letter."""
    capital = text[:1].upper() + text[1:]
    if isinstance(text, Translatable) or text in table(language) or capital not in table(language):
        return translated(text, language)
    return table(language)[capital]
