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
MINES = codes().index("MIN")


@pytest.fixture
def lab():
    found = before(PHASE)
    found.sectors.fuel_response[:] = np.linspace(0.8, 1.1, len(codes()))
    found.sectors.fuel_need[:] = np.linspace(0.7, 1.0, len(codes()))
    found.sectors.electricity_need[:] = np.linspace(1.4, 0.9, len(codes()))
    return found


def test_households_burn_fuel_and_use_electricity_by_what_they_consume_and_the_trends(lab):
    a, structure, energy = lab.macro, lab.constants, lab.parameters.energy
    quantity = lab.bought["consumption"][2]
    after = lab.after(PHASE).macro
    assert a.fuel_index < 1 < a.household_electricity_index
    assert after.household_co2 == pytest.approx(structure.household_fuel_intensity * a.fuel_index * quantity, rel=EXACT)
    replaced = energy.electrified_services * structure.household_fuel_intensity * (1 - a.fuel_index)
    unit = structure.household_electricity_intensity * a.household_electricity_index * a.electricity_response
    unit += energy.electricity_for_fuel * replaced
    assert after.household_electricity == pytest.approx(unit * quantity, rel=EXACT)
    lab.macro.fuel_index *= 0.5
    cleaner = lab.after(PHASE).macro
    assert cleaner.household_co2 == pytest.approx(0.5 * after.household_co2, rel=EXACT)
    saved = after.household_co2 - cleaner.household_co2
    more = cleaner.household_electricity - after.household_electricity
    assert more == pytest.approx(saved * energy.electrified_services * energy.electricity_for_fuel, rel=EXACT)


def test_sectors_use_electricity_by_the_output_for_which_energy_is_ordered(lab):
    after = lab.after(PHASE).sectors
    used = lab.constants.electricity_intensity * lab.sectors.electricity_need * lab.plans.energy_scale
    assert after.electricity == pytest.approx(used, rel=EXACT)


def test_emissions_are_fuel_process_and_in_the_power_sector_everybodys_electricity(lab):
    lab.macro.process_response = 0.9
    done = lab.after(PHASE)
    a, structure = done.macro, lab.constants
    output = lab.by_sector(lab.firms.output_with_inputs_ordered)
    expected = structure.fuel_intensity * lab.sectors.fuel_need * lab.plans.energy_scale
    expected += structure.process_intensity * lab.macro.process_index * 0.9 * output
    burnt = done.sectors.electricity.sum() + a.household_electricity + a.ai_electricity
    expected[POWER] += lab.macro.grid_factor * burnt
    assert done.sectors.co2 == pytest.approx(expected, rel=EXACT)
    assert a.household_electricity > 0 and a.ai_electricity > 0
    # What firms pay for by the unit is the same: fuel with their energy, the rest with their output.
    fuel, other = done.plans.co2_direct, done.plans.co2_power
    assert fuel * lab.plans.energy_scale + other * output == pytest.approx(expected, rel=EXACT)


def test_compute_burns_what_its_services_take_and_takes_less_each_quarter(lab):
    lab.macro.services_used *= 2
    before_, after, energy = lab.macro, lab.after(PHASE).macro, lab.parameters.energy
    assert after.ai_electricity == pytest.approx(before_.ai_electricity_intensity * before_.services_used, rel=EXACT)
    trend = 1 + energy.ai_electricity_trend
    assert after.ai_electricity_intensity == pytest.approx(before_.ai_electricity_intensity * trend, rel=EXACT)
    lab.macro.ai_electricity_intensity = 0.0  # as in the first quarter, which fixes what a yuan of services burns
    first = lab.after(PHASE).macro
    assert first.ai_electricity == pytest.approx(before_.ai_electricity, rel=EXACT)
    fixed = before_.ai_electricity / before_.services_used
    assert first.ai_electricity_intensity == pytest.approx(fixed * trend, rel=EXACT)
    lab.macro.services_used = 0.0
    none = lab.after(PHASE).macro
    assert (none.ai_electricity, none.ai_electricity_intensity) == (before_.ai_electricity, 0.0)


def test_the_work_of_integrating_ai_burns_no_electricity(lab):
    plain = lab.after(PHASE).macro.ai_electricity
    lab.macro.ai_services *= 5
    assert lab.after(PHASE).macro.ai_electricity == plain


@pytest.mark.parametrize(
    ("index", "trend", "of"),
    [
        ("process_index", "process_trend", "process"), ("electricity_index", "electricity_trend", "electricity"),
        ("services_electricity_index", "services_electricity_trend", "electricity"),
        ("household_electricity_index", "household_electricity_trend", "electricity"),
    ],
)  # fmt: skip
def test_what_a_unit_needs_moves_from_the_trend_on_record_to_that_of_the_long_run(lab, index, trend, of):
    energy, after = lab.parameters.energy, lab.after(PHASE).macro
    opening, later = getattr(energy, trend), getattr(energy, f"{of}_trend_long_run")
    growth = later + (opening - later) * 0.5 ** (lab.quarter / getattr(energy, f"{of}_half_life"))
    assert getattr(after, index) == pytest.approx(getattr(lab.macro, index) * (1 + growth), rel=EXACT)
    assert after.fuel_index == pytest.approx(lab.macro.fuel_index * (1 + energy.fuel_trend), rel=EXACT)
    assert energy.fuel_trend < 0 and energy.electricity_trend_long_run < 0 < energy.services_electricity_trend


def test_fuel_that_is_no_longer_burnt_is_partly_replaced_by_electricity(lab):
    after, energy, structure = lab.after(PHASE), lab.parameters.energy, lab.constants
    a, s = after.macro, after.sectors
    fuel = a.fuel_index * s.fuel_response
    assert s.fuel_need == pytest.approx(fuel, rel=EXACT)
    share = np.where(structure.services, energy.electrified_services, energy.electrified_industry)
    replaced = energy.electricity_for_fuel * share * structure.fuel_intensity * (1 - fuel)
    index = np.where(structure.services, a.services_electricity_index, a.electricity_index)
    unit = structure.electricity_intensity * index * a.electricity_response + replaced
    assert s.electricity_need * structure.electricity_intensity == pytest.approx(unit, rel=EXACT)
    services = [code for code, one in zip(codes(), structure.services, strict=True) if one]
    assert "TRN" in services and "MET" not in services and len(services) == 11


@pytest.mark.parametrize(("price", "invested"), [(90.0, 0.0), (290.0, 0.0), (90.0, 0.001), (60.0, 0.0), (90.0, 0.5)])
def test_the_grid_gets_cleaner_by_its_trend_the_carbon_price_and_what_is_invested(lab, price, invested):
    energy, grid, structure = lab.parameters.energy, lab.macro.grid_factor, lab.constants
    lab.plans.grid_investment = invested
    done = lab.after(PHASE, carbon_price=price)
    after = done.macro
    long, now = energy.grid_trend_long_run, energy.grid_trend
    trend = long + (now - long) * 0.5 ** (lab.quarter / energy.grid_half_life)
    used = done.sectors.electricity.sum() + after.household_electricity + after.ai_electricity
    added = invested * lab.macro.trend_gdp / lab.macro.capital_price * 1e3 / energy.clean_power_cost / (4 * used)
    assert invested < 0.1 or added > energy.grid_fastest
    dearer = 1 + (price - 90.0) * energy.fossil_factor / energy.coal_power_cost
    drawn = energy.clean_building / 4 * (dearer**energy.building_elasticity - 1)
    built = min(energy.grid_fastest, drawn + added)
    dispatch = after.dispatch_response / lab.macro.dispatch_response
    assert after.grid_factor == pytest.approx(grid * (1 + trend - built / structure.fossil_share) * dispatch, rel=EXACT)
    assert trend < 0 and structure.fossil_share == pytest.approx(0.5306 / energy.fossil_factor)


def test_a_yuan_of_public_money_builds_clean_power_that_replaces_fossil_power(lab):
    """At the opening a MWh of clean power replaces one of fossil power: .8 tonnes a year."""
    energy, fossil = lab.parameters.energy, lab.constants.fossil_share
    lab.macro.grid_factor = fossil * energy.fossil_factor
    plain = lab.after(PHASE).macro
    lab.plans.grid_investment = 0.001
    done = lab.after(PHASE)
    used = 4 * (done.sectors.electricity.sum() + done.macro.household_electricity + done.macro.ai_electricity)
    saved = (plain.grid_factor - done.macro.grid_factor) * used
    megawatt_hours = 0.001 * lab.macro.trend_gdp / lab.macro.capital_price * 1e3 / energy.clean_power_cost
    assert saved == pytest.approx(megawatt_hours * energy.fossil_factor, rel=1e-6)


@pytest.mark.parametrize("price", [90.0, 290.0, 2_000.0, 40.0])
def test_energy_per_unit_responds_to_the_carbon_price_by_its_elasticity_in_time(lab, price):
    energy, s, a, structure = lab.parameters.energy, lab.sectors, lab.macro, lab.constants
    after, rise = lab.after(PHASE, carbon_price=price), price - 90.0
    wanted = np.maximum(0.2, 1 + rise / (structure.fuel_price * 1e3)) ** -energy.price_elasticity
    expected = s.fuel_response + energy.price_speed * (wanted - s.fuel_response)
    assert after.sectors.fuel_response == pytest.approx(expected, rel=EXACT)
    power = (1 + rise * a.grid_factor / energy.power_price) ** -energy.electricity_elasticity
    moved = a.electricity_response + energy.price_speed * (power - a.electricity_response)
    assert after.macro.electricity_response == pytest.approx(moved, rel=EXACT)
    process = (1 + rise / energy.process_price) ** -energy.process_elasticity
    moved = a.process_response + energy.price_speed * (process - a.process_response)
    assert after.macro.process_response == pytest.approx(moved, rel=EXACT)
    plain = lab.after(PHASE)
    assert (np.sign(plain.sectors.fuel_response - after.sectors.fuel_response) == np.sign(rise)).all()


@pytest.mark.parametrize("price", [90.0, 290.0])
def test_energy_that_the_carbon_price_saves_is_replaced_by_capital_goods(lab, price):
    """They cost what the energy did and half of the carbon price on what is no longer emitted; trends cost nothing."""
    lab.sectors.fuel_response[:], lab.macro.electricity_response = 1.0, 1.0
    done, structure = lab.after(PHASE, carbon_price=price), lab.constants
    a, s, bought = done.macro, done.sectors, structure.input_coefficients
    unburnt = a.fuel_index * (1 - s.fuel_response)
    index = np.where(structure.services, a.services_electricity_index, a.electricity_index)
    equipment = bought[rows().energy_fuel] * unburnt + bought[POWER] * index * (1 - a.electricity_response)
    equipment += 0.5 * (price - 90.0) * 1e-3 * structure.fuel_intensity * unburnt
    coal = bought[MINES, POWER] * (1 - min(1, a.grid_factor / structure.grid_factor))
    assert coal > 0
    equipment[POWER] += coal
    assert s.equipment_need == pytest.approx(equipment, rel=EXACT, abs=1e-15)
    others = np.delete(s.equipment_need, POWER)
    assert (others > 0).all() if price > 90.0 else (others == 0).all()


def test_power_plants_buy_less_coal_as_the_grid_gets_cleaner():
    """What they no longer pay for coal at the prices of the opening, they pay for equipment."""
    lab = before("inputs_drift")
    lab.set("structural_change", input_drift=0.0)
    opening = lab.constants.input_coefficients
    for emitted, needed in ((1.2, 1.0), (1.0, 1.0), (0.5, 0.5), (0.0, 0.0)):
        lab.macro.grid_factor = emitted * lab.constants.grid_factor
        bought = lab.after("inputs_drift").plans.technical_coefficients
        assert bought[MINES, POWER] == pytest.approx(needed * opening[MINES, POWER], rel=EXACT)
        bought[MINES, POWER] = opening[MINES, POWER]
        assert bought == pytest.approx(opening, rel=EXACT), "nobody else buys less, and of nothing else"


def test_fuel_costs_between_coal_and_oil_by_what_a_sector_buys_of_refineries(lab):
    energy, structure = lab.parameters.energy, lab.constants
    price = dict(zip(codes(), structure.fuel_price * 1e3, strict=True))
    assert energy.coal_price <= min(price.values()) and max(price.values()) <= energy.oil_price
    assert price["MET"] < price["NMM"] < price["TRN"] < price["CON"] == energy.oil_price
    assert price["UTL"] == energy.coal_price
