"""Who leaves the farm: a loop over workers."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import parallel_kernel
from abm.kernels.draws import stream_key, uniform
from abm.kernels.workers import EMPLOYED, UNEMPLOYED, _pick

__all__ = ["leave_farms"]


@parallel_kernel
def leave_farms(
    chunks, seed, quarter, leaving_stream, occupation_stream, first, last, hazard, ageing, farming, where,
    employer, status, occupation, age, left,
):  # fmt: skip
    """Workers of the firms ``first`` to ``last`` leave with the hazard of their farm, lower the older they are.

    ``hazard`` (last − first,) per quarter at age 20; it falls with exp(−ageing · years). Who leaves looks for work in
    an occupation drawn from ``where`` (22,), cumulated, if the own one is ``farming``. Writes ``left`` (chunks,).
    """
    rows = employer.size
    leaving_key = stream_key(seed, quarter, leaving_stream)
    occupation_key = stream_key(seed, quarter, occupation_stream)
    for chunk in prange(chunks):
        gone = 0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            firm = employer[row]
            if firm < first or firm >= last or status[row] != EMPLOYED:
                continue
            if uniform(leaving_key, row) < hazard[firm - first] * np.exp(-ageing * (age[row] - 20.0)):
                employer[row] = -1
                status[row] = UNEMPLOYED
                if occupation[row] == farming:
                    occupation[row] = _pick(where, uniform(occupation_key, row))
                gone += 1
        left[chunk] = gone
