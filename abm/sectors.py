"""Rows of the sectors that have a part of their own in the economy, found by their codes in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["ENERGY_CODES", "SectorRows", "rows_of"]

ENERGY_CODES = ("PET", "UTL")  # products that are energy, whatever else a sector buys


class SectorRows(NamedTuple):
    """Rows of sectors with a role; kernels are given those they need."""

    REFINING: int  # sells fuel
    POWER: int  # sells electricity and emits what the grid emits
    ICT: int  # sells AI services
    BUSINESS: int  # does research that the state buys
    PUBLIC: int  # administers, teaches, and is ordered AI by the state


CODES = ("PET", "UTL", "ICT", "BUS", "PUB")  # in the order of SectorRows


def rows_of(codes: Sequence[str]) -> SectorRows:
    """The rows in the order of the tables; ValueError where a code is missing."""
    return SectorRows(*(list(codes).index(code) for code in CODES))
