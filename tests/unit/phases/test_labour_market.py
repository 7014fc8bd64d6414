"""Quits, layoffs, vacancies and matching: docs/model/equations/labour_market.md."""

import numpy as np
import pytest
from laboratory import Owner, Status, before, occupations

pytestmark = pytest.mark.unit

EXACT = 1e-9
QUIT, ADJUST, RETRAIN, MATCH = "workers_quit", "firms_adjust_staff", "workers_retrain", "labour_market_clears"


def test_workers_quit_by_the_separation_rate():
    lab = before(QUIT)
    lab.set("labour", separation_rate=0.1)
    w, after = lab.workers, lab.after(QUIT).workers
    gone = (w.status == Status.EMPLOYED) & (lab.uniform("separation", range(w.rows)) < 0.1)
    assert (after.status == np.where(gone, Status.UNEMPLOYED, w.status)).all()
    assert (after.employer == np.where(gone, -1, w.employer)).all()
    assert (after.jobless_quarters == np.where(gone, 0, w.jobless_quarters)).all()
    assert gone.sum() > 50


# Layoffs and vacancies


def staff(lab):
    """(firms, occupations) efficiency units of every firm by occupation."""
    w, f, structure = lab.workers, lab.firms, lab.constants
    at = w.employer >= 0
    row, occupation = w.employer[at], w.occupation[at]
    units = structure.occupation_premium[occupation] * w.efficiency[at]
    added = f.assistance[row] * lab.abilities.augmented[f.sector[row], occupation]
    units = units * np.where(w.ai_literate[at] == 1, 1 + added, 1)
    found = np.zeros((f.rows, structure.occupation_premium.size))
    np.add.at(found, (row, occupation), units)
    return found


def mix(lab):
    """(sectors, occupations) the occupations a sector would have at least cost."""
    wage = lab.occupations.wage_index
    found = lab.constants.staffing * (wage / wage.mean()) ** -lab.parameters.labour.occupation_elasticity
    return found / found.sum(axis=1, keepdims=True)


def wanted(lab):
    """(firms, occupations) efficiency units each firm would have of each occupation."""
    f, structure, automated = lab.firms, lab.constants, lab.abilities.automated
    desks, plants = f.office_use[:, None] * automated[0, f.sector], f.process_use[:, None] * automated[1, f.sector]
    parts = mix(lab)[f.sector] * (1 - desks - plants)
    parts += f.new_task_share[:, None] * structure.new_task_weight
    return (f.labour_demand / f.labour_per_unit)[:, None] * parts


def test_exposure_of_a_sector_is_that_of_its_cheapest_mix_of_occupations():
    lab = before(ADJUST)
    lab.occupations.wage_index *= np.linspace(0.7, 1.3, len(occupations()))
    after, able = lab.after(ADJUST).sectors, lab.abilities
    assert after.automation == pytest.approx((mix(lab) * able.automated[0]).sum(axis=1), rel=EXACT)
    assert after.process_automation == pytest.approx((mix(lab) * able.automated[1]).sum(axis=1), rel=EXACT)
    assert after.augmentation == pytest.approx((mix(lab) * able.augmented).sum(axis=1), rel=EXACT)


def test_firms_short_of_labour_offer_it_in_the_occupations_they_are_short_of():
    """Jobs are rounded up or down by chance, without bias: a gap of 2.3 is two jobs or three."""
    lab = before(ADJUST)
    lab.firms.labour_demand *= 1.8
    after, have, want = lab.after(ADJUST), staff(lab), wanted(lab)
    short = lab.firms.labour_demand - have.sum(axis=1)
    gaps = np.maximum(0, want - have)
    jobs = np.where(short > 0, short / gaps.sum(axis=1), 0)[:, None] * gaps / lab.constants.occupation_premium
    openings = np.asarray(after.openings, dtype=float)
    clear = np.abs(jobs - np.round(jobs)) > 1e-3  # packed units are rounded to a 262144th
    assert ((openings >= np.floor(jobs)) & (openings <= np.floor(jobs) + 1))[clear].all()
    total, error = jobs.sum(), np.sqrt((jobs % 1 * (1 - jobs % 1)).sum())
    assert openings.sum() == pytest.approx(total, abs=4 * error)
    assert (after.firms.vacancies == openings.sum(axis=1)).all()
    assert (after.occupations.vacancies == openings.sum(axis=0)).all()
    assert after.plans.vacancies_offered == openings.sum() > 300
    assert (short[openings.sum(axis=1) > 0] > -1e-3).all() and (openings[short < -1e-3] == 0).all()


@pytest.mark.parametrize("less", [0.5, 0.8])
def test_firms_with_too_much_labour_dismiss_a_part_of_the_excess(less):
    lab = before(ADJUST)
    lab.set("labour", firing_speed=0.4)
    lab.firms.labour_demand *= less
    w, f, labour = lab.workers, lab.firms, lab.parameters.labour
    after, have, want = lab.after(ADJUST), staff(lab), wanted(lab)
    excess = have.sum(axis=1) - f.labour_demand * (1 + labour.hoarding)
    heads = np.bincount(w.employer[w.employer >= 0], minlength=f.rows)
    dismisses = (excess > 0) & (heads > 1) & (lab.constants.owner[f.sector] != Owner.OWN_WORKERS)
    weight = np.where(have > 1.05 * want, 1.0, 0.4)
    held = np.where(dismisses, (have * weight).sum(axis=1), 1)
    chance = np.where(dismisses, labour.firing_speed * excess / held, 0)
    at = w.employer >= 0
    own = np.zeros(w.rows)
    own[at] = np.minimum(1, chance[w.employer[at]] * weight[w.employer[at], w.occupation[at]])
    dismissed = (after.workers.employer != w.employer) & at
    drawn = lab.uniform("layoff", range(w.rows)) < own
    # The last of a staff stays, whoever the draws would dismiss.
    assert (dismissed <= drawn).all() and dismissed.sum() > 0.9 * drawn.sum() > 20
    left = heads - np.bincount(w.employer[dismissed], minlength=f.rows)
    spared = drawn & ~dismissed
    assert (left[w.employer[spared]] == 1).all()
    assert (left[heads > 0] >= 1).all()
    for name, value in (("status", Status.UNEMPLOYED), ("employer", -1), ("jobless_quarters", 0)):
        assert (getattr(after.workers, name)[dismissed] == value).all(), name
    assert (after.firms.vacancies[excess > 0] == 0).all()
    units = (own[at] * lab.constants.occupation_premium[w.occupation[at]]).sum()
    assert units > 0


def test_nobody_is_dismissed_within_the_labour_that_is_hoarded():
    lab = before(ADJUST)
    have = staff(lab).sum(axis=1)
    lab.firms.labour_demand[:] = have / (1 + 0.99 * lab.parameters.labour.hoarding)
    after = lab.after(ADJUST)
    assert (after.workers.employer == lab.workers.employer).all()
    assert (after.firms.vacancies == 0).all() and lab.parameters.labour.hoarding > 0


@pytest.fixture
def matching():
    """Many searchers, jobs in every second occupation only, in all regions and at firms that have scaled AI."""
    lab = before(ADJUST)
    lab.firms.labour_demand *= 1.15
    w = lab.workers
    quits = np.flatnonzero(w.status == Status.EMPLOYED)[::6]
    w.employer[quits], w.status[quits], w.jobless_quarters[quits] = -1, Status.UNEMPLOYED, np.arange(quits.size) % 7
    lab.firms.ai_stage[::2] = 2
    lab.do(ADJUST, RETRAIN)
    lab.openings[:, ::2] = 0
    lab.firms.vacancies[:] = lab.openings.sum(axis=1)
    lab.plans.vacancies_offered = float(lab.openings.sum())
    assert lab.plans.vacancies_offered > 100
    return lab


def hired(lab, after):
    return (lab.workers.employer < 0) & (after.workers.employer >= 0)


def within_reach(lab):
    """(firms, occupations) jobs that can be filled this quarter: the reachable share, rounded by chance."""
    drawn = lab.uniform("reach", range(lab.openings.size)).reshape(lab.openings.shape)
    return np.floor(lab.parameters.labour.reachable_vacancy_share * lab.openings + drawn)


def test_everybody_who_searches_is_hired_where_jobs_of_all_kinds_are_plenty(matching):
    lab = matching
    lab.openings[:] = 30
    lab.firms.vacancies[:] = lab.openings.sum(axis=1)
    lab.set("labour", relocation_willingness=1.0)
    lab.set("artificial_intelligence", screening_bias=0.0)
    searches = lab.uniform("search", range(lab.workers.rows)) < chance_to_search(lab)
    after = lab.after(MATCH)
    assert (hired(lab, after) == searches).all() and searches.sum() > 50
    assert (after.workers.occupation == lab.workers.occupation).all()


def test_nobody_is_hired_where_nothing_is_within_reach(matching):
    lab = matching
    lab.openings[:] = 0
    lab.firms.vacancies[:] = 0
    assert not hired(lab, lab.after(MATCH)).any()


def chance_to_search(lab, **instruments):
    """(workers,) chance of the unemployed to search, by what they have without work over their last wage."""
    w, labour, h, policy = lab.workers, lab.parameters.labour, lab.parameters.households, lab.policy
    longest = np.minimum((w.age - 20) / (h.benefit_years / policy.benefit_duration), h.benefit_longest)
    entitled = (w.insured == 1) & (w.jobless_quarters < longest)
    began = (lab.quarter + 1024 - w.jobless_quarters.astype(int)) % 4096
    draws = entitled & (lab.uniform("coverage", np.arange(w.rows) * 4096 + began, seed=0) < h.benefit_take_up)
    wage = lab.macro.mean_wage
    benefit = np.where(draws, h.benefit_rate * policy.benefit_rate * w.reference_wage, 0)
    windfall = labour.liquidity_effect * instruments.get("basic_income", 0.0) * wage
    received = np.maximum(benefit, h.assistance * wage) + windfall
    replacement = np.maximum(received / np.maximum(w.reference_wage, 1e-9), 1e-3)
    chance = np.minimum(1, labour.search_share * (labour.search_norm / replacement) ** labour.search_elasticity)
    return np.where(w.status == Status.UNEMPLOYED, chance, 0)


@pytest.mark.parametrize("basic_income", [0.0, 0.3])
def test_only_those_who_search_are_hired_and_benefits_make_fewer_search(matching, basic_income):
    lab = matching
    after = lab.after(MATCH, basic_income=basic_income)
    chance = chance_to_search(lab, basic_income=basic_income)
    searches = lab.uniform("search", range(lab.workers.rows)) < chance
    taken = hired(lab, after)
    assert (taken <= searches).all() and taken.sum() > 30
    # Those who search and are not hired met no vacancy, would not move, or were rejected.
    assert taken.sum() > 0.4 * searches.sum()


def test_the_hired_take_a_listed_job_in_its_occupation_and_region(matching):
    lab = matching
    w, f, after = lab.workers, lab.firms, lab.after(MATCH)
    taken = hired(lab, after)
    done = after.workers
    assert (done.status == np.where(taken, Status.EMPLOYED, w.status)).all()
    assert (done.region == np.where(taken, f.region[done.employer], w.region)).all()
    assert (done.jobless_quarters == np.where(taken, 0, w.jobless_quarters)).all()
    jobs = np.zeros(lab.openings.shape)
    np.add.at(jobs, (done.employer[taken], done.occupation[taken]), 1)
    assert (jobs <= within_reach(lab)).all()
    # The quality of a match is drawn, and lower in an occupation that is not one's own.
    labour = lab.parameters.labour
    quality = np.exp(labour.match_deviation * lab.normal("match_quality", np.flatnonzero(taken)))
    other = done.occupation[taken] != w.occupation[taken]
    quality[other] *= labour.occupation_switch_quality
    assert done.match_quality[taken] == pytest.approx(quality, rel=1e-6)
    assert (done.match_quality[~taken] == w.match_quality[~taken]).all()
    assert other.any() and labour.occupation_switch_quality < 1
    # Another region only for those who would move.
    moved = taken & (done.region != w.region)
    assert (lab.uniform("move", np.flatnonzero(moved)) < labour.relocation_willingness).all() and moved.any()


def test_jobs_employment_and_vacancies_are_counted(matching):
    lab = matching
    after = lab.after(MATCH)
    employed, filled = (after.workers.status == Status.EMPLOYED).sum(), hired(lab, after).sum()
    assert after.macro.employed == employed and after.plans.hires == filled
    left = lab.plans.vacancies_offered - filled
    assert after.macro.vacancy_rate == pytest.approx(left / (left + employed), rel=EXACT)


def test_of_the_jobs_offered_only_some_are_within_reach(matching):
    """Where a third of the jobs is listed, fewer are taken, and none that is not listed."""
    lab = matching
    lab.set("labour", reachable_vacancy_share=0.3, occupation_switch_willingness=1.0, relocation_willingness=1.0)
    lab.set("artificial_intelligence", screening_bias=0.0)
    openings = np.asarray(lab.openings, dtype=float)
    draws = lab.uniform("reach", range(openings.size)).reshape(openings.shape)
    listed = np.floor(0.3 * openings + draws)
    after = lab.after(MATCH)
    taken, done = hired(lab, after), after.workers
    jobs = np.zeros(openings.shape)
    np.add.at(jobs, (done.employer[taken], done.occupation[taken]), 1)
    assert (jobs <= listed).all() and jobs.sum() > 0.6 * listed.sum() > 15
    assert (np.asarray(after.openings) == openings).all()


def test_screening_rejects_the_protected_group_unless_enforcement_prevents_it(matching):
    lab = matching
    lab.set("artificial_intelligence", screening_bias=1.0)
    lab.workers.protected_group[::2] = 1
    for enforcement in (0.0, 1.0):
        after = lab.after(MATCH, fairness_enforcement=enforcement)
        taken = hired(lab, after)
        there = lab.firms.ai_stage[after.workers.employer[taken]] >= 2
        protected = lab.workers.protected_group[taken] == 1
        assert (there & protected).any() == (enforcement == 1.0)
        assert (there & ~protected).any() and (~there & protected).any()
    # Half the bias rejects those whose draw is below a half.
    after = lab.after(MATCH, fairness_enforcement=0.5)
    taken = hired(lab, after)
    screened = taken & (lab.workers.protected_group == 1) & (lab.firms.ai_stage[after.workers.employer] >= 2)
    assert (lab.uniform("screening", np.flatnonzero(screened)) >= 0.5).all() and screened.sum() > 3


def test_a_hiring_subsidy_pays_for_the_long_jobless_who_are_hired(matching):
    lab = matching
    plain, after = lab.after(MATCH), lab.after(MATCH, hiring_subsidy=0.4)
    w = lab.workers
    long_term = (w.status == Status.UNEMPLOYED) & (w.jobless_quarters >= 4)
    taken = hired(lab, after) & long_term
    paid = 0.4 * 2 * np.bincount(
        after.workers.employer[taken], weights=w.reference_wage[taken], minlength=lab.firms.rows
    )  # fmt: skip
    assert after.firms.hiring_subsidy == pytest.approx(paid, rel=EXACT) and paid.sum() > 0
    assert (plain.firms.hiring_subsidy == 0).all()


def test_it_calls_the_long_jobless_first_where_jobs_are_few(matching):
    lab = matching
    lab.set("labour", hiring_response=1.0)
    lab.openings[np.arange(lab.firms.rows) % 4 > 0] = 0
    lab.firms.vacancies[:] = lab.openings.sum(axis=1)
    long_term = (lab.workers.status == Status.UNEMPLOYED) & (lab.workers.jobless_quarters >= 4)
    found = {0.0: 0, 1.0: 0}
    for subsidy in found:
        for seed in range(20, 30):
            trial = lab.copy()
            trial.economy.seed = seed
            found[subsidy] += (hired(trial, trial.after(MATCH, hiring_subsidy=subsidy)) & long_term).sum()
    assert found[1.0] > 1.1 * found[0.0] > 20
