"""The texts that a reader sees in other languages than English: one table for each, from the English text to its own.

The English text is the key, so that a text that changes is missing in the table until it is translated again; a test
says which. A text is looked up before its numbers and names are put in: ``{name}`` stands for them in both languages.
``python -m xinzhi.app.texts`` prints what the tables lack, in the form of the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = ["ENGLISH", "LANGUAGES", "filled", "sections", "table", "translated"]

ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh")


@cache
def sections(language: str) -> Mapping[str, Mapping[str, str]]:
    """{heading: {English text: its translation}} as the file of the language has them; nothing for English."""
    if language == ENGLISH:
        return MappingProxyType({})
    from ruamel.yaml import YAML  # imported when needed: a command in English stays fast

    loaded = YAML(typ="safe").load(Path(__file__).with_name(f"{language}.yaml"))
    return MappingProxyType(loaded)


@cache
def table(language: str) -> Mapping[str, str]:
    """{English text: its translation} of all headings; empty for English. KeyError for a language that is not known."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return MappingProxyType({text: other for of in sections(language).values() for text, other in of.items()})


def translated(english: str, language: str) -> str:
    """The text in that language; in English where the table lacks it."""
    return table(language).get(english, english)


def filled(english: str, language: str, **values: object) -> str:
    """The text in that language with its ``{names}`` filled: ``filled("{count} pairs", "zh", count=8)``."""
    return translated(english, language).format(**values)
