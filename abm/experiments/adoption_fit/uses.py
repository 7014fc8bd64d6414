"""The table of applications in the form that the equations of adoption take."""

from __future__ import annotations

from functools import cache

import numpy as np

from abm.applications import Applied, apply
from abm.arrays import Flags, Floats, Matrix
from abm.data import load_tables
from abm.economics.adoption import AdoptionKind, Uses
from abm.parameters import Parameters
from abm.population.targets import open_economy

__all__ = ["ECONOMY", "opening_uses"]

ECONOMY = "china"  # of its staff, pay and plant: no table of another economy has the occupations of each activity


@cache
def opening_uses() -> Uses:
    """What AI is worth in each activity, with the staff and the plant of the opening economy."""
    tables = load_tables(economy=ECONOMY)
    opening = open_economy(Parameters(), tables)
    applied = apply(tables)
    pay = opening.wages + opening.mixed_income
    plant = applied.plant * opening.capital
    saved = np.divide(applied.decision * pay, plant, out=np.zeros_like(applied.decision), where=plant > 0)
    activities = {name: row for row, names in enumerate(tables.activities) for name in names}
    return Uses(
        activities,
        _kind(applied, applied.office, applied.decision),
        _kind(applied, ~applied.office, saved),
        applied.plant,
        pay / pay.sum(),
    )


def _kind(applied: Applied, chosen: Flags, worth: Matrix) -> AdoptionKind:
    families = [applied.families[row] for row in applied.family[chosen]]
    before: Floats = np.array([family.before for family in families])
    held_back = before > 0
    arrival = {family.arrives for family in families if family.before > 0}
    return AdoptionKind(
        worth=worth[chosen],
        lead=np.array([family.lead for family in families]),
        start=applied.start()[chosen],
        floor=applied.floor[chosen],
        arrives=applied.arrives[chosen],
        held_back=held_back,
        arrival=max(arrival, default=0.0),
    )
