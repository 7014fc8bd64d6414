"""Writing files: each appears whole or not at all, and a folder that cannot be written is one line for the user.

Also the folder of what is kept between runs, here since the page finds it without loading the compiler.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from abm.errors import UserError
from abm.interrupts import shielded

__all__ = ["cache_root", "hold_lock", "holds_lock", "release_lock", "release_locks", "whole_file", "writing"]

_held: dict[Path, IO[str]] = {}  # the locks of this process


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A path to write to; what is written there takes the name ``path`` when the block ends, whole.

    An older file stays until then. When the block fails, the older file is kept and nothing else is left. Contents
    are on the disk before the name is, so that a machine that loses power leaves no empty file. Raises OSError where
    the folder is missing.
    """
    path = Path(path)
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield temporary
        with shielded():
            _sync(temporary)
            os.replace(temporary, path)  # noqa: PTH105 - the word for it
    finally:
        with contextlib.suppress(OSError):  # what prevented the writing is the error to show
            temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        with contextlib.suppress(OSError):  # some file systems cannot, and keep the file nevertheless
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hold_lock(path: str | os.PathLike[str], shared: bool = False) -> bool:
    """Hold the lock of that name until ``release_locks`` or the end of the process; whether nobody else holds it.

    Several processes may hold a ``shared`` lock, which keeps out whoever wants it alone. A lock ends with its
    process, however that ends. True where the system or its disk knows no locks.
    """
    path = Path(path)
    try:
        import fcntl
    except ImportError:
        return True
    if path.resolve() in _held:
        return True
    while True:
        file = path.open("a", encoding="utf-8")
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_ino == path.stat().st_ino:  # else its last holder has just removed it
                break
        except BlockingIOError:
            file.close()
            return False
        except FileNotFoundError:
            pass
        except OSError:
            break
        file.close()
    _held[path.resolve()] = file
    return True


def holds_lock(path: str | os.PathLike[str]) -> bool:
    """Whether this process holds the lock of that name."""
    return Path(path).resolve() in _held


def release_lock(path: str | os.PathLike[str]) -> None:
    """Give back a lock of this process; its file goes with the last who holds it."""
    path = Path(path).resolve()
    file = _held.pop(path, None)
    if file is None:
        return
    import fcntl

    with contextlib.suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where others share it
        path.unlink()
    file.close()


def release_locks() -> None:
    """Give back and remove every lock of this process."""
    for path in list(_held):
        release_lock(path)


@contextlib.contextmanager
def writing(folder: str | os.PathLike[str], what: str, remedy: str) -> Iterator[None]:
    """Raise an OSError of the block as UserError: "{folder}: cannot write {what} (the problem); {remedy}"."""
    try:
        yield
    except OSError as error:
        problem = error.strerror or str(error)
        raise UserError(f"{os.fspath(folder)}: cannot write {what} ({problem}); {remedy}") from None


def _candidates() -> list[Path]:
    asked = os.environ.get("XINZHI_CACHE_DIR")
    user = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    home = Path(user) if user else Path("~/.cache").expanduser()
    return [Path(asked)] if asked else [home / "xinzhi", Path(tempfile.gettempdir()) / "xinzhi-cache"]


@functools.cache
def cache_root() -> Path | None:
    """The folder of all that is kept between runs, which can be written, or None."""
    for candidate in _candidates():
        try:
            candidate.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=candidate):
                return candidate
        except OSError:
            continue
    return None
