"""Tables as plain text, the same in a terminal and in a file, and keys in words."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

__all__ = ["aligned", "title_of_key"]

CAPITALS = {"ai": "AI", "gdp": "GDP", "rd": "R&D"}  # words of keys that are abbreviations


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = (), gap: int = 2) -> str:
    """Rows of cells as lines with even columns; the columns named in ``right`` end evenly instead.

    A row with a single cell is a heading and does not widen the first column.
    """
    columns = max(len(row) for row in rows)
    full = [[*row, *[""] * (columns - len(row))] for row in rows if len(row) > 1]
    widths = [max((_width(row[column]) for row in full), default=0) for column in range(columns)]
    lines = []
    for row in rows:
        if len(row) == 1:
            lines.append(row[0])
            continue
        cells = [
            _room(cell, widths[column]) + cell if column in right else cell + _room(cell, widths[column])
            for column, cell in enumerate(row)
        ]
        lines.append((" " * gap).join(cells).rstrip())
    return "\n".join(lines)


def _width(cell: str) -> int:
    """Places that it takes in a terminal, of which a Chinese letter takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)


def _room(cell: str, width: int) -> str:
    return " " * (width - _width(cell))


def title_of_key(key: str) -> str:
    """A key in words, as a title: ``separation_rate`` becomes ``Separation rate``."""
    words = " ".join(CAPITALS.get(word, word) for word in key.split("_"))
    return words[:1].upper() + words[1:]
