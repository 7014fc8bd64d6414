"""Wages of a few workers, worked out from the equations of docs/model/equations/wages_and_prices.md."""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Status
from abm.kernels.draws import STREAMS, normal, stream_key
from abm.kernels.wages import add_up_staff, pay_wages, review_pay, set_wages
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

LABOUR = Parameters().labour
NEUTRAL = 0.01  # trainees of the labour force
EMPLOYED, UNEMPLOYED, TRAINING, OTHERS = Status.EMPLOYED, Status.UNEMPLOYED, Status.TRAINING, Status.RETIRED
# Adults of three occupations: seven employed, one unemployed; four, one, one trainee; two, none.
STATUS = [EMPLOYED] * 7 + [UNEMPLOYED] + [EMPLOYED] * 4 + [UNEMPLOYED, TRAINING] + [EMPLOYED] * 2 + [OTHERS] * 3
OCCUPATION = [0] * 8 + [1] * 6 + [2] * 2 + [0, 1, 2]


def numbers(*values):
    return np.array(values, dtype=float)


def set_by(plain, labour=LABOUR, inflation=0.005, gained=(0.0, 0.0, 0.0)):
    """``gained`` is what AI has added to the productivity of each occupation since wages last took account of it."""
    workers = Few(status=np.array(STATUS, dtype=np.uint8), occupation=np.array(OCCUPATION, dtype=np.uint8))
    occupations = Few(
        employment=np.zeros(3), unemployment=np.zeros(3), wage_index=numbers(10, 20, 15),
        smooth_unemployment=numbers(0.05, 0.1, 0.02), ai_productivity=numbers(0.01, 0.02, 0.03) + gained,
        ai_productivity_paid=numbers(0.01, 0.02, 0.03),
    )  # fmt: skip
    macro = Few(employed=13.0, expected_inflation=inflation, expected_growth=0.01)
    growth = plain(set_wages)(workers, occupations, Few(neutral_trainees=NEUTRAL), [macro], labour)
    return occupations, macro, growth


def test_the_labour_force_is_counted_and_wages_follow_slack(plain):
    occupations, macro, growth = set_by(plain)
    assert occupations.employment.tolist() == [7, 4, 2] and occupations.unemployment.tolist() == [1, 2, 0]
    assert (macro.trainees, macro.labour_force) == (1, 16)
    assert macro.unemployment_rate == pytest.approx(2 / 16)
    slack = 3 / 16 - NEUTRAL
    assert macro.broad_unemployment == pytest.approx(slack)
    smooth = [
        before + LABOUR.unemployment_smoothing * (without / (without + working) - NEUTRAL - before)
        for before, without, working in ((0.05, 1, 7), (0.1, 2, 4), (0.02, 0, 2))
    ]
    assert occupations.smooth_unemployment == pytest.approx(smooth)
    relative = [-math.log(max(one, LABOUR.lowest_unemployment) / slack) for one in smooth]
    mean = (7 * relative[0] + 4 * relative[1] + 2 * relative[2]) / 13
    wages = []
    for one, wage in zip(relative, (10, 20, 15)):
        tightness = math.log(LABOUR.natural_unemployment / slack) + LABOUR.own_occupation_weight * (one - mean)
        wages.append(wage * (1 + 0.005 + 0.01 + LABOUR.wage_response * tightness))
    assert occupations.wage_index == pytest.approx(wages)
    before, after = 7 * 10 + 4 * 20 + 2 * 15, 7 * wages[0] + 4 * wages[1] + 2 * wages[2]
    assert growth == pytest.approx(after / before)
    assert wages[0] / 10 != pytest.approx(wages[1] / 20, rel=1e-4)


def test_wages_follow_in_part_what_ai_makes_of_the_own_productivity(plain):
    gained = (-0.02, 0.01, 0.0)
    mean = (7 * gained[0] + 4 * gained[1] + 2 * gained[2]) / 13
    for weight in (0.0, 0.3, 1.0):
        labour = replace(LABOUR, own_productivity_weight=weight, lowest_wage_growth=-1.0)
        without, with_it = (set_by(plain, labour, gained=one)[0] for one in ((0.0, 0.0, 0.0), gained))
        added = (with_it.wage_index - without.wage_index) / numbers(10, 20, 15)
        assert added == pytest.approx([weight * (one - mean) for one in gained], abs=1e-15)
        assert np.array_equal(with_it.ai_productivity_paid, with_it.ai_productivity)
        assert 7 * added[0] + 4 * added[1] + 2 * added[2] == pytest.approx(0.0, abs=1e-15)


def test_growth_has_a_floor_and_a_ceiling(plain):
    for inflation, bound in ((1.0, LABOUR.highest_wage_growth), (-1.0, LABOUR.lowest_wage_growth)):
        occupations, _, growth = set_by(plain, inflation=inflation)
        assert occupations.wage_index == pytest.approx((1 + bound) * numbers(10, 20, 15))
        assert growth == pytest.approx(1 + bound)


def test_unemployment_below_a_limit_raises_wages_no_further(plain):
    low, lower = (set_by(plain, replace(LABOUR, lowest_unemployment=limit))[0].wage_index for limit in (0.9, 0.95))
    assert low != pytest.approx(lower, rel=1e-5)
    assert set_by(plain, replace(LABOUR, lowest_unemployment=1e-4))[0].wage_index[2] > low[2]


# Five workers at two firms and one without a job, in two occupations.
EMPLOYER = [1, -1, 0, 1, 0, 1]
KIND = [0, 1, 1, 1, 0, 0]
LITERATE = [1, 1, 0, 0, 1, 0]
AGE = [30.0, 30.0, 44.75, 45.0, 60.0, 25.0]
SKILL = [1.0, 2.0, 0.5, 1.5, 0.8, 1.1]
USE, STAGE, SECTOR = (0.0, 0.6), (0, 2), (1, 0)
PREMIUM, INDEX, SECTOR_PREMIUM = (0.9, 1.4), (10.0, 12.0), (1.1, 0.8)
HELP = ((0.3, 0.5), (0.7, 0.9))  # what AI adds to a literate worker, by sector and occupation
ALONE = (((0.2, 0.6), (0.1, 0.4)), ((0.0, 0.3), (0.05, 0.0)))  # what it does alone, by kind, sector and occupation
DESKS, PLANTS, MOST = (0.0, 0.5), (0.2, 0.1), 0.95
RENT, UNSETTLED = 0.4, [1.0, 0.7, 0.0, 0.25, 0.5, 0.9]
QUALITY, QUARTER = 1.25, 9


def paid(plain, chance=0.4, labour=LABOUR, quarter=QUARTER):
    workers = Few(
        employer=np.array(EMPLOYER, dtype=np.int32), occupation=np.array(KIND, dtype=np.uint8),
        ai_literate=np.array(LITERATE, dtype=np.uint8), age=np.array(AGE, dtype=np.float32),
        efficiency=np.array(SKILL, dtype=np.float32), match_quality=np.full(6, QUALITY, dtype=np.float32),
        wage=np.full(6, 3.0), reference_wage=np.full(6, 4.0), unsettled=np.array(UNSETTLED, dtype=np.float32),
    )  # fmt: skip
    firms = Few(
        sector=np.array(SECTOR, dtype=np.uint8), assistance=numbers(*USE), ai_stage=np.array(STAGE, dtype=np.uint8),
        headcount=np.zeros(2, dtype=np.int32), efficiency_units=np.zeros(2), payroll=np.zeros(2),
        literate_share=np.zeros(2),
    )  # fmt: skip
    structure = Few(occupation_premium=numbers(*PREMIUM), wage_premium=numbers(*SECTOR_PREMIUM))
    firms.office_use, firms.process_use = numbers(*DESKS), numbers(*PLANTS)
    abilities = Few(augmented=np.array(HELP), automated=np.array(ALONE))
    occupations = Few(
        wage_index=numbers(*INDEX), employment=numbers(3, 2), wage_mean=np.zeros(2), ai_productivity=np.zeros(2)
    )
    sums, pay = np.full((1, 2, 3), 9.0), np.full((1, 2, 3), 9.0)
    plain(pay_wages)(firms, workers, occupations, structure, abilities, labour, RENT, chance, sums, pay, 1, quarter)
    macro, staff = Few(employed=5.0), Few(start=np.array([0, 2, 5]))
    plain(add_up_staff)(firms, occupations, [macro], MOST, staff, sums, pay)
    return workers, firms, occupations, macro


def quality_of(row, drawn, quarter=QUARTER, labour=LABOUR):
    """Of those at work the quality is looked at anew where row + quarter is a multiple of four, not when they begin."""
    if (row + quarter) % 4 or EMPLOYER[row] < 0 or UNSETTLED[row] == 1:
        return QUALITY
    kept = labour.review_persistence
    news = labour.match_deviation * math.sqrt(1 - kept**2) * drawn("review", row, quarter=quarter, kind=normal)
    return math.exp(kept * math.log(QUALITY) + news)


def expected(drawn):
    """[(units, wage)] of each worker."""
    found = []
    for row, (firm, o, literate) in enumerate(zip(EMPLOYER, KIND, LITERATE)):
        age, skill, unsettled = AGE[row], SKILL[row], UNSETTLED[row]
        skill *= 1 + LABOUR.learning if age < LABOUR.learning_stops else 1
        unit = PREMIUM[o] * skill
        extra = unit * USE[firm] * HELP[SECTOR[firm]][o] if literate else 0.0
        wage = INDEX[o] * (unit + RENT * extra) * SECTOR_PREMIUM[SECTOR[firm]] * quality_of(row, drawn)
        found.append((unit + extra, wage * (1 - LABOUR.tenure_pay * unsettled)))
    return found


def test_a_wage_is_index_times_units_times_premia(plain, drawn):
    workers, firms, occupations, macro = paid(plain)
    units, wages = map(list, zip(*expected(drawn)))
    wages[1], units[1] = 3.0, 0.0  # without a job
    assert workers.wage == pytest.approx(wages, rel=1e-6)
    wages[1] = 4.0
    assert workers.reference_wage == pytest.approx(wages, rel=1e-6)
    members = ([2, 4], [0, 3, 5])
    for firm, rows in enumerate(members):
        assert firms.efficiency_units[firm] == pytest.approx(sum(units[row] for row in rows), rel=1e-6)
        assert firms.payroll[firm] == pytest.approx(sum(wages[row] for row in rows), rel=1e-6)
        assert firms.literate_share[firm] == sum(LITERATE[row] for row in rows) / len(rows)
    assert firms.headcount.tolist() == [2, 3]
    assert occupations.wage_mean == pytest.approx(
        [(wages[0] + wages[4] + wages[5]) / 3, (wages[2] + wages[3]) / 2], rel=1e-6
    )
    assert macro.mean_wage == pytest.approx((sum(wages) - 4.0) / 5, rel=1e-6)


def test_pay_is_reviewed_once_a_year(plain, drawn):
    reviews = np.zeros(6, dtype=int)
    for quarter in range(QUARTER, QUARTER + 4):
        workers, *_ = paid(plain, quarter=quarter)
        quality = [quality_of(row, drawn, quarter) for row in range(6)]
        assert workers.match_quality == pytest.approx(quality, rel=1e-6)
        reviews += workers.match_quality != np.float32(QUALITY)
    assert reviews.tolist() == [0, 0, 1, 1, 1, 1]  # the first begins, the second has no job


def test_with_full_persistence_nothing_of_a_match_changes(plain):
    for quarter in range(4):
        workers, *_ = paid(plain, labour=replace(LABOUR, review_persistence=1.0), quarter=quarter)
        assert (workers.match_quality == np.float32(QUALITY)).all()


def test_reviews_keep_mean_and_dispersion_of_a_match_and_cut_as_many_as_they_raise(plain):
    rows, labour = 10_000, replace(LABOUR, match_deviation=0.2, review_persistence=0.6)
    quality = np.exp(0.2 * np.random.default_rng(1).standard_normal(rows)).astype(np.float32)
    start, before = quality.copy(), np.log(quality.astype(float))
    at_work, settled = np.zeros(rows, dtype=np.int32), np.zeros(rows, dtype=np.float32)
    for quarter in range(4):
        key = stream_key(1, quarter, STREAMS["review"])
        plain(review_pay)(at_work, settled, quality, labour, key, quarter, 0, rows)
    after = np.log(quality.astype(float))
    assert (quality != start).all()
    assert after.mean() == pytest.approx(0.0, abs=0.008) and after.std() == pytest.approx(0.2, rel=0.03)
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(0.6, abs=0.02)
    assert (after - before).std() == pytest.approx(0.2 * math.sqrt(2 * (1 - 0.6)), rel=0.02)
    assert (after < before).mean() == pytest.approx(0.5, abs=0.02)


def test_tenure_is_earned_at_work(plain):
    workers, *_ = paid(plain)
    left = [one * (1 - LABOUR.settling * (row != 1)) for row, one in enumerate(UNSETTLED)]
    assert workers.unsettled == pytest.approx(left, rel=1e-6)


def test_ai_makes_an_occupation_more_productive_less_what_it_displaces(plain):
    _, _, occupations, _ = paid(plain)
    under = [[row for row in range(6) if KIND[row] == o and EMPLOYER[row] == 1] for o in (0, 1)]
    for o, heads in ((0, 3), (1, 2)):
        staff = [(EMPLOYER[row], SECTOR[EMPLOYER[row]]) for row in range(6) if KIND[row] == o and EMPLOYER[row] >= 0]
        displaced = sum(DESKS[i] * ALONE[0][s][o] + PLANTS[i] * ALONE[1][s][o] for i, s in staff) / heads
        augmented = sum(USE[1] * HELP[SECTOR[1]][o] * LITERATE[row] for row in under[o]) / heads
        assert occupations.ai_productivity[o] == pytest.approx(math.log(1 - displaced) + math.log(1 + augmented))


def test_people_learn_at_work_when_young_and_ai_where_it_is_used(plain, drawn):
    workers, *_ = paid(plain, chance=0.4)
    learned = np.array(SKILL) * [1 + LABOUR.learning * (age < 45 and row != 1) for row, age in enumerate(AGE)]
    assert workers.efficiency == pytest.approx(learned, rel=1e-6)
    for chance in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5):
        workers, *_ = paid(plain, chance=chance)
        able = [
            literate or (firm >= 0 and drawn("literacy", row) < chance * STAGE[firm])
            for row, (firm, literate) in enumerate(zip(EMPLOYER, LITERATE))
        ]
        assert workers.ai_literate.tolist() == able
    assert sum(able) > sum(LITERATE)
