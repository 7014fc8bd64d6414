"""The two ways a run can end early: bad input, or accounts that do not close; and how a message quotes and suggests."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from abm.languages import Said, said, translated

__all__ = [
    "AccountingError", "AsIs", "NoteWarning", "RenamedKeyWarning", "UserError", "brief", "control_character", "line_of",
    "located", "nearest", "odd_character", "placed", "plain", "quoted", "refusal", "shown", "template",
    "whole_number",
]  # fmt: skip

LONGEST_QUOTE = 40  # characters of a value that a message shows
LONG_WORD = re.compile(r"\S{250,}")  # longer than any path that a user would want to read
LARGEST_WHOLE = 2**63
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # marks of the direction of writing
TOO_MANY_DIGITS = "a number of thousands of digits"


class UserError(Exception):
    """Bad input. The message is one line that names the place (file and line, or the option) and the remedy.

    The command line prints it and ends with exit code 2. A name with a line break in it does not break the message, and
    of a word of hundreds of characters the middle is left out. ``text`` is the message as it was given, which can be
    translated where it is a ``refusal``.
    """

    def __init__(self, message: str):
        super().__init__(_one_line(message))
        self.text = message

    def in_language(self, language: str) -> str:
        """The message in that language, as far as its table has it."""
        return _one_line(translated(self.text, language))

    def _render_traceback_(self) -> list[str]:
        """One line in a notebook too: the name is a protocol of IPython."""
        return [f"{type(self).__name__}: {self}"]


def _one_line(message: str) -> str:
    return LONG_WORD.sub(lambda word: f"{word[0][:60]}…{word[0][-30:]}", " ".join(message.splitlines()))


@dataclass(frozen=True)
class AsIs:
    """A name or a number in a message, which is the same in every language."""

    text: str

    def __str__(self) -> str:
        return self.text


def refusal(english: str, **values: object) -> Said:
    """A message of a UserError that can be translated: ``said``, but names and numbers in it stay as they are."""
    return said(english, **{name: one if isinstance(one, Said) else AsIs(str(one)) for name, one in values.items()})


def located(place: str, message: str) -> Said:
    """The message behind its place, such as a file and its line."""
    return refusal("{place}: {message}", place=place, message=message)


def template(english: str) -> str:
    """The text: marks one that is filled elsewhere, so that a test can list it."""
    return english


def line_of(file: str, line: int) -> Said:
    """A line of a file as a place."""
    return refusal("{file}, line {line}", file=file, line=line)


class RenamedKeyWarning(FutureWarning):
    """A scenario uses a key by the name that it had in the version before; the message names the new one."""


class NoteWarning(UserWarning):
    """Something was done otherwise than asked, or will do nothing; the command prints it as a line."""


class AccountingError(Exception):
    """Money appeared or vanished, or a balance that must not be negative is: a fault of the model, never of the user.

    ``sector``, ``quarter`` and ``agent`` (a row) say where, as far as it is known; they are part of the message.
    The command line prints it and ends with exit code 1.
    """

    def __init__(self, message: str, sector: str | None = None, quarter: int | None = None, agent: int | None = None):
        super().__init__(message, sector, quarter, agent)  # all of them in args, so that it survives pickling
        self.message = message
        self.sector = sector
        self.quarter = quarter
        self.agent = agent

    def __str__(self) -> str:
        places = (("sector", self.sector), ("quarter", self.quarter), ("agent", self.agent))
        known = ", ".join(f"{name} {value}" for name, value in places if value is not None)
        return f"{self.message} ({known})" if known else self.message


def plain(value: Any) -> Any:
    """A number of numpy as one of Python; anything else as it is."""
    return value.item() if getattr(value, "ndim", None) == 0 else value


def whole_number(name: str, value: Any) -> int:
    """The value as an int, also where numpy made it. Raises UserError for anything but a whole number."""
    one = plain(value)
    if isinstance(one, bool) or not isinstance(one, int):
        raise UserError(f"{name}={quoted(value)}: give a whole number")
    if abs(one) >= LARGEST_WHOLE:
        raise UserError(f"{name}={quoted(value)}: no whole number of this size is of use; give a smaller one")
    return one


@contextmanager
def placed(here: str) -> Iterator[None]:
    """Put the place, such as a file and its line, before what a UserError of the block says."""
    try:
        yield
    except UserError as error:
        if not here:
            raise
        raise UserError(located(here, error.text)) from None


def nearest(word: Any, valid: Iterable[str]) -> str:
    """A clause that offers the valid word most like the given one, or all of them where they are few.

    Where the given word differs by a character that cannot be seen, the clause names that character.
    """
    words, word = sorted(valid), word if isinstance(word, str) else brief(word)
    odd = odd_character(word)
    plain = "".join(one for one in word if not odd_character(one)).strip()
    if odd and plain in words:
        return refusal("; it has {odd}, which cannot be seen: type {plain} anew", odd=odd, plain=plain)
    for cutoff in (0.6, 0.4):
        close = difflib.get_close_matches(word, words, n=1, cutoff=cutoff)
        if close:
            return refusal("; nearest valid: {word}", word=close[0])
    return refusal("; valid: {words}", words=", ".join(words)) if 0 < len(words) <= 10 else ""


def odd_character(text: str) -> str:
    """The first character of a text that cannot be seen, by name; empty where there is none.

    Such are controls, signs without width and spaces of other kinds; a space at an end of the text is one too.
    """
    for one in text:
        if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp") or (one != " " and unicodedata.category(one) == "Zs"):
            return f"a {unicodedata.name(one, 'control character').lower()} (U+{ord(one):04X}) in it"
    return "a space at an end" if text != text.strip() else ""


def control_character(text: str, lines: bool = True) -> str:
    """The first character of a text that moves a cursor, changes a colour or turns the writing, as U+001B; else empty.

    ``lines`` says whether line breaks and tabs are free of blame.
    """
    for one in text:
        breaks = one in "\n\r\t" and lines
        if one in TURNING or (unicodedata.category(one) in ("Cc", "Zl", "Zp") and not breaks):
            return f"U+{ord(one):04X}"
    return ""


def shown(value: Any) -> str:
    """A value as a message quotes it, on one line and not too long."""
    return f"'{brief(value)}'"


def quoted(value: Any) -> str:
    """A value as Python writes it, on one line and not too long."""
    try:
        return brief(repr(value))
    except ValueError:  # in a list perhaps
        return TOO_MANY_DIGITS


def brief(value: Any, longest: int = LONGEST_QUOTE) -> str:
    """A value on one line and not too long."""
    try:
        text = " ".join(str(value).split())
    except ValueError:  # Python writes no whole number of more than some thousand digits
        return TOO_MANY_DIGITS
    return f"{text[:longest]}…" if len(text) > longest else text
