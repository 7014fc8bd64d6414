"""Tables from files: rows, columns and matrices; what cannot be read is one line with file, line and remedy."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from abm.errors import UserError, nearest, shown

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "Row", "check_sums", "column", "frozen", "matrix", "number", "number_within", "once", "place", "read_rows",
    "some_words", "sparse_square", "square", "text", "texts", "word", "words",
]  # fmt: skip

ROUNDING = 1e-3
LINE, FILE = "\0line", "\0file"  # keys of a row beside its columns; no column is called so

Row = Mapping[str, str]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table; each remembers its place. Raises UserError."""
    label = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"{label}: cannot be read ({error.strerror}); an economy needs this table") from None
    except UnicodeDecodeError:
        raise UserError(f"{label}: not a text in UTF-8; save the table as CSV in UTF-8") from None
    rows = list(csv.DictReader(text.splitlines()))
    if not rows:
        raise UserError(f"{label}: the table has no rows")
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise UserError(f"{label}, line {line}: wrong number of cells; the first line says how many there are")
        row |= {FILE: label, LINE: str(line)}
    return rows


def number(row: Row, name: str) -> float:
    """The number in a column of a row. Raises UserError."""
    text = _cell(row, name)
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise UserError(f"{place(row)}: {name} should be a number, not {shown(text)}")
    return value


def check_sums(rows: Iterable[Row], total: str, parts: Sequence[str]) -> None:
    """Raise UserError where a total differs from the sum of its parts by more than rounding, a thousandth of it."""
    for row in rows:
        value, found = number(row, total), sum(number(row, part) for part in parts)
        if abs(value - found) > ROUNDING * abs(value):
            listed = f"{', '.join(parts[:-1])} and {parts[-1]}"
            raise UserError(f"{place(row)}: {total} should be the sum of {listed}, {found:g}, not {value:g}")


def number_within(row: Row, name: str, least: float, most: float) -> float:
    """The number in a column of a row, between two bounds. Raises UserError."""
    value = number(row, name)
    if not least <= value <= most:
        raise UserError(f"{place(row)}: {name} should be {least:g} to {most:g}, not {value:g}")
    return value


def word(row: Row, name: str, known: Collection[str]) -> str:
    """The word in a column of a row, one of those known. Raises UserError."""
    text = _cell(row, name).strip()
    if text not in known:
        choice = nearest(text, known) or f"; choose {', '.join(known)}"
        raise UserError(f"{place(row)}: unknown {name} {shown(text)}{choice}")
    return text


def words(row: Row, name: str, known: Collection[str]) -> frozenset[str]:
    """The words in a column of a row, with semicolons between them; ``none`` or nothing for none. Raises UserError."""
    found = [text.strip() for text in _cell(row, name).split(";")]
    return frozenset(
        word(dict(row) | {name: text}, name, known) for text in found if text and (text, len(found)) != ("none", 1)
    )


def some_words(row: Row, name: str, known: Collection[str]) -> frozenset[str]:
    """As ``words``, but at least one of them. Raises UserError."""
    found = words(row, name, known)
    if not found:
        raise UserError(f"{place(row)}: {name} is empty; write at least one of {', '.join(known)}")
    return found


def text(row: Row, name: str) -> str:
    """The text in a column of a row, which should not be empty. Raises UserError."""
    found = _cell(row, name).strip()
    if not found:
        raise UserError(f"{place(row)}: {name} is empty")
    return found


def once(rows: list[dict[str, str]], name: str) -> None:
    """Refuse a table in which two rows have the same text in a column. Raises UserError."""
    seen: set[str] = set()
    for row in rows:
        if text(row, name) in seen:
            raise UserError(f"{place(row)}: there are two rows {row[name].strip()}; remove one")
        seen.add(row[name].strip())


def column(rows: list[dict[str, str]], name: str) -> FloatArray:
    """A column of numbers, read-only."""
    return frozen(np.array([number(row, name) for row in rows], dtype=np.float64))


def texts(rows: list[dict[str, str]], name: str) -> tuple[str, ...]:
    """A column of texts."""
    return tuple(_cell(row, name) for row in rows)


def square(rows: list[dict[str, str]], row_key: str, column_key: str, name: str, codes: tuple[str, ...]) -> FloatArray:
    """Long table to matrix. Raises UserError for a pair that is missing, unknown or given twice."""
    result = np.full((len(codes), len(codes)), np.nan)
    for row in rows:
        at = tuple(codes.index(word(row, key, codes)) for key in (row_key, column_key))
        if not np.isnan(result[at]):
            raise UserError(f"{place(row)}: the pair {row[row_key]}, {row[column_key]} is given twice")
        result[at] = number(row, name)
    missing = np.argwhere(np.isnan(result))
    if missing.size:
        pair = ", ".join(codes[one] for one in missing[0])
        raise UserError(f"{rows[0][FILE]}: the pair {pair} is missing; write 0 where nothing is bought")
    return frozen(result)


def sparse_square(
    rows: list[dict[str, str]], row_key: str, column_key: str, name: str, codes: tuple[str, ...]
) -> FloatArray:
    """The same where pairs that are missing are 0. Raises UserError for one that is unknown or given twice."""
    result, seen = np.zeros((len(codes), len(codes))), set()
    for row in rows:
        at = tuple(codes.index(word(row, key, codes)) for key in (row_key, column_key))
        if at in seen:
            raise UserError(f"{place(row)}: the pair {row[row_key]}, {row[column_key]} is given twice")
        seen.add(at)
        result[at] = number(row, name)
    return frozen(result)


def matrix(rows: list[dict[str, str]], key: str, codes: tuple[str, ...], columns: tuple[str, ...]) -> FloatArray:
    """Wide table to matrix, rows in the order of ``codes`` whatever their order in the file. Raises UserError."""
    found = {_cell(row, key): row for row in rows}
    missing = [code for code in codes if code not in found]
    if missing:
        raise UserError(f"{rows[0][FILE]}: there is no row {missing[0]}; add one")
    return frozen(np.array([[number(found[code], name) for name in columns] for code in codes]))


def frozen(array: FloatArray) -> FloatArray:
    """The array, read-only from now on."""
    array.setflags(write=False)
    return array


def _cell(row: Row, name: str) -> str:
    if name not in row:
        raise UserError(
            f"{row[FILE]}: there is no column {name}{nearest(name, [key for key in row if key[0] != chr(0)])}"
        )
    return row[name]


def place(row: Row) -> str:
    """The file and line of a row, as messages name them."""
    return f"{row[FILE]}, line {row[LINE]}"
