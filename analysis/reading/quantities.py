"""Numbers with their units as texts, which other languages than English write in other powers of ten."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from abm import ENGLISH, Translatable, counted_in, said
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from abm import Display

__all__ = ["between", "decimals_in", "display_in", "quantity", "titled", "unit_of", "years_text"]


class _Quantity(Translatable):
    """A number that remembers what it was made of."""

    parts: tuple[float, int, str, bool, bool, bool]

    def in_language(self, language: str) -> str:
        return _written(*self.parts, language)


class _Unit(Translatable):
    unit: str

    def in_language(self, language: str) -> str:
        return counted_in(language, self.unit)[1]


def quantity(
    value: float, decimals: int, unit: str = "", signed: bool = False, bare: bool = False, sure: bool = False
) -> Translatable:
    """``2.3 per cent``, ``2.3`` if it is ``bare``; a ``sure`` one keeps its sign where it rounds to zero, ``+0.0``."""
    made = _Quantity(_written(value, decimals, unit, signed, bare, sure, ENGLISH))
    made.parts = (value, decimals, unit, signed, bare, sure)
    return made


def _written(
    value: float, decimals: int, unit: str, signed: bool, bare: bool, sure: bool, language: str
) -> str:  # fmt: skip
    factor, name = counted_in(language, unit)
    value, decimals = factor * value, decimals_in(decimals, factor)
    number = format_number(value, decimals, signed)
    if sure and value != 0.0 and round(value, decimals) == 0.0:
        number = f"{'+' if value > 0 else '-'}{number}"
    return number if bare or not name else f"{number}{' ' if language == ENGLISH else ''}{name}"


def between(
    low: float, high: float, decimals: int, unit: str = "", signed: bool = False, sure: bool = False
) -> Translatable:
    """``+2.0 to +2.6`` of what is counted in ``unit``, which stands elsewhere."""
    ends = [quantity(end, decimals, unit, signed, bare=True, sure=sure) for end in (low, high)]
    return said("{low} to {high}", low=ends[0], high=ends[1])


def unit_of(unit: str) -> Translatable:
    """A unit on its own, such as above a column."""
    made = _Unit(unit)
    made.unit = unit
    return made


def titled(display: Display) -> str:
    """``Real GDP, trillion CNY a year``; the title alone where there is no unit."""
    if not display.unit:
        return display.title
    return said("{title}, {unit}", title=display.title, unit=unit_of(display.unit))


def years_text(first: int, last: int) -> str:
    """``2024 to 2050``."""
    return said("{first} to {last}", first=first, last=last) if last > first else said("{year}", year=first)


def display_in(display: Display, language: str) -> Display:
    """How the numbers of a variable are shown in a language."""
    factor, unit = counted_in(language, display.unit)
    if factor == 1.0:
        return display
    decimals = decimals_in(display.decimals, factor)
    span = factor * display.span
    return replace(display, unit=unit, factor=factor * display.factor, decimals=decimals, span=span)


def decimals_in(decimals: int, factor: float) -> int:
    """The decimals of a number that is multiplied by a power of ten; whole units stay in sight where it shrinks."""
    shift = -round(math.log10(factor))
    return max(decimals, shift) if shift > 0 else max(decimals + shift, 0)
