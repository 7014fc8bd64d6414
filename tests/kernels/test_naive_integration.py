"""Staff for the integration of AI, and the trend of software, worked out on a few firms and workers."""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Status
from abm.kernels.departments import move_on
from abm.kernels.productivity import diverge_sectors
from abm.kernels.wages import set_wages
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = Parameters()
LABOUR = RULES.labour


def numbers(*values):
    return np.array(values, dtype=float)


def moved(served, firms=4_000, parts=20.0, pilots=8.0):
    """Mean moves of many firms alike: pilots, scaled, begun and scaled now, by department."""
    generator, moves, total = np.random.default_rng(5), np.empty(4), np.zeros(4)
    for _ in range(firms):
        move_on(parts, pilots, 0.0, 0.1, RULES.adoption.view, generator.random(4), moves, served)
        total += moves
    return total / firms


@pytest.mark.parametrize("served", [1.0, 0.4, 0.0])
def test_the_part_of_the_projects_without_staff_waits(served):
    pilots, scaled, begun, scaled_now = moved(served)
    ended = 8 * served / RULES.adoption.pilot_quarters
    assert begun == pytest.approx(12 * 0.1 * served, rel=0.05)
    assert scaled_now == scaled == pytest.approx(ended * (1 - RULES.adoption.pilot_failure), rel=0.05)
    assert pilots == pytest.approx(8 + 12 * 0.1 * served - ended, rel=0.05)


def wages(plain, pull, technical=(False, True)):
    status = np.array([Status.EMPLOYED] * 18 + [Status.UNEMPLOYED] * 2, dtype=np.uint8)
    workers = Few(status=status, occupation=np.array([0] * 12 + [1] * 6 + [0, 1], dtype=np.uint8))
    occupations = Few(
        employment=np.zeros(2), unemployment=np.zeros(2), wage_index=numbers(10, 20),
        smooth_unemployment=numbers(0.08, 0.12), ai_productivity=np.zeros(2), ai_productivity_paid=np.zeros(2),
    )  # fmt: skip
    macro = Few(employed=18.0, expected_inflation=0.005, expected_growth=0.01)
    structure = Few(neutral_trainees=0.0, technical=np.array(technical))
    plain(set_wages)(workers, occupations, structure, [macro], LABOUR, pull)
    return occupations.wage_index / numbers(10, 20) - 1


def test_missing_staff_raises_technical_pay_against_other_pay_and_not_the_mean(plain):
    without, with_pull = wages(plain, 0.0), wages(plain, 0.3)
    weight = LABOUR.wage_response * LABOUR.own_occupation_weight * 0.3
    mean = 6 / 18  # of the employed in technical work
    assert with_pull - without == pytest.approx([-weight * mean, weight * (1 - mean)])
    assert numbers(12, 6) @ (with_pull - without) == pytest.approx(0.0, abs=1e-12)
    assert wages(plain, 0.3, (False, False)) == pytest.approx(without)


def test_software_runs_ahead_of_services_and_the_mean_path_stays(plain):
    rules = replace(
        RULES.structural_change, agriculture_trend=0.7, industry_trend=0.2, services_trend=-0.1, information_lead=0.3
    )
    pay = numbers(10, 20, 30, 40)
    firms = Few(payroll=pay, productivity=np.ones(4))
    structure = Few(sector_start=np.arange(5), industry=np.array([0, 1, 2, 2]))
    plain(diverge_sectors)(firms, structure, [Few(frontier_growth=0.01)], rules, 3)
    gained = np.log(firms.productivity)
    assert gained[3] - gained[2] == pytest.approx(0.003)
    mean = (10 * 0.7 + 20 * 0.2 - 30 * 0.1 + 40 * 0.2) / 100
    assert gained == pytest.approx(0.01 * (numbers(0.7, 0.2, -0.1, 0.2) - mean))
    assert pay @ gained == pytest.approx(0.0, abs=1e-12)
    assert math.isclose(rules.services_trend + rules.information_lead, 0.2)
