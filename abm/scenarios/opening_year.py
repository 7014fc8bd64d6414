"""The year in which an economy opens: what was known then, and nothing later.

A vintage is the tables and macro figures of a calendar year, which becomes quarter 0, and the assumptions that follow
from figures up to it: the trends of growth, electricity, fuel and the grid, the usual unemployment, the usual debt, and
no artificial intelligence. A scenario names it as ``growth.opening_year`` and may change any of its assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abm.data import DEFAULT_YEAR, OPENING_YEARS, load_assumptions
from abm.errors import UserError, refusal

__all__ = ["OPENING_YEAR_KEY", "checked_opening_year", "vintage_assumptions"]

OPENING_YEAR_KEY = "growth.opening_year"


def checked_opening_year(year: int) -> int:
    """The year if there are tables for it, else UserError."""
    if year not in OPENING_YEARS:
        known = ", ".join(map(str, OPENING_YEARS))
        raise UserError(
            refusal(
                "{opening_year_key} {year}: the economy can open in {known}; no other year has tables",
                opening_year_key=OPENING_YEAR_KEY,
                year=year,
                known=known,
            )
        )
    return int(year)


def vintage_assumptions(assumptions: Mapping[str, Any], economy: str | None = None) -> dict[str, Any]:
    """{dotted parameter: value} of an economy in the opening year that a scenario's assumptions name. Raises UserError.

    Without ``economy`` it is the first shipped one that opens then.
    """
    return load_assumptions(checked_opening_year(assumptions.get(OPENING_YEAR_KEY, DEFAULT_YEAR)), economy)
