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
from abm.economics.tasks import task_saving
from abm.generations import OLD
from abm.kernels.migration import farm_income_gap
from abm.kernels.statistics import (
    adopters_by_size,
    gather_bins,
    gini_of_bins,
    hulten_gain,
    part_sums,
    tally_adults,
    use_of_firms,
)  # fmt: skip
from abm.state import Status
from abm.structure import AGRICULTURE, REGIONS, SERVICES

__all__ = ["GROUP_LABELS", "GROUP_OUTCOMES", "ORIGINS", "OUTCOMES", "GroupOutcome", "Measures", "Outcome"]

# Where the level of an outcome comes from. Only what is emergent is evidence for the model.
ORIGINS = {
    "imposed": "put in", "tuned": "parameters were chosen to reach it", "emergent": "neither put in nor tuned",
    "identity": "must hold by construction",
}
NAN = float("nan")
SIZE_LIMITS = np.array([1, 10, 50, 250])  # least headcounts of the classes
THOUSAND_TO_TRILLION, TONNES_TO_MT, MWH_TO_TWH, PERSONS_TO_MILLION = 1e-9, 1e-6, 1e-6, 1e-6


class Outcome(NamedTuple):
    """A series of the whole economy; ``origin`` is one of ORIGINS, ``because`` says why, and what of it is not so."""

    name: str
    unit: str
    definition: str
    origin: str
    because: str
    measure: Callable[[Measures], float]


class GroupOutcome(NamedTuple):
    """A series for every group of a table; ``measure`` gives an array with one number for each."""

    name: str
    unit: str
    definition: str
    origin: str
    because: str
    measure: Callable[[Measures], np.ndarray]


class Measures:
    """What the outcomes of one quarter are read from; what several of them need is computed once.

    ``history`` holds earlier values of a few series by name, oldest first.
    """

    def __init__(self, economy, history: dict[str, list[float]]):
        self.economy, self.history = economy, history
        self.state, self.structure = economy.state, economy.structure
        self.a, self.s, self.o = self.state.macro, self.state.sectors, self.state.occupations
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
    def distributions(self) -> list[np.ndarray]:
        """(bins, 2) persons and money by ascending bin of income, wages of the employed and wealth; one pass."""
        workers, a = self.state.workers, self.a
        scratch = self.economy.scratch
        tally_adults[self.economy.threads](
            scratch.worker_chunks, workers.region, workers.status, workers.wage, workers.disposable_income,
            workers.deposits, workers.dwellings, workers.equity_weight, a.dwelling_price, a.equity_value, a.mean_wage,
            scratch.bin_persons, scratch.bin_money, scratch.region_counts,
        )  # fmt: skip
        gather_bins(scratch.bin_persons, scratch.bin_money, scratch.distributions, scratch.occupied)
        return [bins[first:last] for bins, (first, last) in zip(scratch.distributions, scratch.occupied, strict=True)]

    def gini(self, kind: int) -> float:
        """Gini of incomes (0), wages of the employed (1) or wealth (2)."""
        return gini_of_bins(self.distributions[kind])

    @cached_property
    def tenths(self) -> np.ndarray:
        """(11,) adults below each tenth of the ascending incomes, and all of them."""
        return np.arange(11) * int(self.a.adults) // 10

    @cached_property
    def income_of_tenths(self) -> np.ndarray:
        """(10,) disposable income of the tenths, money."""
        sums = np.zeros(10)
        part_sums(self.distributions[0], self.tenths[1:].astype(float), sums)
        return sums

    @cached_property
    def income_shares(self) -> np.ndarray:
        """(10,) shares of the tenths in disposable income."""
        return self.income_of_tenths / self.income_of_tenths.sum()

    @cached_property
    def by_size(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Firms, adopters and summed use by size class, (4,) each."""
        firms, adopters, uses = np.zeros(4), np.zeros(4), np.zeros(4)
        f = self.state.firms
        adopters_by_size(f.headcount, f.ai_stage, f.ai_use, SIZE_LIMITS, firms, adopters, uses)
        return firms, adopters, uses

    @cached_property
    def by_region(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows by region and status (4, 6), wages by region (4,); who takes a job lives in the region of the firm."""
        _ = self.distributions  # the same pass
        firms = self.state.firms
        wages = np.bincount(firms.region, weights=firms.payroll, minlength=REGIONS)
        return self.economy.scratch.region_counts.sum(axis=0), wages

    @cached_property
    def sector_jobs(self) -> np.ndarray:
        """(20,) employees by sector."""
        return np.add.reduceat(self.state.firms.headcount, self.structure.sector_start[:-1]).astype(float)

    @cached_property
    def sector_labour_income(self) -> np.ndarray:
        """(20,) wages, employers' contributions and, where profit belongs to the workers, that profit; money."""
        firms, start = self.state.firms, self.structure.sector_start[:-1]
        wages = np.add.reduceat(firms.payroll, start) * (1 + self.structure.employer_rate)
        return wages + self.structure.own_account * np.add.reduceat(firms.dividends, start)

    @cached_property
    def basket(self) -> np.ndarray:
        """(20,) value shares of what households meant to buy this quarter."""
        now = self.economy.plans
        if np.isnan(now.consumption_budget):
            return self.structure.consumption_basket
        return now.consumption * now.expected_final_price / now.consumption_budget

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
    saving = task_saving(m.economy.parameters, structure.depreciation, m.a.compute_quality)
    gain = hulten_gain(
        f.sector, f.unit_wage, f.productivity, f.output, f.ai_use, f.displaced_share, f.new_task_share, f.literate_share, f.input_scale,
        f.capital, structure.process_share, s.augmentation, s.input_cost, s.energy_cost, structure.employer_rate,
        ai.process_half, saving, ai.new_task_gain, ai.augmentation, ai.yield_gain, ai.energy_saving, ai.capital_gain,
        m.a.capital_price, structure.depreciation + m.economy.parameters.investment.required_return,
    )  # fmt: skip
    return gain / m.a.nominal_gdp


def _use(m: Measures) -> float:
    return use_of_firms(m.state.firms.ai_use, m.state.firms.output)


def _palma(m: Measures) -> float:
    return float(m.income_shares[9] / m.income_shares[:4].sum())


def _wealthy(m: Measures) -> float:
    sums = np.zeros(2)
    part_sums(m.distributions[2], m.tenths[[9, 10]].astype(float), sums)
    return float(sums[1] / sums.sum())


def _real_wage(m: Measures) -> float:
    return m.a.mean_wage / m.a.consumer_price


def _farm_gap(m: Measures) -> float:
    return farm_income_gap(m.state.firms.view, m.structure.view)


def _food_share(m: Measures) -> float:
    return float(m.basket[m.structure.industry == AGRICULTURE].sum())


def _services_share(m: Measures) -> float:
    return float(m.basket[m.structure.industry == SERVICES].sum())


OUTCOMES = (
    Outcome("real_gdp", "trn CNY of 2024Q1", "GDP at base-year prices", "imposed", "growth.trend_opening and growth.trend_long_run give the path without AI; what AI adds is emergent", lambda m: m.money(m.a.real_gdp)),
    Outcome("nominal_gdp", "trn CNY", "GDP at current prices", "imposed", "as real GDP, times prices that follow growth.inflation_target", lambda m: m.money(m.a.nominal_gdp)),
    Outcome("gdp_growth_annual", "fraction per year", "real GDP against four quarters before", "imposed", "the trend is given; its deviation was tuned by shocks.investment_deviation and others", lambda m: m.yearly("real_gdp", m.a.real_gdp)),
    Outcome("labour_productivity", "thousand CNY of 2024Q1", "real GDP per employed person", "imposed", "growth.trend_opening and growth.trend_long_run; what AI adds is emergent", lambda m: m.a.real_gdp / m.a.employed),
    Outcome("tfp_ai_contribution", "fraction of GDP", "gain from AI by Hulten's sum", "emergent", "gains per unit of use are assumed, who uses AI and how much is not", _tfp),
    Outcome("inflation_annual", "fraction per year", "consumer prices against four quarters before", "imposed", "growth.inflation_target anchors the mean; deviations from it are emergent", lambda m: m.yearly("consumer_price", m.a.consumer_price)),
    Outcome("unemployment_rate", "fraction of the labour force", "unemployed, trainees apart", "tuned", "labour.slack, labour.firing_speed, firms.overtime and firms.demand_gain; labour.natural_unemployment anchors it", lambda m: m.a.unemployment_rate),
    Outcome("vacancy_rate", "fraction of jobs", "unfilled jobs over all jobs", "emergent", "from matching and turnover", lambda m: m.a.vacancy_rate if m.economy.quarter else NAN),
    Outcome("employment", "million people", "employed persons", "imposed", "the labour force is given; only its unemployed part moves", lambda m: m.people(m.a.employed)),
    Outcome("adult_population", "million people", "persons of 20 years and over", "imposed", "births, deaths and the pyramid of 2024", lambda m: m.people(m.a.adults)),
    Outcome("old_age_share", "fraction of adults", "persons of 60 years and over among adults", "imposed", "births, deaths and the pyramid of 2024", lambda m: np.count_nonzero(m.state.workers.age >= OLD) / m.a.adults),
    Outcome("labour_share", "fraction of GDP", "compensation of employees and mixed income of agriculture", "emergent", "imposed at the opening only", lambda m: m.a.labour_income / m.a.nominal_gdp),
    Outcome("real_wage_mean", "thousand CNY of 2024Q1", "mean gross wage at consumer prices of 2024Q1", "emergent", "imposed at the opening only; it follows productivity and scarcity", _real_wage),
    Outcome("agricultural_employment_share", "fraction of employment", "employed in agriculture, forestry and fishing", "tuned", "structural_change.agriculture_trend and migration_response, for the official decline; imposed at the opening", lambda m: float(m.sector_jobs[AGRICULTURE] / m.sector_jobs.sum())),
    Outcome("farm_income_gap", "ratio", "mean net earnings outside agriculture over those of its workers, mixed income included", "emergent", "imposed at the opening only", _farm_gap),
    Outcome("farm_leavers", "million people", "farmers who left for other work", "tuned", "structural_change.migration_response", lambda m: m.people(m.a.migrants)),
    Outcome("food_share", "fraction of consumption", "products of agriculture in what households mean to buy", "emergent", "the Engel curve is given, incomes and prices are not", _food_share),
    Outcome("services_share", "fraction of consumption", "services in what households mean to buy", "emergent", "the Engel curves are given, incomes and prices are not", _services_share),
    Outcome("gini_disposable_income", "index 0-1", "Gini of disposable income per adult", "tuned", "labour.efficiency_deviation, for the opening; what becomes of it is emergent", lambda m: m.gini(0)),
    Outcome("gini_wage", "index 0-1", "Gini of gross wages of the employed", "emergent", "no target, but it hangs on the dispersion tuned for incomes", lambda m: m.gini(1)),
    Outcome("gini_wealth", "index 0-1", "Gini of deposits, dwellings and equity at market value", "tuned", "households.propensity_low_income, households.wealth_scale and households.equity_owners, for the opening; what becomes of it is emergent", lambda m: m.gini(2)),
    Outcome("top10_wealth_share", "fraction of wealth", "share of the richest tenth in deposits, dwellings and equity", "tuned", "households.propensity_low_income and the others of the Gini of wealth", _wealthy),
    Outcome("equity_value", "trn CNY", "market value of equity in private hands", "tuned", "households.equity_premium, for the opening; dividends and rates later are emergent", lambda m: m.money(m.a.equity_value)),
    Outcome("palma_ratio", "ratio", "income of the richest tenth over that of the poorest four", "emergent", "no target, but it hangs on the dispersion tuned for incomes", _palma),
    Outcome("top10_income_share", "fraction of income", "share of the richest tenth in disposable income", "emergent", "no target, but it hangs on the dispersion tuned for incomes", lambda m: float(m.income_shares[9])),
    Outcome("co2_emissions", "Mt CO2", "carbon dioxide, households included", "imposed", "GDP times carbon per GDP, both given without AI", lambda m: m.co2 * m.persons * TONNES_TO_MT),
    Outcome("co2_per_gdp", "t CO2 per million CNY of 2024Q1", "carbon dioxide over real GDP", "imposed", "energy.fuel_trend and energy.grid_trend", lambda m: m.co2 / m.a.real_gdp * 1e3),
    Outcome("electricity_use", "TWh", "electricity, households and AI included", "imposed", "GDP times energy.electricity_trend, both given without AI", lambda m: m.electricity * m.persons * MWH_TO_TWH),
    Outcome("ai_electricity", "TWh", "electricity of AI", "emergent", "the opening and the trend per yuan of services are given, what is bought is not", lambda m: m.a.ai_electricity * m.persons * MWH_TO_TWH),
    Outcome("ai_adoption_share", "fraction of firms", "firms in pilot, scaled or autonomous use of AI", "tuned", "artificial_intelligence.adoption_constant, adoption_peers and cost_fall, for a path between the EU and US curves", lambda m: np.count_nonzero(m.state.firms.ai_stage) / m.state.firms.rows),
    Outcome("ai_adoption_share_small", "fraction of firms", "the same, 10-49 persons", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", lambda m: m.adoption_of(1)),
    Outcome("ai_adoption_share_medium", "fraction of firms", "the same, 50-249 persons", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", lambda m: m.adoption_of(2)),
    Outcome("ai_adoption_share_large", "fraction of firms", "the same, 250 persons and more", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", lambda m: m.adoption_of(3)),
    Outcome("ai_use_intensity", "index 0-1", "effective use of AI, mean weighted by output", "emergent", "capability follows from data, compute, algorithms and staff", _use),
    Outcome("research_spending_ratio", "fraction of GDP", "business research and development over GDP", "emergent", "imposed at the opening only", lambda m: m.a.research_spending / m.a.nominal_gdp),
    Outcome("trainees", "million people", "persons in public retraining", "imposed", "the places are a policy", lambda m: m.people(m.a.trainees)),
    Outcome("public_debt_ratio", "fraction of annual GDP", "government bonds over four times GDP", "emergent", "imposed at the opening; rules pull it towards government.debt_target", lambda m: m.a.bonds / (4 * m.a.nominal_gdp)),
    Outcome("government_balance_ratio", "fraction of GDP", "revenue less spending", "emergent", "from revenue, transfers and the rules", lambda m: m.a.government_balance / m.a.nominal_gdp),
    Outcome("policy_cost_ratio", "fraction of GDP", "cost of the policies in force beyond the neutral ones, less what they raise", "emergent", "prices and rates are a policy, how much is used of them is not", lambda m: m.a.policy_cost / m.a.nominal_gdp),
    Outcome("policy_rate", "fraction per year", "rate of the central bank, four times the quarter's", "emergent", "the rule is given, what it reacts to is not", lambda m: 4 * m.a.policy_rate),
    Outcome("consumption", "trn CNY", "private consumption", "emergent", "imposed at the opening only", lambda m: m.money(m.a.consumption)),
    Outcome("investment", "trn CNY", "gross capital formation: firms, dwellings, government, inventories", "emergent", "imposed at the opening only; its deviation was tuned", lambda m: m.money(m.a.investment)),
    Outcome("government_consumption", "trn CNY", "public consumption", "imposed", "a share of trend GDP; leaning and braking are emergent", lambda m: m.money(m.a.government_consumption)),
    Outcome("exports", "trn CNY", "exports", "imposed", "world demand is given; the response to prices is emergent", lambda m: m.money(m.a.exports)),
    Outcome("imports", "trn CNY", "imports", "emergent", "imposed at the opening only", lambda m: m.money(m.a.imports)),
    Outcome("firm_exit_rate", "fraction of firms", "firms that left in the quarter", "tuned", "firms.smallest_share", lambda m: m.a.exits / m.state.firms.rows),
    Outcome("sfc_residual", "relative to household deposits", "largest gap in the books", "identity", "must be rounding only", lambda m: abs(m.economy.ledger.residual)),
    Outcome("gdp_identity_residual", "relative to GDP", "largest gap between GDP three ways", "identity", "must be rounding only", lambda m: m.economy.ledger.gdp_residual),
)  # fmt: skip


def _occupation_unemployment(m: Measures) -> np.ndarray:
    force = m.o.employment + m.o.unemployment
    return np.divide(m.o.unemployment, force, out=np.full(force.size, NAN), where=force > 0)


def _region_rate(m: Measures) -> np.ndarray:
    counts, _ = m.by_region
    force = counts[:, Status.EMPLOYED] + counts[:, Status.UNEMPLOYED] + counts[:, Status.TRAINING]
    return np.divide(counts[:, Status.UNEMPLOYED], force, out=np.full(REGIONS, NAN), where=force > 0)


def _mean_wage_of_region(m: Measures) -> np.ndarray:
    counts, wages = m.by_region
    jobs = counts[:, Status.EMPLOYED]
    return np.divide(wages, jobs, out=np.full(REGIONS, NAN), where=jobs > 0) / m.a.consumer_price


def _size_adoption(m: Measures) -> np.ndarray:
    return np.array([m.adoption_of(size) for size in range(len(SIZE_LIMITS))])


def _size_use(m: Measures) -> np.ndarray:
    firms, _, uses = m.by_size
    return np.divide(uses, firms, out=np.full(firms.size, NAN), where=firms > 0)


def _decile_income(m: Measures) -> np.ndarray:
    return m.income_of_tenths / np.diff(m.tenths) / m.a.consumer_price


def _decile_food(m: Measures) -> np.ndarray:
    """By tenths of spenders; all alike where baskets do not differ, not defined at the opening."""
    now, tenths = m.economy.plans, np.arange(1.0, 11.0)
    if np.isnan(now.class_persons[0]):
        return np.full(tenths.size, m.basket[m.structure.industry == AGRICULTURE].sum() if m.economy.quarter else NAN)
    tenths *= now.class_persons.sum() / tenths.size
    food = now.class_spending * now.class_shares[:, m.structure.industry == AGRICULTURE].sum(axis=1)
    eaten, spent = np.zeros(tenths.size), np.zeros(tenths.size)
    bins = np.empty((food.size, 2))
    bins[:, 0] = now.class_persons
    bins[:, 1] = food
    part_sums(bins, tenths, eaten)
    bins[:, 1] = now.class_spending
    part_sums(bins, tenths, spent)
    return eaten / spent


GROUP_OUTCOMES: dict[str, tuple[GroupOutcome, ...]] = {
    "sectors": (
        GroupOutcome("value_added", "trn CNY", "value added at producers' prices", "emergent", "imposed at the opening only", lambda m: m.money(m.s.value_added)),
        GroupOutcome("employment", "million people", "employed persons", "emergent", "imposed at the opening only", lambda m: m.people(m.sector_jobs)),
        GroupOutcome("price", "index, 2024Q1 = 1", "mean price of domestic sales", "emergent", "one at the opening", lambda m: m.s.producer_price),
        GroupOutcome("co2_emissions", "Mt CO2", "direct carbon dioxide", "imposed", "output times energy.fuel_trend and energy.grid_trend", lambda m: m.s.co2 * m.persons * TONNES_TO_MT),
        GroupOutcome("electricity_use", "TWh", "electricity", "imposed", "output times energy.electricity_trend", lambda m: m.s.electricity * m.persons * MWH_TO_TWH),
        GroupOutcome("output", "trn CNY of 2024Q1", "gross output", "emergent", "imposed at the opening only", lambda m: m.money(m.s.output)),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI", "emergent", "only the mean of all sectors was tuned", lambda m: m.s.adoption),
        GroupOutcome("labour_income", "trn CNY", "compensation of employees and mixed income", "emergent", "imposed at the opening only", lambda m: m.money(m.sector_labour_income)),
    ),
    "occupations": (
        GroupOutcome("employment", "million people", "employed persons", "emergent", "imposed at the opening only", lambda m: m.people(m.o.employment)),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed and trainees", "emergent", "only the mean was tuned", _occupation_unemployment),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean real wage", "emergent", "imposed at the opening only", lambda m: m.o.wage_mean / m.a.consumer_price),
    ),
    "deciles": (
        GroupOutcome("income_share", "fraction of income", "share in disposable income", "emergent", "only the Gini at the opening was tuned", lambda m: m.income_shares),
        GroupOutcome("income_mean", "thousand CNY of 2024Q1", "mean real disposable income", "emergent", "only the Gini at the opening was tuned", _decile_income),
        GroupOutcome("food_share", "fraction of consumption", "products of agriculture in what adults mean to buy, by tenths of spenders", "emergent", "the Engel curve is given, incomes and prices are not", _decile_food),
    ),
    "firm_sizes": (
        GroupOutcome("firms", "fraction of firms", "share of firms", "imposed", "firms.size_exponent at the opening; firms.smallest_share keeps the tail later", lambda m: m.by_size[0] / m.state.firms.rows),
        GroupOutcome("ai_adoption_share", "fraction of firms", "firms that use AI", "tuned", "artificial_intelligence.adopters_noise at the opening; later emergent", _size_adoption),
        GroupOutcome("ai_use_intensity", "index 0-1", "mean effective use of AI", "emergent", "capability follows from data, compute, algorithms and staff", _size_use),
    ),
    "regions": (
        GroupOutcome("employment", "million people", "employed residents", "imposed", "firms are spread evenly at the opening; moves are emergent", lambda m: m.people(m.by_region[0][:, Status.EMPLOYED])),
        GroupOutcome("unemployment_rate", "fraction of the labour force", "unemployed residents", "emergent", "only the mean was tuned", _region_rate),
        GroupOutcome("wage_mean", "thousand CNY of 2024Q1", "mean real wage", "emergent", "no target", _mean_wage_of_region),
    ),
}  # fmt: skip

GROUP_LABELS: dict[str, tuple[str, ...]] = {
    "sectors": load_tables().codes,
    "occupations": load_tables().occupation_names,
    "deciles": tuple(f"decile_{number}" for number in range(1, 11)),
    "firm_sizes": ("micro_1_9", "small_10_49", "medium_50_249", "large_250_plus"),
    "regions": tuple(f"region_{number}" for number in range(1, REGIONS + 1)),
}
