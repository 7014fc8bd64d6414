"""Words, numbers and lists in the language of a reader, from the one table of texts in abm.languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from abm import LANGUAGES, UserError, counted_in, filled, translated
from xinzhi.analysis.reading.changes import Change, decimals_of
from xinzhi.analysis.reading.quantities import decimals_in
from xinzhi.analysis.reading.text import format_number, listed, within_sentence

__all__ = ["Words", "words_in"]

LIST_SIGNS = {"en": ("; ", ", "), "zh": ("；", "、")}  # between phrases, between names


class Counted(NamedTuple):
    """A number with its unit, as text: ``2.3 per cent``; ``interval`` is empty for a single pair."""

    size: str
    interval: str


class Words:
    """What a text, a number or a list is in one language."""

    def __init__(self, language: str):
        self.language = language
        self._phrases, self._names = LIST_SIGNS[language]

    def say(self, english: str, /, **values: object) -> str:
        """The text in the language with its ``{names}`` filled."""
        return filled(english, self.language, **values)

    def name(self, english: str) -> str:
        """A title on its own."""
        return translated(english, self.language)

    def inside(self, english: str) -> str:
        """A title within a sentence."""
        return within_sentence(english) if self.language == "en" else self.name(english)

    def phrases(self, many: Sequence[str]) -> str:
        """Phrases with intervals, side by side."""
        return self._phrases.join(many)

    def names(self, many: Sequence[str]) -> str:
        """Names in a row."""
        return listed(list(many)) if self.language == "en" else self._names.join(many)

    def unit(self, unit: str) -> tuple[float, str]:
        """By what a number is multiplied and the unit that is then written behind it."""
        return counted_in(self.language, unit)

    def counted(self, change: Change, signed: bool = False, bare: bool = False) -> Counted:
        """A change with its interval, without a sign unless ``signed`` and without its unit where ``bare``."""
        factor, unit = self.unit(change.unit)
        found = change.difference
        decimals = decimals_in(decimals_of(change), factor)
        size = format_number(factor * (found.mean if signed else abs(found.mean)), decimals, signed)
        size = size if bare else f"{size}{' ' if self.language == 'en' else ''}{unit}"
        if found.pairs == 1:
            return Counted(size, "")
        ends = (found.low, found.high) if signed or found.high > 0 else (-found.high, -found.low)
        low, high = (format_number(factor * end, decimals, signed) for end in ends)
        return Counted(size, self.say("{low} to {high}", low=low, high=high))


def words_in(language: str) -> Words:
    """The words of a language. Raises UserError for one that there is no table for."""
    if language not in LANGUAGES:
        raise UserError(f"no language '{language}'; give one of {', '.join(LANGUAGES)}")
    return Words(language)
