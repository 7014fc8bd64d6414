"""Runs everything in both versions, two processes side by side, and compares what they leave, run after run."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from versions.changes import Change, Changes, compare_results, same_tables
from versions.parting import BITS, DISCRETE, MORE, ROUNDING, Parting, compare_traces
from versions.plan import BASELINE, NEUTRAL, Run, listed, notes_of, runs_of
from versions.trees import Tree
from versions.version import Version

__all__ = ["LABELS", "Comparison", "Row", "Size", "compare"]

LABELS = ("old version", "new version")
FIRST_SEED = 1
ALONE = ("alone-here", "alone-there")
_BASELINE = Run("scenario", BASELINE)
MOST_TRACED = 4  # seeds of a run
AHEAD = 2  # runs that the versions may be ahead of what is compared, so that few files lie about


@dataclass(frozen=True)
class Size:
    """How large and how many the runs are; the seeds are 1, 2, ..."""

    workers: int = 2_000
    seeds: int = 4
    quarters: int = 32


@dataclass
class Row:
    """One run in both versions.

    ``failed`` has the error of each version in which the command failed, ``null`` of each version whether a neutral
    lever gave the tables of the baseline byte for byte, ``printed`` the first line of the command's output that
    differs, in both versions. ``partings`` has the first seed and, where its results differ by more than its state
    explains, others; it is empty where a trace could not be taken, for the reason in ``untraced``.
    """

    run: Run
    changes: Changes | None = None
    partings: dict[int, Parting] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    null: dict[str, bool] = field(default_factory=dict)
    printed: tuple[str, str] | None = None
    untraced: str = ""

    @property
    def parting(self) -> Parting | None:
        """Where the run parts: in the seed in which a decision differs first, else in the first that differs at all."""
        order = {level: place for place, level in enumerate((DISCRETE, MORE, ROUNDING, BITS))}
        last = (len(order), 0)

        def first(parting: Parting) -> tuple[int, int]:
            return min(((order[level], onset.step) for level, onset in parting.lasting.items()), default=last)

        return min(self.partings.values(), key=first, default=None)

    @property
    def same_results(self) -> bool:
        """Whether both versions write the same numbers, or fail with the same words."""
        if self.changes is not None:
            return self.changes.identical
        return len(self.failed) == len(LABELS) and len(set(self.failed.values())) == 1

    @property
    def identical(self) -> bool:
        """Whether nothing differs: no number of the tables, no bit of the state after any phase."""
        return self.same_results and (self.parting is None or self.parting.identical)

    @property
    def greatest(self) -> Change | None:
        """The outcome that changed most, one of the headline if any did."""
        return self.changes.greatest if self.changes else None

    @property
    def size(self) -> tuple[float, ...]:
        """By which rows are sorted: failures, then the greatest change of a headline outcome, another, any number."""
        change = self.greatest
        part = abs(change.part) if change else 0.0
        headline = part if change and change.headline else 0.0
        largest = max(self.changes.largest.values(), default=0.0) if self.changes else 0.0
        failures = 0 if self.same_results else len(LABELS) - len(self.failed) if self.failed else 0
        return float(failures), headline, part, largest, float(not self.identical)


@dataclass
class Comparison:
    """All that the page shows; ``rows`` are sorted, the greatest change first."""

    old: Tree
    new: Tree
    size: Size
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def broken_nulls(self) -> list[Row]:
        """Neutral levers that do not give the baseline in the new version, or fail there."""
        neutral = [row for row in self.rows if row.run.strength == NEUTRAL]
        return [row for row in neutral if not row.null.get(LABELS[1])]

    @property
    def nulls(self) -> int:
        """How many neutral levers were run."""
        return sum(row.run.strength == NEUTRAL for row in self.rows)


def compare(
    old: Tree, new: Tree, folder: Path, size: Size, only: Sequence[str], tell: Callable[[str], None]
) -> Comparison:
    """Run and compare both versions in a folder that the caller removes; ``tell`` hears what is being done.

    Raises VersionError where a version cannot be used and PlanError for an unknown name in ``only``.
    """
    versions: list[Version] = []
    try:
        for label, tree in zip(LABELS, (old, new)):
            versions.append(Version(label, tree, folder / label.split()[0]))
        return _compared(versions, size, only, tell)
    finally:
        for version in versions:
            version.close()


def _compared(versions: list[Version], size: Size, only: Sequence[str], tell: Callable[[str], None]) -> Comparison:
    described = _both(versions, Version.describe)
    runs = runs_of(*described, only)
    comparison = Comparison(versions[0].tree, versions[1].tree, size, notes=notes_of(*described))
    headline = [name for name in described[1]["headline"] if name in described[0]["headline"]]
    tell(f"{len(runs)} runs in both versions; kernels that are not compiled yet are so first")
    for done, (run, answers) in enumerate(_in_step(versions, runs, size), start=1):
        row = _row(run, versions, answers, headline)
        _trace_on(row, versions, size)
        comparison.rows.append(row)
        tell(f"{done} of {len(runs)}: {run.title}: {'identical' if row.identical else 'differs'}")
    comparison.notes += [note for note in _both(versions, _unlike_itself, runs[0], size) if note]
    comparison.notes += _unequal(comparison.rows)
    comparison.rows.sort(key=lambda row: row.size, reverse=True)
    return comparison


def _both(versions: list[Version], function: Callable[..., Any], *arguments: Any) -> list[Any]:
    """What a function of a version returns for each, side by side."""
    futures = [version.later(function, version, *arguments) for version in versions]
    return [future.result() for future in futures]


def _in_step(versions: list[Version], runs: list[Run], size: Size) -> Iterator[tuple[Run, list[dict[str, Any]]]]:
    """Each run with the answers of both versions, which work on the next ones meanwhile."""
    waiting: deque[tuple[Run, list[Future[dict[str, Any]]]]] = deque()
    for run in runs:
        waiting.append((run, [version.later(_carried_out, version, run, size) for version in versions]))
        if len(waiting) > AHEAD:
            first, futures = waiting.popleft()
            yield first, [future.result() for future in futures]
    for first, futures in waiting:
        yield first, [future.result() for future in futures]


def _carried_out(version: Version, run: Run, size: Size) -> dict[str, Any]:
    """The command over all seeds and a trace of the first one, in a version."""
    command = version.ask(do="run", arguments=_arguments(version, run, size, run.key))
    return {"command": command, "trace": _traced(version, run, size, FIRST_SEED)}


def _traced(version: Version, run: Run, size: Size, seed: int) -> dict[str, Any]:
    """A trace of one seed, in a file."""
    return version.ask(
        do="trace", scenario=run.scenario, settings=_settings(version, run), path=str(_trace_of(version, run, seed)),
        quarters=size.quarters, workers=size.workers, rng=seed,
    )  # fmt: skip


def _settings(version: Version, run: Run) -> tuple[str, ...]:
    return run.settings[LABELS.index(version.label)]


def _arguments(version: Version, run: Run, size: Size, folder: str) -> list[str]:
    """The arguments of the command for a run."""
    sizes = {"--workers": size.workers, "--seeds": size.seeds, "--quarters": size.quarters}
    numbers = [text for option, number in sizes.items() for text in (option, str(number))]
    settings = [text for one in _settings(version, run) for text in ("--set", one)]
    return ["run", run.scenario, *numbers, "--out", folder, *settings]


def _trace_of(version: Version, run: Run, seed: int) -> Path:
    return version.folder / f"{run.key}-{seed}.trace"


def _add_parting(row: Row, versions: list[Version], seed: int) -> None:
    """Compare the traces of a seed, which are removed."""
    traces = [_trace_of(version, row.run, seed) for version in versions]
    if all(path.is_file() and path.stat().st_size for path in traces):
        row.partings[seed] = compare_traces(*traces, seed)
    for path in traces:
        path.unlink(missing_ok=True)


def _trace_on(row: Row, versions: list[Version], size: Size) -> None:
    """Trace more of the seeds whose results differ by more than rounding, unless the state does so at first."""
    known = row.partings.get(FIRST_SEED)
    if known is None or row.changes is None or not known.only_rounding:
        return
    for seed in sorted(row.changes.beyond.keys() - {FIRST_SEED})[: MOST_TRACED - 1]:
        _both(versions, _traced, row.run, size, seed)
        _add_parting(row, versions, seed)


def _row(run: Run, versions: list[Version], answers: list[dict[str, Any]], headline: Sequence[str]) -> Row:
    """What the files of one run say; they are removed, but those of the baseline."""
    row = Row(run)
    for version, answer in zip(versions, answers):
        command = answer["command"]
        error = command.get("error") or command["result"]["error"]
        if error:
            row.failed[version.label] = error
        elif run.strength == NEUTRAL:
            row.null[version.label] = same_tables(version.folder / run.key, version.folder / _BASELINE.key)
    folders = [version.folder / run.key for version in versions]
    if not row.failed:
        row.changes = compare_results(*folders, headline)
        row.printed = _first_difference(*(answer["command"]["result"]["printed"] for answer in answers))
    row.untraced = next((answer["trace"]["error"] for answer in answers if "error" in answer["trace"]), "")
    _add_parting(row, versions, FIRST_SEED)
    for folder in folders if run != _BASELINE else ():
        shutil.rmtree(folder, ignore_errors=True)
    return row


def _first_difference(old: str, new: str) -> tuple[str, str] | None:
    """The first line that differs between two texts."""
    lines = zip_longest(old.splitlines(), new.splitlines(), fillvalue="(nothing)")
    return next((pair for pair in lines if pair[0] != pair[1]), None)


def _unlike_itself(version: Version, run: Run, size: Size) -> str:
    """A note if the command in a process of its own gives other tables than the driver does; one seed is enough."""
    short = replace(size, seeds=1)
    answer = version.ask(do="run", arguments=_arguments(version, run, short, ALONE[0]))
    process = version.command(_arguments(version, run, short, ALONE[1]))
    if process.returncode or answer.get("result", {}).get("code", 1):
        said = process.stderr.strip().splitlines() or ["no word"]
        return f"{version.label}: the command failed in a process of its own or here ({said[-1]})"
    if same_tables(*(version.folder / name for name in ALONE)):
        return ""
    return f"{version.label}: python -m abm in a process of its own gives other tables than the runs of this page"


def _unequal(rows: list[Row]) -> list[str]:
    """Columns, outcomes and files that could not be compared in some run, and traces not taken; a line a kind."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for why, names in (row.parting.unequal if row.parting else {}).items():
            found.setdefault(why, set()).update(names)
        if row.changes and row.changes.one_version_only:
            found.setdefault("outcomes of one version only", set()).update(row.changes.one_version_only)
        if row.changes and row.changes.identical and row.changes.other_files:
            found.setdefault("files that differ though every number is the same", set()).update(row.changes.other_files)
    for row in rows:
        if len(row.failed) == len(LABELS):
            found.setdefault("runs that fail in both versions", set()).add(f"{row.run.title} ({row.failed[LABELS[1]]})")
    notes = [f"{why}: {listed(names)}" for why, names in found.items()]
    printed = next((row for row in rows if row.printed and row.identical), None)
    if printed is not None:
        before, after = printed.printed or ("", "")
        notes.append(f"the command prints other words ({printed.run.title}): {before.strip()!r}, now {after.strip()!r}")
    untraced = next((row for row in rows if row.untraced and not row.failed), None)
    if untraced is not None:
        notes.append(f"phases are not compared in all runs ({untraced.run.title}): {untraced.untraced}")
    return notes
