"""Lists of the rows that a loop is about, made without a branch for each row.

Statuses and employers lose their order within a few quarters. A processor then guesses every second branch wrong, which
costs more than the arithmetic behind it; so a loop first lists whom it concerns, block by block, and then meets these.
"""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel

__all__ = ["BLOCK", "join_lists", "list_at_work", "list_status"]

BLOCK = 256  # rows listed at a time, so that they stay in the nearest cache


@kernel
def list_at_work(employer, first, last, listed):
    """Rows from ``first`` to before ``last`` with an employer into ``listed``, in their order; returns their number."""
    found = 0
    for row in range(np.uint64(first), np.uint64(last)):
        listed[found] = row
        found += employer[row] >= 0
    return found


@kernel
def list_status(status, code, first, last, listed):
    """Rows from ``first`` to before ``last`` of this status into ``listed``, in their order; returns their number."""
    found = 0
    for row in range(np.uint64(first), np.uint64(last)):
        listed[found] = row
        found += status[row] == code
    return found


@kernel
def join_lists(listed, found):
    """Makes one list of those of the chunks, each at its chunk's first row; returns how many are in it.

    ``listed`` (rows,) holds in each chunk's part the ``found`` (chunks,) rows that were listed there.
    """
    rows, chunks = listed.size, found.size
    together = found[0]
    for chunk in range(1, chunks):
        first = rows * chunk // chunks
        for place in range(found[chunk]):
            listed[together] = listed[first + place]
            together += 1
    return together
