"""Dwellings are begun for what wears out and for what adults and their incomes want beyond the stock."""

import numpy as np
import pytest
from laboratory import before

from abm import Model
from abm.economics.dwellings import building_share, dwellings_begun, wanted_dwellings

pytestmark = pytest.mark.unit

HOUSEHOLDS = "households_plan_spending"


@pytest.fixture
def lab():
    return before(HOUSEHOLDS)


def begun(lab, **changed):
    """Dwellings begun with some numbers of the whole economy multiplied."""
    now = lab.after()
    for name, factor in changed.items():
        setattr(now.macro, name, factor * getattr(now.macro, name))
    return dwellings_begun(now.economy)


def test_the_opening_begins_what_was_begun_on_record():
    model = Model(2_000, rng=1)
    economy, households = model.economy, model.economy.parameters.households
    assert dwellings_begun(economy) == pytest.approx(households.dwelling_starts * economy.macro.dwelling_work)
    economy.plans.expected_final_price[:] = 1.0
    assert building_share(economy) == pytest.approx(1 / (1 + economy.macro.nominal_growth))


def test_more_adults_and_more_income_ask_for_more_dwellings_and_a_larger_stock_for_fewer(lab):
    usual = begun(lab)
    assert begun(lab, adults=0.95) < usual < begun(lab, adults=1.05)
    assert begun(lab, mean_income=0.95) < usual < begun(lab, mean_income=1.05)
    assert begun(lab, mean_income=1.05, consumer_price=1.05) == pytest.approx(usual)
    lab.workers.dwellings[:] *= 1.05
    assert begun(lab) < usual
    lab.workers.dwellings[:] *= 100
    assert begun(lab) == 0.0


def test_dwellings_wanted_rise_less_than_income_and_as_adults(lab):
    usual, elasticity = wanted_dwellings(lab.economy), lab.parameters.households.dwelling_elasticity
    lab.macro.mean_income *= 2
    assert wanted_dwellings(lab.economy) == pytest.approx(usual * 2**elasticity)
    assert 0 < elasticity < 1
    lab.macro.adults *= 0.5
    assert wanted_dwellings(lab.economy) == pytest.approx(usual * 2**elasticity * 0.5)


def test_the_stock_reaches_what_is_wanted_without_a_cycle(lab):
    """By hand: building under way follows what is begun, and the stock what is built; nobody's income changes."""
    rules = lab.parameters.households
    wanted, stock, work, gaps = 100.0, 80.0, 1.0, []
    for _ in range(2_000):
        start = rules.dwelling_depreciation * stock + rules.dwelling_speed * (wanted - stock)
        work += rules.dwelling_building_speed * (start - work)
        stock += work - rules.dwelling_depreciation * stock
        gaps.append(wanted - stock)
    assert abs(gaps[-1]) < 1e-6 and (np.array(gaps) > -0.05 * gaps[0]).all()


def test_households_consume_what_no_longer_goes_into_dwellings_after_a_time(lab):
    less = lab.after()
    less.macro.dwelling_work *= 0.5
    slow, usual = less.after(HOUSEHOLDS), lab.after(HOUSEHOLDS)
    assert slow.plans.housing_budget < usual.plans.housing_budget
    assert slow.plans.consumption_budget > usual.plans.consumption_budget
    saved = usual.plans.household_totals.housing - slow.plans.household_totals.housing
    spent = slow.plans.consumption_budget - usual.plans.consumption_budget
    assert 0 < spent < 0.3 * saved
    lab.set("households", dwelling_saving_spent=0.0)
    less.set("households", dwelling_saving_spent=0.0)
    kept = less.after(HOUSEHOLDS).plans.consumption_budget, lab.after(HOUSEHOLDS).plans.consumption_budget
    assert kept[0] == pytest.approx(kept[1])
