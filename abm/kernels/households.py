"""Payments of the quarter and what they leave of wealth: a loop over adults."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import parallel_kernel

__all__ = ["settle_households"]


@parallel_kernel
def settle_households(
    chunks, employer, disposable_income, property_income, consumption, housing_outlay, equity_weight, dwellings,
    deposits,
    mixed_income_per_head, totals,
    consumption_paid, housing_paid, dwellings_bought, kept_dwellings, shareholder_income, rent_per_dwelling,
    equity_paid_in,
):  # fmt: skip
    """Payments at realised prices, new dwellings, dividends, rents and mixed income; deposits at the quarter's end.

    ``consumption_paid`` and ``housing_paid`` are paid over planned, ``dwellings_bought`` dwellings per yuan planned.
    ``totals`` (chunks, 3): deposits, lowest deposits, property income. Row of the lowest is for the error message.
    """
    rows = deposits.size
    for chunk in prange(chunks):
        total = 0.0
        lowest = 1e300
        paid_out = 0.0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            balance = deposits[row] + disposable_income[row] - property_income[row]
            consumption[row] *= consumption_paid
            dwelling = housing_outlay[row] * dwellings_bought
            housing_outlay[row] *= housing_paid
            balance -= consumption[row] + housing_outlay[row]
            received = shareholder_income * equity_weight[row] + rent_per_dwelling * dwellings[row]
            firm = employer[row]
            if firm >= 0:
                received += mixed_income_per_head[np.uint32(firm)]
            property_income[row] = received
            dwellings[row] = kept_dwellings * dwellings[row] + dwelling
            balance += received - equity_paid_in * equity_weight[row]
            deposits[row] = balance
            total += balance
            paid_out += received
            if balance < lowest:
                lowest = balance
        totals[chunk, 0] = total
        totals[chunk, 1] = lowest
        totals[chunk, 2] = paid_out
