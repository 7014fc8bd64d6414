"""What a phase is given: the state, what never changes, the instruments in force, the quarter's plans, the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from abm.accounting import Ledger
from abm.compiling.kernels import FIRM_IN_WORKERS, chunks_for
from abm.kernels.accounts import sum_stocks
from abm.kernels.consumption import HouseholdTotals, WithState
from abm.kernels.engel import CLASSES
from abm.kernels.settlement import FirmTotals
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.plans import QuarterPlans
from abm.population.targets import Opening
from abm.state import Firms, Macro, Occupations, Sectors, State, Workers
from abm.structure import Structure

if TYPE_CHECKING:
    from abm.levers import Levers

__all__ = ["Economy", "Scratch"]


class Scratch:
    """Arrays that kernels fill and forget, made once."""

    def __init__(self, workers: int, firms: int, sectors: int, occupations: int):
        self.worker_chunks, self.firm_chunks = chunks_for(workers), chunks_for(FIRM_IN_WORKERS * firms)
        self.rows = np.zeros(workers, dtype=np.int32)  # a list of workers
        self.lookers = np.zeros(workers, dtype=np.int32)  # another one
        self.work = np.zeros(workers, dtype=np.uint32)
        self.staff_sums = np.zeros((self.worker_chunks, firms, 3))
        self.occupation_sums = np.zeros((self.worker_chunks, occupations, 3))
        self.spenders = np.zeros((self.worker_chunks, CLASSES))
        self.spent = np.zeros((self.worker_chunks, CLASSES))
        self.with_state = WithState(workers)
        self.household_totals = HouseholdTotals.rows(self.worker_chunks)
        self.firm_totals = FirmTotals.rows(self.firm_chunks)
        self.mixed_income = np.zeros(1 + firms)  # a head, by employer; in front a 0 for those without


@dataclass
class Economy:
    """Everything a phase may touch.

    ``instruments`` are those in force in the quarter, ``plans`` what earlier phases of the quarter hand on.
    """

    state: State
    structure: Structure
    opening: Opening
    parameters: Parameters
    levers: Levers
    seed: int
    threads: int = 1
    quarter: int = 0
    instruments: Instruments = field(default_factory=Instruments)
    plans: QuarterPlans = field(init=False)
    ledger: Ledger = field(init=False)
    scratch: Scratch = field(init=False)
    _changes_in_force: int = field(init=False, default=-1)  # none asked for yet

    def __post_init__(self) -> None:
        state = self.state
        self.plans = QuarterPlans(
            state.sectors.rows, state.firms.rows, state.occupations.rows, len(self.opening.regions)
        )
        self.ledger = Ledger(self.stocks(), state.macro.bank_equity)
        self.scratch = Scratch(state.workers.rows, state.firms.rows, state.sectors.rows, state.occupations.rows)

    def open_quarter(self, quarter: int) -> None:
        """Begin a quarter: the instruments in force, no plans and no payments yet."""
        self.quarter = quarter
        changes = self.levers.changes_in_force(quarter)
        if changes != self._changes_in_force:  # the same object for as long as nothing changes
            self.instruments, self._changes_in_force = self.levers.policy(quarter), changes
        self.plans.open_quarter(self.state.macro.nominal_gdp)
        self.ledger.open_quarter()

    @property
    def allowance_price(self) -> float:
        """What a tonne of carbon dioxide costs in the trading scheme at the opening."""
        return self.opening.tables.allowance_price

    @property
    def workers(self) -> Workers:
        """The adults."""
        return self.state.workers

    @property
    def firms(self) -> Firms:
        """The firms."""
        return self.state.firms

    @property
    def sectors(self) -> Sectors:
        """The sectors."""
        return self.state.sectors

    @property
    def occupations(self) -> Occupations:
        """The occupation groups."""
        return self.state.occupations

    @property
    def macro(self) -> Macro:
        """Single numbers of the whole economy."""
        return self.state.macro

    @property
    def artificial_intelligence(self) -> bool:
        """Whether AI exists in this run."""
        return self.parameters.artificial_intelligence.enabled

    def stocks(self) -> dict[str, float]:
        """The money stocks of the balance sheet, thousand yuan."""
        households, firms_hold, firms_owe = sum_stocks[self.threads](self.workers.view, self.firms.view)
        return {
            "household_deposits": households,
            "firm_deposits": firms_hold,
            "loans": firms_owe,
            "bonds": self.macro.bonds,
            "foreign_assets": self.macro.foreign_assets,
        }
