"""Stocks and rates at which every sector's accounts grow at the trend in 2024Q1: MODEL.md, initialisation.

What the published figures imply rather than state is solved here: payouts of firms, the corporate tax rate, foreign
assets, household deposits, the pension rate, the land fee that closes the budget, the income tax rate, and the level of
the propensity to consume that closes the households' accounts.
"""

from __future__ import annotations

import numpy as np

from abm.errors import UserError
from abm.kernels.benefits import fill_benefits
from abm.kernels.codes import Owner
from abm.kernels.opening import settle_households
from abm.levers.instruments import Instruments
from abm.opening import Opening
from abm.parameters import Parameters
from abm.state import State, Status
from abm.structure import Structure
from abm.economics.equity import equity_value

__all__ = ["close_budgets"]

ROUNDS = 60  # of the households' fixed point; it converges to rounding in about forty


def close_budgets(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, macro: dict[str, float]
) -> None:
    """Write the stocks into ``state`` and the rates into ``structure``.

    Raises UserError where a payout would lie outside 0 to 1 or a rate below 0: the assumptions then do not fit China.
    """
    a, government = state.macro, parameters.government
    growth = (1 + parameters.growth.trend_opening) * (1 + parameters.growth.inflation_target) - 1
    profit_tax, payout = _firms_pay_out(state, structure, opening, parameters, growth, macro)
    deposits, bank_tax, bank_dividend = _balance_sheets(state, structure, opening, parameters, growth, macro)
    by_owner = {kind: float(payout[structure.owner == kind].sum()) for kind in range(4)}
    corporate = by_owner[Owner.SHAREHOLDERS] + bank_dividend
    a.dividend_pool = (1 - government.state_ownership) * corporate
    a.expected_dividends = a.dividend_pool
    a.equity_value = equity_value(a, parameters)
    transfers = _transfers(state, structure, parameters, macro)
    structure.neutral_trainees = Instruments().retraining_capacity * parameters.labour.training_quarters
    state_income = government.state_ownership * corporate + by_owner[Owner.STATE]
    revenue = profit_tax + bank_tax + state_income + _taxes(structure, opening, macro, a.nominal_gdp)
    land = _land_fees(state, structure, opening, parameters, growth, revenue, float(transfers.sum()))
    _households(
        state, structure, opening, parameters, growth, macro, transfers, deposits, land, by_owner[Owner.HOMEOWNERS]
    )


def _firms_pay_out(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, growth: float, macro: dict[str, float]
) -> tuple[float, np.ndarray]:
    """Profits and payouts of the firms; returns the corporate tax they pay and the payout of each sector (20,)."""
    f = state.firms
    tax_rate, profit, payout = _payouts(structure, opening, parameters, growth, macro)
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
            "profit; change investment.leverage, investment.depreciation or growth.trend_opening"
        )
    f.profit[:] = profit[f.sector] * f.market_share
    f.dividends[:] = payout[f.sector] * f.market_share
    return float(taxes.sum()), payout


def _taxed(structure: Structure) -> np.ndarray:
    """(20,) 1.0 for sectors that pay the corporate tax."""
    return ((structure.owner != Owner.OWN_WORKERS) & (structure.owner != Owner.STATE)).astype(float)


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
        surplus - structure.depreciation * capital - (money.policy_rate + money.loan_spread) * loans
        + max(0.0, money.policy_rate - money.deposit_spread) * deposits
    )  # fmt: skip
    taxable = np.maximum(profit, 0.0) * _taxed(structure)
    tax_rate = macro["corporate_tax_share"] * opening.gdp * scale / taxable.sum()
    payout = profit - tax_rate * taxable - parameters.growth.trend_opening * capital + growth * (loans - deposits)
    return tax_rate, profit, payout - stock_change


def _balance_sheets(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, growth: float, macro: dict[str, float]
) -> tuple[float, float, float]:
    """Bonds, foreign assets, bank equity; returns household deposits, which balance the bank, its tax and dividend."""
    a, money, f = state.macro, parameters.money, state.firms
    gdp, firm_deposits, loans = a.nominal_gdp, float(f.deposits.sum()), float(f.loans.sum())
    balance = (opening.exports.sum() - opening.imports.sum()) * structure.money_scale
    structure.trade_balance = balance / gdp
    # The position is the record's; its yield is the one at which it grows with GDP, given the trade balance.
    a.foreign_assets = macro["foreign_position_ratio"] * 4 * gdp
    structure.foreign_rate = growth - balance / a.foreign_assets
    a.bonds = macro["public_debt_ratio"] * 4 * gdp
    a.government_balance = -growth * a.bonds
    a.bank_equity = money.capital_ratio * loans
    deposits = loans + a.bonds + a.foreign_assets - firm_deposits - a.bank_equity
    profit = (
        (money.policy_rate + money.loan_spread) * loans + (money.policy_rate + money.bond_spread) * a.bonds
        + structure.foreign_rate * a.foreign_assets - _deposit_rate(parameters) * (deposits + firm_deposits)
    )  # fmt: skip
    tax = structure.corporate_tax_rate * max(0.0, profit)
    keeping_up = structure.depreciation + parameters.growth.trend_opening
    a.public_capital = float(opening.public_investment.sum()) * structure.money_scale / keeping_up
    return deposits, tax, profit - tax - growth * a.bank_equity


def _deposit_rate(parameters: Parameters) -> float:
    return max(0.0, parameters.money.policy_rate - parameters.money.deposit_spread)


def _transfers(state: State, structure: Structure, parameters: Parameters, macro: dict[str, float]) -> np.ndarray:
    """(rows,) pensions, benefits and assistance; the employees' rate is the one that meets pensions over GDP."""
    w, a, households = state.workers, state.macro, parameters.households
    own, mean_wage = households.pension_own_weight, a.mean_wage
    retired = w.status == Status.RETIRED
    base = np.where(retired & (w.insured > 0), own * w.reference_wage + (1 - own) * mean_wage, 0.0)
    residents = np.where(retired & (w.insured == 0), households.pension_residents * mean_wage, 0.0)
    spending = macro["pension_share"] * a.nominal_gdp
    structure.pension_rate = (spending - residents.sum()) / base.sum()
    if structure.pension_rate < 0:
        raise UserError("the opening budget does not close: residents' pensions exceed all pensions")
    structure.retired_per_employed = np.count_nonzero(retired) / a.employed
    a.pension_factor, a.employee_rate = 1.0, structure.employee_rate
    assistance = households.assistance * mean_wage
    benefits = np.empty(w.rows)
    fill_benefits(w.view, households.view, Instruments().view, benefits)
    supported = retired | (w.status == Status.UNEMPLOYED) | (w.status == Status.INACTIVE)
    received = structure.pension_rate * base + residents + benefits
    transfers = np.where(supported, np.maximum(received, assistance), 0.0)
    structure.pension_burden = a.pension_burden = transfers[retired].sum() / w.wage.sum()
    return transfers


def _taxes(structure: Structure, opening: Opening, macro: dict[str, float], gdp: float) -> float:
    """Production taxes, which are levied on sales, social contributions and income tax."""
    sales = opening.output - opening.inventory_change
    production = float((structure.production_tax_rate * sales).sum()) * structure.money_scale
    return production + (macro["social_contributions_share"] + macro["income_tax_share"]) * gdp


def _land_fees(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, growth: float, revenue: float,
    transfers: float,
) -> float:  # fmt: skip
    """The fees for land that leave a deficit at which debt grows with GDP; writes the shares of public demand."""
    a, scale = state.macro, structure.money_scale
    consumption = float(opening.government_consumption.sum()) * scale
    investment = float(opening.public_investment.sum()) * scale
    # Spending is planned on the trend of the quarter before.
    structure.government_share = consumption / a.nominal_gdp * (1 + growth)
    structure.public_investment_share = investment / a.nominal_gdp * (1 + growth)
    interest = (parameters.money.policy_rate + parameters.money.bond_spread) * a.bonds
    land = consumption + investment + transfers + interest - revenue - growth * a.bonds
    if land < 0:
        raise UserError(f"the opening budget does not close: land fees would be {land / a.nominal_gdp:.3f} of GDP")
    residential = float(opening.residential_investment.sum()) * scale
    structure.land_fee_share = land / (land + residential)
    return land


def _households(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, growth: float,
    macro: dict[str, float], transfers: np.ndarray, deposits: float, land: float, rents: float,
) -> None:  # fmt: skip
    """Each household at its own stationary ratio of deposits to income, so that consumption is that of the table."""
    w, f, a, households = state.workers, state.firms, state.macro, parameters.households
    government, real = parameters.government, parameters.growth.trend_opening
    rows = slice(0, structure.generations.adults)  # those who live; the rows beyond stay empty
    own_account = np.zeros(rows.stop)
    working = np.flatnonzero(w.employer >= 0)
    per_head = np.where(structure.own_account[f.sector], f.dividends / f.headcount, 0.0)
    own_account[working] = per_head[w.employer[working]]
    residential = float(opening.residential_investment.sum()) * structure.money_scale
    saving = np.empty(rows.stop)
    structure.propensity_level, structure.income_tax_rate = settle_households(
        (w.wage * (1 - structure.employee_rate) + transfers)[rows], w.wage[rows], w.equity_weight[rows], own_account,
        w.disposable_income[rows], w.deposits[rows], saving, a.dividend_pool, rents, _deposit_rate(parameters),
        macro["income_tax_share"] * a.nominal_gdp, government.income_tax_threshold * a.mean_wage,
        government.income_tax_upper * a.mean_wage, households.propensity_low_income, households.propensity_high_income,
        households.propensity_scale, residential + land, deposits, growth, households.wealth_effect,
        households.wealth_effect_rich, households.wealth_scale, ROUNDS,
    )  # fmt: skip
    if w.deposits[rows].min() < 0:
        raise UserError(
            "the opening does not close: the poorest would owe money; lower households.propensity_low_income"
        )
    share = saving / saving.sum()
    structure.housing_share = (residential + land) / saving.sum()
    w.housing_outlay[rows] = structure.housing_share * saving
    w.dwellings[rows] = residential / (households.dwelling_depreciation + real) * share
    w.permanent_income[rows] = w.disposable_income[rows]
    w.consumption[rows] = w.disposable_income[rows] - w.housing_outlay[rows] - growth * w.deposits[rows]
    w.property_income[rows] = a.dividend_pool * w.equity_weight[rows] + own_account + rents * share
    a.mean_income = float(w.permanent_income[rows].mean())
