"""Exercises: an answer in words or numbers is held against the run, and what is right is said with the number.

A check looks at the sign of a difference and at its confidence interval, never at a number that a later version of
the model would change.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.changes import UNCLEAR, Change, cell_text
from xinzhi.analysis.reading.paired import mean_of_pairs

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["ANSWERS", "check", "check_choice", "check_number", "over_runs", "verdict"]

ANSWERS = ("higher", "lower", "unclear", "the same")
OPEN = ("", "...", None)  # an exercise that nobody has tried yet


def verdict(change: Change) -> str:
    """``higher``, ``lower``, ``unclear`` where the 90 % confidence interval includes zero, or ``the same``."""
    found = change.difference
    if found.same:
        return "the same"
    if not found.clear:
        return "unclear"
    return "higher" if found.mean > 0 else "lower"


def check(answer: str | None, change: Change) -> str:
    """What to tell who answered ``higher``, ``lower``, ``unclear`` or ``the same`` about a difference.

    Raises UserError for another word.
    """
    from abm import UserError

    if answer in OPEN:
        return f"Not answered yet: write one of {', '.join(ANSWERS)}."
    word = str(answer).strip().lower()
    if word not in ANSWERS:
        raise UserError(f"the answer '{answer}' is none of {', '.join(ANSWERS)}")
    right = verdict(change)
    number = cell_text(change).removesuffix(f" {UNCLEAR}")  # the word stands before it
    shown = f"{number} {change.unit}" if number[:1] in "+-0123456789" else number
    return f"{'Right' if word == right else 'Not what the run says'}: {right} ({shown})."


def check_number(answer: float | None, low: float, high: float, unit: str = "") -> str:
    """What to tell who answered with a number, if it lies from ``low`` to ``high``; None is not answered yet."""
    if answer is None:
        return "Not answered yet: write a number."
    if not math.isfinite(answer):
        return "Not a number: did a division by zero happen?"
    within = low <= answer <= high
    words = f"{answer:.4g} {unit}".strip()
    return f"Right: {words}." if within else f"Not what the run says: {words} lies outside {low:.4g} to {high:.4g}."


def check_choice(answer: str | None, values: Mapping[str, float], unit: str = "") -> str:
    """What to tell who named the largest of several numbers, {name: number}; equal numbers are all right.

    Raises UserError for a name that is none of them.
    """
    from abm import UserError

    names = list(values)
    if answer in OPEN:
        return f"Not answered yet: write one of {', '.join(names)}."
    if answer not in values:
        raise UserError(f"the answer '{answer}' is none of {', '.join(names)}")
    largest = max(values.values())
    right = [name for name in names if values[name] == largest]
    numbers = ", ".join(f"{name} {f'{value:.4g} {unit}'.strip()}" for name, value in values.items())
    return f"{'Right' if answer in right else 'Not what the run says'}: {' and '.join(right)} ({numbers})."


def over_runs(values: Sequence[float] | FloatArray, unit: str, decimals: int = 1) -> Change:
    """One number of each run as a mean with its 90 % confidence interval, so that ``check`` can read its sign.

    Raises UserError where no run has a number.
    """
    from abm import UserError

    found = mean_of_pairs(np.asarray(values, dtype=float))
    if found is None:
        raise UserError("no run has a number; run more seeds or years")
    return Change(found, unit, decimals)
