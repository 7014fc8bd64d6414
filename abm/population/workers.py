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

LEARNING_STOPS = 45.0  # years of age
RICHEST_OWNER = 1e-4  # share of owners beyond which the tail of ownership is cut


def fill_workers(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws,
    employed: int, unemployed: int, retired: int,
) -> None:  # fmt: skip
    """Rows in this order: employed by employer, unemployed, outside the labour force, retired."""
    w, labour = state.workers, parameters.labour
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
    _take_occupations(state, sector, draws)
    _live_and_learn(w, structure, parameters, draws, employed)
    _earn(state, structure, opening, parameters, draws, sector)
    _share_out_equity(w, parameters, draws)


def _take_occupations(state: State, sector: np.ndarray, draws: Draws) -> None:
    """Occupations of the employed, drawn from the staffing of their sector."""
    w, cumulated = state.workers, np.cumsum(load_tables().staffing, axis=1)
    luck = draws.uniforms("occupation", w.rows)
    for number, shares in enumerate(cumulated):
        here = np.flatnonzero(sector == number)
        found = np.searchsorted(shares, luck[here], side="right")
        w.occupation[here] = np.minimum(found, state.occupations.rows - 1)


def _live_and_learn(w: Table, structure: Structure, parameters: Parameters, draws: Draws, employed: int) -> None:
    """Ages, efficiency and literacy; who has no job has the occupation of a random employed donor."""
    labour, rows = parameters.labour, w.rows
    age, jobless = draws.uniforms("age", rows), np.zeros(rows, dtype=np.int64)
    w.age[:employed] = 20 + age[:employed] * (labour.retirement_age - 20)
    w.wage[:employed] = structure.occupation_premium[w.occupation[:employed]]
    fill_adults(
        employed, employed, labour.retirement_age, labour.retirement_quarters / 4, w.occupation, w.reference_wage,
        w.wage, w.age, w.status, jobless, draws.uniforms("donor", rows), draws.uniforms("spell", rows), age,
    )  # fmt: skip
    w.jobless_quarters[:] = jobless
    deviation = labour.efficiency_deviation
    raw = np.exp(deviation * draws.normals("efficiency", rows) - deviation**2 / 2)
    experience = (1 + labour.learning) ** (4 * (np.minimum(w.age, LEARNING_STOPS) - 20.0))
    structure.entrant_efficiency = float(1 / experience.mean())
    w.efficiency[:] = raw * experience * structure.entrant_efficiency
    w.match_quality[:] = np.exp(labour.match_deviation * draws.normals("match", rows))
    w.literate[:] = draws.uniforms("literacy", rows) < structure.opening_literacy[w.occupation]


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
    donors = (draws.uniforms("donor", w.rows)[employed:] * employed).astype(np.int64)
    w.reference_wage[:employed] = w.wage[:employed]
    w.reference_wage[employed:] = w.wage[donors]
    state.occupations.wage_index[:] = mean_wage
    state.aggregate.mean_wage = mean_wage


def _mean_wage(structure: Structure, opening: Opening, parameters: Parameters) -> float:
    """Mean gross wage, thousand yuan per quarter; writes the rates of social contributions on the way."""
    macro = load_tables(parameters.growth.opening_year).macro
    contributions = macro["social_contributions_share"] * opening.gdp
    of_employees = contributions * parameters.government.employee_contribution_share
    gross = opening.wages.sum() - (contributions - of_employees)
    structure.employer_rate = (contributions - of_employees) / gross
    structure.employee_rate = of_employees / gross
    return gross / opening.employment.sum()


def _share_out_equity(w: Table, parameters: Parameters, draws: Draws) -> None:
    """Pareto quantiles over the owners, most to those who earn well: no luck in the shape, only in who is rich."""
    households = parameters.households
    owners = np.flatnonzero(draws.uniforms("owner", w.rows) < households.equity_owners)
    score = draws.normals("equity", w.rows)[owners] + np.log(w.reference_wage[owners])
    quantile = (np.arange(owners.size) + 0.5) / owners.size
    # The tail ends at one owner in ten thousand, however many there are, so that inequality does not grow with them.
    weights = (1 - quantile * (1 - RICHEST_OWNER)) ** (-1 / households.equity_exponent)
    w.equity_weight[owners[np.argsort(score, kind="stable")]] = weights / weights.sum()
