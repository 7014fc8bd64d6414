"""Cells as text: even columns for the terminal, and a Markdown table."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

__all__ = ["columns", "markdown"]


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Cells in even columns, numbers to the right; a Chinese letter takes two places of a terminal."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            room = " " * (width - _width(cell))
            cells.append(f"{cell}{room}" if place == 0 else f"{room}{cell}")
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def markdown(rows: Sequence[Sequence[Any]]) -> list[str]:
    """The lines of a Markdown table, the first row being its head."""
    lines = [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]
    return [lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]]
