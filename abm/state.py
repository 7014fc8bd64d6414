"""Every array of the economy once: type, unit, meaning, and whether it is a stock that money or goods flow into.

Money is in thousand yuan of the economy in memory, in which one worker stands for ``persons_per_worker`` persons;
quantities are thousand yuan at the prices of 2024Q1. Flows are per quarter.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import NamedTuple

import numpy as np

__all__ = [
    "FIRM_COLUMNS", "OCCUPATION_COLUMNS", "SECTOR_COLUMNS", "WORKER_COLUMNS",
    "Aggregate", "Column", "State", "Status", "Table",
]  # fmt: skip


class Status(IntEnum):
    """What an adult does this quarter."""

    EMPLOYED = 0
    UNEMPLOYED = 1
    TRAINING = 2
    INACTIVE = 3
    RETIRED = 4
    ABSENT = 5  # a row without a person, until somebody comes of age


class Column(NamedTuple):
    """One array: its name, numpy type, unit, meaning, and whether it is a stock."""

    name: str
    dtype: str
    unit: str
    meaning: str
    stock: bool = False


WORKER_COLUMNS = (
    Column("age", "f4", "years", "age, 0 in a row without a person"),
    Column("participates", "u1", "yes or no", "belongs to the labour force until retirement, as last decided"),
    Column("group", "u1", "0 or 1", "1: the group that biased screening rejects more often"),
    Column("standing", "f4", "0 to 1", "rank by which heirs are found: that of the wage at the opening, of entrants by lot"),
    Column("leisure", "f4", "0 to 1", "taste for leisure: takes part in the labour force where the wish to exceeds it"),
    Column("insured", "u1", "yes or no", "in the employees' social insurance, else in the residents' scheme"),
    Column("region", "u1", "0 to 3", "region of residence"),
    Column("occupation", "u1", "0 to 21", "occupation group, the last one held if not employed"),
    Column("literate", "u1", "yes or no", "can work with AI"),
    Column("status", "u1", "code of Status", "employed, unemployed, training, inactive, retired, or absent: a row without a person"),
    Column("employer", "i4", "row of the firm", "employer, -1 for none"),
    Column("efficiency", "f4", "mean about 1", "efficiency units of labour within the occupation"),
    Column("match_quality", "f4", "mean about 1", "pay for the quality of the match"),
    Column("jobless_quarters", "u2", "quarters", "since the job was lost, training included"),
    Column("training_left", "u1", "quarters", "until the retraining course ends, 0 if in none"),
    Column("wage", "f8", "thousand CNY", "gross wage of the quarter, 0 without a job"),
    Column("reference_wage", "f8", "thousand CNY", "last wage, indexed to mean wages while not employed"),
    Column("property_income", "f8", "thousand CNY", "dividends, rents and mixed income paid at the last quarter's end"),
    Column("disposable_income", "f8", "thousand CNY", "income after taxes and contributions"),
    Column("permanent_income", "f8", "thousand CNY", "income that is expected to last"),
    Column("consumption", "f8", "thousand CNY", "spending on consumption"),
    Column("housing_outlay", "f8", "thousand CNY", "spending on new dwellings, land fees included"),
    Column("deposits", "f8", "thousand CNY", "money in the bank", True),
    Column("dwellings", "f8", "thousand CNY of 2024Q1", "dwellings owned, at base prices", True),
    Column("equity_weight", "f8", "share", "share of all firms' equity in private hands"),
)  # fmt: skip

FIRM_COLUMNS = (
    Column("sector", "u1", "0 to 19", "sector"),
    Column("region", "u1", "0 to 3", "region"),
    Column("headcount", "i4", "workers", "staff"),
    Column("efficiency_units", "f8", "efficiency units", "labour of the staff, augmentation included"),
    Column("literate_share", "f8", "share", "part of the staff that can work with AI"),
    Column("payroll", "f8", "thousand CNY", "gross wages"),
    Column("unit_wage", "f8", "thousand CNY", "wage of an efficiency unit used in costing"),
    Column("productivity", "f8", "output per efficiency unit", "labour productivity"),
    Column("capital", "f8", "thousand CNY of 2024Q1", "fixed capital at base prices", True),
    Column("inventory", "f8", "thousand CNY of 2024Q1", "finished goods at base prices", True),
    Column("inventory_value", "f8", "thousand CNY", "finished goods at unit cost", True),
    Column("market_share", "f8", "share", "share of the sector's demand"),
    Column("expected_demand", "f8", "thousand CNY of 2024Q1", "demand expected"),
    Column("demand_signal", "f8", "thousand CNY of 2024Q1", "demand as last seen"),
    Column("planned_output", "f8", "thousand CNY of 2024Q1", "output planned"),
    Column("labour_demand", "f8", "efficiency units", "labour wanted"),
    Column("labour_per_unit", "f8", "share", "labour per unit of output relative to no AI"),
    Column("displaced_share", "f8", "share", "labour displaced by automation"),
    Column("new_task_share", "f8", "share", "labour in tasks that AI has created, of labour without AI"),
    Column("extra_capital", "f8", "thousand CNY of 2024Q1 per unit", "capital of a unit of output against no AI"),
    Column("capital_productivity", "f8", "output per thousand CNY of 2024Q1", "output of a unit of capital at full use"),
    Column("materials_per_unit", "f8", "factor", "materials per unit of output against no AI"),
    Column("energy_per_unit", "f8", "factor", "energy per unit of output against no AI"),
    Column("research_share", "f8", "share", "staff that does research"),
    Column("vacancies", "i4", "jobs", "jobs offered"),
    Column("output", "f8", "thousand CNY of 2024Q1", "output"),
    Column("supply", "f8", "thousand CNY of 2024Q1", "output and inventory for sale"),
    Column("input_scale", "f8", "thousand CNY of 2024Q1", "output for which inputs are ordered"),
    Column("sales_quantity", "f8", "thousand CNY of 2024Q1", "sales at base prices"),
    Column("unfilled", "f8", "share", "part of the demand that could not be met"),
    Column("price", "f8", "index, 2024Q1 = 1", "price"),
    Column("unit_cost", "f8", "index, 2024Q1 = 1", "cost of a unit, production taxes apart"),
    Column("ai_unit_spending", "f8", "thousand CNY per unit", "AI services bought per unit of output"),
    Column("unit_saving", "f8", "thousand CNY per unit", "cost of a unit that AI saves"),
    Column("mark_up", "f8", "share", "mark-up on unit cost"),
    Column("profit", "f8", "thousand CNY", "profit before tax"),
    Column("dividends", "f8", "thousand CNY", "paid out at the quarter's end"),
    Column("investment_rate", "f8", "per quarter", "smoothed investment over capital"),
    Column("investment", "f8", "thousand CNY of 2024Q1", "fixed investment"),
    Column("deposits", "f8", "thousand CNY", "money in the bank", True),
    Column("loans", "f8", "thousand CNY", "owed to the bank", True),
    Column("ai_stage", "u1", "0 to 3", "0 none, 1 pilot, 2 scaled, 3 autonomous"),
    Column("ai_capability", "f8", "0 to 1", "data, compute and algorithm together"),
    Column("ai_use", "f8", "0 to 1", "effective use of AI"),
    Column("ai_spending", "f8", "thousand CNY", "AI services bought, integration apart"),
    Column("data_stock", "f8", "mean firm without AI = 1", "data"),
    Column("integration_due", "f8", "thousand CNY", "integration work ordered, paid next quarter"),
    Column("data_income", "f8", "thousand CNY", "received for data less paid for it, due next quarter"),
    Column("hiring_subsidy", "f8", "thousand CNY", "subsidy for the long-term jobless hired this quarter"),
    Column("adoption_subsidy", "f8", "thousand CNY", "subsidy for the integration work due"),
    Column("productivity_gap", "f8", "log points", "productivity ahead of the exogenous drift"),
    Column("entrant", "u1", "yes or no", "entered this quarter"),
    Column("breached", "u1", "yes or no", "lost data this quarter"),
    Column("fine", "f8", "thousand CNY", "fine due for a breach"),
)  # fmt: skip

SECTOR_COLUMNS = (
    Column("producer_price", "f8", "index, 2024Q1 = 1", "mean price of domestic sales"),
    Column("posted_price", "f8", "index, 2024Q1 = 1", "mean price asked"),
    Column("final_price", "f8", "index, 2024Q1 = 1", "price of final uses, imports included"),
    Column("demand", "f8", "thousand CNY of 2024Q1", "demand for domestic goods"),
    Column("demand_before", "f8", "thousand CNY of 2024Q1", "demand of the quarter before"),
    Column("sales", "f8", "thousand CNY of 2024Q1", "sales of domestic goods"),
    Column("output", "f8", "thousand CNY of 2024Q1", "output"),
    Column("value_added", "f8", "thousand CNY", "value added at producers' prices"),
    Column("imports", "f8", "thousand CNY of 2024Q1", "imports"),
    Column("exports", "f8", "thousand CNY of 2024Q1", "exports"),
    Column("import_shift", "f8", "factor", "import shares against the opening"),
    Column("trend_growth", "f8", "per quarter", "smoothed growth of demand"),
    Column("unit_wage", "f8", "thousand CNY", "mean wage of an efficiency unit"),
    Column("automation", "f8", "share", "exposure of the occupation mix to automation"),
    Column("augmentation", "f8", "share", "exposure of the occupation mix to augmentation"),
    Column("input_cost", "f8", "index, 2024Q1 = 1", "cost of inputs other than energy per unit of output"),
    Column("energy_cost", "f8", "index, 2024Q1 = 1", "cost of energy per unit of output"),
    Column("adoption", "f8", "share", "firms that use AI"),
    Column("price_response", "f8", "factor", "energy per unit in response to the carbon price"),
    Column("co2", "f8", "tonnes", "direct carbon dioxide"),
    Column("electricity", "f8", "MWh", "electricity used"),
)  # fmt: skip

OCCUPATION_COLUMNS = (
    Column("wage_index", "f8", "thousand CNY", "wage of an efficiency unit, occupation premium apart"),
    Column("smooth_unemployment", "f8", "share", "smoothed unemployment"),
    Column("employment", "f8", "workers", "employed"),
    Column("unemployment", "f8", "workers", "unemployed and trainees"),
    Column("vacancies", "f8", "jobs", "vacancies offered"),
    Column("wage_mean", "f8", "thousand CNY", "mean wage"),
)  # fmt: skip


class Table:
    """Rows and one array for each column, as attributes."""

    def __init__(self, columns: tuple[Column, ...], rows: int):
        self.rows = rows
        for column in columns:
            setattr(self, column.name, np.zeros(rows, dtype=column.dtype))


def number(unit: str, meaning: str, stock: bool = False):
    return field(default=0.0, metadata={"unit": unit, "meaning": meaning, "stock": stock})


@dataclass
class Aggregate:
    """Single numbers of the whole economy."""

    bonds: float = number("thousand CNY", "government debt, held by the bank", True)
    foreign_assets: float = number("thousand CNY", "net claims on abroad, held by the bank", True)
    bank_equity: float = number("thousand CNY", "own funds of the bank", True)
    public_capital: float = number("thousand CNY of 2024Q1", "public capital at base prices", True)
    policy_rate: float = number("per quarter", "policy rate")
    neutral_rate: float = number("per quarter", "neutral policy rate as the central bank sees it")
    expected_inflation: float = number("per quarter", "expected inflation")
    expected_growth: float = number("per quarter", "expected growth of productivity")
    long_run_growth: float = number("per quarter", "smoothed growth of productivity, slow")
    nominal_growth: float = number("per quarter", "smoothed growth of nominal GDP")
    trend_gdp: float = number("thousand CNY", "trend of nominal GDP")
    smooth_inflation: float = number("per quarter", "smoothed inflation")
    inflation: float = number("per quarter", "inflation of consumer prices")
    consumer_price: float = number("index, 2024Q1 = 1", "consumer prices")
    capital_price: float = number("index, 2024Q1 = 1", "price of firms' capital goods")
    dwelling_price: float = number("index, 2024Q1 = 1", "price of dwellings")
    public_price: float = number("index, 2024Q1 = 1", "price of public investment")
    government_price: float = number("index, 2024Q1 = 1", "price of government consumption")
    exchange_rate: float = number("index, 2024Q1 = 1", "price of foreign money")
    world_price: float = number("index, 2024Q1 = 1", "prices abroad in foreign money")
    world_demand: float = number("index, 2024Q1 = 1", "demand abroad, AI apart")
    world_gain: float = number("log points", "demand abroad that AI has added")
    frontier_growth: float = number("per quarter", "exogenous growth of productivity this quarter")
    export_shock: float = number("log points", "state of export demand")
    consumption_shock: float = number("log points", "state of consumers' mood")
    investment_shock: float = number("log points", "state of investors' mood")
    productivity_shock: float = number("log points", "luck in everybody's productivity this quarter")
    mean_wage: float = number("thousand CNY", "mean wage")
    mean_income: float = number("thousand CNY", "mean permanent income")
    unemployment_rate: float = number("share", "unemployed over labour force")
    broad_slack: float = number("share", "unemployed and trainees over labour force, less the neutral share of trainees")
    vacancy_rate: float = number("share", "unfilled jobs over all jobs")
    adults: float = number("workers", "adults alive")
    pension_factor: float = number("factor", "pensions against the rule of the opening")
    pension_burden: float = number("share", "pensions and what lifts them to assistance, over wages")
    employee_rate: float = number("share of wages", "social contributions of employees")
    labour_force: float = number("workers", "labour force")
    employed: float = number("workers", "employed")
    trainees: float = number("workers", "in retraining")
    demand_support: float = number("share", "slow addition to public demand")
    nominal_gdp: float = number("thousand CNY", "GDP")
    real_gdp: float = number("thousand CNY of 2024Q1", "GDP at base prices")
    real_gdp_per_worker: float = number("thousand CNY of 2024Q1", "GDP at base prices per employed")
    migrants: float = number("workers", "farmers who left for other work")
    carbon_revenue: float = number("thousand CNY", "revenue of the carbon price")
    policy_cost: float = number("thousand CNY", "cost of the policies in force less what they raise")
    income_tax_base: float = number("thousand CNY", "income tax that a rate of one would raise")
    legal_clarity: float = number("log odds of adoption", "clear rules for AI that are in force")
    government_balance: float = number("thousand CNY", "revenue less spending")
    dividend_pool: float = number("thousand CNY", "dividends of the bank and of firms to private owners")
    research_spending: float = number("thousand CNY", "business research and development")
    expected_dividends: float = number("thousand CNY", "dividends to private owners that are expected of a quarter")
    equity_value: float = number("thousand CNY", "market value of equity in private hands")
    algorithm: float = number("0 to 1", "algorithm frontier")
    compute_quality: float = number("index, 2024Q1 = 1", "compute per yuan")
    integration_price: float = number("factor", "integration costs against 2024Q1")
    fuel_index: float = number("factor", "fuel per unit of output")
    electricity_index: float = number("factor", "electricity per unit of output")
    grid_factor: float = number("tonnes per MWh", "carbon dioxide of electricity")
    ai_services: float = number("thousand CNY of 2024Q1", "AI services and integration bought")
    ai_electricity: float = number("MWh", "electricity of AI")
    household_electricity: float = number("MWh", "electricity of households")
    household_co2: float = number("tonnes", "direct carbon dioxide of households")
    ai_electricity_intensity: float = number("MWh per thousand CNY", "electricity of real AI services")
    exits: float = number("firms", "firms that left")
    consumption: float = number("thousand CNY", "private consumption")
    investment: float = number("thousand CNY", "gross capital formation: firms, dwellings, government, inventories")
    fixed_investment: float = number("thousand CNY", "fixed investment of firms")
    government_consumption: float = number("thousand CNY", "public consumption")
    exports: float = number("thousand CNY", "exports")
    imports: float = number("thousand CNY", "imports")
    labour_income: float = number("thousand CNY", "compensation of employees and mixed income")


@dataclass
class State:
    """The whole economy at the end of a quarter."""

    workers: Table
    firms: Table
    sectors: Table
    occupations: Table
    aggregate: Aggregate = field(default_factory=Aggregate)
    staff: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int32))  # workers in the order of employers
    staff_start: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # first of each firm in staff

    @classmethod
    def empty(cls, workers: int, firms: int, sectors: int, occupations: int) -> State:
        """Zeros everywhere."""
        return cls(
            Table(WORKER_COLUMNS, workers),
            Table(FIRM_COLUMNS, firms),
            Table(SECTOR_COLUMNS, sectors),
            Table(OCCUPATION_COLUMNS, occupations),
        )


AGGREGATES = tuple((item.name, item.metadata) for item in fields(Aggregate))
