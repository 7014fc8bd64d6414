"""From the targets of the opening economy to its agents at quarter 0: firms, workers, balance sheets and budgets.

Who works where, who owns what and what every firm has; abm/budgets.py then solves the stocks and rates that make the
accounts close.
"""

from __future__ import annotations

import numpy as np

from abm.budgets import close_budgets
from abm.data import load_tables
from abm.errors import UserError
from abm.firm_sizes import apportion, firm_sizes
from abm.kernels.opening import fill_adults, fill_capabilities
from abm.opening import Opening, open_economy
from abm.opening_luck import Draws
from abm.parameters import Parameters
from abm.policy import Policy
from abm.state import State, Status
from abm.structure import REGIONS, Structure, fixed_structure

__all__ = ["FEWEST_WORKERS", "populate"]

FEWEST_WORKERS = 2_000
RICHEST_OWNER = 1e-4  # share of owners beyond which the tail of ownership is cut
FREE_SERVICES = 0.002  # AI that a firm without adoption tries out, share of payroll
LEARNING_STOPS = 45.0  # years of age
HEAD_ROUNDING = 0.55  # workers: deviation that whole heads leave between the staff a firm has and wants
LARGE_FIRMS = 0.25  # idle share of the largest firms against the mean: they can dismiss whole heads


def populate(parameters: Parameters, workers: int, seed: int) -> tuple[State, Structure, Opening]:
    """The economy of 2024Q1 with ``workers`` simulated adults, books balanced. Raises UserError for too few."""
    if workers < FEWEST_WORKERS:
        raise UserError(f"--workers {workers}: should be at least {FEWEST_WORKERS}, so that every sector has a firm")
    tables = load_tables()
    opening = open_economy(parameters, tables)
    draws = Draws(seed)
    labour = parameters.labour
    working_life = (labour.retirement_age - 20) * 4
    of_working_age = working_life / (working_life + labour.retirement_quarters)
    force = round(workers * of_working_age * labour.participation)
    unemployed = round(force * tables.macro["unemployment_rate"])
    employed = force - unemployed
    structure = fixed_structure(opening, tables, parameters, employed)
    staff = apportion(opening.employment, employed)
    sizes = firm_sizes(staff, employed, tables.mean_firm_size, parameters, draws)
    sector = np.repeat(np.arange(len(sizes)), [len(one) for one in sizes])
    structure.sector_start = np.searchsorted(sector, np.arange(len(sizes) + 1)).astype(np.int64)
    state = State.empty(workers, sector.size, len(opening.codes), len(tables.occupation_codes))
    state.firms.sector[:] = sector
    state.firms.headcount[:] = np.concatenate(sizes)
    state.firms.region[:] = (draws.uniforms("firm_region", sector.size) * REGIONS).astype(np.uint8)
    retired = workers - round(workers * of_working_age)
    _fill_workers(state, structure, opening, parameters, draws, employed, unemployed, retired)
    _fill_firms(state, structure, opening, parameters, draws)
    _fill_aggregates(state, structure, opening, parameters)
    close_budgets(state, structure, opening, parameters, tables.macro)
    return state, structure, opening


def _fill_workers(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws,
    employed: int, unemployed: int, retired: int,
) -> None:  # fmt: skip
    """Rows in this order: employed by employer, unemployed, outside the labour force, retired."""
    w, labour, tables = state.workers, parameters.labour, load_tables()
    rows = w.rows
    w.employer[:] = -1
    w.employer[:employed] = np.repeat(np.arange(state.firms.rows), state.firms.headcount)
    w.status[employed : employed + unemployed] = Status.UNEMPLOYED
    w.status[employed + unemployed : rows - retired] = Status.INACTIVE
    w.status[rows - retired :] = Status.RETIRED
    w.participates[:] = w.status != Status.INACTIVE
    w.participates[rows - retired :] = draws.uniforms("participation", rows)[rows - retired :] < labour.participation
    w.group[:] = draws.uniforms("group", rows) < labour.protected_share
    w.region[:] = (draws.uniforms("region", rows) * REGIONS).astype(np.uint8)
    w.region[:employed] = state.firms.region[w.employer[:employed]]
    sector = state.firms.sector[w.employer[:employed]]
    cumulated = np.cumsum(tables.staffing, axis=1)
    luck = draws.uniforms("occupation", rows)
    for number in range(len(opening.codes)):
        here = np.flatnonzero(sector == number)
        found = np.searchsorted(cumulated[number], luck[here], side="right")
        w.occupation[here] = np.minimum(found, state.occupations.rows - 1)
    age = draws.uniforms("age", rows)
    w.age[:employed] = 20 + age[:employed] * (labour.retirement_age - 20)
    w.match_quality[:] = np.exp(labour.match_deviation * draws.normals("match", rows))
    mean_wage = opening_mean_wage(structure, opening, parameters)
    deviation = labour.efficiency_deviation
    raw = np.exp(deviation * draws.normals("efficiency", rows) - deviation**2 / 2)
    w.reference_wage[:] = 0.0
    jobless = np.zeros(rows, dtype=np.int64)
    premium = structure.occupation_premium
    w.wage[:employed] = premium[w.occupation[:employed]]
    fill_adults(
        employed, employed, labour.retirement_age, labour.retirement_quarters / 4, w.occupation, w.reference_wage,
        w.wage, w.age, w.status, jobless, draws.uniforms("donor", rows), draws.uniforms("spell", rows), age,
    )  # fmt: skip
    experience = (1 + labour.learning) ** (4 * (np.minimum(w.age, LEARNING_STOPS) - 20.0))
    structure.entrant_efficiency = float(1 / experience.mean())
    w.efficiency[:] = raw * experience * structure.entrant_efficiency
    w.jobless_quarters[:] = jobless
    literacy = structure.opening_literacy[w.occupation]
    w.literate[:] = draws.uniforms("literacy", rows) < literacy
    # The premium of a sector is what its wage bill leaves, given who works there.
    pay = mean_wage * premium[w.occupation[:employed]] * w.efficiency[:employed] * w.match_quality[:employed]
    bill = opening.wages / (1 + structure.employer_rate) * structure.money_scale
    structure.wage_premium[:] = bill / np.bincount(sector, weights=pay, minlength=len(bill))
    w.wage[:employed] = pay * structure.wage_premium[sector]
    donors = (draws.uniforms("donor", rows)[employed:] * employed).astype(np.int64)
    w.reference_wage[:employed] = w.wage[:employed]
    w.reference_wage[employed:] = w.wage[donors]
    state.occupations.wage_index[:] = mean_wage
    state.aggregate.mean_wage = mean_wage
    _share_out_equity(w, parameters, draws)


def opening_mean_wage(structure: Structure, opening: Opening, parameters: Parameters) -> float:
    """Mean gross wage, thousand yuan per quarter; sets the rates of social contributions on the way."""
    contributions = load_tables().macro["social_contributions_share"] * opening.gdp
    of_employees = contributions * parameters.government.employee_contribution_share
    gross = opening.wages.sum() - (contributions - of_employees)
    structure.employer_rate = (contributions - of_employees) / gross
    structure.employee_rate = of_employees / gross
    return gross / opening.employment.sum()


def _share_out_equity(w, parameters: Parameters, draws: Draws) -> None:
    """Pareto quantiles over the owners, most to those who earn well: no luck in the shape, only in who is rich."""
    households = parameters.households
    owners = np.flatnonzero(draws.uniforms("owner", w.rows) < households.equity_owners)
    score = draws.normals("equity", w.rows)[owners] + np.log(w.reference_wage[owners])
    quantile = (np.arange(owners.size) + 0.5) / owners.size
    # The tail ends at one owner in ten thousand, however many there are, so that inequality does not grow with them.
    weights = (1 - quantile * (1 - RICHEST_OWNER)) ** (-1 / households.equity_exponent)
    w.equity_weight[owners[np.argsort(score, kind="stable")]] = weights / weights.sum()


def _fill_firms(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws
) -> None:
    """Output, productivity, balance sheets and AI of every firm, so that sectors add up to their targets."""
    f, w, s = state.firms, state.workers, state.sectors
    ai = parameters.artificial_intelligence
    sector = f.sector
    employed = np.flatnonzero(w.employer >= 0)
    employer = w.employer[employed]
    state.aggregate.algorithm, state.aggregate.compute_quality = ai.algorithm_opening, 1.0
    literate = np.bincount(employer, weights=w.literate[employed], minlength=f.rows)
    f.literate_share[:] = literate / f.headcount
    f.payroll[:] = np.bincount(employer, weights=w.wage[employed], minlength=f.rows)
    f.data_stock[:] = f.headcount / f.headcount.mean()
    if ai.enabled:
        _first_adopters(f, structure, state, ai, draws)
    augmented = 1 + ai.augmentation * f.ai_use[employer] * structure.augmentation_exposure[
        w.occupation[employed]
    ] * w.literate[employed]
    units = structure.occupation_premium[w.occupation[employed]] * w.efficiency[employed] * augmented
    f.efficiency_units[:] = np.bincount(employer, weights=units, minlength=f.rows)
    s.automation[:] = (structure.staffing * structure.automation_exposure).sum(axis=1)
    s.augmentation[:] = (structure.staffing * structure.augmentation_exposure).sum(axis=1)
    f.displaced_share[:] = ai.automation * f.ai_use * s.automation[sector]
    f.labour_per_unit[:] = 1 - f.displaced_share * (1 - ai.new_tasks * (1 - ai.net_saving))
    spread = np.exp(parameters.firms.productivity_spread * draws.normals("productivity", f.rows))
    raw = spread * f.efficiency_units / f.labour_per_unit
    target = opening.output * structure.money_scale
    level = target / np.bincount(sector, weights=raw, minlength=target.size)
    f.output[:] = raw * level[sector]
    idle = 1 + _idle(f, sector, parameters, draws)
    f.labour_demand[:] = f.efficiency_units / idle
    # As at the end of any quarter, productivity is already that of the next one.
    f.productivity[:] = spread * level[sector] * idle * (1 + parameters.growth.trend_opening)
    for column in (f.expected_demand, f.demand_signal, f.planned_output, f.input_scale):
        column[:] = f.output
    f.market_share[:] = f.output / target[sector]
    lead = np.log(spread)
    mean_lead = np.bincount(sector, weights=f.market_share * lead, minlength=target.size)
    f.productivity_gap[:] = lead - mean_lead[sector]
    f.supply[:] = f.output
    growth = parameters.growth.trend_opening
    f.inventory[:] = (opening.inventories / opening.output)[sector] * f.output
    f.sales_quantity[:] = f.output - growth * f.inventory
    f.price[:] = 1.0
    f.mark_up[:] = structure.mark_up[sector]
    f.unit_cost[:] = (1 - structure.production_tax_rate[sector]) / (1 + f.mark_up)
    f.inventory_value[:] = f.unit_cost * f.inventory
    f.capital[:] = opening.capital[sector] * structure.money_scale * f.market_share
    f.investment_rate[:] = parameters.investment.depreciation + growth
    f.investment[:] = f.investment_rate * f.capital / (1 + growth)  # of what the quarter began with
    f.loans[:] = parameters.investment.leverage * f.capital
    f.deposits[:] = parameters.firms.liquidity_target * f.output
    f.unit_wage[:] = f.payroll / f.efficiency_units


def _idle(f, sector: np.ndarray, parameters: Parameters, draws: Draws) -> np.ndarray:
    """(firms,) idle part of the staff: on average the slack, spread as hiring in whole heads leaves it.

    Without the spread no firm would hire in the first quarter, and unemployment would jump.
    """
    slack, heads = parameters.labour.slack, f.headcount
    mean = slack * (LARGE_FIRMS + (1 - LARGE_FIRMS) * heads.mean() / heads)
    deviation = np.minimum(0.35, parameters.labour.slack_deviation + HEAD_ROUNDING / heads)
    spread = mean + np.clip(deviation * draws.normals("slack", f.rows), -0.35, 0.7)
    whole = np.bincount(sector, weights=heads)
    return spread - (np.bincount(sector, weights=spread * heads) / whole)[sector] + slack


def _first_adopters(f, structure: Structure, state: State, ai, draws: Draws) -> None:
    """Large firms and a few lucky ones use AI already; their capability follows from the triad."""
    score = np.log(f.headcount) + ai.adopters_noise * draws.normals("adoption", f.rows)
    adopters = np.argsort(-score, kind="stable")[: round(ai.adopters_opening * f.rows)]
    f.ai_stage[adopters] = 1 + (draws.uniforms("stage", adopters.size) < 0.2)
    subscription = np.array([FREE_SERVICES, ai.subscription_pilot, ai.subscription_scaled, ai.subscription_autonomous])
    pool = np.bincount(f.sector, weights=f.data_stock) / np.bincount(f.sector)
    data = f.data_stock + Policy().data_openness * ai.data_pool * pool[f.sector]
    f.ai_capability[:] = capability_of_all(
        data, subscription[f.ai_stage], state.aggregate.algorithm, f.literate_share, ai
    )
    use = np.array([0.0, ai.use_pilot, ai.use_scaled, ai.use_autonomous])
    f.ai_use[:] = use[f.ai_stage] * f.ai_capability


def capability_of_all(data, compute, algorithm, literate_share, ai) -> np.ndarray:
    """(firms,) capability from data, compute (share of payroll × quality) and the algorithm."""
    found = np.empty(data.size)
    fill_capabilities(
        data, compute, algorithm, literate_share, ai.data_half, ai.compute_half, ai.algorithm_absorption,
        ai.substitution, found,
    )  # fmt: skip
    return found


def _fill_aggregates(state: State, structure: Structure, opening: Opening, parameters: Parameters) -> None:
    a, s, scale = state.aggregate, state.sectors, structure.money_scale
    growth, money, energy = parameters.growth, parameters.money, parameters.energy
    for name in (
        "consumer_price capital_price dwelling_price public_price government_price exchange_rate world_price "
        "world_demand integration_price fuel_index electricity_index"
    ).split():
        setattr(a, name, 1.0)
    a.policy_rate = a.neutral_rate = money.policy_rate
    a.expected_inflation = a.smooth_inflation = a.inflation = growth.inflation_target
    a.expected_growth = a.long_run_growth = a.frontier_growth = growth.trend_opening
    a.nominal_growth = growth.trend_opening + growth.inflation_target
    a.nominal_gdp = a.real_gdp = a.trend_gdp = opening.gdp * scale
    a.grid_factor = opening.co2_grid / (opening.electricity.sum() + opening.electricity_households + opening.electricity_ai)
    for column in (s.producer_price, s.posted_price, s.final_price, s.import_shift, s.price_response):
        column[:] = 1.0
    s.output[:] = opening.output * scale
    s.demand[:] = s.demand_before[:] = s.sales[:] = (opening.output - opening.inventory_change) * scale
    s.value_added[:] = opening.value_added * scale
    s.imports[:], s.exports[:] = opening.imports * scale, opening.exports * scale
    s.trend_growth[:] = growth.trend_opening
    energy_bill = (structure.input_coefficients * structure.energy_rows[:, None]).sum(axis=0)
    s.energy_cost[:] = energy_bill
    s.input_cost[:] = structure.input_coefficients.sum(axis=0) - energy_bill
    s.unit_wage[:] = np.bincount(state.firms.sector, weights=state.firms.payroll) / np.bincount(
        state.firms.sector, weights=state.firms.efficiency_units
    )
    s.co2[:] = opening.co2 * scale
    s.electricity[:] = opening.electricity * scale
    sector_firms = np.bincount(state.firms.sector)
    s.adoption[:] = np.bincount(state.firms.sector, weights=state.firms.ai_stage > 0) / sector_firms
    a.household_co2 = opening.co2_households * scale
    a.household_electricity = opening.electricity_households * scale
    a.ai_electricity = opening.electricity_ai * scale if parameters.artificial_intelligence.enabled else 0.0
    a.consumption, a.exports, a.imports = (
        float(flow.sum()) * scale for flow in (opening.consumption, opening.exports, opening.imports)
    )
    a.government_consumption = float(opening.government_consumption.sum()) * scale
    a.fixed_investment = float(opening.fixed_investment.sum()) * scale
    a.investment = a.fixed_investment + scale * float(
        opening.residential_investment.sum() + opening.public_investment.sum() + opening.inventory_change.sum()
    )
    a.labour_income = float(opening.wages.sum() + opening.mixed_income.sum()) * scale
    a.employed = float((state.workers.status == Status.EMPLOYED).sum())
    force = a.employed + (state.workers.status == Status.UNEMPLOYED).sum()
    a.labour_force = float(force)
    a.unemployment_rate = a.broad_slack = 1 - a.employed / a.labour_force
    a.real_gdp_per_worker = a.real_gdp / a.employed
    o = state.occupations
    held = state.workers.occupation
    o.employment[:] = np.bincount(held[state.workers.status == Status.EMPLOYED], minlength=o.rows)
    o.unemployment[:] = np.bincount(held[state.workers.status == Status.UNEMPLOYED], minlength=o.rows)
    o.smooth_unemployment[:] = a.unemployment_rate
