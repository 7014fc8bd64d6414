"""Stocks and rates at which every sector's accounts grow at the trend in 2024Q1: docs/model/odd.md, initialisation.

What the published figures imply rather than state is solved here: payouts of firms, the corporate tax rate, foreign
assets, the premium on equity, household deposits, the pension rate, the land fee that closes the budget, the income tax
rate, and the level of the propensity to consume that closes the households' accounts.
"""

from __future__ import annotations

import numpy as np

from abm.arrays import Floats
from abm.codes import Owner
from abm.compiling.kernels import ROWS_WORTH_CHUNKS
from abm.economics.dwellings import settle_dwellings
from abm.economics.equity import equity_premium, equity_value
from abm.errors import UserError
from abm.kernels.benefits import fill_benefits
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.population.blocks import blocks
from abm.population.kernels.households import Closing, settle_households
from abm.population.targets import Opening
from abm.state import State, Status
from abm.structure import Structure

__all__ = ["close_budgets"]

# The part of the gap that each round of the households' fixed point closes; a round of 0.7 leaves two thirds of it.
DAMPED = np.array([0.7] * 59 + [1.0])


def _chebyshev_steps(damped: int, slowest: float, fastest: float, doublings: int) -> Floats:
    """Steps that close gaps as well as three times as many damped ones: the inverse roots of a Chebyshev polynomial.

    ``slowest`` and ``fastest`` bound the part of a household's gap that a step of one closes. The first rounds are
    damped, since far from the solution these bounds do not hold; the order of the others keeps them from adding up.
    """
    order = [0]
    for doubling in range(doublings):
        order = [place for one in order for place in (one, 2 ** (doubling + 1) - 1 - one)]
    angles = np.pi * (np.array(order) + 0.5) / len(order)
    roots = 0.5 * (fastest + slowest) + 0.5 * (fastest - slowest) * np.cos(angles)
    return np.concatenate([np.full(damped, 0.7), 1 / roots, [1.0]])


FAST = _chebyshev_steps(damped=3, slowest=0.42, fastest=1.05, doublings=4)  # for many households


def close_budgets(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, recorded: dict[str, float],
    threads: int = 1,
) -> None:  # fmt: skip
    """Write the stocks into ``state`` and the rates into ``structure``.

    Raises UserError where a payout would lie outside 0 to 1 or a rate below 0: the assumptions then do not fit China.
    """
    macro, government = state.macro, parameters.government
    growth = (1 + parameters.growth.trend_opening) * (1 + parameters.growth.inflation_target) - 1
    profit_tax, payout = _firms_pay_out(state, structure, opening, parameters, growth, recorded)
    deposits, bank_tax, bank_dividend = _balance_sheets(state, structure, opening, parameters, growth, recorded)
    # What foreign assets grow by beyond GDP is saved by households, whose deposits are the other side of it.
    received = structure.trade_balance - recorded["foreign_income_ratio"]
    beyond = (structure.foreign_rate - growth) * macro.foreign_assets + received * macro.nominal_gdp
    beyond += -macro.government_balance - growth * macro.bonds  # and so is what debt grows by beyond GDP
    by_owner = {kind: float(payout[structure.owner == kind].sum()) for kind in range(4)}
    corporate = by_owner[Owner.SHAREHOLDERS] + bank_dividend
    private = (1 - government.state_ownership) * corporate
    structure.foreign_ownership = _foreign_ownership(private, recorded["foreign_income_ratio"] * macro.nominal_gdp)
    macro.dividend_pool = (1 - structure.foreign_ownership) * private
    macro.expected_dividends = macro.dividend_pool
    book = (1 - structure.foreign_ownership) * (1 - government.state_ownership) * _book_value(state, structure)
    structure.equity_premium = equity_premium(macro, parameters.households.price_to_book * book, parameters)
    macro.equity_value = equity_value(macro, structure.equity_premium, parameters)
    transfers = _transfers(state, structure, parameters, recorded)
    structure.neutral_trainees = Instruments().retraining_capacity * parameters.labour.training_quarters
    state_income = government.state_ownership * corporate + by_owner[Owner.STATE]
    revenue = profit_tax + bank_tax + state_income + _taxes(structure, opening, recorded, macro.nominal_gdp)
    missing = _missing(state, structure, opening, parameters, growth, revenue, float(transfers.sum()))
    land, income_tax = _closed(
        missing, structure, opening, parameters, recorded["income_tax_share"] * macro.nominal_gdp
    )
    closing = Closing(
        dividends=macro.dividend_pool, rents=by_owner[Owner.HOMEOWNERS], deposit_rate=_deposit_rate(parameters),
        income_tax=income_tax,
        tax_threshold=government.income_tax_threshold * macro.mean_wage,
        tax_upper=government.income_tax_upper * macro.mean_wage, top_tax_step=Instruments().top_tax_step,
        kept_wage=1 - structure.employee_rate, dwellings=_dwellings(structure, opening) + land, deposits=deposits,
        growth=growth + (beyond / deposits if beyond > 1e-9 * macro.nominal_gdp else 0.0),  # rounding left out
        income_growth=growth,
    )  # fmt: skip
    _households(state, structure, opening, parameters, transfers, closing, threads)


def _book_value(state: State, structure: Structure) -> float:
    """Equity of the bank and of the firms that shareholders own, with capital at what it costs; thousand yuan."""
    firms = state.firms
    owned = structure.owner[firms.sector] == Owner.SHAREHOLDERS
    assets = state.macro.capital_price * firms.capital + firms.inventory_value + firms.deposits - firms.loans
    return float(assets[owned].sum()) + state.macro.bank_equity


def _foreign_ownership(private: float, paid: float) -> float:
    """Part of the dividends to private owners that pays what foreign owners receive on record."""
    if paid >= private and paid > 0.0:
        raise UserError(
            "the opening does not close: foreign owners are paid more than all private dividends; lower "
            "government.state_ownership or foreign_income_ratio"
        )
    return paid / private if private > 0.0 else 0.0


def _firms_pay_out(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, growth: float,
    recorded: dict[str, float],
) -> tuple[float, Floats]:  # fmt: skip
    """Profits and payouts of the firms; returns the corporate tax they pay and the payout of each sector (sectors,)."""
    firms = state.firms
    tax_rate, profit, payout = _payouts(structure, opening, parameters, growth, recorded)
    taxes = tax_rate * np.maximum(profit, 0) * _taxed(structure)
    structure.corporate_tax_rate = tax_rate
    structure.payout = payout / (profit - taxes)
    # Loans grow with nominal GDP; what inflation takes off their real value can be paid out too.
    borrowed = growth * parameters.investment.leverage * opening.capital * structure.money_scale
    most = 1 + borrowed / np.maximum(profit - taxes, 1e-9)
    if not ((structure.payout > 0) & (structure.payout < most) & (profit > taxes)).all():
        worst = int(np.argmax(np.abs(structure.payout - 0.5)))
        raise UserError(
            f"the opening does not close: {opening.codes[worst]} would pay out {structure.payout[worst]:.2f} of its "
            "profit; change investment.leverage, investment.depreciation, growth.trend_opening or, in farming, "
            "structural_change.farm_wages"
        )
    firms.profit[:] = profit[firms.sector] * firms.market_share
    firms.dividends[:] = payout[firms.sector] * firms.market_share
    return float(taxes.sum()), payout


def _taxed(structure: Structure) -> Floats:
    """(sectors,) 1.0 for sectors that pay the corporate tax."""
    return ((structure.owner != Owner.OWN_WORKERS) & (structure.owner != Owner.STATE)).astype(float)


def _payouts(
    structure: Structure, opening: Opening, parameters: Parameters, growth: float, recorded: dict[str, float]
) -> tuple[float, Floats, Floats]:
    """The corporate tax rate, profit and payout of each sector at which its balance sheet grows at the trend."""
    scale, money, investment = structure.money_scale, parameters.money, parameters.investment
    capital = opening.capital * scale / (1 + parameters.growth.trend_opening)  # what the quarter began with
    loans = investment.leverage * capital
    deposits = parameters.firms.liquidity_target * opening.output * scale
    unit_cost = (1 - structure.production_tax_rate) / (1 + structure.mark_up)
    stock_change = unit_cost * opening.inventory_change * scale
    surplus = (opening.gross_surplus + opening.mixed_income) * scale
    surplus -= (1 - unit_cost - structure.production_tax_rate) * opening.inventory_change * scale
    profit = (
        surplus - structure.usual_wear * capital - opening.in_use.worn * scale
        - (money.policy_rate + money.loan_spread) * loans
        + max(0.0, money.policy_rate - money.deposit_spread) * deposits
    )  # fmt: skip
    taxable = np.maximum(profit, 0.0) * _taxed(structure)
    tax_rate = recorded["corporate_tax_share"] * opening.gdp * scale / taxable.sum()
    payout = profit - tax_rate * taxable - parameters.growth.trend_opening * capital + growth * (loans - deposits)
    integrated = (opening.in_use.spent - opening.in_use.worn) * scale
    return tax_rate, profit, payout - stock_change - integrated


def _balance_sheets(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, growth: float,
    recorded: dict[str, float],
) -> tuple[float, float, float]:  # fmt: skip
    """Bonds, foreign assets, bank equity; returns household deposits, which balance the bank, its tax and dividend."""
    macro, money, firms = state.macro, parameters.money, state.firms
    gdp, firm_deposits, loans = macro.nominal_gdp, float(firms.deposits.sum()), float(firms.loans.sum())
    balance = (opening.exports.sum() - opening.imports.sum()) * structure.money_scale
    structure.trade_balance = balance / gdp
    # The position is the record's; its yield is the one at which it grows with GDP, given the trade balance and the pay
    # of foreign owners. Below zero it would be a loss that the bank cannot bear, so a creditor's may grow faster.
    structure.foreign_position = recorded["foreign_position_ratio"]
    macro.foreign_assets = structure.foreign_position * 4 * gdp
    steady = growth - (balance - recorded["foreign_income_ratio"] * gdp) / macro.foreign_assets
    structure.foreign_rate = max(steady, 0.0) if macro.foreign_assets > 0 else steady
    macro.bonds = recorded["public_debt_ratio"] * 4 * gdp
    macro.government_balance = -_deficit(macro.bonds, growth, recorded, gdp)
    macro.bank_equity = money.capital_ratio * loans
    deposits = loans + macro.bonds + macro.foreign_assets - firm_deposits - macro.bank_equity
    profit = (
        (money.policy_rate + money.loan_spread) * loans + (money.policy_rate + money.bond_spread) * macro.bonds
        + structure.foreign_rate * macro.foreign_assets - _deposit_rate(parameters) * (deposits + firm_deposits)
    )  # fmt: skip
    tax = structure.corporate_tax_rate * max(0.0, profit)
    keeping_up = structure.depreciation + parameters.growth.trend_opening
    macro.public_capital = float(opening.public_investment.sum()) * structure.money_scale / keeping_up
    macro.usual_public_capital = macro.public_capital
    return deposits, tax, profit - tax - growth * macro.bank_equity


def _deficit(bonds: float, growth: float, recorded: dict[str, float], gdp: float) -> float:
    """The deficit that is recorded as a target, or without one that at which debt grows with GDP."""
    return recorded["deficit_target_share"] * gdp if "deficit_target_share" in recorded else growth * bonds


def _deposit_rate(parameters: Parameters) -> float:
    return max(0.0, parameters.money.policy_rate - parameters.money.deposit_spread)


def _transfers(state: State, structure: Structure, parameters: Parameters, recorded: dict[str, float]) -> Floats:
    """(rows,) pensions, benefits and assistance; the employees' rate is the one that meets pensions over GDP."""
    workers, macro, households = state.workers, state.macro, parameters.households
    employed, adults = int(macro.employed), structure.generations.adults  # rows of the employed come first
    retired = int(np.count_nonzero(workers.status == Status.RETIRED))
    old = slice(adults - retired, adults)  # and those of the retired last
    own, mean_wage, insured = households.pension_own_weight, macro.mean_wage, workers.insured[old] > 0
    base, residents = np.zeros(workers.rows), np.zeros(workers.rows)
    base[old] = np.where(insured, own * workers.reference_wage[old] + (1 - own) * mean_wage, 0.0)
    residents[old] = np.where(insured, 0.0, households.pension_residents * mean_wage)
    spending = recorded["pension_share"] * macro.nominal_gdp
    structure.pension_rate = (spending - residents.sum()) / base.sum()
    if structure.pension_rate < 0:
        raise UserError("the opening budget does not close: residents' pensions exceed all pensions")
    structure.retired_per_employed = (old.stop - old.start) / macro.employed
    macro.pension_factor, macro.employee_rate = 1.0, structure.employee_rate
    benefits = np.empty(workers.rows)
    neutral = Instruments()
    fill_benefits(workers.view, households.view, neutral.view, benefits)
    others, transfers = slice(employed, adults), np.zeros(workers.rows)
    received = structure.pension_rate * base[others] + residents[others] + benefits[others]
    transfers[others] = np.maximum(received, households.assistance * mean_wage)
    structure.pension_burden = macro.pension_burden = transfers[old].sum() / workers.wage.sum()
    return transfers


def _taxes(structure: Structure, opening: Opening, recorded: dict[str, float], gdp: float) -> float:
    """Production taxes, which are levied on sales, social contributions and income tax."""
    sales = opening.output - opening.inventory_change
    production = float((structure.production_tax_rate * sales).sum()) * structure.money_scale
    return production + (recorded["social_contributions_share"] + recorded["income_tax_share"]) * gdp


def _missing(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, growth: float, revenue: float,
    transfers: float,
) -> float:  # fmt: skip
    """What revenue lacks for the deficit of the opening; writes the shares of public demand."""
    macro, scale = state.macro, structure.money_scale
    consumption = float(opening.government_consumption.sum()) * scale
    investment = float(opening.public_investment.sum()) * scale
    # Spending is planned on the trend of the quarter before.
    structure.government_share = consumption / macro.nominal_gdp * (1 + growth)
    structure.public_investment_share = investment / macro.nominal_gdp * (1 + growth)
    interest = (parameters.money.policy_rate + parameters.money.bond_spread) * macro.bonds
    return consumption + investment + transfers + interest - revenue + macro.government_balance


def _closed(
    missing: float, structure: Structure, opening: Opening, parameters: Parameters, income_tax: float
) -> tuple[float, float]:
    """Fees for land and the income tax of the quarter, one of which makes up for what the budget lacks."""
    gdp = opening.gdp * structure.money_scale
    land, income_tax = (missing, income_tax) if parameters.government.land_fees else (0.0, income_tax + missing)
    for name, money in (("land fees", land), ("the income tax", income_tax)):
        if money < 0:
            other = str(not parameters.government.land_fees).lower()
            raise UserError(
                f"the opening budget does not close: {name} would be {money / gdp:.2g} of GDP; "
                f"write assumptions.government.land_fees: {other}"
            )
    structure.land_fee_share = land / (land + _dwellings(structure, opening))
    return land, income_tax


def _dwellings(structure: Structure, opening: Opening) -> float:
    """Investment in dwellings, thousand yuan a quarter."""
    return float(opening.residential_investment.sum()) * structure.money_scale


def _mixed_income(state: State, structure: Structure) -> Floats:
    """(adults,) what those who work on their own account share among the staff of a firm."""
    firms, mixed = state.firms, np.zeros(structure.generations.adults)
    start = np.append(0, np.cumsum(firms.headcount))  # of each firm's staff
    for sector in np.flatnonzero(structure.own_account):
        here = slice(structure.sector_start[sector], structure.sector_start[sector + 1])
        heads = firms.headcount[here]
        mixed[start[here.start] : start[here.stop]] = np.repeat(firms.dividends[here] / heads, heads)
    return mixed


def _households(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, transfers: Floats, closing: Closing,
    threads: int,
) -> None:  # fmt: skip
    """Each household at its own stationary ratio of deposits to income, so that consumption is that of the table."""
    workers, macro, households = state.workers, state.macro, parameters.households
    adults = structure.generations.adults  # those who live; the rows beyond stay empty
    own_account, saving = _mixed_income(state, structure), np.empty(adults)
    steps = DAMPED if adults < ROWS_WORTH_CHUNKS else FAST
    structure.propensity_level, structure.income_tax_rate = settle_households[threads](
        workers.view, transfers, own_account, saving, closing.view, households.view, steps
    )
    if structure.propensity_level < 0:
        raise UserError(
            "the opening does not close: households would spend more out of their wealth than the national accounts "
            "record in all; lower households.wealth_effect or households.wealth_effect_rich"
        )
    if workers.deposits[:adults].min() < 0:
        raise UserError(
            "the opening does not close: the poorest would owe money; lower households.propensity_low_income"
        )
    residential, all_saving = _dwellings(structure, opening), saving.sum()
    structure.housing_share = closing.dwellings / all_saving
    for rows in blocks(adults):
        share = saving[rows] / all_saving
        workers.housing_outlay[rows] = structure.housing_share * saving[rows]
        workers.dwellings[rows] = (
            residential / (households.dwelling_depreciation + parameters.growth.trend_opening) * share
        )
        workers.permanent_income[rows] = workers.disposable_income[rows]
        workers.consumption[rows] = (
            workers.disposable_income[rows] - workers.housing_outlay[rows] - closing.growth * workers.deposits[rows]
        )
        workers.property_income[rows] = (
            closing.dividends * workers.equity_weight[rows] + own_account[rows] + closing.rents * share
        )
    macro.mean_income = float(workers.permanent_income[:adults].mean())
    macro.planned_saving = float(all_saving)
    settle_dwellings(state, structure, households, residential)
