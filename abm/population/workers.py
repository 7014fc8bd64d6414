"""The adults of 2024Q1: who works where, at what age and pay, and who owns the shares."""

from __future__ import annotations

import numpy as np

from abm.data import load_tables
from abm.kernels.opening import fill_adults
from abm.opening import Opening
from abm.parameters import Parameters
from abm.population.luck import Draws
from abm.state import State, Status, Table
from abm.structure import REGIONS, Structure

__all__ = ["fill_workers"]

OWNERSHIP_BY_PAY = 1.0  # weight of log pay, against standard normal luck, in who owns how much of the shares
RICHEST_OWNER = 1e-4  # share of owners beyond which the tail of ownership is cut


def fill_workers(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws,
    employed: int, unemployed: int, retired: int,
) -> None:  # fmt: skip
    """Rows in this order: employed by employer, unemployed, outside the labour force, retired, rows still empty."""
    w, labour = state.workers, parameters.labour
    rows = structure.generations.adults
    w.employer[:] = -1
    w.employer[:employed] = np.repeat(np.arange(state.firms.rows), state.firms.headcount)
    w.status[employed : employed + unemployed] = Status.UNEMPLOYED
    w.status[employed + unemployed : rows - retired] = Status.INACTIVE
    w.status[rows - retired : rows] = Status.RETIRED
    w.status[rows:] = Status.ABSENT
    w.participates[:rows] = w.status[:rows] != Status.INACTIVE
    w.participates[rows - retired : rows] = (
        draws.uniforms("participation", rows)[rows - retired :] < labour.participation
    )
    taste, wish = draws.uniforms("leisure", rows), labour.participation
    w.leisure[:rows] = np.where(w.participates[:rows], wish * taste, wish + (1 - wish) * taste)
    w.group[:rows] = draws.uniforms("group", rows) < labour.protected_share
    w.region[:] = (draws.uniforms("region", w.rows) * REGIONS).astype(np.uint8)
    w.region[:employed] = state.firms.region[w.employer[:employed]]
    sector = state.firms.sector[w.employer[:employed]]
    _take_occupations(state, sector, draws)
    _grow_old(w, structure, draws, retired)
    _live_and_learn(w, structure, parameters, draws, employed)
    _earn(state, structure, opening, parameters, draws, sector)
    order = np.argsort(w.reference_wage[:rows], kind="stable")
    w.standing[order] = (np.arange(rows) + 0.5) / rows
    _share_out_equity(w, rows, parameters, draws)


def _take_occupations(state: State, sector: np.ndarray, draws: Draws) -> None:
    """Occupations of the employed, drawn from the staffing of their sector."""
    w, cumulated = state.workers, np.cumsum(load_tables().staffing, axis=1)
    luck = draws.uniforms("occupation", w.rows)
    for number, shares in enumerate(cumulated):
        here = np.flatnonzero(sector == number)
        found = np.searchsorted(shares, luck[here], side="right")
        w.occupation[here] = np.minimum(found, state.occupations.rows - 1)


def _grow_old(w: Table, structure: Structure, draws: Draws, retired: int) -> None:
    """Ages of the record, in random order among those below the retirement age and among the retired."""
    generations, rows = structure.generations, structure.generations.adults
    luck, working = draws.uniforms("age", rows), rows - retired
    order = np.concatenate(
        [np.argsort(luck[:working], kind="stable"), working + np.argsort(luck[working:], kind="stable")]
    )
    w.age[order] = generations.ages((np.arange(rows) + 0.5) / rows)


def _live_and_learn(w: Table, structure: Structure, parameters: Parameters, draws: Draws, employed: int) -> None:
    """Efficiency and literacy; who has no job has the occupation of a random employed donor."""
    labour, rows = parameters.labour, structure.generations.adults
    jobless = np.zeros(rows, dtype=np.int64)
    w.wage[:employed] = structure.occupation_premium[w.occupation[:employed]]
    fill_adults(
        employed, employed, w.occupation[:rows], w.reference_wage, w.wage, w.status, jobless,
        draws.uniforms("donor", rows), draws.uniforms("spell", rows),
    )  # fmt: skip
    w.jobless_quarters[:rows] = jobless
    deviation = labour.efficiency_deviation
    raw = np.exp(deviation * draws.normals("efficiency", rows) - deviation**2 / 2)
    pay = structure.formal[w.occupation[:rows]] + np.log(raw)
    pay += parameters.households.insured_deviation * draws.normals("insured", rows)
    structure.insured_from = float(np.quantile(pay, 1 - parameters.households.insured_share))
    w.insured[:rows] = pay > structure.insured_from
    experience = (1 + labour.learning) ** (4 * (np.minimum(w.age[:rows], labour.learning_stops) - 20.0))
    structure.entrant_efficiency = float(1 / experience.mean())
    w.efficiency[:rows] = raw * experience * structure.entrant_efficiency
    w.match_quality[:rows] = np.exp(labour.match_deviation * draws.normals("match", rows))
    w.literate[:rows] = draws.uniforms("literacy", rows) < structure.opening_literacy[w.occupation[:rows]]


def _earn(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws, sector: np.ndarray
) -> None:
    """Wages; the premium of a sector is what its wage bill leaves, given who works there."""
    w, employed = state.workers, sector.size
    mean_wage = _mean_wage(structure, opening, parameters)
    premium = structure.occupation_premium[w.occupation[:employed]]
    pay = mean_wage * premium * w.efficiency[:employed] * w.match_quality[:employed]
    bill = opening.wages / (1 + structure.employer_rate) * structure.money_scale
    structure.wage_premium[:] = bill / np.bincount(sector, weights=pay, minlength=len(bill))
    w.wage[:employed] = pay * structure.wage_premium[sector]
    adults = structure.generations.adults
    donors = (draws.uniforms("donor", adults)[employed:] * employed).astype(np.int64)
    w.reference_wage[:employed] = w.wage[:employed]
    w.reference_wage[employed:adults] = w.wage[donors]
    state.occupations.wage_index[:] = mean_wage
    state.macro.mean_wage = mean_wage


def _mean_wage(structure: Structure, opening: Opening, parameters: Parameters) -> float:
    """Mean gross wage, thousand yuan per quarter; writes the rates of social contributions on the way."""
    macro = load_tables(parameters.growth.opening_year).macro
    contributions = macro["social_contributions_share"] * opening.gdp
    of_employees = contributions * parameters.government.employee_contribution_share
    gross = opening.wages.sum() - (contributions - of_employees)
    structure.employer_rate = (contributions - of_employees) / gross
    structure.employee_rate = of_employees / gross
    return gross / opening.employment.sum()


def _share_out_equity(w: Table, adults: int, parameters: Parameters, draws: Draws) -> None:
    """Pareto quantiles over the owners, most to those who earn well: no luck in the shape, only in who is rich."""
    households = parameters.households
    score = draws.normals("equity", adults) + OWNERSHIP_BY_PAY * np.log(w.reference_wage[:adults])
    owners = np.argsort(score, kind="stable")[adults - round(households.equity_owners * adults) :]
    quantile = (np.arange(owners.size) + 0.5) / owners.size
    # The tail ends at one owner in ten thousand, however many there are, so that inequality does not grow with them.
    weights = (1 - quantile * (1 - RICHEST_OWNER)) ** (-1 / households.equity_exponent)
    w.equity_weight[owners] = weights / weights.sum()
