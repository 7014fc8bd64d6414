"""The table of applications in the form that the equations of adoption take."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np

from abm.applications import Applied, apply
from abm.arrays import Flags, Floats, Matrix
from abm.data import load_families, load_tables
from abm.economics.adoption import AdoptionKind, AdoptionRules, Uses
from abm.parameters import Parameters
from abm.population.targets import open_economy

__all__ = ["ECONOMY", "EUROPE", "assumptions", "opening_uses"]

ECONOMY = "china"  # of its staff, pay and plant: no table of another economy has the occupations of each activity


# What differs in Europe from the defaults of the model, which are China's: fitted, and chosen with the 17 % of European
# manufacturers that used AI in 2025 in view. The scenario diffusion_eu has the same.
EUROPE = {"departments_elasticity": 0.47, "process_constant": -5.2}


def assumptions(parameters: Parameters | None = None, **changes: float) -> AdoptionRules:
    """The assumptions of the model, but for ``changes``."""
    parameters = parameters or Parameters()
    rules, ai = parameters.adoption, parameters.artificial_intelligence
    arriving = next(family for family in load_families() if family.before > 0)
    named = {name: getattr(rules, name) for name in (one.name for one in fields(AdoptionRules)) if hasattr(rules, name)}
    named |= {"arrival": arriving.before, "arrival_years": arriving.years, "frontier": ai.algorithm_opening}
    named |= {"frontier_speed": ai.algorithm_speed, "plant_cost": parameters.process_ai.plant_cost}
    return AdoptionRules(**(named | changes))


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
