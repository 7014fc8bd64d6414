"""The model: the schedule of a quarter, and nothing else but what Mesa needs to run it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import mesa
import numba
import numpy as np

from abm.accounting import Ledger
from abm.arguments import check_scenario
from abm.compiling.first_use import compile_kernels
from abm.compiling.kernels import CONFIGURATION, ROWS_WORTH_CHUNKS
from abm.economy import Economy
from abm.errors import UserError, quoted, whole_number
from abm.interrupts import heed
from abm.kernels.employment import order_staff
from abm.levers import resolve
from abm.memory import processes_that_fit
from abm.mesa_agents.agents import Bank, Firm, Government, Worker
from abm.mesa_agents.array_populations import ArrayPopulations
from abm.phase import Phase
from abm.phases.artificial_intelligence import departments_adopt_ai, firms_use_ai
from abm.phases.books import books_close
from abm.phases.consumption import households_plan_spending
from abm.phases.energy import economy_uses_energy
from abm.phases.expectations import expectations_adapt
from abm.phases.firm_settlement import firms_exit_and_enter, firms_settle
from abm.phases.government_and_abroad import bank_settles, government_and_abroad_settle
from abm.phases.household_settlement import households_settle
from abm.phases.labour_market import (
    farmers_leave,
    firms_adjust_staff,
    firms_organise_tasks,
    firms_plan_output_and_staff,
    jobless_return_to_farms,
    labour_market_clears,
    workers_quit,
    workers_retrain,
)
from abm.phases.markets import foreigners_order, goods_markets_clear
from abm.phases.people import adults_review_participation, workers_age_and_retire, young_come_of_age
from abm.phases.policy_costs import government_costs_policies
from abm.phases.production import firms_plan_investment, firms_produce
from abm.phases.public_spending import government_plans_spending
from abm.phases.technology import firms_choose_research, market_shares_shift, productivity_advances
from abm.phases.trends import exogenous_trends_move, inputs_drift, sector_productivity_diverges
from abm.phases.wages_and_prices import firms_cost_inputs, firms_pay_wages, firms_set_prices, occupations_set_wages
from abm.population import populate
from abm.results.groups import labels_of
from abm.results.recorder import Collector, Recorder
from abm.scenarios.resolution import parameters_of, without_applications
from abm.scenarios.scenario import Scenario, load_scenario
from abm.state import State

__all__ = ["BLOCKS", "SCHEDULE", "Model"]

# The quarter in its order, under ten headings.
BLOCKS: dict[str, tuple[Phase, ...]] = {
    "world and trends": (exogenous_trends_move, inputs_drift),
    "people": (workers_age_and_retire, young_come_of_age, adults_review_participation),
    "plans of firms": (firms_organise_tasks, firms_plan_output_and_staff),
    "labour market": (
        workers_quit, farmers_leave, firms_adjust_staff, jobless_return_to_farms, workers_retrain, labour_market_clears,
    ),
    "wages and prices": (occupations_set_wages, firms_pay_wages, firms_cost_inputs, firms_set_prices),
    "production and demand": (
        firms_produce, households_plan_spending, government_plans_spending, firms_plan_investment, foreigners_order,
    ),
    "markets and energy": (goods_markets_clear, economy_uses_energy),
    "settlement": (
        firms_settle, firms_exit_and_enter, bank_settles, households_settle, government_and_abroad_settle,
        government_costs_policies, books_close,
    ),
    "competition and technology": (
        market_shares_shift, productivity_advances, sector_productivity_diverges, firms_choose_research, firms_use_ai,
        departments_adopt_ai,
    ),
    "expectations": (expectations_adapt,),
}  # fmt: skip
SCHEDULE = tuple(phase for block in BLOCKS.values() for phase in block)


class Model(ArrayPopulations, mesa.Model):
    """The economy as a Mesa model; one step is a quarter, quarter 0 is 2024Q1 (or that of growth.opening_year).

    workers    simulated adults of the opening, at least 2,000; each stands for many persons
    rng        the seed, an integer; by default one is drawn and kept as ``seed_used``
    threads    threads of the kernels, used from 50,000 workers on; the numbers do not depend on it
    policy     a scenario: a shipped name, the path of a YAML file, or a Scenario
    overrides  {dotted key: value} laid over the scenario, such as {"levers.carbon_price": 200}

    ``state`` holds every array, ``agents_by_type[Worker]`` and ``[Firm]`` offer them as agents, ``datacollector`` every
    outcome by quarter. ``run_model`` and ``mesa.batch_run`` end with the scenario, since ``running`` is False from then
    on; ``step`` still goes on (Mesa 3 leaves the very last quarter out of the rows of ``batch_run``). Raises
    UserError for bad input, AccountingError if the books ever fail to close.
    """

    def __init__(
        self,
        workers: int = 10_000,
        rng: int | None = None,
        threads: int = 1,
        policy: str | os.PathLike[str] | Scenario = "baseline",
        overrides: dict[str, Any] | None = None,
    ):
        check_scenario(policy, overrides)
        seed = _seed(rng)
        workers = whole_number("workers", workers)
        processes_that_fit(workers, 1)
        compile_kernels()
        super().__init__(rng=seed)
        scenario = load_scenario(policy, overrides)
        parameters = parameters_of(scenario, seed)
        state, structure, opening = populate(
            parameters, workers, seed, _threads(threads, workers), scenario.tables, without_applications(scenario)
        )
        self.seed_used = seed
        self.policy_name = scenario.name
        self.quarter = 0
        self._last_quarter = scenario.quarters
        self.economy = Economy(
            state=state, structure=structure, opening=opening, parameters=parameters,
            levers=resolve(scenario.levers, parameters.growth.opening_year, opening.tables.allowance_price), seed=seed,
            threads=_threads(threads, workers),
        )  # fmt: skip
        order_staff(state.workers.view, state.staff.view)
        self.government, self.bank = Government(self), Bank(self)
        self.register_population(Worker, state.workers)
        self.register_population(Firm, state.firms)
        self.recorder = Recorder(scenario.quarters, labels_of(opening.tables))
        self.recorder.record(self.economy)
        self.datacollector = Collector(self.recorder)
        self.datacollector.collect(self)

    @property
    def state(self) -> State:
        """Every array of the economy."""
        return self.economy.state

    @property
    def ledger(self) -> Ledger:
        """The payments of the last quarter."""
        return self.economy.ledger

    def outcome(self, name: str, quarter: int = -1) -> float:
        """One outcome in a quarter, the last recorded one by default; NaN where not defined.

        Raises UserError for an outcome or a quarter that is not recorded.
        """
        series, quarter = self.recorder.series(name), whole_number("quarter", quarter)
        if not -len(series) <= quarter < len(series):
            raise UserError(f"quarter {quarter}: quarters 0 to {len(series) - 1} are recorded")
        return float(series[quarter])

    def step(self) -> None:
        """One quarter: every phase of SCHEDULE in turn, then the record."""
        economy = self.economy
        self.quarter += 1
        economy.open_quarter(self.quarter)
        if economy.threads > 1:
            numba.set_num_threads(economy.threads)
        for phase in self.phases():
            phase(economy)
        self.recorder.record(economy)
        self.datacollector.collect(self)
        if self.quarter >= self._last_quarter:
            self.running = False
        heed()  # numba swallows an interrupt while it compiles or loads a kernel

    def phases(self) -> Iterable[Phase]:
        """What is done in a quarter, in its order: SCHEDULE. A class that only looks puts its looks between."""
        return SCHEDULE


def _seed(rng: Any) -> int:
    if rng is None:
        return int(np.random.default_rng().integers(2**31))
    if isinstance(rng, bool) or not isinstance(rng, (int, np.integer)) or not 0 <= rng < 2**63:
        raise UserError(f"rng={quoted(rng)}: give a whole number from 0 to 2**63 - 1; it seeds every random draw")
    return int(rng)


def _threads(threads: int, workers: int) -> int:
    """Threads that are worth it: one for small economies, at most those numba has."""
    if whole_number("threads", threads) < 1:
        raise UserError(f"threads={threads}: should be at least 1")
    return min(int(threads), CONFIGURATION.NUMBA_NUM_THREADS) if workers >= ROWS_WORTH_CHUNKS else 1
