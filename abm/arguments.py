"""What Python callers may give as a scenario and as overrides: checked as the command's words are, in one line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from abm.errors import UserError, whole_number

__all__ = ["check_place", "check_scenario", "checked_years_of"]


def check_scenario(scenario: Any, overrides: Any = None) -> None:
    """Raise UserError for what is neither a name, a path nor a Scenario, and for overrides that are no mapping."""
    if not hasattr(scenario, "digest"):
        check_place("scenario", scenario, "a shipped name, the path of a file or a Scenario")
    if overrides is not None and not isinstance(overrides, Mapping):
        raise UserError(f'overrides={overrides!r}: give {{key: value}}, such as {{"levers.carbon_price": 200}}')


def checked_years_of(years: Any) -> list[int] | None:
    """Calendar years, one or several, as a list; None as it is. Raises UserError for what is no whole number."""
    if years is None:
        return None
    several = [years] if isinstance(years, (str, bytes)) or not isinstance(years, Iterable) else years
    return [whole_number("years", year) for year in several]


def check_place(name: str, value: Any, what: str) -> None:
    """Raise UserError for what is no name and no path; bytes are neither, since no file of results could hold them."""
    if not isinstance(value, (str, os.PathLike)):
        raise UserError(f"{name}={value!r}: give {what}")
