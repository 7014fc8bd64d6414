"""What a look at firms and persons measures, against looks made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from abm.codes import Status
from abm.experiments.observation import firms as firm
from abm.experiments.observation import persons as person
from abm.experiments.observation.look import FIRST_OF_PERSONS, FirmQuarters, Look, PersonQuarters, look_at
from abm.experiments.observation.observation import MEASUREMENTS, observe
from abm.experiments.observation.windfall import NAMES
from abm.model import Model
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

EMPLOYED, UNEMPLOYED = int(Status.EMPLOYED), int(Status.UNEMPLOYED)


def look_with(quarters=16, sector=(0, 0, 0, 1), people=4, kept=9, **columns):
    """A look at a run in which nothing happens, with some columns replaced; the last sector has farms."""
    sector = np.array(sector)

    def filled(name, usual, shape):
        return np.array(np.broadcast_to(columns.get(name, usual), shape), dtype=float)

    shape, people_shape = (quarters + 1, sector.size), (kept, people)
    firms = {
        name: filled(name, usual, shape)
        for name, usual in (("heads", 10), ("output", 100), ("investment", 1), ("capital", 100), ("productivity", 1))
    }
    age = filled("age", 30, people_shape) + np.arange(kept)[:, None] / 4
    employer = filled("employer", 0, people_shape).astype(int)
    persons = PersonQuarters(
        age, np.where(employer >= 0, EMPLOYED, filled("status", UNEMPLOYED, people_shape)).astype(int), employer,
        filled("occupation", 0, people_shape).astype(int), filled("wage", 10, people_shape),
        filled("income", 10, people_shape), filled("consumption", 8, people_shape),
    )  # fmt: skip
    return Look(sector, sector == sector.max(), FirmQuarters(filled("entered", 0, shape) > 0, **firms), persons, {})


def test_spikes_inaction_and_their_part_of_investment():
    look = look_with(investment=np.array([0.0, 1.0, 10.0, 1.0]))
    assert firm.investment_inaction(look) == pytest.approx(0.25)
    assert firm.investment_spikes(look) == pytest.approx(0.25)
    assert firm.investment_in_spikes(look) == pytest.approx(10 / 12)
    taken_over = look_with(investment=np.array([0.0, 1.0, 10.0, 1.0]), entered=np.array([0, 0, 1, 0]))
    assert firm.investment_spikes(taken_over) == 0


def test_growth_is_beside_that_of_the_sector_and_small_firms_vary_more():
    rng = np.random.default_rng(1)
    quarters, number = 48, 800
    heads = np.repeat([5.0, 500.0], number // 2)
    deviation = heads**-0.2
    steps = rng.laplace(0, 1 / np.sqrt(2), (quarters // 4 + 1, number)) * deviation
    output = np.exp(np.repeat(np.cumsum(steps + 0.5, axis=0), 4, axis=0)[: quarters + 1])
    look = look_with(quarters, np.zeros(number, dtype=int), heads=heads, output=output)
    assert firm.firm_growth_variance(look) == pytest.approx(-0.2, abs=0.02)
    alike = look_with(quarters, np.zeros(number, dtype=int), output=np.exp(0.5 * np.arange(quarters + 1))[:, None])
    assert np.abs(firm._growth(alike)[0]).max() < 1e-9
    one_size = look_with(quarters, np.zeros(number, dtype=int), output=np.exp(
        np.repeat(np.cumsum(steps / deviation, axis=0), 4, axis=0)[: quarters + 1]))  # fmt: skip
    assert firm.firm_growth_shape(one_size) == pytest.approx(0.707, abs=0.02)
    assert firm.firm_growth_kurtosis(one_size) == pytest.approx(3, abs=0.7)


def test_productivity_persists_as_it_was_made_to():
    rng = np.random.default_rng(2)
    number, level = 2000, [rng.normal(0, 0.3, 2000)]
    for _ in range(40):
        level.append(0.95 * level[-1] + rng.normal(0, 0.3 * np.sqrt(1 - 0.95**2), number))
    look = look_with(40, np.arange(number) % 2, productivity=np.exp(np.array(level) + (np.arange(number) % 2)))
    assert firm.productivity_persistence(look) == pytest.approx(0.95**4, abs=0.02)
    assert firm.productivity_spread(look) == pytest.approx(2 * 1.2816 * 0.3, abs=0.02)


def test_leavers_are_measured_by_the_staff_before_another_firm_takes_over():
    entered, heads = np.zeros((17, 4)), np.full((17, 4), 10.0)
    entered[12, 0], heads[11, 0] = 1, 2.0
    assert firm.size_of_leavers(look_with(entered=entered, heads=heads)) == pytest.approx(2 / heads[8:-1].mean())
    assert np.isnan(firm.size_of_leavers(look_with()))


def test_stayers_are_those_with_the_same_job_all_year_and_no_farmers():
    wage = np.full((9, 4), 10.0)
    wage[4, 0], wage[4, 1], wage[4, 3] = 9.0, 11.0, 1.0
    employer = np.zeros((9, 4), dtype=int)
    employer[2, 2], employer[:, 3] = 1, 3  # one is elsewhere for a quarter, one is a farmer
    look = look_with(wage=wage, employer=employer)
    assert person.stayers_cuts(look) == pytest.approx(2 / 5)  # one in the first year, the other in the second
    assert person.stayers_deviation(look) == pytest.approx(np.std(np.log([0.9, 1.1, 10 / 9, 10 / 11, 1.0]), ddof=1))


def test_a_new_wage_is_held_against_the_last_one_of_the_same_person():
    employer = np.zeros((9, 4), dtype=int)
    employer[2:4, 0], employer[2:8, 1] = -1, -1
    wage = np.where(employer >= 0, 10.0, 0.0)
    wage[4:, 0], wage[8:, 1] = 9.0, 7.0
    look = look_with(wage=wage, employer=employer)
    assert person.reemployment_wage(look) == pytest.approx(0.8)
    assert person.job_finding(look) == pytest.approx(2 / 8)
    # In their first quarter without a job none of two found one; from the fourth on one of three.
    assert np.isnan(person.duration_dependence(look))
    employer[3, 0] = 0
    assert person.duration_dependence(look_with(wage=np.where(employer >= 0, 10.0, 0.0), employer=employer)) == (
        pytest.approx((1 / 3) / (1 / 2))
    )
    other = look_with(wage=wage, employer=employer, age=np.where(np.arange(9)[:, None] < 4, 60.0, 20.0))
    assert np.isnan(person.reemployment_wage(look_with(wage=wage, employer=np.zeros((9, 4)))))
    assert person.job_finding(other) < 1


def test_youth_ages_fifths_and_their_consumption():
    age = np.array([21.0, 21.0, 40.0, 50.0])
    employer = np.tile([-1, 0, 0, 0], (9, 1))
    look = look_with(age=age, employer=employer, wage=np.array([0.0, 10.0, 20.0, 16.0]), kept=9)
    assert person.youth_unemployment(look) == pytest.approx((1 / 2) / (1 / 4))
    assert person.age_earnings(look) == pytest.approx(1.6)
    assert person.age_earnings_peak(look) == pytest.approx(20 / 16)
    rich = look_with(people=10, income=np.arange(1.0, 11.0), consumption=np.full(10, 3.0))
    assert person.consumption_of_poorest_fifth(rich) == pytest.approx(6 / 3)
    assert person.consumption_of_richest_fifth(rich) == pytest.approx(6 / 19)
    assert person.gini_consumption(rich) == pytest.approx(0, abs=1e-12)


def test_looking_changes_nothing_and_every_measurement_has_a_value():
    scenario = load_scenario("baseline", {"quarters": 26})
    seen = observe(scenario, workers=2000, seeds=[3])
    assert set(seen.values) == {*MEASUREMENTS, *NAMES}
    assert not seen.failures and seen.seeds == (3,)
    assert all(np.isfinite(seen.values[name]).all() for name in ("stayers_cuts", "job_finding", *NAMES))
    model = Model(workers=2000, rng=3, policy=scenario)
    for _ in range(26):
        model.step()
    look = look_at(scenario, 2000, 3, 26)
    assert look.series["real_gdp"][26] == model.economy.macro.real_gdp == seen.series["real_gdp"][0, 26]
    assert len(look.person.age) == 26 - FIRST_OF_PERSONS + 1
