"""From the targets of the opening economy to its agents at quarter 0: firms, workers, balance sheets and budgets.

Every rate that the figures imply rather than state is solved here: mark-ups, payouts, contributions, the pension rate,
the land fee that closes the budget, the propensity to consume that closes the households' accounts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from abm.data import load_tables
from abm.errors import UserError
from abm.kernels.draws import STREAMS
from abm.kernels.opening import draw_normals, draw_uniforms, fill_adults, fill_capabilities, scale_to_total, settle_households
from abm.kernels.technology import process_gain
from abm.opening import Opening, open_economy
from abm.parameters import Parameters
from abm.state import State, Status
from abm.structure import HOMEOWNERS, OWN_WORKERS, REGIONS, SHAREHOLDERS, STATE, Structure, fixed_structure

__all__ = ["FEWEST_WORKERS", "populate"]

FEWEST_WORKERS = 2_000
RICHEST_OWNER = 1e-4  # share of owners beyond which the tail of ownership is cut
LEARNING_STOPS = 45.0  # years of age
HEAD_ROUNDING = 0.55  # workers: deviation that whole heads leave between the staff a firm has and wants
LARGE_FIRMS = 0.25  # idle share of the largest firms against the mean: they can dismiss whole heads


@dataclass
class Draws:
    """Luck of the opening under one seed."""

    seed: int

    def uniforms(self, name: str, rows: int) -> np.ndarray:
        """(rows,) numbers in [0, 1)."""
        out = np.empty(rows)
        draw_uniforms(self.seed, STREAMS[f"opening_{name}"], out)
        return out

    def normals(self, name: str, rows: int) -> np.ndarray:
        """(rows,) standard normal numbers."""
        out = np.empty(rows)
        draw_normals(self.seed, STREAMS[f"opening_{name}"], out)
        return out


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
    staff = _apportion(opening.employment, employed)
    sizes = _firm_sizes(staff, employed, tables.mean_firm_size, parameters, draws)
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
    _close_budgets(state, structure, opening, parameters, tables.macro)
    return state, structure, opening


def _apportion(weights: np.ndarray, total: int, least: int = 1, most: int | None = None) -> np.ndarray:
    """Whole numbers in proportion to the weights that add up to ``total``, each between ``least`` and ``most``.

    The weights' scale is found by bisection, what rounding leaves goes to the largest remainders.
    """
    most = total if most is None else most
    weights = np.array(weights, dtype=float)
    exact = scale_to_total(weights, total, least, most) * weights
    parts = np.clip(np.floor(exact), least, most).astype(np.int64)
    missing = int(total - parts.sum())
    remainder = np.where(parts < most, exact - parts, -np.inf)
    # Those at their least have no claim of their own; they come last, by weight.
    remainder[(parts == least) & (exact < least)] -= 1e9
    parts[np.argsort(-remainder, kind="stable")[:missing]] += 1
    return parts


def _firm_sizes(
    staff: np.ndarray, employed: int, relative: np.ndarray, parameters: Parameters, draws: Draws
) -> list[np.ndarray]:
    """Staff of each firm by sector: a Pareto law between a least size and the largest share of employment.

    The least size of a sector is in proportion to ``relative``; a larger economy has the same law with a longer tail,
    so that results do not depend on how many workers are simulated.
    """
    firms = parameters.firms
    largest = max(2, int(firms.largest_share * employed))
    least = firms.least_staff * relative * staff.sum() / (relative * staff).sum()
    counts = []
    for workers, low in zip(staff, least, strict=True):
        mean = _truncated_pareto(np.linspace(0.0005, 0.9995, 1000), firms.size_exponent, low, min(largest, workers)).mean()
        counts.append(int(np.clip(round(workers / mean), max(1, -(-workers // largest)), workers)))
    luck = draws.uniforms("size", sum(counts))
    order = draws.uniforms("size_order", sum(counts))
    sizes = []
    start = 0
    for workers, low, count in zip(staff, least, counts, strict=True):
        here = slice(start, start + count)
        start += count
        quantile = (np.arange(count) + luck[here]) / count
        raw = _truncated_pareto(quantile, firms.size_exponent, low, min(largest, workers))
        parts = _apportion(raw, int(workers), most=largest)
        sizes.append(parts[np.argsort(order[here], kind="stable")])
    return sizes


def _truncated_pareto(quantile: np.ndarray, exponent: float, least: float, cap: float) -> np.ndarray:
    """Quantiles of a Pareto law between ``least`` and ``cap``."""
    if cap <= least:
        return np.full(quantile.shape, float(cap))
    share = 1 - (least / cap) ** exponent
    return least * (1 - quantile * share) ** (-1 / exponent)


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
    f.inventory[:] = (opening.inventory_change / (growth * opening.output))[sector] * f.output
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
    subscription = np.array([0.002, ai.subscription_pilot, ai.subscription_scaled, ai.subscription_autonomous])
    pool = np.bincount(f.sector, weights=f.data_stock) / np.bincount(f.sector)
    data = f.data_stock + 0.1 * ai.data_pool * pool[f.sector]
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


def _close_budgets(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, macro: dict[str, float]
) -> None:
    """Stocks and rates at which every sector's accounts grow at the trend; section 7 of the model's specification.

    Raises UserError where a payout would lie outside 0 to 1 or a rate below 0: the assumptions then do not fit China.
    """
    f, w, a = state.firms, state.workers, state.aggregate
    government, money = parameters.government, parameters.money
    households = parameters.households
    growth = (1 + parameters.growth.trend_opening) * (1 + parameters.growth.inflation_target) - 1
    real = parameters.growth.trend_opening
    gdp = a.nominal_gdp
    tax_rate, profit, payout = _payouts(structure, opening, parameters, growth, macro)
    structure.corporate_tax_rate = tax_rate
    structure.payout = payout / (profit - tax_rate * np.maximum(profit, 0) * _taxed(structure))
    if not ((structure.payout > 0) & (structure.payout < 1)).all():
        worst = int(np.argmax(np.abs(structure.payout - 0.5)))
        raise UserError(
            f"the opening does not close: {opening.codes[worst]} would pay out {structure.payout[worst]:.2f} of its "
            "profit; change investment.leverage, investment.depreciation or growth.trend_opening"
        )
    f.profit[:] = profit[f.sector] * f.market_share
    f.dividends[:] = payout[f.sector] * f.market_share
    # Balance sheets
    balance = (opening.exports.sum() - opening.imports.sum()) * structure.money_scale
    a.foreign_assets = balance / (growth - money.foreign_rate) if growth > money.foreign_rate else 0.0
    a.bonds = macro["public_debt_ratio"] * 4 * gdp
    loans = float(f.loans.sum())
    a.bank_equity = money.capital_ratio * loans
    deposits = loans + a.bonds + a.foreign_assets - float(f.deposits.sum()) - a.bank_equity
    deposit_rate = max(0.0, money.policy_rate - money.deposit_spread)
    bond_rate = money.policy_rate + money.bond_spread
    bank_profit = (
        (money.policy_rate + money.loan_spread) * loans + bond_rate * a.bonds + money.foreign_rate * a.foreign_assets
        - deposit_rate * (deposits + float(f.deposits.sum()))
    )  # fmt: skip
    bank_tax = tax_rate * max(0.0, bank_profit)
    bank_dividend = bank_profit - bank_tax - growth * a.bank_equity
    a.public_capital = opening.public_investment.sum() * structure.money_scale / (
        parameters.investment.depreciation + real
    )
    # Who owns what
    by_owner = {kind: float(payout[structure.owner == kind].sum()) for kind in range(4)}
    shareholders = (1 - government.state_ownership) * (by_owner[SHAREHOLDERS] + bank_dividend)
    state_income = government.state_ownership * (by_owner[SHAREHOLDERS] + bank_dividend) + by_owner[STATE]
    a.dividend_pool = shareholders
    # Transfers
    status, mean_wage = w.status, a.mean_wage
    retired = status == Status.RETIRED
    own = households.pension_own_weight
    pension_base = np.where(retired, own * w.reference_wage + (1 - own) * mean_wage, 0.0)
    structure.pension_rate = macro["pension_share"] * gdp / pension_base.sum()
    covered = np.empty(w.rows)
    draw_uniforms(0, STREAMS["coverage"], covered)
    assistance = households.assistance * mean_wage
    jobless = status == Status.UNEMPLOYED
    insured = jobless & (covered < households.benefit_coverage)
    benefits = np.where(insured, np.maximum(households.benefit_rate * w.reference_wage, assistance), 0.0)
    supported = (jobless & ~insured) | (status == Status.INACTIVE)
    transfers = structure.pension_rate * pension_base + benefits + np.where(supported, assistance, 0.0)
    # The government's budget, closed by the fee for land
    structure.neutral_trainees = 0.002 * parameters.labour.training_quarters
    consumption = float(opening.government_consumption.sum()) * structure.money_scale
    investment = float(opening.public_investment.sum()) * structure.money_scale
    # Spending is planned on the trend of the quarter before.
    structure.government_share = consumption / gdp * (1 + growth)
    structure.public_investment_share = investment / gdp * (1 + growth)
    income_tax = macro["income_tax_share"] * gdp
    spending = consumption + investment + float(transfers.sum()) + bond_rate * a.bonds
    revenue = (
        float(opening.production_taxes.sum()) * structure.money_scale + macro["social_contributions_share"] * gdp
        + float((tax_rate * np.maximum(profit, 0) * _taxed(structure)).sum()) + bank_tax + income_tax + state_income
    )  # fmt: skip
    land = spending - revenue - growth * a.bonds
    residential = float(opening.residential_investment.sum()) * structure.money_scale
    if land < 0:
        raise UserError(f"the opening budget does not close: land fees would be {land / gdp:.3f} of GDP")
    structure.land_fee_share = land / (land + residential)
    a.government_balance = -growth * a.bonds
    # Households
    w.property_income[:] = 0.0
    own_account = np.zeros(w.rows)
    farms = structure.own_account[f.sector]
    working = np.flatnonzero(w.employer >= 0)
    per_head = np.where(farms, f.dividends / f.headcount, 0.0)
    own_account[working] = per_head[w.employer[working]]
    fixed = w.wage * (1 - structure.employee_rate) + transfers
    needed = residential + land + (growth + households.wealth_effect / (1 + growth)) * deposits
    level, structure.income_tax_rate = settle_households(
        fixed, w.wage, w.equity_weight, own_account, w.disposable_income, w.deposits, w.permanent_income,
        shareholders, by_owner[HOMEOWNERS], deposit_rate, income_tax, government.income_tax_threshold * mean_wage,
        government.income_tax_upper * mean_wage, households.propensity_low_income, households.propensity_high_income,
        households.propensity_scale, needed, deposits, 25,
    )  # fmt: skip
    structure.propensity_level = level
    saving = w.permanent_income.copy()
    structure.housing_share = (residential + land) / saving.sum()
    w.housing_outlay[:] = structure.housing_share * saving
    dwellings = residential / (households.dwelling_depreciation + real)
    w.dwellings[:] = dwellings * saving / saving.sum()
    w.permanent_income[:] = w.disposable_income
    w.consumption[:] = w.disposable_income - saving + households.wealth_effect / (1 + growth) * w.deposits
    a.mean_income = float(w.permanent_income.mean())
    w.property_income[:] = (
        shareholders * w.equity_weight + own_account + by_owner[HOMEOWNERS] * saving / saving.sum()
    )
    structure.trade_balance = balance / gdp


def _taxed(structure: Structure) -> np.ndarray:
    """(20,) 1.0 for sectors that pay the corporate tax."""
    return ((structure.owner != OWN_WORKERS) & (structure.owner != STATE)).astype(float)


def _payouts(
    structure: Structure, opening: Opening, parameters: Parameters, growth: float, macro: dict[str, float]
) -> tuple[float, np.ndarray, np.ndarray]:
    """The corporate tax rate, profit and payout of each sector (20,) at which its balance sheet grows at the trend."""
    scale, money, investment = structure.money_scale, parameters.money, parameters.investment
    capital = opening.capital * scale / (1 + parameters.growth.trend_opening)  # what the quarter began with
    loans = investment.leverage * capital
    deposits = parameters.firms.liquidity_target * opening.output * scale
    unit_cost = (1 - structure.production_tax_rate) / (1 + structure.mark_up)
    stock_change = unit_cost * opening.inventory_change * scale
    surplus = (opening.gross_surplus + opening.mixed_income) * scale
    surplus -= (1 - unit_cost - structure.production_tax_rate) * opening.inventory_change * scale
    profit = (
        surplus - investment.depreciation * capital - (money.policy_rate + money.loan_spread) * loans
        + max(0.0, money.policy_rate - money.deposit_spread) * deposits
    )  # fmt: skip
    taxable = np.maximum(profit, 0.0) * _taxed(structure)
    tax_rate = macro["corporate_tax_share"] * opening.gdp * scale / taxable.sum()
    payout = profit - tax_rate * taxable - parameters.growth.trend_opening * capital + growth * (loans - deposits)
    return tax_rate, profit, payout - stock_change
