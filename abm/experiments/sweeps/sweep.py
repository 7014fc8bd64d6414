"""Sweeps: every run of a design, here or on a cluster; after any interruption the same command resumes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from abm.arguments import check_kind, check_place, truth
from abm.errors import UserError, quoted, whole_number
from abm.experiments.running.processes import Lost
from abm.experiments.running.progress import Silent
from abm.experiments.sweeps.design import Design, load_design
from abm.experiments.sweeps.engines import engine_for
from abm.experiments.sweeps.one_run import FinishedRun, Work, simulate
from abm.experiments.sweeps.sweep_folder import KEYS, SweepFolder, outcome_table
from abm.experiments.sweeps.yearly_outcomes import yearly_outcomes
from abm.interrupts import KEPT, shielded

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.sweeps.engines import Engine

__all__ = ["Sweep", "read_sweep", "sweep"]

RUNS_IN_A_PART = 64
SECONDS_IN_A_PART = 2.0  # what a kill -9 can cost
TRIALS_OF_A_SUSPECT = 2  # by itself, after it was under way when a process died
MEMORY = "perhaps for want of memory; take fewer workers"


@dataclass(frozen=True)
class Sweep:
    """What a sweep has left.

    folder    where it is
    design    the design as resolved (design.json)
    points    DataFrame: point, world, policy and a column for each uncertainty
    outcomes  DataFrame: point, seed, year and a column for each outcome of a calendar year, in the units of a year and
              under the names of years (real_gdp_per_year); with ``detail: quarters`` the quarter, in recorded units
    failures  DataFrame: point, seed, error
    interrupted  whether the user stopped it
    done      runs that this call finished
    seconds   how long it took
    """

    folder: Path
    design: dict[str, Any]
    points: pd.DataFrame
    outcomes: pd.DataFrame
    failures: pd.DataFrame
    interrupted: bool = False
    done: int = 0
    seconds: float = 0.0

    @property
    def years(self) -> pd.DataFrame:
        """The outcomes by calendar year, also where quarters are kept."""
        return yearly_outcomes(self.outcomes, self.design["first_year"])

    def missing(self) -> int:
        """How many runs are neither there nor failed."""
        return self.design["runs"] - len(_keys(self.outcomes) | _keys(self.failures))


def _keys(table: pd.DataFrame) -> set[tuple[int, int]]:
    return set(map(tuple, table[list(KEYS)].drop_duplicates().to_numpy().tolist()))


def sweep(
    design: str | os.PathLike[str] | Mapping[str, Any] | Design,
    out: str | os.PathLike[str] | None = None,
    shard: tuple[int, int] = (1, 1),
    cluster: str | None = None,
    retry: bool = False,
    processes: int | None = None,
    progress: Silent | None = None,
) -> Sweep:
    """Run what the folder does not have yet of a design, and return all that it has then.

    ``out`` is results/NAME by default. ``shard`` (i, n) takes every n-th run from the i-th on, for job arrays that
    share the folder. ``cluster`` is the address of a Dask scheduler; else as many ``processes`` as there are cores.
    A run that fails is noted and not tried again unless ``retry``. Ctrl-C keeps what is finished. Raises UserError for
    a bad design, before anything runs, and for a folder that cannot be written.
    """
    if not isinstance(design, (Mapping, Design)):
        check_place("design", design, "a shipped name, the path of a file, a mapping or a Design")
    if out is not None:
        check_place("out", out, "the path of a folder")
    retry = truth("retry", retry)
    design = load_design(design)
    check_kind("shard", shard, (tuple, list), "two whole numbers, such as (1, 8)")
    if len(shard) != 2:
        raise UserError(f"shard={quoted(shard)}: give two whole numbers, such as (1, 8)")
    number, shards = (whole_number("shard", one) for one in shard)
    if not 1 <= number <= shards:
        raise UserError(f"--shard {number}/{shards}: should be i/n with i from 1 to n")
    folder = SweepFolder(Path(out) if out is not None else Path("results") / design.name)
    begun = time.monotonic()
    with engine_for(design.workers, cluster, processes) as engine:
        try:
            folder.open(design)
            with folder.locked(f"{number}-of-{shards}"):
                done, interrupted = _collected(design, folder, shard, retry, engine, progress or Silent())
                if not interrupted:
                    _gathered_if_complete(design, folder)
        finally:
            folder.close()
    if interrupted and not folder.finished():
        raise KeyboardInterrupt
    found = read_sweep(folder.path)
    return Sweep(**vars(found) | {"interrupted": interrupted, "done": done, "seconds": time.monotonic() - begun})


def read_sweep(folder: str | os.PathLike[str]) -> Sweep:
    """The sweep in a folder, complete or not. Raises UserError where there is none."""
    check_place("folder", folder, "the folder of a sweep")
    kept = SweepFolder(folder)
    described, points, outcomes, failures = kept.checked(), kept.points(), kept.outcomes(), kept.failures()
    finished = _keys(outcomes)  # a run that failed once and was finished by another shard has not failed
    failed = [at for at, *run in failures[list(KEYS)].itertuples(name=None) if tuple(run) not in finished]
    return Sweep(kept.path, described, points, outcomes, failures.loc[failed])


def _collected(
    design: Design, folder: SweepFolder, shard: tuple[int, int], retry: bool, engine: Engine, progress: Silent
) -> tuple[int, bool]:
    """Run what is missing; (runs finished, whether the user stopped it)."""
    if retry:
        folder.forget_failures()
    folder.set_aside()
    known = folder.finished() | _keys(folder.failures())
    number, shards = shard
    missing = [
        run for run in range(number - 1, design.runs, shards)
        if (design.point_of(run), design.seed_of(run)) not in known
    ]  # fmt: skip
    if not missing:
        return 0, False
    folder.scatter()
    part = Part(design, folder, f"part-{number}-of-{shards}")
    ready = 0
    total = len(range(number - 1, design.runs, shards))
    before = total - len(missing)
    KEPT.plan(total)
    KEPT.add(True, before, str(folder.path))

    def say(text: str) -> None:
        progress.show(ready, len(missing), text)

    try:
        with progress:
            say("preparing")
            engine.prepare(
                design.scenario, lambda begun, kernels: say(f"compiling, once: {begun} of {kernels} kernels")
            )
            for outcome in _outcomes(design, missing, engine):
                part.add(outcome)
                ready += 1
                failed = f", {part.failed} failed" if part.failed else ""
                say(f"{before + ready:,} of {total:,} runs{failed}")
    except KeyboardInterrupt:
        return ready, True
    finally:
        part.write()
    return ready, False


def _outcomes(design: Design, missing: list[int], engine: Engine) -> Iterator[FinishedRun]:
    """Every run as it finishes. What may have killed its process is tried again by itself, so that none is blamed
    for another.
    """
    waiting: list[Work] = [_work(design, run) for run in missing]
    suspects: list[Work] = []
    while waiting:
        lost = []
        for outcome in engine.outcomes(simulate, waiting):
            if isinstance(outcome, Lost):
                lost.append(outcome.task)
            else:
                yield outcome
        suspected = engine.suspects(lost)
        suspects += suspected
        waiting = lost[len(suspected) :]
    for work in suspects:
        for _ in range(TRIALS_OF_A_SUSPECT):
            (outcome,) = engine.outcomes(simulate, [work])
            if not isinstance(outcome, Lost):
                break
        else:
            outcome = FinishedRun(work.point, work.seed, None, "its process ended abruptly again and again, " + MEMORY)
        yield outcome


def _work(design: Design, run: int) -> Work:
    point = design.point_of(run)
    return Work(
        point, design.seed_of(run), design.scenario, design.overrides_of(point), design.workers, design.quarters,
        design.detail,
    )  # fmt: skip


class Part:
    """Finished runs on their way to a part of the folder."""

    def __init__(self, design: Design, folder: SweepFolder, name: str):
        self.design, self.folder, self.name = design, folder, name
        self.rows: list[tuple[int, int, FloatArray]] = []
        self.failed = 0
        self.begun = time.monotonic()

    def add(self, outcome: FinishedRun) -> None:
        """Take a run in; write the part when it is full or old. A failure is noted at once."""
        if outcome.values is None:
            self.failed += 1
            self.folder.note_failure(outcome.point, outcome.seed, outcome.error)
        else:
            self.rows.append((outcome.point, outcome.seed, outcome.values))
        if len(self.rows) >= RUNS_IN_A_PART or time.monotonic() - self.begun > SECONDS_IN_A_PART:
            self.write()

    def write(self) -> None:
        """Write what there is. A run is in one part only, so the first one makes the name unique."""
        with shielded():
            rows, self.rows = self.rows, []
            self.begun = time.monotonic()
            if rows:
                point, seed, _ = rows[0]
                self.folder.write_part(f"{self.name}-{point:07d}-{seed}", outcome_table(self.design, rows))
                KEPT.add(True, len(rows), str(self.folder.path))


def _gathered_if_complete(design: Design, folder: SweepFolder) -> None:
    finished = folder.finished()
    failed = _keys(folder.failures())
    if finished and len(finished | failed) >= design.runs:
        try:
            folder.gather()
            folder.release()
        except OSError as error:
            raise UserError(
                f"{folder.path}: every run is there, but not the table of all ({error.strerror}); free space and run "
                "the same command again"
            ) from None
