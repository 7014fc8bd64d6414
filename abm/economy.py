"""What a phase is given: the state, what never changes, the instruments in force, the ledger, and the luck."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from abm.accounting import Ledger
from abm.kernels.accounts import FIRM_TOTALS
from abm.kernels.compiling import chunks_for
from abm.kernels.draws import STREAMS
from abm.kernels.engel import CLASSES
from abm.kernels.households import HOUSEHOLD_TOTALS
from abm.kernels.statistics import BINS
from abm.levers.instruments import Instruments
from abm.opening import Opening
from abm.parameters import Parameters
from abm.state import State, Status
from abm.structure import REGIONS, Structure

if TYPE_CHECKING:
    from abm.levers import Levers

__all__ = ["Economy", "Quarter", "Scratch", "streams"]


def streams(*names: str) -> np.ndarray:
    """Numbers of streams of luck, for kernels that use several."""
    return np.array([STREAMS[name] for name in names], dtype=np.int64)


LOWEST_NATURAL_RATE = 0.002  # per quarter


@dataclass
class Quarter:
    """What phases of one quarter hand on to later ones: plans and orders that are forgotten when it ends.

    Quantities by product are (20,), thousand yuan at base prices.
    """

    drift_change: float = 0.0  # of the frontier's growth against the last quarter
    absent: int = 0  # rows without a person, before the young come of age
    offered: float = 0.0  # vacancies
    hires: float = 0.0
    wage_growth: float = 1.0  # of mean wages, a factor
    foreign_price: float = 1.0  # of foreign goods in domestic money
    expected_final_price: np.ndarray | None = None
    services_price: float = 1.0  # expected price of AI services
    coefficients: np.ndarray | None = None  # (20, 20) inputs per unit, energy efficiency included
    import_shares: np.ndarray | None = None  # (20, 20) of inputs
    final_import_share: np.ndarray | None = None
    materials_scale: np.ndarray | None = None
    energy_scale: np.ndarray | None = None
    ai_orders: float = 0.0  # money at expected prices
    consumption_budget: float = 0.0
    housing_budget: float = 0.0  # land fees apart
    government_budget: float = 0.0
    policy_budget: float = 0.0  # programmes of policies, in public consumption and investment
    public_services: float = 0.0  # AI services that the state buys, money at expected prices
    income_tax_rate: float = 0.0
    carbon_dividend: float = 0.0  # part of what every adult is paid alike
    grid_investment: float = 0.0  # in clean power beyond the trend, share of GDP
    public_budget: float = 0.0
    consumption: np.ndarray | None = None
    class_persons: np.ndarray | None = None  # adults and their spending by class of spenders
    class_spending: np.ndarray | None = None
    class_shares: np.ndarray | None = None  # (classes, 20) what a yuan of theirs goes to
    dwellings: np.ndarray | None = None
    government: np.ndarray | None = None
    public: np.ndarray | None = None
    capital: np.ndarray | None = None
    exports: np.ndarray | None = None
    paid: dict[str, tuple[float, float, float]] = field(default_factory=dict)  # use: domestic, imported, quantity
    materials_price: np.ndarray | None = None
    energy_price: np.ndarray | None = None
    import_materials: np.ndarray | None = None
    import_energy: np.ndarray | None = None
    services_paid: tuple[float, float] = (1.0, 0.0)  # domestic and imported, per yuan ordered
    investment_realised: float = 1.0
    co2_direct: np.ndarray | None = None  # tonnes of fuel per unit of output
    co2_power: np.ndarray | None = None  # tonnes per unit that a firm's process does not change
    carbon_rate: float = 0.0  # thousand yuan per tonne
    households: np.ndarray | None = None  # HOUSEHOLD_TOTALS
    firms: np.ndarray | None = None  # FIRM_TOTALS
    bank_dividend: float = 0.0
    equity_paid_in: float = 0.0
    stock_change: float = 0.0
    gdp_before: float = 1.0  # nominal, of the last quarter


class Scratch:
    """Arrays that kernels fill and forget, made once."""

    def __init__(self, workers: int, firms: int, sectors: int, occupations: int):
        self.worker_chunks, self.firm_chunks = chunks_for(workers), chunks_for(8 * firms)
        self.openings = np.zeros((firms, occupations), dtype=np.uint16)
        self.offered = np.zeros((self.firm_chunks, occupations), dtype=np.int64)
        self.vacancy_start = np.zeros(occupations + 1, dtype=np.int64)
        self.vacancy_firms = np.zeros(0, dtype=np.int32)
        self.searchers = np.zeros(workers, dtype=np.int32)
        self.absent = np.zeros(workers, dtype=np.int32)
        self.work = np.zeros(workers, dtype=np.uint32)
        self.staff_sums = np.zeros((self.worker_chunks, firms, 3))
        self.occupation_pay = np.zeros((self.worker_chunks, occupations))
        self.spenders = np.zeros((self.worker_chunks, CLASSES))
        self.spent = np.zeros((self.worker_chunks, CLASSES))
        self.left_farms = np.zeros(self.worker_chunks, dtype=np.int64)
        self.household_totals = np.zeros((self.worker_chunks, len(HOUSEHOLD_TOTALS)))
        self.settled = np.zeros((self.worker_chunks, 3))
        self.firm_totals = np.zeros((self.firm_chunks, len(FIRM_TOTALS)))
        self.value_added = np.zeros((self.firm_chunks, sectors))
        self.investment = np.zeros(self.firm_chunks)
        self.mixed_per_head = np.zeros(firms)
        self.bin_persons = np.zeros((self.worker_chunks, 3, BINS), dtype=np.int32)
        self.bin_money = np.zeros((self.worker_chunks, 3, BINS))
        self.distributions = np.zeros((3, BINS, 2))
        self.occupied = np.zeros((3, 2), dtype=np.int64)
        self.region_counts = np.zeros((self.worker_chunks, REGIONS, len(Status)), dtype=np.int64)


@dataclass
class Economy:
    """Everything a phase may touch. ``policy`` holds this quarter's instruments, ``now`` what earlier phases left."""

    state: State
    structure: Structure
    opening: Opening
    parameters: Parameters
    levers: Levers
    ledger: Ledger
    seed: int
    threads: int = 1
    quarter: int = 0
    policy: Instruments = field(default_factory=Instruments)
    now: Quarter = field(default_factory=Quarter)
    scratch: Scratch | None = None

    @property
    def artificial_intelligence(self) -> bool:
        """Whether AI exists in this run."""
        return self.parameters.artificial_intelligence.enabled

    @property
    def natural_rate(self) -> float:
        """Nominal policy rate that neither stimulates nor slows, by rule of thumb with half of a change of growth."""
        a, money, growth = self.state.aggregate, self.parameters.money, self.parameters.growth
        faster = a.long_run_growth - growth.trend_opening - growth.beyond_drift
        return max(LOWEST_NATURAL_RATE, money.policy_rate + 0.5 * faster)

    def stocks(self) -> dict[str, float]:
        """The money stocks of the balance sheet, thousand yuan."""
        state = self.state
        return {
            "household_deposits": float(state.workers.deposits.sum()),
            "firm_deposits": float(state.firms.deposits.sum()),
            "loans": float(state.firms.loans.sum()),
            "bonds": state.aggregate.bonds,
            "foreign_assets": state.aggregate.foreign_assets,
        }
