"""Groups too small to read: their numbers rest on a handful of simulated workers or firms.

They are marked wherever they are shown, and never named as a winner or a loser.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from abm import joined, said
from xinzhi.analysis.reading.changes import GroupMeasure
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.panel import Panel

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["FEWEST_FIRMS", "FEWEST_WORKERS", "MARK", "MARK_NOTE", "marked", "small_groups"]

FEWEST_FIRMS, FEWEST_WORKERS = 30, 100
MARK = " *"  # behind the name of a group
MARK_NOTE = said(
    "* Too small to read: fewer than {workers} simulated workers, or {firms} simulated firms where firms are counted; "
    "more simulated adults make it readable.",
    workers=FEWEST_WORKERS,
    firms=FEWEST_FIRMS,
)
EMPLOYED_BY = ("sectors", "occupations", "regions")  # tables that record employment
OF_FIRMS = ("ai_adoption_share", "firms")
LEAST_STEP = 1e-9  # below it, two shares are the same


def marked(group: str, small: Collection[str]) -> str:
    """The name of a group, with the mark where it is too small."""
    return joined([group_title(group), MARK], "") if group in small else group_title(group)


def small_groups(panels: Iterable[Panel], measure: GroupMeasure, column: int) -> frozenset[str]:
    """The groups that are too small in any of the panels in a year, by what the measure counts: firms or workers."""
    small: set[str] = set()
    for panel in panels:
        small |= _few_firms(panel, measure) if measure.variable in OF_FIRMS else _few_workers(panel, measure, column)
    return frozenset(small)


def _few_workers(panel: Panel, measure: GroupMeasure, column: int) -> set[str]:
    persons = _persons_per_adult(panel)
    if measure.table not in EMPLOYED_BY or not math.isfinite(persons):
        return set()
    jobs = panel.group_values(measure.table, "employment")
    return {
        group
        for group, values in jobs.items()
        if 0 <= column < values.shape[1] and _mean(values[:, column]) < FEWEST_WORKERS * persons
    }


def _persons_per_adult(panel: Panel) -> float:
    """Millions that a simulated adult stands for; NaN where the run does not say."""
    workers = panel.provenance.get("workers")
    if not isinstance(workers, int) or not panel.has("adult_population"):
        return math.nan
    return float(panel.values("adult_population")[:, 0].mean()) / workers


def _few_firms(panel: Panel, measure: GroupMeasure) -> set[str]:
    """The groups of fewer firms than FEWEST_FIRMS.

    The number of firms is not recorded, but a share of them moves by one firm at least: the least step between its
    values tells how many there are, in a sector by its own adoption, in all sizes by the shares of the sizes.
    """
    if measure.table == "firm_sizes":
        shares = panel.group_quarters(measure.table, "firms")
        firms = _counted(list(shares.values()))
        return {group for group, values in shares.items() if _mean(values) * firms < FEWEST_FIRMS}
    adoption = panel.group_quarters(measure.table, measure.variable)
    return {group for group, values in adoption.items() if _counted([values]) < FEWEST_FIRMS}


def _counted(shares: Sequence[FloatArray]) -> float:
    """How many there are of what these are shares of; infinite where the shares never change."""
    steps = np.diff(np.unique(np.concatenate([values[np.isfinite(values)] for values in shares] or [np.zeros(0)])))
    steps = steps[steps > LEAST_STEP]
    return 1.0 / float(steps.min()) if steps.size else math.inf


def _mean(values: FloatArray) -> float:
    values = values[np.isfinite(values)]
    return float(values.mean()) if values.size else math.inf
