"""How the inputs of China's sectors moved between its input-output tables, for ``input_drift.csv``."""

from __future__ import annotations

import numpy as np

from abm.arrays import Floats, Matrix
from abm.reference.china_people import Row, Table

__all__ = ["YEARS", "input_drift", "recorded_drift"]

YEARS = (2012, 2015, 2017, 2018, 2020)
LEAST = 1e-5  # a share below it counts as this one


def recorded_drift(shares: Matrix) -> Matrix:
    """Log points a year of each share, (supplying, using), of ``shares`` (years, supplying, using).

    A line through the logs of five tables, pulled towards the mean of its row as far as the scatter around the line
    asks for (empirical Bayes; Efron and Morris 1973): small cells are noise.
    """
    years = np.array(YEARS, dtype=float) - np.mean(YEARS)
    logs, weights = np.log(np.maximum(shares, LEAST)), shares.mean(axis=0)
    spread = float((years**2).sum())
    slopes = np.einsum("t,tij->ij", years, logs) / spread
    left = logs - logs.mean(axis=0) - years[:, None, None] * slopes
    variance = (left**2).sum(axis=0) / (len(YEARS) - 2) / spread
    rows = (slopes * weights).sum(axis=1) / weights.sum(axis=1)
    own = slopes - rows[:, None]
    between = max(0.0, float(((own**2 - variance) * weights).sum() / weights.sum()))
    return np.asarray(rows[:, None] + own * between / (between + variance))


def input_drift(codes: list[str], mothers: list[str], history: Table) -> Table:
    """Rows of ``input_drift.csv``: log points a year. Energy has no row.

    The six new sectors have the drift of their mother.
    """
    supplying = list(dict.fromkeys(row["supplying"] for row in history))
    using = list(dict.fromkeys(row["using"] for row in history))
    shares = np.array([_shares(history, supplying, using, f"coefficient_{year}") for year in YEARS])
    drift = recorded_drift(shares)
    known: dict[tuple[str, str], float] = {
        (one, other): drift[i, j] for i, one in enumerate(supplying) for j, other in enumerate(using)
    }
    return [
        {"supplying": one, "using": other, "drift": f"{known[mothers[i], mothers[j]]:.4f}"}
        for i, one in enumerate(codes)
        if mothers[i] in supplying
        for j, other in enumerate(codes)
    ]


def _shares(history: Table, supplying: list[str], using: list[str], column: str) -> Floats:
    """(supplying, using) shares in the inputs of a sector that are no energy."""
    cells: dict[tuple[str, str], Row] = {(row["supplying"], row["using"]): row for row in history}
    found = np.array([[float(cells[one, other][column]) for other in using] for one in supplying])
    return np.asarray(found / found.sum(axis=0))
