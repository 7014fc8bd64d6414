"""What stays as it was opened: coefficients, baskets, rates and norms, in the units of the economy in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from abm.arrays import Cube, Flags, Floats, Integers, Matrix
from abm.codes import Owner
from abm.compiling.tables import Viewed
from abm.sectors import SectorRows

if TYPE_CHECKING:
    from abm.population.generations import Generations

__all__ = ["AGRICULTURE", "INDUSTRY", "SERVICES", "Structure"]

AGRICULTURE, INDUSTRY, SERVICES = range(3)


@dataclass(eq=False)
class Structure(Viewed):
    """Constants of one economy; (sectors,), (occupations,), goods in rows and users in columns of matrices."""

    # scale
    persons_per_worker: float
    money_scale: float  # thousand yuan in memory for a national billion
    size_elasticity: float  # of a firm's data with respect to its staff
    rows: SectorRows  # of sectors with a part of their own
    # production
    input_coefficients: Matrix  # at the opening
    input_drift: Matrix  # log points a year of the share in all inputs but energy, as on record
    input_import_share: Matrix
    energy_rows: Flags  # bool
    production_tax_rate: Floats
    mark_up: Floats
    price_speed: Floats  # of adjustment, per quarter
    farming: Floats  # 1 where harvests move the price
    commodity: Floats  # 1 where goods have a world price of their own
    capacity_per_capital: Floats
    capital_share: Floats  # of value added without taxes on production
    storable: Flags
    tradable: Flags
    applied_tasks: Cube  # (applications, sectors, occupations) share of labour that an application of AI saves
    applied_channels: Cube  # (applications, channels, sectors) what else it does at full use
    applied_control: Floats  # (applications,) 1 for those that control plants
    black_box: Floats
    own_adoption: Floats  # log points by which a sector is known to use AI more than others
    research_relative: Floats  # step of research against the mean sector
    research_staff: Floats  # share of staff that does research
    research_intensity: float  # business research over GDP
    research_cycle_ai: Floats  # quarters with full AI
    owner: Integers  # codes of Owner
    public: np.ndarray  # bool: sectors that the state orders AI for; no kernel reads it
    depreciation: float  # of firms' and public capital, per quarter
    usual_wear: Floats  # the same with the compute of the opening, by sector
    intangible_depreciation: float  # of what the integration of AI leaves, per quarter
    payout: Floats  # dividends over profit after tax
    # final demand
    final_import_share: Floats
    consumption_basket: Floats  # at the opening
    government_basket: Floats
    dwelling_basket: Floats
    public_basket: Floats
    capital_basket: Floats
    exports: Floats  # thousand yuan in memory per quarter of 2024Q1
    # work
    wage_premium: Floats
    staffing: Matrix  # (sectors, occupations) shares in efficiency units
    occupation_premium: Floats
    pay_by_occupation: Floats  # shares of all pay
    automation_exposure: Floats
    augmentation_exposure: Floats
    opening_literacy: Floats
    new_task_weight: Floats
    taught: Flags  # occupations that education prepares for
    technical: Flags  # occupations that integrate AI into firms
    mobility: Matrix  # (occupations, occupations) cumulated over columns
    entrant_efficiency: float
    insurance_score: Floats  # log points by which an occupation leads to the employees' social insurance
    insured_from: float  # log pay, with its random part, from which an adult is in the employees' social insurance
    # energy, per thousand yuan of output
    fuel_intensity: Floats  # tonnes
    process_intensity: Floats  # tonnes
    electricity_intensity: Floats  # MWh
    fuel_price: Floats  # thousand yuan of the opening for what emits a tonne
    electrified_share: Floats  # of fuel that is no longer burnt
    services: Flags  # sectors that use electricity as services do
    fossil_share: float  # of electricity
    grid_factor: float  # tonnes per MWh
    household_fuel_intensity: float  # tonnes per thousand yuan of consumption
    household_electricity_intensity: float  # MWh per thousand yuan of consumption
    # rates solved at the opening
    employer_rate: float = 0.0
    employee_rate: float = 0.0
    corporate_tax_rate: float = 0.0
    income_tax_rate: float = 0.0
    pension_rate: float = 0.0
    working_age: float = 0.0  # adults below the age of retirement at the opening
    pension_burden: float = 0.0  # pensions and what lifts them to assistance, over wages
    retired_per_employed: float = 0.0
    land_fee_share: float = 0.0  # of spending on dwellings
    propensity_level: float = 0.0
    housing_share: float = 0.0  # of what is not consumed
    wanted_dwellings: float = 0.0  # thousand yuan in memory of dwellings that an adult wants at the opening
    adult_income: float = 0.0  # permanent income of an adult at the opening, thousand yuan
    government_share: float = 0.0  # of GDP
    public_investment_share: float = 0.0  # of GDP
    trade_balance: float = 0.0  # of GDP
    foreign_rate: float = 0.0  # yield of foreign assets, per quarter
    foreign_position: float = 0.0  # net foreign assets over annual GDP
    foreign_ownership: float = 0.0  # of the dividends to private owners
    equity_premium: float = 0.0  # return on shares above the policy rate that owners ask for, per quarter
    neutral_trainees: float = 0.0  # of the labour force
    generations: Generations = field(init=False, repr=False)  # the population gives them
    # artificial intelligence, at the opening; the worth of office applications as when the record was fitted
    usual_office_value: float = 1.0  # share of pay
    usual_black_box: float = 0.0  # mean distrust, by plant that AI can run
    usual_capability: float = 1.0
    usual_size: float = 1.0  # mean size of firms by the measure of their data
    usual_literacy: float = 0.0
    # data of all firms that exist and of the mean firm, by sector, at the opening
    opening_data: Floats = field(default_factory=lambda: np.zeros(0))
    opening_mean_data: Floats = field(default_factory=lambda: np.zeros(0))
    idle_staff: Floats = field(default_factory=lambda: np.zeros(0))  # over what the output needs, by sector
    usual_factor_costs: Floats = field(default_factory=lambda: np.zeros(0))  # labour over capital, at the opening
    # what households like, fitted to the opening's basket: weights, and how fast demand rises with utility
    taste: Floats = field(default_factory=lambda: np.zeros(0))
    engel_slopes: Floats = field(default_factory=lambda: np.zeros(0))
    # firms lie in the order of sectors
    sector_start: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    # AGRICULTURE, INDUSTRY (construction included) or SERVICES
    industry: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @cached_property
    def own_account(self) -> np.ndarray:
        """(sectors,) bool: sectors whose profit belongs to their workers, without layoffs and bankruptcies."""
        return self.owner == Owner.OWN_WORKERS
