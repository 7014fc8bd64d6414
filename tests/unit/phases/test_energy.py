"""Fuel, electricity and emissions, and the trends that are imposed on them.

Worked out from docs/model/equations/markets_and_energy.md.
"""

import numpy as np
import pytest
from laboratory import before, codes, rows

pytestmark = pytest.mark.unit

EXACT = 1e-9
PHASE = "economy_uses_energy"
POWER = rows().energy_power


@pytest.fixture
def lab():
    found = before(PHASE)
    found.sectors.price_response[:] = np.linspace(0.8, 1.1, len(codes()))
    return found


def test_households_burn_fuel_and_use_electricity_by_what_they_consume_and_the_trends(lab):
    a, structure = lab.macro, lab.constants
    quantity = lab.bought["consumption"][2]
    after = lab.after(PHASE).macro
    assert a.fuel_index < 1 < a.electricity_index
    assert after.household_co2 == pytest.approx(structure.household_fuel_intensity * a.fuel_index * quantity, rel=EXACT)
    electricity = structure.household_electricity_intensity * a.electricity_index * quantity
    assert after.household_electricity == pytest.approx(electricity, rel=EXACT)
    lab.macro.fuel_index *= 0.5
    assert lab.after(PHASE).macro.household_co2 == pytest.approx(0.5 * after.household_co2, rel=EXACT)


def test_sectors_use_electricity_by_the_output_for_which_energy_is_ordered(lab):
    s, after = lab.sectors, lab.after(PHASE).sectors
    used = lab.constants.electricity_intensity * lab.macro.electricity_index * s.price_response * lab.plans.energy_scale
    assert after.electricity == pytest.approx(used, rel=EXACT)


def test_emissions_are_fuel_process_and_in_the_power_sector_everybodys_electricity(lab):
    done = lab.after(PHASE)
    a, s, structure = done.macro, lab.sectors, lab.constants
    output = lab.by_sector(lab.firms.output_with_inputs_ordered)
    expected = structure.fuel_intensity * lab.macro.fuel_index * s.price_response * lab.plans.energy_scale
    expected += structure.process_intensity * output
    burnt = done.sectors.electricity.sum() + a.household_electricity + a.ai_electricity
    expected[POWER] += lab.macro.grid_factor * burnt
    assert done.sectors.co2 == pytest.approx(expected, rel=EXACT)
    assert a.household_electricity > 0 and a.ai_electricity > 0
    # What firms pay for by the unit is the same: fuel with their energy, the rest with their output.
    fuel, other = done.plans.co2_direct, done.plans.co2_power
    assert fuel * lab.plans.energy_scale + other * output == pytest.approx(expected, rel=EXACT)


def test_compute_burns_what_its_services_take_and_takes_less_each_quarter(lab):
    lab.macro.ai_services *= 2
    before_, after, energy = lab.macro, lab.after(PHASE).macro, lab.parameters.energy
    assert after.ai_electricity == pytest.approx(before_.ai_electricity_intensity * before_.ai_services, rel=EXACT)
    trend = 1 + energy.ai_electricity_trend
    assert after.ai_electricity_intensity == pytest.approx(before_.ai_electricity_intensity * trend, rel=EXACT)
    lab.macro.ai_electricity_intensity = 0.0  # as in the first quarter, which fixes what a yuan of services burns
    first = lab.after(PHASE).macro
    assert first.ai_electricity == pytest.approx(before_.ai_electricity, rel=EXACT)
    fixed = before_.ai_electricity / before_.ai_services
    assert first.ai_electricity_intensity == pytest.approx(fixed * trend, rel=EXACT)
    lab.macro.ai_services = 0.0
    none = lab.after(PHASE).macro
    assert (none.ai_electricity, none.ai_electricity_intensity) == (before_.ai_electricity, 0.0)


def test_fuel_and_electricity_follow_their_trends(lab):
    energy, after = lab.parameters.energy, lab.after(PHASE).macro
    assert after.fuel_index == pytest.approx(lab.macro.fuel_index * (1 + energy.fuel_trend), rel=EXACT)
    rise = energy.electricity_trend * 0.5 ** (lab.quarter / energy.electricity_half_life)
    assert after.electricity_index == pytest.approx(lab.macro.electricity_index * (1 + rise), rel=EXACT)
    assert energy.fuel_trend < 0 < rise


@pytest.mark.parametrize(("price", "invested"), [(90.0, 0.0), (290.0, 0.0), (90.0, 0.001), (60.0, 0.0), (90.0, 0.5)])
def test_the_grid_gets_cleaner_by_its_trend_the_carbon_price_and_what_is_invested(lab, price, invested):
    energy, grid = lab.parameters.energy, lab.macro.grid_factor
    lab.plans.grid_investment = invested
    after = lab.after(PHASE, carbon_price=price).macro.grid_factor
    long, now = energy.grid_trend_long_run, energy.grid_trend
    trend = long + (now - long) * 0.5 ** (lab.quarter / energy.grid_half_life)
    built = min(energy.grid_fastest, energy.grid_investment_response * invested)
    expected = grid * (1 + trend - energy.grid_response * (price - 90.0) / 100 - built)
    assert after == pytest.approx(expected, rel=EXACT)
    assert trend < 0


@pytest.mark.parametrize("price", [90.0, 290.0, 2_000.0, 40.0])
def test_energy_per_unit_responds_to_the_carbon_price_by_its_elasticity_in_time(lab, price):
    energy, s = lab.parameters.energy, lab.sectors
    after = lab.after(PHASE, carbon_price=price)
    cost = (price - 90.0) * 1e-3 * lab.macro.consumer_price * after.plans.co2_direct
    relative = np.maximum(0.2, 1 + cost / (s.energy_cost + 0.02))
    wanted = relative**-energy.price_elasticity
    expected = s.price_response + energy.price_speed * (wanted - s.price_response)
    assert after.sectors.price_response == pytest.approx(expected, rel=EXACT)
    plain = lab.after(PHASE)
    assert (np.sign(plain.sectors.price_response - after.sectors.price_response) == np.sign(price - 90.0)).all()
