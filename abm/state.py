"""Every array of the economy once: type, unit, meaning, and whether it is a stock that money or goods flow into.

Money is in thousand yuan of the economy in memory, in which one worker stands for ``persons_per_worker`` persons;
quantities are thousand yuan at the prices of 2024Q1. Flows are per quarter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from abm.abilities import Abilities
from abm.arrays import Codes, Floats, Integers, Links, Shorts, Singles
from abm.codes import Status
from abm.columns import Column, Table, column, described_columns, number
from abm.compiling.tables import Record, Viewed

__all__ = [
    "ABILITY_COLUMNS", "FIRM_COLUMNS", "MACRO_NUMBERS", "OCCUPATION_COLUMNS", "SECTOR_COLUMNS", "STAFF_COLUMNS", "WORKER_COLUMNS",
    "Abilities", "Column", "Firms", "Macro", "Occupations", "Sectors", "Staff", "State", "Status", "Table", "Workers",
]  # fmt: skip


class Workers(Table):
    """The adults, one a row."""

    age: Singles = column("years", "age, 0 in a row without a person")
    participates: Codes = column("yes or no", "belongs to the labour force until retirement, as last decided")
    protected_group: Codes = column("0 or 1", "1: the group that biased screening rejects more often")
    inheritance_rank: Singles = column("0 to 1", "rank by which heirs are found: that of the wage at the opening, of entrants by lot")
    leisure: Singles = column("0 to 1", "taste for leisure: takes part in the labour force where the wish to exceeds it")
    insured: Codes = column("yes or no", "in the employees' social insurance, else in the residents' scheme")
    land_claim: Codes = column("yes or no", "has a claim to farmland in a village, to which to go back without work")
    region: Codes = column("0 to 3", "region of residence")
    occupation: Codes = column("0 to 21", "occupation group, the last one held if not employed")
    ai_literate: Codes = column("yes or no", "can work with AI")
    status: Codes = column("code of Status", "employed, unemployed, training, inactive, retired, or absent: a row without a person")
    employer: Links = column("row of the firm", "employer, -1 for none")
    efficiency: Singles = column("mean about 1", "efficiency units of labour within the occupation")
    match_quality: Singles = column("mean about 1", "pay for the quality of the match")
    unsettled: Singles = column("0 to 1", "part of the pay for tenure that is not earned yet, 1 when the job begins")
    jobless_quarters: Shorts = column("quarters", "since the job was lost, training included")
    training_left: Codes = column("quarters", "until the retraining course ends, 0 if in none")
    wage: Floats = column("thousand CNY", "gross wage of the quarter, 0 without a job")
    reference_wage: Floats = column("thousand CNY", "last wage, indexed to mean wages while not employed")
    property_income: Floats = column("thousand CNY", "dividends, rents and mixed income paid at the last quarter's end")
    disposable_income: Floats = column("thousand CNY", "income after taxes and contributions")
    permanent_income: Floats = column("thousand CNY", "income that is expected to last")
    consumption: Floats = column("thousand CNY", "spending on consumption")
    housing_outlay: Floats = column("thousand CNY", "spending on new dwellings, land fees included")
    deposits: Floats = column("thousand CNY", "money in the bank", True)
    dwellings: Floats = column("thousand CNY of 2024Q1", "dwellings owned, at base prices", True)
    equity_weight: Floats = column("share", "share of all firms' equity in private hands")


class Firms(Table):
    """The firms, one a row, in the order of sectors."""

    sector: Codes = column("0 to 19", "sector")
    region: Codes = column("0 to 3", "region")
    headcount: Links = column("workers", "staff")
    efficiency_units: Floats = column("efficiency units", "labour of the staff, augmentation included")
    literate_share: Floats = column("share", "part of the staff that can work with AI")
    payroll: Floats = column("thousand CNY", "gross wages")
    unit_wage: Floats = column("thousand CNY", "wage of an efficiency unit used in costing")
    productivity: Floats = column("output per efficiency unit", "labour productivity")
    capital: Floats = column("thousand CNY of 2024Q1", "fixed capital at base prices", True)
    inventory: Floats = column("thousand CNY of 2024Q1", "finished goods at base prices", True)
    inventory_value: Floats = column("thousand CNY", "finished goods at unit cost", True)
    market_share: Floats = column("share", "share of the sector's demand")
    expected_demand: Floats = column("thousand CNY of 2024Q1", "demand expected")
    demand_signal: Floats = column("thousand CNY of 2024Q1", "demand as last seen")
    planned_output: Floats = column("thousand CNY of 2024Q1", "output planned")
    labour_demand: Floats = column("efficiency units", "labour wanted")
    investment_backlog: Floats = column("share of capital", "investment wanted and not ordered yet")
    labour_factor: Floats = column("ratio", "labour per unit of output planned against that with the usual capital")
    labour_per_unit: Floats = column("share", "labour per unit of output relative to no AI")
    displaced_share: Floats = column("share", "labour displaced by automation")
    new_task_share: Floats = column("share", "labour in tasks that AI has created, of labour without AI")
    extra_capital: Floats = column("thousand CNY of 2024Q1 per unit", "capital of a unit of output against no AI")
    capital_productivity: Floats = column("output per thousand CNY of 2024Q1", "output of a unit of capital at full use")
    materials_per_unit: Floats = column("factor", "materials per unit of output against no AI")
    energy_per_unit: Floats = column("factor", "energy per unit of output against no AI")
    research_share: Floats = column("share", "staff that does research")
    vacancies: Links = column("jobs", "jobs offered")
    output: Floats = column("thousand CNY of 2024Q1", "output")
    supply: Floats = column("thousand CNY of 2024Q1", "output and inventory for sale")
    output_with_inputs_ordered: Floats = column("thousand CNY of 2024Q1", "output for which inputs are ordered")
    sales_quantity: Floats = column("thousand CNY of 2024Q1", "sales at base prices")
    unfilled_demand_share: Floats = column("share", "part of the demand that could not be met")
    price: Floats = column("index, 2024Q1 = 1", "price")
    unit_cost: Floats = column("index, 2024Q1 = 1", "cost of a unit, production taxes apart")
    ai_unit_spending: Floats = column("thousand CNY per unit", "AI services bought per unit of output")
    unit_saving: Floats = column("thousand CNY per unit", "cost of a unit that AI saves")
    mark_up: Floats = column("share", "mark-up on unit cost")
    profit: Floats = column("thousand CNY", "profit before tax")
    dividends: Floats = column("thousand CNY", "paid out at the quarter's end")
    investment_rate: Floats = column("per quarter", "smoothed investment over capital")
    investment: Floats = column("thousand CNY of 2024Q1", "fixed investment")
    deposits: Floats = column("thousand CNY", "money in the bank", True)
    loans: Floats = column("thousand CNY", "owed to the bank", True)
    departments: Codes = column("departments", "parts of the firm that decide on AI")
    office_pilots: Codes = column("departments", "those that try office AI out")
    office_scaled: Codes = column("departments", "those in which office AI is at work")
    process_pilots: Codes = column("departments", "those that try process AI out")
    process_scaled: Codes = column("departments", "those in which process AI is at work")
    ai_stage: Codes = column("0 to 3", "furthest department: 0 none, 1 pilot, 2 scaled, 3 autonomous")
    ai_capability: Floats = column("0 to 1", "data, compute and what staff can use of the algorithm")
    office_cover: Floats = column("share", "staff that works with office AI")
    process_cover: Floats = column("share", "plant under process AI")
    office_use: Floats = column("0 to 1", "staff under AI times capability, against the capability of the opening")
    process_use: Floats = column("0 to 1", "plant under AI times capability, against the capability of the opening")
    assistance: Floats = column("0 to 1", "use of office AI by a literate worker")
    integration_support: Floats = column("share", "part of the cost of integrating AI that the state pays")
    integration_funds: Floats = column("thousand CNY", "what the firm can spend on integrating AI")
    integrating: Floats = column("share of staff", "staff that integrates AI and makes nothing now")
    ai_spending: Floats = column("thousand CNY", "AI services bought, integration apart")
    data_stock: Floats = column("mean firm without AI = 1", "data")
    intangible: Floats = column("thousand CNY of 2024Q1", "integration of AI done and not worn out, at base prices", True)
    integration_due: Floats = column("thousand CNY", "integration work ordered, paid next quarter")
    integration_begun: Floats = column("thousand CNY", "integration begun this quarter, that of own staff included")
    data_income: Floats = column("thousand CNY", "received for data less paid for it, due next quarter")
    hiring_subsidy: Floats = column("thousand CNY", "subsidy for the long-term jobless hired this quarter")
    adoption_subsidy_due: Floats = column("thousand CNY", "subsidy for the integration work due")
    productivity_gap: Floats = column("log points", "productivity ahead of the exogenous drift")
    entrant: Codes = column("yes or no", "entered this quarter")
    breached: Codes = column("yes or no", "lost data this quarter")
    fine: Floats = column("thousand CNY", "fine due for a breach")


class Sectors(Table):
    """The sectors in the order of the tables."""

    producer_price: Floats = column("index, 2024Q1 = 1", "mean price of domestic sales")
    posted_price: Floats = column("index, 2024Q1 = 1", "mean price asked")
    final_price: Floats = column("index, 2024Q1 = 1", "price of final uses, imports included")
    demand: Floats = column("thousand CNY of 2024Q1", "demand for domestic goods")
    demand_before: Floats = column("thousand CNY of 2024Q1", "demand of the quarter before")
    sales: Floats = column("thousand CNY of 2024Q1", "sales of domestic goods")
    output: Floats = column("thousand CNY of 2024Q1", "output")
    value_added: Floats = column("thousand CNY", "value added at producers' prices")
    imports: Floats = column("thousand CNY of 2024Q1", "imports")
    exports: Floats = column("thousand CNY of 2024Q1", "exports")
    relative_price: Floats = column("ratio", "price of domestic over foreign goods, as far as buyers have taken it in")
    import_shift: Floats = column("factor", "import shares against the opening")
    trend_growth: Floats = column("per quarter", "smoothed growth of demand")
    usual_use: Floats = column("share", "use of capacity that firms are used to")
    unit_wage: Floats = column("thousand CNY", "mean wage of an efficiency unit")
    automation: Floats = column("share", "labour that office AI in full use does alone")
    process_automation: Floats = column("share", "labour that process AI in full use does alone")
    augmentation: Floats = column("share", "labour of literate staff that office AI in full use adds")
    input_cost: Floats = column("index, 2024Q1 = 1", "cost of inputs other than energy per unit of output")
    energy_cost: Floats = column("index, 2024Q1 = 1", "cost of energy per unit of output")
    adoption: Floats = column("share", "firms that use AI")
    held_back: Floats = column("log points", "mean productivity that firms lack because protected findings are not yet imitated")
    wear: Floats = column("per quarter", "wear of the capital of firms, compute included")
    fuel_response: Floats = column("factor", "fuel per unit in response to the carbon price")
    fuel_need: Floats = column("factor", "fuel per unit of output against the opening, savings by AI apart")
    electricity_need: Floats = column("factor", "electricity per unit of output against the opening, savings by AI apart")
    equipment_need: Floats = column("per unit of output", "capital goods in place of energy that the carbon price saves and of coal that clean power replaces")
    co2: Floats = column("tonnes", "direct carbon dioxide")
    electricity: Floats = column("MWh", "electricity used")


class Occupations(Table):
    """The occupation groups in the order of the tables."""

    wage_index: Floats = column("thousand CNY", "wage of an efficiency unit, occupation premium apart")
    smooth_unemployment: Floats = column("share", "smoothed unemployment")
    employment: Floats = column("workers", "employed")
    unemployment: Floats = column("workers", "unemployed and trainees")
    vacancies: Floats = column("jobs", "vacancies offered")
    wage_mean: Floats = column("thousand CNY", "mean wage")
    ai_productivity: Floats = column("log points", "effect of AI on the revenue productivity of the occupation: augmented less displaced")
    ai_productivity_paid: Floats = column("log points", "the same as wages last took account of it")


class Staff(Viewed):
    """Workers in the order of their employers: ``order[start[i]:start[i + 1]]`` are the rows of firm i's staff.

    As of the end of hiring; who has left since has no employer. Behind the staff stand those without a job.
    """

    order: Links = column("row of the worker", "workers by employer, and by row with one employer")
    start: Integers = column("place in order", "first of each firm, and the end of the last one")

    def __init__(self, workers: int, firms: int):
        self.order, self.start = np.zeros(workers, dtype=np.int32), np.zeros(firms + 1, dtype=np.int64)


class Macro(Record):
    """Single numbers of the whole economy."""

    bonds: float = number("thousand CNY", "government debt, held by the bank", True)
    foreign_assets: float = number("thousand CNY", "net claims on abroad, held by the bank", True)
    bank_equity: float = number("thousand CNY", "own funds of the bank", True)
    public_capital: float = number("thousand CNY of 2024Q1", "public capital at base prices", True)
    usual_public_capital: float = number("thousand CNY of 2024Q1", "the same without cycle, debt rule and programmes other than clean power")
    public_capital_gain: float = number("log points", "productivity that public capital beyond the usual has added this quarter")
    policy_rate: float = number("per quarter", "policy rate")
    loan_rate: float = number("per quarter", "mean interest on the loans of firms")
    deposit_rate: float = number("per quarter", "mean interest on deposits")
    bond_rate: float = number("per quarter", "mean interest on government bonds")
    usual_real_rate: float = number("per quarter", "real policy rate at the opening")
    neutral_rate: float = number("per quarter", "neutral policy rate as the central bank sees it")
    expected_inflation: float = number("per quarter", "expected inflation")
    expected_growth: float = number("per quarter", "expected growth of productivity")
    long_run_growth: float = number("per quarter", "smoothed growth of productivity, slow")
    workforce_growth: float = number("per quarter", "smoothed growth of the labour force, slow")
    labour_force_before: float = number("workers", "labour force of the last quarter")
    nominal_growth: float = number("per quarter", "smoothed growth of nominal GDP")
    trend_gdp: float = number("thousand CNY", "trend of nominal GDP")
    smooth_inflation: float = number("per quarter", "smoothed inflation")
    inflation: float = number("per quarter", "inflation of consumer prices")
    usual_price: float = number("index, 2024Q1 = 1", "consumer prices that households take as usual")
    output_trend: float = number("thousand CNY of 2024Q1", "trend of real GDP as the central bank sees it")
    consumer_price: float = number("index, 2024Q1 = 1", "consumer prices")
    capital_price: float = number("index, 2024Q1 = 1", "price of firms' capital goods")
    intangible_price: float = number("index, 2024Q1 = 1", "price of the integration of AI")
    dwelling_work: float = number("thousand CNY of 2024Q1", "building of dwellings under way, mood and interest apart")
    usual_building: float = number("factor", "part of saving that goes into dwellings, against the opening, as households are used to it")
    planned_saving: float = number("thousand CNY", "what households mean not to consume out of their permanent income")
    dwelling_price: float = number("index, 2024Q1 = 1", "price of dwellings")
    public_price: float = number("index, 2024Q1 = 1", "price of public investment")
    government_price: float = number("index, 2024Q1 = 1", "price of government consumption")
    exchange_rate: float = number("index, 2024Q1 = 1", "price of foreign money")
    world_price: float = number("index, 2024Q1 = 1", "prices abroad in foreign money")
    world_demand: float = number("index, 2024Q1 = 1", "demand abroad, AI apart")
    world_gain: float = number("log points", "demand abroad that AI has added")
    frontier_growth: float = number("per quarter", "exogenous growth of productivity this quarter")
    path_productivity: float = number("factor", "productivity of the imposed path, without AI and policies, against 2024Q1")
    export_shock: float = number("log points", "state of export demand")
    consumption_shock: float = number("log points", "state of consumers' mood")
    investment_shock: float = number("log points", "state of investors' mood")
    harvest_shock: float = number("log points", "what farms ask beyond their costs and mark-up")
    commodity_shock: float = number("log points", "world prices of what mines and refineries sell, against other goods")
    productivity_shock: float = number("log points", "common productivity shock of this quarter")
    mean_wage: float = number("thousand CNY", "mean wage")
    mean_income: float = number("thousand CNY", "mean permanent income")
    unemployment_rate: float = number("share", "unemployed over labour force")
    broad_unemployment: float = number("share", "unemployed and trainees over labour force, less the neutral share of trainees")
    vacancy_rate: float = number("share", "unfilled jobs over all jobs")
    adults: float = number("workers", "adults alive")
    working_age: float = number("workers", "adults below the age of retirement of the law")
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
    returners: float = number("workers", "unemployed who went back to a farm")
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
    autonomy: float = number("share", "plants under control by AI that could run without people")
    compute_quality: float = number("index, 2024Q1 = 1", "compute per yuan")
    integration_price: float = number("factor", "integration costs against 2024Q1")
    talent_need: float = number("ratio", "staff wanted for the integration of AI over staff available, smoothed")
    fuel_index: float = number("factor", "fuel per unit of output, trend alone")
    process_index: float = number("factor", "process emissions per unit of output, trend alone")
    process_response: float = number("factor", "process emissions per unit in response to the carbon price")
    electricity_index: float = number("factor", "electricity per unit of output in industry and farming, trend alone")
    services_electricity_index: float = number("factor", "electricity per unit of output in services, trend alone")
    household_electricity_index: float = number("factor", "electricity per unit of consumption, trend alone")
    electricity_response: float = number("factor", "electricity per unit in response to the carbon price")
    dispatch_response: float = number("factor", "carbon dioxide of electricity in response to the carbon price, by dispatch")
    grid_factor: float = number("tonnes per MWh", "carbon dioxide of electricity")
    ai_services: float = number("thousand CNY of 2024Q1", "AI services and integration bought")
    services_used: float = number("thousand CNY of 2024Q1", "AI services bought, integration apart")
    compute_capital: float = number("thousand CNY of 2024Q1", "compute in the capital of those who sell AI services")
    ai_electricity: float = number("MWh", "electricity of AI")
    household_electricity: float = number("MWh", "electricity of households")
    household_co2: float = number("tonnes", "direct carbon dioxide of households")
    ai_electricity_intensity: float = number("MWh per thousand CNY", "electricity of real AI services")
    exits: float = number("firms", "firms that left")
    consumption: float = number("thousand CNY", "private consumption")
    investment: float = number("thousand CNY", "gross capital formation: firms, dwellings, government, inventories")
    fixed_investment: float = number("thousand CNY", "fixed investment of firms, integration of AI included")
    government_consumption: float = number("thousand CNY", "public consumption")
    exports: float = number("thousand CNY", "exports")
    imports: float = number("thousand CNY", "imports")
    labour_income: float = number("thousand CNY", "compensation of employees and mixed income")


@dataclass
class State:
    """The whole economy at the end of a quarter."""

    workers: Workers
    firms: Firms
    sectors: Sectors
    occupations: Occupations
    macro: Macro = field(default_factory=Macro)
    staff: Staff = field(init=False)
    abilities: Abilities = field(init=False)

    def __post_init__(self) -> None:
        self.staff = Staff(self.workers.rows, self.firms.rows)
        self.abilities = Abilities(self.sectors.rows, self.occupations.rows)

    @classmethod
    def empty(cls, workers: int, firms: int, sectors: int, occupations: int) -> State:
        """Zeros everywhere."""
        return cls(Workers(workers), Firms(firms), Sectors(sectors), Occupations(occupations))


WORKER_COLUMNS, FIRM_COLUMNS = Workers.columns(), Firms.columns()
SECTOR_COLUMNS, OCCUPATION_COLUMNS = Sectors.columns(), Occupations.columns()
STAFF_COLUMNS, ABILITY_COLUMNS = described_columns(Staff), described_columns(Abilities)
MACRO_NUMBERS = tuple(Column(name, "float64", *declared) for name, declared in Macro.declared.items())
