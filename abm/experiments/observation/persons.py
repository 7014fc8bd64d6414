"""Facts of persons: wages of those who stay and of new jobs, job finding, age, and consumption by income.

A person is met again in a row that is older by the time passed. NaN is what a run cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from abm.codes import Status

if TYPE_CHECKING:
    from abm.arrays import BoolArray, FloatArray
    from abm.experiments.observation.look import Look

__all__ = [
    "age_earnings", "age_earnings_peak", "consumption_of_poorest_fifth", "consumption_of_richest_fifth",
    "duration_dependence", "gini_consumption", "job_finding", "reemployment_wage", "stayers_cuts", "stayers_deviation",
    "youth_unemployment",
]  # fmt: skip

YEAR = 4
LONG = 4  # quarters without a job
ROUNDING = 1e-9  # a lower wage is lower by more than this


@dataclass
class Spells:
    """What happened to those who lost a job: wages of new ones over the last, and who found one, by quarters so far."""

    ratios: list[FloatArray] = field(default_factory=list)
    looked: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    found: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def count(self, long: bool, looking: BoolArray, hired: BoolArray) -> None:
        """Add those who looked in a quarter and the part of them with a job in the next."""
        self.looked[long] += int(looking.sum())
        self.found[long] += int((looking & hired).sum())


def stayers_cuts(look: Look) -> float:
    """Persons with the same employer and occupation for a year whose nominal wage is lower at its end; no farmers."""
    change = _stayers(look)
    return float((change < -ROUNDING).mean()) if change.size else np.nan


def stayers_deviation(look: Look) -> float:
    """Standard deviation of the yearly change of their log wage."""
    change = _stayers(look)
    return float(change.std(ddof=1)) if change.size > 2 else np.nan


def reemployment_wage(look: Look) -> float:
    """Median wage of a new job over the last wage before, of those who were without one for a quarter or more."""
    ratios = np.concatenate([np.empty(0), *_spells(look).ratios])
    return float(np.median(ratios)) if ratios.size else np.nan


def job_finding(look: Look) -> float:
    """Unemployed who have a job a quarter later."""
    person, looking, hired = look.person, 0, 0
    for now in range(len(person.age) - 1):
        unemployed = (person.status[now] == Status.UNEMPLOYED) & _same(look, now, 1)
        looking += int(unemployed.sum())
        hired += int((unemployed & (person.employer[now + 1] >= 0)).sum())
    return hired / looking if looking else np.nan


def duration_dependence(look: Look) -> float:
    """Job finding of those without a job for four quarters or more over that in the first quarter without one."""
    spells = _spells(look)
    if not spells.looked[True] or not spells.found[False]:
        return np.nan
    return spells.found[True] / spells.looked[True] / (spells.found[False] / spells.looked[False])


def youth_unemployment(look: Look) -> float:
    """Unemployment rate of 20 to 24 years over that of all ages."""
    age, status = look.person.age, look.person.status
    unemployed = status == Status.UNEMPLOYED
    force = unemployed | (status == Status.EMPLOYED) | (status == Status.TRAINING)
    young = (age >= 20) & (age < 25)
    if not (force & young).any() or not unemployed.any():
        return np.nan
    return float(unemployed[young].sum() / force[young].sum() / (unemployed.sum() / force.sum()))


def age_earnings(look: Look) -> float:
    """Mean wage of 45 to 54 years over that of 20 to 24 years; no farmers."""
    return _wages_of_ages(look, (45, 55), (20, 25))


def age_earnings_peak(look: Look) -> float:
    """Mean wage of 35 to 44 years over that of 50 to 59 years; no farmers."""
    return _wages_of_ages(look, (35, 45), (50, 60))


def consumption_of_poorest_fifth(look: Look) -> float:
    """Consumption over disposable income of a year, lowest fifth of persons by that income."""
    return _consumption_of_fifth(look, 0)


def consumption_of_richest_fifth(look: Look) -> float:
    """Consumption over disposable income of a year, highest fifth of persons by that income."""
    return _consumption_of_fifth(look, 4)


def gini_consumption(look: Look) -> float:
    """Gini of a person's consumption of a year, mean of the years."""
    ginis = []
    for consumption, _ in _years_of(look):
        ordered = np.sort(consumption)
        rank = np.arange(1, ordered.size + 1)
        ginis.append(2 * (rank @ ordered) / (ordered.size * ordered.sum()) - (ordered.size + 1) / ordered.size)
    return float(np.mean(ginis)) if ginis else np.nan


def _same(look: Look, now: int, later: int) -> BoolArray:
    """(persons,) rows with the same person some quarters later."""
    before, after = look.person.age[now], look.person.age[now + later]
    return np.asarray((before > 0) & (np.abs(after - before - later / 4) < 0.125))


def _stayers(look: Look) -> FloatArray:
    """Change of the log wage over years of persons who stay; all years in one row."""
    person, changes = look.person, [np.empty(0)]
    for now in range(0, len(person.age) - YEAR, YEAR):
        span, end = slice(now, now + YEAR + 1), now + YEAR
        employer = person.employer[now]
        stays = _same(look, now, YEAR) & (employer >= 0) & ~look.farms[employer]
        stays &= (person.employer[span] == employer).all(axis=0)
        stays &= (person.occupation[span] == person.occupation[now]).all(axis=0)
        stays &= (person.wage[now] > 0) & (person.wage[end] > 0)
        changes.append(np.log(person.wage[end][stays] / person.wage[now][stays]))
    return np.concatenate(changes)


def _spells(look: Look) -> Spells:
    """Those who had a job and lost it within the quarters kept, as long as they look for work or are trained."""
    person, spells = look.person, Spells()
    last_wage, without = np.zeros(person.age.shape[1]), np.zeros(person.age.shape[1], dtype=int)
    for now in range(len(person.age)):
        if now:
            last_wage[~_same(look, now - 1, 1)] = 0.0
        at_work = person.employer[now] >= 0
        back = at_work & (without > 0) & (last_wage > 0)
        spells.ratios.append(person.wage[now][back] / last_wage[back])
        lost = ~at_work & np.isin(person.status[now], (Status.UNEMPLOYED, Status.TRAINING)) & (last_wage > 0)
        without = np.where(lost, without + 1, 0)
        last_wage = np.where(at_work, person.wage[now], np.where(lost, last_wage, 0.0))
        if now + 1 < len(person.age):
            looking = lost & (person.status[now] == Status.UNEMPLOYED) & _same(look, now, 1)
            hired = person.employer[now + 1] >= 0
            spells.count(False, looking & (without == 1), hired)
            spells.count(True, looking & (without >= LONG), hired)
    return spells


def _wages_of_ages(look: Look, one: tuple[int, int], other: tuple[int, int]) -> float:
    person = look.person
    paid = (person.employer >= 0) & ~look.farms[person.employer] & (person.wage > 0)
    means = []
    for youngest, oldest in (one, other):
        wages = person.wage[paid & (person.age >= youngest) & (person.age < oldest)]
        if not wages.size:
            return np.nan
        means.append(float(wages.mean()))
    return means[0] / means[1]


def _years_of(look: Look) -> list[tuple[FloatArray, FloatArray]]:
    """Consumption and disposable income of each person who is there the whole year, year by year."""
    person, years = look.person, []
    for now in range(0, len(person.age) - YEAR, YEAR):
        there = _same(look, now, YEAR - 1)
        years.append(tuple(flow[now : now + YEAR, there].sum(axis=0) for flow in (person.consumption, person.income)))
    return [(consumption, income) for consumption, income in years if income.size]


def _consumption_of_fifth(look: Look, fifth: int) -> float:
    ratios = []
    for consumption, income in _years_of(look):
        rows = np.array_split(np.argsort(income, kind="stable"), 5)[fifth]
        if income[rows].sum() > 0:
            ratios.append(float(consumption[rows].sum() / income[rows].sum()))
    return float(np.mean(ratios)) if ratios else np.nan
