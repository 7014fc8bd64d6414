"""Measurements on persons: the young and the exposed, with AI against without and over time, and staff of users.

Persons are met by row; a row of another age than the years passed allow is another person's and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from abm.experiments.evidence.firm_measures import TWO_YEARS, adoptions
from abm.experiments.evidence.panel import PERSON_QUARTERS

if TYPE_CHECKING:
    from abm.arrays import BoolArray, FloatArray
    from abm.experiments.evidence.panel import RunPanel

__all__ = ["change_in_exposed", "earnings_of_staff", "employment_in_exposed", "most_exposed", "pay_of_exposed"]

TOP, REST = 0.2, 0.6  # of employment: the most exposed fifth, and the less exposed three fifths
OPENING = (0, 1)  # and around the opening
TEN_QUARTERS = (9, 10, 11)  # around ten quarters after the opening, so that chance counts less


def most_exposed(panel: RunPanel) -> tuple[BoolArray, BoolArray]:
    """(occupations,) the most exposed fifth of employment at the opening, and the three fifths that are least exposed.

    An occupation belongs to a part where its middle lies in it.
    """
    heads = _by_occupation(panel, 0, np.ones(panel.person.age.shape[1], dtype=bool))[0]
    order = np.argsort(-panel.exposure, kind="stable")
    middle = (np.cumsum(heads[order]) - heads[order] / 2) / heads.sum()
    place = np.empty(order.size)
    place[order] = middle
    top = place <= TOP
    if not top.any():
        top[order[0]] = True
    return top, place > 1 - REST


def employment_in_exposed(
    panel: RunPanel, without: RunPanel, youngest: float, oldest: float, against_rest: bool = True
) -> float | None:
    """Change that AI makes after ten quarters to the employment of an age group in the most exposed occupations.

    ``oldest`` is the first age that is too old. With ``against_rest`` it is the change beside that of the same ages in
    the less exposed occupations.
    """
    with_ai, no_ai = (_heads_of_ages(one, youngest, oldest) for one in (panel, without))
    if with_ai is None or no_ai is None:
        return None
    top, rest = most_exposed(without)
    change = _ratio(with_ai[top].sum(), no_ai[top].sum())
    beside = _ratio(with_ai[rest].sum(), no_ai[rest].sum()) if against_rest else 1.0
    return change / beside - 1 if change is not None and beside else None


def change_in_exposed(
    panel: RunPanel, youngest: float, oldest: float, against_rest: bool = True
) -> float | None:  # fmt: skip
    """Change over ten quarters of the employment of an age group in the most exposed occupations, in the run itself.

    That is what a record shows, in which no economy without AI stands beside the one with it: the cycle, the size of
    the cohorts and hiring are in it, unless the less exposed occupations share them (``against_rest``).
    """
    now, before = (_heads_of_ages(panel, youngest, oldest, when) for when in (TEN_QUARTERS, OPENING))
    if now is None or before is None:
        return None
    top, rest = most_exposed(panel)
    change = _ratio(now[top].sum(), before[top].sum())
    beside = _ratio(now[rest].sum(), before[rest].sum()) if against_rest else 1.0
    return change / beside - 1 if change is not None and beside else None


def pay_of_exposed(panel: RunPanel, without: RunPanel) -> float | None:
    """Change that AI makes after ten quarters to mean pay in the most exposed occupations, beside the less exposed."""
    top, rest = most_exposed(without)
    parts = []
    for chosen in (top, rest):
        means = [_mean_pay(one, chosen) for one in (panel, without)]
        if means[0] is None or not means[1]:
            return None
        parts.append(means[0] / means[1])
    return parts[0] / parts[1] - 1


def earnings_of_staff(panel: RunPanel, after: int = TWO_YEARS) -> float | None:
    """Change of pay of those at work in a firm before it began, two years after, beside others of their occupation.

    Only persons with a job at both ends; the others work in comparable firms that do not begin.
    """
    gaps = list(_gaps_in_pay(panel, after))
    return float(np.mean(gaps)) if gaps else None


def _gaps_in_pay(panel: RunPanel, after: int) -> Iterator[float]:
    person = panel.person
    last = min(PERSON_QUARTERS, len(person.age) - 1) - after
    for one in adoptions(panel, after, last):
        before, later = one.quarter - 1, one.quarter + after
        passed = (after + 1) / 4
        stayed = np.abs(person.age[later] - person.age[before] - passed) < 0.5
        stayed &= (person.wage[before] > 0) & (person.wage[later] > 0)
        change = np.log(np.where(stayed, person.wage[later], 1.0) / np.where(stayed, person.wage[before], 1.0))
        compared = stayed & np.isin(person.employer[before], one.controls)
        occupation = person.occupation[before]
        for row in np.flatnonzero(stayed & (person.employer[before] == one.firm)):
            alike = compared & (occupation == occupation[row])
            if alike.any():
                yield float(change[row] - change[alike].mean())


def _heads_of_ages(
    panel: RunPanel, youngest: float, oldest: float, quarters: tuple[int, ...] = TEN_QUARTERS
) -> FloatArray | None:  # fmt: skip
    """(occupations,) employed persons of the ages, mean of the quarters."""
    if len(panel.person.age) <= quarters[-1]:
        return None
    of_age = [
        _by_occupation(panel, quarter, (panel.person.age[quarter] >= youngest) & (panel.person.age[quarter] < oldest))
        for quarter in quarters
    ]
    return np.mean([heads for heads, _ in of_age], axis=0)


def _mean_pay(panel: RunPanel, chosen: BoolArray) -> float | None:
    if len(panel.person.age) <= TEN_QUARTERS[-1]:
        return None
    everybody = np.ones(panel.person.age.shape[1], dtype=bool)
    both = np.array([_by_occupation(panel, quarter, everybody) for quarter in TEN_QUARTERS])
    heads, pay = both[:, 0, chosen].sum(), both[:, 1, chosen].sum()
    return float(pay / heads) if heads else None


def _by_occupation(panel: RunPanel, quarter: int, chosen: BoolArray) -> tuple[FloatArray, FloatArray]:
    """(occupations,) employed persons among the chosen, and their pay."""
    person = panel.person
    rows = np.flatnonzero((person.employer[quarter] >= 0) & chosen)
    occupation = person.occupation[quarter, rows]
    size = panel.exposure.size
    pay = np.asarray(np.bincount(occupation, person.wage[quarter, rows], size), dtype=float)
    return np.bincount(occupation, minlength=size).astype(float), pay


def _ratio(one: float, other: float) -> float | None:
    return float(one / other) if other else None
