"""The year in which an economy opens: what was known then, and nothing later.

A vintage is the tables and macro figures of a calendar year, which becomes quarter 0, and the assumptions that follow
from figures up to it: the trends of growth, electricity, fuel and the grid, the usual unemployment, the usual debt, and
no artificial intelligence. A scenario names it as ``growth.opening_year`` and may change any of its assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abm.data import DEFAULT_ECONOMY, DEFAULT_YEAR, OPENING_YEARS, find_economy, load_assumptions, openings_of
from abm.errors import UserError, refusal

__all__ = ["OPENING_YEAR_KEY", "checked_opening_year", "vintage_assumptions", "years_of"]

OPENING_YEAR_KEY = "growth.opening_year"


def checked_opening_year(year: int, economy: str = DEFAULT_ECONOMY) -> int:
    """The year if there are tables for it, else UserError with those in which the economy can open."""
    if year not in OPENING_YEARS:
        known = ", ".join(map(str, years_of(economy)))
        raise UserError(
            refusal(
                "{opening_year_key} {year}: the economy {economy} can open in {known}; no other year has tables",
                opening_year_key=OPENING_YEAR_KEY,
                year=year,
                economy=find_economy(economy).label,
                known=known,
            )
        )
    return int(year)


def years_of(economy: str) -> tuple[int, ...]:
    """The years in which an economy can open, those of the tables that stand in for the usual one among them."""
    manifest = find_economy(economy)
    return tuple(sorted(openings_of(economy) if economy == DEFAULT_ECONOMY else manifest.openings))


def vintage_assumptions(assumptions: Mapping[str, Any], economy: str | None = None) -> dict[str, Any]:
    """{dotted parameter: value} of an economy in the opening year that a scenario's assumptions name. Raises UserError.

    Without ``economy`` it is the first shipped one that opens then.
    """
    return load_assumptions(checked_opening_year(assumptions.get(OPENING_YEAR_KEY, DEFAULT_YEAR)), economy)
