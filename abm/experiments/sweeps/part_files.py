"""The files that hold outcomes of a sweep: written whole, read with every row counted, in Parquet or CSV.

A file is sound when it can be read to its end and every run in it has all its rows. One that is not, after a full disk
or a copy that broke off, is named and left out, and its runs count as missing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from abm.errors import UserError
from abm.files import whole_file
from abm.results.results import write_table

__all__ = ["KEYS", "SUFFIXES", "can_write_parquet", "read_csv", "sound_table", "write_outcomes"]

KEYS = ("point", "seed")
SUFFIXES = (".parquet", ".csv")
PATTERN = "*?["  # what DuckDB takes for a pattern of names
UNREADABLE = "cannot be read"


def can_write_parquet() -> bool:
    """Whether DuckDB is there."""
    try:
        import duckdb  # noqa: F401
    except ImportError:
        return False
    return True


def write_outcomes(stem: Path, table: pd.DataFrame) -> None:
    """Write a table of outcomes in Parquet, in CSV where DuckDB is not there."""
    if not can_write_parquet():
        write_table(stem.with_name(stem.name + ".csv"), table)
        return
    import duckdb

    try:
        with whole_file(stem.with_name(stem.name + ".parquet")) as part, duckdb.connect() as connection:
            connection.register("outcomes", table)
            connection.execute(f"COPY outcomes TO '{_quoted(part)}' (FORMAT parquet)")
    except duckdb.Error as error:
        raise OSError(0, str(error).splitlines()[0]) from None


def sound_table(paths: Sequence[Path], period: str, times: int) -> tuple[pd.DataFrame | None, dict[Path, str]]:
    """The rows of all sound files, None if there is none, and {file: what is wrong with it} of the others.

    ``period`` is the column of time and ``times`` the rows of each run.
    """
    broken: dict[Path, str] = {}
    tables = []
    columns = [*KEYS, period]
    for path, table in _tables(paths, broken):
        if list(table.columns[:3]) != columns:
            broken[path] = f"has other columns than {', '.join(columns)}"
        elif table.empty or (table.groupby(list(KEYS)).size() != times).any():
            broken[path] = f"has runs without all of their {times} rows"
        else:
            tables.append(table)
    return (pd.concat(tables, ignore_index=True) if tables else None), broken


def _tables(paths: Sequence[Path], broken: dict[Path, str]) -> list[tuple[Path, pd.DataFrame]]:
    """Every file that can be read, with its rows."""
    parquet = [path for path in paths if path.suffix == ".parquet"]
    tables = list(_parquet_tables(parquet, broken).items()) if parquet else []
    for path in paths:
        if path.suffix == ".csv":
            try:
                table, ended = read_csv(path), path.read_bytes().endswith(b"\n")
            except (OSError, ValueError):
                broken[path] = UNREADABLE
                continue
            if ended and not table.iloc[:, :3].isna().any(axis=None):
                tables.append((path, table))
            else:
                broken[path] = "is cut short"
    return tables


def _parquet_tables(paths: Sequence[Path], broken: dict[Path, str]) -> dict[Path, pd.DataFrame]:
    """All files in one query, one after the other where that fails."""
    try:
        import duckdb
    except ImportError:
        raise UserError("this sweep is kept in Parquet; install DuckDB with pip install 'xinzhi[sweep]'") from None
    with duckdb.connect() as connection:

        def query(some: Sequence[Path]) -> pd.DataFrame:
            names = ", ".join(f"'{_quoted(_literal(path))}'" for path in some)
            words = f"SELECT * FROM read_parquet([{names}], filename=true)"  # noqa: S608 - the names are quoted
            return connection.execute(words).df()

        try:
            whole = query(paths)
        except duckdb.Error:
            whole = None
        if whole is not None:
            of_file = dict(tuple(whole.groupby("filename", sort=False)))
            found = {Path(name): table.drop(columns="filename") for name, table in of_file.items()}
            broken |= {path: "has no rows" for path in paths if path not in found}
            return found
        found = {}
        for path in paths:
            try:
                found[path] = query([path]).drop(columns="filename")
            except duckdb.Error:
                broken[path] = UNREADABLE
        return found


def read_csv(path: Path) -> pd.DataFrame:
    """The table with every number to its last bit, which pandas' own readings do not promise in all versions."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if table.isna().any(axis=None):  # a row with fewer fields than the head
        raise ValueError(f"{path}: a row is cut short")
    texts = {name: table[name].to_numpy(dtype=object) for name in table.columns}
    return pd.DataFrame({name: text if name == "policy" else _numbers(text) for name, text in texts.items()})


def _numbers(texts: np.ndarray) -> np.ndarray:
    """Whole numbers, else numbers, else the texts; nothing is no number."""
    for kind, given in ((np.int64, texts), (np.float64, np.where(texts == "", "nan", texts))):
        with contextlib.suppress(ValueError):
            return given.astype(kind)
    return texts


def _literal(path: Path) -> Path:
    """The path as DuckDB reads it: a name with signs of its patterns stands for that file alone."""
    return Path("".join(f"[{sign}]" if sign in PATTERN else sign for sign in str(path)))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
