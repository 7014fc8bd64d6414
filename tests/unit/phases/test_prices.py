"""Costs and prices of every firm against the equations of docs/model/equations/wages_and_prices.md."""

import numpy as np
import pytest
from laboratory import before, codes, rows

pytestmark = pytest.mark.unit

EXACT = 1e-9
PRICES = "firms_set_prices"
INSTRUMENTS = {"carbon_price": 290.0, "ai_tax": 0.3, "compute_voucher": 0.2, "compliance_cost": 0.1}


def priced(**instruments):
    """The economy before and after prices are set."""
    lab = before(PRICES)
    return lab.after(**instruments), lab.after(PRICES, **instruments)


def intensities(lab):
    """(sectors,) tonnes per unit that come with energy, and those that do not."""
    a, structure, s = lab.macro, lab.constants, lab.sectors
    power = structure.process_intensity * a.process_index * a.process_response
    electricity = s.electricity.sum() + a.household_electricity + a.ai_electricity
    power[rows().energy_power] += a.grid_factor * electricity / s.output[rows().energy_power]
    return structure.fuel_intensity * s.fuel_need, power


def wages(lab):
    """(firms,) half the firm's own pay for an efficiency unit, half its sector's."""
    f = lab.firms
    sector = lab.by_sector(f.payroll) / lab.by_sector(f.efficiency_units)
    own = np.divide(f.payroll, f.efficiency_units, out=sector[f.sector], where=f.efficiency_units > 0)
    return 0.5 * own + 0.5 * sector[f.sector]


def unit_costs(lab):
    """(firms,) cost and cost without AI of a unit."""
    f, s, structure, policy = lab.firms, lab.sectors, lab.constants, lab.policy
    sector = f.sector
    at_work = (1 - f.research_share) / (1 - structure.research_staff[sector])
    labour = wages(lab) * (1 + structure.employer_rate) / (f.productivity * at_work)
    carbon = max(0.0, policy.carbon_price - 90.0) * 1e-3 * lab.macro.consumer_price
    fuel, power = (values[sector] for values in intensities(lab))
    staff = labour * f.labour_factor * (1 + structure.idle_staff[sector])
    cost = s.input_cost[sector] * f.materials_per_unit + s.energy_cost[sector] * f.energy_per_unit
    cost += staff * f.labour_per_unit + f.ai_unit_spending * (1 + policy.ai_tax - policy.compute_voucher)
    cost += carbon * (fuel * f.energy_per_unit + power)
    without = s.input_cost[sector] + s.energy_cost[sector] + staff + carbon * (fuel + power)
    return cost, without


@pytest.mark.parametrize("instruments", [{}, INSTRUMENTS, {"carbon_price": 50.0}], ids=["none", "all", "below neutral"])
def test_unit_cost_is_the_sum_of_what_a_unit_takes(instruments):
    lab, after = priced(**instruments)
    cost, without = unit_costs(lab)
    assert after.firms.unit_wage == pytest.approx(wages(lab), rel=EXACT)
    assert after.firms.unit_cost == pytest.approx(cost, rel=EXACT)
    assert (lab.firms.ai_stage > 0).sum() > 80
    plant = plant_costs(lab)
    assert after.firms.unit_saving == pytest.approx(np.maximum(0.0, without - cost - plant), rel=1e-7, abs=1e-12)


def plant_costs(lab):
    """User cost of the capital of automated tasks, and what capital wears out faster than at the opening."""
    f, wear, usual = lab.firms, lab.sectors.wear, lab.constants.usual_wear
    faster = (wear - usual) / (lab.parameters.firms.normal_utilisation * lab.constants.capacity_per_capital)
    user_cost = wear + lab.parameters.investment.required_return
    return lab.macro.capital_price * (user_cost[f.sector] * f.extra_capital + faster[f.sector])


@pytest.mark.parametrize("retained", [0.0, 0.7])
def test_prices_approach_cost_plant_mark_up_on_cost_without_ai_and_the_saving_that_is_kept(retained):
    lab = before(PRICES)
    lab.set("firms", ai_saving_retained=retained)
    lab.macro.expected_inflation, lab.macro.smooth_inflation = 0.012, 0.004
    lab.macro.harvest_shock, lab.macro.commodity_shock = 0.05, -0.04
    after = lab.after(PRICES, **INSTRUMENTS)
    cost, without = unit_costs(lab.after(**INSTRUMENTS))
    f, structure = lab.firms, lab.constants
    plant = plant_costs(lab)
    saving = np.maximum(0.0, without - cost - plant)
    wanted = cost + plant + f.mark_up * without + retained * saving
    wanted /= 1 - structure.production_tax_rate[f.sector]
    rules = lab.parameters.firms
    asked = 0.05 * structure.farming - 0.04 * rules.commodity_following * structure.commodity
    wanted *= np.exp(asked)[f.sector]
    use = lab.by_sector(f.expected_demand) / lab.by_sector(f.capital_productivity * f.capital)
    tight = np.clip(use / lab.sectors.usual_use, 0.8, 1.25)
    wanted *= (tight**rules.price_utilisation)[f.sector]
    assert after.sectors.usual_use == pytest.approx(0.95 * lab.sectors.usual_use + 0.05 * use, rel=EXACT)
    assert tight.std() > 1e-3
    indexed = f.price * (1 + 0.012 * rules.indexation + 0.004 * rules.indexation_to_past)
    ratio = np.clip(wanted / indexed, 0.8, 1.25)
    assert after.firms.price == pytest.approx(indexed * ratio ** structure.price_speed[f.sector], rel=EXACT)
    posted = lab.by_sector(f.market_share * after.firms.price) / lab.by_sector(f.market_share)
    assert after.sectors.posted_price == pytest.approx(posted, rel=EXACT)
    imports = lab.plans.final_import_share
    final = (1 - imports) * posted + imports * lab.plans.foreign_prices
    assert after.plans.expected_final_price == pytest.approx(final, rel=EXACT)


@pytest.mark.parametrize(("factor", "reached"), [(3.0, 0.8), (0.3, 1.25)])
def test_a_price_moves_by_no_more_than_a_fifth_down_or_a_quarter_up_before_its_speed(factor, reached):
    lab = before(PRICES)
    lab.firms.price *= factor
    lab.macro.expected_inflation = lab.macro.smooth_inflation = 0.006
    after, rules = lab.after(PRICES), lab.parameters.firms
    indexed = lab.firms.price * (1 + 0.006 * (rules.indexation + rules.indexation_to_past))
    expected = indexed * reached ** lab.constants.price_speed[lab.firms.sector]
    assert after.firms.price == pytest.approx(expected, rel=EXACT)


def test_a_voucher_lowers_unit_cost_by_its_share_of_the_services_and_a_tax_raises_it():
    lab = before(PRICES)
    plain, voucher, tax = (
        lab.after(PRICES), lab.after(PRICES, compute_voucher=0.25), lab.after(PRICES, ai_tax=0.25)
    )  # fmt: skip
    users = lab.firms.ai_unit_spending > 0
    assert users.sum() > 50
    services = plain.firms.ai_unit_spending
    assert voucher.firms.unit_cost == pytest.approx(plain.firms.unit_cost - 0.25 * services, rel=EXACT)
    assert tax.firms.unit_cost == pytest.approx(plain.firms.unit_cost + 0.25 * services, rel=EXACT)
    assert (voucher.firms.unit_cost[users] < plain.firms.unit_cost[users]).all()
    assert (voucher.firms.price[users] <= plain.firms.price[users]).all()


def test_electricity_of_households_firms_and_ai_is_in_the_carbon_cost_of_power():
    lab = before(PRICES)
    power, rate = rows().energy_power, 0.2 * lab.macro.consumer_price
    plain = lab.after(PRICES, carbon_price=290.0)
    for name in ("household_electricity", "ai_electricity"):
        more = lab.copy()
        setattr(more.macro, name, getattr(more.macro, name) + 1e5)
        dearer = more.after(PRICES, carbon_price=290.0)
        rise = dearer.firms.unit_cost - plain.firms.unit_cost
        expected = rate * lab.macro.grid_factor * 1e5 / lab.sectors.output[power]
        assert rise[lab.firms.sector == power] == pytest.approx(expected, rel=1e-7)
        assert (rise[lab.firms.sector != power] == 0).all()


def test_the_carbon_rate_is_what_a_tonne_costs_above_the_trading_scheme():
    for price, above in ((90.0, 0.0), (40.0, 0.0), (290.0, 0.2)):
        after = before(PRICES).after(PRICES, carbon_price=price)
        assert after.plans.carbon_rate == pytest.approx(above * after.macro.consumer_price, rel=EXACT)


def test_inputs_cost_their_price_at_home_and_abroad_by_the_shares_that_prices_shift():
    lab = before("firms_cost_inputs")
    lab.sectors.fuel_need[:] = np.linspace(0.7, 1.1, len(codes()))
    lab.sectors.electricity_need[:] = np.linspace(1.4, 0.9, len(codes()))
    lab.sectors.equipment_need[:] = np.linspace(0.0, 0.02, len(codes()))
    lab.sectors.producer_price *= np.linspace(0.8, 1.4, len(codes()))
    lab.sectors.relative_price[:] = np.linspace(1.1, 0.9, len(codes()))
    after = lab.after("firms_cost_inputs")
    structure, a, s, p = lab.constants, lab.macro, lab.sectors, lab.parameters
    power, fuel, ict = rows().energy_power, rows().energy_fuel, rows().ai_services
    foreign, price = lab.plans.foreign_prices, s.producer_price
    known = s.relative_price
    taken_in = known * (price / foreign / known) ** p.trade.adjustment_speed
    shift = taken_in ** (p.trade.import_elasticity * (1 - structure.final_import_share))
    shares = np.minimum(structure.input_import_share * shift[:, None], 0.9)
    needed = lab.plans.technical_coefficients.copy()
    needed[power] *= s.electricity_need
    needed[fuel] *= s.fuel_need
    needed += np.outer(structure.capital_basket, s.equipment_need)
    needed[power, ict] += 0.10 * p.energy.ai_electricity_factor * a.services_used / s.output[ict]
    paid = needed * ((1 - shares) * price[:, None] + shares * foreign[:, None])
    assert after.sectors.relative_price == pytest.approx(taken_in, rel=EXACT)
    assert after.sectors.import_shift == pytest.approx(shift, rel=EXACT)
    assert after.plans.import_shares == pytest.approx(shares, rel=EXACT)
    assert after.plans.final_import_share == pytest.approx(np.minimum(structure.final_import_share * shift, 0.9))
    assert after.plans.coefficients == pytest.approx(needed, rel=EXACT)
    energy = np.isin(np.arange(len(codes())), (power, fuel))
    assert after.sectors.energy_cost == pytest.approx(paid[energy].sum(axis=0), rel=EXACT)
    assert after.sectors.input_cost == pytest.approx(paid[~energy].sum(axis=0), rel=EXACT)
    assert a.services_used > 0 and np.abs(shift - 1).mean() > 1e-2
    abroad = shares[ict].mean()
    assert after.plans.services_price == pytest.approx((1 - abroad) * price[ict] + abroad * foreign[ict], rel=EXACT)
