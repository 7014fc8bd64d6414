"""Measurements as surveys of a quarter ask: users among firms of a size or an activity, and their part of jobs.

A survey that asks for AI in producing goods or services asks what one department does; one that asks for any business
function finds a firm in which any department uses AI. A firm without staff is no employer and is asked nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from abm.experiments.evidence.firm_measures import firms_in

if TYPE_CHECKING:
    from abm.arrays import BoolArray, FloatArray
    from abm.experiments.evidence.panel import RunPanel

__all__ = [
    "AMERICAN_ORDER", "AMERICAN_SIZES", "growth_of_use", "jobs_with_users", "order_of_american_sizes",
    "use_by_department", "use_by_heads", "use_in_activity", "use_of_heads",
]  # fmt: skip

# Heads of the size classes of the Census Bureau, the second end not included.
AMERICAN_SIZES: dict[str, tuple[float, float]] = {
    "all": (1, np.inf), "1_4": (1, 5), "5_9": (5, 10), "10_19": (10, 20), "20_49": (20, 50), "50_99": (50, 100),
    "100_249": (100, 250), "250": (250, np.inf),
}  # fmt: skip
# Annual Business Survey, share of firms by class; the class from 250 persons on is that of 250 to 499.
AMERICAN_ORDER = {
    2018: {"1_4": 0.027, "5_9": 0.031, "10_19": 0.030, "20_49": 0.032, "50_99": 0.040, "100_249": 0.041, "250": 0.070},
    2021: {"1_4": 0.043, "5_9": 0.048, "10_19": 0.052, "20_49": 0.051, "50_99": 0.069, "100_249": 0.093, "250": 0.137},
}  # fmt: skip
FEWEST_CLASSES = 5  # with firms in the runs, for an order to be one


def use_by_heads(panel: RunPanel, size: str, year: int, quarter: int) -> float | None:
    """Users among the firms of a class of ``AMERICAN_SIZES`` in a quarter, by any of their departments."""
    row = panel.row(year, quarter)
    return None if row is None else _mean(panel.firm.stage[row] > 0, _of_size(panel, size, slice(row, row + 1))[0])


def use_by_department(panel: RunPanel, size: str, year: int, quarter: int) -> float | None:
    """The same of one of a firm's departments, taken at random."""
    row = panel.row(year, quarter)
    return None if row is None else _mean(panel.firm.department[row], _of_size(panel, size, slice(row, row + 1))[0])


def jobs_with_users(panel: RunPanel, year: int, quarter: int) -> float | None:
    """Share of jobs in firms that use AI."""
    row = panel.row(year, quarter)
    if row is None:
        return None
    heads = panel.firm.heads[row]
    return float(heads[panel.firm.stage[row] > 0].sum() / heads.sum())


def use_in_activity(panel: RunPanel, activity: str, year: int, quarter: int) -> float | None:
    """Users among the firms of an activity in a quarter over those among all firms."""
    row, every = panel.row(year, quarter), use_by_heads(panel, "all", year, quarter)
    if row is None or not every:
        return None
    employers = firms_in(panel, activity) & _of_size(panel, "all", slice(row, row + 1))[0]
    found = _mean(panel.firm.stage[row] > 0, employers)
    return None if found is None else found / every


def growth_of_use(panel: RunPanel, year: int, quarter: int) -> float | None:
    """Use in a quarter over that at the opening."""
    now, opening = use_by_heads(panel, "all", year, quarter), use_by_heads(panel, "all", panel.opening, 1)
    return now / opening if now is not None and opening else None


def use_of_heads(panel: RunPanel, size: str, first: int, last: int) -> float | None:
    """Users among the firms of a class, mean of the years."""
    rows = panel.rows(first, last)
    return None if rows is None else _mean(panel.firm.stage[rows] > 0, _of_size(panel, size, rows))


def order_of_american_sizes(shares: Mapping[str, float], survey: int) -> float | None:
    """Rank correlation of use by class with that of a survey, over the classes that have firms."""
    known = [name for name in AMERICAN_ORDER[survey] if np.isfinite(shares.get(name, np.nan))]
    if len(known) < FEWEST_CLASSES:
        return None
    model, record = (
        np.argsort(np.argsort([of[name] for name in known])) for of in (shares, AMERICAN_ORDER[survey])
    )  # fmt: skip
    return float(np.corrcoef(model, record)[0, 1])


def _of_size(panel: RunPanel, size: str, rows: slice) -> BoolArray:
    """(quarters, firms) whether the firm is in the class."""
    heads, (least, most) = panel.firm.heads[rows], AMERICAN_SIZES[size]
    return np.asarray((heads >= least) & (heads < most))


def _mean(uses: FloatArray | BoolArray, counted: BoolArray) -> float | None:
    return float(uses[counted].mean()) if counted.any() else None
