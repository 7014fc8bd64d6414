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
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

import abm
from abm.errors import NoteWarning, UserError
from abm.experiments.sweeps.design import Design
from abm.experiments.sweeps.part_files import KEYS, SUFFIXES, read_csv, sound_table, write_outcomes
from abm.experiments.sweeps.yearly_outcomes import RECORDED, UNITS, YEARLY
from abm.files import writing
from abm.results.folders import claim_folder, release_folder
from abm.results.results import write_json, write_table

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["KEYS", "SweepFolder"]

RESERVE = ".reserve"  # room for one more part on a full disk
RESERVED_BYTES = 8_000_000
LEFT_OVER_SECONDS = 3_600  # after which nobody is still writing a part


class SweepFolder:
    """Where a sweep is kept; ``period`` is the column of time, ``year`` or ``quarter``."""

    def __init__(self, folder: str | os.PathLike[str]):
        self.path = Path(folder)
        self.parts = self.path / "parts"

    # Opening

    def open(self, design: Design) -> None:
        """Make the folder for the design, or check that it holds this one; until ``close``. Raises UserError.

        Several processes may work on one sweep, each on its shard; a command of another question is kept out.
        """
        described = design.described() | {"xinzhi": abm.__version__}
        if (self.path / "design.json").exists():
            known = self.described()
            self._refuse_other_units(known)
            for key, what in (("digest", "another design"), ("xinzhi", "runs of another version of xinzhi")):
                if known.get(key) != described[key]:
                    raise UserError(f"{self.path}: holds {what}; give another --out, or remove the folder")
        question = {"command": "sweep", "design": described["digest"]}
        claim_folder(self.path, self.path, question, shared=True, replaceable=False)
        with writing(self.path, "there", "give another --out"):
            self.parts.mkdir(parents=True, exist_ok=True)
            for left_over in self.parts.glob(".*.part"):
                if time.time() - left_over.stat().st_mtime > LEFT_OVER_SECONDS:
                    left_over.unlink(missing_ok=True)
            self._reserve()
            write_table(self.path / "points.csv", points_table(design))
            write_json(self.path / "design.json", described)

    def close(self) -> None:
        """Let other commands have the folder."""
        release_folder(self.path)

    def _refuse_other_units(self, known: dict[str, Any]) -> None:
        if known.get("units") != UNITS.get(known.get("detail", "")):
            raise UserError(
                f"{self.path}: holds a sweep of an earlier version, in other units; run its design into another --out"
            )

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
        write_outcomes(stem, table)

    def note_failure(self, point: int, seed: int, error: str) -> None:
        """Add a line for a run that failed."""
        line = json.dumps({"point": point, "seed": seed, "error": error}, ensure_ascii=False)
        with (self.path / "failures.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def forget_failures(self) -> None:
        """Let the runs that failed be tried again."""
        (self.path / "failures.jsonl").unlink(missing_ok=True)

    # Reading

    def checked(self) -> dict[str, Any]:
        """design.json, of a sweep whose numbers are in the units of this version. Raises UserError."""
        described = self.described()
        self._refuse_other_units(described)
        return described

    def described(self) -> dict[str, Any]:
        """design.json. Raises UserError where there is none."""
        try:
            return json.loads((self.path / "design.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            raise UserError(f"{self.path}: no sweep there; run `xinzhi sweep DESIGN` first") from None

    def points(self) -> pd.DataFrame:
        """points.csv."""
        return read_csv(self.path / "points.csv")

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
        table = self._table(self._files())
        return set() if table is None else set(map(tuple, table[list(KEYS)].to_numpy().tolist()))

    def outcomes(self) -> pd.DataFrame:
        """Every run once, ordered by point, seed and time; point, seed, year (or quarter) and the outcomes."""
        whole = self._whole()
        table = None if whole is None else self._table([whole])
        return self._gathered() if table is None else table

    def set_aside(self) -> None:
        """Rename every part that is broken, so that its runs are missing and nothing reads it again."""
        for path in self._table_and_broken(self._files())[1]:
            path.rename(path.with_name(path.name + ".broken"))

    def gather(self) -> None:
        """Write all outcomes as one table."""
        self._write(self.path / "outcomes", self._gathered())

    def scatter(self) -> None:
        """Remove the one table, since runs are to be added."""
        for suffix in SUFFIXES:
            (self.path / f"outcomes{suffix}").unlink(missing_ok=True)

    def _gathered(self) -> pd.DataFrame:
        table = self._table(self._files())
        if table is None:
            failures = self.failures()["error"].tolist()
            why = f"every run failed, the first: {failures[0].splitlines()[-1]}" if failures else "no run has finished"
            raise UserError(f"{self.path}: {why}; run `xinzhi sweep` again with what it needs")
        order = [*KEYS, table.columns[2]]
        # Two shards of different numbers may have done the same run: the numbers are the same, so one is dropped.
        return table.drop_duplicates(order).sort_values(order, ignore_index=True)

    def _table(self, files: Sequence[Path]) -> pd.DataFrame | None:
        """The rows of the files that are sound."""
        return self._table_and_broken(files)[0]

    def _table_and_broken(self, files: Sequence[Path]) -> tuple[pd.DataFrame | None, list[Path]]:
        if not files:
            return None, []
        described = self.described()
        last = described["quarters"] + 1
        years = described["detail"] == "years"
        table, broken = sound_table(files, "year" if years else "quarter", last // 4 if years else last)
        if broken:
            first, why = next(iter(broken.items()))
            others = f" (and {len(broken) - 1} others)" if len(broken) > 1 else ""
            text = f"{first}{others} {why} and is left out; `xinzhi sweep` sets it aside and runs again what is missing"
            warnings.warn(text, NoteWarning, stacklevel=2)
        return table, list(broken)

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
    names = YEARLY if design.detail == "years" else RECORDED
    return pd.DataFrame(keys | {name: values[:, column] for column, name in enumerate(names)})
