"""Farmers who leave for better-paid work."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy, streams
from abm.farming import earnings_outside, farm_incomes
from abm.kernels.migration import leave_farms
from abm.phase import phase

LOWEST_INCOME = 0.1  # of the mean of the farms; what a farm without a payout this quarter still stands for


@phase
def farmers_leave(economy: Economy) -> None:
    """Farmers leave the more, the more they expect to earn elsewhere and the younger they are (eq. 8a).

    What they expect is what others earn times the chance of having a job: Harris and Todaro 1970. What they give up is
    the income of their farm as far as their hands are needed there: Lewis 1954. They look for work in an occupation
    like theirs and with jobs to offer.
    """
    state, structure, rules = economy.state, economy.structure, economy.parameters.structural_change
    if not rules.migration:
        return
    w, scratch = state.workers, economy.scratch
    expected = (1 - state.macro.unemployment_rate) * earnings_outside(state, structure)
    incomes = farm_incomes(state, structure) * hands_needed(state.firms, structure)
    gain = np.log(expected / np.maximum(incomes, LOWEST_INCOME * incomes.mean()))
    hazard = rules.migration_response * np.maximum(0.0, gain - rules.migration_cost)
    farming, where = destinations(state.occupations, structure)
    leave_farms[economy.threads](
        scratch.worker_chunks, economy.seed, economy.quarter, *streams("migration", "migrant_occupation"),
        *structure.farms, hazard, rules.migration_ageing, farming, where, w.employer, w.status, w.occupation, w.age,
        scratch.left_farms,
    )  # fmt: skip
    state.macro.migrants = float(scratch.left_farms.sum())


def hands_needed(f, structure) -> np.ndarray:
    """(farms,) the part of each farm's labour that it has work for, at most 1; 1 where nobody works."""
    first, last = structure.farms
    units, wanted = f.efficiency_units[first:last], f.labour_demand[first:last]
    return np.minimum(np.divide(wanted, units, out=np.ones(units.size), where=units > 0), 1.0)


def destinations(o, structure) -> tuple[int, np.ndarray]:
    """The occupation of most farmers, and the cumulated chances (22,) of those they look for work in."""
    farming, similarity = structure.farmers_ways_out
    pull = similarity * np.sqrt((o.vacancies + 1) / (o.unemployment + 1))
    return farming, np.cumsum(pull / pull.sum())
