"""Writing files: each appears whole or not at all, and a folder that cannot be written is one line for the user."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from abm.errors import UserError

__all__ = ["whole_file", "writing"]


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A path to write to; what is written there takes the name ``path`` when the block ends, whole.

    An older file stays until then. When the block fails, the older file is kept and nothing else is left. Raises
    OSError where the folder is missing.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield temporary
        os.replace(temporary, path)  # noqa: PTH105 - the word for it
    finally:
        with contextlib.suppress(OSError):  # what prevented the writing is the error to show
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(folder: str | os.PathLike[str], what: str, remedy: str) -> Iterator[None]:
    """Raise an OSError of the block as UserError: "{folder}: cannot write {what} (the problem); {remedy}"."""
    try:
        yield
    except OSError as error:
        problem = error.strerror or str(error)
        raise UserError(f"{os.fspath(folder)}: cannot write {what} ({problem}); {remedy}") from None
