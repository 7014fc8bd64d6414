"""Exercises: an answer in words or numbers is held against the run, and what is right is said with the number.

A check looks at the sign of a difference and at its confidence interval, never at a number that a later version of
the model would change. ``language`` is that of what is said; words are taken in any language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from abm import LANGUAGES, joined, said, translated
from xinzhi.analysis.reading.changes import Change, decimals_of, interval_text
from xinzhi.analysis.reading.paired import mean_of_pairs
from xinzhi.analysis.reading.quantities import quantity

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["ANSWERS", "check", "check_choice", "check_number", "over_runs", "verdict"]

ENGLISH = LANGUAGES[0]
ANSWERS = (said("higher"), said("lower"), said("unclear"), said("the same"))
OPEN = ("", "...", None)  # an exercise that nobody has tried yet


def verdict(change: Change) -> str:
    """``higher``, ``lower``, ``unclear`` where the 90 % confidence interval includes zero, or ``the same``."""
    found = change.difference
    if found.same:
        return "the same"
    if not found.clear:
        return "unclear"
    return "higher" if found.mean > 0 else "lower"


def check(answer: str | None, change: Change, language: str = ENGLISH) -> str:
    """What to tell who answered ``higher``, ``lower``, ``unclear`` or ``the same`` about a difference.

    Raises UserError for another word.
    """
    from abm import UserError

    if answer in OPEN:
        return translated(said("Not answered yet: write {names}.", names=joined(ANSWERS, "or")), language)
    words = {translated(word, one): word for one in LANGUAGES for word in ANSWERS}
    word = words.get(str(answer).strip().lower())
    if word is None:
        raise UserError(f"the answer '{answer}' is none of {', '.join(translated(one, language) for one in ANSWERS)}")
    right = next(one for one in ANSWERS if one == verdict(change))
    number = _number(change)
    if word == right:
        return translated(said("Right: {word} ({number}).", word=right, number=number), language)
    return translated(said("Not what the run says: {word} ({number}).", word=right, number=number), language)


def _number(change: Change) -> str:
    """A mean with its unit and interval, without a verdict."""
    if change.difference.same:
        return said("the same")
    mean = quantity(change.difference.mean, decimals_of(change), change.unit, signed=True)
    if change.difference.pairs == 1:
        return mean
    return said("{mean} [{interval}]", mean=mean, interval=interval_text(change))


def check_number(answer: float | None, low: float, high: float, unit: str = "", language: str = ENGLISH) -> str:
    """What to tell who answered with a number, if it lies from ``low`` to ``high``; None is not answered yet."""
    if answer is None:
        return translated("Not answered yet: write a number.", language)
    if not math.isfinite(answer):
        return translated("Not a number: did a division by zero happen?", language)
    within = low <= answer <= high
    words = f"{answer:.4g} {unit}".strip()
    if within:
        return translated(said("Right: {number}.", number=words), language)
    ends = {"number": words, "low": f"{low:.4g}", "high": f"{high:.4g}"}
    return translated(said("Not what the run says: {number} lies outside {low} to {high}.", **ends), language)


def check_choice(
    answer: str | None, values: Mapping[str, float], unit: str = "", language: str = ENGLISH
) -> str:  # fmt: skip
    """What to tell who named the largest of several numbers, {name: number}; equal numbers are all right.

    Raises UserError for a name that is none of them.
    """
    from abm import UserError

    names = list(values)
    if answer in OPEN:
        return translated(said("Not answered yet: write {names}.", names=joined(names, "or")), language)
    if answer not in values:
        raise UserError(f"the answer '{answer}' is none of {', '.join(names)}")
    largest = max(values.values())
    right = [name for name in names if values[name] == largest]
    numbers = joined([f"{name} {f'{value:.4g} {unit}'.strip()}" for name, value in values.items()], ",")
    found = {"word": joined(right, "and"), "number": numbers}
    if answer in right:
        return translated(said("Right: {word} ({number}).", **found), language)
    return translated(said("Not what the run says: {word} ({number}).", **found), language)


def over_runs(values: Sequence[float] | FloatArray, unit: str, decimals: int = 1) -> Change:
    """One number of each run as a mean with its 90 % confidence interval, so that ``check`` can read its sign.

    Raises UserError where no run has a number.
    """
    from abm import UserError

    found = mean_of_pairs(np.asarray(values, dtype=float))
    if found is None:
        raise UserError("no run has a number; run more seeds or years")
    return Change(found, unit, decimals)
