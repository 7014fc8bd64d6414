"""Who dies leaves everything to somebody alive, and a row without a person holds nothing, whatever the policy."""

import numpy as np
import pytest

import abm.model
from abm import Model
from abm.model import SCHEDULE
from abm.phases.people import workers_age_and_retire, young_come_of_age
from abm.state import WORKER_COLUMNS, Status

pytestmark = pytest.mark.invariants

OWNED = ("deposits", "dwellings", "equity_weight")
EMPTY = (
    "age", "participates", "jobless_quarters", "training_left", "wage", "reference_wage", "property_income",
    "disposable_income", "permanent_income", "consumption", "housing_outlay", *OWNED,
)  # fmt: skip
QUARTERS = 24


def columns(model):
    return {column.name: getattr(model.state.workers, column.name).copy() for column in WORKER_COLUMNS}


@pytest.fixture(scope="module")
def lives():
    """(columns before ageing, after it, after the young came, at the quarter's end) of every quarter."""
    model, found = Model(3_000, rng=3), []
    stages = []
    schedule = list(SCHEDULE)
    for phase in (workers_age_and_retire, young_come_of_age):
        schedule.insert(schedule.index(phase) + 1, lambda economy: stages.append(columns(model)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abm.model, "SCHEDULE", tuple(schedule))
        for _ in range(QUARTERS):
            stages = [columns(model)]
            model.step()
            found.append((*stages, columns(model), model.state.macro.adults))
    return model, found


def test_estates_are_passed_on_whole(lives):
    _, quarters = lives
    deaths = 0
    for before, after, _, _, _ in quarters:
        died = (before["status"] != Status.ABSENT) & (after["status"] == Status.ABSENT)
        deaths += died.sum()
        for name in OWNED:
            change = after[name] - before[name]
            assert after[name].sum() == pytest.approx(before[name].sum(), rel=1e-12)
            assert (after[name][died] == 0).all()
            assert (change[~died] >= 0).all()
            assert np.count_nonzero(change[~died]) <= np.count_nonzero(before[name][died])
    assert deaths > 100


def test_heirs_are_a_generation_younger_and_of_like_standing(lives):
    _, quarters = lives
    gaps, standing = [], []
    for before, after, _, _, _ in quarters:
        died = np.flatnonzero((before["status"] != Status.ABSENT) & (after["status"] == Status.ABSENT))
        gained = np.flatnonzero(after["dwellings"] > before["dwellings"])
        for heir in gained:
            gain = after["dwellings"][heir] - before["dwellings"][heir]
            dead = died[np.argmin(np.abs(before["dwellings"][died] - gain))]
            if before["dwellings"][dead] == pytest.approx(gain, rel=1e-9):
                gaps.append(before["age"][dead] - before["age"][heir])
                standing.append((before["inheritance_rank"][dead], before["inheritance_rank"][heir]))
    assert 20 < np.mean(gaps) < 34
    assert np.corrcoef(np.array(standing).T)[0, 1] > 0.3


def test_rows_without_a_person_hold_nothing_and_work_nowhere(lives):
    _, quarters = lives
    for _, _, come, end, adults in quarters:
        for stage in (come, end):
            absent = stage["status"] == Status.ABSENT
            assert (stage["employer"][absent] == -1).all()
            for name in EMPTY:
                assert not stage[name][absent].any(), name
            assert (stage["age"][~absent] >= 20).all()
            assert (~absent).sum() == adults


def test_entrants_are_those_of_the_record(lives):
    model, quarters = lives
    for number, (_, after, come, _, _) in enumerate(quarters, start=1):
        entered = (after["status"] == Status.ABSENT) & (come["status"] != Status.ABSENT)
        assert entered.sum() == model.economy.structure.generations.coming_of_age(number)
        assert (come["age"][entered] == 20).all()
        assert np.isin(come["status"][entered], (Status.UNEMPLOYED, Status.INACTIVE)).all()
        assert not come["deposits"][entered].any()


def test_nobody_under_the_retirement_age_is_retired_and_nobody_over_it_works(lives):
    model, quarters = lives
    for number, (_, _, come, _, _) in enumerate(quarters, start=1):
        limit = model.economy.structure.generations.retirement_age(number)
        working = np.isin(come["status"], (Status.EMPLOYED, Status.UNEMPLOYED, Status.TRAINING))
        assert (come["age"][working] < limit).all()


def test_birth_and_death_do_not_depend_on_policy(lives):
    other = Model(3_000, rng=3, overrides={"levers.carbon_price": {2024: 500}})
    for _ in range(QUARTERS):
        other.step()
    assert np.array_equal(other.state.workers.age, lives[0].state.workers.age)


def test_outcomes_count_persons_only(lives):
    model, _ = lives
    w = model.state.workers
    present = w.status != Status.ABSENT
    persons = model.economy.structure.persons_per_worker
    assert model.outcome("adult_population") == pytest.approx(present.sum() * persons / 1e6)
    assert model.outcome("old_age_share") == pytest.approx((w.age[present] >= 60).mean())
    income = np.sort(w.disposable_income[present])
    exact = ((2 * np.arange(income.size) - income.size + 1) * income).sum() / (income.size * income.sum())
    assert model.outcome("gini_disposable_income") == pytest.approx(exact, rel=1e-3)
    tenths = np.array_split(income, 10)
    assert model.outcome("top10_income_share") == pytest.approx(tenths[-1].sum() / income.sum(), rel=1e-2)
