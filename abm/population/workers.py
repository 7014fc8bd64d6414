"""The adults of 2024Q1: who works where, at what age and pay, and who owns the shares.

What is computed for every adult is computed for a block of them at a time, so that it stays in the cache; sums and
orders need all of them.
"""

from __future__ import annotations

import numpy as np

from abm.arrays import Codes, Floats
from abm.codes import Owner
from abm.errors import UserError
from abm.kernels.draws import STREAMS
from abm.parameters import Parameters
from abm.population.blocks import blocks
from abm.population.draws import Draws, order_of
from abm.population.kernels.firms import (
    draw_occupations,
    fill_jobless,
    fill_reference_wages,
    pay_first_wages,
    place_staff,
    place_values,
)
from abm.population.targets import Opening
from abm.state import State, Status, Workers
from abm.structure import Structure

__all__ = ["fill_workers"]


def fill_workers(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws,
    employed: int, unemployed: int, retired: int,
) -> None:  # fmt: skip
    """Rows in this order: employed by employer, unemployed, outside the labour force, retired, rows still empty."""
    workers = state.workers
    rows = structure.generations.adults
    quantile = (np.arange(rows) + 0.5) / rows
    workers.status[employed : employed + unemployed] = Status.UNEMPLOYED
    workers.status[employed + unemployed : rows - retired] = Status.INACTIVE
    workers.status[rows - retired : rows] = Status.RETIRED
    workers.status[rows:] = Status.ABSENT
    workers.employer[employed:] = -1
    elsewhere = draws.uniforms("region", workers.rows - employed, employed)
    workers.region[employed:] = (elsewhere * len(opening.regions)).astype(np.uint8)
    sector = np.empty(employed, dtype=np.uint8)
    place_staff(state.firms.view, workers.view, sector)
    draw_occupations(
        draws.seed, STREAMS["opening_occupation"], sector, np.cumsum(opening.tables.staffing, axis=1), workers.view
    )
    _wish_to_work(workers, rows, parameters, draws, retired)
    _grow_old(workers, structure, draws, retired, quantile)
    _live_and_learn(workers, structure, parameters, draws, employed)
    _claim_land(workers, structure, parameters, draws, sector)
    _earn(state, structure, opening, parameters, draws, sector)
    place_values[draws.threads](
        order_of(workers.reference_wage[:rows], draws.threads), quantile, workers.inheritance_rank
    )
    _share_out_equity(workers, rows, parameters, draws)


def _wish_to_work(workers: Workers, rows: int, parameters: Parameters, draws: Draws, retired: int) -> None:
    """Who takes part in the labour force, now or until retirement, and the taste for leisure that agrees with it."""
    wish, protected = parameters.labour.participation, parameters.labour.protected_group_share
    workers.participates[:rows] = workers.status[:rows] != Status.INACTIVE
    workers.participates[rows - retired : rows] = draws.uniforms("participation", retired, rows - retired) < wish
    for block in blocks(rows):
        size = block.stop - block.start
        taste = draws.uniforms("leisure", size, block.start)
        workers.leisure[block] = np.where(workers.participates[block], wish * taste, wish + (1 - wish) * taste)
        workers.protected_group[block] = draws.uniforms("group", size, block.start) < protected


def _grow_old(workers: Workers, structure: Structure, draws: Draws, retired: int, quantile: Floats) -> None:
    """Ages of the record, in random order among those below the retirement age and among the retired."""
    generations, rows = structure.generations, structure.generations.adults
    working = rows - retired
    ages = generations.ages(quantile)
    for first, last in ((0, working), (working, rows)):
        order = order_of(draws.uniforms("age", last - first, first), draws.threads)
        place_values[draws.threads](order, ages[first:last], workers.age[first:last])


def _live_and_learn(
    workers: Workers, structure: Structure, parameters: Parameters, draws: Draws, employed: int
) -> None:
    """Efficiency and literacy; who has no job has the occupation of a random employed donor."""
    labour, rows = parameters.labour, structure.generations.adults
    donor, spell = (draws.uniforms(name, rows - employed, employed) for name in ("donor", "spell"))
    fill_jobless(employed, donor, spell, labour.opening_spell, workers.view)
    raw, pay, experience = np.empty(rows), np.empty(rows), np.empty(rows, dtype=np.float32)
    for block in blocks(rows):
        size, occupation = block.stop - block.start, workers.occupation[block]
        deviation = labour.efficiency_deviation
        raw[block] = np.exp(deviation * draws.normals("efficiency", size, block.start) - deviation**2 / 2)
        pay[block] = structure.insurance_score[occupation] + np.log(raw[block])
        pay[block] += parameters.households.insured_deviation * draws.normals("insured", size, block.start)
        experience[block] = (1 + labour.learning) ** (
            4 * (np.minimum(workers.age[block], labour.learning_stops) - 20.0)
        )
        workers.match_quality[block] = np.exp(labour.match_deviation * draws.normals("match", size, block.start))
        tenure = -labour.opening_tenure * np.log(1 - draws.uniforms("tenure", size, block.start))  # quarters
        workers.unsettled[block] = (1 - labour.settling) ** tenure
        able = structure.opening_literacy[occupation]
        workers.ai_literate[block] = draws.uniforms("literacy", size, block.start) < able
    structure.insured_from = float(np.quantile(pay, 1 - parameters.households.insured_share))
    workers.insured[:rows] = pay > structure.insured_from
    structure.entrant_efficiency = float(1 / experience.mean())
    for block in blocks(rows):
        workers.efficiency[block] = raw[block] * experience[block] * structure.entrant_efficiency


def _claim_land(
    workers: Workers, structure: Structure, parameters: Parameters, draws: Draws, sector: Codes
) -> None:  # fmt: skip
    """Who has a claim to farmland: all farmers, and others by chance, fewer of those in the employees' insurance."""
    rules = parameters.structural_change
    for block in blocks(structure.generations.adults):
        drawn = draws.uniforms("land", block.stop - block.start, block.start)
        chance = np.where(workers.insured[block], rules.land_of_insured, rules.land_of_others)
        workers.land_claim[block] = drawn < chance
    workers.land_claim[: sector.size][structure.owner[sector] == Owner.OWN_WORKERS] = 1


def _earn(
    state: State, structure: Structure, opening: Opening, parameters: Parameters, draws: Draws, sector: Codes
) -> None:
    """Wages; the premium of a sector is what its wage bill leaves, given who works there."""
    workers, employed, adults = state.workers, sector.size, structure.generations.adults
    mean_wage = _mean_wage(structure, opening, parameters)
    bill = opening.wages / (1 + structure.employer_rate) * structure.money_scale
    pay_first_wages(sector, mean_wage, bill, parameters.labour.tenure_pay, workers.view, structure.view)
    fill_reference_wages(employed, draws.uniforms("donor", adults - employed, employed), workers.view)
    state.occupations.wage_index[:] = mean_wage
    state.macro.mean_wage = mean_wage


def _mean_wage(structure: Structure, opening: Opening, parameters: Parameters) -> float:
    """Mean gross wage, thousand yuan per quarter; writes the rates of social contributions on the way."""
    macro = opening.tables.macro
    contributions = macro["social_contributions_share"] * opening.gdp
    of_employees = contributions * parameters.government.employee_contribution_share
    gross = opening.wages.sum() - (contributions - of_employees)
    if not gross > 0 or not (opening.wages >= 0).all():
        raise UserError(
            f"{opening.tables.economy.folder.name}/sectors.csv: compensation leaves no wages to pay once farmers' "
            "income and employers' contributions are taken off; look at compensation, at social_contributions_share in "
            "macro.csv and at structural_change.farm_wages"
        )
    structure.employer_rate = (contributions - of_employees) / gross
    structure.employee_rate = of_employees / gross
    return gross / opening.employment.sum()


def _share_out_equity(workers: Workers, adults: int, parameters: Parameters, draws: Draws) -> None:
    """Pareto quantiles over the owners, most to those who earn well: draws decide who is rich, not the shape."""
    households = parameters.households
    score = np.empty(adults)
    for block in blocks(adults):
        normals = draws.normals("equity", block.stop - block.start, block.start)
        score[block] = normals + households.equity_by_pay * np.log(workers.reference_wage[block])
    owners = order_of(score, draws.threads)[adults - round(households.equity_owners * adults) :]
    quantile = (np.arange(owners.size) + 0.5) / owners.size
    # The tail ends at the same share of owners, however many there are, so that inequality does not grow with them.
    weights = (1 - quantile * (1 - households.equity_richest)) ** (-1 / households.equity_exponent)
    workers.equity_weight[owners] = weights / weights.sum()
