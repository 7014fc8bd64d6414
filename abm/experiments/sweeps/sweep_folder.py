"""The folder of a sweep: parts that appear whole or not at all, so that whatever ends the work, what is there counts.

design.json        the design as resolved; a folder takes one design only
points.csv         a row for each point: point, world, policy and the uncertainties
parts/             outcomes of some runs each, in Parquet with DuckDB (extra ``sweep``) or CSV
failures.jsonl     a line for each run that failed, with its error
outcomes.parquet   all of it in order, once every run is there (outcomes.csv without DuckDB)
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import abm
from abm.errors import UserError
from abm.experiments.sweeps.design import Design
from abm.files import whole_file, writing
from abm.results.outcomes import OUTCOMES
from abm.results.results import write_json, write_table

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["KEYS", "SweepFolder", "can_write_parquet"]

KEYS = ("point", "seed")
SUFFIXES = (".parquet", ".csv")
RESERVE = ".reserve"  # room for one more part on a full disk
RESERVED_BYTES = 8_000_000
LEFT_OVER_SECONDS = 3_600  # after which nobody is still writing a part


def can_write_parquet() -> bool:
    """Whether DuckDB is there."""
    try:
        import duckdb  # noqa: F401
    except ImportError:
        return False
    return True


class SweepFolder:
    """Where a sweep is kept; ``period`` is the column of time, ``year`` or ``quarter``."""

    def __init__(self, folder: str | os.PathLike[str]):
        self.path = Path(folder)
        self.parts = self.path / "parts"

    # Opening

    def open(self, design: Design) -> None:
        """Make the folder for the design, or check that it holds this one. Raises UserError."""
        described = design.described() | {"xinzhi": abm.__version__}
        if (self.path / "design.json").exists():
            known = self.described()
            for key, what in (("digest", "another design"), ("xinzhi", "runs of another version of xinzhi")):
                if known.get(key) != described[key]:
                    raise UserError(f"{self.path}: holds {what}; give another --out, or remove the folder")
        with writing(self.path, "there", "give another --out"):
            self.parts.mkdir(parents=True, exist_ok=True)
            for left_over in self.parts.glob(".*.part"):
                if time.time() - left_over.stat().st_mtime > LEFT_OVER_SECONDS:
                    left_over.unlink(missing_ok=True)
            self._reserve()
            write_table(self.path / "points.csv", points_table(design))
            write_json(self.path / "design.json", described)

    def _reserve(self) -> None:
        reserve = self.path / RESERVE
        if not reserve.exists() or reserve.stat().st_size < RESERVED_BYTES:
            reserve.write_bytes(os.urandom(1) * RESERVED_BYTES)

    def release(self) -> None:
        """Give the reserve back: nothing more is to be written."""
        (self.path / RESERVE).unlink(missing_ok=True)

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Hold the lock of one shard, which ends with the process however it ends. Raises UserError."""
        try:
            import fcntl
        except ImportError:  # Windows: two of the same shard would only do the same work twice
            yield
            return
        with (self.path / f".lock-{name}").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                text = "another process is at work on this sweep; wait for it, or split the work with --shard"
                raise UserError(f"{self.path}: {text}") from None
            yield

    # Writing

    def write_part(self, name: str, table: pd.DataFrame) -> None:
        """Write the outcomes of some runs. On a full disk the reserve makes room, then UserError ends the work."""
        try:
            self._write(self.parts / name, table)
        except OSError as error:
            (self.path / RESERVE).unlink(missing_ok=True)
            again = "free space and run the same command again"
            with writing(self.path, "there", f"what was written before is kept: {again}"):
                self._write(self.parts / name, table)
            raise UserError(f"{self.path}: {error.strerror or error}; every finished run is kept: {again}") from None

    def _write(self, stem: Path, table: pd.DataFrame) -> None:
        if not can_write_parquet():
            write_table(stem.with_name(stem.name + ".csv"), table)
            return
        _write_parquet(stem.with_name(stem.name + ".parquet"), table)

    def note_failure(self, point: int, seed: int, error: str) -> None:
        """Add a line for a run that failed."""
        line = json.dumps({"point": point, "seed": seed, "error": error}, ensure_ascii=False)
        with (self.path / "failures.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def forget_failures(self) -> None:
        """Let the runs that failed be tried again."""
        (self.path / "failures.jsonl").unlink(missing_ok=True)

    # Reading

    def described(self) -> dict[str, Any]:
        """design.json. Raises UserError where there is none."""
        try:
            return json.loads((self.path / "design.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise UserError(f"{self.path}: no sweep there; run `xinzhi sweep DESIGN` first") from None

    def points(self) -> pd.DataFrame:
        """points.csv."""
        return _read_csv(self.path / "points.csv")

    def failures(self) -> pd.DataFrame:
        """point, seed, error of the runs that failed."""
        rows = []
        with contextlib.suppress(OSError):
            for line in (self.path / "failures.jsonl").read_text(encoding="utf-8").splitlines():
                with contextlib.suppress(ValueError):  # a line torn when the process was killed
                    rows.append(json.loads(line))
        return pd.DataFrame(rows, columns=[*KEYS, "error"]).drop_duplicates(list(KEYS), keep="last")

    def finished(self) -> set[tuple[int, int]]:
        """(point, seed) of every run in the parts."""
        files = self._files()
        return set(map(tuple, _read(files)[list(KEYS)].to_numpy().tolist())) if files else set()

    def outcomes(self) -> pd.DataFrame:
        """Every run once, ordered by point, seed and time; point, seed, year (or quarter) and the outcomes."""
        whole = self._whole()
        return self._gathered() if whole is None else _read([whole])

    def gather(self) -> None:
        """Write all outcomes as one table."""
        self._write(self.path / "outcomes", self._gathered())

    def scatter(self) -> None:
        """Remove the one table, since runs are to be added."""
        for suffix in SUFFIXES:
            (self.path / f"outcomes{suffix}").unlink(missing_ok=True)

    def _gathered(self) -> pd.DataFrame:
        files = self._files()
        if not files:
            failures = self.failures()["error"].tolist()
            why = f"every run failed, the first: {failures[0].splitlines()[-1]}" if failures else "no run has finished"
            raise UserError(f"{self.path}: {why}; run `xinzhi sweep` again with what it needs")
        table = _read(files)
        order = [*KEYS, table.columns[2]]
        # Two shards of different numbers may have done the same run: the numbers are the same, so one is dropped.
        return table.drop_duplicates(order).sort_values(order, ignore_index=True)

    def _whole(self) -> Path | None:
        paths = [self.path / f"outcomes{suffix}" for suffix in SUFFIXES]
        return next((path for path in paths if path.exists()), None)

    def _files(self) -> list[Path]:
        return sorted(path for path in self.parts.glob("part-*") if path.suffix in SUFFIXES)


def points_table(design: Design) -> pd.DataFrame:
    """A row for each point."""
    rows = [
        {"point": point, "world": point // len(design.policies), "policy": design.policy_of(point)}
        | design.world_of(point)
        for point in range(design.points)
    ]
    return pd.DataFrame(rows)


def outcome_table(design: Design, rows: Iterable[tuple[int, int, FloatArray]]) -> pd.DataFrame:
    """The table of some runs, each given as point, seed and values (times, outcomes)."""
    rows = list(rows)
    first = design.scenario.opening_year if design.detail == "years" else 0
    period = design.detail.removesuffix("s")
    times = [np.arange(first, first + len(values)) for _, _, values in rows]
    counts = [len(values) for _, _, values in rows]
    keys = {
        "point": np.repeat([point for point, _, _ in rows], counts),
        "seed": np.repeat([seed for _, seed, _ in rows], counts),
        period: np.concatenate(times),
    }
    values = np.concatenate([values for _, _, values in rows])
    return pd.DataFrame(keys | {one.name: values[:, column] for column, one in enumerate(OUTCOMES)})


def _write_parquet(path: Path, table: pd.DataFrame) -> None:
    import duckdb

    try:
        with whole_file(path) as part, duckdb.connect() as connection:
            connection.register("outcomes", table)
            connection.execute(f"COPY outcomes TO '{_quoted(part)}' (FORMAT parquet)")
    except duckdb.Error as error:
        raise OSError(0, str(error).splitlines()[0]) from None


def _read(paths: Sequence[Path]) -> pd.DataFrame:
    """The rows of all the files, some in Parquet and some in CSV perhaps."""
    parquet = [path for path in paths if path.suffix == ".parquet"]
    tables = [_read_csv(path) for path in paths if path.suffix == ".csv"]
    if parquet:
        names = ", ".join(f"'{_quoted(path)}'" for path in parquet)
        tables.append(_query(f"SELECT * FROM read_parquet([{names}])"))
    return pd.concat(tables, ignore_index=True)


def _read_csv(path: Path) -> pd.DataFrame:
    """The table with every number to its last bit, which pandas' own readings do not promise in all versions.

    The names of policies stay texts, also where they look like numbers.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    texts = {name: table[name].to_numpy(dtype=object) for name in table.columns}
    return pd.DataFrame({name: text if name == "policy" else _numbers(text) for name, text in texts.items()})


def _numbers(texts: np.ndarray) -> np.ndarray:
    """Whole numbers, else numbers, else the texts; nothing is no number."""
    for kind, given in ((np.int64, texts), (np.float64, np.where(texts == "", "nan", texts))):
        with contextlib.suppress(ValueError):
            return given.astype(kind)
    return texts


def _query(words: str) -> pd.DataFrame:
    try:
        import duckdb
    except ImportError:
        raise UserError("this sweep is kept in Parquet; install DuckDB with pip install 'xinzhi[sweep]'") from None
    with duckdb.connect() as connection:
        return connection.execute(words).df()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
