"""Courses: who gets a place, what is learned, and where it leads: docs/model/equations/labour_market.md."""

import numpy as np
import pytest
from laboratory import Status, before, occupations

pytestmark = pytest.mark.unit

RETRAIN = "workers_retrain"


@pytest.fixture
def courses():
    """Many jobless for long, many trainees in their last quarter, and jobs in some occupations only."""
    lab = before(RETRAIN)
    w = lab.workers
    jobless = np.flatnonzero(w.status == Status.UNEMPLOYED)
    employed = np.flatnonzero(w.status == Status.EMPLOYED)[::4]
    w.employer[employed], w.status[employed], w.jobless_quarters[employed] = -1, Status.UNEMPLOYED, 3
    w.jobless_quarters[jobless] = np.arange(jobless.size) % 5
    trainees = employed[::2]
    w.status[trainees], w.training_left[trainees] = Status.TRAINING, 1 + np.arange(trainees.size) % 2
    lab.macro.unemployment_rate = 0.05
    lab.occupations.smooth_unemployment[:] = np.linspace(0.02, 0.09, len(occupations()))
    return lab


def test_courses_end_and_those_who_have_learned_may_move_and_become_literate(courses):
    lab = courses
    w, labour, after = lab.workers, lab.parameters.labour, lab.after(RETRAIN).workers
    rows = np.arange(w.rows)
    trainees = w.status == Status.TRAINING
    ends = trainees & (w.training_left == 1)
    assert (after.training_left[trainees] == w.training_left[trainees] - 1).all()
    assert (after.status[ends] == Status.UNEMPLOYED).all() and (after.status[trainees & ~ends] == Status.TRAINING).all()
    learned = ends & (lab.uniform("completion", rows) < labour.training_success)
    assert after.efficiency == pytest.approx(w.efficiency * np.where(learned, 1.02, 1), rel=1e-6)
    literate = learned & (lab.uniform("retrained_literacy", rows) < labour.training_literacy)
    assert (after.ai_literate == np.where(literate, 1, w.ai_literate)).all()
    assert (after.occupation[~learned] == w.occupation[~learned]).all()
    assert learned.sum() > 30 and (ends & ~learned).any() and literate.any() and (learned & ~literate).any()
    # Where they go is drawn from what is like the old occupation, times the root of jobs over jobless.
    mobility = lab.constants.mobility
    similar = np.diff(mobility, axis=1, prepend=0.0)
    pull = similar * np.sqrt((lab.occupations.vacancies + 1) / (lab.occupations.unemployment + 1))
    reached = np.cumsum(pull / pull.sum(axis=1, keepdims=True), axis=1)
    draw = lab.uniform("retrained_occupation", rows[learned])
    expected = [np.searchsorted(reached[old], one, side="right") for old, one in zip(w.occupation[learned], draw)]
    assert (after.occupation[learned] == np.minimum(expected, len(occupations()) - 1)).all()


def test_courses_lead_to_where_the_vacancies_are(courses):
    lab = courses
    lab.set("labour", training_success=1.0)
    ends = (lab.workers.status == Status.TRAINING) & (lab.workers.training_left == 1)
    moved = {}
    for name in ("vacancies", "unemployment"):
        one = lab.copy()
        one.occupations.vacancies[:], one.occupations.unemployment[:] = 0.0, 0.0
        getattr(one.occupations, name)[11:] = 1e4
        moved[name] = (one.do(RETRAIN).workers.occupation[ends] >= 11).mean()
    assert moved["vacancies"] > 0.8 > 0.2 > moved["unemployment"]


def test_places_go_to_the_long_jobless_of_occupations_with_slack(courses):
    lab = courses
    w, labour, policy = lab.workers, lab.parameters.labour, lab.policy
    after = lab.after(RETRAIN, retraining_capacity=0.02)
    slack = lab.occupations.smooth_unemployment > 0.9 * lab.macro.unemployment_rate
    eligible = (w.status == Status.UNEMPLOYED) & (w.jobless_quarters >= 2) & slack[w.occupation]
    places = 0.02 * lab.macro.labour_force
    chance = min(1.0, places / eligible.sum())
    enrolled = (after.workers.status == Status.TRAINING) & (w.status != Status.TRAINING)
    expected = eligible & (lab.uniform("enrolment", range(w.rows)) < chance)
    assert (enrolled == expected).all() and 10 < enrolled.sum() < eligible.sum()
    assert (after.workers.training_left[enrolled] == labour.training_quarters).all()
    assert after.macro.trainees == (after.workers.status == Status.TRAINING).sum()
    longer = lab.after(RETRAIN, retraining_capacity=0.02, retraining_length=2.0).workers.training_left[enrolled]
    assert (longer == round(2 * labour.training_quarters)).all()
    assert policy.retraining_length == 1.0 and chance < 1 and 0 < slack.sum() < 22


def test_targeting_favours_those_whose_tasks_ai_can_do(courses):
    lab = courses
    exposure = lab.constants.automation_exposure
    for targeting in (0.5, 1.0):
        after = lab.after(RETRAIN, retraining_capacity=0.01, retraining_targeting=targeting)
        w, slack = lab.workers, lab.occupations.smooth_unemployment > 0.9 * lab.macro.unemployment_rate
        eligible = (w.status == Status.UNEMPLOYED) & (w.jobless_quarters >= 2) & slack[w.occupation]
        weight = 1 + targeting * (exposure / exposure.mean() - 1)
        places = 0.01 * lab.macro.labour_force
        chance = places * weight / weight[w.occupation[eligible]].sum()
        assert chance.max() < 1
        expected = eligible & (lab.uniform("enrolment", range(w.rows)) < chance[w.occupation])
        enrolled = (after.workers.status == Status.TRAINING) & (w.status != Status.TRAINING)
        assert (enrolled == expected).all() and enrolled.any()


@pytest.mark.parametrize("length", [0.5, 2.0])
def test_longer_courses_teach_more_with_falling_gains(courses, length):
    lab = courses
    labour, rows = lab.parameters.labour, range(lab.workers.rows)
    quarters = max(1, round(labour.training_quarters * length))
    success = 1 - (1 - labour.training_success) ** (quarters / labour.training_quarters)
    after, w = lab.after(RETRAIN, retraining_length=length).workers, lab.workers
    ends = (w.status == Status.TRAINING) & (w.training_left == 1)
    learned = ends & (lab.uniform("completion", rows) < success)
    assert ((after.efficiency > w.efficiency) == learned).all()
    literacy = 1 - (1 - labour.training_literacy) ** (quarters / labour.training_quarters)
    literate = learned & (lab.uniform("retrained_literacy", rows) < literacy)
    assert (after.ai_literate == np.where(literate, 1, w.ai_literate)).all()
