"""Distributions, tenths and counts against slow versions that anybody can check by eye."""

import numpy as np
import pytest

from abm.codes import Owner, Status
from abm.kernels.consumption import WithState
from abm.kernels.statistics import (
    BINS,
    Summary,
    _gather_bins,
    gini_of_bins,
    hulten_gain,
    part_sums,
    summarise,
    summarise_baskets,
    tally_adults,
)
from abm.parameters import Parameters
from abm.results.measures import Statistics, Tally
from abm.state import Macro, Workers

pytestmark = pytest.mark.kernels

INCOME, WAGE, WEALTH = range(3)
SAMPLES = {
    "equal": np.full(50, 3.0),
    "one has all": np.array([0.0] * 49 + [7.0]),
    "uniform": np.linspace(0, 1, 101),
    "rich tail": (1 - np.linspace(0, 0.99, 200)) ** -1.5,
    "some in debt": np.linspace(-1, 3, 60),
    "alone": np.array([2.0]),
    "nothing": np.zeros(5),
}


@pytest.fixture
def draws():
    return np.random.default_rng(7)


def tallied(wage, income, deposits, status=0, region=0, age=30):
    """The tally of adults without dwellings and equity, and their distributions."""
    workers, macro = Workers(wage.size), Macro(dwelling_price=1.0, equity_value=1.0, mean_wage=1.0)
    workers.wage[:], workers.disposable_income[:], workers.deposits[:] = wage, income, deposits
    workers.status[:], workers.region[:], workers.age[:] = status, region, age
    tally = Tally(wage.size, 4)
    with_state = WithState(wage.size)
    with_state.paid_by_state[:] = np.broadcast_to(status, wage.shape) != Status.ABSENT
    with_state.paid_to_state[:] = 0.25 * wage * with_state.paid_by_state
    tally_adults(workers.view, macro.view, with_state.view, tally.view, 60)
    distributions = [_gather_bins(tally.view, kind).copy() for kind in range(3)]
    assert not tally.persons.any() and not tally.money.any() and not tally.with_state.any()
    return tally, distributions


@pytest.mark.parametrize("values", SAMPLES.values(), ids=SAMPLES)
def test_gini_is_half_the_mean_difference_over_the_mean(values):
    differences = sum(abs(one - other) for one in values.tolist() for other in values.tolist())
    size = np.abs(values).sum()
    naive = differences / (2 * values.size * size) if size else 0.0
    _, distributions = tallied(values, values, values)
    for bins in distributions:
        assert gini_of_bins(bins) == pytest.approx(naive, rel=1e-4, abs=1e-15)
        assert bins[:, 0].sum() == values.size
        assert bins[:, 1].sum() == pytest.approx(values.sum(), rel=1e-12)


def test_distributions_of_many_are_as_good_as_sorted(draws):
    rows = 60_000  # several chunks
    income = np.exp(draws.normal(2, 0.8, rows))
    tally, distributions = tallied(income, income, income)
    assert tally.persons.shape == (8, 3, BINS)
    ordered = np.sort(income)
    exact = ((2 * np.arange(rows) - rows + 1) * ordered).sum() / (rows * ordered.sum())
    assert gini_of_bins(distributions[INCOME]) == pytest.approx(exact, rel=1e-5)
    sums = np.zeros(10)
    part_sums(distributions[INCOME], np.arange(1, 11) * rows / 10, sums)
    assert sums == pytest.approx(ordered.reshape(10, -1).sum(axis=1), rel=1e-4)
    assert sums.sum() == pytest.approx(income.sum(), rel=1e-12)
    # What is paid to the state and by it stands in the same bins.
    used, merged = len(distributions[INCOME]), tally.merged_with_state
    assert merged[:used, 0] == pytest.approx(0.25 * distributions[INCOME][:, 1], rel=1e-6)
    assert (merged[:used, 1] == distributions[INCOME][:, 0]).all()


def test_regions_and_the_old_are_counted(draws):
    rows = 1_000
    status, region = (draws.integers(0, top, rows).astype(np.uint8) for top in (6, 4))
    present = status != 5
    wage, income, age = draws.random(rows), draws.random(rows) * present, draws.uniform(20, 90, rows).astype("f4")
    tally, distributions = tallied(wage, income, income, status, region, age)
    assert np.array_equal(tally.regions[0].ravel(), np.bincount(region * 6 + status, minlength=24))
    assert tally.old.sum() == (age >= 60).sum()
    for kind in (INCOME, WEALTH):
        assert distributions[kind].sum(axis=0) == pytest.approx([present.sum(), income.sum()], rel=1e-12)
    earned = np.where(status == 0, wage, 0.0)
    assert distributions[WAGE].sum(axis=0) == pytest.approx([(status == 0).sum(), earned.sum()], rel=1e-12)


class Few:
    """Arrays and numbers by name."""

    def __init__(self, **held):
        vars(self).update(held)


def numbers(*values):
    return np.array(values, dtype=float)


def test_sums_over_firms_adults_and_farms(plain, draws):
    """Two farms and three other firms, a hundred adults."""
    income = np.exp(draws.normal(1, 0.5, 100))
    tally, statistics, summary = Tally(100, 4), Statistics(2, 4), Summary()
    workers = Few(
        region=np.zeros(100, np.uint8), status=np.zeros(100, np.uint8), wage=income, age=np.full(100, 61.0),
        disposable_income=income, deposits=income, dwellings=np.zeros(100), equity_weight=np.zeros(100),
    )  # fmt: skip
    macro = Few(dwelling_price=1.0, equity_value=1.0, mean_wage=2.0, adults=100.0)
    firms = Few(
        headcount=np.array([9, 10, 49, 250, 0]), payroll=numbers(90, 110, 600, 4000, 0),
        dividends=numbers(30, 10, 500, 900, 5), ai_stage=np.array([0, 1, 0, 3, 2]),
        office_use=numbers(0, 0.2, 0, 0.5, 0.1), breached=np.array([1, 0, 1, 0, 0]),
        output=numbers(200, 300, 1000, 7000, 10), region=np.array([0, 1, 1, 3, 2]),
    )  # fmt: skip
    structure = Few(
        sector_start=np.array([0, 2, 5]), owner=np.array([Owner.OWN_WORKERS, Owner.SHAREHOLDERS]), employer_rate=0.2,
        employee_rate=0.1,
    )  # fmt: skip
    with_state = Few(paid_to_state=0.3 * income, paid_by_state=10.0 - income)
    plain(tally_adults)(workers, [macro], with_state, tally, 60)
    plain(summarise)(firms, structure, [macro], tally, statistics, [summary])
    ordered = np.sort(income)
    tenths = ordered.reshape(10, 10).sum(axis=1)
    assert statistics.tenth_income == pytest.approx(tenths, rel=1e-2)
    assert statistics.tenth_to_state == pytest.approx(0.3 * tenths, rel=1e-2)
    assert statistics.tenth_by_state == pytest.approx(100.0 - tenths, rel=1e-2)
    assert summary.palma_ratio == pytest.approx(ordered[90:].sum() / ordered[:40].sum(), rel=1e-2)
    assert summary.top_tenth_of_income == pytest.approx(ordered[90:].sum() / ordered.sum(), rel=1e-2)
    assert summary.top_tenth_of_wealth == pytest.approx(ordered[90:].sum() / ordered.sum(), rel=1e-2)
    assert summary.old == 100 and statistics.regions[0, 0] == 100
    assert statistics.sector_jobs.tolist() == [19, 299]
    assert statistics.sector_labour_income == pytest.approx([200 * 1.2 + 40, 4600 * 1.2])
    assert statistics.region_wages == pytest.approx([90, 710, 0, 4000])
    assert statistics.size_firms.tolist() == [1, 2, 0, 1]  # a firm without staff is in no class
    assert statistics.size_adopters.tolist() == [0, 1, 0, 1] and statistics.size_use == pytest.approx([0, 0.2, 0, 0.5])
    assert (summary.adopters, summary.breaches, summary.staff_of_breached) == (3, 2, 58)
    assert summary.ai_use == pytest.approx((0.2 * 300 + 0.5 * 7000 + 0.1 * 10) / 8510)
    assert summary.farm_jobs_share == pytest.approx(19 / 318)
    assert summary.farm_income_gap == pytest.approx(0.9 * 4600 / 299 / ((0.9 * 200 + 40) / 19))


def test_baskets_are_weighed_by_spending(plain):
    structure = Few(industry=np.array([0, 1, 2]), consumption_basket=numbers(0.2, 0.3, 0.5))
    plans = Few(
        consumption=numbers(10, 20, 30), expected_final_price=numbers(1, 2, 1), class_persons=np.full(2, np.nan),
        class_spending=numbers(40, 60), class_shares=np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]]),
    )  # fmt: skip
    statistics, summary = Statistics(3, 4), Summary()
    plain(summarise_baskets)(structure, plans, np.nan, statistics, [summary])
    assert (summary.food_share, summary.services_share) == (0.2, 0.5) and (statistics.tenth_food == 0.2).all()
    plans.class_persons = numbers(5, 5)
    plain(summarise_baskets)(structure, plans, 80.0, statistics, [summary])
    assert (summary.food_share, summary.services_share) == pytest.approx((10 / 80, 30 / 80))
    assert statistics.tenth_food == pytest.approx([0.5] * 5 + [0.1] * 5)


def test_what_ai_saves_adds_up_over_tasks_people_goods_and_plant_less_its_services(plain):
    p = Parameters()
    ai = p.artificial_intelligence
    firms = Few(
        sector=np.array([0, 1, 0]), office_use=numbers(0.4, 0.0, 0.0), process_use=numbers(0.3, 0.6, 0.0),
        assistance=numbers(0.5, 0.0, 0.0), displaced_share=numbers(0.1, 0.2, 0.0),
        new_task_share=numbers(0.02, 0.01, 0.0), unit_wage=numbers(10, 12, 10), productivity=numbers(20, 25, 20),
        output=numbers(800, 500, 5), literate_share=numbers(0.3, 0.2, 0.3),
        output_with_inputs_ordered=numbers(700, 510, 5), capital=numbers(900, 800, 9),
        ai_unit_spending=numbers(0.004, 0.007, 0.0),
    )  # fmt: skip
    sectors = Few(augmentation=numbers(0.5, 0.9), input_cost=numbers(0.6, 0.3), energy_cost=numbers(0.1, 0.2))
    abilities = Few(
        materials=np.array([[0.01, 0.02], [0.03, 0.04]]), energy=np.array([[0.05, 0.0], [0.06, 0.07]]),
        capacity=np.array([[0.02, 0.01], [0.0, 0.08]]),
    )  # fmt: skip
    structure = Few(employer_rate=0.2, depreciation=0.02)
    macro = Few(capital_price=1.1, compute_quality=1.0)
    found = plain(hulten_gain)(firms, sectors, structure, abilities, [macro], ai, 0.01)
    total = 0.0
    for i, s in ((0, 0), (1, 1)):

        def saved(able, i=i, s=s):
            return firms.office_use[i] * able[0, s] + firms.process_use[i] * able[1, s]

        labour = firms.unit_wage[i] * 1.2 / firms.productivity[i] * firms.output[i]
        tasks = (1 - 0.03 * ai.task_capital) * firms.displaced_share[i]
        tasks += ai.new_task_gain * firms.new_task_share[i]
        people = firms.assistance[i] * sectors.augmentation[s] * firms.literate_share[i]
        goods = sectors.input_cost[s] * saved(abilities.materials) + sectors.energy_cost[s] * saved(abilities.energy)
        lift = saved(abilities.capacity)
        plant = 0.03 * 1.1 * firms.capital[i] * lift / (1 + lift)
        goods -= firms.ai_unit_spending[i]  # services for a unit of output
        total += labour * (tasks + people) + firms.output_with_inputs_ordered[i] * goods + plant
    assert found == pytest.approx(total)
