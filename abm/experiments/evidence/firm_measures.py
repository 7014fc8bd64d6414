"""Measurements on firms: who uses AI, and what happens in the first years to those that begin.

Users that begin are compared with firms of their sector and size that do not, over the same quarters, and that with
the same firms in the same seed without AI, since those that begin differ from the others in any case. A row in which
another firm has taken over is left out. Shares are fractions; None is what the run cannot say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from abm.experiments.evidence.panel import activities

if TYPE_CHECKING:
    from abm.arrays import BoolArray, FloatArray, IntArray
    from abm.experiments.evidence.panel import RunPanel

__all__ = [
    "ORDER", "SIZE_CLASSES", "FirmAdoption", "adoption_by_activity", "adoptions", "beyond_selection",
    "firms_in", "first_years_productivity", "information_over_all", "jobs_changed", "large_manufacturers", "order_of",
    "order_of_activities",
    "place_of_information", "ratio_of_sizes", "share_in_pay", "time_saved", "users_by_jobs", "users_in_processes",
    "users_of_size",
]  # fmt: skip

# Eurostat 2025, per cent of firms of ten persons and more, for the order of the activities.
ORDER = {
    "information": 62.5, "business_services": 31.2, "real_estate": 24.8, "trade": 18.6, "manufacturing": 17.3,
    "hospitality": 12.0, "construction": 10.8,
}  # fmt: skip
# Heads of the size classes of Eurostat, the second end not included.
SIZE_CLASSES = {"all": (10, np.inf), "small": (10, 50), "medium": (50, 250), "large": (250, np.inf)}
SIZES = (10, 50)  # heads from which a firm is in the second and the third class
CHANGED = 0.05  # of its staff, from which a firm says that it has fewer or more jobs
DESIGNATED = 20_000.0  # thousand yuan of revenue a year, from which a manufacturer is above designated size
TWO_YEARS, YEAR = 8, 4


class FirmAdoption:
    """A firm that begins to use AI in a quarter, with the firms it is compared with."""

    def __init__(self, firm: int, quarter: int, controls: IntArray):
        self.firm, self.quarter, self.controls = firm, quarter, controls


def adoptions(panel: RunPanel, after: int, last: int | None = None) -> Iterator[FirmAdoption]:
    """The firms that first use AI in a quarter and are there from the quarter before to ``after`` quarters later.

    ``last`` is the last quarter in which they may begin. Firms without any comparison are left out.
    """
    stage, entered, heads = panel.firm.stage, panel.firm.entered, panel.firm.heads
    ever = np.maximum.accumulate(stage > 0, axis=0)
    end = panel.quarters - after if last is None else min(last, panel.quarters - after)
    for quarter in range(1, end + 1):
        span = slice(quarter - 1, quarter + after + 1)
        there = ~entered[quarter : quarter + after + 1].any(axis=0) & (heads[span].min(axis=0) > 0)
        begin = there & (stage[quarter] > 0) & ~ever[quarter - 1]
        never = there & ~ever[quarter + after]
        size = np.searchsorted(SIZES, heads[quarter - 1], side="right")
        for firm in np.flatnonzero(begin):
            controls = np.flatnonzero(never & (panel.sector == panel.sector[firm]) & (size == size[firm]))
            if controls.size:
                yield FirmAdoption(int(firm), quarter, controls)


def beyond_selection(panel: RunPanel, without: RunPanel, measure: Callable[[RunPanel], float | None]) -> float | None:
    """A measurement on firms that begin, less the same on the same firms and quarters in the run without AI.

    There nobody uses AI, so that what is found is how firms that begin differ from their like anyhow.
    """
    entered = panel.firm.entered | without.firm.entered
    begun = measure(replace(panel, firm=replace(panel.firm, entered=entered)))
    anyhow = measure(replace(without, firm=replace(without.firm, stage=panel.firm.stage, entered=entered)))
    return None if begun is None or anyhow is None else begun - anyhow


def large_manufacturers(panel: RunPanel, year: int) -> float | None:
    """Users among manufacturers above designated size, mean of the year."""
    rows = panel.rows(year)
    if rows is None:
        return None
    counted = (4 * panel.firm.revenue[rows] >= DESIGNATED) & firms_in(panel, "manufacturing")
    return _share(panel.firm.stage[rows] > 0, counted)


def adoption_by_activity(panel: RunPanel, first: int, last: int) -> dict[str, float]:
    """{activity: users among its firms, mean of the years}; activities without a sector of their own are left out."""
    rows = panel.rows(first, last)
    if rows is None:
        return {}
    found = {name: _share(panel.firm.stage[rows] > 0, firms_in(panel, name)[None, :]) for name in ORDER}
    return {name: share for name, share in found.items() if share is not None}


def order_of_activities(panel: RunPanel, first: int, last: int) -> float | None:
    """Rank correlation of use by activity with that of Eurostat; None where an activity has no sector."""
    found = adoption_by_activity(panel, first, last)
    if set(found) != set(ORDER):
        return None
    return order_of(found)


def order_of(shares: Mapping[str, float]) -> float:
    """Rank correlation of shares of all seven activities with Eurostat's; 0 where all are alike."""
    model, record = (_ranks(np.array([values[name] for name in ORDER])) for values in (shares, ORDER))
    return float(np.corrcoef(model, record)[0, 1]) if np.ptp(model) else 0.0


def information_over_all(panel: RunPanel, first: int, last: int) -> float | None:
    """Use in information and communication over that of all firms."""
    rows, found = panel.rows(first, last), adoption_by_activity(panel, first, last)
    every = None if rows is None else float((panel.firm.stage[rows] > 0).mean())
    return found["information"] / every if every and "information" in found else None


def place_of_information(panel: RunPanel, first: int, last: int) -> float | None:
    """The place of information and communication among the activities: 1 where most of its firms use AI."""
    found = adoption_by_activity(panel, first, last)
    if "information" not in found:
        return None
    return 1.0 + sum(share > found["information"] for share in found.values())


def users_of_size(panel: RunPanel, size: str, year: int) -> float | None:
    """Users among the firms of a size class, mean of the year."""
    rows = panel.rows(year)
    if rows is None:
        return None
    heads, (least, most) = panel.firm.heads[rows], SIZE_CLASSES[size]
    return _share(panel.firm.stage[rows] > 0, (heads >= least) & (heads < most))


def ratio_of_sizes(panel: RunPanel, year: int) -> float | None:
    """Use of firms with 50 to 249 heads over that of firms with 10 to 49."""
    small, medium = users_of_size(panel, "small", year), users_of_size(panel, "medium", year)
    return medium / small if small and medium is not None else None


def users_by_jobs(panel: RunPanel, year: int) -> float | None:
    """Share of jobs in firms that use AI over the share of firms that do, mean of the year."""
    rows = panel.rows(year)
    if rows is None:
        return None
    heads, uses = panel.firm.heads[rows], panel.firm.stage[rows] > 0
    return float((heads * uses).sum() / heads.sum() / uses.mean()) if uses.any() else None


def users_in_processes(panel: RunPanel, year: int) -> float | None:
    """Users with AI in production processes; None where the model has one kind of AI."""
    rows = panel.rows(year)
    if rows is None or np.isnan(panel.firm.process.astype(float)).any():
        return None
    return _share(panel.firm.process[rows] > 0, panel.firm.stage[rows] > 0)


def time_saved(panel: RunPanel, year: int) -> float | None:
    """Labour per unit of output that AI saves in firms that use it, weighted by staff, mean of the year."""
    rows = panel.rows(year)
    if rows is None:
        return None
    weights = panel.firm.heads[rows] * (panel.firm.stage[rows] > 0)
    return float((weights * panel.firm.saved[rows]).sum() / weights.sum()) if weights.sum() else None


def share_in_pay(panel: RunPanel, year: int) -> float | None:
    """What AI adds to the pay of users' staff over the labour that it saves, both weighted by staff."""
    rows = panel.rows(year)
    if rows is None:
        return None
    weights = panel.firm.heads[rows] * (panel.firm.stage[rows] > 0)
    saved = float((weights * panel.firm.saved[rows]).sum())
    return float((weights * panel.firm.paid[rows]).sum()) / saved if saved > 0.0 else None


def jobs_changed(panel: RunPanel, sign: int, after: int = TWO_YEARS) -> float | None:
    """Firms with fewer (-1) or more (+1) jobs two years after they began, less that share of comparable firms."""
    gaps, heads = [], panel.firm.heads
    for one in adoptions(panel, after):
        change = sign * (heads[one.quarter + after] / np.maximum(heads[one.quarter - 1], 1.0) - 1) >= CHANGED
        gaps.append(float(change[one.firm]) - float(change[one.controls].mean()))
    return float(np.mean(gaps)) if gaps else None


def first_years_productivity(panel: RunPanel, after: int = YEAR) -> float | None:
    """Output per head in the year after firms began against the quarter before, less that of comparable firms."""
    gaps = []
    with np.errstate(divide="ignore", invalid="ignore"):
        level = np.log(panel.firm.output / panel.firm.heads)
    for one in adoptions(panel, after):
        change = level[one.quarter + 1 : one.quarter + after + 1].mean(axis=0) - level[one.quarter - 1]
        controls = change[one.controls][np.isfinite(change[one.controls])]
        if np.isfinite(change[one.firm]) and controls.size:
            gaps.append(change[one.firm] - controls.mean())
    return float(np.mean(gaps)) if gaps else None


def firms_in(panel: RunPanel, activity: str) -> BoolArray:
    """(firms,) whether the firm's sector belongs to the activity."""
    belongs = np.isin(np.array(panel.codes), activities()[activity])
    return np.asarray(belongs[panel.sector])


def _share(uses: BoolArray, counted: BoolArray) -> float | None:
    counted = np.broadcast_to(counted, uses.shape)
    return float(uses[counted].mean()) if counted.any() else None


def _ranks(values: FloatArray) -> FloatArray:
    """Ranks with the mean rank where values are equal."""
    return np.array([(values < one).sum() + ((values == one).sum() - 1) / 2 for one in values])
