"""The screening that came with this version: `xinzhi screen` run once, kept as a table in ``screening.csv``.

``screening.json`` says how it was run and what chance alone gives; the kinds of sources are those before they were
looked for, which no version of the code can say any more.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from abm.data.reading import number, once, read_rows, text

__all__ = ["MOST", "KeptRow", "kept_screening", "screening_about", "write_kept"]

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
def kept_screening(table: Path = TABLE) -> tuple[KeptRow, ...]:
    """The rows, the parameter that moves the headlines most first. Raises UserError."""
    rows = read_rows(table)
    once(rows, "parameter")
    headlines = list(screening_about(table)["floor"])
    return tuple(
        KeptRow(
            text(row, "parameter"), number(row, "share"), int(number(row, "headlines")), number(row, "low"),
            number(row, "high"), text(row, "source_before"),
            {name: number(row, name) for name in headlines},
        )
        for row in rows
    )  # fmt: skip


@cache
def screening_about(table: Path = TABLE) -> dict[str, Any]:
    """How it was run (a sentence), worlds, those lost, floor and explained by headline, sources_before by parameter."""
    about: dict[str, Any] = json.loads(table.with_suffix(".json").read_text(encoding="utf-8"))
    return about


def write_kept(rows: Sequence[KeptRow], about: Mapping[str, Any], table: Path) -> None:
    """Write a screening as it is kept: a table, and beside it how it was run."""
    headlines = list(about["floor"])
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["parameter", "share", "headlines", "low", "high", "source_before", *headlines])
        for one in rows:
            effects = [f"{one.effects[name]:.4g}" for name in headlines]
            ends = [f"{one.low:.6g}", f"{one.high:.6g}"]
            writer.writerow([one.parameter, f"{one.share:.6f}", one.headlines, *ends, one.source_before, *effects])
    text = json.dumps(about, indent=1, ensure_ascii=False)
    table.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")
