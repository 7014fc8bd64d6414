"""Counts of those who bear the risks of artificial intelligence; they only look at the economy."""

from __future__ import annotations

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
        for row in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            place = 0 if group[row] == 1 else 1
            persons[chunk, place, status[row]] += 1
            if status[row] == EMPLOYED:
                wages[chunk, place] += wage[row]
