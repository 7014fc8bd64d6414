"""What the outcomes of a quarter are read from: sums and distributions made in one pass, in memory of the observer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from abm.arrays import Cube, Floats, IntegerCube, IntegerMatrix, Integers, LinkCube, Matrix
from abm.codes import Owner, Status
from abm.compiling.kernels import chunks_for
from abm.compiling.tables import Viewed
from abm.kernels.accounts import add_up
from abm.kernels.risks import tally_screened
from abm.kernels.statistics import BINS, Summary, hulten_gain, summarise, summarise_baskets, tally_adults
from abm.population.generations import OLD
from abm.results.national_accounts import capital_consumption, staff_by_hours
from abm.results.policy_flows import NO_FLOWS, policy_flows
from abm.results.risks import Screened
from abm.results.scales import NAN, PERSONS_TO_MILLION, SIZE_LIMITS, TENTHS, THOUSAND_TO_TRILLION, normal_hours

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["Measures", "Statistics"]

Amount = TypeVar("Amount", float, np.ndarray)

DISTRIBUTIONS = 3


class Tally(Viewed):
    """Bins and counts of adults by chunk, emptied by whoever reads them."""

    persons: LinkCube
    money: Cube
    distributions: Cube
    with_state: Cube  # paid to the state and by it, in the bins of income
    merged_with_state: Matrix  # the same of all chunks, from the first bin with a person on
    regions: IntegerCube
    old: Integers

    def __init__(self, workers: int, regions: int):
        chunks = chunks_for(workers)
        self.persons = np.zeros((chunks, DISTRIBUTIONS, BINS), dtype=np.int32)
        self.money = np.zeros((chunks, DISTRIBUTIONS, BINS))
        self.distributions = np.zeros((DISTRIBUTIONS, BINS, 2))
        self.with_state, self.merged_with_state = np.zeros((chunks, BINS, 2)), np.zeros((BINS, 2))
        self.regions = np.zeros((chunks, regions, len(Status)), dtype=np.int64)
        self.old = np.zeros(chunks, dtype=np.int64)


class Statistics(Viewed):
    """Sums and shares by group of one quarter."""

    own_workers: int  # code of the owner whose profit is mixed income
    size_limits: Integers  # least headcount of each size class
    gini: Floats  # of income, wages of the employed, wealth
    tenth_income: Floats  # disposable income of the tenths, thousand yuan
    tenth_to_state: Floats  # income tax and contributions of the tenths, thousand yuan
    tenth_by_state: Floats  # what the state pays them: pensions, benefits, assistance and what all are paid alike
    tenth_food: Floats  # share of farm products in spending, by tenths of spenders
    size_firms: Floats
    size_adopters: Floats
    size_use: Floats  # summed use of AI
    sector_jobs: Floats
    sector_labour_income: Floats  # wages, employers' contributions and mixed income
    regions: IntegerMatrix  # rows by region and status
    region_wages: Floats

    def __init__(self, sectors: int, regions: int):
        self.own_workers = int(Owner.OWN_WORKERS)
        self.size_limits = np.array(SIZE_LIMITS)
        self.gini = np.zeros(DISTRIBUTIONS)
        self.tenth_income, self.tenth_food = np.zeros(TENTHS), np.zeros(TENTHS)
        self.tenth_to_state, self.tenth_by_state = np.zeros(TENTHS), np.zeros(TENTHS)
        self.size_firms, self.size_adopters, self.size_use = (np.zeros(len(SIZE_LIMITS)) for _ in range(3))
        self.sector_jobs, self.sector_labour_income = np.zeros(sectors), np.zeros(sectors)
        self.regions, self.region_wages = np.zeros((regions, len(Status)), dtype=np.int64), np.zeros(regions)


class Measures:
    """What the outcomes of one quarter are read from.

    ``statistics`` holds sums by group, ``summary`` single numbers; ``screened`` the group
    that screening may reject; ``history`` earlier values of a few series by name, oldest first. Only this object is
    written, never the economy.
    """

    def __init__(self, economy: Economy):
        self.economy, self.structure = economy, economy.structure
        self.macro, self.sectors, self.occupations = economy.macro, economy.sectors, economy.occupations
        self.persons = economy.structure.persons_per_worker
        regions = len(economy.opening.regions)
        self.statistics, self.summary = Statistics(economy.sectors.rows, regions), Summary()
        self.history: dict[str, list[float]] = {"real_gdp": [], "consumer_price": []}
        self.policies, self.screened = NO_FLOWS, Screened(chunks_for(economy.workers.rows))
        self._tally = Tally(economy.workers.rows, regions)

    def take(self) -> None:
        """Measure the economy as it stands."""
        economy, structure, macro, p = self.economy, self.structure, self.macro, self.economy.parameters
        statistics, summary = self.statistics.view, self.summary.view
        with_state = economy.scratch.with_state.view
        tally_adults[economy.threads](economy.workers.view, macro.view, with_state, self._tally.view, OLD)
        summarise(economy.firms.view, structure.view, macro.view, self._tally.view, statistics, summary)
        plans = economy.plans
        summarise_baskets(structure.view, plans.view, plans.consumption_budget, statistics, summary)
        self.policies = policy_flows(economy, macro.income_tax_base) if economy.quarter else NO_FLOWS
        self.screened.clear()
        tally_screened[economy.threads](economy.workers.view, self.screened.persons, self.screened.wages)
        self.summary.hulten_gain = 0.0
        if economy.artificial_intelligence:
            self.summary.hulten_gain = hulten_gain(
                economy.firms.view, economy.sectors.view, structure.view, economy.state.abilities.view, macro.view,
                p.artificial_intelligence.view, p.investment.required_return,
            )  # fmt: skip
            # What the state gives costs as much as what firms buy.
            self.summary.hulten_gain -= economy.instruments.public_compute * macro.trend_gdp

    def remember(self) -> None:
        """Keep what the outcomes of later quarters are compared with, for a year."""
        for name, values in self.history.items():
            values.append(getattr(self.macro, name))
            del values[:-4]

    def money(self, amount: Amount) -> Amount:
        """Thousand yuan in memory as national trillions."""
        return amount * self.persons * THOUSAND_TO_TRILLION

    def people(self, workers: Amount) -> Amount:
        """Workers as million persons."""
        return workers * self.persons * PERSONS_TO_MILLION

    def yearly(self, name: str, now: float) -> float:
        """Change over four quarters; NaN in the first year."""
        before = self.history[name]
        return now / before[-4] - 1 if len(before) >= 4 else NAN

    @property
    def capital_consumption(self) -> float:
        """Consumption of fixed capital, thousand yuan of 2024Q1."""
        return capital_consumption(self.economy)

    @property
    def hours(self) -> float:
        """Hours worked by the persons whom the economy in memory stands for."""
        hours = normal_hours(self.economy.opening.tables.hours_per_week)
        return staff_by_hours(self.economy) * self.persons * hours

    @property
    def electricity(self) -> float:
        """MWh of the whole economy."""
        macro = self.macro
        return add_up(self.sectors.electricity) + macro.household_electricity + macro.ai_electricity

    @property
    def co2(self) -> float:
        """Tonnes of the whole economy."""
        return add_up(self.sectors.co2) + self.macro.household_co2

    def adoption_of(self, size: int) -> float:
        """Share of adopters in a size class, NaN where it has no firm."""
        firms = self.statistics.size_firms[size]
        return float(self.statistics.size_adopters[size] / firms) if firms else NAN
