"""Benefits by insurance, age and length of the spell; search and participation as elasticities say."""

import numpy as np
import pytest

from abm.kernels.support import benefit_of, gather_searchers, review_participation, search_chance

pytestmark = pytest.mark.kernels

ROWS = 4_000
EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED, ABSENT = range(6)
RULES = {"rate": 0.2, "take_up": 0.4, "years_per_quarter": 5.0, "longest": 8.0}


def benefit(row=0, insured=1, jobless=0, age=40.0, wage=10.0, quarter=20, **changed):
    return benefit_of(7, quarter, row, insured, jobless, age, wage, *(RULES | changed).values())


def test_a_benefit_lasts_a_quarter_for_every_five_years_and_eight_at_most():
    certain = {"take_up": 1.0}
    for age, quarters in ((20.0, 0), (24.75, 1), (40.0, 4), (52.0, 7), (61.0, 8)):
        drawn = [benefit(jobless=spell, age=age, **certain) > 0 for spell in range(12)]
        assert drawn == [spell < quarters for spell in range(12)]
    assert benefit(**certain) == pytest.approx(2.0)
    assert benefit(insured=0, **certain) == 0.0


def test_who_draws_does_so_for_the_whole_spell_and_may_not_in_the_next():
    rows = range(ROWS)
    drawing = np.array([benefit(row, jobless=2) > 0 for row in rows])
    assert drawing.mean() == pytest.approx(RULES["take_up"], abs=0.03)
    later = np.array([benefit(row, jobless=3, quarter=21) > 0 for row in rows])
    other = np.array([benefit(row, jobless=2, quarter=33) > 0 for row in rows])
    assert np.array_equal(drawing, later)
    assert np.mean(drawing != other) == pytest.approx(2 * 0.4 * 0.6, abs=0.04)


def test_search_falls_with_the_replacement_by_its_elasticity():
    low, high = (search_chance(received, 1.0, 0.5, 0.2, 0.4) for received in (0.3, 0.6))
    assert np.log(high / low) / np.log(2.0) == pytest.approx(-0.4, rel=1e-12)
    assert search_chance(0.2, 1.0, 0.5, 0.2, 0.4) == search_chance(2.0, 10.0, 0.5, 0.2, 0.4) == pytest.approx(0.5)
    assert search_chance(0.9, 1.0, 0.5, 0.2, 0.0) == 0.5
    assert search_chance(0.0, 1.0, 0.5, 0.2, 0.4) == 1.0  # never more than certain


def searching(elasticity=0.4, windfall=0.0):
    status = np.where(np.arange(ROWS) % 2, EMPLOYED, UNEMPLOYED).astype(np.uint8)
    insured, jobless = np.zeros(ROWS, dtype=np.uint8), np.zeros(ROWS, dtype=np.uint16)
    age, wage, found = np.full(ROWS, 40.0, dtype=np.float32), np.full(ROWS, 1.0), np.zeros(ROWS, dtype=np.int32)
    number, together = gather_searchers(
        3, 20, 5, 7, status, insured, jobless, age, wage, *RULES.values(), 0.2, windfall, 0.5, 0.2, elasticity, found
    )
    return found[:number], together / (status == UNEMPLOYED).sum()


def test_searchers_are_unemployed_and_as_many_as_their_chances_say():
    for windfall, expected in ((0.0, 0.5), (0.2, 0.5 * 2**-0.4)):
        rows, mean = searching(windfall=windfall)
        assert (rows % 2 == 0).all() and (np.diff(rows) > 0).all()
        assert mean == pytest.approx(expected, rel=1e-12)
        assert rows.size / (ROWS / 2) == pytest.approx(expected, abs=0.03)
    assert set(searching(windfall=0.2)[0]) < set(searching()[0])  # the same luck, a lower chance


def labour_force(leisure_seed=3):
    luck = np.random.default_rng(leisure_seed)
    leisure = luck.random(ROWS).astype(np.float32)
    status = np.where(leisure < 0.93, EMPLOYED, INACTIVE).astype(np.uint8)
    status[:200], status[200:300] = RETIRED, ABSENT
    return {
        "status": status, "employer": np.where(status == EMPLOYED, 5, -1).astype(np.int32),
        "participates": (status == EMPLOYED).astype(np.uint8), "age": np.full(ROWS, 40.0, dtype=np.float32),
        "leisure": leisure, "jobless_quarters": np.zeros(ROWS, dtype=np.uint16),
        "training_left": np.zeros(ROWS, dtype=np.uint8), "reference_wage": np.full(ROWS, 1.0),
    }  # fmt: skip


def reviewed(basic_income, factor=1.0, quarters=16, people=None):
    people = people or labour_force()
    left = [
        review_participation(quarter, *people.values(), 0.93, 1.0, basic_income, 0.1, 35.0, factor, 0.03)
        for quarter in range(quarters)
    ]
    return people, left


def test_without_basic_income_nobody_changes_their_mind():
    before = labour_force()
    people, left = reviewed(0.0)
    assert not any(left)
    assert all(np.array_equal(people[name], before[name]) for name in before)


def test_a_basic_income_lowers_earnings_by_a_tenth_of_it():
    before = labour_force()["participates"].sum()
    people, left = reviewed(0.3)
    adults = (people["status"] != RETIRED) & (people["status"] != ABSENT)
    assert sum(left) == before - people["participates"].sum()
    assert sum(left) / adults.sum() == pytest.approx(0.1 * 0.3, abs=0.01)
    gone = people["status"] == INACTIVE
    assert (people["employer"][gone] == -1).all() and not people["participates"][gone].any()
    assert (people["status"][:200] == RETIRED).all() and (people["status"][200:300] == ABSENT).all()
    assert max(left) < 0.3 * sum(left)  # by turns, not all at once
    people, back = reviewed(0.0, people=people)
    assert sum(back) == -sum(left)
    assert people["participates"].sum() == before


def test_better_pensions_let_some_of_the_older_leave():
    _, left = reviewed(0.0, factor=1.5)
    assert 0.5 * 0.03 * 0.6 < sum(left) / ROWS < 0.5 * 0.03 * 1.4
