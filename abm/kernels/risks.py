"""Counts of those who bear the risks of artificial intelligence; they only look at the economy."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Status
from abm.compiling.kernels import parallel_kernel, worker_chunks

__all__ = ["tally_screened"]

EMPLOYED = int(Status.EMPLOYED)


@parallel_kernel
def tally_screened(workers, persons, wages):
    """Persons by status and wages, apart for the group that screening may reject and for all others.

    Adds to ``persons`` (chunks, 2, statuses), the group first, and to ``wages`` (chunks, 2), of the employed.
    """
    status, group, wage = workers.status, workers.protected_group, workers.wage
    rows = status.size
    chunks = worker_chunks(rows)
    for chunk in prange(chunks):
        count = persons[chunk]
        of_group = 0.0
        of_others = 0.0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            other = group[row] != 1
            count[np.uint32(other), np.uint32(status[row])] += 1
            earned = wage[row] * (status[row] == EMPLOYED)  # no branch, since none could be foreseen
            of_group += earned * (not other)
            of_others += earned * other
        wages[chunk, 0] += of_group
        wages[chunk, 1] += of_others
