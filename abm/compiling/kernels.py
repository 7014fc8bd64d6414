"""The two decorators of every compiled loop, and where the compiled code is kept.

numba's own cache has three traps: it does not see that a helper in another module changed, it does not look at the
compile options, and it fails at import where no folder can be written. So the cache lives in a folder named after the
sources of this package, the versions and the options, in the user's cache, else in a temporary folder, else nowhere.
"""

from __future__ import annotations

import functools
import hashlib
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

import numba
import numpy as np

from abm.files import cache_root

__all__ = [
    "CHUNKS", "CONFIGURATION", "FIRM_IN_WORKERS", "ROWS_WORTH_CHUNKS", "ParallelKernel", "cache_folder", "chunks_for",
    "firm_chunks", "kernel", "parallel_kernel", "worker_chunks",
]  # fmt: skip

P = ParamSpec("P")
R = TypeVar("R")
CONFIGURATION: Any = numba.config  # what it holds is put together when numba is imported
OPTIONS: dict[str, Any] = {"fastmath": False, "error_model": "numpy", "nogil": True, "no_cfunc_wrapper": True}
COMPILED = ("codes.py", "compiling/*.py", "kernels/*.py", "population/kernels/*.py")  # below the package
CHUNKS = 8
ROWS_WORTH_CHUNKS = 50_000
FIRM_IN_WORKERS = 8


def chunks_for(rows: int) -> int:
    """Pieces that a loop over ``rows`` is cut into: a matter of the rows alone, so that threads never change a sum."""
    return CHUNKS if rows >= ROWS_WORTH_CHUNKS else 1


def _digest() -> str:
    """A hash of all sources that are compiled, the options and the versions: any change gets a fresh cache."""
    seen, package = hashlib.sha256(), Path(__file__).parents[1]
    for path in sorted(path for pattern in COMPILED for path in package.glob(pattern)):
        seen.update(path.read_bytes())
    seen.update(repr((sorted(OPTIONS.items()), numba.__version__, np.__version__, sys.version)).encode())
    seen.update(platform.machine().encode())
    return seen.hexdigest()[:16]


@functools.cache
def cache_folder() -> str | None:
    """The folder of the compiled code, which can be written, or None."""
    root = cache_root()
    if root is None:
        return None
    folder = root / _digest()
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return str(folder)
    except OSError:
        return None


def _compile(function: Callable[..., Any], **options: Any) -> Any:
    folder = cache_folder()
    if folder is None:
        return numba.njit(**OPTIONS, **options)(function)
    before = CONFIGURATION.CACHE_DIR
    if options:  # numba keeps variants of one function under one name, so that one would be taken for the other
        folder = str(Path(folder) / "-".join(sorted(options)))
    CONFIGURATION.CACHE_DIR = folder  # read when the cache is enabled, which happens at decoration
    try:
        return numba.njit(cache=True, **OPTIONS, **options)(function)
    finally:
        CONFIGURATION.CACHE_DIR = before


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """A serial compiled function; ``.py_func`` is the Python original."""
    return _compile(function)


class ParallelKernel(Generic[P, R]):
    """One source, compiled serial and, when first asked for, with threads: ``age_workers[threads](...)``.

    The loop runs ``numba.prange`` over chunks, which is an ordinary range in the serial variant: the same bits.
    """

    def __init__(self, function: Callable[P, R]):
        functools.update_wrapper(self, function)
        self.py_func = function
        self.serial: Callable[P, R] = _compile(function)

    @functools.cached_property
    def threaded(self) -> Callable[P, R]:
        """The variant with threads."""
        return _compile(self.py_func, parallel=True)

    def __getitem__(self, threads: int) -> Callable[P, R]:
        return self.serial if threads == 1 else self.threaded

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> R:
        return self.serial(*arguments, **named)

    def __reduce__(self) -> str:
        return self.py_func.__qualname__


def parallel_kernel(function: Callable[P, R]) -> ParallelKernel[P, R]:
    """A compiled function whose outermost loop runs over chunks of its rows."""
    return ParallelKernel(function)


@kernel
def worker_chunks(rows: int) -> int:
    """Pieces that a loop over workers is cut into, as chunks_for says."""
    return CHUNKS if rows >= ROWS_WORTH_CHUNKS else 1


@kernel
def firm_chunks(rows: int) -> int:
    """Pieces that a loop over firms is cut into; a firm is worth about eight workers."""
    return CHUNKS if FIRM_IN_WORKERS * rows >= ROWS_WORTH_CHUNKS else 1
