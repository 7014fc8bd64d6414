"""The screening that came with this version: `xinzhi screen` run once, kept as a table in ``screening.csv``.

``screening.json`` says how it was run and what chance alone gives; the kinds of sources are those before they were
looked for, which no version of the code can say any more.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from abm.data.reading import number, once, read_rows, text

__all__ = ["MOST", "KeptRow", "kept_screening", "screening_about"]

TABLE = Path(__file__).with_name("screening.csv")
MOST = 40  # of which each has a source or a range


class KeptRow(NamedTuple):
    """What was found for a parameter: its share of all effects, in how many headlines it is above chance, and each."""

    parameter: str
    share: float
    headlines: int
    low: float
    high: float
    source_before: str
    effects: dict[str, float]


@cache
def kept_screening() -> tuple[KeptRow, ...]:
    """The rows, the parameter that moves the headlines most first. Raises UserError."""
    rows = read_rows(TABLE)
    once(rows, "parameter")
    headlines = list(screening_about()["floor"])
    return tuple(
        KeptRow(
            text(row, "parameter"), number(row, "share"), int(number(row, "headlines")), number(row, "low"),
            number(row, "high"), text(row, "source_before"),
            {name: number(row, name) for name in headlines},
        )
        for row in rows
    )  # fmt: skip


@cache
def screening_about() -> dict[str, Any]:
    """How it was run (a sentence), worlds, those lost, floor and explained by headline, sources_before by parameter."""
    about: dict[str, Any] = json.loads(TABLE.with_suffix(".json").read_text(encoding="utf-8"))
    return about
