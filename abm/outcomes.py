"""Every recorded series: its name, its unit, and how it is read off the economy.

Shares and rates are fractions, flows are per quarter, ``real_`` is at the prices of 2024Q1. A value that is not defined
is NaN here and has no row in the tables. Money is national: what the economy in memory has, times the persons that one
of its workers stands for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from abm.data import load_tables
from abm.kernels.statistics import adopters_by_size, gini_sorted, sum_by_region
from abm.state import Status
from abm.structure import REGIONS

__all__ = ["GROUP_LABELS", "GROUP_OUTCOMES", "OUTCOMES", "GroupOutcome", "Measures", "Outcome"]

NAN = float("nan")
SIZE_LIMITS = np.array([1, 10, 50, 250])  # least headcounts of the classes
THOUSAND_TO_TRILLION, TONNES_TO_MT, MWH_TO_TWH, PERSONS_TO_MILLION = 1e-9, 1e-6, 1e-6, 1e-6


class Outcome(NamedTuple):
    """A series of the whole economy."""

    name: str
    unit: str
    definition: str
    measure: Callable[[Measures], float]


class GroupOutcome(NamedTuple):
    """A series for every group of a table; ``measure`` gives an array with one number for each."""

    name: str
    unit: str
    definition: str
    measure: Callable[[Measures], np.ndarray]


class Measures:
    """What the outcomes of one quarter are read from; what several of them need is computed once.

    ``history`` holds earlier values of a few series by name, oldest first.
    """

    def __init__(self, economy, history: dict[str, list[float]]):
        self.economy, self.history = economy, history
        self.state, self.structure = economy.state, economy.structure
        self.a, self.s, self.o = self.state.aggregate, self.state.sectors, self.state.occupations
        self.persons = self.structure.persons_per_worker

    def money(self, amount: float) -> float:
        """Thousand yuan in memory as national trillions."""
        return amount * self.persons * THOUSAND_TO_TRILLION

    def people(self, workers: float) -> float:
        """Workers as million persons."""
        return workers * self.persons * PERSONS_TO_MILLION

    def yearly(self, name: str, now: float) -> float:
        """Change over four quarters; NaN in the first year."""
        before = self.history[name]
        return now / before[-4] - 1 if len(before) >= 4 else NAN

    @cached_property
    def income(self) -> np.ndarray:
        """Disposable incomes, ascending."""
        return np.sort(self.state.workers.disposable_income)

    @cached_property
    def income_shares(self) -> np.ndarray:
        """(10,) shares of the tenths in disposable income."""
        sums = np.add.reduceat(self.income, self.tenths)
        return sums / sums.sum()

    @cached_property
    def tenths(self) -> np.ndarray:
        """First position of each tenth in the ascending incomes."""
        return np.arange(10) * self.income.size // 10

    @cached_property
    def wages(self) -> np.ndarray:
        """Wages of the employed, ascending."""
        workers = self.state.workers
        return np.sort(workers.wage[workers.status == Status.EMPLOYED])

    @cached_property
    def wealth(self) -> np.ndarray:
        """Deposits, dwellings and private equity at book value, ascending."""
        workers, firms = self.state.workers, self.state.firms
        shareholders = self.structure.owner[firms.sector] == 0
        book = firms.deposits + firms.inventory_value + self.a.capital_price * firms.capital - firms.loans
        private = (1 - self.economy.parameters.government.state_ownership) * float(book[shareholders].sum())
        worth = workers.deposits + self.a.dwelling_price * workers.dwellings + private * workers.equity_weight
        return np.sort(worth)

    @cached_property
    def by_size(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Firms, adopters and summed use by size class, (4,) each."""
        firms, adopters, uses = np.zeros(4), np.zeros(4), np.zeros(4)
        f = self.state.firms
        adopters_by_size(f.headcount, f.ai_stage, f.ai_use, SIZE_LIMITS, firms, adopters, uses)
        return firms, adopters, uses

    @cached_property
    def by_region(self) -> tuple[np.ndarray, np.ndarray]:
        """Adults by region and status (4, 5), wages and income by region (4, 2)."""
        counts, sums = np.zeros((REGIONS, len(Status)), dtype=np.int64), np.zeros((REGIONS, 2))
        w = self.state.workers
        sum_by_region(w.region, w.status, w.wage, w.disposable_income, counts, sums)
        return counts, sums

    @cached_property
    def sector_jobs(self) -> np.ndarray:
        """(20,) employees by sector."""
        return np.add.reduceat(self.state.firms.headcount, self.structure.sector_start[:-1]).astype(float)

    @cached_property
    def electricity(self) -> float:
        """MWh of the whole economy."""
        return float(self.s.electricity.sum()) + self.a.household_electricity + self.a.ai_electricity

    @cached_property
    def co2(self) -> float:
        """Tonnes of the whole economy."""
        return float(self.s.co2.sum()) + self.a.household_co2

    def adoption_of(self, size: int) -> float:
        """Share of adopters in a size class, NaN where it has no firm."""
        firms, adopters, _ = self.by_size
        return adopters[size] / firms[size] if firms[size] else NAN


def _tfp(m: Measures) -> float:
    """Hulten's sum: savings on tasks, augmentation, materials, energy and capital, over GDP."""
    ai = m.economy.parameters.artificial_intelligence
    if not ai.enabled:
        return 0.0
    f, s, structure = m.state.firms, m.s, m.structure
    sector, process = f.sector, structure.process_share[f.sector]
    labour = f.unit_wage * (1 + structure.employer_rate) / f.productivity * f.output
    gain = process * (1 - np.exp(-f.ai_use / ai.process_half))
    tasks = f.displaced_share * ai.net_saving * labour
    augmented = ai.augmentation * f.ai_use * s.augmentation[sector] * f.literate_share * labour
    goods = gain * f.input_scale * (ai.yield_gain * s.input_cost[sector] + ai.energy_saving * s.energy_cost[sector])
    lift = ai.capital_gain * process * f.ai_use
    capital = 0.02 * (1 - 1 / (1 + lift)) * m.a.capital_price * f.capital  # rental of about 2 % a quarter
    return float((tasks + augmented + goods + capital).sum()) / m.a.nominal_gdp


def _use(m: Measures) -> float:
    f = m.state.firms
    return float((f.ai_use * f.output).sum() / f.output.sum())


def _palma(m: Measures) -> float:
    return float(m.income_shares[9] / m.income_shares[:4].sum())


def _real_wage(m: Measures) -> float:
    return m.a.mean_wage / m.a.consumer_price


OUTCOMES = (
    Outcome("real_gdp", "trn CNY of 2024Q1", "GDP at base-year prices", lambda m: m.money(m.a.real_gdp)),
    Outcome("nominal_gdp", "trn CNY", "GDP at current prices", lambda m: m.money(m.a.nominal_gdp)),
    Outcome("gdp_growth_annual", "fraction per year", "real GDP against four quarters before", lambda m: m.yearly("real_gdp", m.a.real_gdp)),
    Outcome("labour_productivity", "thousand CNY of 2024Q1", "real GDP per employed person", lambda m: m.a.real_gdp / m.a.employed),
    Outcome("tfp_ai_contribution", "fraction of GDP", "gain from AI by Hulten's sum", _tfp),
    Outcome("inflation_annual", "fraction per year", "consumer prices against four quarters before", lambda m: m.yearly("consumer_price", m.a.consumer_price)),
    Outcome("unemployment_rate", "fraction of the labour force", "unemployed, trainees apart", lambda m: m.a.unemployment_rate),
    Outcome("vacancy_rate", "fraction of jobs", "unfilled jobs over all jobs", lambda m: m.a.vacancy_rate if m.economy.quarter else NAN),
    Outcome("employment", "million people", "employed persons", lambda m: m.people(m.a.employed)),
    Outcome("labour_share", "fraction of GDP", "compensation of employees and mixed income of agriculture", lambda m: m.a.labour_income / m.a.nominal_gdp),
    Outcome("real_wage_mean", "thousand CNY of 2024Q1", "mean gross wage at consumer prices of 2024Q1", _real_wage),
    Outcome("gini_disposable_income", "index 0-1", "Gini of disposable income per adult", lambda m: gini_sorted(m.income)),
    Outcome("gini_wage", "index 0-1", "Gini of gross wages of the employed", lambda m: gini_sorted(m.wages)),
    Outcome("gini_wealth", "index 0-1", "Gini of deposits, dwellings and equity at book value", lambda m: gini_sorted(m.wealth)),
    Outcome("palma_ratio", "ratio", "income of the richest tenth over that of the poorest four", _palma),
    Outcome("top10_income_share", "fraction of income", "share of the richest tenth in disposable income", lambda m: float(m.income_shares[9])),
    Outcome("co2_emissions", "Mt CO2", "carbon dioxide, households included", lambda m: m.co2 * m.persons * TONNES_TO_MT),
    Outcome("co2_per_gdp", "t CO2 per million CNY of 2024Q1", "carbon dioxide over real GDP", lambda m: m.co2 / m.a.real_gdp * 1e3),
    Outcome("electricity_use", "TWh", "electricity, households and AI included", lambda m: m.electricity * m.persons * MWH_TO_TWH),
    Outcome("ai_electricity", "TWh", "electricity of AI", lambda m: m.a.ai_electricity * m.persons * MWH_TO_TWH),
    Outcome("ai_adoption_share", "fraction of firms", "firms in pilot, scaled or autonomous use of AI", lambda m: float((m.state.firms.ai_stage > 0).mean())),
    Outcome("ai_adoption_share_small", "fraction of firms", "the same, 10-49 persons", lambda m: m.adoption_of(1)),
    Outcome("ai_adoption_share_medium", "fraction of firms", "the same, 50-249 persons", lambda m: m.adoption_of(2)),
    Outcome("ai_adoption_share_large", "fraction of firms", "the same, 250 persons and more", lambda m: m.adoption_of(3)),
    Outcome("ai_use_intensity", "index 0-1", "effective use of AI, mean weighted by output", _use),
    Outcome("trainees", "million people", "persons in public retraining", lambda m: m.people(m.a.trainees)),
    Outcome("public_debt_ratio", "fraction of annual GDP", "government bonds over four times GDP", lambda m: m.a.bonds / (4 * m.a.nominal_gdp)),
    Outcome("government_balance_ratio", "fraction of GDP", "revenue less spending", lambda m: m.a.government_balance / m.a.nominal_gdp),
    Outcome("policy_rate", "fraction per year", "rate of the central bank, four times the quarter's", lambda m: 4 * m.a.policy_rate),
    Outcome("consumption", "trn CNY", "private consumption", lambda m: m.money(m.a.consumption)),
    Outcome("investment", "trn CNY", "gross capital formation: firms, dwellings, government, inventories", lambda m: m.money(m.a.investment)),
    Outcome("government_consumption", "trn CNY", "public consumption", lambda m: m.money(m.a.government_consumption)),
    Outcome("exports", "trn CNY", "exports", lambda m: m.money(m.a.exports)),
    Outcome("imports", "trn CNY", "imports", lambda m: m.money(m.a.imports)),
    Outcome("firm_exit_rate", "fraction of firms", "firms that left in the quarter", lambda m: m.a.exits / m.state.firms.rows),
    Outcome("sfc_residual", "relative to household deposits", "largest gap in the books", lambda m: abs(m.economy.ledger.residual)),
    Outcome("gdp_identity_residual", "relative to GDP", "largest gap between GDP three ways", lambda m: m.economy.ledger.gdp_residual),
)  # fmt: skip


def _share_by_sector(m: Measures) -> np.ndarray:
    starts = m.structure.sector_start
    return np.add.reduceat((m.state.firms.ai_stage > 0).astype(float), starts[:-1]) / np.diff(starts)


def _occupation_unemployment(m: Measures) -> np.ndarray:
    force = m.o.employment + m.o.unemployment
    return np.divide(m.o.unemployment, force, out=np.full(force.size, NAN), where=force > 0)


def _region_rate(m: Measures) -> np.ndarray:
    counts, _ = m.by_region
    force = counts[:, Status.EMPLOYED] + counts[:, Status.UNEMPLOYED] + counts[:, Status.TRAINING]
    return np.divide(counts[:, Status.UNEMPLOYED], force, out=np.full(REGIONS, NAN), where=force > 0)


def _mean_wage_of_region(m: Measures) -> np.ndarray:
    counts, sums = m.by_region
    jobs = counts[:, Status.EMPLOYED]
    return np.divide(sums[:, 0], jobs, out=np.full(REGIONS, NAN), where=jobs > 0) / m.a.consumer_price


def _size_adoption(m: Measures) -> np.ndarray:
    return np.array([m.adoption_of(size) for size in range(len(SIZE_LIMITS))])


def _size_use(m: Measures) -> np.ndarray:
    firms, _, uses = m.by_size
    return np.divide(uses, firms, out=np.full(firms.size, NAN), where=firms > 0)


def _decile_income(m: Measures) -> np.ndarray:
    sizes = np.diff(np.append(m.tenths, m.income.size))
    return np.add.reduceat(m.income, m.tenths) / sizes / m.a.consumer_price


GROUP_OUTCOMES: dict[str, tuple[GroupOutcome, ...]] = {
    "sectors": (
        GroupOutcome("value_added", "trn CNY", "value added at producers' prices", lambda m: m.money(m.s.value_added)),
        GroupOutcome("employment", "million people", "employed persons", lambda m: m.people(m.sector_jobs)),
        GroupOutcome("price", "index, 2024Q1 = 1", "mean price of domestic sales", lambda m: m.s.producer_price),
        GroupOutcome("co2_emissions", "Mt CO2", "direct carbon dioxide", lambda m: m.s.co2 * m.persons * TONNES_TO_MT),
        GroupOutcome("electricity_use", "TWh", "electricity", lambda m: m.s.electricity * m.persons * MWH_TO_TWH),
        GroupOutcome("output", "trn CNY of 2024Q1", "gross output", lambda m: m.money(m.s.output)),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI", _share_by_sector),
    ),
    "occupations": (
        GroupOutcome("employment", "million people", "employed persons", lambda m: m.people(m.o.employment)),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed and trainees", _occupation_unemployment),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean real wage", lambda m: m.o.wage_mean / m.a.consumer_price),
    ),
    "deciles": (
        GroupOutcome("income_share", "fraction of income", "share in disposable income", lambda m: m.income_shares),
        GroupOutcome("income_mean", "thousand CNY of 2024Q1", "mean real disposable income", _decile_income),
    ),
    "firm_sizes": (
        GroupOutcome("firms", "fraction of firms", "share of firms", lambda m: m.by_size[0] / m.state.firms.rows),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI", _size_adoption),
        GroupOutcome("ai_use_intensity", "index 0-1", "mean effective use of AI", _size_use),
    ),
    "regions": (
        GroupOutcome("employment", "million people", "employed residents", lambda m: m.people(m.by_region[0][:, Status.EMPLOYED])),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed residents", _region_rate),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean real wage", _mean_wage_of_region),
    ),
}  # fmt: skip

GROUP_LABELS: dict[str, tuple[str, ...]] = {
    "sectors": load_tables().codes,
    "occupations": load_tables().occupation_names,
    "deciles": tuple(f"decile_{number}" for number in range(1, 11)),
    "firm_sizes": ("micro_1_9", "small_10_49", "medium_50_249", "large_250_plus"),
    "regions": tuple(f"region_{number}" for number in range(1, REGIONS + 1)),
}
