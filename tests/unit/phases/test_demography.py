"""Ageing, death, estates, entrants, participation and leaving the farm.

Worked out from docs/model/equations/people.md and labour_market.md.
"""

from dataclasses import replace

import numpy as np
import pytest
from laboratory import Status, before, occupations

pytestmark = pytest.mark.unit

EXACT = 1e-9
AGE, YOUNG, RECONSIDER, LEAVE = (
    "workers_age_and_retire", "young_come_of_age", "adults_review_participation", "farmers_leave"
)  # fmt: skip


def dying(lab):
    """(workers,) bool: those whose turn it is and whose draw is below the risk of their age."""
    w, people = lab.workers, lab.parameters.demography
    risk = lab.constants.generations.death_rate * (1 - people.mortality_decline) ** lab.quarter
    age = np.clip((w.age + 0.25).astype(int) - 20, 0, 80)
    turn = (np.arange(w.rows) + lab.quarter) % 4 == 0
    return (w.status != Status.ABSENT) & turn & (lab.uniform("death", range(w.rows)) < risk[age])


def retirement_age(lab, later=0.0):
    labour, people = lab.parameters.labour, lab.parameters.demography
    passed = np.clip((lab.quarter - 4) / 60, 0, 1)
    return labour.retirement_age + people.retirement_rise * passed + later


@pytest.mark.parametrize("later", [0.0, 3.0])
def test_all_grow_older_some_die_and_some_retire(later):
    lab = before(AGE)
    w, after = lab.workers, lab.after(AGE, later_retirement=later).workers
    dead = dying(lab)
    here = (w.status != Status.ABSENT) & ~dead
    assert after.age[here] == pytest.approx(w.age[here] + 0.25, rel=1e-6)
    assert (after.status[dead] == Status.ABSENT).all() and (after.employer[dead] == -1).all()
    old = here & (after.age >= retirement_age(lab, later)) & (w.status != Status.RETIRED)
    expected = np.where(dead, Status.ABSENT, np.where(old, Status.RETIRED, w.status))
    assert (after.status == expected).all()
    assert (after.employer == np.where(dead | old, -1, w.employer)).all()
    waiting = here & np.isin(w.status, (Status.UNEMPLOYED, Status.TRAINING, Status.INACTIVE))
    assert (after.jobless_quarters[waiting] == np.minimum(w.jobless_quarters[waiting] + 1, 1000)).all()
    assert dead.sum() > 1 and (waiting.sum() > 20) and (old.any() or later)


def test_skills_are_forgotten_after_a_quarter_without_a_job():
    lab = before(AGE)
    lab.set("labour", forgetting=0.02)
    w, after = lab.workers, lab.after(AGE).workers
    forgets = (w.status == Status.UNEMPLOYED) & (w.jobless_quarters >= 1) & ~dying(lab)
    kept = np.where(forgets, 0.98, 1.0)
    assert after.efficiency == pytest.approx(w.efficiency * kept, rel=1e-6)
    assert forgets.sum() > 10


def test_what_the_dead_owned_goes_to_one_heir_each():
    lab = before(AGE)
    w, after = lab.workers, lab.after(AGE).workers
    dead = dying(lab)
    for name in ("deposits", "dwellings", "equity_weight"):
        old, new = getattr(w, name), getattr(after, name)
        assert new.sum() == pytest.approx(old.sum(), rel=1e-12), name
        assert (new[dead] == 0).all(), name
        gained = np.flatnonzero(new - old > 1e-12 * old.max())
        assert (old[dead].sum() > 0) <= gained.size <= dead.sum(), name
        assert (after.status[gained] != Status.ABSENT).all(), name
    for name in ("wage", "permanent_income", "consumption", "housing_outlay", "property_income", "disposable_income"):
        assert (getattr(after, name)[dead] == 0).all(), name
    assert (after.age[dead] == 0).all() and (after.participates[dead] == 0).all()


def test_heirs_are_a_generation_younger_and_of_like_standing():
    """Each heir is the nearest of eight adults drawn by lot."""
    lab = before(AGE)
    w, after, generation = lab.workers, lab.after(AGE).workers, lab.parameters.demography.generation
    dead = np.flatnonzero(dying(lab))
    gained = after.deposits - w.deposits
    for row in dead:
        drawn = [int(one * w.rows) for one in lab.uniform("estate", row * 8 + np.arange(8))]
        alive = [one for one in drawn if after.status[one] != Status.ABSENT]
        ages = w.age[row] + 0.25 if lab.workers.status[row] != Status.ABSENT else 0.0
        distance = [
            abs(ages - after.age[one] - generation) / 10
            + 3 * abs(w.inheritance_rank[row] - w.inheritance_rank[one]) for one in alive
        ]  # fmt: skip
        heir = alive[int(np.argmin(distance))]
        assert gained[heir] >= w.deposits[row] * (1 - 1e-9), row


@pytest.fixture
def young():
    """Many empty rows and entrants, with a quarter of the cohorts of a large economy."""
    lab = before(YOUNG)
    w = lab.workers
    empty = np.flatnonzero(w.status == Status.ABSENT)
    assert empty.size > 50
    generations = lab.constants.generations
    lab.constants.generations = replace(generations, entrants=5 * generations.entrants)
    return lab, empty


@pytest.mark.parametrize(("literacy", "education"), [(0.0, 1.0), (0.6, 1.0), (0.0, 1.5)])
def test_those_born_twenty_years_ago_look_for_work(young, literacy, education):
    lab, empty = young
    after = lab.after(YOUNG, ai_literacy=literacy, education=education)
    w, done, labour, structure = lab.workers, after.workers, lab.parameters.labour, lab.constants
    births = structure.generations
    year, part = divmod(lab.quarter, 4)
    before_, part_before = divmod(lab.quarter - 1, 4)

    def arrived(years, quarters):
        return int(births.adults * (births.entrants[:years].sum() + quarters / 4 * births.entrants[years]))

    number = min(arrived(year, part) - arrived(before_, part_before), empty.size)
    new = empty[:number]
    assert (done.status != w.status).sum() == number > 30
    assert after.macro.adults == (w.status != Status.ABSENT).sum() + number
    assert (done.age[new] == 20).all() and (done.jobless_quarters[new] == 0).all()
    leisure = lab.uniform("heir_participation", new)
    assert done.leisure[new] == pytest.approx(leisure, abs=1e-6)
    work = leisure < labour.participation
    assert (done.participates[new] == work).all()
    assert (done.status[new] == np.where(work, Status.UNEMPLOYED, Status.INACTIVE)).all()
    assert (done.protected_group[new] == (lab.uniform("heir_group", new) < labour.protected_group_share)).all()
    assert done.inheritance_rank[new] == pytest.approx(lab.uniform("heir_standing", new), abs=1e-6)
    deviation = labour.efficiency_deviation
    able = deviation * lab.normal("heir_efficiency", new) - 0.5 * deviation**2
    assert done.efficiency[new] == pytest.approx(np.exp(able) * structure.entrant_efficiency, rel=1e-6)
    shares = lab.occupations.employment.copy()
    from abm.data import load_tables

    names = list(load_tables().occupation_names)
    taught = "computer engineering science education health_practitioners arts business_financial".split()
    shares[[names.index(name) for name in taught]] *= education
    drawn = np.searchsorted(np.cumsum(shares / shares.sum()), lab.uniform("heir_occupation", new), side="right")
    occupation = np.minimum(drawn, len(names) - 1)
    assert (done.occupation[new] == occupation).all()
    skilled = structure.opening_literacy * (1.3 + 0.02 * lab.quarter) * (1 + 0.5 * literacy) * education
    literate = lab.uniform("heir_literacy", new) < np.minimum(1, skilled[occupation])
    assert (done.ai_literate[new] == literate).all() and literate.any()
    insured = (
        structure.insurance_score[occupation] + able + 0.5 * lab.normal("heir_insured", new) > structure.insured_from
    )
    assert (done.insured[new] == insured).all() and 0 < insured.sum() < number
    wage = lab.macro.mean_wage
    reference = 0.7 * wage * np.minimum(structure.occupation_premium[occupation], 1.5)
    assert done.reference_wage[new] == pytest.approx(reference, rel=EXACT)
    income = lab.parameters.households.assistance * wage
    assert done.permanent_income[new] == pytest.approx(np.full(number, income), rel=EXACT)


@pytest.mark.parametrize("quarter", [16, 21])
@pytest.mark.parametrize(("basic_income", "factor"), [(0.0, 1.0), (0.3, 1.0), (0.3, 0.6), (0.0, 1.4)])
def test_adults_reconsider_work_by_turns(basic_income, factor, quarter):
    lab = before(RECONSIDER)
    lab.economy.quarter = quarter
    lab.set("labour", net_wage_response=0.0)  # the income tax of the quarter is not that of the opening
    w, labour, a = lab.workers, lab.parameters.labour, lab.macro
    a.pension_factor = factor
    w.age[::3] = 55.0
    after = lab.after(RECONSIDER, basic_income=basic_income).workers
    turn = (np.arange(w.rows) + quarter) % 16 == 0
    able = np.isin(w.status, (Status.EMPLOYED, Status.UNEMPLOYED, Status.TRAINING, Status.INACTIVE))
    pay = np.maximum(w.reference_wage, 0.25 * a.mean_wage)
    wish = labour.participation - labour.income_effect * basic_income * a.mean_wage / pay
    older = w.age >= retirement_age(lab) - 10
    wish = wish - np.where(older, labour.pension_response * (factor - 1), 0)
    work, out = w.leisure < wish, w.status == Status.INACTIVE
    enters, leaves = turn & able & out & work, turn & able & ~out & ~work
    expected = np.where(enters, Status.UNEMPLOYED, np.where(leaves, Status.INACTIVE, w.status))
    assert (after.status == expected).all()
    assert (after.participates == np.where(enters, 1, np.where(leaves, 0, w.participates))).all()
    assert (after.employer == np.where(leaves, -1, w.employer)).all()
    assert (after.training_left == np.where(leaves, 0, w.training_left)).all()
    assert (after.jobless_quarters == np.where(enters | leaves, 0, w.jobless_quarters)).all()
    assert leaves.any() or not basic_income


# Leaving the farm


def farm_hazard(lab):
    """(farms,) chance a quarter of a worker of twenty years."""
    f, structure, rules = lab.firms, lab.constants, lab.parameters.structural_change
    first, last = lab.farms
    farm = np.arange(f.rows)[first:last]
    others = np.ones(f.rows, dtype=bool)
    others[first:last] = False
    net = 1 - structure.employee_rate
    outside = net * f.payroll[others].sum() / f.headcount[others].sum()
    heads, units = f.headcount[farm], f.efficiency_units[farm]
    income = np.where(heads > 0, (net * f.payroll[farm] + f.dividends[farm]) / np.maximum(heads, 1), 0)
    income = income * np.where(units > 0, np.minimum(1, f.labour_demand[farm] / np.where(units > 0, units, 1)), 1)
    expected = (1 - lab.macro.unemployment_rate) * outside
    gain = np.log(expected / np.maximum(income, 0.1 * income.mean()))
    return rules.migration_response * np.maximum(0, gain - rules.migration_cost)


@pytest.fixture
def farms():
    lab = before(LEAVE)
    first, last = lab.farms
    lab.firms.dividends[first:last] *= np.linspace(0.0, 1.5, last - first)
    lab.firms.labour_demand[first:last:2] *= 0.5
    lab.set("structural_change", migration_response=0.4)
    return lab


def test_farmers_leave_for_what_they_may_earn_elsewhere_the_young_first(farms):
    lab = farms
    w, after, rules = lab.workers, lab.after(LEAVE), lab.parameters.structural_change
    first, last = lab.farms
    on_farm = (w.employer >= first) & (w.employer < last)
    hazard = np.zeros(w.rows)
    hazard[on_farm] = farm_hazard(lab)[w.employer[on_farm] - first]
    hazard *= np.exp(-rules.migration_ageing * (w.age - 20))
    leaves = on_farm & (lab.uniform("migration", range(w.rows)) < hazard)
    assert (after.workers.employer == np.where(leaves, -1, w.employer)).all()
    assert (after.workers.status == np.where(leaves, Status.UNEMPLOYED, w.status)).all()
    assert after.macro.migrants == leaves.sum() > 5
    assert (farm_hazard(lab) == 0).any() and rules.migration_ageing > 0


def test_they_look_for_work_like_theirs_where_there_is_some(farms):
    lab = farms
    lab.occupations.vacancies[:] = np.arange(len(occupations())) * 3.0
    after, o, mobility = lab.after(LEAVE), lab.occupations, lab.constants.mobility
    left = (after.workers.employer < 0) & (lab.workers.employer >= 0)
    farming = int(np.argmax(lab.constants.staffing[lab.firms.sector[lab.farms[0]]]))
    pull = np.diff(mobility[farming], prepend=0.0) * np.sqrt((o.vacancies + 1) / (o.unemployment + 1))
    drawn = lab.uniform("migrant_occupation", np.flatnonzero(left))
    expected = np.minimum(np.searchsorted(np.cumsum(pull / pull.sum()), drawn, side="right"), 21)
    old = lab.workers.occupation[left]
    assert (after.workers.occupation[left] == np.where(old == farming, expected, old)).all()
    assert (old == farming).any()


def test_nobody_leaves_where_migration_is_off(farms):
    farms.set("structural_change", migration=False)
    assert (farms.after(LEAVE).workers.employer == farms.workers.employer).all()


def test_the_jobless_with_land_go_back_to_farms_when_search_has_failed():
    name = "jobless_return_to_farms"
    lab = before(name)
    lab.set("structural_change", return_hazard=0.6, return_wait=1)
    w, after = lab.workers, lab.after(name)
    waits = (w.status == Status.UNEMPLOYED) & (w.land_claim == 1) & (w.jobless_quarters >= 1)
    back = waits & (lab.uniform("farm_return", range(w.rows)) < 0.6)
    first, last = lab.farms
    assert after.macro.returners == back.sum() > 5
    assert (after.workers.status == np.where(back, Status.EMPLOYED, w.status)).all()
    where = after.workers.employer[back]
    assert ((where >= first) & (where < last)).all() and (after.workers.employer[~back] == w.employer[~back]).all()
    assert (after.workers.jobless_quarters[back] == 0).all() and (after.workers.unsettled[back] == 1).all()


def test_entrants_have_a_claim_to_land_by_chance():
    lab = before(YOUNG)
    lab.set("structural_change", land_of_others=0.9, land_of_insured=0.2)
    w, after = lab.workers, lab.after(YOUNG).workers
    new = (w.status == Status.ABSENT) & (after.status != Status.ABSENT)
    chance = np.where(after.insured, 0.2, 0.9)
    assert (after.land_claim[new] == (lab.uniform("land", range(w.rows)) < chance)[new]).all() and new.sum() > 5
    assert (after.land_claim[~new] == w.land_claim[~new]).all()
