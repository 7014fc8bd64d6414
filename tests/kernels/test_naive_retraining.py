"""Courses for a few without a job, worked out from docs/model/equations/labour_market.md."""

from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Status
from abm.kernels.retraining import chances_of_places, course_quarters, learned, retrain_workers, way_out
from abm.levers.instruments import Instruments
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

LABOUR = Parameters().labour
MOBILITY = np.array([[0.0, 0.5, 1.0], [0.6, 0.6, 1.0], [0.7, 1.0, 1.0]])
EXPOSURE = np.array([0.1, 0.2, 0.6])


def test_a_course_takes_as_long_as_the_policy_says_and_at_least_a_quarter(plain):
    for length, quarters in ((1.0, 2), (0.1, 1), (1.2, 2), (1.75, 4), (3.0, 6)):
        assert plain(course_quarters)(LABOUR, Instruments(retraining_length=length)) == quarters


def test_longer_courses_teach_more_with_falling_gains():
    assert learned(0.75, 1.0) == 0.75
    assert [learned(0.75, length) for length in (0.5, 2.0)] == pytest.approx([0.5, 0.9375])


def test_ways_out_are_similar_occupations_with_more_jobs_than_jobless(plain):
    occupations = Few(vacancies=np.array([0.0, 8.0, 0.0]), unemployment=np.array([0.0, 0.0, 3.0]))
    pull = np.array([0.0, 0.5 * np.sqrt(9 / 1), 0.5 * np.sqrt(1 / 4)])
    draws = (np.arange(1000) + 0.5) / 1000
    found = [plain(way_out)(0, draw, Few(mobility=MOBILITY), occupations) for draw in draws]
    assert np.bincount(found, minlength=3) / 1000 == pytest.approx(pull / pull.sum(), abs=2e-3)


@pytest.mark.parametrize("targeting", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("places", [3.0, 20.0, 90.0, 200.0])
def test_no_place_stays_empty_while_somebody_waits(targeting, places):
    eligible = np.array([60.0, 0.0, 40.0])
    chance = chances_of_places(eligible, EXPOSURE, places, targeting)
    assert (chance >= 0).all() and (chance <= 1).all()
    assert (eligible * chance).sum() == pytest.approx(min(places, 100.0), abs=1e-5)
    weight = 1 + targeting * (EXPOSURE / EXPOSURE.mean() - 1)
    if places == 3.0:
        assert chance == pytest.approx(places * weight / (eligible * weight).sum())
    assert (np.diff(chance) >= -1e-12).all()


def adults(quarters=3):
    """Rows: thirty unemployed, ten trainees in their last quarter, five in an earlier one, five employed."""
    status = np.repeat([Status.UNEMPLOYED, Status.TRAINING, Status.TRAINING, Status.EMPLOYED], [30, 10, 5, 5])
    return Few(
        status=status.astype(np.uint8), occupation=(np.arange(50) % 3).astype(np.uint8),
        ai_literate=(np.arange(50) % 7 == 0).astype(np.uint8), jobless_quarters=(np.arange(50) % 4).astype(np.uint16),
        training_left=np.repeat([0, 1, 2, 0], [30, 10, 5, 5]).astype(np.uint8),
        efficiency=np.ones(50, dtype=np.float32),
    )  # fmt: skip


@pytest.mark.parametrize(("length", "targeting"), [(1.0, 0.0), (2.0, 0.6)])
def test_courses_end_with_a_new_occupation_and_others_begin(plain, drawn, length, targeting):
    w, before = adults(), adults()
    occupations = Few(
        employment=np.zeros(3), smooth_unemployment=np.array([0.03, 0.05, 0.09]),
        vacancies=np.array([0.0, 8.0, 2.0]), unemployment=np.array([4.0, 0.0, 3.0]),
    )  # fmt: skip
    macro = Few(unemployment_rate=0.05, labour_force=100.0)
    structure = Few(mobility=MOBILITY, automation_exposure=EXPOSURE)
    instruments = Instruments(retraining_capacity=0.05, retraining_length=length, retraining_targeting=targeting)
    trainees = plain(retrain_workers)(
        w, occupations, structure, [macro], instruments, LABOUR, np.zeros(50, dtype=np.int32), 1, 9
    )
    slack = occupations.smooth_unemployment > LABOUR.training_slack * 0.05
    waits = (before.status == Status.UNEMPLOYED) & (before.jobless_quarters >= LABOUR.training_wait)
    eligible = waits & slack[before.occupation]
    weight = 1 + targeting * (EXPOSURE / EXPOSURE.mean() - 1)
    chance = 0.05 * 100 * weight / weight[before.occupation[eligible]].sum()
    seen = set()
    for row in range(50):
        now = Few(**{name: getattr(before, name)[row] for name in vars(before)})
        if before.status[row] == Status.TRAINING:
            now.training_left -= 1
            if now.training_left == 0:
                now.status = Status.UNEMPLOYED
                if drawn("completion", row) < 1 - (1 - LABOUR.training_success) ** length:
                    similar = np.diff(MOBILITY[now.occupation], prepend=0.0)
                    pull = similar * np.sqrt((occupations.vacancies + 1) / (occupations.unemployment + 1))
                    now.occupation = np.searchsorted(
                        np.cumsum(pull / pull.sum()), drawn("retrained_occupation", row), side="right"
                    )
                    now.efficiency = 1 + LABOUR.training_gain
                    if drawn("retrained_literacy", row) < 1 - (1 - LABOUR.training_literacy) ** length:
                        now.ai_literate = 1
        elif eligible[row] and drawn("enrolment", row) < chance[now.occupation]:
            now.status, now.training_left = Status.TRAINING, LABOUR.training_quarters * length
        found = {name: getattr(w, name)[row] for name in vars(w)}
        assert found == pytest.approx(vars(now)), row
        seen.add((before.status[row], now.status, now.occupation != before.occupation[row]))
    assert trainees == (w.status == Status.TRAINING).sum()
    assert {(Status.UNEMPLOYED, Status.TRAINING, False), (Status.TRAINING, Status.UNEMPLOYED, True)} < seen
