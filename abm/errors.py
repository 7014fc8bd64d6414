"""The two ways a run can end early: bad input, or accounts that do not close; and the nearest valid word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

__all__ = ["AccountingError", "NoteWarning", "RenamedKeyWarning", "UserError", "nearest", "whole_number"]


class UserError(Exception):
    """Bad input. The message is one line that names the place (file and line, or the option) and the remedy.

    The command line prints it and ends with exit code 2.
    """

    def __str__(self) -> str:
        return " ".join(super().__str__().split())  # a value in it may be shown in several lines

    def _render_traceback_(self) -> list[str]:
        """One line in a notebook too: the name is a protocol of IPython."""
        return [f"{type(self).__name__}: {self}"]


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


def whole_number(name: str, value: Any) -> int:
    """The value as an int, also where numpy made it. Raises UserError for anything but a whole number."""
    one = value.item() if hasattr(value, "item") and getattr(value, "ndim", 1) == 0 else value
    if isinstance(one, bool) or not isinstance(one, int):
        raise UserError(f"{name}={value!r}: give a whole number")
    return one


def nearest(word: Any, valid: Iterable[str]) -> str:
    """A clause that offers the valid word most like the given one, or all of them where they are few."""
    words = sorted(valid)
    for cutoff in (0.6, 0.4):
        close = difflib.get_close_matches(str(word), words, n=1, cutoff=cutoff)
        if close:
            return f"; nearest valid: {close[0]}"
    return f"; valid: {', '.join(words)}" if 0 < len(words) <= 10 else ""
