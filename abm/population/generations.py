"""How many adults there are and of what age: the record of 2024, the births that come of age, the risk of death.

All of it is given from outside and the same for every policy. Shares of the record are applied to the simulated adults
of the opening. A stationary population, for tests of theory, has an entrant for everybody who dies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from abm.data import Tables
from abm.parameters import Parameters

__all__ = ["FIRST_AGE", "OLD", "OLDEST", "Generations", "generations_of"]

FIRST_AGE, OLDEST = 20, 100  # whole years; who is older dies at the rate of the oldest
OLD = 60.0  # years, from which an adult counts as old
FIRST_YEAR = 2024
SURVIVAL_TO_TWENTY = 0.99  # of those born; life tables, from memory
STEPS = 40  # of a year, in which survival is added up
SPARE_DEVIATIONS = 4.0  # of the number of deaths, by which the reserve of rows exceeds the projected need


@dataclass(frozen=True, eq=False)
class Generations:
    """The demography of one economy.

    adults      simulated adults at the opening
    pyramid     (81,) shares of the adults by whole year of age from 20
    death_rate  (81,) risk of death within a year by age, at the opening
    entrants    (years,) persons who turn 20 in a year from 2024 on over all adults of the opening
    """

    adults: int
    pyramid: np.ndarray
    death_rate: np.ndarray
    entrants: np.ndarray
    stationary: bool
    mortality_decline: float
    retirement_age_opening: float
    retirement_rise: float
    retirement_rise_starts: float
    retirement_rise_lasts: float

    def share_below(self, age: float) -> float:
        """Part of the adults of the opening that is younger."""
        return float(np.interp(age, np.arange(FIRST_AGE, OLDEST + 2), np.append(0.0, np.cumsum(self.pyramid))))

    def ages(self, quantile: np.ndarray) -> np.ndarray:
        """Ages below which these parts of the adults lie, in years."""
        return np.interp(quantile, np.append(0.0, np.cumsum(self.pyramid)), np.arange(FIRST_AGE, OLDEST + 2))

    def retirement_age(self, quarter: int) -> float:
        """Years; it rises evenly, from 2025 to 2039 unless the parameters say otherwise."""
        passed = min(1.0, max(0.0, (quarter - self.retirement_rise_starts) / self.retirement_rise_lasts))
        return self.retirement_age_opening + self.retirement_rise * passed

    def death_rates(self, quarter: int) -> np.ndarray:
        """(81,) risk of death within a year by age."""
        return self.death_rate * (1 - self.mortality_decline) ** quarter

    def coming_of_age(self, quarter: int) -> int:
        """Simulated persons who turn 20 in a quarter; whole heads, not drawn."""
        return self._arrived(quarter) - self._arrived(quarter - 1)

    def _arrived(self, quarter: int) -> int:
        """Simulated persons who turned 20 since the opening; years after the table have the last one's births."""
        years, part = divmod(max(quarter, 0), 4)
        table = self.entrants.size
        known = self._entrants_before[min(years, table)] + self._entrants_of_year[-1] * max(0, years - table)
        current = self._entrants_of_year[min(years, table - 1)]
        return int(self.adults * (known + part / 4 * current))

    @cached_property
    def _entrants_of_year(self) -> list[float]:
        return self.entrants.tolist()

    @cached_property
    def _entrants_before(self) -> list[float]:
        """Entrants of all years before each year of the table, and of the whole table."""
        return [float(self.entrants[:years].sum()) for years in range(self.entrants.size + 1)]

    @cached_property
    def reserve(self) -> int:
        """Rows beyond the adults of the opening, for those by whom the population exceeds it on its way."""
        if self.stationary:
            return 0
        alive, total, most, dead = self.pyramid.copy(), 1.0, 1.0, 0.0
        for year, born in enumerate(self.entrants):
            dying = alive * self.death_rates(4 * year + 2)
            alive = np.append(0.0, (alive - dying)[:-1])
            alive[0] += born
            dead += float(dying.sum())
            if alive.sum() > most:
                most, total = float(alive.sum()), dead
        spare = SPARE_DEVIATIONS * np.sqrt(self.adults * min(total, 1.0))
        return int(np.ceil(self.adults * (most - 1.0) + spare))


@lru_cache(maxsize=16)  # the same for every seed of an ensemble
def generations_of(parameters: Parameters, tables: Tables, adults: int) -> Generations:
    """The record of 2024 for an economy of this size, or the stationary population if the parameters ask for it."""
    rules, labour = parameters.demography, parameters.labour
    years = np.arange(FIRST_AGE, OLDEST + 1)
    group = np.searchsorted(tables.age_group, years, side="right") - 1
    width = np.bincount(group)[group]
    pyramid = tables.age_adults[group] / width
    rates = tables.age_death_rate[group]
    if rules.stationary:
        pyramid, rates = _stationary(labour.retirement_age, labour.retirement_quarters)
    total = tables.age_adults.sum()
    return Generations(
        adults=adults,
        pyramid=pyramid / pyramid.sum(),
        death_rate=rates,
        entrants=(rules.births * SURVIVAL_TO_TWENTY * tables.births + tables.immigrants) / total,
        stationary=rules.stationary,
        mortality_decline=0.0 if rules.stationary else rules.mortality_decline,
        retirement_age_opening=labour.retirement_age,
        retirement_rise=0.0 if rules.stationary else rules.retirement_rise,
        retirement_rise_starts=rules.retirement_rise_starts,
        retirement_rise_lasts=rules.retirement_rise_lasts,
    )


def _stationary(retirement_age: float, retirement_quarters: float) -> tuple[np.ndarray, np.ndarray]:
    """Nobody dies before retirement, and afterwards everybody with the same chance."""
    yearly = (1 - 1 / retirement_quarters) ** 4
    years = np.arange(FIRST_AGE, OLDEST + 1)
    ages = FIRST_AGE + (np.arange(years.size * STEPS) + 0.5) / STEPS
    living = (yearly ** np.maximum(ages - retirement_age, 0.0)).reshape(-1, STEPS).mean(axis=1)
    living[-1] = yearly ** max(OLDEST - retirement_age, 0.0) / -np.log(yearly)  # all who are still older
    return living, np.where(years >= retirement_age, 1 - yearly, 0.0)
