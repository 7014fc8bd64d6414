"""Quits, layoffs, vacancies, retraining and matching."""

from __future__ import annotations

import numpy as np

from abm.benefits import benefit_rules
from abm.economy import Economy, streams
from abm.kernels.draws import STREAMS
from abm.kernels.labour import adjust_staff, list_vacancies, match_searchers, measure_staff
from abm.kernels.support import gather_searchers
from abm.kernels.workers import count_eligible, order_staff, quit_jobs, retrain_workers
from abm.phase import phase
from abm.state import Status

LONG_TERM = 4  # quarters without a job, from which a hiring subsidy is paid
SUBSIDISED_QUARTERS = 2
LEAST_PLACE = 1e-6  # of a place, below which none is left to give
SLACK_FOR_TRAINING = 0.9  # of the mean unemployment rate; occupations below need no retraining
MATCHING = (
    "search_order",
    "listing",
    "other_list",
    "other_occupation",
    "move",
    "screening",
    "match_quality",
    "preferred",
)
TRAINING = ("enrolment", "completion", "retrained_occupation", "retrained_literacy")


@phase
def workers_quit(economy: Economy) -> None:
    """Quits and other separations that have nothing to do with the firm's plans (eq. 8)."""
    w = economy.state.workers
    quit_jobs[economy.threads](
        economy.scratch.worker_chunks, economy.seed, economy.quarter, STREAMS["separation"], w.status, w.employer,
        w.jobless_quarters, economy.parameters.labour.separation_rate,
    )  # fmt: skip


@phase
def firms_adjust_staff(economy: Economy) -> None:
    """Firms dismiss part of an excess or offer jobs, by occupation at the cost-minimising mix (eq. 6, 9, 10)."""
    state, structure, p, scratch = economy.state, economy.structure, economy.parameters, economy.scratch
    w, f, ai, labour = state.workers, state.firms, p.artificial_intelligence, p.labour
    relative = state.occupations.wage_index / state.occupations.wage_index.mean()
    mix = structure.staffing * relative**-labour.occupation_elasticity
    mix /= mix.sum(axis=1, keepdims=True)
    measure_staff[economy.threads](
        scratch.worker_chunks, w.employer, w.occupation, w.literate, w.efficiency, f.ai_use,
        structure.occupation_premium, structure.augmentation_exposure, ai.augmentation, scratch.work,
    )  # fmt: skip
    adjust_staff[economy.threads](
        scratch.firm_chunks, economy.seed, economy.quarter, STREAMS["layoff"], STREAMS["vacancy"], state.staff,
        state.staff_start, scratch.work, w.employer, w.status, w.jobless_quarters,
        f.sector, f.ai_use, f.labour_demand, f.labour_per_unit, f.new_task_share, f.vacancies, scratch.openings,
        mix, structure.occupation_premium, structure.automation_exposure, structure.new_task_weight,
        structure.own_account, ai.automation, labour.hoarding, labour.firing_speed, scratch.offered,
    )  # fmt: skip
    state.occupations.vacancies[:] = scratch.offered.sum(axis=0)
    economy.plans.vacancies_offered = float(scratch.offered.sum())
    state.sectors.automation[:] = mix @ structure.automation_exposure
    state.sectors.augmentation[:] = mix @ structure.augmentation_exposure


@phase
def workers_retrain(economy: Economy) -> None:
    """Courses end and begin: the jobless of occupations with slack learn for where the vacancies are (eq. 11)."""
    state, labour = economy.state, economy.parameters.labour
    w, o = state.workers, state.occupations
    slack = o.smooth_unemployment > SLACK_FOR_TRAINING * state.macro.unemployment_rate
    length = course_quarters(economy)
    success, literacy = (
        learned(share, length / labour.training_quarters)
        for share in (labour.training_success, labour.training_literacy)
    )
    similarity = economy.structure.mobility.copy()
    similarity[:, 1:] -= economy.structure.mobility[:, :-1]
    pull = similarity * np.sqrt((o.vacancies + 1) / (o.unemployment + 1))
    where = np.cumsum(pull / pull.sum(axis=1, keepdims=True), axis=1)
    state.macro.trainees = float(
        retrain_workers(
            economy.seed,
            economy.quarter,
            streams(*TRAINING),
            w.status,
            w.jobless_quarters,
            w.occupation,
            w.literate,
            w.efficiency,
            w.match_quality,
            w.training_left,
            slack,
            _enrolment(economy, slack),
            length,
            success,
            literacy,
            where,
        )
    )


def course_quarters(economy: Economy) -> int:
    """Quarters that a course takes under the policy in force."""
    return max(1, round(economy.parameters.labour.training_quarters * economy.instruments.retraining_length))


def learned(share: float, length: float) -> float:
    """Share of trainees who have learned something in a course of ``length`` times the usual one, with falling gains.

    As if each part of the course were a chance of its own.
    """
    return share if length == 1.0 else 1 - (1 - share) ** length


def _enrolment(economy: Economy, slack: np.ndarray) -> np.ndarray:
    """(occupations,) probability of a place for those eligible; with targeting it grows with what AI can do of them.

    What is left where everybody has a place goes to the others: no place stays empty while somebody waits for one.
    """
    w, policy = economy.state.workers, economy.instruments
    eligible, exposure = np.zeros(slack.size), economy.structure.automation_exposure
    count_eligible(w.status, w.jobless_quarters, w.occupation, slack, eligible)
    places = policy.retraining_capacity * economy.state.macro.labour_force
    weight = 1 + policy.retraining_targeting * (exposure / exposure.mean() - 1)
    chance = np.minimum(1.0, places * weight / max(float((eligible * weight).sum()), 1.0))
    for _ in range(chance.size):  # each round fills an occupation or ends
        left = places - float((eligible * chance).sum())
        waiting = eligible * (1.0 - chance)
        if left <= LEAST_PLACE or waiting.sum() <= LEAST_PLACE:
            break
        rank = weight if (waiting * weight).sum() > 0.0 else np.ones(weight.size)
        chance += (1.0 - chance) * np.minimum(1.0, left * rank / float((waiting * rank).sum()))
    return chance


@phase
def labour_market_clears(economy: Economy) -> None:
    """The unemployed meet vacancies of their own occupation, or of one like it, in random order (eq. 12)."""
    state, structure, scratch = economy.state, economy.structure, economy.scratch
    w, f, labour = state.workers, state.firms, economy.parameters.labour
    ai = economy.parameters.artificial_intelligence
    if scratch.vacancy_firms.size < economy.plans.vacancies_offered:
        scratch.vacancy_firms = np.zeros(int(1.3 * economy.plans.vacancies_offered) + 64, dtype=np.int32)
    list_vacancies(
        economy.seed, economy.quarter, STREAMS["reach"], f.vacancies, scratch.openings, labour.reach_share,
        scratch.vacancy_start, scratch.vacancy_firms,
    )  # fmt: skip
    count = _gather_searchers(economy)
    waiting = long_term_jobless(w) if economy.instruments.hiring_subsidy > 0 else None
    rejection = ai.screening_bias * (1 - economy.instruments.fairness_enforcement)
    filled = match_searchers(
        economy.seed, economy.quarter, streams(*MATCHING), scratch.searchers, count, scratch.vacancy_start,
        scratch.vacancy_firms, structure.mobility, w.status, w.employer, w.occupation, w.region, w.group,
        w.match_quality, w.jobless_quarters, f.region, f.ai_stage, labour.move_share, labour.occupation_share,
        rejection, labour.match_deviation, labour.mismatch, LONG_TERM,
        min(1.0, labour.hiring_response * economy.instruments.hiring_subsidy),
    )  # fmt: skip
    f.hiring_subsidy[:] = 0.0 if waiting is None else subsidies_for_hires(economy, waiting)
    economy.plans.hires = float(filled)
    order_staff(w.employer, state.staff_start, state.staff)
    employed = float(state.staff_start[-1])
    unfilled = economy.plans.vacancies_offered - filled
    state.macro.employed = employed
    state.macro.vacancy_rate = unfilled / (employed + unfilled)


def _gather_searchers(economy: Economy) -> int:
    """Who searches, given what they would have to live on without a job (eq. 12a)."""
    w, labour, h = economy.state.workers, economy.parameters.labour, economy.parameters.households
    wage = economy.state.macro.mean_wage
    count, _ = gather_searchers(
        economy.seed, economy.quarter, STREAMS["search"], STREAMS["coverage"], w.status, w.insured, w.jobless_quarters,
        w.age, w.reference_wage, *benefit_rules(economy.parameters, economy.instruments),
        h.assistance * wage, labour.liquidity_effect * economy.instruments.basic_income * wage, labour.search_share,
        labour.search_norm, labour.search_elasticity, economy.scratch.searchers,
    )  # fmt: skip
    return count


def long_term_jobless(workers) -> np.ndarray:
    """Rows of those who search for a year or longer."""
    return np.flatnonzero((workers.status == Status.UNEMPLOYED) & (workers.jobless_quarters >= LONG_TERM))


def subsidies_for_hires(economy: Economy, waiting: np.ndarray) -> np.ndarray:
    """(firms,) what the state pays for those of ``waiting`` who were hired, by the wage they had."""
    w = economy.state.workers
    hired = waiting[w.employer[waiting] >= 0]
    wages = np.bincount(w.employer[hired], weights=w.reference_wage[hired], minlength=economy.state.firms.rows)
    return economy.instruments.hiring_subsidy * SUBSIDISED_QUARTERS * wages
