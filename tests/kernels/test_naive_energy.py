"""Energy and emissions of three sectors against the equations of docs/model/equations/markets_and_energy.md."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.kernels.energy import need_energy, respond_to_carbon_price, use_energy

pytestmark = pytest.mark.kernels

POWER, CONSUMPTION = 1, 40.0
RULES = SimpleNamespace(
    price_speed=0.1, price_elasticity=0.6, electricity_elasticity=0.4, power_price=600.0, process_price=500.0,
    process_elasticity=0.3, coal_price=300.0, dispatch_elasticity=0.1, electrified_services=0.5,
    electricity_for_fuel=1.25,
)  # fmt: skip


@pytest.fixture
def world():
    """Five firms in three sectors, the last of which is a service."""
    return SimpleNamespace(
        firms=SimpleNamespace(output_with_inputs_ordered=np.array([10.0, 20.0, 5.0, 7.0, 9.0])),
        sectors=SimpleNamespace(
            fuel_response=np.array([0.9, 1.1, 0.8]), fuel_need=np.array([0.7, 1.0, 0.6]),
            electricity_need=np.array([1.1, 0.9, 1.6]), equipment_need=np.zeros(3), electricity=np.full(3, np.nan),
            co2=np.full(3, np.nan),
        ),
        structure=SimpleNamespace(
            sector_start=np.array([0, 2, 3, 5]), electricity_intensity=np.array([0.5, 0.7, 0.3]),
            fuel_intensity=np.array([0.2, 0.4, 0.1]), process_intensity=np.array([0.05, 0.0, 0.02]),
            input_coefficients=np.array([[0.04, 0.3, 0.02], [0.05, 0.2, 0.01], [0.1, 0.0, 0.2]]),
            fuel_price=np.array([0.3, 0.7, 2.4]), electrified_share=np.array([0.15, 0.15, 0.5]),
            services=np.array([False, False, True]), household_electricity_intensity=0.6,
            household_fuel_intensity=0.15,
        ),
        plans=SimpleNamespace(
            energy_scale=np.array([27.0, 5.5, 14.0]), co2_direct=np.full(3, np.nan), co2_power=np.full(3, np.nan)
        ),
        macro=SimpleNamespace(
            fuel_index=0.9, process_index=0.8, process_response=0.95, electricity_index=0.97,
            services_electricity_index=1.2, household_electricity_index=1.3, electricity_response=0.92,
            dispatch_response=0.98, grid_factor=0.5, ai_electricity=3.0,
        ),
    )  # fmt: skip


def used(plain, w):
    plain(use_energy)(w.firms, w.sectors, w.structure, w.plans, [w.macro], RULES, CONSUMPTION, POWER)
    return w


def test_electricity_and_emissions_of_the_quarter(plain, world):
    w = used(plain, world)
    s, made = w.structure, np.array([30.0, 5.0, 16.0])
    electricity = s.electricity_intensity * w.sectors.electricity_need * w.plans.energy_scale
    assert w.sectors.electricity == pytest.approx(electricity)
    household = 0.6 * 1.3 * 0.92 + 1.25 * 0.5 * 0.15 * (1 - 0.9)
    assert w.macro.household_electricity == pytest.approx(household * CONSUMPTION)
    assert w.macro.household_co2 == pytest.approx(0.15 * 0.9 * CONSUMPTION)

    fuel, process = s.fuel_intensity * w.sectors.fuel_need, s.process_intensity * 0.8 * 0.95
    grid = 0.5 * (electricity.sum() + w.macro.household_electricity + 3.0)
    assert w.plans.co2_direct == pytest.approx(fuel)
    assert w.plans.co2_power == pytest.approx(process + [0.0, grid / 5.0, 0.0])
    co2 = fuel * w.plans.energy_scale + process * made
    co2[POWER] += grid
    assert w.sectors.co2 == pytest.approx(co2)


def test_all_that_the_grid_emits_is_paid_for_by_the_power_sector(plain, world):
    clean = used(plain, world).sectors.co2.copy()
    world.macro.grid_factor = 1.5
    dirty = used(plain, world).sectors.co2
    electricity = world.sectors.electricity.sum() + world.macro.household_electricity + world.macro.ai_electricity
    assert dirty - clean == pytest.approx([0.0, 1.0 * electricity, 0.0])


@pytest.mark.parametrize("rise", [0.2, -0.1, 0.0])
def test_energy_per_unit_follows_the_carbon_price_slowly(plain, world, rise):
    sectors, macro, before = world.sectors, world.macro, world.sectors.fuel_response.copy()
    plain(respond_to_carbon_price)(sectors, world.structure, [macro], RULES, rise)
    wanted = (1 + rise / world.structure.fuel_price) ** -0.6
    assert sectors.fuel_response == pytest.approx(before + 0.1 * (wanted - before))
    electricity = (1 + rise * 1_000 * 0.5 / 600) ** -0.4
    process, dispatch = (1 + rise * 1_000 / 500) ** -0.3, (1 + rise * 1_000 / 300) ** -0.1
    assert macro.electricity_response == pytest.approx(0.92 + 0.1 * (electricity - 0.92))
    assert macro.process_response == pytest.approx(0.95 + 0.1 * (process - 0.95))
    assert macro.dispatch_response == pytest.approx(0.98 + 0.1 * (dispatch - 0.98))
    for _ in range(300):
        plain(respond_to_carbon_price)(sectors, world.structure, [macro], RULES, rise)
    assert sectors.fuel_response == pytest.approx(wanted)
    found = macro.electricity_response, macro.process_response, macro.dispatch_response
    assert found == pytest.approx((electricity, process, dispatch))
    assert (np.sign(1 - sectors.fuel_response) == np.sign(rise)).all() or rise == 0.0
    assert (np.sign(np.diff(sectors.fuel_response)) == np.sign(rise)).all() or rise == 0.0  # the cheapest fuel first


def test_a_carbon_price_far_below_the_neutral_one_does_not_blow_up_the_response(plain, world):
    for _ in range(300):
        plain(respond_to_carbon_price)(world.sectors, world.structure, [world.macro], RULES, -100.0)
    assert world.sectors.fuel_response == pytest.approx(0.2**-0.6)
    assert world.macro.electricity_response == pytest.approx(0.2**-0.4)


def test_what_is_needed_follows_trends_the_carbon_price_and_electricity_in_place_of_fuel(plain, world):
    sectors, structure = world.sectors, world.structure
    plain(need_energy)(sectors, structure, [world.macro], RULES, 0.2, POWER, 0)
    fuel = 0.9 * sectors.fuel_response
    assert sectors.fuel_need == pytest.approx(fuel)
    replaced = 1.25 * structure.electrified_share * (1 - fuel) * structure.fuel_intensity
    index = np.array([0.97, 0.97, 1.2])
    assert sectors.electricity_need == pytest.approx(index * 0.92 + replaced / structure.electricity_intensity)
    unburnt, unused = 0.9 * (1 - sectors.fuel_response), index * (1 - 0.92)
    goods, power = structure.input_coefficients[0], structure.input_coefficients[POWER]
    equipment = (goods + 0.1 * structure.fuel_intensity) * unburnt + power * unused
    assert equipment[1] < 0 < equipment[0]  # where more is burnt nothing is sold
    assert sectors.equipment_need == pytest.approx(np.maximum(0.0, equipment))
    structure.electricity_intensity[0] = 0.0
    plain(need_energy)(sectors, structure, [world.macro], RULES, 0.2, POWER, 0)
    assert sectors.electricity_need[0] == pytest.approx(0.97 * 0.92)
