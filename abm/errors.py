"""The two ways a run can end early: what was asked for makes no sense, or the accounts do not close."""

from __future__ import annotations

__all__ = ["AccountingError", "UserError"]


class UserError(Exception):
    """Bad input. The message is one line that names the place (file and line, or the option) and the remedy.

    The command line prints it and ends with exit code 2.
    """


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
