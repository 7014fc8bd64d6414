"""The first use of the kernels: several processes compile them at once, since numba compiles one after the other.

``signatures.txt`` lists the types with which the model calls its kernels, file by file; it is written by
``python -m abm.reference.signatures``. A kernel that is missing there, or listed wrongly, is compiled when called: the
list is a matter of time, never of results. This process takes kernels from its beginning and helpers from its end,
since the kernels of one file call the same others, which each process that meets them has to compile.

Each helper writes to a folder of its own, from which only what it was asked for is moved to the cache. numba numbers
the variants of a function without a lock, so that two processes in one folder could take one variant of a shared
function, such as a draw, for the other.
"""

from __future__ import annotations

import functools
import gc
import os
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO

import numba

from abm.compiling.kernels import CONFIGURATION, cache_folder
from abm.compiling.views import type_of_views
from abm.interrupts import shielded

__all__ = ["SIGNATURES", "compile_kernels", "known_signatures", "serve"]

PACKAGE = __name__.partition(".")[0]
SIGNATURES = Path(__file__).with_name("signatures.txt")
COMPLETE = "complete"  # a file that says that every kernel of the list was compiled
MOST_HELPERS = 3
WORTH_HELPERS = 8  # kernels: a helper needs as long to start as a kernel or two to compile


@functools.cache
def known_signatures() -> dict[str, tuple[numba.types.Type, ...]]:
    """{"folder.module.kernel": numba's types of its arguments}; what begins with a space goes on with a line."""
    lines = SIGNATURES.read_text(encoding="utf-8").replace("\n ", " ").splitlines()
    listed = (line.split() for line in lines if not line.startswith("#"))
    found = {}
    for name, *types in listed:
        with suppress(AttributeError, ImportError):  # of a class that is gone: the list is older than the code
            found[name] = tuple(map(_type, types))
    return found


def _type(text: str) -> numba.types.Type:
    """The type written as, for instance, i8, f8[:,::1], state.Firms for a view or state.Macro[::1] for records."""
    if "." in text:
        module, _, name = text.partition("[")[0].rpartition(".")
        return type_of_views(getattr(import_module(f"{PACKAGE}.{module}"), name))
    scalar = getattr(numba.types, text.partition("[")[0])
    return numba.types.Array(scalar, text.count(",") + 1, "C") if "[" in text else scalar


def compile_kernels(tell: Callable[[int, int], None] | None = None, processes: int | None = None) -> None:
    """Fill an empty cache, by default with as many processes as numba may use threads, at most four.

    ``tell(begun, all)`` hears how many kernels are compiled or being compiled. Returns at once where the cache is
    filled, and where no folder can be written, since what another process compiles could not be kept there. An
    interrupt acts after the kernel that is being compiled.
    """
    cache = cache_folder()
    if cache is None or (Path(cache) / COMPLETE).exists() or CONFIGURATION.DISABLE_JIT:
        return
    if processes is None:
        processes = int(CONFIGURATION.NUMBA_NUM_THREADS)
    folder = Path(cache)
    done = {path.name.rpartition("-")[0] for path in folder.glob("*/*.nbi")}
    missing = [name for name in known_signatures() if _file_name(name) not in done]
    waiting = deque(missing)
    helpers = min(processes - 1, MOST_HELPERS) if len(missing) >= WORTH_HELPERS else 0
    with _no_garbage_collection(), ExitStack() as helped:
        for _ in range(helpers):
            helped.enter_context(_helper(waiting, folder))
        with suppress(IndexError):  # a helper may take the last one in the same moment
            while waiting:
                name = waiting.popleft()
                if tell is not None:
                    tell(len(missing) - len(waiting), len(missing))
                with shielded():  # an interrupt in the middle of a kernel would be swallowed, as none comes through C
                    _compiled(name)
    with suppress(OSError):
        (folder / COMPLETE).touch()


def serve() -> None:
    """What a helper does: compile each kernel named in a line of its input, and answer with a line."""
    with _no_garbage_collection():
        for line in sys.stdin:
            print(_compiled(line.strip()), flush=True)


def _compiled(name: str) -> bool:
    """Whether the kernel could be compiled as listed; if not, its first call compiles it, or says what is wrong."""
    module, _, function = name.rpartition(".")
    try:
        kernel = getattr(import_module(f"{PACKAGE}.{module}"), function)
        getattr(kernel, "serial", kernel).compile(known_signatures()[name])
    except Exception:
        return False
    return True


@contextmanager
def _helper(waiting: deque[str], folder: Path) -> Iterator[None]:
    """A process that takes kernels from ``waiting`` while the body runs, and is waited for."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="helper-", ignore_cleanup_errors=True) as own:
        packages = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "XINZHI_CACHE_DIR": own, "PYTHONPATH": os.pathsep.join(packages)}
        code = f"from {__name__} import serve; serve()"
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        try:
            process = subprocess.Popen(
                [sys.executable, "-c", code], env=environment, stdin=pipe, stdout=pipe, stderr=nowhere, text=True
            )
        except OSError:  # no interpreter of its own, or no more processes: this one does it alone
            yield
            return
        with process:
            feeder = threading.Thread(target=_feed, args=(process, waiting, Path(own), folder), daemon=True)
            feeder.start()
            try:
                yield
            except BaseException:
                process.kill()
                raise
            finally:
                feeder.join()
                with suppress(OSError):  # a helper that is dead already hears no end
                    _pipe(process.stdin).close()


def _pipe(end: IO[str] | None) -> IO[str]:
    """An end of a pipe that was asked for when the process was started."""
    assert end is not None
    return end


def _feed(process: subprocess.Popen[str], waiting: deque[str], own: Path, folder: Path) -> None:
    """Hand the helper one kernel after another, the last ones first, until none is left or the helper is dead."""
    with suppress(IndexError):
        while waiting:
            name = waiting.pop()
            try:
                _pipe(process.stdin).write(f"{name}\n")
                _pipe(process.stdin).flush()
                answer = _pipe(process.stdout).readline()
            except OSError:
                answer = ""
            if not answer:
                waiting.append(name)
                return
            _move(name, own, folder)


def _file_name(name: str) -> str:
    """What numba calls the file of a kernel: its module without the folders, and its own name."""
    return ".".join(name.split(".")[-2:])


def _move(name: str, own: Path, folder: Path) -> None:
    """The compiled kernel from a helper's folder to the cache: the code first, then the index that points to it."""
    with suppress(OSError):
        for path in sorted(own.glob(f"*/*/{_file_name(name)}-*"), key=lambda path: path.suffix):
            target = folder / path.parent.name
            target.mkdir(exist_ok=True)
            path.replace(target / path.name)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A compiler makes much that lives: looking for garbage in it takes a twentieth of its time."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()
