"""Ageing, death, estates and entrants of a few adults, worked out from docs/model/equations/people.md."""

from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Status
from abm.kernels.demography import admit_entrants, age_workers, count_younger, list_absent, pass_on_estates
from abm.kernels.draws import normal
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import Workers

pytestmark = pytest.mark.kernels

RULES = Parameters()
ROWS, RETIREMENT, FORGETTING = 600, 62.1, 0.01
LIVING = [Status.EMPLOYED, Status.UNEMPLOYED, Status.TRAINING, Status.INACTIVE, Status.RETIRED]
OWNED = ("deposits", "dwellings", "equity_weight")
CLEARED = (
    "wage", "reference_wage", "property_income", "disposable_income", "permanent_income", "consumption",
    "housing_outlay", "participates", "jobless_quarters",
)  # fmt: skip


def people(rows=ROWS):
    """Adults of all ages and kinds, a tenth of the rows empty."""
    workers, generator = Workers(rows), np.random.default_rng(2)
    workers.status[:] = np.where(np.arange(rows) % 10 == 9, Status.ABSENT, generator.integers(0, 5, rows))
    here = workers.status != Status.ABSENT
    workers.age[:] = np.where(here, 20 + generator.integers(0, 4 * 75, rows) / 4, 0)
    workers.employer[:] = np.where(workers.status == Status.EMPLOYED, 3, -1)
    workers.training_left[:] = workers.status == Status.TRAINING
    workers.efficiency[:] = 1.0
    workers.jobless_quarters[:] = np.where(here, generator.integers(0, 4, rows), 0)
    workers.jobless_quarters[::50] = 1000
    workers.inheritance_rank[:] = generator.random(rows)
    for name in (*OWNED, *CLEARED[:-2]):
        getattr(workers, name)[:] = np.where(here, generator.random(rows), 0)
    workers.participates[:] = here
    return workers


def rates():
    return np.minimum(1.0, 0.02 * 1.03 ** np.arange(81))


def aged(workers, quarter, drawn):
    """What each row should hold after a quarter: {column: values}."""
    found = {name: getattr(workers, name).tolist() for name in vars(people(1)) if name not in ("rows", "view")}
    for row in range(workers.rows):
        if found["status"][row] == Status.ABSENT:
            continue
        found["age"][row] += 0.25
        age, status = found["age"][row], found["status"][row]
        dies = (row + quarter) % 4 == 0 and drawn("death", row, quarter=quarter) < rates()[min(int(age) - 20, 80)]
        without = status in (Status.UNEMPLOYED, Status.TRAINING, Status.INACTIVE)
        if dies:
            found["status"][row] = Status.ABSENT
        elif without:
            found["jobless_quarters"][row] = min(found["jobless_quarters"][row] + 1, 1000)
            if status == Status.UNEMPLOYED and found["jobless_quarters"][row] > 1:
                found["efficiency"][row] = 1 - FORGETTING
        if not dies and status != Status.RETIRED and age >= RETIREMENT:
            found["status"][row] = Status.RETIRED
        if found["status"][row] != status:
            found["employer"][row], found["training_left"][row] = -1, 0
    return found


@pytest.mark.parametrize("quarter", [8, 9, 11])
def test_all_grow_older_some_die_and_some_retire(drawn, quarter):
    workers = people()
    expected = aged(workers, quarter, drawn)
    before = workers.status.copy()
    age_workers(workers.view, RETIREMENT, rates(), FORGETTING, 1, quarter)
    for name, values in expected.items():
        assert getattr(workers, name).tolist() == pytest.approx(values, rel=1e-6), name
    died = (before != Status.ABSENT) & (workers.status == Status.ABSENT)
    assert died.sum() > 3 and set(before[died]) == set(LIVING)
    retired = (before != Status.RETIRED) & (workers.status == Status.RETIRED)
    assert set(before[retired]) == set(LIVING[:4])


def test_many_age_alike_with_any_number_of_threads(drawn):
    found = []
    for threads in (1, 2):
        workers, absent = people(60_000), np.zeros(60_000, dtype=np.int32)
        age_workers[threads](workers.view, RETIREMENT, rates(), FORGETTING, 1, 9)
        number = list_absent(workers.view, absent)
        assert absent[:number].tolist() == np.flatnonzero(workers.status == Status.ABSENT).tolist()
        pass_on_estates[threads](workers.view, RULES.demography.view, absent[:number], 1, 9)
        found.append({name: values.tobytes() for name, values in vars(workers).items() if name not in ("rows", "view")})
    assert found[0] == found[1]


def test_the_young_are_those_below_an_age_who_are_there(plain):
    workers = people(200)
    young = (workers.age < RETIREMENT) & (workers.status != Status.ABSENT)
    assert 0 < young.sum() < 200
    assert plain(count_younger)(workers, RETIREMENT) == count_younger(workers.view, RETIREMENT) == young.sum()


@pytest.mark.parametrize("candidates", [2, 8])
def test_an_estate_goes_to_one_who_is_a_generation_younger_and_of_like_standing(plain, drawn, candidates):
    rules = replace(RULES.demography, heirs_considered=candidates, standing_in_years=40.0)
    workers, before = people(200), people(200)
    for w in (workers, before):
        w.status[[4, 50, 51, 120]] = Status.ABSENT  # who have just died
    plain(pass_on_estates)(workers, rules, np.flatnonzero(workers.status == Status.ABSENT), 1, 9)
    owned = {name: getattr(before, name).copy() for name in OWNED}
    for dead in (4, 50, 51, 120):
        asked = [int(drawn("estate", dead * candidates + one) * 200) for one in range(candidates)]
        alive = [one for one in asked if before.status[one] != Status.ABSENT]
        gaps = [
            abs(before.age[dead] - before.age[one] - rules.generation)
            + rules.standing_in_years * abs(before.inheritance_rank[dead] - before.inheritance_rank[one])
            for one in alive
        ]
        heir = alive[int(np.argmin(gaps))]
        for name in OWNED:
            owned[name][heir] += owned[name][dead]
            owned[name][dead] = 0.0
        assert workers.age[dead] == 0 and all(getattr(workers, name)[dead] == 0 for name in CLEARED)
    for name in OWNED:
        assert getattr(workers, name) == pytest.approx(owned[name], rel=1e-12)
    living = before.status != Status.ABSENT
    assert all((getattr(workers, name)[living] == getattr(before, name)[living]).all() for name in CLEARED)


def test_where_nobody_alive_is_drawn_the_next_row_inherits(plain):
    workers = people(60)
    workers.status[:] = Status.ABSENT
    workers.status[7], workers.age[:], workers.age[30] = Status.RETIRED, 0.0, 80.0
    rich = workers.deposits[7] + workers.deposits[30]
    few = replace(RULES.demography, heirs_considered=1)
    plain(pass_on_estates)(workers, few, np.array([30]), 1, 9)
    assert workers.deposits[7] == rich and workers.deposits[30] == 0


@pytest.mark.parametrize(("education", "income"), [(1.0, 2.5), (1.8, 2.5), (1.0, -1.0)])
def test_entrants_draw_who_they_are(plain, drawn, education, income):
    labour, mean_wage, literacy, spread = RULES.labour, 12.0, 1.4, 0.5
    workers, absent = people(), np.flatnonzero(people().status == Status.ABSENT)
    employment, taught = np.array([50.0, 30.0, 20.0]), np.array([False, True, False])
    structure = Few(
        taught=taught, entrant_efficiency=0.7, opening_literacy=np.array([0.1, 0.5, 0.3]), insured_from=0.3,
        insurance_score=np.array([0, 0.4, 0.2]), occupation_premium=np.array([0.6, 1.2, 2.0]),
    )  # fmt: skip
    before = workers.permanent_income.copy()
    plain(admit_entrants)(
        workers, Few(employment=employment), structure, [Few(mean_wage=mean_wage)], Instruments(education=education),
        labour, spread, literacy, income, absent, 1, 9,
    )  # fmt: skip
    weights = employment * np.where(taught, education, 1)
    shares, deviation, seen = np.cumsum(weights / weights.sum()), labour.efficiency_deviation, []
    for row in absent:
        able = deviation * drawn("heir_efficiency", row, kind=normal) - deviation**2 / 2
        o = int(np.searchsorted(shares, drawn("heir_occupation", row), side="right"))
        work = drawn("heir_participation", row) < labour.participation
        literate = drawn("heir_literacy", row) < structure.opening_literacy[o] * literacy * education
        pay = structure.insurance_score[o] + able + spread * drawn("heir_insured", row, kind=normal)
        assert workers.efficiency[row] == pytest.approx(0.7 * np.exp(able), rel=1e-6)
        assert workers.status[row] == (Status.UNEMPLOYED if work else Status.INACTIVE)
        assert (workers.occupation[row], workers.participates[row], workers.ai_literate[row]) == (o, work, literate)
        assert workers.protected_group[row] == (drawn("heir_group", row) < labour.protected_group_share)
        assert workers.inheritance_rank[row] == pytest.approx(drawn("heir_standing", row), abs=1e-6)
        assert workers.leisure[row] == pytest.approx(drawn("heir_participation", row), abs=1e-6)
        assert workers.insured[row] == (pay > structure.insured_from)
        premium = min(structure.occupation_premium[o], labour.entrant_premium)
        assert workers.reference_wage[row] == pytest.approx(labour.entrant_wage * mean_wage * premium)
        assert (workers.age[row], workers.jobless_quarters[row]) == (20, 0)
        assert workers.permanent_income[row] == (income if income >= 0 else before[row])
        seen.append((o, work, literate, pay > structure.insured_from))
    assert len(set(seen)) > 6
