"""Finished seeds, kept on disk: a seed that was run before is read again, with the same bits.

A seed is kept under a key of all that its numbers depend on: the resolved scenario, the number of workers, the seed,
the quarters, the sources of the economy with all tables, and the versions of Python, numpy, numba and Mesa. So a
changed table, phase or kernel never meets an old number. Values are kept whole, as float64. What only reads results or
decides which runs there are (UNRELATED) does not count; whatever is not named there does.

The folder is ``seeds`` in the user's cache (see ``cache_root``); XINZHI_SEEDS names
another one, or is ``off``. It is bounded: the files read longest ago go first.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import sys
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from abm.errors import NoteWarning, brief
from abm.experiments.ensembles.recording import Recording
from abm.files import cache_root, whole_file
from abm.interrupts import shielded
from abm.scenarios.scenario import Scenario

__all__ = [
    "LARGEST_STORE",
    "PLACE",
    "UNRELATED",
    "SeedStore",
    "Shelf",
    "fingerprint",
    "is_unrelated",
    "open_store",
    "seed_key",
]

LARGEST_STORE = 2_000_000_000  # bytes, some 7,000 seeds to 2050
OFF = "off"
PLACE = "the store of finished seeds"  # as users read it
SOURCES = ("*.py", "*.csv", "*.yaml", "*.json")
# Below the package: what no economy imports, which a test finds out.
UNRELATED = (
    "__main__.py", "commands", "comparing.py", "couplings", "data/economies/china/history.csv",
    "data/economies/china/published.csv", "experiments/attribution", "experiments/calibration",
    "experiments/effects", "experiments/running", "experiments/sweeps", "experiments/validation", "reference",
    "results/exports", "results/folders.py", "results/outcome_names.py", "results/provenance.py", "results/results.py",
    "results/shown.py", "results/tidy.py", "results/yearly_tables.py", "results/years.py", "scenario_library",
    "scenarios/declared.py", "scenarios/lever_paths.py", "streams.py",
)  # fmt: skip
GROUP = "group_"  # before the name of a group table in a file
DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


def fingerprint(package: Path) -> str:
    """A hash of the names and contents of every source file and table below ``package`` that is not UNRELATED."""
    seen = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in package.rglob(pattern)):
        name = path.relative_to(package).as_posix()
        if not is_unrelated(name):
            seen.update(name.encode() + b"\0")
            seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def is_unrelated(name: str) -> bool:
    """Whether a file, named from the package on, has no part in the numbers of a run."""
    return any(name == one or name.startswith(f"{one}/") for one in UNRELATED)


@cache
def _package() -> str:
    return fingerprint(Path(__file__).resolve().parents[2])


def seed_key(scenario: Scenario, workers: int, seed: int, quarters: int) -> str:
    """The name under which a seed is kept: a hash of all that its numbers depend on."""
    content = [
        scenario.digest(), int(workers), int(seed), int(quarters), _package(), np.__version__, version("numba"),
        version("mesa"), sys.version, platform.machine(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def open_store() -> SeedStore | None:
    """The user's store; None where it is switched off or no folder can be written.

    A folder that the user names and that cannot be written is a NoteWarning.
    """
    asked = os.environ.get("XINZHI_SEEDS", "")
    if asked.lower() == OFF:
        return None
    root = cache_root()
    folder = Path(asked) if asked else (root / "seeds" if root else None)
    if folder is None:
        return None
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    if os.path.isdir(folder) and os.access(folder, os.W_OK):  # noqa: PTH112 - no error for a name too long
        return SeedStore(folder)
    if asked:  # who names a folder wants seeds to be kept
        text = f"XINZHI_SEEDS={brief(asked)}: no folder that can be written; finished seeds are not kept"
        warnings.warn(text, NoteWarning, stacklevel=2)
    return None


@dataclass(frozen=True)
class SeedStore:
    """A folder of finished seeds, a file each, at most ``limit`` bytes of them.

    Nothing here ever fails a run: what cannot be read is run again, what cannot be written is not kept.
    """

    folder: Path
    limit: int = LARGEST_STORE

    def read(self, key: str) -> Recording | None:
        """The seed behind a key; None where there is none. A damaged file is removed."""
        path = self._path(key)
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:  # closed even if it is none
                groups = {name[len(GROUP) :]: file[name] for name in file.files if name.startswith(GROUP)}
                found = Recording(int(file["seed"]), tuple(file["names"].tolist()), file["values"], groups)
        except FileNotFoundError:
            return None
        except DAMAGED:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # what was read last is removed last
        return found

    def write(self, key: str, recording: Recording) -> bool:
        """Keep a seed; the file appears whole or not at all. Whether it is kept."""
        arrays: dict[str, Any] = {f"{GROUP}{name}": values for name, values in recording.groups.items()}
        try:
            with shielded(), whole_file(self._path(key)) as part, part.open("wb") as file:
                np.savez(file, seed=recording.seed, names=np.array(recording.names), values=recording.values, **arrays)
        except OSError:
            return False
        return True

    def trim(self) -> None:
        """Remove the files read longest ago, until the rest is within the limit."""
        kept = []
        for path in self.folder.glob("*.npz"):
            with contextlib.suppress(OSError):  # another process may have removed it
                status = path.stat()
                kept.append((status.st_mtime, status.st_size, path))
        size = sum(bytes_of for _, bytes_of, _ in kept)
        for _, bytes_of, path in sorted(kept):
            if size <= self.limit:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                size -= bytes_of

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"


class Shelf:
    """The seeds of one ensemble in the store.

    found  {seed: its Recording} of those that were run before
    """

    def __init__(self, scenario: Scenario, workers: int, seeds: Iterable[int], fresh: bool = False):
        self.store = open_store()
        self.found: dict[int, Recording] = {}
        if self.store is None:
            return
        self._keys = {seed: seed_key(scenario, workers, seed, scenario.quarters) for seed in seeds}
        if not fresh:
            kept = {seed: self.store.read(key) for seed, key in self._keys.items()}
            self.found = {seed: recording for seed, recording in kept.items() if recording is not None}

    def keep(self, recording: Recording) -> bool:
        """Store a seed that has just finished; whether it is kept."""
        return self.store is not None and self.store.write(self._keys[recording.seed], recording)

    def close(self) -> None:
        """Bring the store back within its limit."""
        if self.store is not None:
            self.store.trim()
