"""Energy and emissions of three sectors against the equations of docs/model/equations/markets_and_energy.md."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.kernels.energy import respond_to_carbon_price, use_energy

pytestmark = pytest.mark.kernels

POWER, CONSUMPTION = 1, 40.0
RULES = SimpleNamespace(price_base=0.02, price_speed=0.15, price_elasticity=0.3)


@pytest.fixture
def world():
    """Five firms in three sectors."""
    return SimpleNamespace(
        firms=SimpleNamespace(output_with_inputs_ordered=np.array([10.0, 20.0, 5.0, 7.0, 9.0])),
        sectors=SimpleNamespace(
            price_response=np.array([0.9, 1.1, 0.8]), energy_cost=np.array([0.1, 0.3, 0.0]),
            electricity=np.full(3, np.nan), co2=np.full(3, np.nan),
        ),
        structure=SimpleNamespace(
            sector_start=np.array([0, 2, 3, 5]), electricity_intensity=np.array([0.5, 0.7, 0.3]),
            fuel_intensity=np.array([0.2, 0.4, 0.1]), process_intensity=np.array([0.05, 0.0, 0.02]),
            household_electricity_intensity=0.6, household_fuel_intensity=0.15,
        ),
        plans=SimpleNamespace(
            energy_scale=np.array([27.0, 5.5, 14.0]), co2_direct=np.full(3, np.nan), co2_power=np.full(3, np.nan)
        ),
        macro=SimpleNamespace(fuel_index=0.9, electricity_index=1.2, grid_factor=0.5, ai_electricity=3.0),
    )  # fmt: skip


def used(plain, w):
    plain(use_energy)(w.firms, w.sectors, w.structure, w.plans, [w.macro], CONSUMPTION, POWER)
    return w


def test_electricity_and_emissions_of_the_quarter(plain, world):
    w = used(plain, world)
    s, made = w.structure, np.array([30.0, 5.0, 16.0])
    electricity = s.electricity_intensity * 1.2 * w.sectors.price_response * w.plans.energy_scale
    assert w.sectors.electricity == pytest.approx(electricity)
    assert w.macro.household_electricity == pytest.approx(0.6 * 1.2 * CONSUMPTION)
    assert w.macro.household_co2 == pytest.approx(0.15 * 0.9 * CONSUMPTION)

    fuel = s.fuel_intensity * 0.9 * w.sectors.price_response
    grid = 0.5 * (electricity.sum() + w.macro.household_electricity + 3.0)
    assert w.plans.co2_direct == pytest.approx(fuel)
    assert w.plans.co2_power == pytest.approx(s.process_intensity + [0.0, grid / 5.0, 0.0])
    co2 = fuel * w.plans.energy_scale + s.process_intensity * made
    co2[POWER] += grid
    assert w.sectors.co2 == pytest.approx(co2)


def test_all_that_the_grid_emits_is_paid_for_by_the_power_sector(plain, world):
    clean = used(plain, world).sectors.co2.copy()
    world.macro.grid_factor = 1.5
    dirty = used(plain, world).sectors.co2
    electricity = world.sectors.electricity.sum() + world.macro.household_electricity + world.macro.ai_electricity
    assert dirty - clean == pytest.approx([0.0, 1.0 * electricity, 0.0])


@pytest.mark.parametrize("rate", [0.2, -0.1, 0.0])
def test_energy_per_unit_follows_the_carbon_price_slowly(plain, world, rate):
    w = used(plain, world)
    before, sectors = w.sectors.price_response.copy(), w.sectors
    plain(respond_to_carbon_price)(sectors, w.plans, RULES, rate)
    ratio = 1 + rate * w.plans.co2_direct / (sectors.energy_cost + 0.02)
    assert sectors.price_response == pytest.approx(before + 0.15 * (ratio**-0.3 - before))
    for _ in range(200):
        plain(respond_to_carbon_price)(sectors, w.plans, RULES, rate)
    assert sectors.price_response == pytest.approx(ratio**-0.3)
    assert (np.sign(1 - sectors.price_response) == np.sign(rate)).all() or rate == 0.0


def test_a_carbon_price_far_below_the_neutral_one_does_not_blow_up_the_response(plain, world):
    w = used(plain, world)
    for _ in range(200):
        plain(respond_to_carbon_price)(w.sectors, w.plans, RULES, -100.0)
    assert w.sectors.price_response == pytest.approx(0.2**-0.3)
