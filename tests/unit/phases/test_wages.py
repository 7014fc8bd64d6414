"""Wages by occupation, and what workers and firms make of them: docs/model/equations/wages_and_prices.md."""

import math

import numpy as np
import pytest
from laboratory import Status, before, occupations

pytestmark = pytest.mark.unit

EXACT = 1e-9
SET, PAY = "occupations_set_wages", "firms_pay_wages"


@pytest.mark.parametrize("jobless", [0, 60, 400])
def test_wages_follow_prices_productivity_and_slack_in_all_and_by_occupation(jobless):
    lab = before(SET)
    w, a, labour, structure = lab.workers, lab.macro, lab.parameters.labour, lab.constants
    a.expected_inflation, a.expected_growth = 0.006, 0.009
    o = lab.occupations
    o.ai_productivity[:] = o.ai_productivity_paid + np.where(np.arange(22) % 5, 0.004, -0.01)
    some = np.flatnonzero(w.status == Status.EMPLOYED)[:jobless]
    w.status[some], w.employer[some] = Status.UNEMPLOYED, -1
    a.employed = float((w.status == Status.EMPLOYED).sum())
    after = lab.after(SET)
    counts = [np.bincount(w.occupation[w.status == status], minlength=len(occupations())) for status in Status]
    employed, without = counts[Status.EMPLOYED], counts[Status.UNEMPLOYED] + counts[Status.TRAINING]
    assert (after.occupations.employment == employed).all() and (after.occupations.unemployment == without).all()
    force = employed.sum() + without.sum()
    assert after.macro.labour_force == force
    assert after.macro.trainees == counts[Status.TRAINING].sum() > 0
    assert after.macro.unemployment_rate == pytest.approx(counts[Status.UNEMPLOYED].sum() / force, rel=EXACT)
    slack = without.sum() / force - structure.neutral_trainees
    assert after.macro.broad_unemployment == pytest.approx(slack, rel=EXACT)
    rate = without / np.maximum(without + employed, 1) - structure.neutral_trainees
    smooth = o.smooth_unemployment + 0.3 * (rate - o.smooth_unemployment)
    assert after.occupations.smooth_unemployment == pytest.approx(smooth, rel=EXACT)
    slack = max(slack, 0.005)
    relative = -np.log(np.maximum(smooth, 0.005) / slack)
    pull = lab.parameters.integration.wage_weight * math.log(max(1.0, lab.macro.talent_need))
    relative += pull * lab.constants.technical
    relative -= (employed * relative).sum() / employed.sum()
    tightness = math.log(labour.natural_unemployment / slack) + labour.own_occupation_weight * relative
    gained = o.ai_productivity - o.ai_productivity_paid
    own = labour.own_productivity_weight * (gained - (employed * gained).sum() / employed.sum())
    wanted = 0.015 + labour.wage_response * tightness + own
    growth = 1 + np.clip(wanted, labour.lowest_wage_growth, labour.highest_wage_growth)
    assert after.occupations.ai_productivity_paid == pytest.approx(o.ai_productivity, rel=EXACT)
    assert after.occupations.wage_index == pytest.approx(o.wage_index * growth, rel=EXACT)
    bill = employed * o.wage_index
    assert after.plans.wage_growth == pytest.approx((bill * growth).sum() / bill.sum(), rel=EXACT)


def test_wages_grow_within_bounds():
    lab = before(SET)
    for inflation, bound in ((0.5, "highest_wage_growth"), (-0.5, "lowest_wage_growth")):
        lab.macro.expected_inflation = inflation
        growth = lab.after(SET).occupations.wage_index / lab.occupations.wage_index - 1
        assert growth == pytest.approx(np.full(22, getattr(lab.parameters.labour, bound)), rel=EXACT)


@pytest.fixture
def paid():
    lab = before(PAY)
    lab.workers.ai_literate[::3] = 1
    lab.firms.ai_stage[::2] = 2
    lab.set("artificial_intelligence", learning_on_the_job=0.05)
    return lab, lab.after(PAY, ai_literacy=0.5)


def reviewed(lab):
    """Rows whose pay is reviewed: one quarter of the rows each quarter, of those at work who did not just begin."""
    w = lab.workers
    return (w.employer >= 0) & (w.unsettled < 1) & ((np.arange(w.rows) + lab.quarter) % 4 == 0)


def staff(lab, after):
    """Of everybody at work: row of the firm, plain and extra units, and the wage."""
    w, f, structure, ai = lab.workers, lab.firms, lab.constants, lab.parameters.artificial_intelligence
    at = w.employer >= 0
    firm, occupation = w.employer[at], w.occupation[at]
    plain = structure.occupation_premium[occupation] * after.workers.efficiency[at]
    extra = plain * f.assistance[firm] * lab.abilities.augmented[f.sector[firm], occupation]
    extra = np.where(w.ai_literate[at] == 1, extra, 0)
    wage = lab.occupations.wage_index[occupation] * (plain + ai.rent_share * extra)
    wage *= structure.wage_premium[f.sector[firm]] * after.workers.match_quality[at]
    wage *= 1 - lab.parameters.labour.tenure_pay * w.unsettled[at]
    return at, firm, plain + extra, wage


def test_a_wage_is_for_units_quality_sector_and_a_part_of_what_ai_adds(paid):
    lab, after = paid
    at, firm, units, wage = staff(lab, after)
    assert after.workers.wage[at] == pytest.approx(wage, rel=1e-6)
    assert (after.workers.reference_wage[at] == after.workers.wage[at]).all()
    assert (after.workers.reference_wage[~at] == lab.workers.reference_wage[~at]).all()
    f = after.firms
    for column, values in (("headcount", np.ones(at.sum())), ("efficiency_units", units), ("payroll", wage)):
        found = np.bincount(firm, weights=values, minlength=f.rows)
        assert getattr(f, column) == pytest.approx(found, rel=1e-6), column
    literate = np.bincount(firm, weights=lab.workers.ai_literate[at], minlength=f.rows)
    assert f.literate_share == pytest.approx(literate / np.maximum(f.headcount, 1), rel=EXACT)
    occupation = lab.workers.occupation[at]
    pay = np.bincount(occupation, weights=after.workers.wage[at], minlength=len(occupations()))
    assert after.occupations.wage_mean == pytest.approx(pay / np.maximum(lab.occupations.employment, 1), rel=EXACT)
    assert after.macro.mean_wage == pytest.approx(pay.sum() / lab.macro.employed, rel=EXACT)


def test_the_log_of_a_match_that_is_reviewed_is_an_ar1_and_low_pay_comes_back(paid):
    lab, after = paid
    w, labour, rows = lab.workers, lab.parameters.labour, reviewed(lab)
    old, new = (np.log(one.workers.match_quality[rows], dtype=float) for one in (lab, after))
    news = labour.match_deviation * math.sqrt(1 - labour.review_persistence**2)
    news = news * lab.normal("review", np.flatnonzero(rows))
    assert new == pytest.approx(labour.review_persistence * old + news, abs=1e-6)
    assert (after.workers.match_quality[~rows] == w.match_quality[~rows]).all()
    assert 0.2 < rows.sum() / (w.employer >= 0).sum() < 0.3
    fall = new < old
    assert 0.4 < fall.mean() < 0.6 and fall[old > 0].mean() > fall[old < 0].mean() + 0.1


def test_people_learn_at_work_until_45_and_to_use_ai_where_it_is_used(paid):
    lab, after = paid
    w, f, labour, ai = lab.workers, lab.firms, lab.parameters.labour, lab.parameters.artificial_intelligence
    at = w.employer >= 0
    growth = np.where(at & (w.age < 45), 1 + labour.learning, 1)
    assert after.workers.efficiency == pytest.approx(w.efficiency * growth, rel=1e-6)
    stage = np.where(at, f.ai_stage[w.employer], 0)
    chance = ai.learning_on_the_job * (1 + 2.0 * 0.5) * stage
    learned = at & (stage > 0) & (w.ai_literate == 0) & (lab.uniform("literacy", range(w.rows)) < chance)
    assert (after.workers.ai_literate == np.where(learned, 1, w.ai_literate)).all()
    assert learned.sum() > 3 and labour.learning > 0
