"""Tests in several processes: how many there are, and the compiled kernels that each of them begins with.

pytest-xdist (``make test``) gives whole files to its processes. Each has a folder of compiled code of its own: numba
numbers what it keeps of a function without a lock, so that two processes which compile one function for different
arguments could take one variant for the other. What the model itself needs is compiled before the first of them starts,
and linked into their folders rather than compiled again.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

MOST_PROCESSES = 8  # more would wait for the longest file, and each collects all tests first
BYTES_OF_A_PROCESS = 3_000_000_000  # of one that runs tests, 2.2 GB at its end, and of the programs that a test starts
ROOT = Path(__file__).resolve().parents[1]

# serve() also compiles for a checkout beside another one with the same sources, which share a folder that is complete
# for the other. It loads what is there already.
COMPILING = """
import io, sys
from abm.compiling.first_use import compile_kernels, known_signatures, serve
from abm.compiling.kernels import cache_folder
compile_kernels()
sys.stdin = io.StringIO("\\n".join(known_signatures()))
serve()
print(cache_folder() or "")
"""


def number_of_processes() -> int:
    """One for each core that may be used, as far as there is memory, and at most eight."""
    from loky import cpu_count

    from abm.memory import machine_memory

    memory = machine_memory()
    room = MOST_PROCESSES if memory is None else memory // BYTES_OF_A_PROCESS
    return max(min(cpu_count(), room, MOST_PROCESSES), 1)


@functools.cache
def compiled_folder() -> Path | None:
    """The folder with the kernels of this checkout, compiled now where they were not; None where none can be kept."""
    packages = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-c", COMPILING], env={**os.environ, "PYTHONPATH": packages}, capture_output=True, text=True
    )
    if done.returncode:  # the tests will say what is wrong with the kernels
        return None
    last = done.stdout.splitlines()[-1]
    return Path(last) if last else None


def own_folder(process: str) -> str | None:
    """A folder of compiled code for a process by its name, such as gw0, with all that was compiled before."""
    from abm.compiling.first_use import COMPLETE

    compiled = compiled_folder()
    if compiled is None:
        return None
    own = compiled.parent / "tests" / process
    for index in compiled.rglob("*.nbi"):
        target = own / index.relative_to(compiled.parent)
        if not target.exists() or target.stat().st_mtime_ns < index.stat().st_mtime_ns:
            target.parent.mkdir(parents=True, exist_ok=True)
            for path in (*index.parent.glob(f"{index.stem}.*.nbc"), index):  # the index last: it points to the others
                _link(path, target.with_name(path.name))
    (own / compiled.name).mkdir(parents=True, exist_ok=True)
    (own / compiled.name / COMPLETE).touch()
    return str(own)


def _link(path: Path, target: Path) -> None:
    """numba replaces files as a whole, so that a second name of one never sees it half written."""
    target.unlink(missing_ok=True)
    try:
        os.link(path, target)
    except OSError:  # a disk without second names
        shutil.copy2(path, target)
