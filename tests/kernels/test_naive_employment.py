"""Plans, quits, layoffs and vacancies of a few firms.

Worked out from docs/model/equations/plans_of_firms.md and labour_market.md.
"""

from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Owner, Status
from abm.kernels.employment import adjust_staff, measure_staff, occupation_mix, order_staff, plan_firms, quit_jobs
from abm.parameters import Parameters
from abm.state import Staff, Workers

pytestmark = pytest.mark.kernels

RULES = Parameters()
LABOUR, FIRMS = RULES.labour, RULES.firms


def numbers(*values):
    return np.array(values, dtype=float)


def test_firms_plan_what_they_expect_to_sell_and_the_labour_for_it(plain):
    firms = Few(
        sector=np.array([0, 0, 1, 1], dtype=np.uint8), expected_demand=numbers(10, 10, 10, 20),
        demand_signal=numbers(12, 8, 10, 20), inventory=numbers(1, 60, 1, 0), capital=numbers(100, 100, 100, 10),
        capital_productivity=numbers(0.5, 0.5, 0.5, 0.6), productivity=numbers(2, 2, 2, 4),
        labour_per_unit=numbers(0.8, 1, 1, 1), research_share=numbers(0.1, 0.05, 0, 0), planned_output=np.zeros(4),
        labour_demand=np.zeros(4), office_use=numbers(0.5, 0, 0.9, 0), process_use=numbers(0.3, 0, 0, 0),
        labour_factor=np.zeros(4),
    )  # fmt: skip
    sectors = Few(trend_growth=numbers(0.02, -0.01))
    structure = Few(
        storable=np.array([True, False]), research_staff=numbers(0.05, 0.0), capital_share=numbers(0.4, 0.3)
    )  # fmt: skip
    abilities = Few(inventory=np.array([[0.2, 0.9], [0.1, 0.9]]))  # no service keeps a stock that AI could save
    plain(plan_firms)(firms, sectors, structure, abilities, FIRMS)
    gain, speed, target = FIRMS.demand_gain, FIRMS.inventory_speed, FIRMS.inventory_target
    first, second = (10 + gain * 2) * 1.02, (10 - gain * 2) * 1.02
    assert firms.expected_demand == pytest.approx([first, second, 9.9, 19.8])
    planned = [
        first + speed * (target * (1 - 0.2 * 0.5 - 0.1 * 0.3) * first - 1),
        FIRMS.least_plan * second,
        9.9,
        6.0,
    ]  # a good, one with full stores, a service, one with too little capital
    assert second + speed * (target * second - 60) < planned[1]
    assert firms.planned_output == pytest.approx(planned)
    at_work = numbers(0.9 / 0.95, 1, 1, 1)
    capital = FIRMS.normal_utilisation * numbers(50, 50, 50, 6) / planned  # of the usual for what is planned
    share, power = numbers(0.4, 0.4, 0.3, 0.3), 1 - 1 / FIRMS.substitution
    factor = ((1 - share * capital**power) / (1 - share)) ** (1 / power)
    assert firms.labour_factor == pytest.approx(factor)
    assert (factor[:3] < 1).all() and factor[3] > 1  # who has little capital needs more labour
    usual = planned * numbers(0.8, 1, 1, 1) / (numbers(2, 2, 2, 4) * at_work)
    assert firms.labour_demand == pytest.approx(usual * factor)


def test_a_firm_that_plans_nothing_wants_nobody(plain):
    firms = Few(
        **{name: np.ones(1) for name in ("capital", "capital_productivity", "productivity", "labour_per_unit")},
        **{name: np.zeros(1) for name in ("expected_demand", "demand_signal", "inventory", "research_share")},
        **{name: np.zeros(1) for name in ("office_use", "process_use")},
        **{name: np.full(1, 9.0) for name in ("planned_output", "labour_demand", "labour_factor")},
        sector=np.zeros(1, dtype=np.uint8),
    )  # fmt: skip
    structure = Few(storable=np.array([False]), research_staff=np.zeros(1), capital_share=np.full(1, 0.4))
    abilities = Few(inventory=np.zeros((2, 1)))
    plain(plan_firms)(firms, Few(trend_growth=np.zeros(1)), structure, abilities, FIRMS)
    assert firms.planned_output == firms.labour_demand == firms.labour_factor == [0.0]


def test_who_is_employed_quits_by_the_rate(plain, drawn):
    status = np.array([Status.EMPLOYED] * 30 + [Status.RETIRED] * 5, dtype=np.uint8)
    workers = Few(
        status=status.copy(), employer=np.where(status == Status.EMPLOYED, 4, -1), jobless_quarters=np.full(35, 7)
    )  # fmt: skip
    plain(quit_jobs)(workers, 0.3, 1, 9)
    gone = [row < 30 and drawn("separation", row) < 0.3 for row in range(35)]
    assert 0 < sum(gone) < 30
    assert (workers.status == np.where(gone, Status.UNEMPLOYED, status)).all()
    assert (workers.employer == [-1 if gone[row] or row >= 30 else 4 for row in range(35)]).all()
    assert (workers.jobless_quarters == np.where(gone, 0, 7)).all()


@pytest.mark.parametrize(("workers", "firms"), [(500, 40), (30, 60), (1, 1), (200, 1), (60_000, 700)])
def test_staff_is_a_stable_sort_by_employer(workers, firms):
    """From 50,000 workers on it is done in chunks."""
    adults, staff = Workers(workers), Staff(workers, firms)
    adults.employer[:] = np.random.default_rng(7).integers(-1, firms, workers)
    for threads in (1, 2):
        staff.order[:], staff.start[:] = -9, -9
        order_staff[threads](adults.view, staff.view)
        employed = np.flatnonzero(adults.employer >= 0)
        naive = employed[np.argsort(adults.employer[employed], kind="stable")]
        assert np.array_equal(staff.order[: employed.size], naive)
        assert np.array_equal(staff.order[employed.size :], np.flatnonzero(adults.employer < 0))
        assert np.array_equal(staff.start, np.searchsorted(adults.employer[naive], np.arange(firms + 1)))


def test_staff_is_measured_in_efficiency_units_with_what_ai_adds_for_the_literate(plain):
    workers = Few(
        employer=np.array([0, 1, 1, -1]), occupation=np.array([0, 1, 1, 0]), ai_literate=np.array([1, 1, 0, 1]),
        efficiency=np.array([1.5, 0.5, 0.5, 1.0], dtype=np.float32),
    )  # fmt: skip
    structure = Few(occupation_premium=numbers(0.8, 2.0))
    firms = Few(assistance=numbers(0.4, 0.8), sector=np.array([1, 0], dtype=np.uint8))
    abilities = Few(augmented=np.array([[0.9, 0.25], [0.5, 0.9]]))
    work = np.full(4, 77, dtype=np.uint32)
    plain(measure_staff)(firms, workers, structure, abilities, work)
    units = numbers(0.8 * 1.5 * (1 + 0.4 * 0.5), 2.0 * 0.5 * (1 + 0.8 * 0.25), 2.0 * 0.5)
    assert (work >> 5)[:3] / 262144 == pytest.approx(units, abs=1 / 262144)
    assert (work & 31)[:3].tolist() == [0, 1, 1]
    assert work[3] == 0


SECTORS, OCCUPATIONS = 2, 3
STAFFING = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
PREMIUM = numbers(0.8, 1.0, 2.0)
# What office and process AI do alone, and what office AI adds, by sector and occupation.
AUTOMATED = np.array([[[0.1, 0.5, 0.3], [0.2, 0.0, 0.1]], [[0.4, 0.2, 0.0], [0.0, 0.3, 0.1]]])
AUGMENTED = np.array([[0.2, 0.1, 0.6], [0.3, 0.2, 0.1]])
ABILITIES = Few(automated=AUTOMATED, augmented=AUGMENTED)
NEW_TASKS = numbers(0.2, 0.2, 0.6)
WAGES = numbers(9, 10, 14)


def structure_of(owner=(Owner.SHAREHOLDERS, Owner.OWN_WORKERS)):
    return Few(staffing=STAFFING, occupation_premium=PREMIUM, new_task_weight=NEW_TASKS, owner=np.array(owner))


def sectors_of():
    return Few(automation=np.zeros(2), process_automation=np.zeros(2), augmentation=np.zeros(2))


def naive_mix():
    mix = STAFFING * (WAGES / WAGES.mean()) ** -LABOUR.occupation_elasticity
    return mix / mix.sum(axis=1)[:, None]


def test_the_mix_of_occupations_leans_to_cheap_ones(plain):
    sectors = sectors_of()
    mix = plain(occupation_mix)(sectors, Few(wage_index=WAGES), structure_of(), ABILITIES, LABOUR)
    assert mix == pytest.approx(naive_mix())
    assert mix[0, 0] > 0.5 and mix[0, 2] < 0.2
    for found, able in (
        (sectors.automation, AUTOMATED[0]), (sectors.process_automation, AUTOMATED[1]),
        (sectors.augmentation, AUGMENTED),
    ):  # fmt: skip
        assert found == pytest.approx([naive_mix()[s] @ able[s] for s in range(SECTORS)])


# Staffs of five firms by occupation, one unit and a half each: short, in excess, in excess on own account,
# in excess with one worker, within the band.
STAFFS = ([0, 1], [0] * 6 + [1] * 6 + [2] * 4, [0] * 8, [1], [1, 1])
UNIT = 1.5
WANTED = numbers(9.0, 16.0, 2.0, 0.2, 2.95)
USE, PLANT = numbers(0.6, 0.9, 0, 0, 0), numbers(0.2, 0.4, 0, 0, 0)
RENEWED, PER_UNIT = numbers(0.3, 0.2, 0, 0, 0), numbers(0.8, 0.7, 1, 1, 1)


def adjusted(plain, gone=(), labour=LABOUR, seed=1, wanted=WANTED):
    """Outcome of adjust_staff; the rows ``gone`` have left since the staff was put in order."""
    occupation = np.array([o for staff in STAFFS for o in staff])
    employer = np.repeat(np.arange(len(STAFFS)), [len(staff) for staff in STAFFS]).astype(np.int32)
    rows = np.arange(employer.size)
    work = np.where(np.isin(rows, gone), 0, (int(UNIT * 262144) << 5) | occupation).astype(np.uint32)
    workers = Few(
        employer=employer.copy(), status=np.zeros(rows.size, dtype=np.uint8), jobless_quarters=np.full(rows.size, 5)
    )  # fmt: skip
    firms = Few(
        sector=np.array([0, 0, 1, 0, 0], dtype=np.uint8), office_use=USE, process_use=PLANT, labour_demand=wanted,
        labour_per_unit=PER_UNIT, new_task_share=RENEWED, vacancies=np.full(5, 99, dtype=np.int32),
    )  # fmt: skip
    plans = Few(openings=np.full((5, OCCUPATIONS), 99, dtype=np.uint16))
    staff = Few(order=rows, start=np.concatenate([[0], np.cumsum([len(one) for one in STAFFS])]))
    occupations = Few(wage_index=WAGES, vacancies=np.zeros(OCCUPATIONS))
    offered = plain(adjust_staff)(
        firms, sectors_of(), workers, occupations, structure_of(), ABILITIES, plans, labour, staff, work, seed, 9
    )
    return Few(workers=workers, firms=firms, openings=plans.openings, occupations=occupations, offered=offered,
               employer=employer, occupation=occupation)  # fmt: skip


def wanted_by_occupation(i):
    s = 1 if i == 2 else 0
    kept = np.maximum(0, 1 - USE[i] * AUTOMATED[0, s] - PLANT[i] * AUTOMATED[1, s])
    return WANTED[i] / PER_UNIT[i] * (naive_mix()[s] * kept + RENEWED[i] * NEW_TASKS)


def have(i):
    return UNIT * np.bincount(STAFFS[i], minlength=OCCUPATIONS)


def test_a_firm_short_of_labour_offers_the_jobs_it_is_short_of(plain, drawn):
    done = adjusted(plain)
    gaps = np.maximum(0, wanted_by_occupation(0) - have(0))
    jobs = gaps / gaps.sum() * (WANTED[0] - 3.0) / PREMIUM
    offers = [int(jobs[o] + drawn("vacancy", 0 * OCCUPATIONS + o)) for o in range(OCCUPATIONS)]
    assert sum(offers) > 2 and len(set(offers)) > 1
    assert done.openings[0].tolist() == offers and done.firms.vacancies[0] == sum(offers) == done.offered
    assert (done.openings[1:] == 0).all() and (done.firms.vacancies[1:] == 0).all()
    assert done.occupations.vacancies.tolist() == offers


def test_a_firm_in_excess_dismisses_part_of_it_the_overrepresented_first(plain, drawn):
    for firing_speed in (0.3, 0.6, 0.9):
        done = adjusted(plain, labour=replace(LABOUR, firing_speed=firing_speed))
        want, units = wanted_by_occupation(1), have(1)
        weight = np.where(units > LABOUR.overstaffed * want, 1.0, LABOUR.spared)
        assert set(weight) == {1.0, LABOUR.spared}
        excess = units.sum() - WANTED[1] * (1 + LABOUR.hoarding)
        chance = firing_speed * excess / (units * weight).sum() * weight
        rows = np.flatnonzero(done.employer == 1)
        gone = [row for row in rows if drawn("layoff", row) < chance[done.occupation[row]]]
        assert 0 < len(gone) < rows.size
        left = np.flatnonzero(done.workers.employer != done.employer)
        assert left.tolist() == gone
        assert (done.workers.status[left] == Status.UNEMPLOYED).all() and (done.workers.employer[left] == -1).all()
        assert (done.workers.jobless_quarters[left] == 0).all()


def test_farmers_the_last_of_a_staff_and_hoarded_labour_stay(plain):
    for seed in range(1, 20):
        done = adjusted(plain, labour=replace(LABOUR, firing_speed=1.0), seed=seed)
        assert (done.workers.employer[done.employer >= 2] >= 0).all()
        assert (done.workers.employer == 1).sum() >= 1


def test_one_stays_even_where_nobody_is_wanted(plain):
    wanted = WANTED.copy()
    wanted[1] = 1e-3
    done = adjusted(plain, labour=replace(LABOUR, firing_speed=1.0, spared=1.0), wanted=wanted)
    assert (done.workers.employer == 1).sum() == 1


def test_who_has_left_counts_no_more(plain):
    """Without four of its staff the second firm has nobody too many."""
    rows = np.flatnonzero(adjusted(plain).employer == 1)
    done = adjusted(plain, gone=rows[:5])
    assert (done.workers.employer == done.employer).all()
