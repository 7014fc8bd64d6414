"""The equations of adoption without an economy around them: what is worth doing, who starts, who keeps it.

Firms of one activity differ by size only, and size acts only by the number of departments that decide. The chances of a
department do not depend on its firm. The expected shares of departments by activity therefore say all, without a draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from abm.arrays import Flags, Floats, Matrix

__all__ = [
    "FIRST_YEAR", "AdoptionRules", "AdoptionKind", "Departments", "Stages", "Uses", "department_path", "firms_using",
    "frontier", "in_reach", "next_quarter", "quarter_of",
]  # fmt: skip

FIRST_YEAR = 2008  # so early that what is given up balances what is started long before the first survey
PAYBACK_NORM = 12.0  # quarters: a payback of three years adds nothing to the log odds


class Stages(Protocol):
    """How departments move from pilots to scaled use; parameters and ``AdoptionRules`` both say it."""

    @property
    def pilot_quarters(self) -> float:
        """Length of a pilot."""

    @property
    def pilot_failure(self) -> float:
        """Pilots that fail."""

    @property
    def abandonment(self) -> float:
        """Scaled use that is given up in a quarter."""


@dataclass(frozen=True)
class AdoptionRules:
    """The assumptions of adoption, as ``adoption_fit.uses.assumptions`` reads them from parameters and families."""

    office_constant: float
    process_constant: float
    departments_elasticity: float
    arrival: float  # log odds by which language was less reliable before it arrived
    arrival_years: float  # over which it arrives, evenly from its date on; 0 is at once
    departments_from: float  # heads
    evaluation: float  # a quarter
    pilot_quarters: float
    pilot_failure: float
    abandonment: float  # a quarter
    frontier: float  # in 2024Q1
    frontier_speed: float  # a quarter
    plant_cost: float  # of the value of the plant under control


@dataclass(frozen=True, eq=False)
class AdoptionKind:
    """Applications of one kind: ``worth`` (applications, sectors) is what full use saves, to the firm that decides.

    Of office AI it is a share of a year's pay, of process AI a share of the value of the plant under control, a
    quarter. An application begins to work when the reliability of its family is at ``start``; at ``floor`` half of it
    works.
    """

    worth: Matrix
    lead: Floats  # log odds by which the family's reliability leads the frontier
    start: Floats
    floor: Floats
    arrives: Floats  # year of the application
    held_back: Flags  # bool: of a family that is less reliable before its arrival
    arrival: float  # year of that family


@dataclass(frozen=True, eq=False)
class Uses:
    """Both kinds of AI in the sectors of an economy.

    ``activities`` has a row of the table for each activity; ``weight`` is a sector's part of pay, for the mean that the
    worth of office AI is measured by.
    """

    activities: dict[str, int]
    office: AdoptionKind
    process: AdoptionKind
    plant: Floats  # controllable part
    weight: Floats


class Departments(NamedTuple):
    """(quarters from FIRST_YEAR, sectors): shares of departments as a quarter ends, and those that start in it."""

    office_starts: Matrix
    office_pilot: Matrix
    office_scaled: Matrix
    process_starts: Matrix
    process_pilot: Matrix
    process_scaled: Matrix

    @property
    def office(self) -> Matrix:
        """Shares of departments that use office AI."""
        return self.office_pilot + self.office_scaled

    @property
    def process(self) -> Matrix:
        """Shares of departments that use process AI."""
        return self.process_pilot + self.process_scaled

    @property
    def either(self) -> Matrix:
        """Shares of departments that use AI."""
        return 1 - (1 - self.office) * (1 - self.process)


def quarter_of(time: float) -> int:
    """The row that a survey is held against: one asked early in a quarter finds what the quarter begins with."""
    return round(4 * (time - FIRST_YEAR)) - 1


def frontier(adoption: AdoptionRules, times: Floats) -> Floats:
    """The reliability of algorithms, a logistic in time."""
    before = adoption.frontier / (1 - adoption.frontier) * np.exp(4 * adoption.frontier_speed * (times - 2024))
    return before / (1 + before)


def department_path(
    adoption: AdoptionRules, uses: Uses, last: float, own: Floats | float = 0.0,
    begins: tuple[Departments, float] | None = None,
) -> Departments:  # fmt: skip
    """The shares of departments up to the survey of ``last``.

    ``own`` are log odds of office AI besides, for all or by sector. ``begins`` is another path and the quarter in which
    this one leaves it.
    """
    times = FIRST_YEAR + np.arange(quarter_of(last) + 1) / 4
    opening = in_reach(adoption, uses.office, np.array([2024.0]))[0]
    office = in_reach(adoption, uses.office, times) / (opening @ uses.weight)
    returns = in_reach(adoption, uses.process, times) / adoption.plant_cost  # one over the payback, a quarter
    starts = adoption.evaluation * _chance(np.exp(adoption.office_constant + np.asarray(own)) * office)
    process = adoption.evaluation * uses.plant * _chance(np.exp(adoption.process_constant) * PAYBACK_NORM * returns)
    before, since = (None, 0) if begins is None else (begins[0], quarter_of(begins[1]) + 1)
    office_before, process_before = (None, None) if before is None else (before[:3], before[3:])
    return Departments(
        *_stages(adoption, starts, office_before, since), *_stages(adoption, process, process_before, since)
    )


def in_reach(adoption: AdoptionRules, kind: AdoptionKind, times: Floats) -> Matrix:
    """(times, sectors) what the applications save, each in so far as AI is reliable enough for its tasks."""
    best = frontier(adoption, times)[:, None]
    since = times - kind.arrival
    coming = np.clip(1 - since / adoption.arrival_years, 0, 1) if adoption.arrival_years else np.zeros(times.size)
    to_come = np.where(since < 0, 1, coming)
    odds = best / (1 - best) * np.exp(kind.lead - adoption.arrival * np.outer(to_come, kind.held_back))
    works = np.clip((odds / (1 + odds) - kind.start) / (2 * (kind.floor - kind.start)), 0, 1)
    return (works * (times[:, None] >= kind.arrives)) @ kind.worth


def _chance(odds: Matrix) -> Matrix:
    return odds / (1 + odds)


def _stages(
    adoption: AdoptionRules, starts: Matrix, before: tuple[Matrix, ...] | None, since: int
) -> tuple[Matrix, Matrix, Matrix]:
    """Shares that start in a quarter, and that try and that have scaled as it ends; from none, or another path's."""
    stages = np.zeros((3, *starts.shape))
    begun, trying, scaled = stages
    pilot = kept = np.zeros(starts.shape[1])
    if before is not None:
        stages[:, :since] = [one[:since] for one in before]
        pilot, kept = trying[since - 1], scaled[since - 1]
    for quarter in range(since, len(starts)):
        begun[quarter], _, pilot, kept = next_quarter(adoption, starts[quarter], pilot, kept)
        trying[quarter], scaled[quarter] = pilot, kept
    return begun, trying, scaled


def next_quarter(rules: Stages, chance: Floats, pilots: Floats, scaled: Floats) -> tuple[Floats, ...]:
    """Parts of departments that begin and that are scaled in a quarter, and that try and have scaled as it ends.

    ``chance`` is that of a department without AI to begin.
    """
    begun = chance * (1 - pilots - scaled)
    ended = pilots / rules.pilot_quarters
    succeeded = (1 - rules.pilot_failure) * ended
    return begun, succeeded, pilots + begun - ended, scaled + succeeded - rules.abandonment * scaled


def firms_using(adoption: AdoptionRules, heads: Floats, departments: Floats) -> Floats:
    """Chance that any department of a firm uses AI, where a share ``departments`` does; both broadcast.

    Departments are whole numbers around their mean, drawn so that the mean is kept.
    """
    mean = np.maximum(1.0, heads / adoption.departments_from) ** adoption.departments_elasticity
    whole = np.floor(mean)
    return 1 - (1 - departments) ** whole * (1 - (mean - whole) * departments)
