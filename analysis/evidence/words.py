"""Words of the table in the language of the reader: figures, units, ranges and values."""

from __future__ import annotations

from typing import Any

import numpy as np

from abm import ENGLISH, filled, said, translated
from xinzhi.analysis.evidence.numbers import NOT_IN_THIS_RUN
from xinzhi.analysis.evidence.published import chinese_texts
from xinzhi.analysis.reading.text import format_number

__all__ = ["IN_VIEW", "between", "model_value", "name_of", "number_of", "of_table", "range_of_hits", "why"]

IN_VIEW = {"yes": said("imposed"), "form": said("in view"), "no": ""}
# {unit: what stands behind a number}
UNITS = {
    "ratio": "", "per cent": " %", "percentage points": said(" points"), "TWh": " TWh", "months": said(" months"),
}  # fmt: skip


def of_table(text: str, language: str = ENGLISH) -> str:
    """A text of published.csv."""
    return text if language == ENGLISH else chinese_texts().get(text, text)


def name_of(one: Any, language: str = ENGLISH) -> str:
    """``Firms that use AI, 2025Q2``."""
    period = of_table(one.period, language)
    if not period:
        return of_table(one.figure, language)
    return filled("{figure}, {period}", language, figure=of_table(one.figure, language), period=period)


def range_of_hits(one: Any, language: str = ENGLISH) -> str:
    """``2.8 (~ 2.1 to 3.5) %``: what is published, and the range that counts as a hit."""
    unit = translated(UNITS[one.unit], language)
    if not np.isfinite(one.range_low):
        return f"{number_of(one.published)}{unit}"
    mark = "~ " if one.range_is == "chosen here" else ""
    return f"{number_of(one.published)} ({mark}{between(one.range_low, one.range_high, language)}){unit}"


def model_value(one: Any, language: str = ENGLISH) -> str:
    """``1.0 [0.8 to 1.1]``."""
    interval = f" [{between(one.model_low, one.model_high, language)}]" if np.isfinite(one.model_low) else ""
    return f"{number_of(one.model)}{interval}"


def between(low: float, high: float, language: str = ENGLISH) -> str:
    """``0.8 to 1.1``."""
    return filled("{low} to {high}", language, low=number_of(low), high=number_of(high))


def number_of(value: float) -> str:
    """Three digits or more."""
    return format_number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)


def why(one: Any, language: str = ENGLISH) -> str:
    """Why the runs cannot say it, its note, and what they give beside it."""
    parts, note = [], one.note
    if note.startswith(NOT_IN_THIS_RUN):
        parts, note = [NOT_IN_THIS_RUN], note.removeprefix(NOT_IN_THIS_RUN).removeprefix("; ")
    shown = [translated(part, language) for part in (*parts, of_table(note, language), one.beside)]
    return ("; " if language == ENGLISH else "；").join(filter(None, shown))
