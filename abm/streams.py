"""Output that can go nowhere: a closed stream, a reader that has had enough or a terminal that is gone ends no run."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import Any, TextIO

__all__ = ["patient_streams"]


ERRORS = 2  # the number of the error stream
NOBODY_READS = (errno.EPIPE, errno.EIO, errno.EBADF)  # unlike a disk that is full


class _Patient(io.TextIOWrapper):
    """A stream that goes on into nothing where nobody reads any more (`| head`) or the terminal has been closed."""

    def write(self, text: str, /) -> int:
        """Write, or not."""
        try:
            return super().write(text)
        except OSError as error:
            self._lead_nowhere(error)
            return len(text)

    def flush(self) -> None:
        """Flush, or not."""
        try:
            super().flush()
        except OSError as error:
            self._lead_nowhere(error)

    def _lead_nowhere(self, error: OSError) -> None:
        # Remarks that cannot be kept, on a full disk perhaps, are no reason to lose the work they are about.
        if error.errno not in NOBODY_READS and self.fileno() != ERRORS:
            raise error
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


def patient_streams() -> None:
    """Make the output and the error stream of this process so, before anything is written."""
    for number in range(3):  # else the next file that is opened would take the number and the output
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
    sys.stdout = _patient(sys.stdout, 1)
    sys.stderr = _patient(sys.stderr, 2)


def _patient(stream: Any, number: int) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return open(os.dup(number), "w", encoding="utf-8") if stream is None else stream  # noqa: PTH123
    encoding, errors = stream.encoding, stream.errors
    lines, through = stream.line_buffering, stream.write_through
    return _Patient(stream.detach(), encoding, errors, line_buffering=lines, write_through=through)
