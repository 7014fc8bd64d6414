"""What persons spend of a small windfall: the same seed again, with money moved between them in one quarter.

The money comes from those with the largest deposits, so that the books hold and no demand is added but that of those
who receive it. Draws do not depend on the state, so that a person is the same in both runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray, IntArray
    from abm.experiments.observation.look import Look
    from abm.scenarios.scenario import Scenario

__all__ = ["spending_of_windfall"]

AFTER = 20  # the quarter at whose end it comes
YEAR = 4
WINDFALL = 1.0  # thousand yuan, some days' income
EVERY = 10  # one person in ten receives it
RICHEST = 0.05  # who pay for it, by deposits, as far as they do not receive it
NAMES = ("spending_of_a_windfall", "windfall_by_income")


def spending_of_windfall(look: Look, scenario: Scenario, workers: int, seed: int, first: int) -> dict[str, float]:
    """Part spent in four quarters, and the lowest less the highest fifth by income; ``first`` quarter of the panel.

    NaN where the panel of the run without it does not hold the quarters.
    """
    rows = slice(AFTER + 1 - first, AFTER + 1 + YEAR - first)
    if len(look.person.age) < rows.stop:
        return dict.fromkeys(NAMES, np.nan)
    received, spent, ages = _with_windfall(scenario, workers, seed)
    lived = (ages > 0) & (ages == look.person.age[rows.stop - 1, received])
    share = (spent - look.person.consumption[rows, received].sum(axis=0))[lived] / WINDFALL
    income = look.person.income[rows, received].sum(axis=0)[lived]
    fifths = [share[part].mean() for part in np.array_split(np.argsort(income, kind="stable"), 5)]
    return dict(zip(NAMES, (float(share.mean()), float(fifths[0] - fifths[-1])), strict=True))


def _with_windfall(scenario: Scenario, workers: int, seed: int) -> tuple[IntArray, FloatArray, FloatArray]:
    """(persons,) the rows that receive it, their consumption in the year after, and their age at its end."""
    from abm.model import Model

    model = Model(workers=workers, rng=seed, policy=scenario)
    for _ in range(AFTER):
        model.step()
    people = model.economy.workers
    chosen = np.arange(people.age.size) % EVERY == 0
    received = np.flatnonzero((people.age > 0) & chosen)
    richest = np.flatnonzero((people.deposits >= np.quantile(people.deposits, 1 - RICHEST)) & ~chosen)
    people.deposits[richest] -= WINDFALL * received.size / richest.size
    people.deposits[received] += WINDFALL
    spent = np.zeros(received.size)
    for _ in range(YEAR):
        model.step()
        spent += people.consumption[received]
    return received, spent, people.age[received].astype(float)
