"""What Python callers may give: checked as the command's words are, in one line, before anything is done with it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from typing import Any

from abm.errors import UserError, plain, quoted, whole_number

__all__ = [
    "DISCOUNT_RATE", "check_kind", "check_place", "check_scenario", "checked_years_of", "discount_rate_of",
    "finite", "truth",
]  # fmt: skip

# The social discount rate a year, in real terms. 8 % is what China's method for public projects sets, and not below
# 6 % where benefits come late (National Development and Reform Commission and Ministry of Construction, 2006); the
# Asian Development Bank takes 9 %, and 6 % for social and environmental projects (2017). Both suit consumption that
# grows by 7 to 10 % a year. Here it grows by 3 to 4 %: with a preference for the present of 1 % and an elasticity of
# marginal utility of 1.2, Ramsey's rule gives about 5 %, the rate of the European Commission for regions that catch up
# (2014). All from memory.
DISCOUNT_RATE = 0.05
HIGHEST_DISCOUNT_RATE = 0.3


def check_scenario(scenario: Any, overrides: Any = None) -> None:
    """Raise UserError for what is neither a name, a path nor a Scenario, and for overrides that are no mapping."""
    if not hasattr(scenario, "digest"):
        check_place("scenario", scenario, "a shipped name, the path of a file or a Scenario")
    if overrides is not None:
        check_kind("overrides", overrides, Mapping, '{key: value}, such as {"levers.carbon_price": 200}')


def checked_years_of(years: Any) -> list[int] | None:
    """Calendar years, one or several, as a list; None as it is. Raises UserError for what is no whole number."""
    if years is None:
        return None
    years = plain(years)
    several = [years] if isinstance(years, (str, bytes)) or not isinstance(years, Iterable) else years
    return [whole_number("years", year) for year in several]


def check_place(name: str, value: Any, what: str) -> None:
    """Raise UserError for what is no name and no path; bytes are neither, since no file of results could hold them."""
    check_kind(name, value, (str, os.PathLike), what)


def check_kind(name: str, value: Any, kind: type | tuple[type, ...], what: str) -> None:
    """Raise UserError for a value that is of no such kind; ``what`` says what to give."""
    if not isinstance(value, kind):
        raise UserError(f"{name}={quoted(value)}: give {what}")


def truth(name: str, value: Any) -> bool:
    """A truth value, one of numpy included. Raises UserError for anything else: the text "no" would count as true."""
    one = plain(value)
    if not isinstance(one, bool):
        raise UserError(f"{name}={quoted(value)}: give True or False")
    return one


def finite(name: str, value: Any) -> float:
    """A finite number as a float. Raises UserError for anything else."""
    one = plain(value)
    try:
        if not isinstance(one, bool) and isinstance(one, (int, float)) and math.isfinite(one):
            return float(one)
    except OverflowError:  # a whole number of too many digits
        pass
    raise UserError(f"{name}={quoted(value)}: give a finite number")


def discount_rate_of(value: Any) -> float:
    """The social discount rate a year that ``5%``, ``0.05`` or 0.05 means. Raises UserError."""
    try:
        if isinstance(value, str):
            text = "".join(value.split())
            rate = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
        else:
            rate = finite("discount rate", value)
    except ValueError:
        raise UserError(f"discount rate {quoted(value)}: give a rate a year, such as 5% or 0.05") from None
    if not 0.0 <= rate <= HIGHEST_DISCOUNT_RATE:
        limits = f"it should be from 0 to {HIGHEST_DISCOUNT_RATE:.0%} a year"
        raise UserError(f"discount rate {quoted(value)}: {limits}; five per cent is written 5% or 0.05")
    return rate
